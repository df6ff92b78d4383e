"""A time-of-use tariff: which period and which price each step has, by month, hour and kind of day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

import numpy as np

from leafledger.core.definition import NOWHERE, STRICT
from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.text import Text
from leafledger.datacenter.clock import Clock, Floats, Ints

DayKind = Literal["working", "rest", "holiday"]
HOURS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """One line of a tariff: in these months, on these days and from hour to hour, a period and its price as a multiple of the flat one."""

    __pydantic_config__ = STRICT

    period: str
    multiplier: Decimal
    months: tuple[int, ...]
    hours: tuple[str, ...]
    days: tuple[DayKind, ...] = ("working", "rest", "holiday")
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The prices from a day on. flat: money per kWh of the period with multiplier 1; surcharge: per kWh, the same at every hour.

    demand: money per kW of the month's maximum demand; capacity: money per kVA of what is contracted, each month.
    assumed: why, where a price was not read in a source.
    """

    __pydantic_config__ = STRICT

    since: date
    flat: Decimal
    surcharge: Decimal = Decimal(0)
    demand: Decimal | None = None
    capacity: Decimal | None = None
    assumed: str = ""
    source: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Tariff:
    """How electricity is billed. `rules`: the last line that fits an hour gives it its period. `holidays`: days that count as such.

    worked: rest days by the calendar that are worked instead. demand_minutes: over how long maximum demand is averaged.
    years: those for which the holidays are known; other years are refused, as their bill would be wrong in silence.
    """

    __pydantic_config__ = STRICT

    id: str
    title: Text
    currency: str
    zone: str
    rules: tuple[Hours, ...]
    levels: tuple[Level, ...]
    periods: dict[str, Text]
    years: tuple[int, ...]
    holidays: tuple[date, ...] = ()
    worked: tuple[date, ...] = ()
    demand_minutes: int = 15
    source: str = ""
    note: Text = field(default_factory=dict)
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """For each step of a clock: its period (an index into `names`), its price per kWh, its level's index, and its exact multiple of the flat price
    (an index into `multiples`)."""

    names: tuple[str, ...]
    period: Ints
    per_kwh: Floats
    level: Ints
    multiple: Ints
    multiples: tuple[Decimal, ...]


def prices(tariff: Tariff, clock: Clock) -> Prices:
    """Every step's period and price. Refused for steps that the tariff says nothing of, and for prices below zero."""
    if clock.zone != tariff.zone:
        raise _refused(
            tariff,
            "the times are read in {zone}, and the tariff counts its hours in {own}",
            zone=clock.zone,
            own=tariff.zone,
        )
    unknown = sorted({day.year for day in clock.days} - set(tariff.years))
    if unknown:
        template = (
            "the holidays of {year} are not in the tariff, so its hours cannot be told; add the year with its holidays"
        )
        raise _refused(tariff, template, year=unknown[0])
    names = tuple(tariff.periods)
    hour_table = _table(tariff, names)
    kinds = {day: KINDS.index(kind_of_day(tariff, day)) for day in set(clock.days)}
    rows = [hour_table[at.month - 1][kinds[at.date()]][at.hour] for at in clock.local]
    period = np.array([row[0] for row in rows], dtype=np.int64)
    level = _levels(tariff, clock)
    flat = np.array([float(one.flat) for one in tariff.levels])[level] if clock.steps else np.zeros(0)
    extra = np.array([float(one.surcharge) for one in tariff.levels])[level] if clock.steps else np.zeros(0)
    per_kwh = flat * np.array([float(row[1]) for row in rows]) + extra
    if clock.steps and per_kwh.min() < 0:
        at = clock.at(int(per_kwh.argmin()))
        raise _refused(tariff, "the price at {at:%Y-%m-%d %H:%M} is below zero ({price:.4f}); a plan would burn power to be paid; mend it",
                       at=at, price=float(per_kwh.min()))  # fmt: skip
    multiples = tuple(dict.fromkeys(row[1] for row in rows))
    index = {one: n for n, one in enumerate(multiples)}
    multiple = np.array([index[row[1]] for row in rows], dtype=np.int64)
    return Prices(names=names, period=period, per_kwh=per_kwh, level=level, multiple=multiple, multiples=multiples)


