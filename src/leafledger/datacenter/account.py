"""What a period used and what its measures saved, each against its counterfactual, in energy, money and how far a model can be trusted with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

import numpy as np

from leafledger.core.finding import Finding, Place, Refused
from leafledger.datacenter.bill import DemandBy, Line, bill, total
from leafledger.datacenter.clock import Clock, Floats
from leafledger.datacenter.cooling import cooled
from leafledger.datacenter.definition import Cooling, DataCenter, Measure
from leafledger.datacenter.efficiency import it_meters
from leafledger.datacenter.measured import Measured, held
from leafledger.datacenter.savings import eco_mode_kw, evaporative_saved_kw, free_cooling_kw
from leafledger.datacenter.tariff import Tariff
from leafledger.datacenter.weather import Weather

NMBE, CVRMSE = 0.10, 0.30
"""How far a model may be off by the hour to be called calibrated: ASHRAE Guideline 14, as IPMVP option D refers to it."""


@dataclass(frozen=True, kw_only=True)
class Used:
    """kWh and m3 of the period: into the site, into IT, bought, and water (None without a meter)."""

    facility: float
    it: float
    feed: float
    water: float | None


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """How far the plant's model lies off its meters, by the hour: mean bias and spread, as shares of the mean."""

    of: str
    modelled: float
    metered: float
    nmbe: float
    cvrmse: float

    @property
    def holds(self) -> bool:
        return abs(self.nmbe) <= NMBE and self.cvrmse <= CVRMSE


@dataclass(frozen=True, kw_only=True)
class Saving:
    """One measure. kwh, money: saved, below nothing where more was used or paid. option: of IPMVP. real, without: kW bought by hour.

    lines: the bills with and without the measure; wear: money that is taken off, for a battery.
    """

    measure: Measure
    option: Literal["B", "D"]
    kwh: float
    money: Decimal
    wear: Decimal
    real: Floats
    without: Floats
    lines: tuple[Line, ...]
    lines_without: tuple[Line, ...]
    calibration: Calibration | None
    losses: float = 0.0
    held: tuple[float, float] | None = None


def used(of: Measured) -> Used:
    """The period's sums. Refused with every meter that does not know all hours: what it says of a part is not of the whole."""
    tree = of.hourly.tree
    it = of.hourly.of(it_meters(of.hourly))
    named = [("facility", of.grid + of.pv), ("IT", it), ("bought", of.grid)]
    water = of.hourly.of(tree.of("water")) if tree.of("water") else None
    named += [("water", water)] if water is not None else []
    named += [("into the battery", of.charge), ("out of the battery", of.discharge)]
    if lacking := list(_unknown(named, of.clock)):
        raise Refused([*lacking, *[one for one in of.findings if one.severity == "error"]])
    facility = float((of.grid + of.pv).sum()) * 1000
    return Used(
        facility=facility,
        it=float(it.sum()),
        feed=float(of.grid.sum()) * 1000,
        water=None if water is None else float(water.sum()),
    )


def savings(
    of: DataCenter, tariff: Tariff, period: Measured, before: Measured | None, weather: Weather | None
) -> tuple[Saving, ...]:
    """Each measure of the data center. before: what was measured until the period, for what the battery held; weather: of its hours.

    Demand is counted where the period is of whole months, as it is billed by them. Refused where the plant's model is not calibrated: what it
    says of a plant without free cooling would be an opinion.
    """
    found = []
    for measure in of.measures:
        if measure == "storage":
            found.append(_storage(of, tariff, period, before))
        elif of.cooling is not None and weather is not None:
            found.append(_modelled(of, of.cooling, tariff, period, weather, measure))
    return tuple(found)


def weather_of(cooling: Cooling, weather: Weather, clock: Clock) -> Weather:
    """The hours of a stretch. Refused where the file does not reach."""
    since = datetime.combine(cooling.weather_from, datetime.min.time())
    first = clock.at(0).replace(tzinfo=None) - since
    at = int(first / timedelta(hours=1))
    if at < 0 or at + clock.steps > len(weather.wet_bulb):
        template = "the weather of {file} is of {hours} hours from {since} on, and {first} to {last} is asked for; give the weather of those hours"
        values = {"file": cooling.weather, "hours": len(weather.wet_bulb), "since": cooling.weather_from,
                  "first": f"{clock.at(0):%Y-%m-%d %H:%M}", "last": f"{clock.at(clock.steps):%Y-%m-%d %H:%M}"}  # fmt: skip
        raise Refused(Finding(rule="account", template=template, values=values, place=cooling.place))
    part = slice(at, at + clock.steps)
    return Weather(dry_bulb=weather.dry_bulb[part], wet_bulb=weather.wet_bulb[part])


