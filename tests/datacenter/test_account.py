"""A saving is told against its counterfactual, only over hours that are known, and only by a model that its meters vouch for."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import numpy as np
import pytest
from tests.datacenter.cases import clock, shanghai
from tests.datacenter.center import EXAMPLE, center, known

from leafledger.core.finding import Refused
from leafledger.datacenter.account import calibration, demand_counts, savings, used, weather_of
from leafledger.datacenter.bill import bill, total
from leafledger.datacenter.efficiency import residuals
from leafledger.datacenter.measured import measured
from leafledger.datacenter.weather import read_weather

READ = center()
WEEK = measured(READ.tree, READ.telemetry, datetime(2025, 3, 10), datetime(2025, 3, 17))  # noqa: DTZ001  local, as the command gives them
BEFORE = known(READ, "2025-03-10")


def weather():
    assert READ.of.cooling is not None
    return weather_of(READ.of.cooling, read_weather(EXAMPLE / "weather.csv"), WEEK.clock)


def test_a_battery_saves_money_and_no_electricity() -> None:
    storage, cooling = savings(READ.of, READ.tariff, WEEK, BEFORE, weather())
    assert storage.option == "B" and storage.kwh < 0 < storage.money
    in_, out = float(WEEK.charge.sum()), float(WEEK.discharge.sum())
    assert storage.held is not None and storage.losses == pytest.approx(
        (in_ - out - (storage.held[1] - storage.held[0])) * 1000
    )
    assert storage.kwh == -storage.losses and storage.wear > 0
    assert cooling.option == "D" and cooling.kwh > 0 and cooling.money > 0
    assert np.allclose(cooling.without - cooling.real, (cooling.without - cooling.real).clip(0)), (
        "free cooling never costs power"
    )


def test_money_is_the_difference_of_two_exact_bills() -> None:
    storage, _ = savings(READ.of, READ.tariff, WEEK, BEFORE, weather())
    load = WEEK.load - WEEK.pv
    without = bill(READ.tariff, WEEK.clock, np.rint(load * 1e6).astype(np.int64), demand_by="none")
    real = bill(READ.tariff, WEEK.clock, np.rint(WEEK.grid * 1e6).astype(np.int64), demand_by="none")
    assert storage.money == total(without) - total(real) - storage.wear


def test_demand_counts_only_over_whole_months() -> None:
    assert demand_counts(READ.of, clock("2025-03-01", days=31)) == "maximum_demand"
    assert demand_counts(READ.of, clock("2025-03-01", days=30)) == "none"


def test_a_month_that_had_reached_a_peak_is_billed_for_it() -> None:
    load = np.full(24, 1_000_000, dtype=np.int64)
    line = bill(shanghai(), clock("2025-07-02"), load, reached={"2025-07": Decimal(1500)})[-1]
    assert (line.what, line.quantity) == ("maximum_demand", Decimal(1500))


def test_a_plant_that_its_meters_contradict_tells_no_saving() -> None:
    assert READ.of.cooling is not None
    wrong = replace(READ.of.cooling, plant=replace(READ.of.cooling.plant, fan_pressure=900.0))
    with pytest.raises(Refused, match=r"the model of cooling is off by \+\d+.*ASHRAE Guideline 14"):
        savings(replace(READ.of, cooling=wrong), READ.tariff, WEEK, BEFORE, weather())


def test_the_plant_of_the_example_is_calibrated() -> None:
    assert READ.of.cooling is not None
    checked = calibration(READ.of.cooling, WEEK, weather())
    assert checked.holds and checked.of == "cooling" and abs(checked.nmbe) < 0.02


def test_weather_that_does_not_reach_is_refused() -> None:
    assert READ.of.cooling is not None
    with pytest.raises(Refused, match=r"the weather of weather.csv is of 336 hours from 2025-03-03 on"):
        weather_of(READ.of.cooling, read_weather(EXAMPLE / "weather.csv"), clock("2025-04-01"))


def test_a_period_with_an_unknown_hour_is_not_accounted_for() -> None:
    load, grid = WEEK.load.copy(), WEEK.grid.copy()
    grid[5] = np.nan
    with pytest.raises(Refused, match=r"bought is not known in 1 hours, first at 2025-03-10 05:00"):
        used(replace(WEEK, load=load, grid=grid))


def test_what_the_roof_and_the_battery_give_is_no_loss_of_the_main_meter() -> None:
    main = next(one for one in residuals(WEEK.hourly) if one.meter == "main")
    assert abs(main.value) < 0.001 * main.above
