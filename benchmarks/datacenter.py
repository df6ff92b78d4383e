"""Measures the data center's plans: against the bare solver, against other libraries, and against what perfect foresight would save.

    python benchmarks/datacenter.py [--data FOLDER] [--samples 100000000]

FOLDER holds the public traces that docs/datacenter.md names (they may not be shipped). Without it, what needs them is left out, and said.
PyPSA is compared where it is installed.
"""

import argparse
import importlib.util
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import datacenter_cooling
import datacenter_telemetry
import numpy as np

import leafledger.library
from leafledger.datacenter.clock import Clock, Floats
from leafledger.datacenter.deferral import defer
from leafledger.datacenter.dispatch import dispatch, loaded
from leafledger.datacenter.forecast import damped, fit, predict, seasonal_naive
from leafledger.datacenter.jobs import Cluster, Jobs, in_order
from leafledger.datacenter.matrix import program
from leafledger.datacenter.mpc import roll
from leafledger.datacenter.online import guessed, run_online
from leafledger.datacenter.rule import by_rule, without_battery
from leafledger.datacenter.site import Battery, Problem
from leafledger.datacenter.tariff import prices
from leafledger.datacenter.tariffs import read_tariff

ZONE = "Asia/Shanghai"
TARIFF = read_tariff(Path(leafledger.library.__file__).parent / "tariffs" / "cn-sh-two-part.yaml")
PEAK_MW, IDLE = 30.0, 0.26
"""The largest load that shapes are scaled to, and the share of it that idle servers draw."""
RUNS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One measured ratio and the limit that it is held to: at most, or at least."""

    name: str
    value: float
    limit: float
    at_least: bool = False

    @property
    def held(self) -> bool:
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def main() -> int:
    """Print each ratio with its limit; the number of limits that were missed is the exit status."""
    options = argparse.ArgumentParser()
    options.add_argument("--data", type=Path)
    options.add_argument("--samples", type=int, default=100_000_000, help="of telemetry; 0: none")
    given = options.parse_args()
    data = given.data
    found = [*solver_overhead(60, 1.5), *solver_overhead(15, 1.3), *against_pypsa()]
    found += [
        Held(name=n, value=v, limit=m, at_least=least)
        for n, v, m, least in (datacenter_telemetry.measured(given.samples) if given.samples else ())
    ]
    if data is None:
        print("without --data: shapes and jobs of public traces are not measured\n")
    else:
        shapes = {"Earth": (earth(data), "2025-05-01"), "Philly": (philly_nodes(data), "2025-10-03")}
        for name, (used, day) in shapes.items():
            found += foresight(name, used, day)
        found += forecasts(data)
        found += deferral(data)
        found += [
            Held(name=n, value=v, limit=m, at_least=least) for n, v, m, least in datacenter_cooling.measured(data)
        ]
    for one in found:
        sign = "≥" if one.at_least else "≤"
        print(f"{one.name:72} {one.value:8.3f}  {sign} {one.limit:g}{'' if one.held else '   MISSED'}")
    return sum(not one.held for one in found)


def year(minutes: int) -> Problem:
    """An invented year with a daily shape, maximum demand billed by month."""
    clock = clock_of("2025-01-01", 365 * 24 * 60 // minutes, minutes)
    rng = np.random.default_rng(1)
    hour = np.arange(clock.steps) * clock.hours
    load = 22 + 6 * np.sin((hour - 9) * 2 * np.pi / 24) + rng.normal(0, 1, clock.steps)
    return problem(clock, load, demand=40.8)


def problem(clock: Clock, load: Floats, *, demand: float) -> Problem:
    return Problem(
        clock=clock, load=load, pv=np.zeros(clock.steps), price=prices(TARIFF, clock).per_kwh, carbon=np.full(clock.steps, 0.5366),
        battery=Battery(power=18, energy=36), feeder=80.0, start=18.0, end=18.0,
        demand={int(month): demand for month in np.unique(clock.months)} if demand else {},
    )  # fmt: skip


def clock_of(day: str, steps: int, minutes: int = 60) -> Clock:
    return Clock(
        start=datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(ZONE)), minutes=minutes, steps=steps, zone=ZONE
    )


def solver_overhead(minutes: int, limit: float) -> list[Held]:
    """A plan of one year, from the problem to the plan, over what the solver takes on the same matrix."""
    of, runs = year(minutes), RUNS if minutes == 60 else 1
    made = program(of)

    def bare() -> float:
        solver = loaded(made)
        return timed(solver.run)

    alone = statistics.median(bare() for _ in range(runs))
    whole = statistics.median(timed(lambda: dispatch(of)) for _ in range(runs))
    print(f"one year of {minutes} minutes: solver {alone:.2f} s, plan {whole:.2f} s")
    return [Held(name=f"plan of a year of {minutes} minutes / bare solver", value=whole / alone, limit=limit)]


def against_pypsa() -> list[Held]:
    """The same year and battery as a PyPSA network, energy alone (PyPSA has no monthly demand charge of its own)."""
    if importlib.util.find_spec("pypsa") is None:
        print("PyPSA is not installed: not compared")
        return []
    import logging
    import warnings

    import pandas as pd
    import pypsa

    logging.disable(logging.INFO)
    warnings.simplefilter("ignore")

    of = replace(year(60), demand={})

    def theirs() -> float:
        net = pypsa.Network()
        net.set_snapshots(pd.RangeIndex(of.clock.steps))
        net.add("Bus", "site")
        net.add("Load", "load", bus="site", p_set=of.load)
        net.add("Generator", "grid", bus="site", p_nom=of.feeder, marginal_cost=of.price * 1000)
        battery = of.battery
        net.add("StorageUnit", "battery", bus="site", p_nom=battery.power, max_hours=battery.energy / battery.power,
                efficiency_store=battery.charge, efficiency_dispatch=battery.discharge, cyclic_state_of_charge=True)  # fmt: skip
        net.optimize(solver_name="highs", solver_options={"output_flag": False}, progress=False)
        return float(net.objective)

    costs: list[float] = []
    theirs_s = statistics.median(timed(lambda: costs.append(theirs())) for _ in range(3))
    ours_s = statistics.median(timed(lambda: dispatch(of)) for _ in range(RUNS))
    print(
        f"energy alone: ours {dispatch(of).cost / 1000:,.0f}, PyPSA {costs[0] / 1000:,.0f} thousand; {ours_s:.2f} s and {theirs_s:.2f} s"
    )
    return [Held(name="PyPSA / ours, one year, hourly", value=theirs_s / ours_s, limit=4, at_least=True)]


def foresight(name: str, used: Floats, day: str) -> list[Held]:
    """What the rolling plan saves of what perfect foresight would, with and without demand; the fixed rule's share is printed."""
    used = used[: len(used) // 24 * 24]
    load = PEAK_MW * (IDLE + (1 - IDLE) * used / used.max())
    found = []
    for demand in (0.0, 40.8):
        of = problem(clock_of(day, len(load)), load, demand=demand)
        tariff = prices(TARIFF, of.clock)
        none, best = without_battery(of).cost, dispatch(of).cost
        plan = roll(of, lambda step, steps: damped(load[:step], steps, 24) if step else np.full(steps, load[0]))
        share, rule = (
            (none - cost) / (none - best) for cost in (plan.cost, by_rule(of, tariff.names, tariff.period).cost)
        )
        what = "demand billed" if demand else "energy alone"
        print(
            f"{name} ({len(load)} h, {PEAK_MW:g} MW at most), {what}: perfect foresight saves {(none - best) / none:.2%}, rule {rule:.1%} of it"
        )
        found.append(
            Held(name=f"{name}, {what}: rolling plan / perfect foresight", value=share, limit=0.93, at_least=True)
        )
    return found


def forecasts(data: Path) -> list[Held]:
    """The error of a day ahead over that of the day before, for each cluster and each queue; refitted weekly, as it would be run."""
    series = {"Earth": (earth(data), 21), "Philly": (philly_nodes(data), 53)}
    series |= {f"Earth {queue}": (values, 21) for queue, values in earth_queues(data).items()}
    ratios = {name: _error_ratio(values, days * 24) for name, (values, days) in series.items()}
    worst = max(ratios, key=lambda name: ratios[name])
    median = statistics.median(ratios.values())
    print(
        f"forecast error / that of the day before: Earth {ratios['Earth']:.2f}, Philly {ratios['Philly']:.2f}, median {median:.2f}"
    )
    return [
        Held(name=f"forecast / day before, the worst of {len(ratios)} series ({worst})", value=ratios[worst], limit=1.0)
    ]


def _error_ratio(values: Floats, since: int) -> float:
    ours, naive = [], []
    for n, at in enumerate(range(since, len(values) - 23, 6)):
        if n % 28 == 0:
            model = fit(values[:at], 24, 24)
        ours.append(np.abs(predict(model, values[:at]).middle - values[at : at + 24]).mean())
        naive.append(np.abs(seasonal_naive(values[:at], 24, 24) - values[at : at + 24]).mean())
    return float(np.mean(ours) / np.mean(naive))


def deferral(data: Path) -> list[Held]:
    """Real jobs with 12 hours of slack, 70 % of them flexible: the share of the bound, and a million of them in seconds."""
    jobs = philly_jobs(data)
    hours = int((jobs.submitted + jobs.seconds).max() // 3600) + 100
    price = np.resize(prices(TARIFF, clock_of("2025-09-04", 24 * 115)).per_kwh, hours)
    cluster, kw = Cluster(gpus=900), 0.5 * 1.284
    plan = defer(jobs, cluster, price, kw)
    guess = guessed(jobs, in_order(jobs, cluster))
    shares = {}
    for name, known in (("durations known", jobs.seconds), ("durations guessed", guess), ("nothing known", None)):
        run = run_online(jobs, cluster, price, kw, known)
        shares[name] = (run.cost_before - run.cost) / (plan.cost_before - plan.bound)
    had = ", ".join(f"{name} {share:.0%}" for name, share in shares.items())
    print(f"jobs: bound {1 - plan.bound / plan.cost_before:.2%} of dynamic energy cost; of it, run as they come: {had}")
    many = 13
    tiled = replace(
        jobs, submitted=np.concatenate([jobs.submitted + n * 95 * 86_400.0 for n in range(many)]), seconds=np.tile(jobs.seconds, many),
        gpus=np.tile(jobs.gpus, many), queue=np.tile(jobs.queue, many), flexible=np.tile(jobs.flexible, many), slack=np.tile(jobs.slack, many),
    )  # fmt: skip
    seconds = timed(lambda: defer(tiled, cluster, np.resize(price, hours + many * 95 * 24), kw, passes=1, rounds=0))
    return [
        Held(name="jobs, 12 h of slack: plan / bound", value=plan.share_of_bound, limit=0.70, at_least=True),
        Held(name=f"seconds for {len(tiled):,} jobs", value=seconds, limit=60),
    ]


def earth(data: Path) -> Floats:
    """Running GPUs by hour, all queues of the cluster Earth, May 2020."""
    return np.sum(list(earth_queues(data).values()), axis=0)


def earth_queues(data: Path) -> dict[str, Floats]:
    import pyarrow.parquet as pq

    table = pq.read_table(data / "helios_earth_vc_load_1min_202005.parquet")
    queue, running = np.array(table["vc"].cast("string")), table["running_gpu_num"].to_numpy().astype(float)
    order = np.lexsort((np.array(table["time"]), queue))
    queue, running = queue[order], running[order]
    return {str(name): _hourly(running[queue == name]) for name in np.unique(queue)}


def philly_nodes(data: Path) -> Floats:
    import pyarrow.parquet as pq

    return _hourly(
        pq.read_table(data / "philly_active_nodes_1min.parquet", columns=["active"])["active"].to_numpy().astype(float)
    )


def philly_jobs(data: Path) -> Jobs:
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    table = pq.read_table(data / "philly_jobs.parquet")
    at = pc.cast(table["submit_time"], "timestamp[s]").to_numpy().astype("datetime64[s]").astype(np.int64)
    seconds, gpus = table["duration_s"].to_numpy().astype(float), table["num_gpus"].to_numpy().astype(np.int64)
    ran = (seconds > 0) & (gpus > 0)
    names, queue = np.unique(np.array(table["vc"].cast("string"))[ran], return_inverse=True)
    begins = at.min() // 86_400 * 86_400
    return Jobs(
        submitted=(at[ran] - begins).astype(float), seconds=seconds[ran], gpus=gpus[ran], queue=queue,
        flexible=np.random.default_rng(0).random(int(ran.sum())) < 0.7, slack=np.full(int(ran.sum()), 12 * 3600.0), queues=tuple(map(str, names)),
    )  # fmt: skip


def _hourly(minutes: Floats) -> Floats:
    means: Floats = minutes[: len(minutes) // 60 * 60].reshape(-1, 60).mean(axis=1)
    return means


def timed(act: Callable[[], object]) -> float:
    before = time.perf_counter()
    act()
    return time.perf_counter() - before


if __name__ == "__main__":
    sys.exit(main())
