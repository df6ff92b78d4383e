"""A company with a bulk source, made in a folder: rows in words, written to Parquet, CSV or a table."""

import csv
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import duckdb

from leafledger.bulk.declared import read_sources
from leafledger.bulk.source import Source
from leafledger.library.company import read_company
from leafledger.library.load import LIBRARY, Library, load

COMPANY = """\
id: leaves
name: {zh-Hant: 葉, zh-Hans: 叶, en: Leaves}
legal_name: {zh-Hant: 葉, zh-Hans: 叶, en: Leaves}
sites:
  - {id: hq, title: {zh-Hant: 總部, zh-Hans: 总部, en: Headquarters}, region: CN-SH}
  - {id: lab, title: {zh-Hant: 實驗室, zh-Hans: 实验室, en: Laboratory}, region: CN-GD}
people:
  - {id: rui, name: Rui, roles: [recorder]}
  - {id: ada, name: Ada, roles: [approver, recorder]}
  - {id: pat, name: Pat, roles: [publisher]}
years:
  - {year: 2024, factors_as_of: 2025-03-31}
languages: [zh-Hant, zh-Hans, en]
prevailing: zh-Hans
"""

SOURCE = """\
title: {{zh-Hant: 帳, zh-Hans: 账, en: Bills}}
url: {url}
owner: rui
since: 2024-01-01
until: 2024-12-31
columns: {{activity: kind, site: plant, date: day, unit: uom, quantity: qty}}
{more}
"""

KINDS = """\
value,means,labels,note
1,energy.electricity,,
2,energy.fuel,fuel=diesel,
3,energy.fuel,fuel=natural_gas,
9,,,"Rent, which is no energy"
"""

SERIES = """\
activity,site,labels,since,until,owner
energy.electricity,hq,,,,rui
energy.electricity,lab,,,,rui
energy.fuel,hq,fuel=diesel,,,rui
energy.fuel,hq,fuel=natural_gas,,,rui
"""

Row = tuple[object, ...]
NAMES = ("kind", "plant", "day", "uom", "qty", "bill")
TYPES = ("INTEGER", "VARCHAR", "DATE", "VARCHAR", "DECIMAL(18,3)", "VARCHAR")

ROWS: tuple[Row, ...] = (
    (1, "hq", "2024-01-03", "kWh", "1200.125", "b1"),
    (1, "hq", "2024-01-31", "MWh", "2.5", "b2"),
    (1, "hq", "2024-02-01", "GJ", "7.2", "b3"),
    (1, "lab", "2024-06-30", "kWh", "0.001", "b4"),
    (2, "hq", "2024-03-15", "MJ", "1000", "b5"),
    (3, "hq", "2024-03-16", "MWh", "3", "b6"),
    (9, "hq", "2024-03-16", "MWh", "100", "b7"),
)


@cache
def library() -> Library:
    """The shipped definitions, read once for all tests."""
    return load(LIBRARY)


def source_of(folder: Path) -> Source:
    return read_sources(folder, read_company(folder), library())[0]


def company(
    folder: Path, url: str = "bills/*.parquet", more: str = "", series: str = SERIES, kinds: str = KINDS
) -> Path:
    """A company folder with one source, `bills`."""
    (folder / "sources").mkdir(parents=True)
    (folder / "company.yaml").write_text(COMPANY, "utf-8")
    (folder / "series.csv").write_text(series, "utf-8")
    (folder / "sources" / "bills.yaml").write_text(SOURCE.format(url=url, more=more), "utf-8")
    (folder / "sources" / "bills.activity.csv").write_text(kinds, "utf-8")
    return folder


def parquet(folder: Path, rows: Iterable[Row] = ROWS, name: str = "1", types: Sequence[str] = TYPES) -> None:
    """Write rows as a file of the source."""
    (folder / "bills").mkdir(exist_ok=True)
    with duckdb.connect() as connection:
        table(connection, rows, types)
        connection.execute(f"COPY bills TO '{folder / 'bills' / name}.parquet' (FORMAT parquet)")


def csv_file(folder: Path, rows: Iterable[Row] = ROWS, name: str = "1") -> None:
    (folder / "bills").mkdir(exist_ok=True)
    with (folder / "bills" / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([NAMES, *rows])


def table(connection: duckdb.DuckDBPyConnection, rows: Iterable[Row], types: Sequence[str] = TYPES) -> None:
    columns = ", ".join(f"{name} {kind}" for name, kind in zip(NAMES, types, strict=True))
    connection.execute(f"CREATE TABLE bills ({columns})")
    connection.executemany("INSERT INTO bills VALUES (?, ?, ?, ?, ?, ?)", list(rows))
