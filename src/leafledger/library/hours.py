"""Reads hourly amounts from CSV or Parquet: the columns `hour` and `kwh`."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.quantity import parse_decimal
from leafledger.library.strict_csv import Row, convert, read_rows

HOUR, AMOUNT = "hour", "kwh"


def read_hours(path: Path) -> dict[datetime, Fraction]:
    """The amount of each hour. Refused with every row that is wrong, and where an hour stands twice."""
    findings: list[Finding] = []
    if path.suffix == ".parquet":
        rows = _parquet(path)
    else:
        rows = convert(read_rows(path, path.name, (HOUR, AMOUNT), findings, (HOUR, AMOUNT)), _row, findings)
    found: dict[datetime, Fraction] = {}
    for hour, amount, place in rows:
        if hour in found:
            template = "the hour {hour} stands twice; keep one of them, and write the zone where clocks go back"
            findings.append(Finding(rule="hours.twice", template=template, values={"hour": hour}, place=place))
        found[hour] = amount
    if not findings and len({hour.tzinfo is None for hour in found}) > 1:
        template = "some hours have a zone and others have none; write all of them in one way"
        findings.append(Finding(rule="hours.zone", template=template, place=Place(name=path.name)))
    if findings:
        raise Refused(findings)
    return found


def _row(row: Row, place: Place) -> tuple[datetime, Fraction, Place]:
    return _hour(row[HOUR]), Fraction(parse_decimal(row[AMOUNT])), place


def _hour(text: str) -> datetime:
    try:
        hour = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text[:40]!r} is not an hour such as 2024-03-15T13:00 or 2024-03-15T13:00+08:00") from None
    return _whole(hour)


def _whole(hour: datetime) -> datetime:
    if hour.minute or hour.second or hour.microsecond:
        raise ValueError(
            f"{hour.isoformat()} is not the first instant of an hour; add finer readings up to hours first"
        )
    return hour


def _parquet(path: Path) -> Iterable[tuple[datetime, Fraction, Place]]:
    """Decimal columns are exact; of a column of floats the shortest decimal that reads as it is taken."""
    try:
        import pyarrow.parquet as parquet
    except ImportError:
        template = "reading Parquet needs the package pyarrow; in the folder of Leafledger, run .venv/bin/python -m pip install '.[parquet]'"
        raise Refused(Finding(rule="hours.parquet", template=template)) from None
    table = parquet.read_table(path, columns=[HOUR, AMOUNT])
    hours, amounts = (table[column].to_pylist() for column in (HOUR, AMOUNT))
    place = Place(name=path.name)
    return [(_whole(hour), Fraction(Decimal(str(one))), place) for hour, one in zip(hours, amounts, strict=True)]
