"""Moves flexible jobs to the hours in which power is cheap: never past a deadline, a quota or what the site can draw."""

from dataclasses import dataclass

import numpy as np

from leafledger.datacenter.clock import Floats, Ints
from leafledger.datacenter.jobs import HOUR, Cluster, Jobs, in_order, profile
from leafledger.datacenter.relaxed import Own, Window, saved_at_most, windows

PASSES = 2
SHORTEST = HOUR
"""Jobs that run for less are not moved: they are many, and hold next to none of the GPU time."""
ROUNDS = 12


@dataclass(frozen=True, kw_only=True)
class Pieces:
    """Which hours each moved job runs in. job, hour: one pair a piece; part: which part of the hour (0..1) it runs."""

    job: Ints
    hour: Ints
    part: Floats


@dataclass(frozen=True, kw_only=True)
class Deferred:
    """A schedule: `starts` of the jobs that were not moved (seconds; NaN for those that were) and the pieces of those that were.

    used: GPUs in use by hour, of all jobs. before: the same without a plan. cost, cost_before: of the power that running jobs draw on top of idle
    ones, in the money of the prices. bound: the least that any schedule which keeps the deadlines could cost.
    """

    starts: Floats
    pieces: Pieces
    used: Floats
    before: Floats
    cost: float
    cost_before: float
    bound: float
    resumed: int

    @property
    def share_of_bound(self) -> float:
        """How much of the possible saving is had."""
        possible = self.cost_before - self.bound
        return (self.cost_before - self.cost) / possible if possible > 0 else 1.0


def defer(
    jobs: Jobs,
    cluster: Cluster,
    price: Floats,
    kw_per_gpu: float,
    *,
    power_left: Floats | None = None,
    passes: int = PASSES,
    rounds: int = ROUNDS,
) -> Deferred:
    """Plan the hours of `price` (money per kWh). kw_per_gpu: what a busy GPU draws more than an idle one, cooling and losses with it.

    power_left: kW by hour that jobs may draw; nothing beyond it is used. Each flexible job in turn gives up its hours and takes the cheapest
    of its window that are free, its own with them: so no step makes the plan dearer, and none breaks a limit. Dear jobs go first.
    rounds: of the bound (0: without it, which is faster and leaves it NaN).
    Within an hour, GPUs are shared by time: what is kept is the GPU-hours of each hour.
    """
    hours = len(price)
    starts = in_order(jobs, cluster)
    ends = starts + jobs.seconds
    chosen = np.flatnonzero(
        jobs.flexible & (jobs.seconds >= SHORTEST) & (jobs.slack >= HOUR) & (ends + jobs.slack < hours * HOUR)
    )
    window = windows(jobs, chosen, ends)
    before = profile(starts, jobs.seconds, jobs.gpus, hours)
    limit = (
        np.full(hours, float(cluster.gpus)) if power_left is None else np.minimum(cluster.gpus, power_left / kw_per_gpu)
    )
    limit = np.maximum(limit, before)
    queues = _by_queue(jobs, starts, hours)
    plan = _Plan(before.copy(), queues, limit, _limits(cluster, queues))
    own = [_own(starts[job], ends[job]) for job in chosen.tolist()]
    held = dict(zip(chosen.tolist(), own, strict=True))
    room = limit - before + _sum(own, jobs.gpus[chosen], hours)
    order = np.argsort(-jobs.gpus[chosen] * jobs.seconds[chosen], kind="stable")
    for _ in range(passes):
        for n in order.tolist():
            job = int(chosen[n])
            held[job] = plan.moved(held[job], int(jobs.gpus[job]), int(jobs.queue[job]), price, window, n)
    pieces = _pieces(held)
    left = starts.copy()
    left[chosen] = np.nan
    money = price * kw_per_gpu
    return Deferred(
        starts=left,
        pieces=pieces,
        used=plan.used,
        before=before,
        cost=float(money @ plan.used),
        cost_before=float(money @ before),
        bound=float(money @ before)
        - (saved_at_most(money, window, own, jobs.gpus[chosen], room, rounds) if rounds else np.nan),
        resumed=_breaks(pieces),
    )


class _Plan:
    """GPUs in use by hour and queue, while jobs are moved one at a time."""

    def __init__(self, used: Floats, queues: Floats, limit: Floats, quotas: Floats) -> None:
        self.used, self.queues, self.limit, self.quotas = used, queues, limit, quotas

    def moved(self, own: Own, gpus: int, queue: int, price: Floats, window: Window, n: int) -> Own:
        """The job's new hours: the cheapest that are free, or those it has, if they are not enough or no dearer."""
        hours, parts = own
        self.used[hours] -= gpus * parts
        self.queues[queue, hours] -= gpus * parts
        new = self._cheapest(gpus, queue, price, window, n)
        if new is None or price[new[0]] @ new[1] >= price[hours] @ parts - 1e-12:
            new = own
        hours, parts = new
        self.used[hours] += gpus * parts
        self.queues[queue, hours] += gpus * parts
        return new

    def _cheapest(self, gpus: int, queue: int, price: Floats, window: Window, n: int) -> Own | None:
        first, last, whole, rest = (
            int(window.first[n]),
            int(window.last[n]),
            int(window.whole[n]),
            float(window.rest[n]),
        )
        span = slice(first, last)
        free = (self.used[span] + gpus <= self.limit[span] + 1e-9) & (
            self.queues[queue, span] + gpus <= self.quotas[queue] + 1e-9
        )
        hours = np.flatnonzero(free)
        need = whole + (rest > 0)
        if len(hours) < need:
            return None
        by_price = hours[np.argsort(price[span][hours], kind="stable")[:need]] + first
        parts = np.ones(need)
        if rest > 0:
            parts[-1] = rest
        order = np.argsort(by_price)
        return by_price[order], parts[order]


def _own(start: float, end: float) -> Own:
    """The hours of a job that runs without a break."""
    first, last = int(start // HOUR), int(-(-end // HOUR))
    hours = np.arange(first, last)
    parts = (np.minimum(end, (hours + 1) * HOUR) - np.maximum(start, hours * HOUR)) / HOUR
    return hours, parts


def _by_queue(jobs: Jobs, starts: Floats, hours: int) -> Floats:
    found = np.zeros((max(1, len(jobs.queues)), hours))
    for queue in range(len(jobs.queues)):
        inside = jobs.queue == queue
        found[queue] = profile(starts[inside], jobs.seconds[inside], jobs.gpus[inside], hours)
    return found


def _limits(cluster: Cluster, queues: Floats) -> Floats:
    quotas = cluster.quotas or (0,) * len(queues)
    return np.array([float(quota or cluster.gpus) for quota in quotas])


def _sum(own: list[Own], gpus: Ints, hours: int) -> Floats:
    """GPUs in use by hour of these jobs."""
    used = np.zeros(hours)
    for (at, parts), count in zip(own, gpus.tolist(), strict=True):
        used[at] += count * parts
    return used


def _pieces(held: dict[int, Own]) -> Pieces:
    if not held:
        return Pieces(job=np.zeros(0, np.int64), hour=np.zeros(0, np.int64), part=np.zeros(0))
    return Pieces(
        job=np.concatenate([np.full(len(hours), job) for job, (hours, _) in held.items()]),
        hour=np.concatenate([hours for hours, _ in held.values()]),
        part=np.concatenate([parts for _, parts in held.values()]),
    )


def _breaks(pieces: Pieces) -> int:
    """How often a job is resumed after it was suspended."""
    return int(((np.diff(pieces.hour) > 1) & (np.diff(pieces.job) == 0)).sum())
