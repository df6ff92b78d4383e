"""What ways to run a data center would have cost on the same past: the same jobs, GPU-hours and battery at the end, or no saving is told."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from leafledger.core.finding import Finding, Place, Refused
from leafledger.datacenter.bill import Line, bill, total
from leafledger.datacenter.clock import Clock, Floats, month_name
from leafledger.datacenter.deferral import defer
from leafledger.datacenter.definition import DataCenter
from leafledger.datacenter.dispatch import dispatch
from leafledger.datacenter.forecast import Model, fit, predict
from leafledger.datacenter.jobs import HOUR, in_order, profile
from leafledger.datacenter.logs import Log
from leafledger.datacenter.measured import Measured, held, known_history
from leafledger.datacenter.mpc import roll
from leafledger.datacenter.online import guessed, run_online
from leafledger.datacenter.plan import A_DAY, WEEK, battery_of, cluster_of, demand_price, reached, usual_day
from leafledger.datacenter.rule import by_rule, without_battery
from leafledger.datacenter.site import Plan, Problem, counted
from leafledger.datacenter.tariff import Prices, Tariff, prices

NAMES = ("fifo", "rule", "mpc", "foresight", "full", "known")
"""Jobs in order without battery, with the fixed rule, with the rolling plan, with a plan that knows all ahead; jobs deferred as they come with the
rolling plan; jobs and battery planned with all known ahead."""
CLOSE = 1e-6
"""MWh and GPU-hours within which two runs did the same."""


@dataclass(frozen=True, kw_only=True)
class Waits:
    """Hours that jobs waited before they ended, beyond their running time; missed: jobs that ended after their deadline."""

    mean: float
    p95: float
    most: float
    missed: int
    jobs: int


@dataclass(frozen=True, kw_only=True)
class Strategy:
    """How one way went. lines: its exact bill; wear: money; tonnes by location and, where a factor serves, by market; seconds: to work it out.

    share: of what would be saved if all that this way decides were known ahead.
    """

    name: str
    plan: Plan
    load: Floats
    lines: tuple[Line, ...]
    wear: Decimal
    location: float
    market: float | None
    gpu_hours: float
    ends_with: float
    waits: Waits | None
    seconds: float
    share: float | None = None

    @property
    def cost(self) -> Decimal:
        return total(self.lines) + self.wear

    @property
    def peak(self) -> float:
        return float(self.plan.grid.max())

    def losses(self, begins_with: float, hours: float) -> float:
        """MWh that went into the battery and neither came out nor is in it still."""
        return float((self.plan.charge - self.plan.discharge).sum()) * hours - (self.ends_with - begins_with)


@dataclass(frozen=True, kw_only=True)
class Backtest:
    """The strategies on the same stretch, the first one being what the others are compared with; findings: what was left out or filled."""

    problem: Problem
    tariff: Prices
    strategies: tuple[Strategy, ...]
    findings: tuple[Finding, ...]

    def saved(self, of: Strategy) -> Decimal:
        return self.strategies[0].cost - of.cost


@dataclass(frozen=True, kw_only=True)
class _Past:
    """What all strategies share. base: MW without the jobs' dynamic power; kw: per busy GPU, with cooling; before: what had been measured then."""

    of: DataCenter
    tariff: Tariff
    problem: Problem
    carbon: Floats
    market: float | None
    before: Measured
    after: Measured
    log: Log | None
    kw: float


def backtest(
    of: DataCenter,
    tariff: Tariff,
    known: Measured,
    first: int,
    carbon: Floats,
    market: float | None,
    *,
    log: Log | None = None,
    kw: float = 0.0,
) -> Backtest:
    """Run the hours of `known` from step `first` on in each way. carbon: tCO2e per MWh of these hours; market: the same by market, or None.

    kw: what a busy GPU draws more than an idle one, with cooling. Refused where the load of an hour is not known, where the log's jobs draw more
    than was measured, and where two ways did not do the same work or end with the battery as full.
    """
    clock = known.clock.part(first, known.clock.steps - first)
    after, before = _cut(known, slice(first, None)), _cut(known, slice(0, first))
    _whole(after, clock)
    found = prices(tariff, clock)
    level = held(before, of.battery) if of.battery else 0.0
    months = np.unique(clock.months).tolist()
    demand = {month: price for month in months if (price := demand_price(of, tariff, found, clock, month))}
    problem = Problem(clock=clock, load=after.load, pv=after.pv, price=found.per_kwh, carbon=carbon, battery=battery_of(of), feeder=of.feeder,
                      demand=demand, floor=reached(before, clock), start=level, end=level)  # fmt: skip
    past = _Past(
        of=of, tariff=tariff, problem=problem, carbon=carbon, market=market, before=before, after=after, log=log, kw=kw
    )
    made = _strategies(past, found)
    same_work(made)
    return Backtest(problem=problem, tariff=found, strategies=_shared(made), findings=())


