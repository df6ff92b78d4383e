"""What is planned: the site's battery, its connection, what can be shifted, and what the grid asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from leafledger.datacenter.clock import Clock, Floats

Goal = Literal["cost", "carbon", "peak"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Battery:
    """power: MW in and out; energy: MWh that can be held. charge, discharge: one-way efficiencies, 0..1.

    reserve: MWh that always stay in it, for an outage. wear: money per kWh taken out, for the life that each cycle costs.
    """

    power: float
    energy: float
    charge: float = 0.94
    discharge: float = 0.94
    reserve: float = 0.0
    wear: float = 0.0


NO_BATTERY = Battery(power=0, energy=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flexible:
    """Work that can be moved: `energy` MWh to be used from step `first` up to (not with) step `last`, at most `power` MW at a time."""

    name: str
    first: int
    last: int
    power: float
    energy: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A call for demand response: from step `first` up to step `last` as much less than `baseline` (MW) as is promised.

    most: MW that may be promised; payment: money per kWh less than the baseline. At least `least` MW has to be given.
    """

    name: str
    first: int
    last: int
    baseline: float
    payment: float
    most: float
    least: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One plan to make. Arrays have one value a step: load and pv in MW, price in money per kWh, carbon in tCO2e per MWh.

    demand: money per kW of each month's peak, by month as Clock.months counts; empty where demand is not billed so. floor: MW that
    the month's peak has reached already. start, end: MWh in the battery before the first and after the last step; without an end it is
    valued at `worth` (money per kWh).
    """

    clock: Clock
    load: Floats
    pv: Floats
    price: Floats
    carbon: Floats
    battery: Battery
    feeder: float
    demand: Mapping[int, float] = field(default_factory=dict)
    floor: Mapping[int, float] = field(default_factory=dict)
    flexible: tuple[Flexible, ...] = ()
    events: tuple[Event, ...] = ()
    start: float = 0.0
    end: float | None = None
    worth: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to do at each step (MW; `energy` in MWh at its end), and what it comes to.

    grid: what is bought; curtailed: PV that is not used; moved: by name of the flexible work; promised: MW by name of the event. peaks: MW by
    month. Money: energy, demand, wear, earned (from events); carbon: tCO2e.
    """

    charge: Floats
    discharge: Floats
    energy: Floats
    grid: Floats
    curtailed: Floats
    moved: Mapping[str, Floats]
    promised: Mapping[str, float]
    peaks: Mapping[int, float]
    cost_energy: float
    cost_demand: float
    cost_wear: float
    earned: float
    carbon: float

    @property
    def cost(self) -> float:
        return self.cost_energy + self.cost_demand + self.cost_wear - self.earned


def counted(problem: Problem, charge: Floats, discharge: Floats, energy: Floats, grid: Floats, curtailed: Floats,
            moved: Mapping[str, Floats], promised: Mapping[str, float]) -> Plan:  # fmt: skip
    """A plan with what it costs, emits and peaks at: one place that counts, for every way of planning."""
    hours, months = problem.clock.hours, problem.clock.months
    peaks = {int(m): max(float(grid[months == m].max()), problem.floor.get(int(m), 0.0)) for m in np.unique(months)}
    earned = sum(promised[e.name] * (e.last - e.first) * hours * e.payment * 1000 for e in problem.events)
    return Plan(
        charge=charge,
        discharge=discharge,
        energy=energy,
        grid=grid,
        curtailed=curtailed,
        moved=moved,
        promised=promised,
        peaks=peaks,
        cost_energy=float(problem.price @ grid) * hours * 1000,
        cost_demand=sum(price * peaks[month] * 1000 for month, price in problem.demand.items() if month in peaks),
        cost_wear=float(discharge.sum()) * hours * 1000 * problem.battery.wear,
        earned=earned,
        carbon=float(problem.carbon @ grid) * hours,
    )
