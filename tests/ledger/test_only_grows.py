"""The ledger only grows (law 6): the model refuses to change or delete a row, and so does the database beneath it."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from ledger_cases import COMPANY, NOON, approve, close, entry, fact, record, refused, restate

from leafledger.base.models import Approval, Evidence
from leafledger.ledger import verbs
from leafledger.ledger.models import Attachment, Close, EntryRow, Release, Restatement

TABLES = [EntryRow, Attachment, Approval, Evidence, Close, Restatement, Release]
per_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table._meta.db_table)


@pytest.fixture
def full(ledger, tmp_path):
    """A ledger with two rows in every table that can have them."""
    bill = tmp_path / "bill.txt"
    bill.write_text("12.50 MWh")
    record(entry("a"), entry("b", replaces="a"))
    verbs.attach(["a", "b"], bill, by="rui", at=NOON, company=COMPANY)
    approve("a", "b")
    close(2024, fact(entries=("b",)))
    restate(2024, fact(value="13"))
    verbs.released(2024, {}, digest="d" * 64, file="2024.leaf", key="k", by="pat", at=NOON, company=COMPANY)
    return ledger


def test_every_table_is_tried_and_every_model_migrated(ledger):
    assert set(TABLES) == set(apps.get_models())
    call_command("makemigrations", check_changes=True, dry_run=True, verbosity=0)


def rows(table):
    return list(table.objects.order_by("pk").values_list())


@per_table
def test_the_model_refuses(full, table):
    before, row = rows(table), table.objects.first()
    acts = [
        row.save,
        row.delete,
        lambda: row.save(update_fields=["by"]),
        lambda: table.objects.all().delete(),
        lambda: table.objects.update(**{table._meta.fields[-1].name: "x"}),
        lambda: table.objects.bulk_update([row], [table._meta.fields[-1].name]),
        lambda: table.objects.update_or_create(pk=row.pk),
        lambda: table.objects.bulk_create([row], update_conflicts=True),
    ]
    for act in acts:
        with refused(table._meta.db_table, "law 6"):
            act()
    assert rows(table) == before


@per_table
def test_a_row_made_by_hand_does_not_overwrite(full, table):
    before = rows(table)
    copy = table(**{field.attname: getattr(table.objects.first(), field.attname) for field in table._meta.fields})
    with pytest.raises(DatabaseError), transaction.atomic():
        copy.save()
    assert rows(table) == before


@per_table
def test_the_database_refuses(full, table):
    before, name, key = rows(table), table._meta.db_table, table._meta.pk.column
    acts = [f"UPDATE {name} SET {key} = {key}", f"DELETE FROM {name}", *OWN_WAYS[connection.vendor]]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers = OFF")  # as another program would have it
    for act in acts:
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(act.format(name=name, key=key))
        assert rows(table) == before


OWN_WAYS = {
    "sqlite": ["INSERT OR REPLACE INTO {name} SELECT * FROM {name}", "UPDATE OR REPLACE {name} SET {key} = {key}"],
    "postgresql": [
        "TRUNCATE {name} CASCADE",
        "INSERT INTO {name} SELECT * FROM {name} ON CONFLICT ({key}) DO UPDATE SET {key} = EXCLUDED.{key}",
    ],
}