def _shared(made: list[Strategy]) -> tuple[Strategy, ...]:
    """Each with its share of what foresight saves: of the battery alone, or of jobs and battery."""
    cost = {one.name: one.cost for one in made}
    found = []
    for one in made:
        possible = float(cost["fifo"] - cost["known" if one.name in ("full", "known") else "foresight"])
        found.append(replace(one, share=float(cost["fifo"] - one.cost) / possible if possible > 0 else None))
    return tuple(found)


def _strategies(past: _Past, found: Prices) -> list[Strategy]:
    of, jobs = past.problem, _jobs(past)

    def rolled(problem: Problem) -> Plan:
        return ended(problem, roll(problem, _forecast(past, problem)))

    ways: list[tuple[str, Callable[[Problem], Plan], bool, bool]] = [
        ("fifo", without_battery, False, False),
        ("rule", lambda problem: ended(problem, by_rule(problem, found.names, found.period)), False, False),
        ("mpc", rolled, False, False),
        ("foresight", dispatch, False, False),
        ("full", rolled, True, False),
        ("known", dispatch, True, True),
    ]
    made = []
    for name, way, moves, ahead in ways:
        if moves and jobs is None:
            continue
        begun = time.perf_counter()
        used, waits = jobs.run(moves, ahead) if jobs else (np.zeros(of.clock.steps), None)
        load = of.load + (used - jobs.before) * past.kw / 1000 if jobs else of.load
        plan = way(replace(of, load=load))
        made.append(_strategy(past, name, plan, load, float(used.sum()), waits, time.perf_counter() - begun))
    return made


def _strategy(
    past: _Past, name: str, plan: Plan, load: Floats, gpu_hours: float, waits: Waits | None, seconds: float
) -> Strategy:
    of = past.problem
    grid_wh = np.rint(plan.grid * 1e6 * of.clock.hours).astype(np.int64)
    reached_kw = {month_name(month): Decimal(round(mw * 1e6)) / 1000 for month, mw in of.floor.items()}
    lines = bill(
        past.tariff,
        of.clock,
        grid_wh,
        demand_by=past.of.demand_by,
        capacity_kva=past.of.capacity_kva,
        reached=reached_kw,
    )
    mwh = plan.grid * of.clock.hours
    return Strategy(
        name=name, plan=plan, load=load, lines=lines, wear=Decimal(round(plan.cost_wear * 100)) / 100, location=float(mwh @ past.carbon),
        market=None if past.market is None else float(mwh.sum()) * past.market, gpu_hours=gpu_hours, ends_with=float(plan.energy[-1]),
        waits=waits, seconds=seconds,
    )  # fmt: skip


def ended(problem: Problem, plan: Plan) -> Plan:
    """The plan, brought to the end that is asked for in its last hours: charged or discharged late, within power, size, feeder and load.

    What cannot be reached stays off, and is then refused by whoever compares.
    """
    if problem.end is None or not problem.clock.steps:
        return plan
    battery, hours = problem.battery, problem.clock.hours
    charge, discharge, energy = plan.charge.copy(), plan.discharge.copy(), plan.energy.copy()
    need = problem.load - problem.pv
    off = problem.end - float(energy[-1])
    for step in range(problem.clock.steps - 1, -1, -1):
        if abs(off) <= CLOSE:
            break
        flow = charge[step] * battery.charge - discharge[step] / battery.discharge
        later = energy[step:]
        room = battery.energy - later.max() if off > 0 else later.min() - battery.reserve
        most_in = min(battery.power, problem.feeder - need[step]) * battery.charge
        most_out = -min(battery.power, max(float(need[step]), 0.0)) / battery.discharge
        moved = (
            min(max(flow + float(np.sign(off)) * min(abs(off), max(room, 0.0)) / hours, most_out), max(most_in, flow))
            - flow
        )
        energy[step:] += moved * hours
        off -= moved * hours
        charge[step], discharge[step] = (
            max(flow + moved, 0.0) / battery.charge,
            max(-(flow + moved), 0.0) * battery.discharge,
        )
    bought = need + charge - discharge
    return counted(problem, charge, discharge, energy, bought.clip(0), (-bought).clip(0), plan.moved, plan.promised)


