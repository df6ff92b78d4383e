"""Jobs are moved to cheap hours, and no job ends after its deadline, passes a quota or loses GPU time on the way."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leafledger.datacenter.deferral import Deferred, defer
from leafledger.datacenter.idle import switched_off
from leafledger.datacenter.jobs import HOUR, Cluster, Jobs, in_order, profile, sound
from leafledger.datacenter.online import guessed, run_online

HOURS = 24 * 8
PRICE = np.resize(np.r_[np.full(8, 0.3), np.full(4, 1.2), np.full(6, 0.7), np.full(4, 1.4), np.full(2, 0.3)], HOURS)


def jobs(count: int = 300, *, seed: int = 1, slack: float = 12.0, gpus: int = 8) -> Jobs:
    rng = np.random.default_rng(seed)
    return Jobs(
        submitted=np.sort(rng.uniform(0, 5 * 24 * HOUR, count)),
        seconds=rng.lognormal(8.5, 1.0, count).clip(60, 30 * HOUR),
        gpus=rng.integers(1, gpus + 1, count),
        queue=rng.integers(0, 2, count),
        flexible=rng.random(count) < 0.7,
        slack=np.full(count, slack * HOUR),
        queues=("research", "product"),
    )


def one(*, submitted: float, hours: float, slack: float, gpus: int = 1) -> Jobs:
    return Jobs(
        submitted=np.array([submitted * HOUR]), seconds=np.array([hours * HOUR]), gpus=np.array([gpus]), queue=np.array([0]),
        flexible=np.array([True]), slack=np.array([slack * HOUR]), queues=("research",),
    )  # fmt: skip


def few(*, submitted: list[float], seconds: list[float], gpus: list[int]) -> Jobs:
    return replace(
        jobs(len(gpus)),
        submitted=np.array(submitted),
        seconds=np.array(seconds),
        gpus=np.array(gpus),
        queue=np.zeros(len(gpus), int),
    )


def last_end(plan: Deferred, job: int) -> float:
    """The latest that a moved job can end, in hours."""
    return float((plan.pieces.hour[plan.pieces.job == job] + 1).max())


def test_jobs_run_in_the_order_in_which_they_came() -> None:
    queue = few(submitted=[0.0, 1.0, 2.0], seconds=[10.0, 10.0, 10.0], gpus=[4, 6, 1])
    assert in_order(queue, Cluster(gpus=8)).tolist() == [0.0, 10.0, 10.0]


def test_a_queue_holds_no_more_than_its_quota() -> None:
    queue = few(submitted=[0.0, 0.0], seconds=[10.0, 10.0], gpus=[4, 4])
    assert in_order(queue, Cluster(gpus=8, quotas=(4, 0))).tolist() == [0.0, 10.0]


def test_a_profile_holds_all_gpu_hours() -> None:
    some = jobs()
    starts = in_order(some, Cluster(gpus=40))
    assert profile(starts, some.seconds, some.gpus, 24 * 60).sum() == pytest.approx(some.gpu_hours)


def test_a_job_of_two_hours_runs_in_the_two_cheapest_of_its_window() -> None:
    plan = defer(one(submitted=8, hours=2, slack=12), Cluster(gpus=8), PRICE, 0.5)
    assert PRICE[plan.pieces.hour].tolist() == [0.7, 0.7] and plan.pieces.hour.max() < 8 + 2 + 12


def test_a_fraction_of_an_hour_goes_to_the_dearest_of_its_hours() -> None:
    plan = defer(one(submitted=8, hours=2.25, slack=12), Cluster(gpus=8), PRICE, 0.5)
    assert sorted(plan.pieces.part.tolist()) == [0.25, 1.0, 1.0]


@settings(max_examples=20, deadline=None, derandomize=True)
@given(
    seed=st.integers(0, 10_000),
    slack=st.sampled_from([1.0, 5.0, 12.0, 30.0]),
    quota=st.sampled_from([(), (24, 0), (20, 20)]),
)
def test_no_deadline_quota_or_limit_is_broken_and_no_work_is_lost(
    seed: int, slack: float, quota: tuple[int, ...]
) -> None:
    some, cluster = jobs(seed=seed, slack=slack), Cluster(gpus=40, quotas=quota)
    starts = in_order(some, cluster)
    plan = defer(some, cluster, PRICE, 0.5)
    moved = np.unique(plan.pieces.job)
    assert all(last_end(plan, job) * HOUR <= starts[job] + some.seconds[job] + some.slack[job] + HOUR for job in moved)
    assert all(plan.pieces.hour[plan.pieces.job == job].min() * HOUR >= some.submitted[job] - HOUR for job in moved)
    worked = np.bincount(plan.pieces.job, plan.pieces.part, len(some))[moved] * HOUR
    assert worked == pytest.approx(some.seconds[moved])
    assert plan.used.max() <= 40 + 1e-6 and plan.used.sum() == pytest.approx(plan.before.sum())
    assert plan.cost <= plan.cost_before + 1e-9 and plan.bound <= plan.cost + 1e-9


def test_jobs_draw_no_more_power_than_is_left() -> None:
    some, cluster = jobs(), Cluster(gpus=40)
    cap = defer(some, cluster, PRICE, 0.5, passes=0).before.max()
    plan = defer(some, cluster, PRICE, 0.5, power_left=np.full(HOURS, cap * 0.5))
    assert plan.used.max() <= cap + 1e-6


def test_most_of_the_possible_saving_is_had() -> None:
    assert defer(jobs(600), Cluster(gpus=140), PRICE, 0.5).share_of_bound > 0.9


def test_urgent_jobs_stay_where_they_are() -> None:
    some = jobs()
    plan = defer(some, Cluster(gpus=40), PRICE, 0.5)
    assert (plan.starts[~some.flexible] == in_order(some, Cluster(gpus=40))[~some.flexible]).all()


@pytest.mark.parametrize("knows", ["durations", "guesses", "nothing"])
def test_without_foresight_jobs_save_less_and_still_end_in_time(knows: str) -> None:
    some, cluster = jobs(600, seed=3), Cluster(gpus=200)
    starts = in_order(some, cluster)
    guess = {"durations": some.seconds, "guesses": guessed(some, starts), "nothing": None}[knows]
    run = run_online(some, cluster, PRICE, 0.5, guess)
    assert run.late.max() <= 12 + 1e-9 and run.used.max() <= 200 + 1e-6
    assert run.used.sum() == pytest.approx(run.before.sum())
    assert defer(some, cluster, PRICE, 0.5).bound <= run.cost < run.cost_before


def test_a_guess_is_the_median_of_what_had_ended_by_then() -> None:
    some = few(
        submitted=[100.0 * n for n in range(7)], seconds=[10.0, 20.0, 30.0, 40.0, 50.0, 999.0, 5.0], gpus=[1] * 7
    )
    guess = guessed(some, in_order(some, Cluster(gpus=8)))
    assert np.isnan(guess[:5]).all() and guess[5] == 30 and guess[6] == 30


def test_what_can_never_run_is_told() -> None:
    odd = replace(jobs(3), gpus=np.array([1, 99, 0]), seconds=np.array([5.0, 5.0, -1.0]))
    said = [finding.message for finding in sound(odd, Cluster(gpus=8))]
    assert [text.split(";")[0] for text in said] == [
        "job 2 asks for no GPU (1 such jobs)",
        "job 2 runs for no time or less (1 such jobs)",
        "job 1 asks for more GPUs than there are (1 such jobs)",
    ]


def test_nodes_that_are_not_needed_for_two_hours_are_off() -> None:
    off = switched_off(np.array([80.0, 16, 80, 16, 16, 16, 80]), gpus=80, per_node=8, idle_kw=1.4, spare=1)
    assert off.nodes.tolist() == [0, 0, 0, 7, 7, 7, 0]
    assert off.kwh == pytest.approx(21 * 1.4 - 7 * 0.5)
