"""What flowed in each hour, from what meters showed: registers by difference, intervals by sum; a reading that cannot be is a hole that says so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from leafledger.core.finding import Finding, Place, Severity
from leafledger.datacenter.clock import Clock, Floats, Ints
from leafledger.datacenter.meters import Meter, Tree

HOUR_US = 3_600_000_000
MILLIONTHS = 1e6
NEAR_LIMIT = 0.5
"""A register starts again if it stood in the upper half of its range and then stands in the lower one; any other fall is none."""


TWICE = "{id} has more than {expected} readings an hour in {hours} hours, first at {at}: some count twice, or its clock drifts; they are left out"
NEGATIVE = "{id} shows less than nothing in {hours} hours, first at {at}; they are left out, until it is known why"
LACKING = "{id} lacks readings in {hours} hours, first at {at}; those hours are not whole"
BACKWARDS = "{id} runs backwards or was reset in {hours} hours, first at {at}, so what flowed is not known; say when it was exchanged, or its limit"
UNREAD = "{id} was not read in {hours} hours, first at {at}; its register tells what flowed, spread evenly over them"
OPEN = "{id} has no reading before or after {hours} hours, first at {at}, so what flowed then is not known"


@dataclass(frozen=True, kw_only=True)
class Seen:
    """By meter and hour, with one hour before and one after: n readings, `told` of them with a value; the first, last, least and largest; the
    microseconds into the hour of first and last; the sum in millionths (of intervals)."""

    n: Ints
    told: Ints
    first: Floats
    last: Floats
    low: Floats
    high: Floats
    begins: Ints
    ends: Ints
    total: Floats

    @classmethod
    def empty(cls, meters: int, hours: int) -> "Seen":
        shape = (meters, hours + 2)

        def whole() -> Ints:
            return np.zeros(shape, dtype=np.int64)

        def real() -> Floats:
            return np.full(shape, np.nan)

        return cls(
            n=whole(), told=whole(), first=real(), last=real(), low=real(), high=real(), begins=whole(), ends=whole(), total=np.zeros(shape)
        )  # fmt: skip

    def put(self, meter: Ints, hour: Ints, rows: Mapping[str, Any]) -> None:
        """Add grouped rows; an hour that two files share is put together."""
        shared = self.n[meter, hour] > 0
        for name, values in rows.items():
            getattr(self, name)[meter[~shared], hour[~shared]] = values[~shared]
        for at in np.flatnonzero(shared).tolist():
            self._join(meter[at], hour[at], {name: values[at] for name, values in rows.items()})

    def _join(self, meter: int, hour: int, row: Mapping[str, Any]) -> None:
        here = (meter, hour)
        if row["begins"] < self.begins[here]:
            self.begins[here], self.first[here] = row["begins"], row["first"]
        if row["ends"] > self.ends[here]:
            self.ends[here], self.last[here] = row["ends"], row["last"]
        self.low[here], self.high[here] = min(self.low[here], row["low"]), max(self.high[here], row["high"])
        for name in ("n", "told", "total"):
            if name in row:
                getattr(self, name)[here] += row[name]


def flowed(tree: Tree, clock: Clock, seen: Seen) -> tuple[Floats, Floats, list[Finding]]:
    """By meter and hour: what flowed, and how much of it was seen (0..1); with what is wrong, once for each kind and meter, at its first hour."""
    flow, coverage = np.full((len(tree.meters), clock.steps), np.nan), np.zeros((len(tree.meters), clock.steps))
    findings: list[Finding] = []
    for at, meter in enumerate(tree.meters):
        one = _interval if meter.reads == "interval" else _register
        flow[at], coverage[at], told = one(meter, clock, seen, at)
        findings += told
    return flow, coverage, findings


def _interval(meter: Meter, clock: Clock, seen: Seen, at: int) -> tuple[Floats, Floats, list[Finding]]:
    """The sum of an hour's intervals. Two readings for one interval would count twice; a negative one is none that a meter can show."""
    expected = 60 // meter.minutes
    n, told, low = seen.n[at, 1:-1], seen.told[at, 1:-1], seen.low[at, 1:-1]
    flow = seen.total[at, 1:-1] / MILLIONTHS
    twice, below = n > expected, low < 0
    flow[twice | below | (told == 0)] = np.nan
    coverage = np.where(np.isnan(flow), 0.0, told / expected)
    told_of = _told(meter, clock, twice, TWICE, expected=expected), _told(meter, clock, below & ~twice, NEGATIVE)
    lacking = _told(meter, clock, (told < expected) & ~twice & ~below, LACKING, severity="warning")
    return flow, coverage, [*told_of[0], *told_of[1], *lacking]


