"""Measures bulk sources: 50 million rows to exact cells and figures, and from the kept cube, as ratios to DuckDB's bare scan in the same run.

.venv/bin/python benchmarks/bulk.py [--rows 50000000] [--runs 5] [--far 300000000] [--place FOLDER]
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import lcm
from pathlib import Path
from typing import TYPE_CHECKING, Any

import bulk_data as data

from leafledger.bulk import lies
from leafledger.bulk.cube import Cube, digest_of, summed, summed_in
from leafledger.bulk.drill import rows_of
from leafledger.bulk.editions import FACTORS, Edition, rank
from leafledger.bulk.meaning import dictionary
from leafledger.bulk.pool import Pool, pooled
from leafledger.bulk.source import Source
from leafledger.bulk.totals import Total, extended, lines, resolve, revised, totals
from leafledger.core.definition import Factor
from leafledger.core.org import View
from leafledger.core.period import Period
from leafledger.flow.linear import linears
from leafledger.library.units import unit

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROOT = Path(__file__).resolve().parent.parent
THREADS = 2
SCAN, FLOAT, PANDAS = "bare scan of the same columns", "the same group-by in floats", "a pandas script"
ALL, EDITION, REVISED = (
    "rows → cells → figures with receipts",
    "a new edition of factors: all totals",
    "one factor revised",
)
DAY, DRILL = "one more day of rows", "drill-down from a total"
LIMITS = {ALL: 5.0, EDITION: 0.5, REVISED: 0.02, DAY: 0.05, DRILL: 0.1}
"""Times the bare scan."""
FLOATS, FASTER, MEMORY = 2.0, 4.0, 2_000_000_000


@dataclass(slots=True)
class Bench:
    """What is measured with: the rows, and our own words for them."""

    place: Path
    rows: Path
    source: Source
    company: Any
    library: Any

    @property
    def scan(self) -> str:
        return lies.scan(self.source, sorted(self.rows.glob("*.parquet")))


def main() -> int:
    asked = _asked()
    place = Path(asked.place).resolve()
    place.mkdir(parents=True, exist_ok=True)
    if asked.only:
        return _memory(place, asked.far if asked.only == "far" else asked.rows)
    bench = _bench(place, asked.rows)
    found: dict[str, list[float]] = {}
    for _ in range(asked.runs):
        with tempfile.TemporaryDirectory(dir=place) as scratch:
            _one_run(bench, Path(scratch), found)
    misses = _report(found, asked.rows)
    misses += _bits(bench)
    misses += _in_child("memory", "\npeak memory", asked)
    if asked.far:
        misses += _in_child("far", f"{asked.far:,} rows, beyond memory", asked)
    return misses


def _one_run(bench: Bench, scratch: Path, found: dict[str, list[float]]) -> None:
    """Everything once, in turn, so that what else the machine does falls on all alike."""
    folder, place = scratch / "rows", scratch / "cube"
    folder.mkdir(parents=True)
    for path in sorted(bench.rows.glob("*.parquet")):
        (folder / path.name).symlink_to(path)
    hashed = _timed(found, "(hashing the files)", lambda: lies.files(bench.source, folder))
    with lies.duck(THREADS) as duck:
        _timed(found, SCAN, lambda: duck.execute(_bare(bench)).fetchall())
        _timed(found, FLOAT, lambda: duck.execute(_floats(bench)).fetchall())
        cube = _timed(
            found, "(of which rows → cells)", lambda: summed_in(duck, bench.source, folder, place, None, hashed)
        )
        shutil.rmtree(place)
        cube, pool, _ = _timed(found, ALL, lambda: _from_rows(duck, bench, folder, place, hashed))
        edition, ready = _timed(found, EDITION, lambda: _new_edition(duck, bench, pool, 2))
        factor = _a_factor(duck, pool)
        _timed(found, REVISED, lambda: _revised(duck, bench, pool, ready, factor))
        shutil.copy(data.one_day(bench.place, bench.rows), folder / "99.parquet")
        _timed(found, DAY, lambda: _one_day(duck, bench, cube, pool, edition, ready, folder, place))
        _timed(found, DRILL, lambda: _drill(duck, bench, cube, folder))
    _timed(found, PANDAS, lambda: _pandas(bench))


def _timed(found: dict[str, list[float]], name: str, act: Callable[[], Any]) -> Any:
    before = time.perf_counter()
    made = act()
    found.setdefault(name, []).append(time.perf_counter() - before)
    return made


def _bare(bench: Bench) -> str:
    return f"SELECT sum(site), sum(kind), max(day), sum(unit), sum(quantity) FROM {bench.scan}"


def _floats(bench: Bench) -> str:
    """What the cells would be if their sums were floats. Counted, so that nothing but the group-by is measured."""
    return f"""
        SELECT count(*), sum(q) FROM (SELECT site, kind, unit, year(day) * 12 + month(day) - 1 AS moment, count(*) AS n, sum(quantity::DOUBLE) AS q
        FROM {bench.scan} GROUP BY ALL)"""


def _from_rows(duck: "DuckDBPyConnection", bench: Bench, folder: Path, place: Path, hashed: Any) -> Any:
    cube = summed_in(duck, bench.source, folder, place, None, hashed)
    edition = _edition(duck, bench, 1)
    pool = _pool(duck, bench, cube, edition)
    ready = resolve(duck, pool, edition, linears(bench.library), bench.company, bench.library)
    _sure(totals(duck, pool, ready))
    lines(duck, str(place / "receipts.parquet"))
    return cube, pool, ready


def _pool(duck: "DuckDBPyConnection", bench: Bench, cube: Cube, edition: Edition, **more: Any) -> Pool:
    words = dictionary(bench.source, bench.company, bench.library)
    return pooled(duck, bench.source, cube, words, bench.company, bench.library, edition.regions, by_year=True, **more)


def _new_edition(duck: "DuckDBPyConnection", bench: Bench, pool: Pool, number: int) -> Any:
    edition = _edition(duck, bench, number)
    ready = resolve(duck, pool, edition, linears(bench.library), bench.company, bench.library)
    _sure(totals(duck, pool, ready))
    return edition, ready


def _revised(duck: "DuckDBPyConnection", bench: Bench, pool: Pool, ready: Any, factor: int) -> None:
    _sure(revised(duck, pool, ready, factor, 123456, ["bench.a07.co2e"]))


def _a_factor(duck: "DuckDBPyConnection", pool: Pool) -> int:
    """One that serves the activity."""
    number = pool.activities.index("bench.a07")
    query = f"SELECT min(s.id) FROM serves s JOIN terms t ON t.s0 = s.slot WHERE t.activity = {number}"
    found: int = duck.execute(query).fetchall()[0][0]
    return found


def _one_day(
    duck: "DuckDBPyConnection",
    bench: Bench,
    cube: Cube,
    pool: Pool,
    edition: Edition,
    ready: Any,
    folder: Path,
    place: Path,
) -> None:
    files = lies.files(bench.source, folder, cube.files)
    more = summed_in(duck, bench.source, folder, place, cube, files)
    now = _pool(duck, bench, more, edition, segments=more.segments[-1:], into="more", like=pool)
    _sure(extended(duck, now, edition, ready))


def _drill(duck: "DuckDBPyConnection", bench: Bench, cube: Cube, folder: Path) -> None:
    words = dictionary(bench.source, bench.company, bench.library)
    days = Period.parse("2020")
    found = rows_of(
        duck,
        bench.source,
        cube,
        words,
        folder,
        activity="bench.a07",
        labels=(),
        period=days,
        sites=("s123",),
        limit=20,
    )
    assert found


def _sure(made: list[Total]) -> None:
    assert made and all(one.exact is not None for one in made), "every figure of the benchmark can be had"


def _edition(duck: "DuckDBPyConnection", bench: Bench, number: int) -> Edition:
    """A data set of factors that comes as a table, in the form that `edition` gives those of a library."""
    at, view = data.factors(bench.place, number), View()
    names = {f"ef_{n:02d}": n for n in range(data.ACTIVITIES)}
    labels = {(("kind", f"k{n:02d}"),): n for n in range(data.KINDS)}
    regions = {id: n for n, id in enumerate(sorted(bench.library.regions))}
    exact = {name: unit(bench.library.factor_names[name].unit).scale / 1000 for name in names}
    duck.execute(FACTORS)
    duck.execute("CREATE OR REPLACE TEMP TABLE numbered (region VARCHAR, number INTEGER)")
    lies.listed(duck, "numbered", list(regions.items()))
    probe = Factor(
        id="", name="", value=Decimal(1), unit="t", labels=(("kind", "k00"),), data_year=0, published=date(1, 1, 1)
    )
    least = rank(probe, view) - date(1, 1, 1).toordinal()
    duck.execute(f"""
        INSERT INTO factors
        SELECT row_number() OVER (), activity, kind, n.number, year, year, year * 12, year * 12 + 11, make_date(year, 6, 30),
               {least} + (year::BIGINT << 22) + year * 366, thousandths, false
        FROM read_parquet('{at}') f JOIN numbered n USING (region)""")
    whole = {name: lcm(of.denominator) for name, of in exact.items()}
    duck.execute("CREATE OR REPLACE TEMP TABLE scaled (name INTEGER, times HUGEINT)")
    lies.listed(duck, "scaled", [(names[name], str(int(exact[name] * whole[name]))) for name in names])
    if any(exact[name] * whole[name] != 1 for name in names):
        duck.execute("UPDATE factors SET number = number * times FROM scaled WHERE scaled.name = factors.name")
    return Edition(names=names, labels=labels, regions=regions, whole=whole, by_year=True)


def _pandas(bench: Bench) -> float:
    """What a careful script does: file by file, months, one group-by in floats, units and factors merged to the groups."""
    import numpy
    import pandas

    parts = []
    for path in sorted(bench.rows.glob("*.parquet")):
        frame = pandas.read_parquet(path, columns=["site", "kind", "day", "unit", "quantity"])
        frame["quantity"] = frame["quantity"].astype("float64")
        days = pandas.to_datetime(frame["day"])
        frame["moment"] = (days.dt.year * 12 + days.dt.month - 1).astype("int32")
        parts.append(frame.groupby(["site", "kind", "unit", "moment"], sort=False)["quantity"].sum().reset_index())
    cells = pandas.concat(parts).groupby(["site", "kind", "unit", "moment"], sort=False)["quantity"].sum().reset_index()
    cells["year"] = cells["moment"] // 12
    factors = pandas.read_parquet(data.factors(bench.place, 1))
    factors["kind"] = factors["kind"] * data.ACTIVITIES + factors["activity"]
    regions = numpy.array([int(site.region[1:]) for site in bench.company.sites])
    cells["own"] = regions[cells["site"]]
    value = None
    for name in ("R", "C", "WORLD"):
        asked = cells["own"].map(lambda n, of=name: {"R": f"R{n:02d}", "C": f"C{n % 5}"}.get(of, of))
        merged = cells.assign(region=asked)[["kind", "region", "year"]].merge(
            factors, on=["kind", "region", "year"], how="left"
        )["thousandths"]
        value = merged if value is None else value.fillna(merged)
    cells["co2e"] = cells["quantity"] * value / 1000
    return float(cells.groupby([cells["kind"] % data.ACTIVITIES, "year"])["co2e"].sum().sum())


def _report(found: dict[str, list[float]], rows: int) -> int:
    """Print every measure as a ratio to the scan of its own run, and say how many limits were missed."""
    print(
        f"{rows:,} rows, {THREADS} threads, {len(found[SCAN])} runs, medians; load {os.getloadavg()[0]:.1f} at the end\n"
    )
    misses = 0
    for name, seconds in found.items():
        ratios = [one / scan for one, scan in zip(seconds, found[SCAN], strict=True)]
        ratio, limit = statistics.median(ratios), LIMITS.get(name)
        verdict = "" if limit is None else f"limit {limit:g} ×{'' if ratio <= limit else '  MISSED'}"
        misses += limit is not None and ratio > limit
        print(
            f"{name:44} {statistics.median(seconds):8.3f} s  {ratio:7.3f} × scan ({min(ratios):.3f} to {max(ratios):.3f})  {verdict}"
        )
    for name, over, limit, most in ((FLOAT, ALL, FLOATS, True), (PANDAS, ALL, FASTER, False)):
        ratio = statistics.median(
            ours / other if most else other / ours for ours, other in zip(found[over], found[name], strict=True)
        )
        fine = ratio <= limit if most else ratio >= limit
        misses += not fine
        said = f"{ALL} / {name}" if most else f"{name} / {ALL}"
        print(f"{said}: {ratio:.2f} ({'at most' if most else 'at least'} {limit:g}){'' if fine else '  MISSED'}")
    return misses


def _bits(bench: Bench) -> int:
    """The same cells, digit for digit, on one thread and two, with the files in one piece or in 37, and their rows in another order."""
    digests: dict[str, str] = {}
    with tempfile.TemporaryDirectory(dir=bench.place) as scratch:
        for name, rows, threads in (
            ("one thread", bench.rows, 1),
            ("two threads", bench.rows, 2),
            ("37 files in another order", _shuffled(bench, Path(scratch)), 2),
        ):
            place = Path(scratch) / name.replace(" ", "-")
            cube = summed(bench.source, rows, place, threads)
            with lies.duck(threads) as duck:
                digests[name] = digest_of(cube, duck)
    same = len(set(digests.values())) == 1
    print(
        f"\ncells digit for digit the same ({', '.join(digests)}): {'yes' if same else 'NO'} ({next(iter(digests.values()))[:16]})"
    )
    return int(not same)


def _shuffled(bench: Bench, scratch: Path) -> Path:
    place = scratch / "shuffled"
    place.mkdir()
    with lies.duck(THREADS) as duck:
        duck.execute(
            f"COPY (SELECT *, hash(id) % 37 AS part FROM {bench.scan}) TO '{place / 'parts'}' (FORMAT parquet, PARTITION_BY (part))"
        )
    for n, path in enumerate(sorted((place / "parts").glob("**/*.parquet"))):
        path.rename(place / f"{n:03d}.parquet")
    return place


def _in_child(what: str, said: str, asked: argparse.Namespace) -> int:
    """One measure in a process of its own, for its memory."""
    command = [
        sys.executable,
        __file__,
        "--only",
        what,
        "--rows",
        str(asked.rows),
        "--far",
        str(asked.far),
        "--place",
        asked.place,
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    print(f"{said}: {done.stdout.strip() or done.stderr.strip()[-400:]}")
    return done.returncode


def _memory(place: Path, number: int) -> int:
    bench = _bench(place, number)
    with tempfile.TemporaryDirectory(dir=place) as scratch, lies.duck(THREADS) as duck:
        before = time.perf_counter()
        _from_rows(duck, bench, bench.rows, Path(scratch) / "cube", lies.files(bench.source, bench.rows))
        took = time.perf_counter() - before
    status = Path("/proc/self/status").read_text("ascii")
    peak = int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) * 1024
    print(
        f"{peak / 1e6:,.0f} MB in {took:.1f} s (at most {MEMORY / 1e6:,.0f} MB){'' if peak <= MEMORY else '  MISSED'}"
    )
    return int(peak > MEMORY)


def _bench(place: Path, number: int) -> Bench:
    rows = data.rows(place, number, 10 if number <= 50_000_000 else 60)
    return Bench(
        place=place, rows=rows, source=data.source("*.parquet"), company=data.company(), library=data.library()
    )


def _asked() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=50_000_000)
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--far", type=int, default=0, help="also this many rows, once, more than memory holds")
    asked.add_argument("--place", default=str(ROOT / ".cache" / "bulk"), help="where the rows are kept")
    asked.add_argument("--only", default="", help=argparse.SUPPRESS)
    return asked.parse_args()


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
