"""What a data center is, as `datacenter.yaml` of a company folder states it: connection, tariff, battery, cooling, jobs, and where it is measured."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from leafledger.core.definition import NOWHERE, STRICT
from leafledger.core.finding import Finding, Place
from leafledger.datacenter.bill import DemandBy
from leafledger.datacenter.cooling import Plant
from leafledger.datacenter.forecast import Simple
from leafledger.datacenter.savings import Evaporative

Measure = Literal["storage", "free_cooling", "indirect_evaporative", "ups_eco"]
"""What a saving can be accounted for; the names are those of the dimension saving_measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """A battery. power: MW; energy, reserve: MWh; charge, discharge: one-way efficiencies; wear: money per kWh taken out.

    held: MWh in it before the first hour of telemetry, from which its meters are added up.
    """

    __pydantic_config__ = STRICT

    power: float
    energy: float
    charge: float = 0.94
    discharge: float = 0.94
    reserve: float = 0.0
    wear: float = 0.0
    held: float = 0.0
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class JobLog:
    """The log of the cluster's jobs. form: see logs.FORMS. gpus: in all; quotas: by queue; flexible: queues whose jobs may be moved.

    kw_per_gpu: what a busy GPU draws more than an idle one, without cooling. slack_hours: how much later than otherwise a moved job may end.
    """

    __pydantic_config__ = STRICT

    file: str
    form: str
    gpus: int
    kw_per_gpu: float
    quotas: dict[str, int] = field(default_factory=dict)
    flexible: tuple[str, ...] = ()
    slack_hours: float = 0.0
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Work on top of what is measured that can be moved: each day `energy` MWh between two hours, at most `power` MW at a time."""

    __pydantic_config__ = STRICT

    name: str
    first_hour: int
    last_hour: int
    power: float
    energy: float
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call for demand response, from a local time on for some hours: less than `baseline` MW, paid by the kWh."""

    __pydantic_config__ = STRICT

    name: str
    start: datetime
    hours: int
    baseline: float
    payment: float
    most: float
    least: float = 0.0
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooling:
    """The plant as it was calibrated, and the weather by hour from a day on. evaporative_share: of IT, cooled by units of their own."""

    __pydantic_config__ = STRICT

    weather: str
    weather_from: date
    plant: Plant = field(default_factory=Plant)
    evaporative: Evaporative | None = None
    evaporative_share: float = 0.0
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Carbon:
    """Emissions of the grid: names of factors of the ledger, the first that serves; or a file with `time,kg_per_kwh` by hour, for planning."""

    __pydantic_config__ = STRICT

    location: tuple[str, ...] = ("grid_electricity_co2e", "grid_electricity")
    market: tuple[str, ...] = ("grid_electricity_residual_co2e", "grid_electricity_residual")
    series: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class DataCenter:
    """One site. meters: the file of its meter tree; telemetry: files or patterns. tariff: an id of the library, or a file of the folder.

    feeder: MW. capacity_kva: contracted, where demand is billed by capacity. forecast: `damped` for smooth loads, `steady` for full ones.
    pue_target, wue_target: the activities in which the targets are recorded. measures: those whose savings are accounted.
    """

    __pydantic_config__ = STRICT

    site: str
    meters: str
    telemetry: tuple[str, ...]
    tariff: str
    feeder: float
    demand_by: DemandBy = "maximum_demand"
    capacity_kva: Decimal = Decimal(0)
    battery: Store | None = None
    jobs: JobLog | None = None
    flexible: tuple[Work, ...] = ()
    events: tuple[Call, ...] = ()
    cooling: Cooling | None = None
    carbon: Carbon = Carbon()
    measures: tuple[Measure, ...] = ("storage",)
    forecast: Simple = "damped"
    pue_target: str = "datacenter.pue_target"
    wue_target: str = "datacenter.wue_target"
    place: Place = NOWHERE


def sound(of: DataCenter) -> Iterator[Finding]:
    """What cannot be, whatever the files say."""
    if of.feeder <= 0:
        yield finding(of.place, "the feeder carries {feeder} MW; give what the connection can carry", feeder=of.feeder)
    if of.demand_by == "capacity" and of.capacity_kva <= 0:
        yield finding(
            of.place, "demand is billed by capacity, and capacity_kva is not given; take it from the contract"
        )
    if of.battery is not None:
        yield from _battery(of.battery)
    if of.jobs is not None:
        yield from _jobs(of.jobs)
    for work in of.flexible:
        if not 0 <= work.first_hour < work.last_hour <= 24:
            yield finding(work.place, "{name} may run from {first} to {last} o'clock; give two hours of one day, such as 10 and 18",
                          name=work.name, first=work.first_hour, last=work.last_hour)  # fmt: skip
    for call in of.events:
        if call.start.tzinfo is not None or call.start.minute or call.hours < 1:
            yield finding(call.place, "{name} starts at {start} for {hours} hours; give a full hour of local time, and at least one",
                          name=call.name, start=call.start, hours=call.hours)  # fmt: skip
    if of.cooling is None and (lacking := [one for one in of.measures if one != "storage"]):
        yield finding(
            of.place,
            "the saving of {measure} is worked out with a model of the plant; describe it under cooling",
            measure=lacking[0],
        )
    if of.cooling is not None and "indirect_evaporative" in of.measures and of.cooling.evaporative is None:
        yield finding(
            of.cooling.place,
            "indirect_evaporative is among the measures, and no unit is described; add evaporative and its share",
        )
    if of.battery is None and "storage" in of.measures:
        yield finding(
            of.place,
            "storage is among the measures, and there is no battery; describe it, or leave storage out of measures",
        )


def _battery(of: Store) -> Iterator[Finding]:
    if not (0 < of.charge <= 1 and 0 < of.discharge <= 1):
        yield finding(
            of.place,
            "efficiencies are shares such as 0.94, and these are {charge} and {discharge}",
            charge=of.charge,
            discharge=of.discharge,
        )
    if of.power <= 0 or of.energy <= 0:
        yield finding(
            of.place, "a battery of {power} MW and {energy} MWh is none; leave it out", power=of.power, energy=of.energy
        )
    if not 0 <= of.reserve <= of.energy:
        template = "the reserve of {reserve} MWh cannot be kept by a battery of {energy} MWh; lower it"
        yield finding(of.place, template, reserve=of.reserve, energy=of.energy)
    if not of.reserve <= of.held <= of.energy:
        template = "the battery holds {held} MWh at first, which is not between its reserve ({reserve}) and its size ({energy})"
        yield finding(of.place, template, held=of.held, reserve=of.reserve, energy=of.energy)


def _jobs(of: JobLog) -> Iterator[Finding]:
    if of.gpus <= 0 or of.kw_per_gpu <= 0:
        yield finding(of.place, "{gpus} GPUs of {kw} kW draw nothing; give how many there are, and what one draws when busy", gpus=of.gpus,
                      kw=of.kw_per_gpu)  # fmt: skip
    if of.slack_hours < 0:
        yield finding(
            of.place, "the slack of {hours} hours lies in the past; give hours from 0 on", hours=of.slack_hours
        )


def finding(place: Place, template: str, **values: object) -> Finding:
    return Finding(rule="datacenter", template=template, values=values, place=place)
