"""Small whole numbers in place of the values of a column, so that cells are narrow and fast to group."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from leafledger.bulk import lies

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

WIDEST = 2**20
"""Whole numbers that lie closer together than this are keys by themselves, counted from the least."""

NARROW = 10**18
"""Totals with fewer digits than this are kept in 64 bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What the keys of one role stand for: `least` + key, or the key's place in `values`. A null has the key null."""

    role: str
    least: int | None = None
    width: int = 0
    values: tuple[str, ...] = ()

    def value(self, key: int) -> str:
        """The value of a key, as text."""
        return self.values[key] if self.least is None else str(self.least + key)

    def key(self, value: str) -> int | None:
        """The key of a value; None where it has none."""
        if self.least is None:
            return self.values.index(value) if value in self.values else None
        key = int(value) - self.least if value.lstrip("-").isdigit() else -1
        return key if 0 <= key < self.width else None

    def __len__(self) -> int:
        return len(self.values) if self.least is None else self.width


def keys_of(duck: "DuckDBPyConnection", table: str, roles: Sequence[str], whole: Sequence[bool]) -> tuple[Keys, ...]:
    """The keys of the columns v0, v1, … of a table; whole: which of them hold whole numbers."""
    made: list[Keys] = []
    for n, role in enumerate(roles):
        if whole[n]:
            least, most = duck.execute(f"SELECT min(v{n}), max(v{n}) FROM {table}").fetchall()[0]
            if least is None or most - least < WIDEST:
                made.append(Keys(role=role, least=least or 0, width=0 if least is None else most - least + 1))
                continue
        found = duck.execute(f"SELECT DISTINCT v{n}::VARCHAR FROM {table} WHERE v{n} IS NOT NULL ORDER BY 1").fetchall()
        made.append(Keys(role=role, values=tuple(row[0] for row in found)))
    return tuple(made)


def narrow(largest: Decimal | int, places: int) -> str:
    """The narrowest type that holds totals up to this."""
    return f"DECIMAL({18 if largest * 10**places < NARROW else 38}, {places})"


def turned(duck: "DuckDBPyConnection", table: str, keys: Sequence[Keys], places: int, shift: int) -> str:
    """A query for the cells of a table with k0, k1, … in place of v0, v1, …. shift: its totals are of 10^-shift each."""
    columns, joins = [], []
    for n, of in enumerate(keys):
        if of.least is not None:
            columns.append(f"(v{n} - {of.least})::INTEGER AS k{n}")
            continue
        duck.execute(f"CREATE OR REPLACE TEMP TABLE d{n} (value VARCHAR, key INTEGER)")
        lies.listed(duck, f"d{n}", [(value, key) for key, value in enumerate(of.values)])
        columns.append(f"d{n}.key AS k{n}")
        joins.append(f"LEFT JOIN d{n} ON d{n}.value = v{n}::VARCHAR")
    largest = duck.execute(f"SELECT max(abs(total)) FROM {table}").fetchall()[0][0] or 0
    exact = (
        f"(total::DECIMAL(38, 0) * CAST('{Decimal(1).scaleb(-shift):f}' AS DECIMAL({shift + 1}, {shift})))"
        if shift
        else "total"
    )
    total = f"{exact}::{narrow(largest, places)} AS total"
    return f"SELECT {', '.join([*columns, 'moment, rows, n', total])} FROM {table} {' '.join(joins)}"
