"""PUE, WUE and CUE from hourly meters, by hour, month and year, with what they rest on; and what a meter shows that those below it do not."""

from dataclasses import dataclass

import numpy as np

from leafledger.datacenter.clock import Floats, Ints, month_name
from leafledger.datacenter.meters import CATEGORY, Meter
from leafledger.datacenter.telemetry import Hourly


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """One PUE (or WUE in L/kWh, CUE in kgCO2e/kWh) of a stretch of time.

    value: of the hours that are known, None where there is none. hours: known, of `of`. A year that lacks hours is an interim value, as
    ISO/IEC 30134-2 calls it, and is not printed as the annual one. category: where IT energy was measured.
    """

    what: str
    period: str
    value: float | None
    numerator: float
    it_kwh: float
    hours: int
    of: int
    category: int

    @property
    def whole(self) -> bool:
        return self.hours == self.of


@dataclass(frozen=True, slots=True, kw_only=True)
class Residual:
    """What a meter measured and those below it did not: losses, or a load without a meter; below zero, one is wrong. kWh of the known hours."""

    meter: str
    above: float
    below: float
    hours: int

    @property
    def value(self) -> float:
        return self.above - self.below

    @property
    def share(self) -> float | None:
        return self.value / self.above if self.above else None


def pue(of: Hourly) -> tuple[Floats, tuple[Ratio, ...]]:
    """By hour, and by month and year: all energy that came in (feeds and own generation) over that of IT.

    Over a month, what a battery loses is part of it. By hour, what goes in and comes out is set off: it would move between hours.
    """
    facility = of.of([*of.tree.of("feed"), *of.tree.of("generation")])
    by_hour, _ = _ratios("PUE", of, facility - of.of(of.tree.of("charge")) + of.of(of.tree.of("discharge")))
    return by_hour, _ratios("PUE", of, facility)[1]


def wue(of: Hourly) -> tuple[Floats, tuple[Ratio, ...]]:
    """Litres of water over kWh of IT (ISO/IEC 30134-9, water used at the site)."""
    return _ratios("WUE", of, of.of(of.tree.of("water")) * 1000)


def cue(of: Hourly, kg_per_kwh: Floats) -> tuple[Floats, tuple[Ratio, ...]]:
    """kgCO2e of the electricity bought over kWh of IT (ISO/IEC 30134-8). kg_per_kwh: of the grid, by hour."""
    return _ratios("CUE", of, of.of(of.tree.of("feed")) * kg_per_kwh)


def residuals(of: Hourly) -> tuple[Residual, ...]:
    """For each meter that has others below it, over the hours in which all of them are known. What generates or discharges below it is taken off."""
    found = []
    for at, meter in enumerate(of.tree.meters):
        below = [one for one in of.tree.below(meter.id) if one.unit == meter.unit]
        if below:
            gives = [one for one in below if one.role in ("generation", "discharge")]
            parts = of.of([one for one in below if one not in gives]) - of.of(gives)
            known = ~np.isnan(of.flow[at]) & ~np.isnan(parts)
            found.append(
                Residual(
                    meter=meter.id,
                    above=float(of.flow[at][known].sum()),
                    below=float(parts[known].sum()),
                    hours=int(known.sum()),
                )
            )
    return tuple(found)


def it_meters(of: Hourly) -> tuple[Meter, ...]:
    """Those whose sum is IT energy, by the tree's category."""
    return of.tree.of(CATEGORY[of.tree.category])


def _ratios(what: str, of: Hourly, numerator: Floats) -> tuple[Floats, tuple[Ratio, ...]]:
    it = of.of(it_meters(of))
    known = ~np.isnan(numerator) & ~np.isnan(it) & _covered(of)
    by_hour = np.full(len(it), np.nan)
    np.divide(numerator, it, out=by_hour, where=known & (it > 0))
    months = of.clock.months
    periods = [(month_name(int(month)), months == month) for month in np.unique(months)]
    periods += [(str(year), months // 12 == year) for year in np.unique(months // 12)]
    return by_hour, tuple(_ratio(what, of, name, numerator, it, known, inside, months) for name, inside in periods)


def _ratio(
    what: str, of: Hourly, name: str, numerator: Floats, it: Floats, known: np.ndarray, inside: np.ndarray, months: Ints
) -> Ratio:
    here = known & inside
    above, below = float(numerator[here].sum()), float(it[here].sum())
    return Ratio(what=what, period=name, value=above / below if below > 0 else None, numerator=above, it_kwh=below, hours=int(here.sum()),
                 of=int(inside.sum()), category=of.tree.category)  # fmt: skip


def _covered(of: Hourly) -> np.ndarray:
    """Hours that every meter that counts saw in full; a register that was not read for a while still tells its sum."""
    whole = np.ones(of.clock.steps, dtype=bool)
    for at, meter in enumerate(of.tree.meters):
        if meter.reads == "interval" and meter.role in ("feed", "generation", "water", CATEGORY[of.tree.category]):
            whole &= of.coverage[at] >= 1
    return whole
