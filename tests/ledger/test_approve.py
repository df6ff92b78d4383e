"""Approving: only what somebody else has seen as it stands counts, and a correction takes the place of what it corrects."""

from ledger_cases import ALONE, approve, entry, record, refused

from leafledger.ledger import read


def standing():
    return [e.id for e in read.entries_in_force()]


def waiting():
    return [e.id for e in read.open_entries()]


def test_an_entry_counts_once_it_is_approved(ledger):
    record(entry("a"), entry("b"))
    assert (standing(), waiting()) == ([], ["a", "b"])
    approve("a")
    assert (standing(), waiting()) == (["a"], ["b"])
    approval = read.approvals()["a"]
    assert (approval.entry, approval.by, approval.own) == ("a", "ada", False)
    assert approval.hash == read.entries_in_force()[0].hash


def test_approving_again_is_reported_and_changes_nothing(ledger):
    record(entry("a"), entry("b"))
    approve("a")
    before = read.approvals()["a"]
    done = approve("a", "b")
    assert (done.new, done.known) == (("b",), ("a",))
    assert read.approvals()["a"] == before


def test_nobody_approves_their_own(ledger):
    record(entry("mine"), by="ada")
    record(entry("yours"))
    with refused("entry mine", "ada recorded it", "law 7"):
        approve()
    assert read.approvals() == {}
    approve("yours")


def test_a_company_of_one_approves_its_own_and_it_shows(ledger):
    record(entry("mine"), by="ada")
    approve("mine", company=ALONE)
    assert read.approvals()["mine"].own is True


def test_what_was_seen_is_what_is_approved(ledger):
    record(entry("a"), entry("b"))
    hashes = {e.id: e.hash for e in read.open_entries()}
    with refused("entry b", "what was seen is not what is recorded"):
        approve("a", "b", seen=hashes | {"b": hashes["a"]})
    assert read.approvals() == {}
    approve("a", "b", seen=hashes)
    assert standing() == ["a", "b"]


def test_only_an_approver_approves_what_is_there(sqlite_ledger):
    record(entry("a"))
    with refused("pat may not approve entries", "approver", "ada"):
        approve("a", by="pat")
    with refused("entry ghost", "no entry of this id is recorded"):
        approve("a", "ghost")
    assert approve("a").new == ("a",)
    assert approve().new == ()


def test_a_correction_counts_in_place_of_the_original_once_approved(ledger):
    record(entry("a", "10"), entry("b", "11", replaces="a"))
    approve("a")
    assert (standing(), waiting()) == (["a"], ["b"])
    approve("b")
    assert (standing(), waiting()) == (["b"], [])


def test_an_original_that_was_corrected_before_anyone_approved_it_does_not_wait(ledger):
    record(entry("a", "10"), entry("b", "11", replaces="a"))
    approve("b")
    assert (standing(), waiting()) == (["b"], [])


def test_a_correction_of_an_open_correction_brings_it_along(ledger):
    record(entry("a", "10"), entry("b", "11", replaces="a"), entry("c", "12", replaces="b"))
    approve("a")
    with refused("entry c", "corrects b, a correction that nobody approved", "both at once"):
        approve("c")
    approve("b", "c")
    assert standing() == ["c"]


def test_an_entry_is_withdrawn_by_an_adjustment_of_nothing(ledger):
    record(entry("wrong"), entry("out", "0", kind="adjustment", replaces="wrong"))
    approve("out")
    assert (standing(), waiting()) == (["out"], [])
