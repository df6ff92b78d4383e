"""Takes what was collected: for one activity, period and labels, the value of each series that was declared, or why there is none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import reduce

from leafledger.core.definition import Activity
from leafledger.core.fact import Cell
from leafledger.core.finding import Finding
from leafledger.core.labels import Labels, format_labels, keys, matches
from leafledger.core.org import Series
from leafledger.core.period import Period, covered_days
from leafledger.engine.books import Books
from leafledger.engine.value import ONE, ZERO, Hole, Value, add
from leafledger.library.units import factor_between, unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The value of one series in one period, in root units, and the cells it came from."""

    series: Series
    value: Value
    cells: tuple[Cell, ...]
    findings: tuple[Finding, ...] = ()


def take(books: Books, activity: Activity, period: Period, labels: Labels) -> tuple[Taken, ...]:
    """Every series that counts for these labels. A Hole naming each one that is missing, so that no sum is silently partial."""
    wanted = _declared(books, activity, period, labels)
    taken: list[Taken] = []
    missing: list[Finding] = []
    for series in wanted:
        try:
            taken.append(_one(books, activity, series, period))
        except Hole as hole:
            missing.extend(hole.findings)
    if missing:
        raise Hole(*missing)
    return tuple(taken)


def breakdown(books: Books, activity: Activity, period: Period, labels: Labels) -> tuple[str, ...] | None:
    """The first breakdown that has these labels and for which something is declared."""
    for dimensions in activity.breakdowns:
        if keys(labels) <= set(dimensions) and any(
            _in(s, dimensions, period, ()) for s in books.series.get(activity.id, ())
        ):
            return dimensions
    return None


def sum_of_breakdown(books: Books, activity: Activity, period: Period, dimensions: Sequence[str]) -> Value | None:
    """What one breakdown adds up to; None where it is not fully there, which other findings say."""
    try:
        found = [s for s in books.series.get(activity.id, ()) if _in(s, dimensions, period, ())]
        values = [_one(books, activity, series, period).value for series in found]
    except Hole:
        return None
    return reduce(add, values) if values else None


def _declared(books: Books, activity: Activity, period: Period, labels: Labels) -> list[Series]:
    dimensions = breakdown(books, activity, period, labels)
    found = [
        s for s in books.series.get(activity.id, ()) if dimensions is not None and _in(s, dimensions, period, labels)
    ]
    if not found:
        template = "nobody collects {figure} in {period}; declare a series in series.csv and record it, or record that there is none (nil)"
        figure = activity.id + (f"[{format_labels(labels)}]" if labels else "")
        raise Hole(_finding("series.none", template, figure=figure, period=period))
    for dimension in dimensions or ():
        definition = books.library.dimensions[dimension]
        if definition.closed and dimension not in keys(labels):
            lacking = sorted(set(definition.members) - {dict(s.labels)[dimension] for s in found})
            if lacking:
                template = "{activity} is not collected for {dimension}={members} in {period}, so it does not add up to a total; declare the series"
                listed = ", ".join(lacking)
                raise Hole(
                    _finding(
                        "series.open",
                        template,
                        activity=activity.id,
                        dimension=dimension,
                        members=listed,
                        period=period,
                    )
                )
    return found


def _in(series: Series, dimensions: Sequence[str], period: Period, labels: Labels) -> bool:
    return (
        keys(series.labels) == set(dimensions)
        and matches(series.labels, labels)
        and _active(series, period) is not None
    )


def _active(series: Series, period: Period) -> Period | None:
    return period.overlap(Period(series.since or date.min, series.until or date.max))


