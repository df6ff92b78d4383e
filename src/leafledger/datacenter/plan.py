"""The plan for the next hours: a forecast of the load, then battery, flexible work and waiting jobs, each within every limit."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from leafledger.core.finding import Finding, Refused
from leafledger.datacenter.clock import Clock, Floats, month_name
from leafledger.datacenter.deferral import Deferred, defer
from leafledger.datacenter.definition import DataCenter, JobLog
from leafledger.datacenter.dispatch import dispatch
from leafledger.datacenter.efficiency import it_meters
from leafledger.datacenter.forecast import Band, fit, predict
from leafledger.datacenter.jobs import Cluster
from leafledger.datacenter.logs import Log
from leafledger.datacenter.measured import Measured, known_history
from leafledger.datacenter.queue import Queue, queue_at
from leafledger.datacenter.rule import without_battery
from leafledger.datacenter.site import NO_BATTERY, Battery, Event, Flexible, Goal, Plan, Problem
from leafledger.datacenter.tariff import Prices, Tariff, prices

A_DAY, WEEK = 24, 168


@dataclass(frozen=True, kw_only=True)
class Planned:
    """A plan with what it rests on. problem: as it was solved, jobs moved; plain: what would happen without battery and with nothing moved.

    band: of the load, before anything is moved; jobs: where waiting and running jobs go, and queue: which they are; kw_per_gpu: with cooling.
    """

    problem: Problem
    plan: Plan
    plain: Plan
    band: Band
    pv: Floats
    tariff: Prices
    queue: Queue | None
    jobs: Deferred | None
    kw_per_gpu: float
    findings: tuple[Finding, ...]

    @property
    def clock(self) -> Clock:
        return self.problem.clock


def planned(
    of: DataCenter,
    tariff: Tariff,
    known: Measured,
    carbon: Floats,
    held: float,
    *,
    log: Log | None = None,
    goal: Goal = "cost",
) -> Planned:
    """Plan as many hours as `carbon` has (tCO2e per MWh), from the end of what is known on. held: MWh in the battery now.

    Refused where the load is not known, the tariff says nothing of the hours, or no plan keeps every limit. The battery ends as full as it began:
    what it would give away at the end is no saving.
    """
    clock = known.clock.part(known.clock.steps, len(carbon))
    history, _, findings = known_history(known.load, known.clock)
    band = predict(fit(history, clock.steps, A_DAY, of.forecast), history)
    tariffed = prices(tariff, clock)
    pv = usual_day(known.pv, clock.steps)
    problem = Problem(
        clock=clock, load=band.middle, pv=pv, price=tariffed.per_kwh, carbon=carbon, battery=battery_of(of), feeder=of.feeder,
        demand=demand_shared(of, tariff, tariffed, clock), floor=reached(known, clock), flexible=works(of, clock), events=events(of, clock),
        start=held, end=held,
    )  # fmt: skip
    plan, queue, moved, kw = dispatch(problem, goal), None, None, 0.0
    if log is not None and of.jobs is not None:
        kw = of.jobs.kw_per_gpu * overhead(known)
        now = (clock.at(0).replace(tzinfo=None) - log.begins).total_seconds()
        queue = queue_at(log.jobs, cluster_of(of.jobs, log), now)
        problem, plan, moved = _with_jobs(problem, plan, queue, cluster_of(of.jobs, log), kw, goal)
    plain = without_battery(replace(problem, load=band.middle + _at_once(problem), flexible=(), events=()))
    return Planned(problem=problem, plan=plan, plain=plain, band=band, pv=pv, tariff=tariffed, queue=queue, jobs=moved, kw_per_gpu=kw,
                   findings=findings)  # fmt: skip


def _with_jobs(
    problem: Problem, plan: Plan, queue: Queue, cluster: Cluster, kw: float, goal: Goal
) -> tuple[Problem, Plan, Deferred | None]:
    """Move the jobs to the hours that the goal finds cheap, as far as connection and peak leave room; kept only if the whole becomes better."""
    if not len(queue.remaining):
        return problem, plan, None
    dear = {"cost": problem.price, "carbon": problem.carbon, "peak": problem.load}[goal]
    months = problem.clock.months
    limit = np.array(
        [min(problem.feeder, plan.peaks[int(month)]) if problem.demand else problem.feeder for month in months]
    )
    tried = defer(queue.remaining, cluster, dear, kw, rounds=0)
    room = (limit - problem.load + problem.pv) * 1000 + tried.before * kw
    tried = defer(queue.remaining, cluster, dear, kw, power_left=room.clip(0), rounds=0)
    moved = replace(problem, load=problem.load + (tried.used - tried.before) * kw / 1000)
    try:
        then = dispatch(moved, goal)
    except Refused:
        return problem, plan, None
    worth = {
        "cost": plan.cost - then.cost,
        "carbon": plan.carbon - then.carbon,
        "peak": sum(plan.peaks.values()) - sum(then.peaks.values()),
    }
    return (moved, then, tried) if worth[goal] > 0 else (problem, plan, None)


def battery_of(of: DataCenter) -> Battery:
    store = of.battery
    if store is None:
        return NO_BATTERY
    names = ("power", "energy", "charge", "discharge", "reserve", "wear")
    return Battery(**{name: getattr(store, name) for name in names})


def cluster_of(of: JobLog, log: Log) -> Cluster:
    return Cluster(
        gpus=of.gpus, quotas=tuple(of.quotas.get(queue, 0) for queue in log.jobs.queues) if of.quotas else ()
    )


def demand_price(of: DataCenter, tariff: Tariff, found: Prices, clock: Clock, month: int) -> float:
    """Money per kW of a month's maximum demand; 0 where it is billed otherwise. Refused where the tariff has no price for it."""
    if of.demand_by != "maximum_demand":
        return 0.0
    level = tariff.levels[int(found.level[clock.months == month][-1])]
    if level.demand is None:
        template = (
            "the tariff {id} has no price for maximum demand in {month}; give it, or say demand_by: capacity or none"
        )
        raise Refused(
            Finding(
                rule="plan", template=template, values={"id": tariff.id, "month": month_name(month)}, place=level.place
            )
        )
    return float(level.demand)


