"""Entries and their rows: what is written into the database comes out as the same entry, with the same hash."""

import json
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from leafledger.core.entry import Entry
from leafledger.core.labels import Labels, format_labels, parse_labels
from leafledger.core.period import Period
from leafledger.core.quality import format_scores, parse_scores
from leafledger.core.quantity import half_step
from leafledger.ledger.models import EntryRow
from leafledger.library.entries import MOST_DECIMALS

OPEN_DECIMALS = MOST_DECIMALS + 1
"""Half of the last digit has one more."""

labels_text = lru_cache(maxsize=10_000)(format_labels)
_labels = lru_cache(maxsize=10_000)(parse_labels)

COLUMNS = (
    "id", "activity", "site", "labels", "first_day", "last_day", "value", "unit", "kind", "bound", "estimated", "method",
    "tolerance", "quality", "uncertainty", "source", "worked_back_from", "evidence", "replaces_id", "recorded_by",
)  # fmt: skip


def row_of(entry: Entry, at: datetime) -> EntryRow:
    """The row of an entry that `rules` found fit."""
    return EntryRow(
        id=entry.id,
        activity=entry.activity,
        site=entry.site,
        labels=labels_text(entry.labels),
        first_day=entry.period.start,
        last_day=entry.period.end,
        value=str(entry.value),
        value_scaled=scaled(entry.value, MOST_DECIMALS),
        open_scaled=scaled(open_of(entry), OPEN_DECIMALS),
        unit=entry.unit,
        kind=entry.kind,
        bound=entry.bound,
        estimated=entry.estimated,
        method=entry.method,
        tolerance="" if entry.tolerance is None else str(entry.tolerance),
        quality=format_scores(entry.quality),
        uncertainty="" if entry.uncertainty is None else str(entry.uncertainty),
        source=entry.source,
        worked_back_from=_list(entry.worked_back_from),
        evidence=_list(entry.evidence),
        replaces_id=entry.replaces or None,
        recorded_by=entry.recorded_by,
        recorded_at=at,
        hash=entry.hash,
    )


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
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int) and exponent >= -places
    size = int("".join(map(str, digits))) * 10 ** (exponent + places)
    return -size if sign else size


def unscaled(number: int, places: int) -> Decimal:
    """number ÷ 10^places, exactly, however long."""
    return Decimal(f"{number}E-{places}")


def _list(texts: tuple[str, ...]) -> str:
    return json.dumps(texts, ensure_ascii=False) if texts else ""
