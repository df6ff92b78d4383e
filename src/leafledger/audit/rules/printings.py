"""The same rows in two tables of a report: which numbers meet there, and which do not."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations

from leafledger.audit.fold import fold
from leafledger.audit.mention import Mention, Reading, Table, TableRow
from leafledger.audit.rules.alike import core, likeness
from leafledger.audit.rules.facts import Key, key_of, kind_of, meet
from leafledger.audit.rules.once import once
from leafledger.audit.rules.ranges import digits, telling

Name = tuple[object, ...]
"""What a number is of, in both tables: its metric, labels and year, or where nobody knows these, its row's words and year."""


MOST_TABLES = 12
"""A name that more tables print is compared between the first of them only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One number that is printed in two tables."""

    name: Name
    one: Mention
    other: Mention

    @property
    def meets(self) -> bool:
        return meet(self.one, self.other)

    @property
    def known(self) -> bool:
        """Do we know its metric, or only that two rows have the same words?"""
        return isinstance(self.name[0], Key)

    @property
    def alike(self) -> float:
        return likeness(self.one.label, self.other.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printings:
    """Two tables and every number that both print."""

    one: Table
    other: Table
    pairs: tuple[Pair, ...]

    @property
    def apart(self) -> tuple[Pair, ...]:
        return tuple(pair for pair in self.pairs if not pair.meets)

    @property
    def agreed(self) -> tuple[Pair, ...]:
        """Those that meet and have digits enough to tell."""
        return tuple(
            pair for pair in self.pairs if pair.meets and telling(pair.one.amount) > 1 and digits(pair.one.amount) > 2
        )


@once
def printings(reading: Reading) -> tuple[Printings, ...]:
    """Every two tables that share numbers."""
    names = {table.id: names_of(table) for table in reading.tables}
    tables = {table.id: table for table in reading.tables}
    homes: dict[Name, list[int]] = defaultdict(list)
    for id, known in names.items():
        for name in known:
            homes[name].append(id)
    shared: dict[tuple[int, int], list[Name]] = defaultdict(list)
    for name, ids in homes.items():
        for pair in combinations(ids[:MOST_TABLES], 2):
            shared[pair].append(name)
    return tuple(
        Printings(
            one=tables[one],
            other=tables[other],
            pairs=tuple(Pair(name=name, one=names[one][name], other=names[other][name]) for name in known),
        )
        for (one, other), known in shared.items()
    )


def names_of(table: Table) -> dict[Name, Mention]:
    """What each number of a table is of. What comes twice in one table is not known well enough to be compared."""
    found: dict[Name, list[Mention]] = defaultdict(list)
    rows = Counter(_row_name(row) for row in table.rows)
    for row in table.rows:
        for column, cell in enumerate(row.cells):
            if cell is None or cell.amount.value is None:
                continue
            name = _name(cell, row, table, column, rows)
            if name is not None:
                found[name].append(cell)
    return {name: cells[0] for name, cells in found.items() if len(cells) == 1}


def _name(cell: Mention, row: TableRow, table: Table, column: int, rows: Counter[Name]) -> Name | None:
    key: Key | None = key_of(cell)
    if key is not None:
        return (key,)
    year = table.years[column] if column < len(table.years) else None
    words = core(row.label)
    if year is None or len(words) < 4 or rows[_row_name(row)] > 1:
        return None
    return ("row", words, core(row.group), _header(table.columns[column]), kind_of(cell), year, cell.basis)


_YEAR = re.compile(
    r"(?:fy|cy|financial year|fiscal year)?\s*'?20\d\d(?:\s*[-/]\s*\d{2,4})?\s*(?:年度?|财年)?|\((?:current|previous)[^)]*\)?|fy\s?\d\d",
    re.I,
)


def _header(column: str) -> str:
    """What a column says beside its year."""
    return core(_YEAR.sub(" ", fold(column)))


def _row_name(row: TableRow) -> Name:
    return (core(row.label), core(row.group), row.unit)
