"""Tables that only grow (law 6): the model refuses to change or delete a row, and so does the database."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NoReturn

from django.db import connection, models

from leafledger.core.entry import canonical
from leafledger.core.finding import Finding, Place, Refused


class OnlyGrows(models.QuerySet):
    """Reads and inserts; whatever would change or delete a row is refused."""

    def update(self, **kwargs: Any) -> NoReturn:
        refuse(self.model._meta.db_table)

    def delete(self) -> NoReturn:
        refuse(self.model._meta.db_table)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        refuse(self.model._meta.db_table)

    def update_or_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        refuse(self.model._meta.db_table)

    def write(self, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
        """Insert rows of values that are as the database keeps them, in the order of these fields: `bulk_create` without a model for each.

        What keeps rows out of the table, its constraints and triggers, holds for these as for any.
        """
        table, names = self.model._meta.db_table, [self.model._meta.get_field(name).column for name in columns]
        listed = ", ".join(f'"{name}"' for name in names)
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                marks = ", ".join(["%s"] * len(names))
                cursor.executemany(f'INSERT INTO "{table}" ({listed}) VALUES ({marks})', rows)
                return
            with connection.wrap_database_errors, cursor.copy(f'COPY "{table}" ({listed}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)

    def bulk_create(self, *args: Any, update_conflicts: bool = False, **kwargs: Any) -> Any:
        if update_conflicts:
            refuse(self.model._meta.db_table)
        return super().bulk_create(*args, **kwargs)


class AppendOnly(models.Model):
    """A row that is written once."""

    objects = OnlyGrows.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, **kwargs: Any) -> None:
        if not self._state.adding:
            refuse(self._meta.db_table)
        super().save(**{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        refuse(self._meta.db_table)


def seal_of(row: models.Model) -> str:
    """SHA-256 over everything that a row says, whatever database it came from; its number and its seal are not said."""
    names = sorted(field.attname for field in row._meta.fields if field.attname not in ("id", "seal"))
    said = {name: getattr(row, name) for name in names}
    return hashlib.sha256(canonical({name: _spelled(value) for name, value in said.items()}).encode()).hexdigest()


def _spelled(value: object) -> object:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def refuse(table: str) -> NoReturn:
    template = "a row of {table} cannot be changed or deleted: the ledger only grows (law 6); record a correction that replaces it"
    raise Refused(
        Finding(rule="ledger.append_only", template=template, values={"table": table}, place=Place(name=table))
    )


def guard(schema_editor: Any, tables: dict[str, str]) -> None:
    """Put the triggers on `tables`, each with the condition (in SQL) under which a new row takes the place of an old one.

    A later migration that alters such a table has to call this again: SQLite alters a table by making it anew, without its triggers.
    """
    make = _guard_sqlite if schema_editor.connection.vendor == "sqlite" else _guard_postgresql
    for table, taken in tables.items():
        make(schema_editor, table, taken)


def unguard(schema_editor: Any, tables: dict[str, str]) -> None:
    """Take the triggers away, for a migration that writes into rows which are there; `guard` puts them back."""
    for table in tables:
        if schema_editor.connection.vendor == "sqlite":
            for act in ("update", "delete", "replace"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}")
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_only_grows ON {table}")


def _guard_sqlite(schema_editor: Any, table: str, taken: str) -> None:
    stop = f"BEGIN SELECT RAISE(ABORT, '{table}: the ledger only grows'); END"
    for act in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{act}")
        schema_editor.execute(f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} {stop}")
    # INSERT OR REPLACE deletes the old row without asking the trigger above.
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_replace")
    schema_editor.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken}) {stop}"
    )


def _guard_postgresql(schema_editor: Any, table: str, taken: str) -> None:
    schema_editor.execute(
        "CREATE OR REPLACE FUNCTION leaf_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '%%: the ledger only grows', TG_TABLE_NAME; END $$",
        params=(),
    )
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_only_grows ON {table}")
    schema_editor.execute(
        f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION leaf_only_grows()"
    )
