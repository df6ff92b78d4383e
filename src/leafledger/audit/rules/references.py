"""Content indices and sentences that refer to sections: titles that are not there, and pages that are others."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from leafledger.audit.mention import Heading, Reading, Reference
from leafledger.audit.rules.alike import likeness
from leafledger.audit.rules.places import Places, Target, bare, number_of, places_of
from leafledger.audit.rules.saying import short, verdict
from leafledger.audit.rules.sentences import sentences
from leafledger.audit.verdict import Verdict, rule

NAME_IT = "Name the section as it is called where it stands."
MOSTLY, ENOUGH = 0.8, 5
"""An index is one of titles where so many of its targets are."""
CLOSE = 0.6
"""A title this like another is an abbreviation of it, as running text may use."""


@rule
def dead_reference(reading: Reading) -> Iterator[Verdict]:
    """A reference names a section that the report does not have, or has under another title."""
    if not reading.headings:
        return
    places = places_of(reading)
    found: dict[str, list[Reference]] = defaultdict(list)
    for reference in reading.references:
        targets = places.targets_in(reference.target)
        known = [target for target in targets if _known_as(places, target.title)]
        for target in targets:
            comment = known and not _known_as(places, target.title) and not places.nearest(target.title)
            if not comment:
                found[target.title].append(reference)
    good = _by_titles(places, found)
    for title, references in found.items():
        if _is_title(title) and good[references[0].standard] and _wrong(places, title):
            yield _say(places, title, references)
    yield from _in_text(reading, places)


def _known_as(places: Places, title: str) -> bool:
    return bool(places.named(title)) or places.numbered(title) is not None


def _wrong(places: Places, title: str) -> bool:
    return not places.exists(title) or _misnumbered(places, title)


def _by_titles(places: Places, found: dict[str, list[Reference]]) -> dict[str, bool]:
    """Does the index of a standard answer by titles of sections? Others answer on the spot, or by pages."""
    hits: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for title, references in found.items():
        for reference in references:
            every[reference.standard] += 1
            hits[reference.standard] += _known_as(places, title)
    return {standard: hits[standard] >= max(ENOUGH, MOSTLY * number) for standard, number in every.items()}


def _is_title(title: str) -> bool:
    """Not a sentence that answers on the spot."""
    return 2 < len(bare(title)) < 45 and not re.search(r"[。!?]", title)


def _misnumbered(places: Places, title: str) -> bool:
    """A number that no heading of these words has, where the headings have numbers."""
    named, number = places.named(title), number_of(title)
    if not named or not re.search(r"\d", number):
        return False
    return all(heading.number and re.sub(r"\W", "", heading.number) != re.sub(r"\W", "", number) for heading in named)


def _say(places: Places, title: str, references: list[Reference]) -> Verdict:
    there = places.numbered(title) or next(iter(places.named(title)), None) or places.nearest(title)
    rows = ", ".join(dict.fromkeys(reference.disclosure for reference in references if reference.disclosure))
    where = [reference.where for reference in references]
    if there is None:
        return verdict(
            "dead-reference",
            "likely",
            "medium",
            "{rows}: refers to “{title}”, but no section of the report is called so.",
            places=where,
            settle=NAME_IT,
            rows=rows,
            title=short(title),
        )
    return verdict(
        "dead-reference",
        "certain" if places.numbered(title) else "likely",
        "low",
        "{rows}: refers to “{title}”, but that section is called “{there}”.",
        places=(*where[:8], there.where),
        proof=f"“{short(title)}” ≠ “{called(there)}”",
        settle=NAME_IT,
        rows=rows,
        title=short(title),
        there=called(there),
    )


def called(heading: Heading) -> str:
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
                    near = places.nearest(title)
                    close = near is not None and likeness(bare(title), bare(near.text)) >= CLOSE
                    if places.exists(title) or close:
                        continue
                    yield verdict(
                        "dead-reference",
                        "likely",
                        "low",
                        "The text refers to a section “{title}”, but no section of the report is called so.",
                        places=(sentence.where,),
                        settle=NAME_IT,
                        title=title,
                    )


@rule
def wrong_page(reading: Reading) -> Iterator[Verdict]:
    """A reference names a page on which its section does not stand."""
    places = places_of(reading)
    found: dict[tuple[str, tuple[int, ...]], list[Reference]] = defaultdict(list)
    for reference in reading.references:
        for target in places.targets_in(reference.target):
            if off(places, target) and not places.stands_on(target.title, target.pages):
                found[target.title, target.pages].append(reference)
    for (title, pages), references in found.items():
        heading = places.named(title)[0]
        span = places.pages_of(heading)
        assert span is not None
        yield verdict(
            "wrong-page",
            "likely",
            "low",
            "{rows}: “{title}” is said to stand on page {said}, but stands on page {there}.",
            places=(*(reference.where for reference in references[:8]), heading.where),
            proof=f"{', '.join(map(str, pages))} ∉ {span[0]}–{span[1]}",
            settle="Print the page on which the section stands.",
            rows=", ".join(dict.fromkeys(reference.disclosure for reference in references)),
            title=short(title),
            said=", ".join(map(str, pages)),
            there=span[0] if span[0] == span[1] else f"{span[0]}–{span[1]}",
        )


def off(places: Places, target: Target) -> bool:
    """One heading has the title, and none of the pages is one of its section."""
    named = places.named(target.title)
    span = places.pages_of(named[0]) if len(named) == 1 and target.pages else None
    return span is not None and not any(span[0] <= page <= span[1] for page in target.pages)
