"""The best plan keeps every limit, balances to the last watt, and is what an independent model finds too."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.datacenter.cases import clock, day_shape, problem, shanghai
from tests.datacenter.independent import optimum

from leafledger.core.finding import Refused
from leafledger.datacenter.clock import month_name
from leafledger.datacenter.dispatch import dispatch, frontier
from leafledger.datacenter.mpc import roll
from leafledger.datacenter.rule import by_rule, without_battery
from leafledger.datacenter.site import NO_BATTERY, Battery, Event, Flexible, Plan, Problem
from leafledger.datacenter.tariff import prices


def holds(plan: Plan, of: Problem) -> None:
    """Energy in is energy out at every step, and no limit is passed."""
    hours, battery = of.clock.hours, of.battery
    moved = sum(plan.moved.values(), np.zeros(of.clock.steps))
    assert np.abs(plan.grid - plan.charge + plan.discharge - plan.curtailed - moved + of.pv - of.load).max() < 1e-6
    before = np.concatenate([[of.start], plan.energy[:-1]])
    assert (
        np.abs(
            plan.energy - before - plan.charge * battery.charge * hours + plan.discharge / battery.discharge * hours
        ).max()
        < 1e-6
    )
    assert not ((plan.charge > 1e-7) & (plan.discharge > 1e-7)).any()
    assert plan.energy.min() > battery.reserve - 1e-6 and plan.energy.max() < battery.energy + 1e-6
    assert plan.grid.max() < of.feeder + 1e-6 and plan.grid.min() > -1e-6


def random_problem(seed: int) -> Problem:
    rng = np.random.default_rng(seed)
    at = clock("2025-06-29", days=int(rng.integers(1, 5)))
    start = float(rng.uniform(2, 20))
    flexible = (
        (Flexible(name="batch", first=3, last=20, power=4.0, energy=float(rng.uniform(5, 40))),) if seed % 2 else ()
    )
    events = (Event(name="call", first=10, last=13, baseline=30.0, payment=2.0, most=5.0),) if seed % 3 == 0 else ()
    return problem(
        at, load=day_shape(at, mean=float(rng.uniform(15, 25)), seed=seed), pv=rng.uniform(0, 8, at.steps), start=start, flexible=flexible,
        events=events, end=start if seed % 2 else None, worth=0.3,
        battery=Battery(power=float(rng.uniform(3, 18)), energy=36, reserve=2, wear=0.02, charge=0.95, discharge=0.93),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(20))
def test_the_optimum_is_that_of_an_independent_model(seed: int) -> None:
    of = random_problem(seed)
    plan = dispatch(of)
    holds(plan, of)
    ours = plan.cost - (0 if of.end is not None else float(plan.energy[-1]) * of.worth * 1000)
    assert ours == pytest.approx(optimum(of), rel=1e-6)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(seed=st.integers(100, 10_000), goal=st.sampled_from(["cost", "carbon", "peak"]))
def test_a_plan_for_any_goal_keeps_every_limit(seed: int, goal: str) -> None:
    of = random_problem(seed)
    holds(dispatch(of, goal), of)


def test_power_that_costs_nothing_does_not_run_in_a_circle() -> None:
    of = problem(price=np.zeros(24), demand={})
    holds(dispatch(of), of)


def test_a_battery_adds_emissions_where_the_grid_is_equally_clean_all_day() -> None:
    of = problem()
    assert dispatch(of).carbon > without_battery(of).carbon


def test_the_frontier_goes_from_cheapest_to_cleanest() -> None:
    at = clock()
    of = problem(at, carbon=0.5 + 0.3 * np.cos(np.arange(24) / 24 * 2 * np.pi))
    plans = frontier(of, 5)
    assert all(
        later.cost >= earlier.cost - 1e-6 and later.carbon <= earlier.carbon + 1e-6
        for earlier, later in pairwise(plans)
    )
    assert plans[-1].carbon == pytest.approx(dispatch(of, "carbon").carbon, rel=1e-5)


def test_flexible_work_is_done_in_its_window_and_moves_out_of_the_peak() -> None:
    work = Flexible(name="training", first=8, last=24, power=6.0, energy=12.0)
    plan = dispatch(problem(flexible=(work,), battery=NO_BATTERY, start=0.0, end=0.0))
    assert plan.moved["training"].sum() == pytest.approx(12.0) and plan.moved["training"][:8].sum() == 0
    assert plan.moved["training"][12:14].sum() == 0, "none in the critical hours"


def test_a_demand_response_event_is_answered_as_far_as_it_pays() -> None:
    event = Event(name="July call", first=12, last=14, baseline=26.0, payment=3.0, most=20.0)
    plan = dispatch(problem(events=(event,)))
    assert plan.promised["July call"] > 4 and plan.grid[12:14].max() <= 26.0 - plan.promised["July call"] + 1e-6
    assert plan.earned == pytest.approx(plan.promised["July call"] * 2 * 3000)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"battery": Battery(power=18, energy=36, reserve=40)}, "the reserve of 40 MWh is more than the battery holds"),
        (
            {"battery": Battery(power=1, energy=36, reserve=30)},
            r"cannot keep its reserve of 30 MWh at 2025-07-01 00:00: 11.060 MWh are lacking",
        ),
        (
            {"feeder": 19.0, "start": 0.0, "end": 0.0},
            r"the feeder carries 19.0 MW, and at 2025-07-01 \d\d:00 \d.\d{3} MW more would be needed",
        ),
        ({"end": 36.0, "battery": Battery(power=0.1, energy=36)}, "the battery cannot end with 36.0 MWh"),
        (
            {"flexible": (Flexible(name="job", first=0, last=4, power=1, energy=9),)},
            "job needs 9.000 MWh and can use at most 4.000 MWh",
        ),
        (
            {"events": (Event(name="call", first=3, last=5, baseline=20, payment=1, most=90, least=80),)},
            "call cannot be kept",
        ),
    ],
)
def test_what_cannot_be_planned_is_told_by_the_limit_in_the_way(changes: dict, said: str) -> None:
    with pytest.raises(Refused, match=said):
        dispatch(problem(**changes))


def test_the_rule_fills_in_the_valley_and_never_passes_the_peak_so_far() -> None:
    at = clock(days=4)
    of = problem(at, end=None)
    found = prices(shanghai(), at)
    plan = by_rule(of, found.names, found.period)
    holds(plan, of)
    assert max(plan.peaks.values()) <= max(of.load) + 1e-6
    assert without_battery(of).cost > plan.cost


def test_a_rolling_plan_keeps_every_limit_and_lies_between_rule_and_foresight() -> None:
    at = clock("2025-06-20", days=14)
    of = problem(at)
    found = prices(shanghai(), at)
    plan = roll(of, lambda step, steps: of.load[step : step + steps], horizon=48)
    holds(plan, of)
    assert by_rule(of, found.names, found.period).cost > plan.cost >= dispatch(of).cost - 1e-6


def test_a_rolling_plan_ends_with_what_was_asked_for() -> None:
    of = problem(clock(days=3))
    assert roll(of, lambda step, steps: of.load[step : step + steps]).energy[-1] == pytest.approx(18.0)


def test_peaks_are_told_by_month() -> None:
    of = problem(clock("2025-06-30", days=2))
    assert sorted(map(month_name, dispatch(of).peaks)) == ["2025-06", "2025-07"]


def test_a_peak_that_was_reached_is_paid_anyway() -> None:
    of = problem()
    month = int(of.clock.months[0])
    assert dispatch(replace(of, floor={month: 38.0})).cost_energy < dispatch(of).cost_energy
