"""Defers jobs as they come, without knowing how long they run: by a guess, or by none, and never for longer than their slack."""

from dataclasses import dataclass

import numpy as np

from leafledger.datacenter.clock import Floats, Ints
from leafledger.datacenter.jobs import HOUR, Cluster, Jobs, in_order, profile

QUANTILE = 0.5
FEWEST = 5
"""Jobs of a kind that have to have ended before their durations say something of the next one."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """How it went. used: GPUs by hour, of all jobs; ends: when each job ended (seconds); late: hours that each ended later than without a plan.

    cost, cost_before: of the power that running jobs draw on top of idle ones.
    """

    used: Floats
    before: Floats
    ends: Floats
    late: Floats
    cost: float
    cost_before: float


def guessed(jobs: Jobs, starts: Floats) -> Floats:
    """Seconds that each job is expected to run: the median of those of its queue and size that had ended when it came; NaN where too few had.

    What is known when a job comes, and nothing else.
    """
    order = np.argsort(jobs.submitted, kind="stable")
    ends = starts + jobs.seconds
    by_end = np.argsort(ends, kind="stable")
    guess = np.full(len(jobs), np.nan)
    known: dict[tuple[int, int], list[float]] = {}
    ended = 0
    for job in order.tolist():
        while ended < len(by_end) and ends[by_end[ended]] <= jobs.submitted[job]:
            done = int(by_end[ended])
            known.setdefault((int(jobs.queue[done]), int(jobs.gpus[done])), []).append(float(jobs.seconds[done]))
            ended += 1
        seen = known.get((int(jobs.queue[job]), int(jobs.gpus[job])), [])
        if len(seen) >= FEWEST:
            guess[job] = np.quantile(seen[-200:], QUANTILE)
    return guess


def run_online(jobs: Jobs, cluster: Cluster, price: Floats, kw_per_gpu: float, guess: Floats | None) -> Run:
    """Decide hour by hour which of the flexible jobs pause. price: of each hour, known ahead as a tariff is; money per kWh.

    guess: seconds that each job is expected to run (NaN: not known); None: no guess for any. A job pauses in an hour if, of the hours that its slack
    still leaves it, enough are cheaper. It chooses to pause for no longer than its slack in all, so that its deadline holds however long it really
    runs; one whose slack is used up goes before all others. Where GPUs are lacking even so it waits on, and `late` says how long.
    """
    hours = len(price)
    starts = in_order(jobs, cluster)
    movable = jobs.flexible & (jobs.slack >= HOUR) & (starts + jobs.seconds + jobs.slack < hours * HOUR)
    fixed = profile(starts[~movable], jobs.seconds[~movable], jobs.gpus[~movable], hours)
    waiting = np.flatnonzero(movable)[np.argsort(starts[movable], kind="stable")]
    first = np.ceil(starts / HOUR - 1e-9).astype(np.int64)
    left, budget = jobs.seconds / HOUR, np.floor(jobs.slack / HOUR)
    expected = np.full(len(jobs), np.nan) if guess is None else guess / HOUR
    ends, used, done_before = starts + jobs.seconds, fixed.copy(), left.copy()
    active = np.zeros(0, dtype=np.int64)
    early = profile(
        starts[movable], np.minimum(first * HOUR - starts, jobs.seconds)[movable], jobs.gpus[movable], hours
    )
    used += early
    left = np.maximum(left - (first * HOUR - starts) / HOUR, 0.0)
    at = 0
    for hour in range(hours):
        begin = at
        while at < len(waiting) and first[waiting[at]] <= hour:
            at += 1
        new = waiting[begin:at]
        active = np.concatenate([active, new[left[new] > 1e-12]])
        if not len(active):
            continue
        runs = _runs(active, hour, price, left, expected, done_before, budget, jobs.gpus, cluster.gpus - used[hour])
        running = active[runs]
        parts = np.minimum(left[running], 1.0)
        used[hour] += float(jobs.gpus[running] @ parts)
        left[running] -= parts
        budget[active[~runs]] -= 1
        over = running[left[running] <= 1e-12]
        ends[over] = (hour + parts[left[running] <= 1e-12]) * HOUR
        active = active[left[active] > 1e-12]
    before = profile(starts, jobs.seconds, jobs.gpus, hours)
    money = price * kw_per_gpu
    return Run(
        used=used,
        before=before,
        ends=ends,
        late=(ends - starts - jobs.seconds) / HOUR,
        cost=float(money @ used),
        cost_before=float(money @ before),
    )


def _runs(
    active: Ints,
    hour: int,
    price: Floats,
    left: Floats,
    expected: Floats,
    whole: Floats,
    budget: Floats,
    gpus: Ints,
    room: float,
) -> np.ndarray:
    """Which of the active jobs run in this hour: those that must, then those for which it is cheap enough, as far as there is room."""
    must = budget[active] < 1
    wants = must | _cheap_enough(active, hour, price, left, expected, whole, budget)
    order = np.lexsort((budget[active], ~must))
    fits = np.zeros(len(active), dtype=bool)
    order = order[wants[order]]
    fits[order] = np.cumsum(gpus[active[order]]) <= room + 1e-9
    return fits


def _cheap_enough(
    active: Ints, hour: int, price: Floats, left: Floats, expected: Floats, whole: Floats, budget: Floats
) -> np.ndarray:
    """Is this hour among the cheapest of those left to a job? Where nothing is known of the rest, it pauses in hours dearer than those to come."""
    ran = whole[active] - left[active]
    remains = np.ceil(np.maximum(expected[active] - ran, 1.0))
    window = np.where(np.isnan(remains), budget[active] + 1, remains + budget[active]).astype(np.int64)
    need = np.where(np.isnan(remains), 1, remains)
    cheaper = np.zeros(len(active), dtype=np.int64)
    for length in np.unique(window):
        ahead = price[hour : hour + int(length)]
        cheaper[window == length] = int((ahead < price[hour] - 1e-12).sum())
    runs: np.ndarray = cheaper < need
    return runs
