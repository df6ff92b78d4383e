"""The same cells, digit for digit, from the files and from a table in each database that can hold it, by configuration alone."""

import os
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from uuid import uuid4

import pytest
from bulk_cases import NAMES, ROWS, Row, company, parquet, source_of
from test_sums import cells, cube_of, digest

from leafledger.core.finding import Refused

MORE: tuple[Row, ...] = (
    *ROWS,
    (1, 'a "b", c', "2024-01-31", "kWh", "-3.999", "b8"),
    (None, "hq", "2024-02-29", "kWh", "999999999999999.999", "b9"),
    (2, None, None, None, None, "b10"),
    (2, "hq", "2024-03-15", "MJ", None, "b11"),
    *((1, "hq", f"2024-{n % 12 + 1:02d}-07", "kWh", f"0.{n:03d}", f"c{n}") for n in range(200)),
)
"""With nulls, quotes and long numbers; in floats, those that a float holds."""
FLOATS: tuple[Row, ...] = tuple((kind, *more, float(n) / 7, "b") for n, (kind, *more, _, _) in enumerate(MORE))
KINDS = ("integer", "varchar(40)", "date", "varchar(10)", "{quantity}", "varchar(10)")

others = pytest.mark.skipif(not os.environ.get("LEAF_TEST_ENGINES"), reason="needs make test-engines")


def literal(value: object) -> str:
    return (
        "NULL"
        if value is None
        else str(value)
        if isinstance(value, (int, float))
        else "'" + str(value).replace("'", "''") + "'"
    )


def insert(rows: tuple[Row, ...], *, date: str = "DATE ") -> str:
    lines = [
        "(" + ", ".join((date if n == 2 and value else "") + literal(value) for n, value in enumerate(row)) + ")"
        for row in rows
    ]
    return "INSERT INTO bills VALUES " + ", ".join(lines)


def of_files(folder: Path, rows: tuple[Row, ...], quantity: str, more: str = "") -> Path:
    made = company(folder, more=more)
    parquet(made, rows, types=("INTEGER", "VARCHAR", "DATE", "VARCHAR", quantity, "VARCHAR"))
    return made


def same(tmp_path: Path, url: str, rows: tuple[Row, ...], quantity: str, more: str = "") -> None:
    files = of_files(tmp_path / "files", rows, quantity, more)
    table = company(tmp_path / "table", url=url, more=f"table: bills\n{more}")
    ours, theirs = cube_of(files), cube_of(table)
    assert cells(theirs) == cells(ours)
    assert digest(theirs) == digest(ours) == theirs.digest


@pytest.fixture
def postgres(request: pytest.FixtureRequest) -> Iterator[str]:
    server = os.environ.get("LEAF_TEST_POSTGRES")
    if not server:
        pytest.skip("needs PostgreSQL: scripts/with-postgres.sh .venv/bin/python -m pytest …")
    import psycopg

    schema = f"bulk_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    yield f"{server}&options=-csearch_path%3D{schema}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA {schema} CASCADE")


def in_postgres(url: str, rows: tuple[Row, ...], quantity: str) -> None:
    import psycopg

    columns = ", ".join(f"{name} {kind.format(quantity=quantity)}" for name, kind in zip(NAMES, KINDS, strict=True))
    with psycopg.connect(url) as connection:
        connection.execute(f"CREATE TABLE bills ({columns})")
        connection.execute(insert(rows))


def test_postgresql_gives_the_same_cells(tmp_path: Path, postgres: str) -> None:
    in_postgres(postgres, MORE, "numeric(18,3)")
    same(tmp_path, postgres, MORE, "DECIMAL(18,3)")


def test_postgresql_rounds_floats_alike(tmp_path: Path, postgres: str) -> None:
    in_postgres(postgres, FLOATS, "double precision")
    same(tmp_path, postgres, FLOATS, "DOUBLE", "decimals: 3")


