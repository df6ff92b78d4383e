"""Entries and their rows: what is written into the database comes out as the same entry, with the same hash."""

import json
from datetime import datetime
from decimal import Context, Decimal
from functools import lru_cache
from typing import Any

from django.db import connection

from leafledger.core.entry import Entry
from leafledger.core.labels import Labels, format_labels, parse_labels
from leafledger.core.period import Period
from leafledger.core.quality import format_scores, parse_scores
from leafledger.core.quantity import half_step
from leafledger.ledger.models import EntryRow
from leafledger.library.entries import MOST_DECIMALS

OPEN_DECIMALS = MOST_DECIMALS + 1
"""Half of the last digit has one more."""

_WIDE = Context(prec=120)
labels_text = lru_cache(maxsize=10_000)(format_labels)
_labels = lru_cache(maxsize=10_000)(parse_labels)

COLUMNS = (
    "id", "activity", "site", "labels", "first_day", "last_day", "value", "unit", "kind", "bound", "estimated", "method",
    "tolerance", "quality", "uncertainty", "source", "worked_back_from", "evidence", "replaces_id", "recorded_by",
)  # fmt: skip
WRITTEN = (*(name.removesuffix("_id") for name in COLUMNS), "value_scaled", "open_scaled", "recorded_at", "hash")


def written(entry: Entry, at: object) -> tuple[Any, ...]:
    """The values of an entry that `rules` found fit, in the order of WRITTEN; at: when it was recorded, as the database keeps it."""
    return (
        entry.id,
        entry.activity,
        entry.site,
        labels_text(entry.labels),
        entry.period.start.isoformat(),
        entry.period.end.isoformat(),
        str(entry.value),
        entry.unit,
        entry.kind,
        entry.bound,
        entry.estimated,
        entry.method,
        "" if entry.tolerance is None else str(entry.tolerance),
        format_scores(entry.quality),
        "" if entry.uncertainty is None else str(entry.uncertainty),
        entry.source,
        _list(entry.worked_back_from),
        _list(entry.evidence),
        entry.replaces or None,
        entry.recorded_by,
        scaled(entry.value, MOST_DECIMALS),
        scaled(open_of(entry), OPEN_DECIMALS),
        at,
        entry.hash,
    )


def moment(at: datetime) -> object:
    """A time as the database keeps it."""
    return EntryRow._meta.get_field("recorded_at").get_db_prep_value(at, connection)


def entry_of(values: tuple[Any, ...]) -> Entry:
    """The entry of a row's COLUMNS."""
    row = dict(zip(COLUMNS, values, strict=True))
    return Entry(
        id=row["id"],
        activity=row["activity"],
        site=row["site"],
        labels=labels_of(row["labels"]),
        period=Period(row["first_day"], row["last_day"]),
        value=Decimal(row["value"]),
        unit=row["unit"],
        kind=row["kind"],
        bound=row["bound"],
        estimated=row["estimated"],
        method=row["method"],
        tolerance=Decimal(row["tolerance"]) if row["tolerance"] else None,
        quality=parse_scores(row["quality"]),
        uncertainty=Decimal(row["uncertainty"]) if row["uncertainty"] else None,
        source=row["source"],
        worked_back_from=tuple(json.loads(row["worked_back_from"] or "[]")),
        evidence=tuple(json.loads(row["evidence"] or "[]")),
        replaces=row["replaces_id"] or "",
        recorded_by=row["recorded_by"],
    )


def labels_of(text: str) -> Labels:
    return _labels(text)


def open_of(entry: Entry) -> Decimal:
    """How far the true value may be off, by the tolerance or the last digit; whether it counts is for the roll-up to say."""
    return half_step(entry.value) if entry.tolerance is None else entry.tolerance


def scaled(value: Decimal, places: int) -> int:
    """value × 10^places, which is whole."""
    whole = value.scaleb(places, _WIDE)
    number = int(whole)
    assert number == whole
    return number


def unscaled(number: int, places: int) -> Decimal:
    """number ÷ 10^places, exactly, however long."""
    return Decimal(f"{number}E-{places}")


def _list(texts: tuple[str, ...]) -> str:
    return json.dumps(texts, ensure_ascii=False) if texts else ""
