"""A fixed rule for the battery, as an operator sets it by hand: the baseline that any plan has to beat."""

from collections.abc import Sequence

import numpy as np

from leafledger.datacenter.clock import Floats, Ints
from leafledger.datacenter.site import Plan, Problem, counted

CHEAP, DEAR = ("deep_valley", "valley"), ("critical", "peak")


def by_rule(problem: Problem, names: Sequence[str], period: Ints) -> Plan:
    """Fill in the valley as fast as it goes, spread what is held evenly over the day's peak hours, never charge above the month's peak so far.

    names, period: of each step, as Prices gives them. It looks at nothing ahead but the tariff.
    """
    battery, hours = problem.battery, problem.clock.hours
    cheap = np.isin(period, [names.index(name) for name in CHEAP if name in names])
    dear = np.isin(period, [names.index(name) for name in DEAR if name in names])
    left = _left_of_the_day(problem, dear)
    peak = dict(problem.floor)
    charge, discharge, energy, curtailed = (np.zeros(problem.clock.steps) for _ in range(4))
    held = problem.start
    for step, month in enumerate(problem.clock.months.tolist()):
        need = float(problem.load[step] - problem.pv[step])
        reached = peak.get(month, 0.0)
        if cheap[step]:
            room = (battery.energy - held) / (battery.charge * hours)
            charge[step] = max(
                0.0, min(battery.power, room, max(reached, need) - max(need, 0.0), problem.feeder - need)
            )
        elif dear[step]:
            spread = (held - battery.reserve) * battery.discharge / (left[step] * hours)
            discharge[step] = max(0.0, min(battery.power, spread, max(need, 0.0)))
        held += charge[step] * battery.charge * hours - discharge[step] * hours / battery.discharge
        energy[step] = held
        grid = need + charge[step] - discharge[step]
        curtailed[step] = max(0.0, -grid)
        peak[month] = max(reached, grid)
    grid = problem.load - problem.pv + charge - discharge + curtailed
    return counted(problem, charge, discharge, energy, grid, curtailed, {}, {})


def without_battery(problem: Problem) -> Plan:
    """What is bought when the battery stands still."""
    need = problem.load - problem.pv
    nothing = np.zeros(problem.clock.steps)
    return counted(
        problem, nothing, nothing, np.full(problem.clock.steps, problem.start), need.clip(0), (-need).clip(0), {}, {}
    )


def _left_of_the_day(problem: Problem, dear: np.ndarray) -> Floats:
    """For each step, how many dear steps its day still has, itself with them."""
    left, count, day = np.zeros(problem.clock.steps), 0, None
    for step in range(problem.clock.steps - 1, -1, -1):
        if problem.clock.days[step] != day:
            day, count = problem.clock.days[step], 0
        count += int(dear[step])
        left[step] = max(count, 1)
    return left
