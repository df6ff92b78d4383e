"""The one expression that sums the rows of a source exactly to cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leafledger.bulk.source import Source

if TYPE_CHECKING:
    from ibis.expr.types import Column, NumericValue, Table

WHOLE = 18
"""Digits of one row's quantity. Sums of such decimals have 38 in every engine: 10^20 rows of the largest fit."""
FLOAT_PLACES = 6

Types = Mapping[str, str]
"""The type of each column that a source names, as Ibis writes it: int32, decimal(18, 3), float64, string, date, timestamp."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """The least value of a whole-number column without nulls, and how many there may be from it on: one digit of a key."""

    least: int
    width: int


def cells(source: Source, types: Types, table: str, ranges: Sequence[Range] = ()) -> "Table":
    """Rows to cells: for each combination of values, how many `rows`, how many of them with a quantity (`n`), and their exact `total`.

    A cell is told by `v0`, `v1`, … (the values of source.roles in their order, as they stand) and `moment`, the month as
    year·12 + month − 1 or the day as yyyymmdd; each is null where rows have none. ranges: of each of these, where all are whole
    numbers and none is null. The combination is then one integer, `key`, which engines group by at half the cost.
    """
    import ibis

    rows = ibis.table(dict(types), name=table)
    said: list[Column] = [rows[column] for column in source.roles.values()]
    moment = _moment(source, rows, types)
    by = {f"v{n}": one for n, one in enumerate(said)} | {"moment": moment}
    if ranges:
        by = {"key": _packed([*said, moment], ranges)}
    narrowed = rows.select(**by, amount=_amount(source, rows, types))
    if ranges:
        return narrowed.group_by("key").aggregate(rows=narrowed.count(), total=narrowed.amount.sum())
    return narrowed.group_by(list(by)).aggregate(
        rows=narrowed.count(), n=narrowed.amount.count(), total=narrowed.amount.sum()
    )


def is_whole(kind: str) -> bool:
    return kind.startswith(("int", "uint"))


def places(source: Source, types: Types) -> int:
    """The decimal places at which the quantities of a source are summed."""
    kind = types[source.columns.quantity]
    if kind.startswith("decimal"):
        return int(kind.rstrip(")").split(",")[1])
    if is_whole(kind):
        return 0
    return FLOAT_PLACES if source.decimals is None else source.decimals


def shift(source: Source, types: Types) -> int:
    """Of floats whole numbers are summed, each of 10^-shift: the same steps in every engine."""
    return places(source, types) if types[source.columns.quantity] == "float64" else 0


def rounds(source: Source, types: Types) -> bool:
    """Is each row rounded once, since its column holds floats, or texts that may have more digits?"""
    return types[source.columns.quantity] in ("float64", "string")


def _amount(source: Source, rows: "Table", types: Types) -> "Column":
    """A row's quantity as a decimal. A float is rounded half up by steps that every engine does alike, bit for bit."""
    quantity = rows[source.columns.quantity]
    kind, at = types[source.columns.quantity], places(source, types)
    if kind == "float64":
        whole = (quantity * float(10**at) + 0.5).floor().cast("int64")
        return whole.cast(f"decimal({WHOLE}, 0)")
    if kind == "string":
        return quantity.try_cast(f"decimal({WHOLE}, {at})")
    return quantity if kind.startswith("decimal") else quantity.cast(f"decimal({WHOLE}, 0)")


def _moment(source: Source, rows: "Table", types: Types) -> "NumericValue":
    day = rows[source.columns.date]
    if types[source.columns.date] == "string":
        day = day.try_cast("date")
    if source.grain == "month":
        return (day.year() * 12 + day.month() - 1).cast("int32")
    return (day.year() * 10000 + day.month() * 100 + day.day()).cast("int32")


def _packed(values: Sequence["Column"], ranges: Sequence[Range]) -> "NumericValue":
    """One integer of several: each value is a digit of it, as wide as its range."""
    key = values[0].cast("int64") - ranges[0].least
    for value, of in zip(values[1:], ranges[1:], strict=True):
        key = key * of.width + (value.cast("int64") - of.least)
    return key
