"""The best plan for a problem: one linear program, solved by HiGHS; where there is none, which limit is in the way."""

import ctypes
import os
import sys
from dataclasses import replace
from functools import cache

import highspy
import numpy as np

from leafledger.core.finding import Refused
from leafledger.datacenter.clock import Floats
from leafledger.datacenter.infeasible import explained
from leafledger.datacenter.matrix import Program, program
from leafledger.datacenter.site import Goal, Plan, Problem, counted

ROWWISE = highspy.MatrixFormat.kRowwise


def dispatch(problem: Problem, goal: Goal = "cost") -> Plan:
    """The plan that is cheapest, emits least or peaks lowest. Refused, with the limits that cannot all be kept, where there is none."""
    made = program(problem, goal)
    found = solve(made)
    if found is None:
        raise Refused(explained(problem, made, solve))
    return plan_of(problem, made, found)


def solve(made: Program) -> Floats | None:
    """The columns of an optimum; None where the program has no solution."""
    solver = loaded(made)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return np.array(solver.getSolution().col_value)


def loaded(made: Program) -> highspy.Highs:
    """A quiet solver that holds the program. One thread: the same program gives the same plan."""
    _greeted()
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(made.cost), len(made.row_low)
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = made.cost, made.low, made.high
    lp.row_lower_, lp.row_upper_ = made.row_low, made.row_high
    lp.a_matrix_.format_ = ROWWISE
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = made.start, made.index, made.value
    solver.passModel(lp)
    return solver


@cache
def _greeted() -> None:
    """The first solver of a process says who it is, on standard output, where ours may be JSON; no option turns that off."""
    sys.stdout.flush()
    library, kept = ctypes.CDLL(None), os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        library.fflush(None)
        os.dup2(nowhere, 1)
        highspy.Highs()  # type: ignore[no-untyped-call]
        library.fflush(None)
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def plan_of(problem: Problem, made: Program, found: Floats) -> Plan:
    """The solver's columns as a plan. Where power ran in a circle (worth nothing, but possible at a price of 0) it is taken out."""
    columns, battery = made.columns, problem.battery
    charge, discharge, energy, grid, curtailed = (found[columns.of(kind)].clip(0) for kind in range(5))
    stored = charge * battery.charge - discharge / battery.discharge
    both = (charge > 0) & (discharge > 0)
    straight = (
        np.where(both, np.maximum(stored, 0) / battery.charge, charge),
        np.where(both, np.maximum(-stored, 0) * battery.discharge, discharge),
    )
    saved = (charge - discharge) - (straight[0] - straight[1])
    moved = {
        work.name: _spread(found[at : at + work.last - work.first].clip(0), work.first, columns.steps)
        for work, at in zip(problem.flexible, columns.moved, strict=True)
    }
    spare = np.minimum(saved, grid)
    promised = {event.name: float(found[columns.promised + n]) for n, event in enumerate(problem.events)}
    return counted(problem, *straight, energy, grid - spare, curtailed + (saved - spare), moved, promised)


def frontier(problem: Problem, points: int = 5) -> tuple[Plan, ...]:
    """Plans from the cheapest to the one that emits least: each the cheapest of those that emit no more than a bound.

    A bound on emissions is one more row; the bounds lie at equal distances between the two ends.
    """
    cheapest, cleanest = dispatch(problem), dispatch(problem, "carbon")
    bounds = np.linspace(cheapest.carbon, cleanest.carbon, points)[1:-1]
    between = [_bounded(problem, float(bound)) for bound in bounds]
    last = _bounded(problem, cleanest.carbon + 1e-6 * max(1.0, abs(cleanest.carbon)))
    return (cheapest, *between, last)


def _bounded(problem: Problem, bound: float) -> Plan:
    made = program(problem)
    steps = made.columns.steps
    grid = np.arange(steps) + made.columns.of(3).start
    wider = replace(
        made,
        row_low=np.append(made.row_low, -np.inf),
        row_high=np.append(made.row_high, bound),
        start=np.append(made.start, made.start[-1] + steps).astype(np.int32),
        index=np.append(made.index, grid).astype(np.int32),
        value=np.append(made.value, problem.carbon * problem.clock.hours),
    )
    found = solve(wider)
    if found is None:
        raise Refused(explained(problem, made, solve))
    return plan_of(problem, made, found)


def _spread(values: Floats, first: int, steps: int) -> Floats:
    whole = np.zeros(steps)
    whole[first : first + len(values)] = values
    return whole