def calibration(cooling: Cooling, period: Measured, weather: Weather) -> Calibration:
    """The model's cooling against its meters, or, without any, all of the facility against its feed."""
    it, plant = period.hourly.of(it_meters(period.hourly)), cooled(cooling.plant, weather.wet_bulb)
    meters = period.hourly.tree.of("cooling")
    metered = period.hourly.of(meters) if meters else period.load * 1000
    per_it = plant.fans + plant.chiller + plant.pumps + plant.tower if meters else plant.pue
    modelled = per_it * it
    off, mean = modelled - metered, float(metered.mean())
    return Calibration(of="cooling" if meters else "facility", modelled=float(modelled.sum()), metered=float(metered.sum()),
                       nmbe=float(off.mean()) / mean, cvrmse=float(np.sqrt((off**2).mean())) / mean)  # fmt: skip


def demand_counts(of: DataCenter, clock: Clock) -> DemandBy:
    """How demand is billed, where the stretch is of whole months; else it is left out."""
    first, last = clock.at(0), clock.at(clock.steps)
    whole = (first.day, first.hour, last.day, last.hour) == (1, 0, 1, 0)
    return of.demand_by if whole else "none"


def _storage(of: DataCenter, tariff: Tariff, period: Measured, before: Measured | None) -> Saving:
    """Option B: what went in and came out is metered, so that the site without its battery is what was bought, less the one, and the other."""
    assert of.battery is not None
    begins = held(before, of.battery) if before is not None else of.battery.held
    ends = (
        begins + float(period.charge.sum()) * of.battery.charge - float(period.discharge.sum()) / of.battery.discharge
    )
    ends = min(max(ends, 0.0), of.battery.energy)
    real, without = period.grid, (period.load - period.pv).clip(0)
    losses = (float((period.charge - period.discharge).sum()) - (ends - begins)) * 1000
    wear = Decimal(round(float(period.discharge.sum()) * 1000 * of.battery.wear * 100)) / 100
    return _saving(
        of, tariff, period.clock, "storage", "B", real, without, -losses, wear=wear, losses=losses, held_=(begins, ends)
    )


def _modelled(
    of: DataCenter, cooling: Cooling, tariff: Tariff, period: Measured, weather: Weather, measure: Measure
) -> Saving:
    """Option D: the plant without the measure, by a model that its meters vouch for."""
    checked = calibration(cooling, period, weather)
    if not checked.holds:
        template = (
            "the saving of {measure} cannot be told: by the hour the model of {of} is off by {nmbe:+.1%} on average and {cvrmse:.1%} in spread, "
            "and at most {most:.0%} and {spread:.0%} are calibrated (ASHRAE Guideline 14); calibrate the plant under cooling"
        )
        values = {
            "measure": measure,
            "of": checked.of,
            "nmbe": checked.nmbe,
            "cvrmse": checked.cvrmse,
            "most": NMBE,
            "spread": CVRMSE,
        }
        raise Refused(Finding(rule="account", template=template, values=values, place=cooling.place))
    it = period.hourly.of(it_meters(period.hourly))
    plant = cooling.plant
    if measure == "free_cooling":
        per_it = free_cooling_kw(plant, weather)
    elif measure == "ups_eco":
        per_it = eco_mode_kw(plant, weather, plant.eco)
    else:
        assert cooling.evaporative is not None
        per_it = evaporative_saved_kw(plant, cooling.evaporative, weather) * cooling.evaporative_share
    saved = per_it * it
    return _saving(
        of,
        tariff,
        period.clock,
        measure,
        "D",
        period.grid,
        period.grid + saved / 1000,
        float(saved.sum()),
        calibration_=checked,
    )


def _saving(
    of: DataCenter, tariff: Tariff, clock: Clock, measure: Measure, option: Literal["B", "D"], real: Floats, without: Floats, kwh: float, *,
    wear: Decimal = Decimal(0), losses: float = 0.0, held_: tuple[float, float] | None = None, calibration_: Calibration | None = None,
) -> Saving:  # fmt: skip
    by = demand_counts(of, clock)
    bills = [
        bill(
            tariff,
            clock,
            np.rint(mw.clip(0) * 1e6 * clock.hours).astype(np.int64),
            demand_by=by,
            capacity_kva=of.capacity_kva,
        )
        for mw in (real, without)
    ]
    return Saving(
        measure=measure, option=option, kwh=kwh, money=total(bills[1]) - total(bills[0]) - wear, wear=wear, real=real * 1000,
        without=without * 1000, lines=bills[0], lines_without=bills[1], calibration=calibration_, losses=losses, held=held_,
    )  # fmt: skip


def _unknown(named: list[tuple[str, Floats]], clock: Clock) -> Iterator[Finding]:
    for what, values in named:
        lacking = np.isnan(values)
        if lacking.any():
            template = "{what} is not known in {hours} hours, first at {at}, so the period cannot be accounted for; take one without them"
            at = {"what": what, "hours": int(lacking.sum()), "at": f"{clock.at(int(lacking.argmax())):%Y-%m-%d %H:%M}"}
            yield Finding(rule="account", template=template, values=at, place=Place(name="telemetry"))
