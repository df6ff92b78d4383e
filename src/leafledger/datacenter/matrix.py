"""A planning problem as the linear program that a solver takes: columns, rows and one sparse matrix."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from leafledger.datacenter.clock import Floats, Ints
from leafledger.datacenter.site import Goal, Problem

INF = float("inf")
TINY = 1e-6
"""Money per kWh of discharge that keeps a plan from running power in a circle where that costs nothing else."""


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Where each kind of column begins. Five a step (charge, discharge, energy, grid, curtailed), then peaks, moved work, promises."""

    steps: int
    months: Ints
    peaks: int
    moved: tuple[int, ...]
    promised: int
    count: int

    def of(self, kind: int) -> slice:
        """Columns of one kind: 0 charge, 1 discharge, 2 energy, 3 grid, 4 curtailed."""
        return slice(kind * self.steps, (kind + 1) * self.steps)


@dataclass(frozen=True, kw_only=True)
class Program:
    """minimise cost @ x, with low <= x <= high and row_low <= A x <= row_high; A by rows: start, index, value.

    groups: for each row and each bounded column, nothing; for messages: the name of the limit that a row stands for.
    """

    columns: Columns
    cost: Floats
    low: Floats
    high: Floats
    row_low: Floats
    row_high: Floats
    start: NDArray[np.int32]
    index: NDArray[np.int32]
    value: Floats


def program(problem: Problem, goal: Goal = "cost") -> Program:
    """Build it. Units: MW, MWh, thousands of money (so that a price per kWh is one per MWh), tCO2e."""
    columns = _columns(problem)
    low, high = _bounds(problem, columns)
    blocks = [
        _balance(problem, columns),
        _stored(problem, columns),
        _peaks(problem, columns),
        *_works(problem, columns),
        *_events(problem, columns),
    ]
    rows = np.concatenate([row + offset for (row, *_), offset in zip(blocks, _offsets(blocks), strict=True)])
    cols, values = (np.concatenate([block[n] for block in blocks]) for n in (1, 2))
    row_low, row_high = (np.concatenate([block[n] for block in blocks]) for n in (3, 4))
    order = np.argsort(rows, kind="stable")
    start = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(row_low)))])
    return Program(columns=columns, cost=_cost(problem, columns, goal), low=low, high=high, row_low=row_low, row_high=row_high,
                   start=start.astype(np.int32), index=cols[order].astype(np.int32), value=values[order])  # fmt: skip


Block = tuple[Ints, Ints, Floats, Floats, Floats]
"""Row, column and value of each entry; the lower and upper end of each row."""


def _columns(problem: Problem) -> Columns:
    steps = problem.clock.steps
    months = np.unique(problem.clock.months)
    at, moved = 5 * steps + len(months), []
    for work in problem.flexible:
        moved.append(at)
        at += work.last - work.first
    return Columns(
        steps=steps, months=months, peaks=5 * steps, moved=tuple(moved), promised=at, count=at + len(problem.events)
    )


def _bounds(problem: Problem, columns: Columns) -> tuple[Floats, Floats]:
    low, high = np.zeros(columns.count), np.full(columns.count, INF)
    battery = problem.battery
    high[columns.of(0)] = high[columns.of(1)] = battery.power
    low[columns.of(2)], high[columns.of(2)] = battery.reserve, battery.energy
    high[columns.of(3)] = problem.feeder
    high[columns.of(4)] = problem.pv
    if problem.end is not None and columns.steps:
        low[columns.of(2).stop - 1] = high[columns.of(2).stop - 1] = problem.end
    for n, month in enumerate(columns.months):
        low[columns.peaks + n] = problem.floor.get(int(month), 0.0)
    for work, at in zip(problem.flexible, columns.moved, strict=True):
        high[at : at + work.last - work.first] = work.power
    for n, event in enumerate(problem.events):
        low[columns.promised + n], high[columns.promised + n] = event.least, event.most
    return low, high


