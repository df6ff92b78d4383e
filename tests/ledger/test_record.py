"""Recording: what is written down comes back as it was said; what cannot be held, or says something else, is refused whole."""

from dataclasses import replace
from decimal import Decimal

import pytest
from ledger_cases import COMPANY, NOON, approve, close, entry, fact, record, refused

from leafledger.ledger import read, verbs


def test_an_entry_comes_back_as_it_was_said(ledger):
    said = entry(
        "e1",
        "0012.500",
        "2024-01-05/2024-02-04",
        labels="age=under_30;gender=male",
        kind="adjustment",
        bound="within",
        estimated=True,
        method="by floor area, 樓面面積",
        tolerance=Decimal("0.050"),
        source="bill 7\nsecond line",
        worked_back_from=("a@2024", "b@2024[x=y]"),
    )
    record(said)
    (back,) = read.all_entries()
    assert (str(back.value), str(back.tolerance), back.recorded_by) == ("12.500", "0.050", "rui")
    by_rui = replace(said, recorded_by="rui")
    assert (back, back.hash) == (by_rui, by_rui.hash)


def test_recording_again_leaves_what_is_there(ledger):
    record(entry("e1"), entry("e2"))
    done = record(entry("e1"), entry("e2"), entry("e3"), by="ada")
    assert (done.new, done.known) == (("e3",), ("e1", "e2"))
    assert [e.recorded_by for e in read.all_entries()] == ["rui", "rui", "ada"]


@pytest.mark.parametrize(
    "other",
    [
        entry(value="12.5"),
        entry(period="2024-04"),
        entry(unit="kWh"),
        entry(source="bill"),
        entry(labels="gender=male"),
        entry(tolerance=Decimal(1)),
    ],
)
def test_an_id_cannot_come_to_say_something_else(ledger, other):
    record(entry())
    with refused("entry e1", "cannot be changed", "record a correction", "replaces e1"):
        record(entry("e2"), other)
    assert [e.id for e in read.all_entries()] == ["e1"]


def test_all_or_none_and_every_reason_at_once(ledger):
    with refused("entry twice", "2 entries have this id", "entry far", "below 10^12", "entry fine"):
        record(
            entry("good"),
            entry("twice"),
            entry("twice", "7"),
            entry("far", "1000000000000"),
            entry("fine", "0.0000001"),
        )
    assert read.all_entries() == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (entry(value="NaN"), "cannot be held exactly"),
        (entry(value="Infinity"), "cannot be held exactly"),
        (entry(value="-1000000000000"), "cannot be held exactly"),
        (entry(value="0E+12"), "tolerance"),
        (entry(tolerance=Decimal("-1")), "tolerance"),
        (entry(tolerance=Decimal("1e-8")), "tolerance"),
        (entry(""), "an id is one word"),
        (entry("two words"), "an id is one word"),
        (entry("line\nbreak"), "an id is one word"),
        (entry("x" * 201), "longer than 200"),
        (entry(site="s" * 201), "longer than 200"),
        (entry(source="nul \x00"), "cannot be stored"),
        (entry(method="half \ud800"), "cannot be stored"),
        (entry(evidence=("../../etc/passwd",)), "plain name of a file"),
        (entry(evidence=(".hidden",)), "plain name of a file"),
        (entry(recorded_by="pat"), "leave out who recorded it"),
    ],
)
def test_what_cannot_be_held_is_refused(sqlite_ledger, wrong, said):
    with refused(said):
        record(wrong)
    assert read.all_entries() == []


@pytest.mark.parametrize("labels", [(("b", "x"), ("a", "y")), (("a", "x;b=y"),), (("a", ""),), (("a", "x\x00"),)])
def test_labels_that_cannot_be_written_are_refused(sqlite_ledger, labels):
    with refused("cannot be written as key=member"):
        record(replace(entry(), labels=labels))


@pytest.mark.parametrize("largest", ["999999999999.999999", "-999999999999.999999", "0.000001", "0", "-0", "1E+3"])
def test_the_limits_are_held_exactly(ledger, largest):
    record(entry(value=largest, kind="adjustment"))
    (back,) = read.all_entries()
    assert str(back.value) == largest


def test_only_a_recorder_records(sqlite_ledger):
    with refused("pat may not record entries", "recorder", "ada, rui"):
        record(entry(), by="pat")
    with refused("mallory is not among the people"):
        record(entry(), by="mallory")
    with refused("nobody is not among the people"):
        record(entry(), by="")


def test_a_correction_names_what_it_replaces(sqlite_ledger):
    record(entry("a"), entry("elsewhere", site="lab"))
    with refused("replaces ghost, which is not recorded"):
        record(entry("b", replaces="ghost"))
    with refused("elsewhere", "another series"):
        record(entry("b", replaces="elsewhere"))
    record(entry("b", replaces="a"))
    with refused("a is replaced by b already"):
        record(entry("c", replaces="a"))
    record(entry("c", replaces="b"))


def test_corrections_within_one_load(sqlite_ledger):
    with refused("in the end, itself"):
        record(entry("a", replaces="b"), entry("b", replaces="a"))
    with refused("in the end, itself"):
        record(entry("a", replaces="a"))
    with refused("a is replaced by b already"):
        record(entry("a"), entry("b", replaces="a"), entry("c", replaces="a"))
    assert record(entry("b", replaces="a"), entry("a")).new == ("b", "a")


def test_what_is_recorded_for_a_closed_year_waits_for_a_restatement(ledger):
    record(entry("a", period="2024-12-15/2025-01-14"), entry("b"), entry("old", period="2023"))
    approve()
    close(2024, fact(entries=("a", "b")))
    periods = ("2024", "2024-12-31", "2024-12-31/2025-01-30", "2023-01-01/2025-12-31")
    record(*(entry(f"late{n}", period=period) for n, period in enumerate(periods)))
    record(entry("c", period="2024-03-31/2025-01-30", replaces="b"), entry("d", period="2025-01", replaces="c"))
    assert record(entry("b"), entry("next", period="2025-02")).new == ("next",)
    assert read.open_in_closed_years(COMPANY) == {2024: ("c", "d", "late0", "late1", "late2", "late3")}
    with refused("entry late1", "would move 2024, which is closed", "leaf restate 2024 --reason"):
        approve("late1")
    with refused("entry d", "would move 2024"):
        approve("c", "d")
    assert approve("next").new == ("next",)
    assert {e.id for e in read.entries_in_force()} == {"a", "b", "old", "next"}


def test_a_company_of_many_rows_is_recorded_and_approved_in_batches(ledger):
    many = [entry(f"e{n}", f"{n}.5") for n in range(4_500)]
    assert len(verbs.record(many, by="rui", at=NOON, company=COMPANY).new) == 4_500
    assert len(approve().new) == 4_500
    assert sum(e.value for e in read.entries_in_force()) == sum(e.value for e in many)


def test_a_correction_shares_a_day_with_what_it_corrects(ledger):
    record(entry("a", period="2023-12"))
    with refused("entry b", "replaces a of other days (2023-12)", "adjustment of 0"):
        record(entry("b", period="2024-01", replaces="a"))
    with refused("entry d", "replaces c of other days"):
        record(entry("c", period="2024-02"), entry("d", period="2024-03", replaces="c"))
    record(entry("b", period="2023-12-31/2024-01-30", replaces="a"))
