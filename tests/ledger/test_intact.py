"""Whoever has the database in hand can get past its guards; then it shows."""

import pytest
from django.db import connection
from ledger_cases import COMPANY, NOON, approve, close, entry, fact, record, refused, restate

from leafledger.base import evidence
from leafledger.base.append_only import seal_of
from leafledger.base.models import Approval
from leafledger.ledger import intact, read, roll_up, verbs


@pytest.fixture
def full(ledger, tmp_path):
    bill = tmp_path / "bill.txt"
    bill.write_text("12.50 MWh")
    record(entry("a", evidence=("bill.txt",)), evidence=[bill])
    record(entry("b", tolerance=entry().value), entry("c"))
    verbs.attach(["b"], bill, by="rui", at=NOON, company=COMPANY)
    approve()
    close(2024, fact(entries=("a", "b", "c")))
    return ledger


def unguarded(sql: str) -> None:
    """As somebody does who takes the guards away first."""
    table = sql.split()[1]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {table}_no_update")
        else:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        cursor.execute(sql)


def said():
    return [str(finding) for finding in intact.altered()]


def test_nothing_is_altered(full):
    assert said() == []


@pytest.mark.parametrize(
    "change",
    [
        "value = '125.0'",
        "value_scaled = 12500001",
        "open_scaled = 0",
        "unit = 'kWh'",
        "site = ''",
        "value = 'x'",
        "first_day = '2024-02-01'",
    ],
)
def test_an_entry_that_was_changed(full, change):
    unguarded(f"UPDATE leaf_entry SET {change} WHERE id = 'a'")
    (only,) = said()
    assert "entry a" in only
    assert "changed in the database" in only


def test_an_entry_that_was_changed_with_its_hash_does_not_count(full):
    unguarded(
        f"UPDATE leaf_entry SET value = '125.0', value_scaled = 125000000, hash = '{entry('a', '125.0').hash}' WHERE id = 'a'"
    )
    assert "not the one that was approved" in "\n".join(said())
    assert [e.id for e in read.entries_in_force()] == ["b", "c"]
    assert {id for cell in roll_up.cells(frozenset()) for id in cell.entries} == {"b", "c"}


@pytest.mark.parametrize(
    "change", ["\"by\" = 'rui'", "at = '2025-03-02 12:00:00+00'", "own = TRUE", "own = TRUE, \"by\" = 'rui'"]
)
def test_an_approval_that_was_rewritten(full, change):
    unguarded(f"UPDATE leaf_approval SET {change} WHERE subject = 'a'")
    (only,) = said()
    assert "entry a" in only
    assert "its approval was changed" in only


def test_an_own_approval_that_was_sealed_as_somebody_elses(full):
    unguarded("UPDATE leaf_approval SET \"by\" = 'rui' WHERE subject = 'a'")
    row = Approval.objects.get(subject="a")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE leaf_approval SET seal = %s WHERE subject = 'a'", [seal_of(row)])
    assert "its approval was changed" in "".join(said())


def test_a_release_that_was_rewritten(full):
    facts = {fact().key: fact()}
    verbs.released(2024, facts, digest="d" * 64, file="f.leaf", key="k", by="pat", at=NOON, company=COMPANY)
    assert said() == []
    unguarded("UPDATE leaf_release SET holds = '{}'")
    (only,) = said()
    assert "release f.leaf" in only
    with refused("release f.leaf", "not what was written"):
        read.holds(read.releases()[0])


def test_an_entry_that_cannot_be_read_any_more(full):
    unguarded("UPDATE leaf_entry SET value = 'x' WHERE id = 'a'")
    with refused("entry a", "not what was written"):
        read.entries_in_force()


def test_figures_of_a_closed_year_that_were_changed(full):
    unguarded("UPDATE leaf_close SET facts = replace(facts, '12.5', '12.6')")
    (only,) = said()
    assert "2024: error" in only
    with refused("2024", "not what was written"):
        read.closed(2024)


@pytest.mark.parametrize("change", ["reason = '{}'", "facts = '{}'", "was = ''", "number = 2"])
def test_a_restatement_that_was_rewritten(full, change):
    restate(2024, fact(value="13"))
    assert said() == []
    unguarded(f"UPDATE leaf_restatement SET {change}")
    (only,) = said()
    assert "the restatement of 2024" in only
    with refused("the restatement of 2024", "not what was written"):
        read.closed(2024)


@pytest.mark.parametrize("how", ["missing", "changed"])
def test_a_file_that_is_gone_or_another(full, how):
    file = evidence.kept(read.evidence_hashes()["bill.txt"])
    file.unlink() if how == "missing" else file.write_text("12.51 MWh")
    (only,) = said()
    assert "evidence bill.txt" in only
    assert f"evidence/{file.parent.name}/{file.name}" in only
