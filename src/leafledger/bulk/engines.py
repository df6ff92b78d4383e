"""Runs the one expression where a table lies: PostgreSQL, ClickHouse or Spark does the sum and hands over its cells."""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from leafledger.bulk.lies import finding, quoted, scheme
from leafledger.bulk.source import Source
from leafledger.core.finding import Refused

if TYPE_CHECKING:
    from ibis.expr.types import Table

Described = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """How to speak to one kind of database. compiler: the name of Ibis's for its SQL.

    describe: the columns of the source's table, each with its type. run: writes what a query gives into a CSV file without a header.
    null: how that file says that there is none.
    """

    compiler: str
    describe: Callable[[Source], Described]
    run: Callable[[Source, str, Path], None]
    null: str = ""


def engine_of(source: Source) -> Engine:
    return _ENGINES[scheme(source)]


def sql_of(expression: "Table", compiler: str) -> str:
    """The expression in the SQL of an engine."""
    from ibis.backends.sql import compilers

    made = getattr(compilers, f"{compiler}Compiler")()
    return str(made.to_sqlglot(expression).sql(dialect=made.dialect))


def _postgres_describe(source: Source) -> Described:
    query = (
        "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute "
        f"WHERE attrelid = to_regclass({quoted(source.table)}) AND attnum > 0 AND NOT attisdropped"
    )
    with _postgres(source) as connection:
        return [(name, kind) for name, kind in connection.execute(query)]


def _postgres_run(source: Source, sql: str, into: Path) -> None:
    copy = f"COPY ({sql}) TO STDOUT (FORMAT csv)"
    with (
        _postgres(source) as connection,
        connection.cursor() as cursor,
        cursor.copy(copy) as copied,
        into.open("wb") as file,
    ):
        for block in copied:
            file.write(block)


def _postgres(source: Source) -> Any:
    try:
        import psycopg
    except ImportError:
        raise Refused(_needs(source, "postgres")) from None
    try:
        connection = psycopg.connect(source.url)
    except psycopg.OperationalError as error:
        raise Refused(_unreachable(source, error)) from None
    connection.read_only = True
    return connection


def _clickhouse_describe(source: Source) -> Described:
    return _tabbed(_asked(source, f"DESCRIBE TABLE {source.table} FORMAT TSV").decode())


def _clickhouse_run(source: Source, sql: str, into: Path) -> None:
    into.write_bytes(_asked(source, f"{sql} FORMAT CSV"))


def _asked(source: Source, query: str) -> bytes:
    """A query over ClickHouse's HTTP interface: `clickhouse://user:password@host:8123/database?secure=1`."""
    from urllib.error import URLError
    from urllib.request import Request, urlopen

    at = urlsplit(source.url)
    secure = dict(parse_qsl(at.query)).get("secure") == "1"
    said = {"database": at.path.strip("/") or "default", "readonly": "1"}
    address = (
        f"{'https' if secure else 'http'}://{at.hostname}:{at.port or (8443 if secure else 8123)}/?{urlencode(said)}"
    )
    who = {"X-ClickHouse-User": at.username or "default", "X-ClickHouse-Key": at.password or ""}
    try:
        with urlopen(Request(address, data=query.encode(), headers=who)) as answer:
            return bytes(answer.read())
    except URLError as error:
        raise Refused(_unreachable(source, error)) from None


def _chdb_describe(source: Source) -> Described:
    return _tabbed(bytes(_chdb(source).query(f"DESCRIBE TABLE {source.table}", "TSV").bytes()).decode())


def _chdb_run(source: Source, sql: str, into: Path) -> None:
    into.write_bytes(bytes(_chdb(source).query(sql, "CSV").bytes()))


def _chdb(source: Source) -> Any:
    """ClickHouse in this process, with its data in a folder: `chdb:///path/to/folder`."""
    try:
        from chdb import session
    except ImportError:
        raise Refused(_needs(source, "engines")) from None
    make: Any = session.Session
    return make(urlsplit(source.url).path)


def _spark_describe(source: Source) -> Described:
    return [(name, kind) for name, kind in _spark(source).table(source.table).dtypes]


def _spark_run(source: Source, sql: str, into: Path) -> None:
    _written(_spark(source).sql(sql).toLocalIterator(), into)


def _spark(source: Source) -> Any:
    """`spark://host:7077`, or `spark://local[2]` for one in this process; options of the session stand behind a `?`."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise Refused(_needs(source, "engines")) from None
    address, _, options = source.url.partition("?")
    master = address.removeprefix("spark://") if address.startswith("spark://local") else address
    builder = SparkSession.builder.master(master).appName("leafledger")
    for name, value in parse_qsl(options):
        builder = builder.config(name, value)
    return builder.getOrCreate()


def _written(rows: Iterable[Sequence[object]], into: Path) -> None:
    with into.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def _tabbed(text: str) -> Described:
    return [(line.split("\t")[0], line.split("\t")[1]) for line in text.splitlines()]


def _needs(source: Source, extra: str) -> Any:
    template = "the package that speaks to {url} is not installed; run .venv/bin/python -m pip install '.[{extra}]'"
    return finding(source, template, url=source.url.partition("://")[0] + "://…", extra=extra)


def _unreachable(source: Source, error: object) -> Any:
    at = urlsplit(source.url)
    where = f"{at.scheme}://{quote(at.hostname or '')}"
    return finding(
        source, "{where} does not answer as it should: {error}", where=where, error=" ".join(str(error).split())
    )


_ENGINES = {
    "postgresql": Engine(compiler="Postgres", describe=_postgres_describe, run=_postgres_run),
    "clickhouse": Engine(compiler="ClickHouse", describe=_clickhouse_describe, run=_clickhouse_run, null="\\N"),
    "chdb": Engine(compiler="ClickHouse", describe=_chdb_describe, run=_chdb_run, null="\\N"),
    "spark": Engine(compiler="Databricks", describe=_spark_describe, run=_spark_run),
}