def demand_shared(of: DataCenter, tariff: Tariff, found: Prices, clock: Clock) -> Mapping[int, float]:
    """The price of demand for the months of a plan: its part of what remains of each, as if the rest were like it (see mpc.roll)."""
    shares: dict[int, float] = {}
    for month in np.unique(clock.months).tolist():
        inside = np.flatnonzero(clock.months == month)
        price = demand_price(of, tariff, found, clock, month)
        first, zone = clock.at(int(inside[0])), ZoneInfo(clock.zone)
        ends = datetime((month + 1) // 12, (month + 1) % 12 + 1, 1, tzinfo=zone)
        if price:
            shares[month] = price * len(inside) * clock.hours / max((ends - first) / timedelta(hours=1), 1.0)
    return shares


def reached(known: Measured, clock: Clock) -> Mapping[int, float]:
    """MW that the months of a plan have reached before it begins."""
    found: dict[int, float] = {}
    for month in np.unique(clock.months).tolist():
        before = known.grid[known.clock.months == month]
        if np.isfinite(before).any():
            found[month] = float(np.nanmax(before))
    return found


def works(of: DataCenter, clock: Clock) -> tuple[Flexible, ...]:
    """Each day's flexible work whose hours lie in the plan as a whole."""
    found = []
    for work in of.flexible:
        for day in dict.fromkeys(clock.days):
            inside = [
                n
                for n, at in enumerate(clock.local)
                if at.date() == day and work.first_hour <= at.hour < work.last_hour
            ]
            if len(inside) == work.last_hour - work.first_hour:
                name = f"{work.name} {day}"
                found.append(
                    Flexible(name=name, first=inside[0], last=inside[-1] + 1, power=work.power, energy=work.energy)
                )
    return tuple(found)


def events(of: DataCenter, clock: Clock) -> tuple[Event, ...]:
    """The calls that lie in the plan as a whole; one that the plan begins or ends within is left to the plan before or after."""
    found = []
    for call in of.events:
        start = int((call.start.replace(tzinfo=ZoneInfo(clock.zone)) - clock.at(0)) / timedelta(hours=1))
        if start >= 0 and start + call.hours <= clock.steps:
            found.append(Event(name=call.name, first=start, last=start + call.hours, baseline=call.baseline, payment=call.payment, most=call.most,
                               least=call.least))  # fmt: skip
    return tuple(found)


def usual_day(of: Floats, steps: int) -> Floats:
    """The same hour's mean of the last week, for what follows the sun. Unknown hours are left out; without any it is nothing."""
    days = min(7, len(of) // A_DAY)
    if not days:
        return np.zeros(steps)
    week = of[-days * A_DAY :].reshape(days, A_DAY)
    there = np.isfinite(week)
    mean = np.where(there, week, 0.0).sum(axis=0) / np.maximum(there.sum(axis=0), 1)
    return np.resize(mean, steps).clip(0)


def overhead(known: Measured) -> float:
    """Facility over IT, of the last week that is known: what cooling and losses add to a GPU's power. 1 where IT is not known."""
    it = known.hourly.of(it_meters(known.hourly))[-WEEK:] / 1000
    load = known.load[-WEEK:]
    there = np.isfinite(it) & np.isfinite(load) & (it > 0)
    return float(load[there].sum() / it[there].sum()) if there.any() else 1.0


def _at_once(problem: Problem) -> Floats:
    """The flexible work as it would run without a plan: as soon as it may, at full power."""
    load = np.zeros(problem.clock.steps)
    for work in problem.flexible:
        left = work.energy
        for step in range(work.first, work.last):
            used = min(work.power, left / problem.clock.hours)
            load[step] += used
            left -= used * problem.clock.hours
    return load
