"""Content indices: titles that are not there, places that do not hold what they promise, disclosures that nobody answers."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from leafledger.audit.fold import fold
from leafledger.audit.mention import Heading, Reading, Reference
from leafledger.audit.rules.places import Places, bare, lines_of, number_of, text_of, titles_in
from leafledger.audit.rules.saying import short, verdict
from leafledger.audit.rules.sentences import sentences
from leafledger.audit.verdict import Verdict, rule
from leafledger.library.load import LIBRARY
from leafledger.library.strict_yaml import parse, read_text


@rule
def dead_reference(reading: Reading) -> Iterator[Verdict]:
    """A reference names a section that the report does not have, or has under another title."""
    places = Places(reading)
    if not reading.headings:
        return
    found: dict[str, list[Reference]] = defaultdict(list)
    for reference in reading.references:
        for title in titles_in(reference.target):
            found[title].append(reference)
    for title, references in found.items():
        if not places.exists(title) and _is_title(title):
            yield _say(places, title, references)
    yield from _in_text(reading, places)


def _is_title(title: str) -> bool:
    """Not a sentence that answers on the spot."""
    return 2 < len(bare(title)) < 45 and not re.search(r"[。!?]", title)


def _say(places: Places, title: str, references: list[Reference]) -> Verdict:
    numbered, near = places.numbered(title), places.nearest(title)
    there = numbered or near
    many = len(references)
    rows = ", ".join(dict.fromkeys(reference.disclosure for reference in references if reference.disclosure))
    where = [reference.where for reference in references]
    if there is None:
        return verdict(
            "dead-reference",
            "likely",
            "medium",
            "{rows}: refers to “{title}”, but no section of the report is called so.",
            places=where,
            settle="Name the section as it is called where it stands.",
            rows=rows or many,
            title=short(title),
        )
    return verdict(
        "dead-reference",
        "certain" if numbered and number_of(title) else "likely",
        "low",
        "{rows}: refers to “{title}”, but that section is called “{there}”.",
        places=(*where[:8], there.where),
        proof=f"“{short(title)}” ≠ “{_called(there)}”",
        settle="Name the section as it is called where it stands.",
        rows=rows or many,
        title=short(title),
        there=_called(there),
    )


def _called(heading: Heading) -> str:
    return short(f"{heading.number} {heading.text}".strip())


_SEE = re.compile(
    r"(?:详见|参见|请见|请参阅|参阅|见)(?:本报告)?(?P<all>(?:(?:及|和|、|与)?[「“\"][^「」“”\"]{3,30}[」”\"])+)(?:章节|一节|部分|一章|小节)"
)
_SEE_EN = re.compile(
    r"(?:see|refer to|described in|discussed in)\s+(?:the\s+)?(?:section\s+)?(?P<all>[“\"][^“”\"]{3,60}[”\"])(?:\s+(?:section|chapter))",
    re.I,
)


def _in_text(reading: Reading, places: Places) -> Iterator[Verdict]:
    """Sentences that say where to read on."""
    for sentence in sentences(reading):
        for pattern in (_SEE, _SEE_EN):
            for found in pattern.finditer(sentence.folded):
                start, end = found.span("all")
                for title in re.findall(r"[「“\"]([^「」“”\"]+)[」”\"]", sentence.text[start:end]):
                    if places.exists(title):
                        continue
                    near = places.nearest(title)
                    yield verdict(
                        "dead-reference",
                        "likely",
                        "low",
                        "The text refers to a section “{title}”; the nearest is called “{there}”."
                        if near
                        else "The text refers to a section “{title}”, but no section of the report is called so.",
                        places=(sentence.where, near.where) if near else (sentence.where,),
                        settle="Name the section as it is called where it stands.",
                        title=title,
                        there=_called(near) if near else "",
                    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing that a disclosure asks for, and the words by which it is known."""

    asks: dict[str, str]
    words: re.Pattern[str]


@rule
def empty_reference(reading: Reading) -> Iterator[Verdict]:
    """The place that a reference names says nothing of what is asked there."""
    places = Places(reading)
    report = fold("\n".join(lines_of(reading)))
    for reference in reading.references:
        parts = _parts(reference)
        titles = titles_in(reference.target)
        headings = [heading for title in titles for heading in _targets(places, title)]
        if not parts or not headings or len(titles) != len([t for t in titles if _targets(places, t)]):
            continue
        text = fold(text_of(reading, headings))
        for part in parts:
            if not part.words.search(text):
                yield _say_empty(reading, reference, part, headings[0], bool(part.words.search(report)))


def _targets(places: Places, title: str) -> list[Heading]:
    """The sections of a title; where it is misspelled, the one that was meant."""
    named = places.named(title)
    meant = places.numbered(title) or places.nearest(title)
    return named or ([meant] if meant else [])


def _say_empty(reading: Reading, reference: Reference, part: Part, heading: Heading, elsewhere: bool) -> Verdict:
    there = "{disclosure}: “{title}” says nothing of {asks}; that stands elsewhere in the report."
    nowhere = "{disclosure}: “{title}” says nothing of {asks}, nor does any other place of the report."
    return verdict(
        "empty-reference",
        "likely",
        "medium",
        there if elsewhere else nowhere,
        places=(reference.where, heading.where),
        settle="Refer to the place that answers, or say why it is left out.",
        disclosure=reference.disclosure,
        title=_called(heading),
        asks=part.asks[reading.document.language],
    )


def _parts(reference: Reference) -> tuple[Part, ...]:
    family = "gri" if "gri" in reference.standard.lower() else "hkex" if "hkex" in reference.standard.lower() else ""
    return _known().get((family, reference.disclosure.strip().upper()), ())


@cache
def _known() -> dict[tuple[str, str], tuple[Part, ...]]:
    path = LIBRARY / "audit" / "answers.yaml"
    data: Any = parse(read_text(path, path.name), path.name).data
    return {
        (family, disclosure): tuple(Part(asks=part["asks"], words=re.compile(part["words"], re.I)) for part in parts)
        for family, disclosures in data.items()
        for disclosure, parts in disclosures.items()
    }
