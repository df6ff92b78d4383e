"""Reads what an issuer printed and the recorded reasons why ours differs: `published.csv` and `differences.csv`."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Literal, TypeVar, cast, get_args

from leafledger.core.entry import Bound
from leafledger.core.fact import fact_key
from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.labels import Labels, parse_labels
from leafledger.core.period import Period
from leafledger.core.prose import numbers_wrong
from leafledger.core.quantity import decimals, parse_decimal
from leafledger.core.text import LANGUAGES, Text
from leafledger.library.load import Library
from leafledger.library.strict_csv import Row, convert, read_rows
from leafledger.library.units import factor_between

PUBLISHED_COLUMNS = ("id", "metric", "labels", "period", "value", "unit", "bound", "kind", "where", "line")
REASON_COLUMNS = tuple(f"reason_{language}" for language in LANGUAGES)
DIFFERENCE_COLUMNS = ("metric", "labels", "period", "printed", "ours", *REASON_COLUMNS)
Kind = Literal["table", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One figure as it was printed: with the digits it was printed with, and where it stands. value: None where ╱ was printed."""

    id: str
    metric: str
    labels: Labels
    period: Period
    value: Decimal | None
    unit: str
    bound: Bound
    kind: Kind
    where: str
    line: str
    place: Place

    @property
    def key(self) -> str:
        return fact_key(self.metric, self.period, self.labels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Why our figure differs from what was printed: a reason for these two values, and for no others.

    printed: as in published.csv. ours: in the unit that was printed, with one digit more than that; None where we have none.
    """

    metric: str
    labels: Labels
    period: Period
    printed: Decimal
    ours: Decimal | None
    reason: Text
    place: Place

    @property
    def key(self) -> str:
        return fact_key(self.metric, self.period, self.labels)


T = TypeVar("T", Published, Difference)


def read_published(folder: Path, library: Library) -> tuple[Published, ...]:
    """`published.csv` of the folder, proven against the library; nothing when there is none. Refused with every error in it."""
    findings: list[Finding] = []
    path = folder / "published.csv"
    rows = read_rows(path, path.name, PUBLISHED_COLUMNS, findings, PUBLISHED_COLUMNS[:6]) if path.exists() else []
    published = convert(rows, _published, findings)
    for one in published:
        findings.extend(_fits(one, library))
    findings.extend(_twice(published, [one.id for one in published]))
    if findings:
        raise Refused(findings)
    return tuple(published)


def read_differences(folder: Path, library: Library) -> tuple[Difference, ...]:
    """`differences.csv` of the folder; nothing when there is none. Refused with every error in it."""
    findings: list[Finding] = []
    path = folder / "differences.csv"
    rows = read_rows(path, path.name, DIFFERENCE_COLUMNS, findings, DIFFERENCE_COLUMNS) if path.exists() else []
    differences = convert(rows, _difference, findings)
    for one in differences:
        findings.extend(_known(one, library))
    findings.extend(_twice(differences, [f"{one.key} printed {one.printed}" for one in differences]))
    if findings:
        raise Refused(findings)
    return tuple(differences)


def _published(row: Row, place: Place) -> Published:
    bound, kind = row.get("bound") or "exact", row.get("kind") or "table"
    if bound not in get_args(Bound):
        raise ValueError(f"bound is {bound!r}; it may be {', '.join(get_args(Bound))}")
    if kind not in get_args(Kind):
        raise ValueError(f"kind is {kind!r}; it may be {', '.join(get_args(Kind))}")
    return Published(
        id=row["id"],
        metric=row["metric"],
        labels=parse_labels(row["labels"]),
        period=Period.parse(row["period"]),
        value=parse_decimal(row["value"]) if row["value"] else None,
        unit=row["unit"],
        bound=cast(Bound, bound),
        kind=cast(Kind, kind),
        where=row.get("where", ""),
        line=row.get("line", ""),
        place=place,
    )


def _difference(row: Row, place: Place) -> Difference:
    lacking = [language for language in LANGUAGES if not row[f"reason_{language}"]]
    if lacking:
        raise ValueError(f"the reason in {', '.join(lacking)} is missing; a report says the same in each language")
    reason: Text = {language: row[f"reason_{language}"] for language in LANGUAGES}
    for problem in numbers_wrong(reason):
        raise ValueError(f"the reason: {problem}")
    printed, ours = (parse_decimal(row[column]) if row[column] else None for column in ("printed", "ours"))
    if printed is None:
        raise ValueError("the column printed is empty; a reason is for one printed value, as published.csv has it")
    if ours is not None and decimals(ours) != decimals(printed) + 1:
        asked = f"write it with one decimal more than were printed ({decimals(printed) + 1})"
        raise ValueError(
            f"ours is {row['ours']!r} beside {row['printed']!r}; {asked}, so that a reason fits one difference"
        )
    return Difference(
        metric=row["metric"],
        labels=parse_labels(row["labels"]),
        period=Period.parse(row["period"]),
        printed=printed,
        ours=ours,
        reason=reason,
        place=place,
    )


def _fits(one: Published, library: Library) -> Iterator[Finding]:
    unknown = list(_known(one, library))
    yield from unknown
    if not unknown:
        figure = library.figure(one.metric)
        try:
            factor_between(figure.unit, one.unit)
        except ValueError as error:
            yield _at(
                one.place, "{problem}; {metric} is kept in {unit}", problem=error, metric=one.metric, unit=figure.unit
            )


def _known(one: Published | Difference, library: Library) -> Iterator[Finding]:
    if one.metric not in library.activities and one.metric not in library.metrics:
        template = "unknown figure {metric!r}; define it in activities/ or metrics/, or use one that is"
        yield _at(one.place, template, metric=one.metric)
    for dimension, member in one.labels:
        if dimension not in library.dimensions or member not in library.dimensions[dimension].members:
            template = "there is no {dimension}={member}; define it in dimensions/, or use one that is"
            yield _at(one.place, template, dimension=dimension, member=member)


def _twice(found: Sequence[T], names: Sequence[Hashable]) -> Iterator[Finding]:
    first: dict[Hashable, Place] = {}
    for one, name in zip(found, names, strict=True):
        if name in first:
            yield _at(one.place, "{name} already stands at {first}; keep one of them", name=name, first=first[name])
        first.setdefault(name, one.place)


def _at(place: Place, template: str, **values: object) -> Finding:
    return Finding(rule="published", template=template, values=values, place=place)
