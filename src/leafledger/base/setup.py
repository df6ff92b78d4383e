"""Opens a ledger: finds or makes its database, proves that it is one of ours, and brings its tables up to date."""

import os
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, connections, transaction

from leafledger.base import evidence
from leafledger.base.address import read_address
from leafledger.base.database import cannot, take_turn, translated
from leafledger.base.django_settings import ROOMS
from leafledger.core.finding import Finding, Place, Refused

NOT_OPENED = "the ledger was not opened"
Steps = frozenset[tuple[str, str]]


def open_ledger(place: Path, *, patience: float = 10.0) -> None:
    """Make the ledger at `place` the one that every verb uses; a process has one at a time.

    The database is place/ledger.sqlite3, or what DATABASE_URL names; evidence is at `place` either way. `patience`: the seconds
    to wait for another program that is writing. Refused where it cannot be opened; then no ledger is open.
    """
    close_ledger()
    address = read_address(place, os.environ.get("DATABASE_URL", ""), patience)
    try:
        (place / "evidence").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(_no_folder(place, error)) from None
    connections.settings["default"] = connections.configure_settings({"default": address})["default"]
    evidence.keep_at(place / "evidence")
    try:
        _connect()
        with translated(NOT_OPENED):
            _bring_up_to_date(place)
    except Refused:
        close_ledger()
        raise


def close_ledger() -> None:
    """Let go of the open ledger, if there is one."""
    with suppress(AttributeError):
        connections["default"].close()
        del connections["default"]
    connections.settings["default"] = connections.configure_settings({"default": {}})["default"]


def _connect() -> None:
    try:
        connection.ensure_connection()
    except ImproperlyConfigured:
        raise Refused(_no_driver()) from None
    except DatabaseError as error:
        raise Refused(cannot(str(error), NOT_OPENED)) from None


def _bring_up_to_date(place: Path) -> None:
    applied, known = _applied(), _known()
    if applied - known:
        raise Refused(_newer(place))
    if applied != known:
        _migrate(place)


def _applied() -> Steps:
    """The migrations that the database has: one query, so that opening a current ledger costs nothing."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            there = "SELECT 1 FROM sqlite_master WHERE name = 'django_migrations'"
        else:
            there = "SELECT 1 WHERE to_regclass('django_migrations') IS NOT NULL"
        cursor.execute(there)
        if cursor.fetchone() is None:
            return frozenset()
        cursor.execute("SELECT app, name FROM django_migrations")
        return frozenset(cursor.fetchall())


@cache
def _known() -> Steps:
    """The migrations that this program has."""
    packages = [(room, import_module(f"leafledger.{room}.migrations")) for room in ROOMS]
    return frozenset((room, module.name) for room, package in packages for module in iter_modules(package.__path__))


def _migrate(place: Path) -> None:
    """All missing steps in one transaction: whoever is killed in it leaves nothing, whoever comes second finds it done."""
    from django.db.migrations.executor import MigrationExecutor

    # SQLite edits tables only with foreign keys unchecked, and that cannot be switched within a transaction.
    connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            take_turn()
            if _applied() - _known():
                raise Refused(_newer(place))
            executor = MigrationExecutor(connection)
            executor.migrate(executor.loader.graph.leaf_nodes())
    finally:
        connection.enable_constraint_checking()


def _newer(place: Path) -> Finding:
    template = "the ledger was written by a newer Leafledger; install that one: this one could misread what it holds"
    return Finding(rule="ledger.newer", template=template, place=Place(name=place.name))


def _no_folder(place: Path, error: OSError) -> Finding:
    template = "the folder for the ledger cannot be made or used ({problem}); give yourself the right to write to the company folder"
    return Finding(
        rule="ledger.folder", template=template, values={"problem": error.strerror}, place=Place(name=place.name)
    )


def _no_driver() -> Finding:
    template = (
        "DATABASE_URL names a PostgreSQL database, and the package to speak to one is missing; "
        "in the folder of Leafledger, run .venv/bin/python -m pip install '.[postgres]'"
    )
    return Finding(rule="ledger.address", template=template)
