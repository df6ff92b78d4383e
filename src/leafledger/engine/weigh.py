"""How much of each cell of a series counts in a period: by its days, or by their degree days, and by the share of the site on them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from leafledger.core.definition import Activity
from leafledger.core.fact import Cell
from leafledger.core.finding import Finding
from leafledger.core.org import Company, Series
from leafledger.core.period import Period, uncovered
from leafledger.engine.boundary import Stretch
from leafledger.engine.value import ONE, ZERO, Hole

Part = Callable[[Period, Period], Fraction]
"""Which part of what is recorded for some days belongs to others of them."""


def days_in(of: Period, within: Period) -> Fraction:
    """Apportioned by day: the parts of a bill in adjacent periods add up to the bill, to the last digit."""
    if of.within(within):
        return ONE
    common = of.overlap(within)
    return Fraction(common.days, of.days) if common else ZERO


def part_of(company: Company, series: Series) -> Part:
    """By day, or by the degree days of the station that the series names (law 10)."""
    if not series.apportion:
        return days_in
    known = company.degree_days.get(series.apportion, {})
    return lambda of, within: _degrees_in(series.apportion, known, of, within)


def counted(activity: Activity, cells: Sequence[Cell], period: Period) -> list[Cell]:
    """The cells of one series that say something of a period."""
    if activity.kind == "stock":
        return _stock(activity, cells, period)
    return [c for c in cells if c.period.overlap(period)]


def reached(activity: Activity, cells: Sequence[Cell], period: Period, where: Sequence[Stretch]) -> list[Cell]:
    """Those of them with days inside the boundary. A stock that was read outside says nothing of what came inside later."""
    if len(where) == 1 and where[0].days == period:
        return counted(activity, cells, period)
    if activity.kind == "stock":
        cells = [c for c in cells if any(one.days.start <= c.period.end <= one.days.end for one in where)]
        return _stock(activity, cells, Period(where[0].days.start, period.end))
    return [cell for cell in cells if any(cell.period.overlap(one.days) for one in where)]


def weights(activity: Activity, cells: Sequence[Cell], where: Sequence[Stretch], part: Part) -> list[Fraction]:
    """For each cell, how much of it counts: flows by day and share, stocks by the share on the last day, ratios as they stand."""
    if activity.kind == "flow" and len(where) == 1 and where[0].share is ONE:
        return [part(cell.period, where[0].days) for cell in cells]
    if activity.kind == "flow":
        return [sum((one.share * part(cell.period, one.days) for one in where), ZERO) for cell in cells]
    return [where[-1].share if activity.kind == "stock" else ONE] * len(cells)


def undivided(activity: Activity, where: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Whole things and ratios are inside or not: no share is taken of them. (A share of 0 is only that of a comparison.)"""
    if not activity.counted and activity.kind != "ratio":
        return tuple(where)
    return tuple(replace(one, share=min(ONE, one.share * 10**9)) if one.share else one for one in where)


def unsplit(
    activity: Activity, cells: Sequence[Cell], period: Period, where: Sequence[Stretch], name: str
) -> Iterator[Finding]:
    """What cannot be divided where the site came into the boundary, left it, or changed its share."""
    if len(where) == 1 and where[0].days == period:
        return
    for cell in cells:
        days = cell.period.overlap(period)
        if days is None or activity.kind == "stock" or (activity.kind == "flow" and not activity.counted):
            continue
        over = [one for one in where if one.days.overlap(days)]
        if uncovered([one.days for one in over], days) or (activity.kind == "ratio" and len(over) > 1):
            template = (
                "{entry} of {series} reaches over a day on which the share of the site changed, and a {kind} cannot be divided; "
                "record the days before and after by themselves"
            )
            kind = "ratio" if activity.kind == "ratio" else "count"
            values = {"entry": cell.entries[0], "series": name, "kind": kind}
            yield Finding(rule="boundary.whole", template=template, values=values)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Degrees:
    """Degree days of some days. missing: the first of them that has none."""

    total: Decimal
    missing: date | None


def _degrees_in(station: str, known: dict[date, Decimal], of: Period, within: Period) -> Fraction:
    common = of.overlap(within)
    if common is None:
        return ZERO
    if common == of:
        return ONE
    whole, there = _degrees(known, of), _degrees(known, common)
    if whole.missing or not whole.total:
        values = {"station": station, "days": of, "day": whole.missing or of.start}
        template = "degree_days.csv has no degree days of {station} for {day}, by which {days} is divided; add them, or leave apportion empty"
        if not whole.missing:
            template = (
                "the degree days of {station} in {days} add up to 0, so nothing can be divided by them; leave apportion empty, "
                "or record the days apart"
            )
        raise Hole(Finding(rule="degree_days.missing", template=template, values=values))
    return Fraction(there.total) / Fraction(whole.total)


def _degrees(known: dict[date, Decimal], days: Period) -> _Degrees:
    total = Decimal(0)
    for number in range(days.days):
        day = days.start + timedelta(days=number)
        if day not in known:
            return _Degrees(total=total, missing=day)
        total += known[day]
    return _Degrees(total=total, missing=None)


def misread(
    activity: Activity, cells: Sequence[Cell], period: Period, where: Sequence[Stretch], name: str
) -> Iterator[Finding]:
    """Readings in the period of a stock that is read at its start, on other days: they say nothing of the start."""
    if activity.reads_at != "start":
        return
    first = where[0].days.start
    for cell in cells:
        if first < cell.period.end <= period.end:
            template = (
                "{entry} reads {series} on {day}, which does not count: it is read on {first}, the first day; let an entry for {first} "
                "replace it, or record it under the activity that it belongs to"
            )
            values = {"entry": cell.entries[0], "series": name, "day": cell.period.end, "first": first}
            yield Finding(rule="stock.start", template=template, values=values, severity="warning")


def _stock(activity: Activity, cells: Sequence[Cell], period: Period) -> list[Cell]:
    """A stock is the last one that was read in the period, with what was moved from then on; or that of its first day."""
    if activity.reads_at == "start":
        return [cell for cell in cells if cell.period.end == period.start]
    inside = [cell for cell in cells if period.start <= cell.period.end <= period.end]
    last = max((cell.period.end for cell in inside if cell.kind != "adjustment"), default=date.max)
    return [
        cell for cell in inside if cell.period.end == last or (cell.kind == "adjustment" and cell.period.end > last)
    ]
