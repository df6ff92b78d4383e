"""Transactions: everything that a verb writes is written at once or not at all, one verb after another."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from leafledger.core.finding import Finding, Place, Refused

LOCK = 0x1EAF
"""The advisory lock of PostgreSQL, one in each schema, that a writing verb holds; SQLite has one writer by its nature."""


@contextmanager
def writing() -> Iterator[None]:
    """One transaction, alone in writing. Refused, with nothing written, where the database cannot take it."""
    with translated("nothing was written"), transaction.atomic():
        take_turn()
        yield


def take_turn() -> None:
    """Within a transaction that writes: wait until no other program does. On SQLite the transaction has waited when it began."""
    if connection.vendor == "postgresql":
        patience = int(connection.settings_dict["PATIENCE"] * 1000)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{patience}ms"])
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(current_schema()))", [LOCK])


@contextmanager
def one_view() -> Iterator[None]:
    """Everything that is read inside is read as of one moment, while others may write."""
    if connection.in_atomic_block:
        yield
        return
    mode = getattr(connection, "transaction_mode", None)
    with translated("nothing was read"):
        connection.ensure_connection()
        connection.transaction_mode = "DEFERRED"
        try:
            with transaction.atomic():
                if connection.vendor == "postgresql":
                    with connection.cursor() as cursor:
                        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                yield
        finally:
            connection.transaction_mode = mode


@contextmanager
def translated(outcome: str) -> Iterator[None]:
    """Turn what the database cannot do (locked, full, gone) into one finding; mistakes of ours stay exceptions."""
    try:
        yield
    except (IntegrityError, ProgrammingError):
        raise
    except DatabaseError as error:
        raise Refused(cannot(str(error), outcome)) from error


def cannot(problem: str, outcome: str) -> Finding:
    """What a database said, with what to do about it."""
    remedy = next((remedy for sign, remedy in REMEDIES if sign in problem), "see what it says, then try again")
    password = connection.settings_dict.get("PASSWORD")
    problem = problem.replace(password, "…") if password else problem
    return Finding(
        rule="ledger.database",
        template="the database said: {problem}; {outcome}; {remedy}",
        values={"problem": " ".join(problem.split()), "outcome": outcome, "remedy": remedy},
        place=Place(name="ledger"),
    )


WAITED = "another program is writing to this ledger; let it finish, or end it, and try again"
REMEDIES = (
    ("lock timeout", WAITED),
    ("locked", WAITED),
    ("not a database", "the file is not a ledger; move it away, or bring back your copy of it"),
    ("malformed", "the file is damaged; bring back your copy of it"),
    ("readonly", "the folder or file may not be written to; give yourself the right to, or copy the company folder"),
    (
        "unable to open",
        "the folder or file may not be written to; give yourself the right to, or copy the company folder",
    ),
    ("full", "make room on the disk and try again"),
    ("connection", "check that PostgreSQL runs and that DATABASE_URL names it rightly"),
)
