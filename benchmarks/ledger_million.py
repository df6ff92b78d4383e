"""Measures the ledger itself: a million entries recorded and approved through the ORM, and summed to cells by the database.

.venv/bin/python benchmarks/ledger_million.py [--entries 1000000]                            on SQLite
scripts/with-postgres.sh .venv/bin/python benchmarks/ledger_million.py --postgres            on PostgreSQL
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from leafledger.core.entry import Entry
from leafledger.core.org import Company, Person, Site, Year
from leafledger.core.period import Period

NAME = {"zh-Hant": "葉", "zh-Hans": "叶", "en": "Leaves"}
AT = datetime(2025, 1, 31, tzinfo=UTC)
SITES, ACTIVITIES, DAYS = 100, 50, 12
ROWS_A_SECOND, ROLL_UP = 20_000, 3.0
RUNS = 5
T = TypeVar("T")


def main() -> int:
    asked = _asked()
    if asked.postgres:
        os.environ["DATABASE_URL"] = os.environ["LEAF_TEST_POSTGRES"]
    with tempfile.TemporaryDirectory() as scratch:
        return _measured(Path(scratch), asked.entries, "PostgreSQL" if asked.postgres else "SQLite")


def _measured(scratch: Path, number: int, database: str) -> int:
    from leafledger.base.setup import close_ledger, open_ledger
    from leafledger.ledger import roll_up, verbs

    open_ledger(scratch / ".leaf")
    company, entries = _company(), list(_entries(number))
    done, loading = _timed(lambda: verbs.record(entries, by="rui", at=AT, company=company))
    _, approving = _timed(lambda: verbs.approve(None, by="ada", at=AT, company=company))
    summing = []
    for _ in range(RUNS):
        cells, seconds = _timed(lambda: roll_up.cells(frozenset()))
        summing.append(seconds)
    close_ledger()
    assert len(done.new) == number and sum(len(cell.entries) for cell in cells) == number
    rate, summed = number / loading, sorted(summing)[RUNS // 2]
    print(f"{database}, {number:,} entries, load {os.getloadavg()[0]:.1f}")
    print(f"  recorded {loading:8.1f} s, {rate:8,.0f} rows/s (at least {ROWS_A_SECOND:,})")
    print(f"  approved {approving:8.1f} s, {number / approving:8,.0f} rows/s")
    print(f"  summed   {summed:8.2f} s to {len(cells):,} cells, median of {RUNS} (at most {ROLL_UP:g} s)")
    return (rate < ROWS_A_SECOND) + (summed > ROLL_UP)


def _entries(number: int) -> Iterator[Entry]:
    """Events of 12 days at 100 sites, of 50 activities each: some 17 of a million are one cell."""
    days = [Period(day, day) for day in (date.fromordinal(date(2024, 1, 1).toordinal() + n) for n in range(DAYS))]
    for n in range(number):
        yield Entry(
            id=f"e{n:07d}",
            activity=f"bench.a{n % ACTIVITIES:02d}",
            site=f"s{n // ACTIVITIES % SITES:02d}",
            period=days[n // (ACTIVITIES * SITES) % DAYS],
            value=Decimal(n % 99991).scaleb(-3),
            unit="kWh",
            source="meter",
        )


def _company() -> Company:
    people = (Person(id="rui", name="Rui", roles=("recorder",)), Person(id="ada", name="Ada", roles=("approver",)))
    sites = tuple(Site(id=f"s{n:02d}", title=NAME, region="WORLD") for n in range(SITES))
    years = (Year(year=2024, factors_as_of=date(2025, 3, 31)),)
    return Company(id="bench", name=NAME, legal_name=NAME, sites=sites, people=people, years=years)


def _timed(act: Callable[[], T]) -> tuple[T, float]:
    before = time.perf_counter()
    made = act()
    return made, time.perf_counter() - before


def _asked() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--entries", type=int, default=1_000_000)
    asked.add_argument("--postgres", action="store_true", help="on the PostgreSQL of LEAF_TEST_POSTGRES")
    return asked.parse_args()


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
