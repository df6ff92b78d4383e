"""Reads `degree_days.csv`: how much had to be heated or cooled on each day, by which a bill may be divided."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from leafledger.core.finding import Finding, Place
from leafledger.core.period import parse_date
from leafledger.core.quantity import parse_decimal
from leafledger.library.strict_csv import Row, convert, read_rows

NAME = "degree_days.csv"
COLUMNS = ("station", "day", "degree_days")

DegreeDays = dict[str, dict[date, Decimal]]
"""Of each station, by day."""


def read_degree_days(folder: Path, findings: list[Finding]) -> DegreeDays:
    """Every row of the folder's file, which it need not have. Problems go to `findings`."""
    if not (folder / NAME).exists():
        return {}
    found: DegreeDays = {}
    for station, day, value, place in convert(
        read_rows(folder / NAME, NAME, COLUMNS, findings, COLUMNS), _row, findings
    ):
        if day in found.setdefault(station, {}):
            template = "{station} has degree days for {day} already; keep one of the rows"
            findings.append(
                Finding(rule="company", template=template, values={"station": station, "day": day}, place=place)
            )
        found[station][day] = value
    return found


def _row(row: Row, place: Place) -> tuple[str, date, Decimal, Place]:
    value = parse_decimal(row["degree_days"])
    if not row["station"] or value < 0:
        raise ValueError(f"a station and degree days of at least 0 are needed, not {row['station']!r} and {value}")
    return row["station"], parse_date(row["day"]), value, place
