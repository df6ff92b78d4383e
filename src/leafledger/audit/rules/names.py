"""Names of standards that do not exist, are not certified to, or have been replaced."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from leafledger.audit.mention import Reading, Where
from leafledger.audit.rules.saying import verdict
from leafledger.audit.rules.sentences import sentences
from leafledger.audit.verdict import Verdict, rule
from leafledger.library.load import LIBRARY
from leafledger.library.strict_yaml import parse, read_text

AROUND = 40


@rule
def standard_names(reading: Reading) -> Iterator[Verdict]:
    """A standard is named that does not exist, that nobody is certified to, or that had been replaced by then."""
    known = _known()
    for name in known["names"]:
        if name.get("from") and (reading.year is None or reading.year < int(name["from"])):
            continue
        places: dict[str, list[Where]] = {}
        for sentence in sentences(reading):
            for found in re.finditer(name["pattern"], sentence.folded, re.I):
                around = sentence.folded[max(0, found.start() - AROUND) : found.end() + AROUND]
                if re.search(name.get("near", ""), around, re.I) and not re.search(known["unless"], around, re.I):
                    said = " ".join(sentence.text[found.start() : found.end()].split())
                    places.setdefault(said, []).append(sentence.where)
        for said, where in places.items():
            yield verdict(
                "standard-names",
                name["certainty"],
                "medium",
                known["reasons"][name["why"]],
                places=where,
                settle="Look at the certificate or the rule itself, and print the name that stands there.",
                said=said,
                instead=name["instead"],
            )


@cache
def _known() -> Any:
    path = LIBRARY / "audit" / "standard_names.yaml"
    return parse(read_text(path, path.name), path.name).data
