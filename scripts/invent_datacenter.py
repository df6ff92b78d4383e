"""Writes the invented data center of examples/invented-datacenter: telemetry of two weeks, weather, jobs. The same numbers each time.

Nothing in it was measured anywhere. Jobs come at random, run in order, and give the load; the plant's equations give the cooling; the battery is
run by the product's own rolling plan, as it would have been. `python scripts/invent_datacenter.py` writes the files anew.
"""

import csv
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from leafledger.datacenter.clock import Clock, Floats  # noqa: E402
from leafledger.datacenter.cooling import Plant, cooled  # noqa: E402
from leafledger.datacenter.forecast import damped  # noqa: E402
from leafledger.datacenter.jobs import Cluster, Jobs, in_order, profile  # noqa: E402
from leafledger.datacenter.mpc import roll  # noqa: E402
from leafledger.datacenter.site import Battery, Problem  # noqa: E402
from leafledger.datacenter.tariff import prices  # noqa: E402
from leafledger.datacenter.tariffs import read_tariff  # noqa: E402
from leafledger.datacenter.weather import wet_bulb  # noqa: E402

FOLDER = ROOT / "examples" / "invented-datacenter"
ZONE = "Asia/Shanghai"
START = datetime(2025, 3, 3, tzinfo=ZoneInfo(ZONE))
HOURS, GPUS, KW_PER_GPU, BASE_KW = 14 * 24, 1280, 1.0, 750.0
PLANT = Plant(ups=0.95, supply=16, coverage=0.8, cycles=5, evaporative=0.92)
QUEUES = ("inference", "research", "training")


def main() -> None:
    rng = np.random.default_rng(20250303)
    clock = Clock(start=START, minutes=60, steps=HOURS, zone=ZONE)
    jobs = _jobs(rng)
    used = profile(in_order(jobs, Cluster(gpus=GPUS)), jobs.seconds, jobs.gpus, HOURS)
    dry, wet, humid = _weather(rng)
    it = BASE_KW + KW_PER_GPU * used + rng.normal(0, 6, HOURS)
    plant = cooled(PLANT, wet)
    noise = 1 + rng.normal(0, 0.02, HOURS)
    cooling = (plant.fans + plant.chiller + plant.pumps + plant.tower) * it * noise
    lighting = np.full(HOURS, 0.01) * it
    ups = it * (1 + 1 / (1 - PLANT.distribution) - 1)
    feed_to_ups = ups + it * (1 / PLANT.ups - 1)
    load = feed_to_ups + cooling + lighting
    pv = 350 * np.maximum(0, np.sin((np.arange(HOURS) % 24 - 6) * np.pi / 12)) * np.repeat(rng.uniform(0.25, 1, 14), 24)
    charge, discharge = _battery(clock, load, pv)
    water = plant.wue * it / 1000
    meters = {
        "main": load - pv + charge - discharge, "roof": pv, "battery.in": charge, "battery.out": discharge, "ups.in": feed_to_ups, "ups.out": it,
        "cooling": cooling, "lighting": lighting,
    }  # fmt: skip
    _write_telemetry(meters, water)
    _write_weather(dry, wet, humid)
    _write_jobs(jobs)


def _jobs(rng: np.random.Generator) -> Jobs:
    """Inference in the day, short research jobs by day and night, and training for most of a day that comes in the morning."""
    rows = []
    for day in range(14):
        weekend = day % 7 >= 5
        for _ in range(10 if weekend else 16):
            rows.append((day * 24 + rng.normal(14, 3), rng.uniform(2, 9), int(rng.choice([16, 32, 64])), 0))
        for _ in range(8 if weekend else 18):
            rows.append((day * 24 + rng.normal(15, 4), rng.lognormal(0.6, 0.8), int(rng.choice([8, 16, 32, 64])), 1))
        for _ in range(4 if weekend else 10):
            rows.append((day * 24 + rng.normal(9.5, 1.5), rng.uniform(5, 16), int(rng.choice([32, 64, 128])), 2))
    rows.sort()
    at, hours, gpus, queue = (np.array(column) for column in zip(*rows, strict=True))
    return Jobs(submitted=np.round(np.clip(at, 0, None) * 3600), seconds=np.round(np.clip(hours, 0.1, 40) * 3600), gpus=gpus.astype(np.int64),
                queue=queue.astype(np.int64), flexible=np.zeros(len(at), bool), slack=np.zeros(len(at)), queues=QUEUES)  # fmt: skip


def _weather(rng: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    """Early spring: between 3 and 17 °C, warmer from day to day, damp at night."""
    hour = np.arange(HOURS)
    spell = np.repeat(np.cumsum(rng.normal(0.15, 1.6, 14)).clip(-4, 6), 24)
    dry = np.round(9 + spell + 4 * np.sin((hour % 24 - 9) * np.pi / 12) + rng.normal(0, 0.4, HOURS), 1)
    humid = np.round((72 - 14 * np.sin((hour % 24 - 9) * np.pi / 12) + rng.normal(0, 5, HOURS)).clip(30, 100))
    return dry, np.round(wet_bulb(dry, humid, np.full(HOURS, 101_325.0)), 1), humid


def _battery(clock: Clock, load: Floats, pv: Floats) -> tuple[Floats, Floats]:
    """As the rolling plan would have run it, with what it would have known."""
    tariff = read_tariff(ROOT / "src/leafledger/library/tariffs/cn-sh-two-part.yaml")
    mw = load / 1000
    problem = Problem(
        clock=clock, load=mw, pv=pv / 1000, price=prices(tariff, clock).per_kwh, carbon=np.full(HOURS, 0.5), feeder=5.0, start=1.0, end=1.0,
        battery=Battery(power=1.5, energy=3.0, reserve=0.3, wear=0.03), demand={int(month): 40.8 for month in set(clock.months.tolist())},
    )  # fmt: skip
    plan = roll(problem, lambda step, steps: damped(mw[:step], steps, 24) if step else np.full(steps, mw[0]))
    return plan.charge * 1000, plan.discharge * 1000


def _write_telemetry(meters: dict[str, Floats], water: Floats) -> None:
    with (FOLDER / "telemetry" / "2025-03.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["time", "meter", "value"])
        register = 61_250 + np.concatenate([[0], np.cumsum(water)])
        for hour in range(HOURS + 1):
            at = f"{START + timedelta(hours=hour):%Y-%m-%d %H:%M}"
            if hour < HOURS:
                rows.writerows([at, name, f"{values[hour]:.1f}"] for name, values in meters.items())
            rows.writerow([at, "tower", f"{register[hour]:.3f}"])


def _write_weather(dry: Floats, wet: Floats, humid: Floats) -> None:
    with (FOLDER / "weather.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["time", "dry_bulb_c", "wet_bulb_c", "rh_pct"])
        for hour in range(HOURS):
            rows.writerow([f"{START + timedelta(hours=hour):%Y-%m-%d %H:%M}", dry[hour], wet[hour], int(humid[hour])])


def _write_jobs(jobs: Jobs) -> None:
    with (FOLDER / "jobs.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["submit_time", "duration_s", "num_gpus", "vc"])
        for at, seconds, gpus, queue in zip(jobs.submitted, jobs.seconds, jobs.gpus, jobs.queue, strict=True):
            submitted = START + timedelta(seconds=float(at))
            rows.writerow([f"{submitted:%Y-%m-%d %H:%M:%S}", int(seconds), gpus, QUEUES[queue]])


if __name__ == "__main__":
    main()
