"""Adding up: one query in the database comes to exactly what Python adds up, cell for cell, whatever the order."""

import random
from collections import Counter
from dataclasses import replace
from decimal import Decimal

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from ledger_cases import NOON, approve, entry, record

from leafledger.base.models import Approval
from leafledger.engine.cells import cells_from_entries, in_force
from leafledger.ledger import read, roll_up

COUNTED = frozenset({"people.heads"})
WHOLE = some.integers(-(10**12) + 1, 10**12 - 1)


@some.composite
def values(draw) -> str:
    """Written numbers with up to six decimals, often at the limits."""
    if draw(some.booleans()):
        return draw(
            some.sampled_from(["999999999999.999999", "-999999999999.999999", "-999999999999", "0.000001", "0", "5.0"])
        )
    decimals = draw(some.integers(0, 6))
    digits = "".join(map(str, draw(some.lists(some.integers(0, 9), min_size=decimals, max_size=decimals))))
    return f"{draw(WHOLE)}.{digits}" if decimals else str(draw(WHOLE))


SAID = some.fixed_dictionaries(
    {
        "value": values(),
        "activity": some.sampled_from(["energy.electricity", "people.heads"]),
        "site": some.sampled_from(["hq", ""]),
        "labels": some.sampled_from(["", "gender=female", "age=30;gender=male"]),
        "period": some.sampled_from(["2024", "2024-02", "2023-12-15/2024-01-14"]),
        "unit": some.sampled_from(["MWh", "kWh"]),
        "kind": some.sampled_from(["reading", "adjustment", "assertion", "nil"]),
        "bound": some.sampled_from(["exact", "over"]),
        "estimated": some.booleans(),
        "tolerance": some.sampled_from([None, None, Decimal("0.05"), Decimal("99999999999.999999")]),
    }
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=some.lists(SAID, max_size=30), seed=some.integers(0, 10**6))
def test_the_database_adds_up_what_python_does(ledger, said, seed):
    shuffle = random.Random(seed)
    entries = [entry(f"e{n}", **one) for n, one in enumerate(said)]
    for old in list(entries):
        if shuffle.random() < 0.3:
            entries.append(replace(old, id=f"{old.id}c", value=old.value + 0, replaces=old.id))
    shuffle.shuffle(entries)
    approved = {e.id for e in entries if shuffle.random() < 0.8}
    with transaction.atomic():
        record(*entries)
        if approved:
            approve(*approved)
        cells, everything = roll_up.cells(COUNTED), read.all_entries()
        transaction.set_rollback(True)
    counting = in_force(e for e in everything if e.id in approved)
    assert cells == cells_from_entries(counting, COUNTED)
    assert Counter(id for cell in cells for id in cell.entries) == Counter(e.id for e in counting)


def test_no_sum_overflows(ledger):
    """Twelve of the largest values are more than 64 bits hold."""
    for sign in ("", "-"):
        record(
            *(entry(f"e{sign}{n}", f"{sign}999999999999.999999", kind="adjustment", unit=f"u{sign}") for n in range(12))
        )
    approve()
    assert [str(cell.value) for cell in roll_up.cells(COUNTED)] == ["11999999999999.999988", "-11999999999999.999988"]


def test_the_smallest_amount_beside_the_largest_is_kept(ledger):
    record(*(entry(f"e{n}", value) for n, value in enumerate(["999999999999", "0.000001", "0.10", "0.2"])))
    approve()
    (cell,) = roll_up.cells(COUNTED)
    assert cell.value == Decimal("999999999999.300001")
    assert cell.half_step == Decimal("0.5550005")


def test_it_takes_one_query(ledger):
    record(*(entry(f"e{n}", site=f"s{n % 7}") for n in range(50)))
    approve()
    with CaptureQueriesContext(connection) as asked:
        assert len(roll_up.cells(COUNTED)) == 7
    assert len([one for one in asked if one["sql"].startswith("SELECT")]) == 1


def test_an_approval_of_something_else_does_not_let_an_entry_count(ledger):
    """An approval counts only with the hash of the entry as it stands."""

    record(entry("a"))
    Approval(kind="entry", subject="a", hash="0" * 64, by="ada", at=NOON, own=False).save()
    assert roll_up.cells(COUNTED) == []
    assert read.entries_in_force() == []
    assert [e.id for e in read.open_entries()] == ["a"]
