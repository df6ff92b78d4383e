"""The bill for a load under a tariff, line by line and exact to the last digit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import numpy as np

from leafledger.datacenter.clock import Clock, Ints, month_name
from leafledger.datacenter.tariff import Level, Prices, Tariff, prices

WH = Decimal(1000)
DemandBy = Literal["maximum_demand", "capacity", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a bill. quantity: kWh, or kW (kVA) of a month; price: money for one of them; amount: their product."""

    month: str
    what: str
    quantity: Decimal
    unit: str
    price: Decimal
    amount: Decimal


def bill(
    tariff: Tariff,
    clock: Clock,
    load_wh: Ints,
    *,
    demand_by: DemandBy = "maximum_demand",
    capacity_kva: Decimal = Decimal(0),
    reached: Mapping[str, Decimal] | None = None,
) -> tuple[Line, ...]:
    """The lines for a load in whole Wh per step. ValueError where they differ in number, or demand needs finer steps.

    Energy by month, level and period; then, by month, demand: the largest mean over the tariff's demand interval, or the capacity contracted.
    reached: kW that a month (`2025-07`) had reached before the load begins; it is billed even if the load stays below.
    """
    if len(load_wh) != clock.steps:
        raise ValueError(f"{len(load_wh)} loads are given for {clock.steps} steps")
    if demand_by == "maximum_demand" and clock.minutes > tariff.demand_minutes and clock.minutes != 60:
        raise ValueError(
            f"maximum demand is metered over {tariff.demand_minutes} minutes, and the steps have {clock.minutes}"
        )
    found = prices(tariff, clock)
    lines = list(_energy(tariff, clock, load_wh, found))
    if demand_by != "none":
        lines += _demand(tariff, clock, load_wh, found, demand_by, capacity_kva, reached or {})
    return tuple(sorted(lines, key=lambda line: line.month))


def total(lines: tuple[Line, ...]) -> Decimal:
    return sum((line.amount for line in lines), Decimal(0))


def _energy(tariff: Tariff, clock: Clock, load: Ints, found: Prices) -> Iterator[Line]:
    keys = np.stack([clock.months, found.period, found.level, found.multiple])
    for month, period, level, multiple in np.unique(keys, axis=1).T:
        chosen = (keys == np.array([[month], [period], [level], [multiple]])).all(axis=0)
        kwh = Decimal(int(load[chosen].sum())) / WH
        rate: Level = tariff.levels[int(level)]
        price = rate.flat * found.multiples[int(multiple)] + rate.surcharge
        yield Line(
            month=month_name(int(month)),
            what=found.names[int(period)],
            quantity=kwh,
            unit="kWh",
            price=price,
            amount=kwh * price,
        )


def _demand(
    tariff: Tariff,
    clock: Clock,
    load: Ints,
    found: Prices,
    by: DemandBy,
    capacity: Decimal,
    reached: Mapping[str, Decimal],
) -> Iterator[Line]:
    for month in np.unique(clock.months):
        inside = clock.months == month
        level: Level = tariff.levels[int(found.level[inside][-1])]
        price = level.demand if by == "maximum_demand" else level.capacity
        if price is None:
            raise ValueError(
                f"the tariff {tariff.id} has no price for {by.replace('_', ' ')} in {month_name(int(month))}"
            )
        name = month_name(int(month))
        kw = capacity
        if by == "maximum_demand":
            kw = max(_largest(load[inside], clock.minutes, tariff.demand_minutes), reached.get(name, Decimal(0)))
        unit = "kVA" if by == "capacity" else "kW"
        yield Line(month=name, what=by, quantity=kw, unit=unit, price=price, amount=kw * price)


def _largest(load: Ints, minutes: int, over: int) -> Decimal:
    """The largest mean power (kW) over whole demand intervals; hourly loads stand for their quarters."""
    joined = max(1, over // minutes)
    whole = load[: len(load) // joined * joined].reshape(-1, joined).sum(axis=1)
    rest = load[len(whole) * joined :]
    wh = max([int(one) for one in (whole.max(initial=0), *([rest.sum()] if len(rest) else []))])
    return Decimal(wh) * 60 / (joined * minutes) / WH
