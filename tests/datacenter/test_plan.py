"""A plan rests on what was known, keeps every limit and deadline, and says which is in the way; ways are compared on the same work or not at all."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.datacenter.cases import day_shape, problem
from tests.datacenter.center import SITE, carbon, center, known, log_of, plan_at, spoilt
from tests.datacenter.test_dispatch import holds

from leafledger.core.finding import Refused
from leafledger.datacenter.backtest import Backtest, backtest, ended, same_work
from leafledger.datacenter.deferral import defer
from leafledger.datacenter.definitions import read_datacenters
from leafledger.datacenter.jobs import HOUR, Cluster, Jobs, in_order
from leafledger.datacenter.measured import known_history
from leafledger.datacenter.plan import planned, works
from leafledger.datacenter.queue import queue_at
from leafledger.datacenter.rule import by_rule


@settings(max_examples=12, deadline=None, derandomize=True)
@given(hour=st.integers(0, 95), goal=st.sampled_from(["cost", "carbon", "peak"]))
def test_a_plan_at_any_hour_keeps_feeder_battery_and_balance(hour: int, goal: str) -> None:
    made = plan_at(f"2025-03-{12 + hour // 24:02d}T{hour % 24:02d}:00", goal=goal)
    holds(made.plan, made.problem)
    assert made.plan.energy[-1] == pytest.approx(made.problem.start), "what it gives away at the end would be no saving"


def random_jobs(seed: int) -> tuple[Jobs, Cluster]:
    rng = np.random.default_rng(seed)
    count = int(rng.integers(5, 60))
    jobs = Jobs(
        submitted=np.sort(rng.uniform(-1, 60, count)) * HOUR, seconds=rng.uniform(0.2, 14, count) * HOUR, gpus=rng.integers(1, 9, count),
        queue=rng.integers(0, 2, count), flexible=rng.random(count) < 0.7, slack=rng.uniform(0, 20, count) * HOUR, queues=("a", "b"),
    )  # fmt: skip
    return jobs, Cluster(gpus=int(rng.integers(10, 40)), quotas=(0, 9) if seed % 2 else ())


@settings(max_examples=40, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000))
def test_a_moved_job_never_begins_before_it_came_nor_ends_after_its_deadline(seed: int) -> None:
    jobs, cluster = random_jobs(seed)
    rng = np.random.default_rng(seed)
    room = rng.uniform(4, 40, 96)
    plan = defer(jobs, cluster, rng.uniform(0.2, 1.2, 96), 1.0, power_left=room, rounds=0)
    ends = in_order(jobs, cluster) + jobs.seconds
    pieces = plan.pieces
    begins, last = pieces.hour * HOUR, (pieces.hour + pieces.part) * HOUR
    own = np.isclose(begins, np.floor(in_order(jobs, cluster)[pieces.job] / HOUR) * HOUR)
    assert ((begins >= jobs.submitted[pieces.job] - 1e-6) | own).all()
    assert (last <= (ends + jobs.slack)[pieces.job] + HOUR + 1e-6).all()
    assert plan.used.sum() == pytest.approx(plan.before.sum()), "the same GPU-hours"
    assert (plan.used <= np.maximum(np.minimum(cluster.gpus, room), plan.before) + 1e-6).all(), (
        "no limit is passed that was kept before"
    )


def test_moved_jobs_of_the_example_run_in_full_within_their_slack() -> None:
    made = plan_at("2025-03-13T09:00")
    assert made.queue is not None and made.jobs is not None
    left, pieces, cluster = made.queue.remaining, made.jobs.pieces, Cluster(gpus=1280)
    assert len(pieces.job)
    for job in set(pieces.job.tolist()):
        mine = pieces.job == job
        assert pieces.part[mine].sum() * HOUR == pytest.approx(left.seconds[job])
        assert (pieces.hour[mine] * HOUR).max() < (in_order(left, cluster) + left.seconds + left.slack)[job]
        assert left.queues[left.queue[job]] == "training", "inference and research are never moved"
    assert made.plan.cost < made.plain.cost


def test_nothing_that_was_measured_later_is_looked_at(tmp_path) -> None:
    folder = spoilt(tmp_path)
    file = folder / "telemetry" / "2025-03.csv"
    early = [
        row
        for row in file.read_text(encoding="utf-8").splitlines()
        if row < "2025-03-13 09:00" or row.startswith("time")
    ]
    whole = plan_at("2025-03-13T09:00")
    file.write_text("\n".join(early) + "\n", encoding="utf-8")
    read = center(folder)
    then = planned(read.of, read.tariff, known(read), carbon(48), whole.problem.start, log=log_of(read))
    assert (then.band.middle == whole.band.middle).all() and (then.plan.grid == whole.plan.grid).all()


def test_the_queue_is_what_had_come_and_not_ended() -> None:
    jobs = Jobs(
        submitted=np.array([0.0, 0.0, 3600.0, 9000.0]), seconds=np.array([1800.0, 9000.0, 7200.0, 60.0]), gpus=np.array([4, 6, 8, 1]),
        queue=np.zeros(4, int), flexible=np.ones(4, bool), slack=np.full(4, 7200.0), queues=("a",),
    )  # fmt: skip
    found = queue_at(jobs, Cluster(gpus=10), 5400.0)
    assert found.at.tolist() == [1, 2] and found.running.tolist() == [True, False], (
        "the third waits for GPUs, the fourth has not come"
    )
    assert found.remaining.seconds.tolist() == [900.0, 1800.0], (
        "by the one that has ended: half an hour, and the second has had more"
    )


def test_a_short_hole_is_said_and_a_long_one_cuts_off_what_lies_before() -> None:
    at = known(center(), "2025-03-10")
    short = at.load.copy()
    short[100:102] = np.nan
    history, start, findings = known_history(short, at.clock)
    assert start == 0 and not np.isnan(history).any() and "in 2 hours, first at 2025-03-07 04:00" in findings[0].message
    long = at.load.copy()
    long[100:110] = np.nan
    history, start, findings = known_history(long, at.clock)
    assert start == 110 and len(history) == len(long) - 110 and "until 2025-03-07 14:00" in findings[0].message
    with pytest.raises(Refused, match="a forecast needs 24"):
        known_history(np.full(168, np.nan), at.clock)


def test_flexible_work_runs_on_each_day_that_lies_in_the_plan_as_a_whole() -> None:
    read = center()
    clock = known(read, "2025-03-13T12:00").clock.part(252, 48)
    assert [(work.name, work.first, work.last) for work in works(read.of, clock)] == [("backup 2025-03-14", 22, 30)]


@pytest.fixture(scope="module")
def compared() -> Backtest:
    read = center()
    measured = known(read, "2025-03-14")
    return backtest(read.of, read.tariff, measured, 168, carbon(96), 0.61, log=log_of(read), kw=1.2)


def test_every_way_does_the_same_work_and_ends_the_same(compared: Backtest) -> None:
    first, *others = compared.strategies
    assert [one.name for one in compared.strategies] == ["fifo", "rule", "mpc", "foresight", "full", "known"]
    for one in others:
        assert one.gpu_hours == pytest.approx(first.gpu_hours) and one.ends_with == pytest.approx(
            first.ends_with, abs=1e-4
        )
        assert one.load.sum() == pytest.approx(first.load.sum())
        holds(one.plan, replace(compared.problem, load=one.load))


def test_foresight_is_the_most_and_a_battery_adds_emissions_at_a_flat_factor(compared: Backtest) -> None:
    by = {one.name: one for one in compared.strategies}
    assert by["fifo"].cost > by["mpc"].cost >= by["foresight"].cost and by["full"].cost < by["mpc"].cost
    assert by["mpc"].share is not None and 0 < by["mpc"].share <= 1
    lost = by["mpc"].losses(compared.problem.start, 1.0)
    assert lost > 0 and by["mpc"].location - by["fifo"].location == pytest.approx(lost * 0.5737)
    assert by["mpc"].market is not None and by["known"].waits is not None and by["known"].waits.missed == 0


def test_the_bill_of_a_way_is_exact_to_the_watt_hour(compared: Backtest) -> None:
    lines = compared.strategies[0].lines
    kwh = sum(line.quantity for line in lines if line.unit == "kWh")
    assert kwh == round(float(compared.strategies[0].plan.grid.sum()) * 1e6) / 1000 or float(kwh) == pytest.approx(
        compared.strategies[0].plan.grid.sum() * 1000, abs=0.1
    )
    assert all(line.amount == line.quantity * line.price for line in lines)


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"gpu_hours": 1.0}, "would be work not done"), ({"ends_with": 0.0}, "that is no saving")],
    ids=["work", "end"],
)
def test_a_saving_from_other_work_or_another_end_is_refused(compared: Backtest, changes: dict, said: str) -> None:
    first, second, *_ = compared.strategies
    with pytest.raises(Refused, match=said):
        same_work([first, replace(second, **changes)])


@pytest.mark.parametrize("end", [2.0, 18.0, 34.0])
def test_a_rule_is_brought_to_the_end_that_is_asked_for(end: float) -> None:
    of = problem(load=day_shape(problem().clock), end=end)
    plan = ended(of, by_rule(of, ("valley", "flat", "peak"), np.repeat([0, 1, 2, 1], 6)))
    holds(plan, of)
    assert plan.energy[-1] == pytest.approx(end, abs=1e-5)


def test_jobs_that_would_draw_more_than_was_measured_are_refused() -> None:
    read = center()
    with pytest.raises(Refused, match=r"the jobs of the log would draw .* MW at .*, and .* MW were measured in all"):
        backtest(read.of, read.tariff, known(read, "2025-03-14"), 168, carbon(96), None, log=log_of(read), kw=9.0)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("feeder: 4.0", "feeder: 0", r"datacenter.yaml:3: .*the feeder carries 0.0 MW"),
        ("reserve: 0.3", "reserve: 9", r"datacenter.yaml:9: .*the reserve of 9.0 MWh cannot be kept by a battery of 3.0 MWh"),
        ("charge: 0.94,", "charge: 94,", r"datacenter.yaml:9: .*efficiencies are shares such as 0.94"),
        ("held: 1.0", "held: 7", r"the battery holds 7.0 MWh at first"),
        ("meters: meters.yaml", "meters: metres.yaml", r"datacenter.yaml:3: .*the file metres.yaml \(meters\) is not there"),
        ("weather: weather.csv", "weather: wether.csv", r"datacenter.yaml:\d+: .*the file wether.csv \(weather\) is not there"),
        ("tariff: cn-sh-two-part", "tariff: cn-sh-twopart", r"there is no tariff 'cn-sh-twopart'.*cn-sh-two-part"),
        ('["telemetry/*.csv"]', '["telemetry/*.parquet"]', r"no file fits the telemetry 'telemetry/\*.parquet'"),
        ("site: dc-east", "site: dc-est", r"unknown site 'dc-est'.*dc-east"),
        ("feeder: 4.0", "feeders: 4.0", r"unknown key '0?\.?feeders'|unknown key 'feeders'"),
        ("power: 0.2", "power: strong", r"datacenter.yaml:18: .*power"),
        ("first_hour: 10", "first_hour: 19", r"backup may run from 19 to 18 o'clock"),
        ("slack_hours: 12", "slack_hours: -1", r"the slack of -1.0 hours lies in the past"),
        ("supply: 16", "supplies: 16", r"datacenter.yaml:\d+: .*supplies"),
        ("measures: [storage, free_cooling]", "measures: [storage, indirect_evaporative]", r"no unit is described"),
        ("demand_by: maximum_demand", "demand_by: capacity", r"capacity_kva is not given"),
    ],
)  # fmt: skip
def test_an_error_in_the_definition_is_told_with_its_line(tmp_path, old: str, new: str, said: str) -> None:
    folder = spoilt(tmp_path, "datacenter.yaml", old, new)
    with pytest.raises(Refused, match=said):
        read_datacenters(folder, [SITE])
