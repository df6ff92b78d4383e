"""Fixtures that several rooms share: a ledger of its own for each test, on SQLite and on PostgreSQL."""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

# No test may ever write to the database that a developer's shell names.
os.environ.pop("DATABASE_URL", None)
# The browser of other tests keeps an event loop in this process, which Django takes for asynchronous code of ours.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Runs a test on both databases: a file below the test's folder, and a schema of its own in the server of the tests."""
    if request.param == "sqlite":
        yield request.param
        return
    server = os.environ.get("LEAF_TEST_POSTGRES")
    if not server:
        pytest.skip("needs PostgreSQL: scripts/with-postgres.sh .venv/bin/python -m pytest …")
    import psycopg

    from leafledger.base.setup import close_ledger

    schema = f"test_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
    # A child process that the test starts finds the same schema.
    monkeypatch.setenv("DATABASE_URL", f"{server}&options=-csearch_path%3D{schema}")
    yield request.param
    close_ledger()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture
def ledger(database: str, tmp_path: Path) -> Iterator[Path]:
    """The folder of an open, empty ledger, once on each database."""
    from leafledger.base.setup import close_ledger, open_ledger

    place = tmp_path / ".leaf"
    open_ledger(place)
    yield place
    close_ledger()


@pytest.fixture
def sqlite_ledger(tmp_path: Path) -> Iterator[Path]:
    """The folder of an open, empty ledger, where the database makes no difference."""
    from leafledger.base.setup import close_ledger, open_ledger

    place = tmp_path / ".leaf"
    open_ledger(place)
    yield place
    close_ledger()
