"""Reads a source's files once and sums them, some millions of rows at a time, so that what is summed into stays small."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leafledger.bulk.engines import sql_of
from leafledger.bulk.keys import Keys, keys_of, narrow, turned
from leafledger.bulk.lies import quoted, scan
from leafledger.bulk.source import Source
from leafledger.bulk.sums import Range, Types, cells, is_whole, places, shift

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BATCH = 6_000_000
WIDEST_KEY = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """What Parquet says of a column: its least and greatest value, as written, and whether it has nulls."""

    least: str
    most: str
    nulls: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some files, a query for the cells of their rows, and what the keys in these stand for. rows: how many, where each has a quantity."""

    files: tuple[Path, ...]
    keys: tuple[Keys, ...]
    sql: str
    rows: int | None = None


def parts(
    duck: "DuckDBPyConnection", source: Source, types: Types, files: Sequence[Path], like: Sequence[Keys] = ()
) -> Iterator[Part]:
    """The files a few at a time; of each a query for k0, k1, …, moment, rows, n, total. like: keys to keep to, where they will do."""
    ranges, largest, rows = _known(duck, source, types, files)
    ranges = _kept_to(ranges, like)
    for some in _groups(files, rows):
        duck.execute(f"CREATE OR REPLACE TEMP VIEW leaf_rows AS SELECT * FROM {scan(source, some)}")
        sql = _compiled(source, types, ranges)
        if ranges:
            keys = tuple(
                Keys(role=role, least=of.least, width=of.width) for role, of in zip(source.roles, ranges, strict=False)
            )
            total = narrow(largest * sum(rows.values()), places(source, types))
            yield Part(
                files=tuple(some),
                keys=keys,
                sql=f"SELECT {_unpacked(ranges)}, rows, rows AS n, total::{total} AS total FROM ({sql})",
                rows=sum(rows[str(file)] for file in some),
            )
            continue
        duck.execute(f"CREATE OR REPLACE TEMP TABLE raw AS {sql}")
        whole = [is_whole(types[column]) for column in source.roles.values()]
        found = keys_of(duck, "raw", list(source.roles), whole)
        yield Part(
            files=tuple(some), keys=found, sql=turned(duck, "raw", found, places(source, types), shift(source, types))
        )
        duck.execute("DROP TABLE raw")


def _compiled(source: Source, types: Types, ranges: Sequence[Range]) -> str:
    """The expression as SQL: compiled once for what shapes it, as that takes longer than summing a day's rows."""
    shape = (str(source.columns), source.grain, source.decimals, str(dict(types)), tuple(ranges))
    if shape not in _KNOWN:
        _KNOWN[shape] = sql_of(cells(source, types, "leaf_rows", ranges), "DuckDB")
    return _KNOWN[shape]


_KNOWN: dict[tuple[object, ...], str] = {}


def _kept_to(ranges: list[Range], like: Sequence[Keys]) -> list[Range]:
    """The ranges of the keys that are there already, where the new values lie in them."""
    if not ranges or any(of.least is None for of in like):
        return ranges
    kept = [Range(least=of.least or 0, width=of.width) for of in like]
    wide = all(
        old.least <= new.least and new.least + new.width <= old.least + old.width
        for old, new in zip(kept, ranges, strict=False)
    )
    return [*kept, ranges[-1]] if like and wide else ranges


def _groups(files: Sequence[Path], rows: dict[str, int]) -> list[list[Path]]:
    """Files in groups of some million rows; those that do not say how many they have are read together."""
    if not rows:
        return [list(files)]
    groups: list[list[Path]] = [[]]
    held = 0
    for file in files:
        if held and held + rows[str(file)] > BATCH:
            groups.append([])
            held = 0
        groups[-1].append(file)
        held += rows[str(file)]
    return groups


def _known(
    duck: "DuckDBPyConnection", source: Source, types: Types, files: Sequence[Path]
) -> tuple[list[Range], Decimal, dict[str, int]]:
    """From what Parquet says of itself: the range of every column that tells rows apart, the largest quantity, and the rows of each file.

    No ranges where a column is no whole number, has nulls or says nothing, or where one integer would not hold them all.
    """
    if "read_csv" in scan(source, files):
        return [], Decimal(0), {}
    counts = duck.execute(f"SELECT file_name, num_rows FROM parquet_file_metadata({_list(files)})").fetchall()
    rows = {row[0]: row[1] for row in counts}
    columns, amount = [*source.roles.values(), source.columns.date], source.columns.quantity
    kinds = [types[column] for column in columns]
    fit = types[amount].startswith("decimal") and kinds[-1] in ("date", "timestamp") and all(map(is_whole, kinds[:-1]))
    said = _stats(duck, files) if fit else {}
    if any(column not in said or said[column].nulls for column in (*columns, amount)):
        return [], Decimal(0), rows
    found = [_range(int(said[column].least), int(said[column].most)) for column in columns[:-1]]
    days = said[columns[-1]]
    found.append(_moments(source, days))
    held = 1
    for one in found:
        held *= one.width
    largest = max(abs(Decimal(said[amount].least)), abs(Decimal(said[amount].most)))
    return (found if held < WIDEST_KEY else []), largest, rows


def _stats(duck: "DuckDBPyConnection", files: Sequence[Path]) -> dict[str, Stats]:
    """Of each column what all row groups say; nothing where one does not."""
    query = f"""
        SELECT path_in_schema, bool_and(stats_min_value IS NOT NULL AND stats_max_value IS NOT NULL AND stats_null_count IS NOT NULL),
               arg_min(stats_min_value, try_cast(stats_min_value AS DECIMAL(38, 9))), min(stats_min_value),
               arg_max(stats_max_value, try_cast(stats_max_value AS DECIMAL(38, 9))), max(stats_max_value), sum(stats_null_count)::BIGINT
        FROM parquet_metadata({_list(files)}) GROUP BY 1"""
    return {
        name: Stats(least=least or first, most=most or last, nulls=nulls)
        for name, whole, least, first, most, last, nulls in duck.execute(query).fetchall()
        if whole
    }


def _range(least: int, most: int) -> Range:
    return Range(least=least, width=most - least + 1)


def _moments(source: Source, days: Stats) -> Range:
    """The range of moments: wider than that of the days, so that one more day does not change what is compiled."""
    each = 1200 if source.grain == "month" else 1_000_000
    least, most = _moment(source, days.least) // each * each, _moment(source, days.most)
    return Range(least=least, width=(most - least) // each * each + each)


def _moment(source: Source, day: str) -> int:
    year, month, of = int(day[:4]), int(day[5:7]), int(day[8:10])
    return year * 12 + month - 1 if source.grain == "month" else year * 10000 + month * 100 + of


def _unpacked(ranges: Sequence[Range]) -> str:
    """k0, k1, … (each from 0) and moment out of the one key."""
    names = [*(f"k{n}" for n in range(len(ranges) - 1)), "moment"]
    columns, rest = [], "key"
    for name, of in reversed(list(zip(names, ranges, strict=True))):
        digit = f"({rest}) % {of.width}" if name != names[0] else rest
        columns.append(f"({digit} + {of.least if name == 'moment' else 0})::INTEGER AS {name}")
        rest = f"({rest}) // {of.width}"
    return ", ".join(reversed(columns))


def _list(files: Sequence[Path]) -> Any:
    return "[" + ", ".join(quoted(str(path)) for path in files) + "]"
