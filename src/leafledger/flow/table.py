"""Figures as a table for other programs: CSV, JSON or Parquet, each value exact."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from leafledger.core.fact import FactSet
from leafledger.core.finding import Finding, Refused
from leafledger.core.labels import format_labels
from leafledger.core.quantity import GRAIN, plain
from leafledger.library.catalogue import catalogue
from leafledger.library.load import Library

COLUMNS = (
    "metric", "labels", "period", "value", "unit", "coverage", "estimated_share", "approach", "gwp", "primary_share", "fact_id",
)  # fmt: skip


def parse_years(text: str) -> Iterable[int] | None:
    """`2024`, or `2022:2024`; None where nothing is asked for. Refused otherwise."""
    if not text:
        return None
    first, _, last = text.partition(":")
    if not all(re.fullmatch("[0-9]{4}", year) and year > "0000" for year in (first, last or first)) or first > (
        last or first
    ):
        template = "{text!r} is not a year or a range of years; write 2024, or 2022:2024"
        raise Refused(Finding(rule="years", template=template, values={"text": text[:40]}))
    return range(int(first), int(last or first) + 1)


def rows(facts: FactSet) -> Iterator[dict[str, str]]:
    """Each fact as text, in the order of metric, period and labels. A hole has an empty value."""
    for fact in sorted(facts.values(), key=lambda f: (f.metric, f.period, f.labels)):
        said = (
            fact.metric,
            format_labels(fact.labels),
            str(fact.period),
            "" if fact.value is None else plain(fact.value),
            fact.unit,
            plain(fact.coverage),
            plain(fact.estimated_share),
            fact.approach,
            fact.gwp,
            "" if fact.primary_share is None else plain(fact.primary_share),
            fact.id,
        )
        yield dict(zip(COLUMNS, said, strict=True))


def written(facts: FactSet, format: str) -> bytes:
    """The table in `format`: csv, json or parquet. Refused where Parquet cannot be written on this machine."""
    return {"csv": _csv, "json": _json, "parquet": _parquet}[format](list(rows(facts)))


def definitions(library: Library) -> Iterator[str]:
    """What can be recorded and what is computed: id, kind, unit and title, and under it the labels that it has."""
    for one in catalogue(library):
        yield f"{one.id:36} {one.how:9} {one.kind:6} {one.unit:16} {one.title['en']}"
        if one.by:
            yield f"    by {one.by}"


def _csv(table: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    return text.getvalue().encode()


def _json(table: list[dict[str, str]]) -> bytes:
    shown = [{**row, "value": row["value"] or None} for row in table]
    return (json.dumps(shown, ensure_ascii=False, indent=1) + "\n").encode()


def _parquet(table: list[dict[str, str]]) -> bytes:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        template = "writing Parquet needs the package pyarrow; in the folder of Leafledger, run .venv/bin/python -m pip install '.[parquet]'"
        raise Refused(Finding(rule="facts.parquet", template=template)) from None
    exact = {
        "value": pyarrow.decimal128(38, GRAIN),
        "coverage": pyarrow.decimal128(16, GRAIN),
        "estimated_share": pyarrow.decimal128(16, GRAIN),
    }
    columns = {
        name: pyarrow.array(
            [(Decimal(row[name]) if row[name] else None) if name in exact else row[name] for row in table],
            exact.get(name, pyarrow.string()),
        )
        for name in COLUMNS
    }
    sink = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), sink)
    return sink.getvalue()