def test_postgresql_gives_whole_days_too(tmp_path: Path, postgres: str) -> None:
    in_postgres(postgres, MORE, "numeric(18,3)")
    same(tmp_path, postgres, MORE, "DECIMAL(18,3)", "grain: day")


def test_a_table_that_is_not_there_is_said_so(tmp_path: Path, postgres: str) -> None:
    with pytest.raises(Refused, match="there is no table bills there"):
        cube_of(company(tmp_path / "co", url=postgres, more="table: bills"))


def test_a_database_that_does_not_answer_is_said_so(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(Refused, match="does not answer as it should"):
        cube_of(company(tmp_path / "co", url="postgresql://nobody@127.0.0.1:1/none", more="table: bills"))


def test_an_engine_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="there is no engine for oracle://"):
        cube_of(company(tmp_path / "co", url="oracle://somewhere", more="table: bills"))


def in_chdb(place: Path, rows: tuple[Row, ...], quantity: str) -> str:
    from chdb.session import Session

    kinds = (
        "Nullable(Int32)",
        "Nullable(String)",
        "Nullable(Date32)",
        "Nullable(String)",
        f"Nullable({quantity})",
        "String",
    )
    columns = ", ".join(f"{name} {kind}" for name, kind in zip(NAMES, kinds, strict=True))
    session = Session(str(place))
    session.query("CREATE DATABASE IF NOT EXISTS default ENGINE = Atomic")
    session.query("DROP TABLE IF EXISTS bills")
    session.query(f"CREATE TABLE bills ({columns}) ENGINE = MergeTree ORDER BY tuple()")
    session.query(insert(rows, date=""))
    return f"chdb://{place}"


@others
@pytest.mark.parametrize(
    ("rows", "theirs", "ours", "more"),
    [
        (MORE, "Decimal(18, 3)", "DECIMAL(18,3)", ""),
        (FLOATS, "Float64", "DOUBLE", "decimals: 3"),
        (MORE, "Decimal(18, 3)", "DECIMAL(18,3)", "grain: day"),
    ],
    ids=["decimals", "floats", "days"],
)
def test_clickhouse_gives_the_same_cells(
    tmp_path: Path, rows: tuple[Row, ...], theirs: str, ours: str, more: str
) -> None:
    same(tmp_path, in_chdb(tmp_path / "chdb", rows, theirs), rows, ours, more)


@others
def test_a_clickhouse_server_is_asked_over_http(tmp_path: Path) -> None:
    """A server of one page, which hands each query to ClickHouse in this process."""
    in_chdb(tmp_path / "chdb", MORE, "Decimal(18, 3)")
    from chdb.session import Session

    session = Session(str(tmp_path / "chdb"))

    class Page(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(bytes(session.query(query).bytes()))

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Page)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        same(tmp_path, f"clickhouse://127.0.0.1:{server.server_port}/default", MORE, "DECIMAL(18,3)")
    finally:
        server.shutdown()


@others
@pytest.mark.parametrize(
    ("rows", "theirs", "ours", "more"),
    [
        (MORE, "DECIMAL(18, 3)", "DECIMAL(18,3)", ""),
        (FLOATS, "DOUBLE", "DOUBLE", "decimals: 3"),
        (MORE, "DECIMAL(18, 3)", "DECIMAL(18,3)", "grain: day"),
    ],
    ids=["decimals", "floats", "days"],
)
def test_spark_gives_the_same_cells(tmp_path: Path, rows: tuple[Row, ...], theirs: str, ours: str, more: str) -> None:
    from leafledger.bulk.engines import _spark

    url = "spark://local[2]?spark.ui.enabled=false&spark.sql.shuffle.partitions=4&spark.sql.warehouse.dir=" + str(
        tmp_path / "spark"
    )
    table = company(tmp_path / "spark-table", url=url, more=f"table: bills\n{more}")
    spark = _spark(source_of(table))
    files = of_files(tmp_path / "of", rows, ours)
    spark.read.parquet(str(files / "bills" / "1.parquet")).createOrReplaceTempView("bills")
    assert theirs
    same(tmp_path, url, rows, ours, more)