class _Jobs:
    """The jobs of the log, run in order or deferred, as GPUs in use by the hours of the stretch."""

    def __init__(self, past: _Past, log: Log) -> None:
        assert past.of.jobs is not None
        clock, self.past = past.problem.clock, past
        self.first = int((clock.at(0).replace(tzinfo=None) - log.begins).total_seconds() // HOUR)
        self.hours = self.first + clock.steps
        self.cluster = cluster_of(past.of.jobs, log)
        self.price = np.concatenate([np.full(self.first, past.problem.price.max()), past.problem.price])
        # What came before the stretch is not moved: it would take work over its edge.
        self.jobs = replace(log.jobs, flexible=log.jobs.flexible & (log.jobs.submitted >= self.first * HOUR))
        self.starts = in_order(self.jobs, self.cluster)
        self.before = profile(self.starts, self.jobs.seconds, self.jobs.gpus, self.hours)[self.first :]

    def run(self, moves: bool, ahead: bool) -> tuple[Floats, Waits]:
        jobs = self.jobs
        ends = self.starts + jobs.seconds
        if not moves:
            return self.before, self._waits(ends)
        if ahead:
            plan = defer(jobs, self.cluster, self.price, self.past.kw, rounds=0)
            last = np.zeros(len(jobs))
            np.maximum.at(last, plan.pieces.job, (plan.pieces.hour + plan.pieces.part) * HOUR)
            return plan.used[self.first :], self._waits(np.where(np.isnan(plan.starts), last, ends))
        run = run_online(jobs, self.cluster, self.price, self.past.kw, guessed(jobs, self.starts))
        return run.used[self.first :], self._waits(run.ends)

    def _waits(self, ends: Floats) -> Waits:
        jobs = self.jobs
        inside = (jobs.submitted >= self.first * HOUR) & (jobs.submitted < self.hours * HOUR)
        waited = ((ends - jobs.seconds - jobs.submitted) / HOUR)[inside]
        missed = ends > self.starts + jobs.seconds + jobs.slack + 1.0
        if not len(waited):
            return Waits(mean=0.0, p95=0.0, most=0.0, missed=0, jobs=0)
        return Waits(mean=float(waited.mean()), p95=float(np.quantile(waited, 0.95)), most=float(waited.max()),
                     missed=int((missed & inside).sum()), jobs=int(inside.sum()))  # fmt: skip


def _jobs(past: _Past) -> _Jobs | None:
    if past.log is None or past.of.jobs is None:
        return None
    made = _Jobs(past, past.log)
    short = past.problem.load - made.before * past.kw / 1000
    if (short < 0).any():
        at = past.problem.clock.at(int(short.argmin()))
        template = "the jobs of the log would draw {jobs:.2f} MW at {at}, and {measured:.2f} MW were measured in all; see kw_per_gpu and the log"
        worst = int(short.argmin())
        raise _refused(
            template,
            jobs=float(made.before[worst] * past.kw / 1000),
            at=f"{at:%Y-%m-%d %H:%M}",
            measured=float(past.problem.load[worst]),
        )
    return made


def _forecast(past: _Past, problem: Problem) -> Callable[[int, int], Floats]:
    """What would have been forecast at each hour: fitted once a week on what was known by then. PV by the usual day; its error is in the load."""
    before, _, _ = known_history(past.before.load, past.before.clock)
    history = np.concatenate([before, problem.load])
    sun = np.concatenate([past.before.pv, problem.pv])
    models: dict[int, Model] = {}

    def forecast(step: int, steps: int) -> Floats:
        until = len(before) + step
        week = step // WEEK
        if week not in models:
            models[week] = fit(history[: len(before) + week * WEEK], 2 * A_DAY, A_DAY, past.of.forecast)
        middle = predict(models[week], history[:until]).middle[:steps]
        usual = usual_day(sun[: len(past.before.pv) + step], steps)
        off: Floats = middle - usual + problem.pv[step : step + steps]
        return off

    return forecast


def _whole(after: Measured, clock: Clock) -> None:
    lacking = np.isnan(after.load) | np.isnan(after.pv)
    if lacking.any():
        template = "the load is not known in {hours} hours, first at {at}; what is compared must be known: choose --from and --to around them"
        raise _refused(template, hours=int(lacking.sum()), at=f"{clock.at(int(lacking.argmax())):%Y-%m-%d %H:%M}")


def same_work(made: Sequence[Strategy]) -> None:
    """Refused where one did not do the same work as the first, or left the battery otherwise."""
    first = made[0]
    for one in made[1:]:
        if abs(one.gpu_hours - first.gpu_hours) > CLOSE * max(1.0, first.gpu_hours):
            template = "{name} did {hours:.3f} GPU-hours and {first} {others:.3f} in the same time; the saving would be work not done; it is not told"
            raise _refused(template, name=one.name, hours=one.gpu_hours, first=first.name, others=first.gpu_hours)
        if abs(one.ends_with - first.ends_with) > 1e-4:
            template = "{name} ends with {held:.3f} MWh in the battery and {first} with {others:.3f}; that is no saving, so none is told"
            raise _refused(template, name=one.name, held=one.ends_with, first=first.name, others=first.ends_with)


def _cut(of: Measured, part: slice) -> Measured:
    first, last, _ = part.indices(of.clock.steps)
    clock = of.clock.part(first, last - first)
    hourly = replace(of.hourly, clock=clock, flow=of.hourly.flow[:, part], coverage=of.hourly.coverage[:, part])
    return Measured(
        hourly=hourly,
        load=of.load[part],
        grid=of.grid[part],
        pv=of.pv[part],
        charge=of.charge[part],
        discharge=of.discharge[part],
    )


def _refused(template: str, **values: object) -> Refused:
    return Refused(Finding(rule="backtest", template=template, values=values, place=Place(name="backtest")))
