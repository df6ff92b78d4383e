"""Reads factors and regions from CSV: one row is one edition of one factor."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

from leafledger.core.definition import Factor, Region
from leafledger.core.finding import Finding, Place
from leafledger.core.labels import Labels, parse_labels
from leafledger.core.period import parse_date
from leafledger.core.quality import parse_scores
from leafledger.core.quantity import parse_decimal
from leafledger.library.naming import name_of
from leafledger.library.strict_csv import Row, convert, read_rows

FACTOR_COLUMNS = (
    "id", "name", "value", "unit", "region", "labels", "valid_from", "valid_to", "published", "data_year", "publisher",
    "title", "gases", "gwp_basis", "licence", "source", "verified", "quality",
    "uncertainty", "reasoning", "successor", "note",
)  # fmt: skip
Verified = Literal["seen", "known", "assumed"]
VERIFIED: dict[str, Verified] = {word: word for word in get_args(Verified)}
LICENSED = "factors/licensed"
"""Where a company keeps sets that it may use and not pass on."""
REGION_COLUMNS = ("id", "parent", "title_zh-Hant", "title_zh-Hans", "title_en")


def read_factors(folders: Iterable[Path], findings: list[Finding]) -> dict[str, Factor]:
    """Every factor of the folders' `factors/*.csv`, and of sets under a licence, by id; a later folder overrides."""
    known: dict[str, Factor] = {}
    for folder in folders:
        here: dict[str, Factor] = {}
        for path in sorted([*(folder / "factors").glob("*.csv"), *(folder / LICENSED).glob("*.csv")]):
            rows = read_rows(path, name_of(path, folder), FACTOR_COLUMNS, findings, ("id", "name", "value", "unit"))
            for factor in convert(rows, factor_of, findings):
                if factor.id in here:
                    first = here[factor.id].place
                    problem = f"the factor {factor.id} is already given at {first}; each edition has its own id"
                    findings.append(
                        Finding(rule="factor", template="{problem}", values={"problem": problem}, place=factor.place)
                    )
                here[factor.id] = factor
        known.update(here)
    return known


def read_regions(folders: Iterable[Path], findings: list[Finding]) -> dict[str, Region]:
    """Every region of the folders' `regions.csv`, by id."""
    known: dict[str, Region] = {}
    for folder in folders:
        path = folder / "regions.csv"
        if path.exists():
            rows = read_rows(path, name_of(path, folder), REGION_COLUMNS, findings, REGION_COLUMNS)
            known.update((region.id, region) for region in convert(rows, _region, findings))
    return known


def factor_of(row: Row, place: Place) -> Factor:
    """The factor that a row says. ValueError with the first thing that is wrong in it."""
    verified = VERIFIED.get(row.get("verified") or "known")
    if verified is None:
        raise ValueError(f"verified is {row['verified']!r}; it may be seen, known or assumed")
    reasoning = row.get("reasoning", "")
    if bool(reasoning) != (verified == "assumed"):
        raise ValueError("an assumed factor needs its reasoning, and only an assumed one has it")
    if not reasoning and not (row.get("source") and row.get("publisher")):
        raise ValueError("a factor needs a publisher and a source, or, if it is assumed, its reasoning")
    factor = Factor(
        id=_given(row, "id"),
        name=_given(row, "name"),
        value=parse_decimal(row["value"]),
        unit=_given(row, "unit"),
        region=row.get("region") or "WORLD",
        labels=_labels(row.get("labels", "")),
        valid_from=_date(row.get("valid_from")),
        valid_to=_date(row.get("valid_to")),
        published=_date(row.get("published")),
        data_year=_year(row.get("data_year")),
        publisher=row.get("publisher", ""),
        title=row.get("title", ""),
        gases=row.get("gases", ""),
        gwp_basis=row.get("gwp_basis", ""),
        licence=row.get("licence", ""),
        source=row.get("source", ""),
        verified=verified,
        quality=parse_scores(row.get("quality", "")),
        uncertainty=parse_decimal(row["uncertainty"]) if row.get("uncertainty") else None,
        reasoning=reasoning,
        successor=row.get("successor", ""),
        note=row.get("note", ""),
        place=place,
    )
    if not (reasoning or (factor.published and factor.data_year)):
        lacking = [column for column in ("published", "data_year") if not row.get(column)]
        raise ValueError(
            f"a factor needs {' and '.join(lacking)}: which edition serves a year depends on what was known (factors_as_of), "
            "and on how new its data are; of a day that is not known, take the last it can have been, and say so in note"
        )
    return factor


def _region(row: Row, place: Place) -> Region:
    title = {language: _given(row, f"title_{language}") for language in ("zh-Hant", "zh-Hans", "en")}
    return Region(id=_given(row, "id"), parent=row["parent"], title=title, place=place)


def _given(row: Row, column: str) -> str:
    if not row[column]:
        raise ValueError(f"the column {column} is empty")
    return row[column]


@lru_cache(maxsize=256)
def _year(text: str | None) -> int | None:
    if text and not re.fullmatch(r"\d{4}", text):
        raise ValueError(f"data_year is {text[:40]!r}; it is a year such as 2024")
    return int(text) if text else None


@lru_cache(maxsize=256)
def _date(text: str | None) -> date | None:
    return parse_date(text) if text else None


@lru_cache(maxsize=4096)
def _labels(text: str) -> Labels:
    """Editions of one factor have the same labels: they are read once and shared."""
    return parse_labels(text)
