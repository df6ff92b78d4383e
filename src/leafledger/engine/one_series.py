"""The value of one series in one period: what those of its cells that count add up to, and how much of the period they cover."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import reduce

from leafledger.core.definition import Activity
from leafledger.core.fact import Cell
from leafledger.core.finding import Finding
from leafledger.core.labels import format_labels
from leafledger.core.org import Series
from leafledger.core.period import Period, covered_days, uncovered
from leafledger.engine.books import Books
from leafledger.engine.boundary import WHOLE, Stretch, at, said, within
from leafledger.engine.quality import Scored, mixed, scored
from leafledger.engine.twice import overlaps
from leafledger.engine.value import ONE, ZERO, Hole, Recorded, Value
from leafledger.engine.weigh import misread, part_of, reached, undivided, unsplit, weights
from leafledger.library.contracts import DIMENSION as CONTRACT
from leafledger.library.units import factor_between, unit

MOST_NAMED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The value of one series in one period, in root units, and the cells it came from, each with how much of it counts.

    note: which share of the site on which days, where it is not all of it on all days.
    """

    series: Series
    value: Value
    cells: tuple[Cell, ...]
    weights: tuple[Fraction, ...]
    note: str = ""
    findings: tuple[Finding, ...] = ()


def take_one(books: Books, activity: Activity, series: Series, period: Period) -> Taken:
    """What the cells of a series say of a period. A Hole when nothing was recorded, or when something would count twice.

    Only days inside the boundary count, and only these are owed; there are some (see `owed`).
    """
    where = within(books.boundary.get(series.site, WHOLE), period)
    chosen = reached(activity, books.cells.get(series.key, ()), period, where)
    counting = [cell for cell in chosen if cell.kind != "adjustment"]
    told = [one.finding for one in books.told.get(series.key, ()) if any(one.days.overlap(at.days) for at in where)]
    told += misread(activity, books.cells.get(series.key, ()), period, where, name(series))
    grave = [one for one in told if one.severity == "error"]
    if not counting and activity.reads_at == "start":
        template = (
            "no approved entry for {series} on {period}, the first day, on which it is read; record what there was at the start "
            "of that day, or that there was none (nil), and have it approved"
        )
        first = where[0].days.start
        missing = finding("entry.missing", template, series=name(series), period=Period(first, first))
        raise Hole(*grave or [missing, *told])
    if not counting:
        template = "no approved entry for {series} in {period}; record it, or record that there was none (nil), and have it approved"
        raise Hole(*grave or [finding("entry.missing", template, series=name(series), period=period)])
    grave += overlaps(activity, name(series), counting, period)
    grave += unsplit(activity, chosen, period, where, name(series))
    if grave:
        raise Hole(*grave)
    shares = undivided(activity, where)
    counts = weights(activity, chosen, shares, part_of(books.company, series))
    at_a_day = activity.kind == "stock" or (activity.kind == "ratio" and counting[0].period.days == 1)
    # What is allocated of a contract covers the days that it is for, and nobody owes it for any others.
    whole = at_a_day or CONTRACT in activity.dimensions
    coverage, gaps = (ONE, ()) if whole else _coverage(books, activity, series, counting, period)
    return Taken(
        series=series,
        value=joined(activity, chosen, counts, coverage),
        cells=tuple(chosen),
        weights=tuple(counts),
        note=said(shares, Period(period.end, period.end) if activity.kind == "stock" else period),
        findings=(*gaps, *told),
    )


def owed(books: Books, activity: Activity, series: Series, period: Period) -> list[Period]:
    """The days on which a series is collected inside the boundary; none where it is outside, as a stock on its last day may be."""
    days = active(series, period)
    where: Sequence[Stretch] = books.boundary.get(series.site, WHOLE)
    if days is None or (activity.kind == "stock" and at(where, days.end) is None):
        return []
    return [one.days for one in within(where, days)]


def part(activity: Activity, one: Taken, cells: Iterable[Cell]) -> Taken:
    """A series with these of its cells alone."""
    kept = {id(cell) for cell in cells}
    pairs = [pair for pair in zip(one.cells, one.weights, strict=True) if id(pair[0]) in kept]
    chosen, counts = tuple(cell for cell, _ in pairs), tuple(weight for _, weight in pairs)
    return replace(one, cells=chosen, weights=counts, value=joined(activity, chosen, counts, one.value.coverage))


def joined(activity: Activity, cells: Sequence[Cell], counts: Sequence[Fraction], coverage: Fraction = ONE) -> Value:
    """Add cells of one series: each by how much of it counts, estimates and scores by their weight."""
    scale = unit(activity.unit).scale
    into_root = [
        factor_between(cell.unit, activity.unit) * (scale if n is ONE else scale * n)
        for cell, n in zip(cells, counts, strict=True)
    ]
    parts = tuple((cell, Fraction(cell.value) * factor) for cell, factor in zip(cells, into_root, strict=True))
    exact = sum((amount for _, amount in parts), ZERO)
    left_open = sum((Fraction(cell.half_step) * n for cell, n in zip(cells, into_root, strict=True)), ZERO)
    weight = sum((abs(amount) for _, amount in parts), ZERO)
    estimated = sum((abs(amount) for cell, amount in parts if cell.estimated), ZERO)
    quality: list[Scored | None] = [scored(amount, cell.quality) for cell, amount in parts]
    bounds = {cell.bound for cell in cells}
    if len(bounds) > 1:
        template = "entries with different bounds ({bounds}) stand in one series and period; replace one of them"
        raise Hole(finding("entry.bounds", template, bounds=", ".join(sorted(bounds))))
    return Value(
        exact=exact,
        low=exact - left_open,
        high=exact + left_open,
        bound=cells[0].bound,
        coverage=coverage,
        estimated=estimated / weight if weight else Fraction(any(cell.estimated for cell in cells)),
        activity=reduce(mixed, quality),
        behind=Recorded(parts),
    )


def active(series: Series, period: Period) -> Period | None:
    """The days of the period in which the series is collected."""
    if series.since is None and series.until is None:
        return period
    return period.overlap(Period(series.since or date.min, series.until or date.max))


def name(series: Series) -> str:
    return " ".join(filter(None, (series.activity, series.site, format_labels(series.labels))))


def finding(rule: str, template: str, **values: object) -> Finding:
    return Finding(rule=rule, template=template, values=values)


def _coverage(
    books: Books, activity: Activity, series: Series, cells: Sequence[Cell], period: Period
) -> tuple[Fraction, tuple[Finding, ...]]:
    days = owed(books, activity, series, period)
    asked = sum(one.days for one in days)
    covered = sum(covered_days([part for cell in cells if (part := cell.period.overlap(one))]) for one in days)
    if covered == asked:
        return ONE, ()
    template = (
        "{series} is covered for {covered} of {days} days of {period}, without {missing}; record the rest, or have an "
        "estimate for it approved"
    )
    gaps = [gap for one in days for gap in uncovered([cell.period for cell in cells], one)]
    missing = ", ".join([*map(str, gaps[:MOST_NAMED]), *["…"] * (len(gaps) > MOST_NAMED)])
    values = {"series": name(series), "covered": covered, "days": asked, "period": period, "missing": missing}
    return Fraction(covered, asked), (finding("entry.coverage", template, **values),)