def _register(meter: Meter, clock: Clock, seen: Seen, at: int) -> tuple[Floats, Floats, list[Finding]]:
    """The difference of the register between the ends of each hour, each read off between the readings that lie around it."""
    slots = np.flatnonzero(seen.told[at] > 0)
    if not len(slots):
        empty = np.full(clock.steps, np.nan)
        return (
            empty,
            np.zeros(clock.steps),
            [*_told(meter, clock, np.isnan(empty), "{id} has no readings at all in {hours} hours, from {at}")],
        )
    inside, inside_bad = _risen(
        seen.last[at, slots] - seen.first[at, slots], seen.first[at, slots], seen.last[at, slots], meter
    )
    inside_bad |= _turned(meter, seen, at, slots)
    between, between_bad = _risen(
        seen.first[at, slots[1:]] - seen.last[at, slots[:-1]],
        seen.last[at, slots[:-1]],
        seen.first[at, slots[1:]],
        meter,
    )
    steps = np.zeros(2 * len(slots))
    steps[1::2], steps[2::2] = np.where(inside_bad, 0, inside), np.where(between_bad, 0, between)
    times = np.empty(2 * len(slots))
    times[0::2], times[1::2] = slots * HOUR_US + seen.begins[at, slots], slots * HOUR_US + seen.ends[at, slots]
    shown = np.interp(np.arange(1, clock.steps + 2) * HOUR_US, times, np.cumsum(steps), left=np.nan, right=np.nan)
    flow, bad = np.diff(shown), np.zeros(clock.steps + 2, dtype=bool)
    bad[slots[inside_bad]] = True
    for n in np.flatnonzero(between_bad).tolist():
        bad[slots[n] : slots[n + 1] + 1] = True
    flow[bad[1:-1]] = np.nan
    unseen = seen.told[at, 1:-1] == 0
    coverage = np.where(np.isnan(flow) | unseen, 0.0, 1.0)
    return (
        flow,
        coverage,
        [
            *_told(meter, clock, bad[1:-1], BACKWARDS),
            *_told(meter, clock, unseen & ~np.isnan(flow), UNREAD, severity="warning"),
            *_told(meter, clock, np.isnan(flow) & ~bad[1:-1], OPEN),
        ],
    )


def _risen(step: Floats, before: Floats, after: Floats, meter: Meter) -> tuple[Floats, np.ndarray]:
    """How far a register rose, where it started again at its limit; and where it fell without a reason."""
    fell = step < 0
    if meter.limit is None:
        return step, fell
    again = fell & (before > NEAR_LIMIT * meter.limit) & (after < NEAR_LIMIT * meter.limit)
    return np.where(again, step + meter.limit, step), fell & ~again


def _turned(meter: Meter, seen: Seen, at: int, slots: Ints) -> np.ndarray:
    """Within an hour: stood the register lower than at first, or higher than at last, other than by starting again?"""
    first, last, low, high = (getattr(seen, name)[at, slots] for name in ("first", "last", "low", "high"))
    again = (meter.limit is not None) & (last < first)
    turned: np.ndarray = ((low < first) | (high > last)) & ~again
    return turned


def _told(
    meter: Meter, clock: Clock, where: np.ndarray, template: str, severity: Severity = "error", **values: object
) -> Iterator[Finding]:
    if where.any():
        at = f"{clock.at(int(where.argmax())):%Y-%m-%d %H:%M}"
        said = {"id": meter.id, "at": at, "hours": int(where.sum()), **values}
        yield Finding(
            rule="readings",
            template=template,
            values=said,
            place=meter.place or Place(name=meter.id),
            severity=severity,
        )
