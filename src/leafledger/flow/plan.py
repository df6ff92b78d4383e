"""A data center's plan for the next hours: from what was measured up to a moment to a schedule, its pictures and what it is worth."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from leafledger.core.finding import Finding, Place, Refused
from leafledger.flow.places import ledger_place
from leafledger.flow.plan_site import PlanSite, Rate, carbon, days_of, known, located, plan_site, rate

if TYPE_CHECKING:
    from leafledger.datacenter.measured import Measured
    from leafledger.datacenter.plan import Planned
    from leafledger.datacenter.site import Goal, Plan

HISTORY_DAYS = 70
"""How far back a forecast looks: ten weeks, of which it needs eight to try a correction."""
MOST_HOURS = 24 * 14


@dataclass(frozen=True, kw_only=True)
class Done:
    """A plan with the site it is for, what was measured before it, and the grid's emissions. frontier: from the cheapest to the cleanest."""

    site: PlanSite
    made: "Planned"
    measured: "Measured"
    held: float
    goal: "Goal"
    location: Rate
    market: Rate | None
    frontier: tuple["Plan", ...] = ()

    @property
    def start(self) -> datetime:
        return self.made.clock.at(0)

    @property
    def findings(self) -> tuple[Finding, ...]:
        return (*self.measured.findings, *self.made.findings)


def plan(
    path: Path,
    site: str,
    start: datetime | None,
    hours: int = 48,
    *,
    goal: "Goal" = "cost",
    points: int = 0,
    held: float | None = None,
) -> Done:
    """Plan from `start` on, a local time (without it: from the end of what was measured). held: MWh in the battery then, if its meters do not tell.

    Nothing measured after `start` is looked at. Refused for bad input, with its place, and where no plan keeps every limit, with that limit.
    """
    return planned_for(plan_site(path, site), start, hours, goal=goal, points=points, held=held)


def planned_for(
    of: PlanSite,
    start: datetime | None,
    hours: int,
    *,
    goal: "Goal" = "cost",
    points: int = 0,
    held: float | None = None,
) -> Done:
    from leafledger.datacenter import measured as meters
    from leafledger.datacenter.dispatch import frontier
    from leafledger.datacenter.plan import planned

    if not 1 <= hours <= MOST_HOURS:
        raise _refused("{hours} hours cannot be planned; give 1 to {most}", hours=hours, most=MOST_HOURS)
    if start is not None and (start.minute or start.second):
        raise _refused("a plan begins on a full hour, and {start:%H:%M} is none", start=start)
    before = _before(of, start)
    clock = before.clock.part(before.clock.steps, hours)
    level = _level(of, meters.held(before, of.read.of.battery) if of.read.of.battery else 0.0, held)
    made = planned(of.read.of, of.read.tariff, before, carbon(of, clock), level, log=of.log, goal=goal)
    days = days_of(clock)
    return Done(
        site=of, made=made, measured=before, held=level, goal=goal, location=located(of, days), market=rate(of, of.read.of.carbon.market, days),
        frontier=frontier(made.problem, points) if points > 1 else (),
    )  # fmt: skip


def _before(of: PlanSite, start: datetime | None) -> "Measured":
    """What was measured in the weeks before. Refused where it ends before the plan begins: the hours in between would be forecast unseen."""

    found = known(of, start - timedelta(days=HISTORY_DAYS) if start else None, start)
    ends = found.clock.at(found.clock.steps).replace(tzinfo=None)
    if start is not None and ends < start:
        template = "the telemetry ends at {ends:%Y-%m-%d %H:%M}, before {start:%Y-%m-%d %H:%M}; bring it up to then, or plan from its end"
        raise _refused(template, ends=ends, start=start)
    return found


def _level(of: PlanSite, metered: float, given: float | None) -> float:
    battery = of.read.of.battery
    if given is None or battery is None:
        return metered
    if not battery.reserve <= given <= battery.energy:
        template = "the battery cannot hold {given} MWh: it keeps {reserve} and holds {energy}"
        raise _refused(template, given=given, reserve=battery.reserve, energy=battery.energy)
    return given


def plan_place(company_folder: Path, site: str) -> Path:
    """Where the plans and the page of a site lie."""
    return ledger_place(company_folder) / "plan" / site


def out_place(company_folder: Path, done: Done) -> Path:
    return plan_place(company_folder, done.site.read.of.site) / "plans" / f"{done.start:%Y-%m-%dT%H%M}"


def emissions(plan: "Plan", of: Rate | None) -> float | None:
    """tCO2e of what is bought, by a rate that is the same for all hours."""
    return None if of is None else float(plan.grid.sum()) * float(of.value)


def jobs_of(done: Done) -> list[dict[str, object]]:
    """Each job that is moved: its row in the log, queue, GPUs, and the stretches of hours it runs in."""
    made = done.made
    if made.queue is None or made.jobs is None:
        return []
    found = []
    pieces, queue = made.jobs.pieces, made.queue
    for job in dict.fromkeys(pieces.job.tolist()):
        hours = [
            (int(hour), float(part))
            for one, hour, part in zip(pieces.job, pieces.hour, pieces.part, strict=True)
            if one == job
        ]
        found.append({
            "log_row": int(queue.at[job]) + 2, "queue": queue.remaining.queues[int(queue.remaining.queue[job])],
            "gpus": int(queue.remaining.gpus[job]), "hours": round(sum(part for _, part in hours), 3), "running": bool(queue.running[job]),
            "runs": _stretches(done, [hour for hour, _ in hours]),
        })  # fmt: skip
    return found


def _stretches(done: Done, hours: list[int]) -> list[str]:
    """`2025-03-14 22:00/2025-03-15 06:00` for hours that follow each other."""
    found: list[tuple[int, int]] = []
    for hour in hours:
        if found and found[-1][1] == hour:
            found[-1] = (found[-1][0], hour + 1)
        else:
            found.append((hour, hour + 1))
    clock = done.made.clock
    return [f"{clock.at(first):%Y-%m-%d %H:%M}/{clock.at(last):%Y-%m-%d %H:%M}" for first, last in found]


def _refused(template: str, **values: object) -> Refused:
    return Refused(Finding(rule="plan", template=template, values=values, place=Place(name="leaf plan")))
