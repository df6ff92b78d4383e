"""Turns what a cumulative meter showed at the ends of days into what flowed on the days between."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, pairwise
from statistics import median

from leafledger.core.fact import Cell
from leafledger.core.finding import Finding, Place, Severity
from leafledger.core.labels import format_labels
from leafledger.core.period import Period
from leafledger.core.quantity import plain
from leafledger.engine.cells import hash_of_hashes
from leafledger.engine.told import Told

UNLIKELY = 10
"""How many times the usual flow of a day is a jump."""
FEWEST = 3
"""How many stretches there must be before to know what is usual. (Those after it are not asked: a released year would move with them.)"""


def as_flows(cells: Sequence[Cell], limit: Decimal | None) -> tuple[list[Cell], list[Told]]:
    """The cells of a series with its register readings as flows, and what was found about them.

    A reading or a nil for exactly the days between two of them says itself what flowed, as when the meter was exchanged.
    """
    shown = sorted((cell for cell in cells if cell.kind == "register"), key=lambda cell: cell.period.end)
    others = [cell for cell in cells if cell.kind != "register"]
    told = [*_twice(shown), *_over(shown, limit)]
    shown, gone = _measured(shown)
    told += gone
    if len(shown) == 1:
        told.append(_alone(shown[0]))
    stated = {cell.period for cell in others if cell.kind != "adjustment"}
    flows: list[Cell] = []
    for first, second in pairwise(shown):
        days = _between(first, second)
        if days is None or days in stated:
            continue
        flow = _flow(first, second, days, limit)
        if flow is None:
            told.append(_backwards(first, second, days, limit))
        else:
            flows.append(flow)
    told += _jumps(flows)
    return sorted([*others, *flows]), told


def _between(first: Cell, second: Cell) -> Period | None:
    """The days after the first reading up to that of the second."""
    start = first.period.end + timedelta(days=1)
    return Period(start, second.period.end) if start <= second.period.end else None


def _flow(first: Cell, second: Cell, days: Period, limit: Decimal | None) -> Cell | None:
    """What flowed, in the unit of the readings; None where the meter went backwards, or would have run over half of its scale."""
    amount = second.value - first.value
    if amount < 0 and limit is not None and 2 * (amount + limit) < limit:
        amount += limit
    if amount < 0 or first.unit != second.unit:
        return None
    worse = tuple(max(pair) for pair in zip(first.quality, second.quality, strict=False))
    wider = None if None in (first.uncertainty, second.uncertainty) else max(first.uncertainty, second.uncertainty)  # type: ignore[type-var]
    return replace(
        second,
        period=days,
        value=amount,
        half_step=first.half_step + second.half_step,
        estimated=first.estimated or second.estimated,
        quality=worse,
        uncertainty=wider,
        entries=tuple(sorted({*first.entries, *second.entries})),
        hashes=hash_of_hashes([first.hashes, second.hashes]),
    )


def _measured(shown: Sequence[Cell]) -> tuple[list[Cell], list[Told]]:
    """Without estimated readings between two measured ones, which say what flowed; each says what it had said otherwise."""
    measured = [at for at, cell in enumerate(shown) if not cell.estimated]
    if not measured:
        return list(shown), []
    inner = [at for at, cell in enumerate(shown) if cell.estimated and measured[0] < at < measured[-1]]
    kept = [cell for at, cell in enumerate(shown) if at not in set(inner)]
    return kept, [_gone(shown, at, measured) for at in inner]


def _gone(shown: Sequence[Cell], at: int, measured: Sequence[int]) -> Told:
    before, after = shown[max(one for one in measured if one < at)], shown[min(one for one in measured if one > at)]
    cell = shown[at]
    share = Fraction((cell.period.end - before.period.end).days, (after.period.end - before.period.end).days or 1)
    now = Fraction(before.value) + (Fraction(after.value) - Fraction(before.value)) * share
    template = (
        "the estimated reading {entry} ({value} {unit}) no longer counts, as {before} and {after} were measured: by day they "
        "give {now} {unit} there, {effect} {unit} to it"
    )
    effect = now - Fraction(cell.value)
    values = {
        "entry": cell.entries[0],
        "value": plain(cell.value),
        "unit": cell.unit,
        "before": before.entries[0],
        "after": after.entries[0],
        "now": _short(now),
        "effect": ("+" if effect >= 0 else "") + _short(effect),
    }
    found = Finding(rule="estimate.replaced", template=template, values=values, severity="note")
    return Told(days=cell.period, finding=found)


def _twice(shown: Sequence[Cell]) -> Iterator[Told]:
    for day, same in groupby(shown, key=lambda cell: cell.period.end):
        first, *others = same
        for other in others:
            template = (
                "the meter showed two values on {day} ({first}, {second}); let one replace the other, or, where it was exchanged, "
                "give the new one's first reading for the next day and record what flowed on that day by itself"
            )
            values = {"day": day, "first": first.entries[0], "second": other.entries[0]}
            yield _told("meter.twice", template, _round(day), first, values)


def _over(shown: Sequence[Cell], limit: Decimal | None) -> Iterator[Told]:
    for cell in shown:
        if limit is not None and cell.value >= limit:
            template = "{entry} reads {value}, and the meter starts again from 0 at {limit}; mend the reading, or register_limit in series.csv"
            values = {"entry": cell.entries[0], "value": plain(cell.value), "limit": limit}
            yield _told("meter.limit", template, _round(cell.period.end), cell, values)


def _backwards(first: Cell, second: Cell, days: Period, limit: Decimal | None) -> Told:
    values = {
        "first": first.entries[0],
        "second": second.entries[0],
        "before": f"{plain(first.value)} {first.unit}",
        "after": f"{plain(second.value)} {second.unit}",
        "days": days,
    }
    if first.unit != second.unit:
        template = "the meter showed {before} ({first}) and then {after} ({second}); record both readings in one unit"
    elif limit is None:
        template = (
            "the meter ran backwards, from {before} ({first}) to {after} ({second}); mend the reading, say register_limit in "
            "series.csv if it started again from 0, or, where it was exchanged, record what flowed in {days} by itself"
        )
    else:
        template = (
            "the meter went from {before} ({first}) to {after} ({second}), backwards or over more than half of its scale; "
            "mend the reading, or record what flowed in {days} by itself"
        )
    return _told("meter.backwards", template, days, second, values)


def _alone(cell: Cell) -> Told:
    template = (
        "{entry} is the only reading of its meter, which says nothing of what flowed; record another one, such as that at the "
        "end of the day before the period"
    )
    return _told("meter.alone", template, _round(cell.period.end), cell, {"entry": cell.entries[0]})


def _jumps(flows: Sequence[Cell]) -> Iterator[Told]:
    """A warning where far more flowed in a day than was usual before: a digit that slipped, or another meter."""
    daily = [Fraction(cell.value) / cell.period.days for cell in flows]
    for at, cell in enumerate(flows):
        if at >= FEWEST and (usual := median(daily[:at])) and daily[at] > UNLIKELY * usual:
            template = (
                "by the readings {first} and {second} {times} times as much flowed in a day as is usual for this meter; see that no "
                "digit slipped and that it was not exchanged"
            )
            values = {"first": cell.entries[0], "second": cell.entries[-1], "times": round(daily[at] / usual)}
            yield _told("meter.jump", template, cell.period, cell, values, "warning")


def _told(
    rule: str, template: str, days: Period, at: Cell, values: Mapping[str, object], severity: Severity = "error"
) -> Told:
    place = Place(name=" ".join(filter(None, (at.activity, at.site, format_labels(at.labels)))))
    return Told(days=days, finding=Finding(rule=rule, template=template, values=values, place=place, severity=severity))


def _round(day: date) -> Period:
    """The days that a reading says something of: its own and the next."""
    return Period(day, day + timedelta(days=1))


def _short(exact: Fraction) -> str:
    return plain(Decimal(round(exact * 1000)).scaleb(-3))
