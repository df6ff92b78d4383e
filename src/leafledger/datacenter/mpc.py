"""The plan as it is run: each hour the next two days are planned anew with what is known by then, and only the first step is done."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from leafledger.core.finding import Refused
from leafledger.datacenter.clock import Floats
from leafledger.datacenter.dispatch import dispatch
from leafledger.datacenter.site import Plan, Problem, counted

Forecast = Callable[[int, int], Floats]
"""forecast(step, steps): the load (MW) of that many steps from `step` on, by what was known before `step`."""


NEAR = 1e-6
"""MW within which a plan stands at its peak."""


def roll(problem: Problem, forecast: Forecast, *, horizon: int = 48) -> Plan:
    """Run a problem step by step. The battery follows its plan as far as the load that turns out allows, and holds the planned peak.

    horizon: steps that are planned at once. The price of demand is shared out: what a higher peak costs for a month is weighed against what the
    horizon gains by the part of the month's remaining steps that it holds, as if the rest were like it.
    """
    battery, hours, steps = problem.battery, problem.clock.hours, problem.clock.steps
    charge, discharge, energy, curtailed = (np.zeros(steps) for _ in range(4))
    reached, held = dict(problem.floor), problem.start
    for step in range(steps):
        month = int(problem.clock.months[step])
        plan = _planned(problem, step, held, forecast(step, min(horizon, steps - step)), reached)
        need = float(problem.load[step] - problem.pv[step])
        charge[step], discharge[step] = _possible(problem, held, need, _wish(plan, need, month), plan.peaks[month])
        held += charge[step] * battery.charge * hours - discharge[step] * hours / battery.discharge
        energy[step] = held
        grid = need + charge[step] - discharge[step]
        curtailed[step] = max(0.0, -grid)
        reached[month] = max(reached.get(month, 0.0), grid)
    grid = problem.load - problem.pv + charge - discharge + curtailed
    return counted(problem, charge, discharge, energy, grid, curtailed, {}, {})


def _wish(plan: Plan, need: float, month: int) -> float:
    """What the battery is to do (MW in, negative out): as planned; where charging fills up to the peak, whatever fills up to it now."""
    filling = plan.charge[0] > 0 and plan.grid[0] >= plan.peaks[month] - NEAR
    return plan.peaks[month] - need if filling else float(plan.charge[0] - plan.discharge[0])


def _possible(problem: Problem, held: float, need: float, wish: float, peak: float) -> tuple[float, float]:
    """Charge and discharge once the load is known: as wished (MW in, negative out), within battery, connection and the planned peak."""
    battery, hours = problem.battery, problem.clock.hours
    most_in = min(battery.power, (battery.energy - held) / (battery.charge * hours))
    most_out = min(battery.power, (held - battery.reserve) * battery.discharge / hours, max(need, 0.0))
    wish = min(wish, max(min(peak, problem.feeder) - need, -most_out))
    flow = max(-max(most_out, 0.0), min(wish, max(most_in, 0.0)))
    return max(flow, 0.0), max(-flow, 0.0)


def _planned(whole: Problem, step: int, held: float, load: Floats, reached: dict[int, float]) -> Plan:
    """The best plan from a step on, for the load as forecast. Where the end cannot be reached any more it is let go, as power comes first."""
    ahead = slice(step, step + len(load))
    part = replace(
        whole, clock=whole.clock.part(step, len(load)), load=load, pv=whole.pv[ahead], price=whole.price[ahead],
        carbon=whole.carbon[ahead], demand=_shared_out(whole, step, len(load)), floor=reached, start=held,
        end=whole.end if step + len(load) == whole.clock.steps else None, flexible=(), events=(),
    )  # fmt: skip
    try:
        return dispatch(part)
    except Refused:
        if part.end is None:
            raise
        return dispatch(replace(part, end=None))


def _shared_out(whole: Problem, step: int, steps: int) -> dict[int, float]:
    """The price of demand for the months of the horizon: its part of what remains of each month."""
    months = whole.clock.months
    shares = {}
    for month, price in whole.demand.items():
        here = int((months[step : step + steps] == month).sum())
        remaining = int((months[step:] == month).sum())
        if here:
            shares[month] = price * here / remaining
    return shares
