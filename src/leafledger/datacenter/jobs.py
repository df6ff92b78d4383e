"""Jobs of a GPU cluster: what waits, what may be moved, and the plain order in which they would run without any plan."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from leafledger.core.finding import Finding, Place
from leafledger.datacenter.clock import Flags, Floats, Ints

HOUR = 3600


@dataclass(frozen=True, kw_only=True)
class Jobs:
    """One value a job. submitted: seconds since the clock's start; seconds: how long it runs; gpus; queue: index into `queues`.

    flexible: it may start later and be suspended and resumed. slack: seconds that its end may lie after the end it would have had.
    """

    submitted: Floats
    seconds: Floats
    gpus: Ints
    queue: Ints
    flexible: Flags
    slack: Floats
    queues: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.gpus)

    @property
    def gpu_hours(self) -> float:
        return float((self.gpus * self.seconds).sum()) / HOUR


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """gpus: in all. quotas: by queue, the most that its jobs may hold at once (0: no quota of its own)."""

    gpus: int
    quotas: tuple[int, ...] = ()


def sound(jobs: Jobs, cluster: Cluster) -> Iterator[Finding]:
    """Jobs that could never run, or that a log got wrong."""
    for what, bad in (
        ("asks for no GPU", jobs.gpus <= 0),
        ("runs for no time or less", ~(jobs.seconds > 0)),
        ("asks for more GPUs than there are", jobs.gpus > _most(jobs, cluster)),
        ("has a slack below zero", jobs.slack < 0),
    ):
        if bad.any():
            template = "job {first} {what} ({count} such jobs); mend the log, or leave them out of the plan by name"
            values = {"first": int(bad.argmax()), "what": what, "count": int(bad.sum())}
            yield Finding(rule="jobs", template=template, values=values, place=Place(name="jobs"))


def in_order(jobs: Jobs, cluster: Cluster) -> Floats:
    """When each job starts (seconds) if all run in the order in which they came and none is suspended.

    A queue that has used up its quota holds back only its own jobs; a job that does not fit holds back those after it, as nothing may overtake it.
    """
    order = np.argsort(jobs.submitted, kind="stable")
    free = cluster.gpus
    left = list(cluster.quotas) or [0] * len(jobs.queues)
    limited = [quota > 0 for quota in left]
    starts = np.zeros(len(jobs))
    ends: list[tuple[float, int, int]] = []
    now = 0.0
    submitted, seconds = jobs.submitted.tolist(), jobs.seconds.tolist()
    gpus, queue = jobs.gpus.tolist(), jobs.queue.tolist()
    for job in order.tolist():
        now = max(now, submitted[job])
        need, of = gpus[job], queue[job]
        while ends and ends[0][0] <= now:
            _, back, whose = heapq.heappop(ends)
            free += back
            left[whose] += back
        while free < need or (limited[of] and left[of] < need):
            now, back, whose = heapq.heappop(ends)
            free += back
            left[whose] += back
        starts[job] = now
        free -= need
        left[of] -= need
        heapq.heappush(ends, (now + seconds[job], need, of))
    return starts


def profile(starts: Floats, seconds: Floats, gpus: Ints, steps: int, step: float = HOUR) -> Floats:
    """GPUs in use, as the mean of each step, of jobs that run from their start without a break; what lies outside the steps is left out."""
    edges = np.concatenate([starts, starts + seconds]) / step
    change = np.concatenate([gpus, -gpus]).astype(float)
    edges = edges.clip(0, steps)
    whole = np.minimum(edges.astype(np.int64), steps - 1)
    within = 1 - (edges - whole)
    rate = np.bincount(whole, change, steps)
    first = np.bincount(whole, change * within, steps)
    used: Floats = np.concatenate([[0.0], np.cumsum(rate)[:-1]]) + first
    return used


def _most(jobs: Jobs, cluster: Cluster) -> Ints:
    """The most GPUs that each job could ever hold."""
    if not cluster.quotas:
        return np.full(len(jobs), cluster.gpus)
    quotas = np.array([quota or cluster.gpus for quota in cluster.quotas])
    most: Ints = np.minimum(quotas, cluster.gpus)[jobs.queue]
    return most
