"""Reads `screening.yaml`: which sources of emissions are in a company's inventory, and why others are not."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from leafledger.core.definition import Library
from leafledger.core.finding import Finding, Place
from leafledger.core.org import Screening
from leafledger.library.build import build
from leafledger.library.naming import did_you_mean
from leafledger.library.strict_yaml import NotStrict, parse, read_text

NAME = "screening.yaml"


def read_screening(folder: Path, findings: list[Finding]) -> tuple[Screening, ...]:
    """The records of a company folder; none where it has no such file."""
    path = folder / NAME
    if not path.exists():
        return ()
    try:
        document = parse(read_text(path, NAME), NAME)
    except NotStrict as error:
        findings.append(error.finding)
        return ()
    if document.data is None:
        return ()
    blocks = document.data if isinstance(document.data, list) else [document.data]
    made = [build(Screening, block, (n,), document, NAME, findings) for n, block in enumerate(blocks)]
    records = tuple(one for one in made if one is not None)
    findings.extend(_unsound(records))
    return records


def unknown_sources(records: Sequence[Screening], library: Library) -> Iterator[Finding]:
    """Records of what is neither an activity nor a metric."""
    for one in records:
        if library.find(one.source) is None:
            hint = did_you_mean(one.source, {**library.activities, **library.metrics}) or "name an activity or a metric"
            yield _at(one.place, "unknown figure {id!r}; {hint}", id=one.source, hint=hint)


def _unsound(records: Sequence[Screening]) -> Iterator[Finding]:
    """What needs a reason and has none, ends before it begins, or is said twice of the same days."""
    for n, one in enumerate(records):
        if one.standing != "relevant" and not one.reason:
            template = "{source} is {standing}, and nothing says why; give the reason in each language"
            yield _at(one.place, template, source=one.source, standing=one.standing.replace("_", " "))
        if one.since and one.until and one.until < one.since:
            template = "it ends on {until}, before it begins on {since}; turn the two days round"
            yield _at(one.place, template, since=one.since, until=one.until)
        for other in records[:n]:
            if one.source == other.source and _together(one, other):
                template = (
                    "{source} is already screened for these days at {first}; keep one, or part them by since and until"
                )
                yield _at(one.place, template, source=one.source, first=other.place)


def _together(one: Screening, other: Screening) -> bool:
    return max(one.since or date.min, other.since or date.min) <= min(one.until or date.max, other.until or date.max)


def _at(place: Place, template: str, **values: object) -> Finding:
    return Finding(rule="screening", template=template, values=values, place=place)
