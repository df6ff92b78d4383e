"""Places that references name, and that do not hold what is asked there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from leafledger.audit.fold import fold
from leafledger.audit.mention import Heading, Reading, Reference
from leafledger.audit.rules.places import Places, places_of
from leafledger.audit.rules.references import called, off
from leafledger.audit.rules.saying import verdict
from leafledger.audit.verdict import Verdict, rule
from leafledger.library.load import LIBRARY
from leafledger.library.strict_yaml import parse, read_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing that a disclosure asks for, and the words by which it is known."""

    asks: dict[str, str]
    words: re.Pattern[str]


@rule
def empty_reference(reading: Reading) -> Iterator[Verdict]:
    """The place that a reference names says nothing of what is asked there."""
    places = places_of(reading)
    report = places.text()
    for reference in (one for one in reading.references if _parts(one)):
        targets = places.targets_in(reference.target)
        sections = [_sections(places, target.title) for target in targets]
        explained = len(targets) < len([part for part in re.split(r"[\n;;]", reference.target) if part.strip()])
        if not sections or not all(sections) or explained or any(off(places, target) for target in targets):
            continue
        headings = [heading for found in sections for heading in found]
        text = places.text_of(headings)
        for part in _parts(reference):
            owner = _owner(places, part, headings)
            said = len(part.words.findall(text))
            if said == 0 or (said == 1 and owner):
                elsewhere = said == 0 and bool(part.words.search(report))
                yield _say_empty(reference, part, headings[0], owner, elsewhere=elsewhere)


def _sections(places: Places, title: str) -> list[Heading]:
    """The sections of a title; where it is misspelled, the one that was meant."""
    meant = places.numbered(title) or (None if places.exists(title) else places.nearest(title))
    return places.named(title) or ([meant] if meant else [])


def _owner(places: Places, part: Part, targets: list[Heading]) -> Heading | None:
    """A section outside the targets whose very title names what is asked."""
    spans = [places.lines_of(heading) for heading in targets]
    for heading in places.headings:
        inside = any(first <= heading.where.line <= last for first, last in spans)
        if not inside and part.words.search(fold(heading.text)):
            return heading
    return None


def _say_empty(
    reference: Reference, part: Part, heading: Heading, owner: Heading | None, *, elsewhere: bool
) -> Verdict:
    owned = "{disclosure}: “{title}” says nothing of {asks}, or names it once; “{owner}” is about it."
    there = "{disclosure}: “{title}” says nothing of {asks}; only other places of the report name it."
    nowhere = "{disclosure}: “{title}” says nothing of {asks}, nor does any other place of the report."
    return verdict(
        "empty-reference",
        "likely",
        "medium",
        owned if owner else there if elsewhere else nowhere,
        places=(reference.where, owner.where if owner else heading.where),
        settle="Refer to the place that answers, or say why it is left out.",
        disclosure=reference.disclosure,
        title=called(heading),
        asks=part.asks,
        owner=called(owner) if owner else "",
    )


def _parts(reference: Reference) -> tuple[Part, ...]:
    return _known().get((reference.standard, reference.disclosure.strip().upper()), ())


@cache
def _known() -> dict[tuple[str, str], tuple[Part, ...]]:
    path = LIBRARY / "audit" / "answers.yaml"
    data: Any = parse(read_text(path, path.name), path.name).data
    return {
        (family, disclosure): tuple(Part(asks=part["asks"], words=re.compile(part["words"], re.I)) for part in parts)
        for family, disclosures in data.items()
        for disclosure, parts in disclosures.items()
    }
