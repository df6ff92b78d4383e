"""The value of one series in one period: which of its cells count, what they add up to, and how much of the period they cover."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from leafledger.core.definition import Activity
from leafledger.core.fact import Cell
from leafledger.core.finding import Finding
from leafledger.core.labels import format_labels
from leafledger.core.org import Series
from leafledger.core.period import Period, covered_days
from leafledger.engine.value import ONE, ZERO, Hole, Value
from leafledger.library.units import factor_between, unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The value of one series in one period, in root units, and the cells it came from."""

    series: Series
    value: Value
    cells: tuple[Cell, ...]
    findings: tuple[Finding, ...] = ()


def take_one(activity: Activity, series: Series, cells: Sequence[Cell], period: Period) -> Taken:
    """What the cells of a series say of a period. A Hole when nothing was recorded, or when something would count twice."""
    chosen = counted(activity, cells, period)
    counting = [cell for cell in chosen if cell.kind != "adjustment"]
    if not counting:
        template = "no approved entry for {series} in {period}; record it, or record that there was none (nil), and have it approved"
        raise Hole(finding("entry.missing", template, series=name(series), period=period))
    twice = list(_overlaps(activity, series, counting, period))
    if twice:
        raise Hole(*twice)
    at_a_day = activity.kind == "stock" or (activity.kind == "ratio" and counting[0].period.days == 1)
    coverage, findings = (ONE, ()) if at_a_day else _coverage(series, counting, period)
    value = joined(activity, chosen, period, coverage)
    return Taken(series=series, value=value, cells=tuple(chosen), findings=findings)


def counted(activity: Activity, cells: Sequence[Cell], period: Period) -> list[Cell]:
    """The cells of one series that say something of a period."""
    return _stock(cells, period) if activity.kind == "stock" else [c for c in cells if c.period.overlap(period)]


def counts_for(activity: Activity, cell: Cell, period: Period) -> Fraction:
    """How much of a cell counts in a period: a flow is apportioned by day, anything else stands whole."""
    return _days(cell.period, period) if activity.kind == "flow" else ONE


def joined(activity: Activity, cells: Sequence[Cell], period: Period, coverage: Fraction = ONE) -> Value:
    """Add cells of one series: each counted by the days of it that lie in the period, estimates by their weight."""
    scale = unit(activity.unit).scale
    exact = open_ = weight = estimated = ZERO
    for cell in cells:
        into_root = factor_between(cell.unit, activity.unit) * scale * counts_for(activity, cell, period)
        amount = Fraction(cell.value) * into_root
        exact += amount
        open_ += Fraction(cell.half_step) * into_root
        weight += abs(amount)
        estimated += abs(amount) if cell.estimated else ZERO
    bounds = {cell.bound for cell in cells}
    if len(bounds) > 1:
        template = "entries with different bounds ({bounds}) stand in one series and period; replace one of them"
        raise Hole(finding("entry.bounds", template, bounds=", ".join(sorted(bounds))))
    share = estimated / weight if weight else Fraction(any(cell.estimated for cell in cells))
    low, high = exact - open_, exact + open_
    return Value(exact=exact, low=low, high=high, bound=cells[0].bound, coverage=coverage, estimated=share)


def active(series: Series, period: Period) -> Period | None:
    """The days of the period in which the series is collected."""
    if series.since is None and series.until is None:
        return period
    return period.overlap(Period(series.since or date.min, series.until or date.max))


def name(series: Series) -> str:
    return " ".join(filter(None, (series.activity, series.site, format_labels(series.labels))))


def finding(rule: str, template: str, **values: object) -> Finding:
    return Finding(rule=rule, template=template, values=values)


def _stock(cells: Sequence[Cell], period: Period) -> list[Cell]:
    """A stock is the last one that was read in the period, with what was moved from then on."""
    inside = [cell for cell in cells if period.start <= cell.period.end <= period.end]
    last = max((cell.period.end for cell in inside if cell.kind != "adjustment"), default=date.max)
    return [
        cell for cell in inside if cell.period.end == last or (cell.kind == "adjustment" and cell.period.end > last)
    ]


def _days(of: Period, within: Period) -> Fraction:
    """Which part of a stretch of days lies within a period (apportioned by day, the total preserved)."""
    common = of.overlap(within)
    return Fraction(common.days, of.days) if common else ZERO


def _coverage(series: Series, cells: Sequence[Cell], period: Period) -> tuple[Fraction, tuple[Finding, ...]]:
    days = active(series, period)
    assert days is not None, "only series that are active in the period are read"
    covered = covered_days([common for cell in cells if (common := cell.period.overlap(days))])
    if covered == days.days:
        return ONE, ()
    template = "{series} is covered for {covered} of {days} days of {period}; record the rest, or have an estimate for it approved"
    values = {"series": name(series), "covered": covered, "days": days.days, "period": period}
    return Fraction(covered, days.days), (finding("entry.coverage", template, **values),)


def _overlaps(activity: Activity, series: Series, cells: Sequence[Cell], period: Period) -> Iterator[Finding]:
    """What would count twice, or, of a ratio, what would have to be added up."""
    match activity.kind:
        case "flow":
            yield from _flow_overlaps(cells)
        case "stock":
            yield from _stock_overlaps(cells)
        case "ratio" if len(ids := sorted(id for cell in cells for id in cell.entries)) > 1:
            template = "{series} is a ratio, and its readings {entries} do not add up to one for {period}; let one for all of its days replace them"
            yield finding("ratio.parts", template, series=name(series), period=period, entries=", ".join(ids))


def _stock_overlaps(cells: Sequence[Cell]) -> Iterator[Finding]:
    """One stock cannot have two values at its last day."""
    ids = [id for cell in cells for id in cell.entries]
    if len(ids) > 1:
        yield _twice(ids[0], ids[1])


def _flow_overlaps(cells: Sequence[Cell]) -> Iterator[Finding]:
    """Days that two entries cover count twice. Only single days may have several readings: events happen on one day."""
    for cell in cells:
        if len(cell.entries) > 1 and not _event(cell):
            yield _twice(*cell.entries[:2])
    furthest: Cell | None = None
    for cell in sorted(cells, key=lambda c: (c.period.start, -c.period.days)):
        if furthest and cell.period.start <= furthest.period.end and not (_event(cell) and _event(furthest)):
            yield _twice(furthest.entries[0], cell.entries[0])
        if furthest is None or cell.period.end > furthest.period.end:
            furthest = cell


def _event(cell: Cell) -> bool:
    return cell.period.days == 1 and cell.kind == "reading"


def _twice(first: str, second: str) -> Finding:
    template = "the entries {first} and {second} cover the same days of one series and would count twice; let one replace the other"
    return finding("entry.overlap", template, first=first, second=second)
