"""Restating: new figures are set beside those of a closed year, with the entries that make the difference, by somebody else."""

from decimal import Decimal

from ledger_cases import COMPANY, NOON, REASON, approve, close, entry, fact, record, refused, restate

from leafledger.engine.decompose import Comparison
from leafledger.engine.restatement import Before
from leafledger.ledger import checks, read, verbs


def closed_over_a_slip() -> None:
    """2024 closed with 12.50 MWh, and a correction that waits."""
    record(entry("a"))
    approve()
    close(2024, fact(entries=("a",)))
    record(entry("a2", "15.20", replaces="a"))


def test_the_new_figures_stand_and_the_correction_counts(ledger):
    closed_over_a_slip()
    (row,) = restate(2024, fact(value="15.2", entries=("a2",)), ids=("a2",))
    assert read.closed(2024)["energy.total@2024"].value == Decimal("15.2")
    assert [e.id for e in read.entries_in_force()] == ["a2"]
    assert (row.number, row.by, row.was != row.digest) == (1, "ada", True)
    (again,) = read.restatements()
    assert (again.year, again.reason, again.approved) == (2024, REASON, ("a2",))


def test_a_year_is_restated_as_often_as_need_be_each_time_on_what_stands(ledger):
    closed_over_a_slip()
    first = read.standing_digest(2024)
    restate(2024, fact(value="15.2"), ids=("a2",))
    second = read.standing_digest(2024)
    restate(2024, fact(entries=("a",)))
    assert [one.was for one in read.restatements()] == [first, second]
    assert read.standing_digest(2024) == first, "the figures are those of the beginning again"
    assert read.closed(2024)["energy.total@2024"].value == Decimal("12.5")


def test_nobody_restates_by_their_own_entries(ledger):
    closed_over_a_slip()
    record(entry("b", period="2024-05"), by="ada")
    with refused("entry b", "nobody approves their own"):
        restate(2024, fact(value="15.2"), ids=("a2", "b"))
    assert read.restatements() == () and [e.id for e in read.entries_in_force()] == ["a"]


def test_only_an_approver_restates(ledger):
    closed_over_a_slip()
    with refused("pat may not restate a closed year"):
        restate(2024, fact(value="15.2"), by="pat")


def test_an_open_year_is_not_restated(ledger):
    with refused("2024 is open", "nothing to restate"):
        restate(2024, fact())


def test_what_was_restated_meanwhile_is_looked_at_again(ledger):
    closed_over_a_slip()
    was = read.standing_digest(2024)
    restate(2024, fact(value="15.2"), ids=("a2",))
    with refused("restated while this was computed", "do it again"):
        restate(2024, fact(value="16"), was=was)


def test_an_entry_that_moves_another_closed_year_too_is_refused(ledger):
    record(entry("a", period="2023-12-15/2024-01-14"))
    approve()
    close(2023, fact(period="2023", entries=("a",)))
    close(2024, fact(entries=("a",)))
    record(entry("a2", "15.20", "2023-12-15/2024-01-14", replaces="a"))
    with refused("entry a2", "would move 2023"):
        restate(2024, fact(value="15.2"), ids=("a2",))
    assert read.restatements() == ()


def test_an_entry_that_is_not_as_it_was_seen_is_refused(ledger):
    closed_over_a_slip()
    what = verbs.Restating(
        year=2024, was=read.standing_digest(2024), facts={"energy.total@2024": fact(value="15.2")},
        comparison=Comparison(changes=(), appeared=(), gone=(), unchanged=0), before=Before(),
    )  # fmt: skip
    with refused("entry a2", "look at the entry as it stands"):
        verbs.restate([what], reason=REASON, by="ada", at=NOON, company=COMPANY, seen={"a2": "0" * 64})


def test_a_correction_that_waits_for_a_restatement_keeps_no_release_back(ledger):
    closed_over_a_slip()
    checks.settled([fact(entries=("a",))])
    with refused("entry a2", "waits for approval"):
        checks.settled([fact(period="2025", entries=("a",))])
