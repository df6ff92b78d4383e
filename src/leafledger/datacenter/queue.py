"""The cluster's queue at a moment: which jobs run and wait, and how long they may still take by what was known then."""

from dataclasses import dataclass, replace

import numpy as np

from leafledger.datacenter.clock import Floats, Ints
from leafledger.datacenter.jobs import Cluster, Jobs, in_order
from leafledger.datacenter.online import guessed

SHORTEST = 900.0
"""Seconds that a job is given which has run for longer than its like."""


@dataclass(frozen=True, kw_only=True)
class Queue:
    """Jobs that run or wait. at: their rows in the log; remaining: the same jobs from now on, with what they may still take; running: do they?"""

    at: Ints
    remaining: Jobs
    running: np.ndarray


def queue_at(jobs: Jobs, cluster: Cluster, now: float) -> Queue:
    """The queue at `now` (seconds, as `submitted` counts), if jobs have run in their order until then.

    Nothing that came later is looked at: how long a job still takes is guessed from those of its queue and size that have ended.
    """
    rows = np.flatnonzero(jobs.submitted < now)
    come = chosen(jobs, rows)
    starts = in_order(come, cluster)
    ends = starts + come.seconds
    open_ = np.flatnonzero(ends > now)
    seconds = _expected(come, starts, ends, now)[open_]
    running = starts[open_] < now
    order = np.argsort(~running, kind="stable")
    open_, seconds, running = open_[order], seconds[order], running[order]
    seconds = np.maximum(seconds - np.where(running, now - starts[open_], 0.0), SHORTEST)
    left = replace(chosen(come, open_), submitted=np.where(running, -1.0, 0.0), seconds=seconds)
    return Queue(at=rows[open_], remaining=left, running=running)


def chosen(jobs: Jobs, rows: Ints) -> Jobs:
    """Some of the jobs."""
    names = ("submitted", "seconds", "gpus", "queue", "flexible", "slack")
    return replace(jobs, **{name: getattr(jobs, name)[rows] for name in names})


def _expected(come: Jobs, starts: Floats, ends: Floats, now: float) -> Floats:
    """Seconds that each job takes in all: as its like, else as its queue, else as any that has ended."""
    guess = guessed(come, starts)
    done = ends <= now
    for queue in range(len(come.queues)):
        like = come.seconds[done & (come.queue == queue)]
        if len(like):
            guess[np.isnan(guess) & (come.queue == queue)] = np.median(like)
    any_ = float(np.median(come.seconds[done])) if done.any() else SHORTEST
    return np.where(np.isnan(guess), any_, guess)
