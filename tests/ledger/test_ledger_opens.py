"""Opening: a new ledger is made, a current one costs one question, and what is no ledger of ours gets one clear answer."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext
from ledger_cases import COMPANY, NOON, approve, entry, record, refused

from leafledger.base.database import LOCK, one_view
from leafledger.base.setup import close_ledger, open_ledger
from leafledger.core.finding import Refused
from leafledger.ledger import intact, read, roll_up, verbs

SECRET = "hunter2"
CHILD = Path(__file__).with_name("ledger_child.py")


def test_what_was_recorded_is_there_after_opening_again(ledger):
    record(entry("a"))
    close_ledger()
    open_ledger(ledger)
    assert [e.id for e in read.all_entries()] == ["a"]


def test_a_current_ledger_is_opened_with_two_questions(ledger):
    connection.close()
    with CaptureQueriesContext(connection) as asked:
        open_ledger(ledger)
    assert len([one for one in connection.queries_log if "migrations" in one["sql"]]) <= 2
    assert [one for one in asked.captured_queries if "CREATE" in one["sql"]] == []


def test_two_ledgers_one_after_the_other(tmp_path):
    for name in ("one", "two"):
        open_ledger(tmp_path / name)
        record(entry(name))
    open_ledger(tmp_path / "one")
    assert [e.id for e in read.all_entries()] == ["one"]
    close_ledger()


def test_sqlite_is_set_for_safety(sqlite_ledger):
    with connection.cursor() as cursor:
        said = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


@pytest.mark.parametrize("content", [b"not a database, but long enough " * 200, b"SQLite format 3\0" + b"x" * 8000])
def test_a_file_that_is_not_a_database(tmp_path, content):
    file = tmp_path / "ledger.sqlite3"
    file.write_bytes(content)
    with refused("not opened", "bring back your copy"):
        open_ledger(tmp_path)
    assert file.read_bytes() == content


def test_a_ledger_of_a_newer_program(ledger):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '0099_later', CURRENT_TIMESTAMP)"
        )
    with refused("newer Leafledger", "install that one"):
        open_ledger(ledger)


def test_after_a_refusal_no_ledger_is_open(sqlite_ledger, tmp_path):
    (tmp_path / "ledger.sqlite3").write_bytes(b"no ledger" * 1000)
    with pytest.raises(Refused):
        open_ledger(tmp_path)
    with pytest.raises(Exception, match="DATABASES"):
        read.all_entries()


def test_a_ledger_that_somebody_is_writing_to(database, tmp_path):
    open_ledger(tmp_path, patience=0.1)
    if database == "sqlite":
        other = sqlite3.connect(tmp_path / "ledger.sqlite3", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    else:
        other = psycopg.connect(os.environ["DATABASE_URL"])
        other.execute("SELECT pg_advisory_xact_lock(%s, hashtext(current_schema()))", [LOCK])
    with refused("lock", "nothing was written", "another program"):
        record(entry("a"))
    assert read.all_entries() == []  # a reader does not wait
    other.close()
    assert record(entry("a")).new == ("a",)
    close_ledger()


def test_a_new_ledger_that_somebody_has_locked(tmp_path):
    other = sqlite3.connect(tmp_path / "ledger.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with refused("locked", "not opened"):
        open_ledger(tmp_path, patience=0.1)
    other.close()


@pytest.fixture
def nobody():
    """Root may write everywhere, so as root the test goes on as a user who may not."""
    place = Path(tempfile.mkdtemp())
    place.chmod(0o755)
    if os.geteuid() == 0:
        os.seteuid(65534)
        yield place
        os.seteuid(0)
    else:
        yield place
    place.chmod(0o755)
    shutil.rmtree(place)


def test_a_folder_that_may_not_be_written_to(nobody):
    nobody.chmod(0o555) if os.geteuid() != 65534 else None
    with refused("cannot be made or used", "give yourself the right"):
        open_ledger(nobody / ".leaf")
    assert not (nobody / ".leaf").exists()


def test_a_ledger_that_may_not_be_written_to(sqlite_ledger, nobody):
    copy = nobody / ".leaf"
    record_closed_copy(sqlite_ledger, copy)
    with refused("not opened", "may not be written to"):
        open_ledger(copy)


def record_closed_copy(place: Path, copy: Path) -> None:
    """A copy that belongs to root, or to us with the right to write taken away."""
    was = os.geteuid()
    if was == 65534:
        os.seteuid(0)
    record(entry("a"))
    close_ledger()
    shutil.copytree(place, copy)
    for path in (copy, *copy.rglob("*")):
        path.chmod(
            stat.S_IRUSR
            | stat.S_IRGRP
            | stat.S_IROTH
            | (stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH if path.is_dir() else 0)
        )
    if was == 65534:
        os.seteuid(was)


@pytest.mark.parametrize("where", ["a file", "below a file"])
def test_a_place_that_cannot_be(tmp_path, where):
    (tmp_path / "file").write_text("x")
    with refused("cannot be made or used"):
        open_ledger(tmp_path / "file" if where == "a file" else tmp_path / "file" / "deeper")


@pytest.mark.parametrize(
    "url",
    [
        f"mysql://leaf:{SECRET}@host/leaf",
        f"postgresql://leaf:{SECRET}@host",
        f"postgresql://leaf:{SECRET}/with/slashes@host/leaf",
        f"postgresql://leaf:{SECRET}@host:port/leaf",
        f"postgresql://leaf:{SECRET}@[host/leaf",
        f"postgresql://leaf:{SECRET}@host/leaf?{SECRET}",
        f"leaf:{SECRET}@host",
    ],
)
def test_an_address_that_is_none(tmp_path, monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(Refused) as caught:
        open_ledger(tmp_path / ".leaf", patience=0.1)
    assert "DATABASE_URL" in str(caught.value)
    assert SECRET not in str(caught.value)
    assert not (tmp_path / ".leaf").exists()


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://leaf:{SECRET}@127.0.0.1:1/leaf",
        f"postgresql://leaf:{SECRET}@/leaf?host=/nowhere/{SECRET}",
        f"postgresql://leaf:{SECRET}@127.0.0.1:1/leaf?unknown={SECRET}",
    ],
)
def test_a_server_that_does_not_answer(tmp_path, monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(Refused) as caught:
        open_ledger(tmp_path / ".leaf", patience=0.1)
    assert "not opened" in str(caught.value)
    assert SECRET not in str(caught.value)


def test_what_is_read_in_one_view_is_of_one_moment(ledger):
    record(entry("a"), entry("b"))
    approve("a")
    with one_view():
        before = read.entries_in_force()
        subprocess.run([sys.executable, CHILD, "approve", ledger, "b"], check=True)
        assert read.entries_in_force() == before
        assert [cell.entries for cell in roll_up.cells(frozenset())] == [("a",)]
    assert [e.id for e in read.entries_in_force()] == ["a", "b"]


def test_two_programs_that_open_a_new_ledger_at_once(database, tmp_path):
    both = [
        subprocess.Popen([sys.executable, CHILD, "open", tmp_path], stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    assert [(one.communicate()[1], one.returncode) for one in both] == [("", 0)] * 3
    open_ledger(tmp_path)
    record(entry("a"))
    close_ledger()


def test_an_older_ledger_is_sealed_and_guarded_again_when_it_is_opened(ledger):
    record(entry("a"))
    approve()
    verbs.released(2024, {}, digest="d" * 64, file="f.leaf", key="k", by="pat", at=NOON, company=COMPANY)
    connection.disable_constraint_checking()
    with transaction.atomic():
        MigrationExecutor(connection).migrate([("base", "0001_initial"), ("ledger", "0001_initial")])
    connection.enable_constraint_checking()

    open_ledger(ledger)

    assert list(intact.altered()) == []
    assert [e.id for e in read.entries_in_force()] == ["a"]
    for table in ("leaf_approval", "leaf_release"):
        with pytest.raises(DatabaseError, match="the ledger only grows"), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET \"by\" = 'eve'")
