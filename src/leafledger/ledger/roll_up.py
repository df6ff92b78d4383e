"""Adds up in the database: one query sums the entries that stand, exactly, at the grain of cells."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, cast

from django.db import connection
from django.db.models import Aggregate, BigIntegerField, Case, F, Sum, TextField, Value, When

from leafledger.base.database import one_view
from leafledger.core.entry import Bound, EntryKind
from leafledger.core.fact import Cell
from leafledger.core.period import Period
from leafledger.core.quality import parse_scores
from leafledger.engine.cells import hash_of_hashes
from leafledger.ledger.rows import OPEN_DECIMALS, labels_of, unscaled
from leafledger.ledger.standing import in_force
from leafledger.library.entries import MOST_DECIMALS

GRAIN = (
    "activity",
    "site",
    "labels",
    "first_day",
    "last_day",
    "kind",
    "unit",
    "bound",
    "estimated",
    "quality",
    "uncertainty",
)
MEMORY = "256MB"
"""What PostgreSQL may use for it: enough to group a million entries."""
PART = 10**9
"""SQLite adds 64-bit integers and stops at their limit; in two parts, a billion rows of the largest value still fit."""


class Listed(Aggregate):
    """Every text of a group, one a line (no id or hash has a line break)."""

    output_field = TextField()
    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s, chr(10))"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(
            compiler, connection, function="GROUP_CONCAT", template="%(function)s(%(expressions)s, char(10))", **context
        )


def cells(counted: frozenset[str]) -> list[Cell]:
    """The cells of every entry that stands, in a fixed order: equal to `cells_from_entries` of the same entries."""
    sums = {
        **_parts("value", F("value_scaled")),
        **_parts("stated", _when(F("open_scaled"), stated=True)),
        **_parts("digit", _when(F("open_scaled"), stated=False)),
    }
    alone = Case(When(kind__in=["assertion", "register"], then=F("id")), default=Value(""))
    rows = in_force().values(*GRAIN, alone=alone).annotate(**sums, ids=Listed("id"), hashes=Listed("hash"))
    with _grouped_in_memory():
        return sorted(_cell(row, counted) for row in rows)


@contextmanager
def _grouped_in_memory() -> Iterator[None]:
    """PostgreSQL takes the entries that stand for very few, and would sort a million of them to group them; here it does not sort."""
    if connection.vendor != "postgresql":
        yield
        return
    with one_view(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL work_mem = '{MEMORY}'; SET LOCAL enable_sort = off")
        yield
        cursor.execute("SET LOCAL work_mem TO DEFAULT; SET LOCAL enable_sort = on")


def _parts(name: str, number: Any) -> dict[str, Sum]:
    return {f"{name}_high": Sum(number / Value(PART)), f"{name}_low": Sum(number % Value(PART))}


def _when(number: Any, *, stated: bool) -> Case:
    """What a tolerance leaves open, apart from what the last digit does: the latter is nothing for counted things."""
    no, yes = Value(0), number
    return Case(
        When(tolerance="", then=no if stated else yes), default=yes if stated else no, output_field=BigIntegerField()
    )


def _cell(row: dict[str, Any], counted: frozenset[str]) -> Cell:
    whole = row["activity"] in counted or row["kind"] == "nil"
    left_open = _whole(row, "stated") + (0 if whole else _whole(row, "digit"))
    return Cell(
        activity=row["activity"],
        site=row["site"],
        labels=labels_of(row["labels"]),
        period=Period(row["first_day"], row["last_day"]),
        kind=cast(EntryKind, row["kind"]),
        unit=row["unit"],
        bound=cast(Bound, row["bound"]),
        estimated=row["estimated"],
        quality=parse_scores(row["quality"]),
        uncertainty=Decimal(row["uncertainty"]) if row["uncertainty"] else None,
        value=unscaled(_whole(row, "value"), MOST_DECIMALS),
        half_step=unscaled(left_open, OPEN_DECIMALS),
        entries=tuple(sorted(row["ids"].split("\n"))),
        hashes=hash_of_hashes(row["hashes"].split("\n")),
    )


def _whole(row: dict[str, Any], name: str) -> int:
    return int(row[f"{name}_high"]) * PART + int(row[f"{name}_low"])