def _cost(problem: Problem, columns: Columns, goal: Goal) -> Floats:
    cost, hours = np.zeros(columns.count), problem.clock.hours
    cost[columns.of(1)] = TINY * hours
    for n, month in enumerate(columns.months):
        cost[columns.peaks + n] = {"cost": problem.demand.get(int(month), 0.0), "carbon": 0.0, "peak": 1.0}[goal]
    if goal == "carbon":
        cost[columns.of(3)] = problem.carbon * hours
    if goal != "cost":
        return cost
    cost[columns.of(3)] = problem.price * hours
    cost[columns.of(1)] += problem.battery.wear * hours
    if problem.end is None and columns.steps:
        cost[columns.of(2).stop - 1] = -problem.worth
    for n, event in enumerate(problem.events):
        cost[columns.promised + n] = -event.payment * (event.last - event.first) * hours
    return cost


def _balance(problem: Problem, columns: Columns) -> Block:
    """grid - charge + discharge - curtailed - moved = load - pv"""
    step = np.arange(columns.steps)
    parts = [(3, 1.0), (0, -1.0), (1, 1.0), (4, -1.0)]
    rows = [step for _ in parts]
    cols = [step + kind * columns.steps for kind, _ in parts]
    values = [np.full(columns.steps, sign) for _, sign in parts]
    for work, at in zip(problem.flexible, columns.moved, strict=True):
        length = work.last - work.first
        rows.append(np.arange(work.first, work.last))
        cols.append(np.arange(at, at + length))
        values.append(np.full(length, -1.0))
    net = problem.load - problem.pv
    return np.concatenate(rows), np.concatenate(cols), np.concatenate(values), net, net


def _stored(problem: Problem, columns: Columns) -> Block:
    """energy(t) - energy(t-1) - charge × efficiency × hours + discharge / efficiency × hours = 0, from what was there at the start"""
    step, hours, battery = np.arange(columns.steps), problem.clock.hours, problem.battery
    energy = columns.of(2).start
    rows = np.concatenate([step, step[1:], step, step])
    cols = np.concatenate([step + energy, step[:-1] + energy, step, step + columns.steps])
    values = np.concatenate([
        np.ones(columns.steps), -np.ones(max(0, columns.steps - 1)),
        np.full(columns.steps, -battery.charge * hours), np.full(columns.steps, hours / battery.discharge),
    ])  # fmt: skip
    ends = np.zeros(columns.steps)
    ends[:1] = problem.start
    return rows, cols, values, ends, ends


def _peaks(problem: Problem, columns: Columns) -> Block:
    """grid(t) - peak(month) <= 0"""
    step = np.arange(columns.steps)
    month = np.searchsorted(columns.months, problem.clock.months)
    rows = np.concatenate([step, step])
    cols = np.concatenate([step + columns.of(3).start, columns.peaks + month])
    values = np.concatenate([np.ones(columns.steps), -np.ones(columns.steps)])
    return rows, cols, values, np.full(columns.steps, -INF), np.zeros(columns.steps)


def _works(problem: Problem, columns: Columns) -> list[Block]:
    """The energy of each piece of flexible work is used in its window."""
    blocks: list[Block] = []
    for work, at in zip(problem.flexible, columns.moved, strict=True):
        length = work.last - work.first
        ends = np.array([work.energy])
        blocks.append(
            (np.zeros(length, np.int64), np.arange(at, at + length), np.full(length, problem.clock.hours), ends, ends)
        )
    return blocks


def _events(problem: Problem, columns: Columns) -> list[Block]:
    """grid(t) + promised <= baseline, at every step of the event"""
    blocks: list[Block] = []
    for n, event in enumerate(problem.events):
        step = np.arange(event.first, event.last)
        row = np.arange(len(step))
        cols = np.concatenate([step + columns.of(3).start, np.full(len(step), columns.promised + n)])
        blocks.append(
            (
                np.concatenate([row, row]),
                cols,
                np.ones(2 * len(step)),
                np.full(len(step), -INF),
                np.full(len(step), event.baseline),
            )
        )
    return blocks


def _offsets(blocks: list[Block]) -> list[int]:
    return [0, *np.cumsum([len(block[3]) for block in blocks])[:-1].tolist()]
