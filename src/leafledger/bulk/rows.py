"""Reads a source's files once and sums them, some millions of rows at a time, so that what is summed into stays small."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leafledger.bulk.engines import sql_of
from leafledger.bulk.lies import quoted, scan
from leafledger.bulk.source import Source
from leafledger.bulk.sums import Range, Types, cells, is_whole

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BATCH = 4_000_000
WIDEST_KEY = 2**62


def sum_files(duck: "DuckDBPyConnection", source: Source, types: Types, files: Sequence[Path]) -> None:
    """Make the table `raw` of partial cells: v0, v1, …, moment, rows, n, total. Cells of two batches may be the same cell."""
    ranges = _ranges(duck, source, types, files)
    made = False
    for batch in _batches(duck, source, files):
        duck.execute(f"CREATE OR REPLACE TEMP VIEW leaf_rows AS SELECT * FROM {scan(source, batch)}")
        sql = sql_of(cells(source, types, "leaf_rows", ranges), "DuckDB")
        if ranges:
            sql = f"SELECT {_unpacked(ranges)}, rows, n, total FROM ({sql})"
        duck.execute(f"{'INSERT INTO raw' if made else 'CREATE TEMP TABLE raw AS'} {sql}")
        made = True


def _batches(duck: "DuckDBPyConnection", source: Source, files: Sequence[Path]) -> list[list[Path]]:
    """Files in groups of some million rows; files that do not say how many they have are read together."""
    if "read_csv" in scan(source, files):
        return [list(files)]
    found = duck.execute(f"SELECT file_name, num_rows FROM parquet_file_metadata({_list(files)})").fetchall()
    rows = {row[0]: row[1] for row in found}
    groups: list[list[Path]] = [[]]
    held = 0
    for file in files:
        if held and held + rows[str(file)] > BATCH:
            groups.append([])
            held = 0
        groups[-1].append(file)
        held += rows[str(file)]
    return groups


def _ranges(duck: "DuckDBPyConnection", source: Source, types: Types, files: Sequence[Path]) -> list[Range]:
    """The range of every column that tells rows apart, from what Parquet says of itself; none where one is no whole number,
    has nulls or says nothing, or where a key would not hold them all."""
    columns = [*source.roles.values(), source.columns.date]
    kinds = [types[column] for column in columns]
    if (
        "read_csv" in scan(source, files)
        or kinds[-1] not in ("date", "timestamp")
        or not all(map(is_whole, kinds[:-1]))
    ):
        return []
    found: list[Range] = []
    said = _said(duck, files)
    for column in columns[:-1]:
        least, most, nulls = said.get(column, (None, None, None))
        if least is None or most is None or nulls != 0:
            return []
        found.append(Range(least=int(least), width=int(most) - int(least) + 1))
    first, last, nulls = said.get(columns[-1], (None, None, None))
    if first is None or last is None or nulls != 0:
        return []
    least, most = (_moment(source, str(day)) for day in (first, last))
    found.append(Range(least=least, width=most - least + 1))
    held = 1
    for one in found:
        held *= one.width
    return found if held < WIDEST_KEY else []


def _said(duck: "DuckDBPyConnection", files: Sequence[Path]) -> dict[str, tuple[Any, Any, Any]]:
    """Least, most and number of nulls of each column, over all row groups that say; None where one does not."""
    query = f"""
        SELECT path_in_schema, bool_and(stats_min_value IS NOT NULL AND stats_max_value IS NOT NULL),
               min(try_cast(stats_min_value AS BIGINT)), max(try_cast(stats_max_value AS BIGINT)),
               min(stats_min_value), max(stats_max_value),
               CASE WHEN bool_and(stats_null_count IS NOT NULL) THEN sum(stats_null_count)::BIGINT END
        FROM parquet_metadata({_list(files)}) GROUP BY 1"""
    said = {}
    for name, whole, least, most, first, last, nulls in duck.execute(query).fetchall():
        if whole:
            said[name] = (least, most, nulls) if least is not None else (first, last, nulls)
    return said


def _moment(source: Source, day: str) -> int:
    year, month, of = int(day[:4]), int(day[5:7]), int(day[8:10])
    return year * 12 + month - 1 if source.grain == "month" else year * 10000 + month * 100 + of


def _unpacked(ranges: Sequence[Range]) -> str:
    """v0, v1, … and moment out of the one key."""
    names = [*(f"v{n}" for n in range(len(ranges) - 1)), "moment"]
    columns, rest = [], "key"
    for name, of in reversed(list(zip(names, ranges, strict=True))):
        columns.append(
            f"(({rest}) % {of.width} + {of.least})::INTEGER AS {name}"
            if name != names[0]
            else f"(({rest}) + {of.least})::INTEGER AS {name}"
        )
        rest = f"({rest}) // {of.width}"
    return ", ".join(reversed(columns))


def _list(files: Sequence[Path]) -> str:
    return "[" + ", ".join(quoted(str(path)) for path in files) + "]"
