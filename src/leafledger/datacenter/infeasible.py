"""Why no plan keeps every limit: the smallest excess that would make one possible, by the limit and the step where it falls."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from leafledger.core.finding import Finding, Place
from leafledger.datacenter.clock import Floats
from leafledger.datacenter.matrix import Program
from leafledger.datacenter.site import Problem

Solve = Callable[[Program], Floats | None]
ENOUGH = 1e-7


def explained(problem: Problem, made: Program, solve: Solve) -> tuple[Finding, ...]:
    """Findings for the limits that have to give way, each with its first step and by how much; the sum of all excess is least."""
    found = tuple(_plainly(problem))
    if found:
        return found
    loose, kinds = _elastic(problem, made)
    columns = solve(loose)
    if columns is None:
        return (
            _finding(
                "no plan keeps every limit, and none that exceeds feeder, reserve, end or promise would either; see the input"
            ),
        )
    excess = columns[len(made.cost) :]
    return tuple(_told(problem, kinds, excess)) or (
        _finding("the solver found no plan, though every limit can be kept; plan fewer steps at once"),
    )


def _plainly(problem: Problem) -> Iterator[Finding]:
    """What contradicts itself, whatever the plan."""
    battery = problem.battery
    if battery.reserve > battery.energy:
        template = "the reserve of {reserve} MWh is more than the battery holds ({energy} MWh); lower it"
        yield _finding(template, reserve=battery.reserve, energy=battery.energy)
    for work in problem.flexible:
        most = work.power * (work.last - work.first) * problem.clock.hours
        if work.energy > most + ENOUGH:
            template = "{name} needs {energy:.3f} MWh and can use at most {most:.3f} MWh between {first} and {last}; give it more time or power"
            first, last = (problem.clock.at(step) for step in (work.first, work.last))
            yield _finding(
                template,
                name=work.name,
                energy=work.energy,
                most=most,
                first=f"{first:%Y-%m-%d %H:%M}",
                last=f"{last:%Y-%m-%d %H:%M}",
            )
    for event in problem.events:
        if event.least > event.most:
            yield _finding(
                "{name} asks for at least {least} MW and allows at most {most} MW",
                name=event.name,
                least=event.least,
                most=event.most,
            )


KINDS = ("feeder", "reserve", "end", "promise")


def _elastic(problem: Problem, made: Program) -> tuple[Program, list[tuple[str, int]]]:
    """The same program with a penalised excess for each limit that may be the cause, as new columns and rows."""
    columns, steps = made.columns, made.columns.steps
    low, high = made.low.copy(), made.high.copy()
    kinds: list[tuple[str, int]] = []
    rows: list[tuple[int, float, float, float]] = []  # column, sign of the excess, lower and upper end
    for step in range(steps):
        grid, energy = columns.of(3).start + step, columns.of(2).start + step
        rows.append((grid, -1.0, -np.inf, problem.feeder))
        kinds.append(("feeder", step))
        rows.append((energy, 1.0, problem.battery.reserve, np.inf))
        kinds.append(("reserve", step))
    if problem.end is not None and steps:
        rows.append((columns.of(2).stop - 1, 1.0, problem.end, np.inf))
        kinds.append(("end", steps - 1))
    for n, event in enumerate(problem.events):
        rows.append((columns.promised + n, 1.0, event.least, np.inf))
        kinds.append(("promise", n))
    high[columns.of(3)], low[columns.of(2)] = np.inf, 0.0
    high[columns.of(2)] = problem.battery.energy
    low[columns.promised : columns.promised + len(problem.events)] = 0.0
    count = len(made.cost)
    index = np.array([[column, count + n] for n, (column, *_) in enumerate(rows)], dtype=np.int32).ravel()
    value = np.array([[1.0, sign] for _, sign, *_ in rows]).ravel()
    start = made.start[-1] + 2 * np.arange(1, len(rows) + 1)
    return replace(
        made,
        cost=np.concatenate([np.zeros(count), np.ones(len(rows))]),
        low=np.concatenate([low, np.zeros(len(rows))]),
        high=np.concatenate([high, np.full(len(rows), np.inf)]),
        row_low=np.concatenate([made.row_low, [low_ for *_, low_, _ in rows]]),
        row_high=np.concatenate([made.row_high, [high_ for *_, high_ in rows]]),
        start=np.concatenate([made.start, start]).astype(np.int32),
        index=np.concatenate([made.index, index]).astype(np.int32),
        value=np.concatenate([made.value, value]),
    ), kinds


TOLD = {
    "feeder": "the feeder carries {limit} MW, and at {at} {excess:.3f} MW more would be needed ({count} such steps); shift load, or lower a promise",
    "reserve": "the battery cannot keep its reserve of {limit} MWh at {at}: {excess:.3f} MWh are lacking ({count} such steps); start fuller",
    "end": "the battery cannot end with {limit} MWh: {excess:.3f} MWh are lacking; ask for less at the end",
    "promise": "{limit} cannot be kept: {excess:.3f} MW of the least reduction are out of reach; promise less",
}


def _told(problem: Problem, kinds: list[tuple[str, int]], excess: Floats) -> Iterator[Finding]:
    for kind in KINDS:
        here = [(step, float(excess[n])) for n, (of, step) in enumerate(kinds) if of == kind and excess[n] > ENOUGH]
        if here:
            step, amount = here[0]
            limit = {"feeder": problem.feeder, "reserve": problem.battery.reserve, "end": problem.end}.get(kind)
            at = f"{problem.clock.at(step):%Y-%m-%d %H:%M}"
            yield _finding(
                TOLD[kind],
                limit=problem.events[step].name if kind == "promise" else limit,
                at=at,
                excess=amount,
                count=len(here),
            )


def _finding(template: str, **values: object) -> Finding:
    return Finding(rule="plan.infeasible", template=template, values=values, place=Place(name="plan"))
