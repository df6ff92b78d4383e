"""Where the rows of a source lie: the engine that its URL names, the types of its columns, and its files with their hashes."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from leafledger.bulk.source import Source
from leafledger.core.finding import Finding, Place, Refused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MEMORY = "1200MB"
BLOCK = 2**22


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file of a source: what tells at a glance whether it changed, and the SHA-256 of what it holds."""

    name: str
    size: int
    changed: int
    sha256: str = ""


@contextmanager
def duck(threads: int | None = None) -> Iterator["DuckDBPyConnection"]:
    """A DuckDB of our own: in memory up to a limit, beyond it in a folder that goes with it. Refused without the extra `bulk`."""
    try:
        import duckdb
        import ibis  # noqa: F401
    except ImportError:
        raise Refused(_no_extra()) from None
    with TemporaryDirectory(prefix="leaf-") as scratch:
        connection = duckdb.connect()
        connection.execute("SET memory_limit = ?", [MEMORY])
        connection.execute("SET temp_directory = ?", [scratch])
        connection.execute("SET preserve_insertion_order = false")
        if threads:
            connection.execute(f"SET threads = {int(threads)}")
        try:
            yield connection
        finally:
            connection.close()


def paths(source: Source, folder: Path) -> list[Path]:
    """The files of a source, by name. Refused where there is none."""
    at = Path(source.url)
    top, pattern = (Path(at.anchor), str(at.relative_to(at.anchor))) if at.is_absolute() else (folder, source.url)
    found = sorted(path for path in top.glob(pattern) if path.is_file())
    if not found:
        template = "no file fits {url}; put the files there, or mend url: (a path from the company's folder)"
        raise Refused(finding(source, template, url=source.url))
    return found


def files(source: Source, folder: Path, known: Sequence[File] = ()) -> tuple[File, ...]:
    """The files with their hashes. known: what was hashed before; a file of the same name, size and time is not read again."""
    before = {(one.name, one.size, one.changed): one for one in known}
    found: list[File] = []
    for path in paths(source, folder):
        stat, name = path.stat(), name_of(path, folder)
        there = before.get((name, stat.st_size, stat.st_mtime_ns))
        sha256 = there.sha256 if there else sha256_of(path)
        found.append(File(name=name, size=stat.st_size, changed=stat.st_mtime_ns, sha256=sha256))
    return tuple(found)


def name_of(path: Path, folder: Path) -> str:
    """How a file of a source is called: as it lies in the company's folder, or in full."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def scheme(source: Source) -> str:
    """`files`, or which database it is: `postgresql`, `clickhouse`, `chdb`, `spark`. Refused for another."""
    if source.is_files:
        return "files"
    name = source.url.partition(":")[0]
    known = {
        "postgresql": "postgresql",
        "postgres": "postgresql",
        "clickhouse": "clickhouse",
        "chdb": "chdb",
        "spark": "spark",
    }
    if name not in known:
        template = "there is no engine for {scheme}://; a source may be files, or lie in postgresql://, clickhouse:// or spark://"
        raise Refused(finding(source, template, scheme=name))
    return known[name]


def scan(source: Source, files: Sequence[Path]) -> str:
    """What DuckDB reads the files by, as a part of a query."""
    listed = "[" + ", ".join(quoted(str(path)) for path in files) + "]"
    if source.url.endswith(".csv") or source.url.endswith(".csv.gz"):
        return f"read_csv({listed}, all_varchar = true, header = true, union_by_name = true)"
    return f"read_parquet({listed})"


def types_of(source: Source, described: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The types of the columns that the source names. Refused where one is not there, or is of no use."""
    there = dict(described)
    wanted = {source.columns.date: "date", source.columns.quantity: "quantity"}
    wanted |= {column: role for role, column in source.roles.items()}
    findings: list[Finding] = []
    for column, role in wanted.items():
        if column not in there:
            template = "there is no column {column!r} for the {role}; there are {known}"
            findings.append(finding(source, template, column=column, role=role, known=", ".join(sorted(there))[:400]))
    types = {column: _kind(there[column]) for column in wanted if column in there}
    if (kind := types.get(source.columns.date)) and kind not in ("date", "timestamp", "string"):
        findings.append(
            finding(source, "the column {column!r} is no date ({kind})", column=source.columns.date, kind=kind)
        )
    if (kind := types.get(source.columns.quantity)) in ("date", "timestamp"):
        findings.append(finding(source, "the column {column!r} is no number", column=source.columns.quantity))
    if findings:
        raise Refused(findings)
    return types


def finding(source: Source, template: str, /, **values: object) -> Finding:
    return Finding(rule="source", template=template, values=values, place=Place(name=f"sources/{source.id}.yaml"))


def listed(duck: "DuckDBPyConnection", table: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Put rows into a table: in one statement, whose parameters are the columns as lists."""
    if rows:
        names = [f"unnest(${n + 1})" for n in range(len(rows[0]))]
        duck.execute(
            f"INSERT INTO {table} SELECT {', '.join(names)}", [list(column) for column in zip(*rows, strict=True)]
        )


def parquet(path: Path) -> str:
    return f"read_parquet({quoted(str(path))})"


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


_WHOLE = {
    "tinyint": "int8", "int8": "int8", "smallint": "int16", "int16": "int16", "integer": "int32", "int": "int32", "int32": "int32",
    "utinyint": "uint8", "uint8": "uint8", "usmallint": "uint16", "uint16": "uint16", "uinteger": "uint32", "uint32": "uint32",
}  # fmt: skip


def _kind(said: str) -> str:
    """A database's own word for a type, as Ibis writes it."""
    word = said.lower()
    while inner := re.fullmatch(r"(?:nullable|lowcardinality)\((.*)\)", word):
        word = inner[1]
    if match := re.search(r"(?:decimal|numeric)\w*\((\d+), *(\d+)\)", word):
        return f"decimal({match[1]}, {match[2]})"
    if word in _WHOLE:
        return _WHOLE[word]
    for part, kind in (("int", "int64"), ("double", "float64"), ("float", "float64"), ("real", "float64")):
        if part in word and "interval" not in word and "point" not in word:
            return kind
    if word in ("date", "date32"):
        return "date"
    return "timestamp" if word.startswith(("timestamp", "datetime")) else "string"


def sha256_of(path: Path) -> str:
    hash = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            hash.update(block)
    return hash.hexdigest()


def _no_extra() -> Finding:
    template = (
        "a bulk source needs DuckDB and Ibis, which are not installed; in the folder of Leafledger, run "
        ".venv/bin/python -m pip install '.[bulk]'"
    )
    return Finding(rule="source.extra", template=template, place=Place(name="sources"))
