"""Closing: a year's figures are frozen as they are, once, when nothing of it waits, and by who may publish."""

from ledger_cases import COMPANY, NOON, approve, close, entry, fact, record, refused

from leafledger.ledger import checks, read, verbs


def test_a_closed_year_keeps_its_figures(ledger):
    record(entry("a"))
    approve()
    figure, hole, later = fact(entries=("a",)), fact("water.total", value=None), fact(period="2025")
    close(2024, figure, hole, later)
    assert read.closed(2024) == {figure.key: figure, hole.key: hole}
    assert read.closed(2025) is None
    assert list(read.closed_years()) == [2024]


def test_closed_is_closed(ledger):
    close(2024, fact())
    with refused("2024 is closed already", "restated"):
        close(2024, fact(value="13"))
    assert read.closed(2024) == {fact().key: fact()}


def test_a_year_is_not_closed_over_entries_that_wait(ledger):
    record(entry("a"), entry("over", period="2023-12-15/2024-01-14"), entry("next", period="2025-01"))
    with refused("entry a", "entry over", "waits for approval"):
        close(2024, fact())
    approve("a", "over")
    close(2024, fact(entries=("a", "over")))


def test_figures_of_another_state_of_the_ledger_are_not_closed(ledger):
    record(entry("a"), entry("b", replaces="a"))
    approve("a", "b")
    with refused("rest on a, which does not stand", "compute them again"):
        close(2024, fact(entries=("a",)))
    with refused("no figures are given for 2023"):
        close(2023, fact(entries=("b",)))


def test_only_a_publisher_closes_and_releases(ledger):
    with refused("ada may not close a year", "publisher", "pat"):
        close(2024, fact(), by="ada")
    with refused("ada may not release a report"):
        verbs.released(2024, digest="d" * 64, file="2024.leaf", key="k", by="ada", at=NOON, company=COMPANY)


def test_releases_are_written_down_in_order(ledger):
    for letter in "cab":
        verbs.released(2024, digest=letter * 64, file="2024.leaf", key="k", by="pat", at=NOON, company=COMPANY)
    assert [release.digest[0] for release in read.releases()] == ["c", "a", "b"]


def test_what_was_computed_before_another_approval_is_out_of_date(ledger):
    record(entry("a"), entry("b"))
    approve("a")
    before = read.entries_in_force()
    checks.unmoved(before)
    approve("b")
    with refused("out of date", "do it again"):
        checks.unmoved(before)
