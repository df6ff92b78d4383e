"""Measures telemetry: one-minute samples to hourly PUE, WUE and CUE with coverage and residuals, site-month by site-month, over a bare scan.

    python benchmarks/datacenter_telemetry.py [--samples 100000000]

The months of one site's year are made once and read again and again until the samples are through; the scan reads the same columns of the same
files. `--samples 1000000000` is the same at ten times the length: what is held in memory is one month.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from leafledger.datacenter.efficiency import cue, pue, residuals, wue
from leafledger.datacenter.meters import Meter, Tree
from leafledger.datacenter.telemetry import hourly

ZONE = "Asia/Shanghai"
RACKS, MONTHS = 14, 12
RATIO, MEGABYTES = 3.5, 512.0
SCAN = "SELECT count(meter), max(time), sum(value) FROM read_parquet('{path}')"
TREE = Tree(
    site="hall",
    zone=ZONE,
    category=3,
    meters=(
        Meter(id="main", role="feed", reads="register", limit=1e9),
        Meter(id="roof", role="generation", reads="interval"),
        Meter(id="ups", role="ups", reads="register", parent="main"),
        Meter(id="chiller", role="cooling", reads="interval", parent="main"),
        Meter(id="pumps", role="cooling", reads="interval", parent="main"),
        Meter(id="tower", role="water", reads="register", unit="m3"),
        *[Meter(id=f"rack-{n:02d}", role="it", reads="interval", parent="ups") for n in range(RACKS)],
    ),
)
Held = tuple[str, float, float, bool]
"""What was measured, its value, its limit, and whether the limit is the least it may be."""


def measured(samples: int) -> list[Held]:
    """The ratio and the memory, in a process of their own, so that making the files is not counted."""
    with tempfile.TemporaryDirectory() as place:
        each = made(Path(place))
        command = [sys.executable, __file__, "--samples", str(samples), "--place", place]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stdout + done.stderr)
        ours, scan, megabytes, count = map(float, done.stdout.split())
    print(
        f"telemetry: {count:,.0f} samples in site-months of {each:,}: ours {ours:.2f} s, bare scan {scan:.2f} s, {megabytes:,.0f} MB at most"
    )
    return [
        (f"telemetry, {count:,.0f} samples / bare scan of the same columns", ours / scan, RATIO, False),
        ("telemetry, MB of memory at most", megabytes, MEGABYTES, False),
    ]


def made(place: Path) -> int:
    """A file for each month of a year; how many samples the last one holds."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rng = np.random.default_rng(7)
    names = [meter.id for meter in TREE.meters]
    registers = np.array([meter.reads == "register" for meter in TREE.meters])
    stand = np.array([1000.0 if one else 0.0 for one in registers])
    rows = 0
    for month in range(MONTHS):
        start = _start(month)
        minutes = int((_start(month + 1) - start) / timedelta(minutes=1))
        at = np.datetime64(start.replace(tzinfo=None), "us") + np.arange(minutes) * np.timedelta64(60_000_000, "us")
        flow = rng.uniform(0.5, 1.5, (minutes, len(names))) * np.where(registers, 20.0, 1.0)
        values = np.where(registers, stand + np.cumsum(flow, axis=0), flow).round(3)
        stand = np.where(registers, values[-1], 0.0)
        meter = pa.DictionaryArray.from_arrays(
            pa.array(np.tile(np.arange(len(names), dtype=np.int32), minutes)), pa.array(names)
        )
        table = pa.table(
            {"meter": meter, "time": pa.array(np.repeat(at, len(names))), "value": pa.array(values.ravel())}
        )
        pq.write_table(table, place / f"{month:02d}.parquet", compression="zstd")
        rows = table.num_rows
    return rows


def run(place: Path, samples: int) -> None:
    """Print the seconds of ours and of the scan, the memory at most, and how many samples there were."""
    import duckdb
    import pyarrow.parquet as pq

    files = [place / f"{month:02d}.parquet" for month in range(MONTHS)]
    counts = [pq.ParquetFile(file).metadata.num_rows for file in files]
    turns: list[int] = []
    while sum(counts[month] for month in turns) < samples:
        turns.append(len(turns) % MONTHS)
    duck = duckdb.connect()
    duck.execute("SET threads = 2")
    _scan(duck, files[0])
    _month(files[0], 0)  # what is loaded and compiled once is not measured
    ours = scan = 0.0
    for month in turns:  # by turns, so that a busy machine slows both
        scan += _timed(lambda month=month: _scan(duck, files[month]))
        ours += _timed(lambda month=month: _month(files[month], month))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(ours, scan, megabytes, sum(counts[month] for month in turns))


def _month(file: Path, month: int) -> None:
    start = _start(month)
    hours = int((_start(month + 1) - start) / timedelta(hours=1))
    of = hourly(TREE, [file], start, hours)
    known = [one.value for one in (*pue(of)[1], *wue(of)[1], *cue(of, np.full(hours, 0.5366))[1])]
    assert all(value is not None for value in known) and len(residuals(of)) == 2


def _scan(duck: Any, file: Path) -> None:
    duck.execute(SCAN.format(path=file)).fetchall()


def _start(month: int) -> datetime:
    return datetime(2025 + month // 12, month % 12 + 1, 1, tzinfo=ZoneInfo(ZONE))


def _timed(act: object) -> float:
    before = time.perf_counter()
    act()  # type: ignore[operator]
    return time.perf_counter() - before


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--samples", type=int, default=100_000_000)
    options.add_argument("--place", type=Path, help=argparse.SUPPRESS)
    given = options.parse_args()
    if given.place:
        run(given.place, given.samples)
        return 0
    found = measured(given.samples)
    for name, value, limit, _ in found:
        print(f"{name:72} {value:8.3f}  ≤ {limit:g}{'' if value <= limit else '   MISSED'}")
    return sum(value > limit for _, value, limit, _ in found)


if __name__ == "__main__":
    sys.exit(main())