def _one(books: Books, activity: Activity, series: Series, period: Period) -> Taken:
    cells = books.cells.get(series.key, ())
    chosen = _stock(cells, period) if activity.kind == "stock" else [c for c in cells if c.period.overlap(period)]
    counting = [cell for cell in chosen if cell.kind != "adjustment"]
    if not counting:
        template = "no approved entry for {series} in {period}; record it, or record that there was none (nil), and have it approved"
        raise Hole(_finding("entry.missing", template, series=_name(series), period=period))
    twice = list(_overlaps(counting, stock=activity.kind == "stock"))
    if twice:
        raise Hole(*twice)
    value = _joined(activity, chosen, period)
    coverage: Fraction = ONE
    findings: tuple[Finding, ...] = ()
    if activity.kind == "flow":
        coverage, findings = _coverage(series, counting, period)
    exact = Value(
        exact=value.exact,
        low=value.low,
        high=value.high,
        bound=value.bound,
        coverage=coverage,
        estimated=value.estimated,
    )
    return Taken(series=series, value=exact, cells=tuple(chosen), findings=findings)


def _stock(cells: Sequence[Cell], period: Period) -> list[Cell]:
    """A stock is the last one that was read in the period."""
    inside = [cell for cell in cells if period.start <= cell.period.end <= period.end]
    last = max((cell.period.end for cell in inside), default=None)
    return [cell for cell in inside if cell.period.end == last]


def _joined(activity: Activity, cells: Sequence[Cell], period: Period) -> Value:
    """Add the cells of one series: each counted by the days of it that lie in the period, estimates by their weight."""
    scale = unit(activity.unit).scale
    exact = open_ = weight = estimated = ZERO
    bounds = {cell.bound for cell in cells}
    for cell in cells:
        part = ONE if activity.kind == "stock" else _days(cell.period, period)
        amount = Fraction(cell.value) * factor_between(cell.unit, activity.unit) * scale * part
        exact += amount
        open_ += Fraction(cell.half_step) * factor_between(cell.unit, activity.unit) * scale * part
        weight += abs(amount)
        estimated += abs(amount) if cell.estimated else ZERO
    if len(bounds) > 1:
        template = "entries with different bounds ({bounds}) stand in one series and period; replace one of them"
        raise Hole(_finding("entry.bounds", template, bounds=", ".join(sorted(bounds))))
    share = estimated / weight if weight else Fraction(any(cell.estimated for cell in cells))
    return Value(exact=exact, low=exact - open_, high=exact + open_, bound=cells[0].bound, estimated=share)


def _days(of: Period, within: Period) -> Fraction:
    """Which part of a stretch of days lies within a period (apportioned by day, the total preserved)."""
    common = of.overlap(within)
    return Fraction(common.days, of.days) if common else ZERO


def _coverage(series: Series, cells: Sequence[Cell], period: Period) -> tuple[Fraction, tuple[Finding, ...]]:
    active = _active(series, period)
    assert active is not None
    parts = [common for cell in cells if (common := cell.period.overlap(active))]
    share = Fraction(covered_days(parts), active.days)
    if share == 1:
        return share, ()
    template = "{series} is covered for {covered} of {days} days of {period}; record the rest, or have an estimate for it approved"
    values = {"series": _name(series), "covered": covered_days(parts), "days": active.days, "period": period}
    return share, (_finding("entry.coverage", template, **values),)


def _overlaps(cells: Sequence[Cell], *, stock: bool) -> Iterator[Finding]:
    """Readings that cover the same days count twice. Single days may have several: events happen on one day."""
    if not stock:
        cells = [cell for cell in cells if cell.period.days > 1 and cell.kind == "reading"]
    ordered = sorted(cells, key=lambda c: c.period)
    for cell in ordered:
        if len(cell.entries) > 1:
            yield _twice(*cell.entries[:2])
    for first, second in zip(ordered, ordered[1:], strict=False):
        if second.period.start <= first.period.end:
            yield _twice(first.entries[0], second.entries[0])


def _twice(first: str, second: str) -> Finding:
    template = "the entries {first} and {second} cover the same days of one series and would count twice; let one replace the other"
    return _finding("entry.overlap", template, first=first, second=second)


def _name(series: Series) -> str:
    return " ".join(filter(None, (series.activity, series.site, format_labels(series.labels))))


def _finding(rule: str, template: str, **values: object) -> Finding:
    return Finding(rule=rule, template=template, values=values)
