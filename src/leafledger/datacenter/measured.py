"""What a data center drew, hour by hour, as its meters tell it: with and without its battery, and what was in the battery."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from leafledger.core.finding import Finding, Place, Refused
from leafledger.datacenter.clock import Clock, Floats
from leafledger.datacenter.definition import Store
from leafledger.datacenter.meters import Role, Tree
from leafledger.datacenter.telemetry import OUTSIDE, Columns, Hourly, ends_of, hourly

SHORT = 3
"""Hours of a hole that a forecast is made across; a longer one cuts off what lies before it."""
FILLED = "the load is not known in {hours} hours, first at {at}; the forecast takes the hours around them instead, the account does not"
CUT = "the load is not known for {hours} hours until {at}; the forecast rests on what was measured after them"


@dataclass(frozen=True, kw_only=True)
class Measured:
    """Mean MW of each hour, NaN where it cannot be told. load: what the site used, whatever the battery did; grid: what was bought."""

    hourly: Hourly
    load: Floats
    grid: Floats
    pv: Floats
    charge: Floats
    discharge: Floats

    @property
    def clock(self) -> Clock:
        return self.hourly.clock

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the readings; that others lie outside the stretch is as it was asked for."""
        return tuple(one for one in self.hourly.findings if one.template != OUTSIDE)


def measured(
    tree: Tree, files: Sequence[Path], first: datetime | None = None, until: datetime | None = None
) -> Measured:
    """The hours from `first` up to `until` (local times; without them all that the files hold). Refused where there is nothing in between."""
    zone = ZoneInfo(tree.zone)
    begins, ends = ends_of(tree, files, Columns())
    first = max(first.replace(tzinfo=zone), begins) if first else begins
    until = min(until.replace(tzinfo=zone), ends) if until else ends
    hours = int((until - first) // timedelta(hours=1))
    if hours <= 0:
        at = {"first": first, "until": until, "begins": begins, "ends": ends}
        template = "nothing was measured between {first} and {until}; the telemetry is of {begins} to {ends}"
        raise Refused(_finding(template, **{name: f"{when:%Y-%m-%d %H:%M}" for name, when in at.items()}))
    of = hourly(tree, files, first, hours)
    feed, pv, charge, discharge = (_mw(of, role) for role in ("feed", "generation", "charge", "discharge"))
    return Measured(
        hourly=of, load=feed + pv - charge + discharge, grid=feed, pv=pv, charge=charge, discharge=discharge
    )


def known_history(of: Floats, clock: Clock) -> tuple[Floats, int, tuple[Finding, ...]]:
    """A load to forecast from: the hours after the last long hole, across short ones; how many are left out; and what was done, as findings.

    Refused where fewer than a day is left.
    """
    unknown = np.isnan(of)
    start, run = 0, 0
    for hour in range(len(of)):
        run = run + 1 if unknown[hour] else 0
        if run > SHORT:
            start = hour + 1
    findings = []
    if start:
        findings.append(
            _finding(CUT, severity="warning", hours=int(unknown[:start].sum()), at=f"{clock.at(start):%Y-%m-%d %H:%M}")
        )
    history, holes = of[start:], unknown[start:]
    if holes.all() or len(history) < 24:
        template = "only {hours} hours of load are known without a long hole, and a forecast needs 24; see what the meters lack"
        raise Refused(_finding(template, hours=int((~holes).sum())))
    if holes.any():
        at = f"{clock.at(start + int(holes.argmax())):%Y-%m-%d %H:%M}"
        findings.append(_finding(FILLED, severity="warning", hours=int(holes.sum()), at=at))
        at_hours = np.arange(len(history))
        history = np.where(holes, np.interp(at_hours, at_hours[~holes], history[~holes]), history)
    return history, start, tuple(findings)


def held(of: Measured, battery: Store) -> float:
    """MWh in the battery after the last hour: its meters added up from what it held at first, within its limits; an unknown hour adds nothing."""
    now = battery.held
    for went_in, came_out in zip(np.nan_to_num(of.charge), np.nan_to_num(of.discharge), strict=True):
        now = min(max(now + float(went_in) * battery.charge - float(came_out) / battery.discharge, 0.0), battery.energy)
    return max(now, battery.reserve)


def _mw(of: Hourly, role: Role) -> Floats:
    return of.of(of.tree.of(role)) / 1000


def _finding(template: str, severity: str = "error", **values: object) -> Finding:
    return Finding(rule="measured", template=template, values=values, place=Place(name="telemetry"),
                   severity="warning" if severity == "warning" else "error")  # fmt: skip
