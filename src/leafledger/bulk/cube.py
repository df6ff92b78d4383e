"""The cube of a source's cells: made once from the rows, kept in Parquet, and all that is needed from then on."""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from leafledger.bulk import lies
from leafledger.bulk.engines import engine_of, sql_of
from leafledger.bulk.keys import Keys, keys_of, turned
from leafledger.bulk.lies import File
from leafledger.bulk.rows import Part, parts
from leafledger.bulk.source import Source
from leafledger.bulk.sums import Types, cells, places, rounds, shift
from leafledger.core.entry import canonical
from leafledger.core.finding import Refused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FORMAT = 1
MOST_SEGMENTS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Cells of some files, or of a table: a Parquet file of k0, k1, …, moment, rows, n, total, named after its SHA-256.

    Cells of two segments, and of one, may be parts of the same cell; whoever reads them adds them up. keys: what k0, k1, … stand
    for. rows: all that were read; counted: those with a quantity.
    """

    place: Path
    sha256: str
    keys: tuple[Keys, ...]
    files: tuple[File, ...] = ()
    rows: int
    counted: int
    cells: int

    @property
    def name(self) -> str:
        return f"cells-{self.sha256[:16]}.parquet"

    @property
    def parquet(self) -> str:
        """What DuckDB reads its cells by."""
        return lies.parquet(self.place / self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cube:
    """All cells of a source, and where they lie. declared: a hash of what shapes the sum. digest: of a table's cells, where there are
    no files. places: decimals of `total`. rounds: each row was rounded once."""

    place: Path
    declared: str
    segments: tuple[Segment, ...]
    digest: str = ""
    places: int
    rounds: bool

    @property
    def files(self) -> tuple[File, ...]:
        return tuple(file for segment in self.segments for file in segment.files)

    @property
    def rows(self) -> int:
        return sum(segment.rows for segment in self.segments)

    def content(self, source: Source) -> str:
        """SHA-256 of what is approved: the declaration, what values mean, and what was read, in whatever order."""
        said = asdict(source)
        said["codes"] = {
            role: sorted([one.value, one.means, one.labels, one.note] for one in of.values())
            for role, of in sorted(source.codes.items())
        }
        del said["url"], said["place"]
        read = sorted(file.sha256 for file in self.files) or [self.digest]
        return hashlib.sha256(canonical([said, read]).encode()).hexdigest()


def kept(place: Path) -> Cube | None:
    """The cube that is kept in a folder, if there is one, whole and of this format."""
    path = place / "cube.json"
    if not path.is_file():
        return None
    said = json.loads(path.read_text("utf-8"))
    if said.pop("format", 0) != FORMAT:
        return None
    segments = tuple(_segment(one, place) for one in said.pop("segments"))
    made = Cube(place=place, segments=segments, **said)
    whole = all((place / one.name).is_file() and lies.sha256_of(place / one.name) == one.sha256 for one in segments)
    return made if whole else None


def summed(source: Source, folder: Path, place: Path, threads: int | None = None) -> Cube:
    """The cube of what lies at the source now. Of files only those are read that the kept cube has not seen."""
    before = kept(place)
    if before is not None and before.declared != _declared(source):
        before = None
    with lies.duck(threads) as duck:
        return summed_in(duck, source, folder, place, before)


def summed_in(
    duck: "DuckDBPyConnection",
    source: Source,
    folder: Path,
    place: Path,
    before: Cube | None,
    now: Sequence[File] | None = None,
) -> Cube:
    """The same in a DuckDB that is open, from the cube before; now: the files, where they are hashed already."""
    place.mkdir(parents=True, exist_ok=True)
    if not source.is_files:
        return _keep(_of_table(duck, source, place))
    now = now if now is not None else lies.files(source, folder, before.files if before else ())
    stay, fresh = _split(before, now)
    if before is not None and not fresh and stay == before.segments:
        return before
    if len(stay) >= MOST_SEGMENTS:
        stay, fresh = (), list(now)
    at = {lies.name_of(path, folder): path for path in lies.paths(source, folder)}
    like = before.segments[0].keys if before and before.segments else ()
    made, types = _of_files(duck, source, {at[one.name]: one for one in fresh}, place, like) if fresh else ((), None)
    return _keep(
        Cube(
            place=place,
            declared=_declared(source),
            segments=(*stay, *made),
            places=places(source, types) if types else (before.places if before else 0),
            rounds=rounds(source, types) if types else (before.rounds if before else False),
        )
    )


def alike(segments: Sequence[Segment]) -> list[tuple[tuple[Keys, ...], list[Segment]]]:
    """Segments whose keys mean the same, together."""
    found: dict[tuple[Keys, ...], list[Segment]] = {}
    for one in segments:
        found.setdefault(one.keys, []).append(one)
    return list(found.items())


def cells_of(segments: Sequence[Segment]) -> str:
    """What DuckDB reads the cells of several segments by."""
    return "read_parquet([" + ", ".join(lies.quoted(str(one.place / one.name)) for one in segments) + "])"


def values_sql(cube: Cube, duck: "DuckDBPyConnection") -> str:
    """A query for all cells with their values as texts: v0, v1, …, moment, rows, n, total; each cell once."""
    parts: list[str] = []
    for number, segment in enumerate(cube.segments):
        columns, joins = [], []
        for n, of in enumerate(segment.keys):
            if of.least is not None:
                columns.append(f"(k{n} + {of.least})::VARCHAR AS v{n}")
                continue
            name = f"w{number}_{n}"
            duck.execute(f"CREATE OR REPLACE TEMP TABLE {name} (key INTEGER, value VARCHAR)")
            lies.listed(duck, name, list(enumerate(of.values)))
            columns.append(f"{name}.value AS v{n}")
            joins.append(f"LEFT JOIN {name} ON {name}.key = k{n}")
        parts.append(
            f"SELECT {', '.join([*columns, 'moment, rows, n, total'])} FROM {segment.parquet} {' '.join(joins)}"
        )
    by = [*(f"v{n}" for n in range(len(cube.segments[0].keys))), "moment"]
    return (
        f"SELECT {', '.join(by)}, sum(rows)::BIGINT AS rows, sum(n)::BIGINT AS n, sum(total)::DECIMAL(38, {cube.places}) AS total "
        f"FROM ({' UNION ALL '.join(parts)}) GROUP BY {', '.join(by)}"
    )


def digest_of(cube: Cube, duck: "DuckDBPyConnection") -> str:
    """SHA-256 over every cell, digit for digit, in order of what tells them apart: the same from every engine, order and file split."""
    by = ", ".join([*(f"v{n} NULLS FIRST" for n in range(len(cube.segments[0].keys))), "moment NULLS FIRST"])
    with TemporaryDirectory(prefix="leaf-") as scratch:
        into = Path(scratch) / "cells.csv"
        duck.execute(
            f"COPY (SELECT * FROM ({values_sql(cube, duck)}) ORDER BY {by}) TO {lies.quoted(str(into))} (FORMAT csv, HEADER false)"
        )
        return lies.sha256_of(into)


def _split(before: Cube | None, now: Sequence[File]) -> tuple[tuple[Segment, ...], list[File]]:
    """The segments whose files all still lie there, and the files that are in none of these."""
    left = list(now)
    stay: list[Segment] = []
    for segment in before.segments if before else ():
        by_hash = {one.sha256: one for one in left}
        if all(file.sha256 in by_hash for file in segment.files):
            found = [by_hash[file.sha256] for file in segment.files]
            left = [one for one in left if one not in found]
            stay.append(replace(segment, files=tuple(found)))
    return tuple(stay), left


def _of_files(
    duck: "DuckDBPyConnection", source: Source, files: Mapping[Path, File], place: Path, like: Sequence[Keys]
) -> tuple[tuple[Segment, ...], Types]:
    described = duck.execute(f"DESCRIBE SELECT * FROM {lies.scan(source, list(files))}").fetchall()
    types = lies.types_of(source, [(row[0], row[1]) for row in described])
    made = [
        _segment_of(duck, part, tuple(files[path] for path in part.files), place)
        for part in parts(duck, source, types, list(files), like)
    ]
    return tuple(made), types


def _of_table(duck: "DuckDBPyConnection", source: Source, place: Path) -> Cube:
    """The cells of a table, which its own engine sums; they alone come here."""
    engine = engine_of(source)
    if not (described := engine.describe(source)):
        raise Refused(lies.finding(source, "there is no table {table} there", table=source.table))
    types = lies.types_of(source, described)
    with TemporaryDirectory(prefix="leaf-") as scratch:
        into = Path(scratch) / "cells.csv"
        engine.run(source, sql_of(cells(source, types, source.table), engine.compiler), into)
        columns = {f"v{n}": "VARCHAR" for n in range(len(source.roles))}
        columns |= {
            "moment": "INTEGER",
            "rows": "BIGINT",
            "n": "BIGINT",
            "total": f"DECIMAL(38, {places(source, types) - shift(source, types)})",
        }
        spelled = "{" + ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items()) + "}"
        duck.execute(
            f"CREATE OR REPLACE TEMP TABLE raw AS SELECT * FROM read_csv({lies.quoted(str(into))}, header = false, auto_detect = false, "
            f"delim = ',', quote = '\"', escape = '\"', nullstr = {lies.quoted(engine.null)}, columns = {spelled})"
        )
    keys = keys_of(duck, "raw", list(source.roles), [False] * len(source.roles))
    part = Part(files=(), keys=keys, sql=turned(duck, "raw", keys, places(source, types), shift(source, types)))
    segment = _segment_of(duck, part, (), place)
    made = Cube(
        place=place,
        declared=_declared(source),
        segments=(segment,),
        places=places(source, types),
        rounds=rounds(source, types),
    )
    return replace(made, digest=digest_of(made, duck))


def _segment_of(duck: "DuckDBPyConnection", part: Part, files: tuple[File, ...], place: Path) -> Segment:
    """The cells of a part, written."""
    scratch = place / f"cells.{os.getpid()}.parquet"
    copy = f"COPY ({part.sql}) TO {lies.quoted(str(scratch))} (FORMAT parquet, COMPRESSION lz4_raw)"
    count = duck.execute(copy).fetchall()[0][0]
    rows = counted = part.rows
    if part.rows is None:
        query = f"SELECT sum(rows)::BIGINT, sum(n)::BIGINT FROM {lies.parquet(scratch)}"
        rows, counted = duck.execute(query).fetchall()[0]
    sha256 = lies.sha256_of(scratch)
    made = Segment(
        place=place, sha256=sha256, keys=part.keys, files=files, rows=rows or 0, counted=counted or 0, cells=count
    )
    scratch.replace(place / made.name)
    return made


def _keep(cube: Cube) -> Cube:
    """Write what is known of the cells, then let go of segments that are no longer part of them."""
    said = {**asdict(cube), "format": FORMAT}
    for one in (said, *said["segments"]):
        del one["place"]
    scratch = cube.place / f"cube.{os.getpid()}.json"
    scratch.write_text(canonical(said), "utf-8")
    scratch.replace(cube.place / "cube.json")
    names = {segment.name for segment in cube.segments}
    for path in cube.place.glob("cells-*.parquet"):
        if path.name not in names:
            path.unlink(missing_ok=True)
    return cube


def _segment(said: dict[str, Any], place: Path) -> Segment:
    keys = tuple(Keys(**{**one, "values": tuple(one["values"])}) for one in said["keys"])
    return Segment(**{**said, "place": place, "keys": keys, "files": tuple(File(**one) for one in said["files"])})


def _declared(source: Source) -> str:
    """A hash of what shapes the sum: when it changes, the rows are read again. What values mean is not of it."""
    said = [source.url, source.table, asdict(source.columns), source.grain, source.decimals]
    return hashlib.sha256(canonical(said).encode()).hexdigest()