KINDS: tuple[DayKind, ...] = ("working", "rest", "holiday")


def kind_of_day(tariff: Tariff, day: date) -> DayKind:
    if day in tariff.holidays:
        return "holiday"
    return "rest" if day.weekday() >= 5 and day not in tariff.worked else "working"


def sound(tariff: Tariff) -> Iterator[Finding]:
    """What is wrong with a tariff: an hour that no line gives a period, a period without a name, levels out of order."""
    for rule in tariff.rules:
        if rule.period not in tariff.periods:
            yield _finding(rule.place, "the period {period} has no name under periods", period=rule.period)
        for text in rule.hours:
            if _span(text) is None:
                yield _finding(rule.place, "{text!r} is not a stretch of hours such as 8-11 or 22-6", text=text)
    if [level.since for level in tariff.levels] != sorted({level.since for level in tariff.levels}):
        yield _finding(
            tariff.place, "the levels are not in the order of their days; put the earliest first, one for each day"
        )
    gaps = [
        (month, kind, hour)
        for month in range(1, 13)
        for kind in KINDS
        for hour in range(HOURS)
        if not any(_fits(rule, month, kind, hour) for rule in tariff.rules)
    ]
    if gaps:
        month, kind, hour = gaps[0]
        template = "no line gives a period to hour {hour} of a {kind} day in month {month} ({count} such gaps); nothing could be billed then"
        yield _finding(tariff.place, template, hour=hour, kind=kind, month=month, count=len(gaps))


def _table(tariff: Tariff, names: Sequence[str]) -> list[list[list[tuple[int, Decimal]]]]:
    """By month, kind of day and hour: the period and its multiple."""
    if findings := list(sound(tariff)):
        raise Refused(findings)
    return [
        [[_hour(tariff, names, month, kind, hour) for hour in range(HOURS)] for kind in KINDS] for month in range(1, 13)
    ]


def _hour(tariff: Tariff, names: Sequence[str], month: int, kind: DayKind, hour: int) -> tuple[int, Decimal]:
    rule = [rule for rule in tariff.rules if _fits(rule, month, kind, hour)][-1]
    return names.index(rule.period), rule.multiplier


def _fits(rule: Hours, month: int, kind: DayKind, hour: int) -> bool:
    spans = [span for text in rule.hours if (span := _span(text))]
    inside = any(first <= hour < last or (last < first and (hour >= first or hour < last)) for first, last in spans)
    return month in rule.months and kind in rule.days and inside


def _span(text: str) -> tuple[int, int] | None:
    """`22-6` is from 22:00 to 6:00, `0-24` the whole day."""
    first, dash, last = text.partition("-")
    if not (
        dash and first.isdigit() and last.isdigit() and int(first) < HOURS and 0 < int(last) <= HOURS and first != last
    ):
        return None
    return int(first), int(last)


def _levels(tariff: Tariff, clock: Clock) -> Ints:
    """For each step, the level in force. Refused for days before the first one."""
    starts = np.array([level.since.toordinal() for level in tariff.levels])
    days = np.array([day.toordinal() for day in clock.days], dtype=np.int64)
    level = np.searchsorted(starts, days, side="right") - 1
    if clock.steps and level.min() < 0:
        day = clock.days[int(level.argmin())]
        raise _refused(
            tariff,
            "the tariff has no prices for {day}; its first level is of {first}",
            day=day,
            first=tariff.levels[0].since,
        )
    return level.astype(np.int64)


def _refused(tariff: Tariff, template: str, **values: object) -> Refused:
    return Refused(_finding(tariff.place, template, **values))


def _finding(place: Place, template: str, **values: object) -> Finding:
    return Finding(rule="tariff", template=template, values=values, place=place)
