"""Closing: a year's figures are frozen as they are, once, when nothing of it waits, and by who may publish."""

from dataclasses import replace

from ledger_cases import COMPANY, NOON, approve, close, entry, fact, record, refused

from leafledger.core.org import Year
from leafledger.ledger import checks, read, verbs


def released(*facts) -> None:
    shown = {one.key: one for one in facts}
    verbs.released(2024, shown, digest="d" * 64, file="2024.leaf", key="k", by="pat", at=NOON, company=COMPANY)


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
    with refused("2024 is closed already", "its figures stand", "leaf restate 2024 --reason"):
        close(2024, fact(value="13"))
    assert read.closed(2024) == {fact().key: fact()}


def test_a_year_is_not_closed_over_entries_that_wait(ledger):
    record(entry("a"), entry("over", period="2023-12-15/2024-01-14"), entry("next", period="2025-01"))
    with refused("entry a", "entry over", "waits for approval"):
        close(2024, fact())
    approve("a", "over")
    close(2024, fact(entries=("a", "over")))


def test_a_year_is_not_closed_over_a_correction_that_waits_and_lies_mostly_in_the_next(ledger):
    record(entry("a", period="2023-12-15/2024-01-14"))
    approve()
    record(entry("b", period="2024-01-01/2024-01-20", replaces="a"))
    with refused("entry b", "what it replaces", "waits for approval"):
        close(2023, fact(period="2023", entries=("a",)))


def test_nothing_is_approved_that_would_move_a_closed_year(ledger):
    record(entry("a", period="2023-12-15/2024-01-14"))
    approve()
    close(2023, fact(period="2023", entries=("a",)))
    record(entry("b", period="2024-01-01/2024-01-20", replaces="a"), entry("c", period="2023-05"))
    with refused("entry b", "entry c", "would move 2023", "leaf restate 2023", "leave it unapproved"):
        approve("b", "c")
    assert [e.id for e in read.entries_in_force()] == ["a"]


def test_what_a_released_target_rests_on_is_not_corrected(ledger):
    record(entry("t", "1.20", "2030-12-31"))
    approve()
    released(fact("pue", "2030", "1.20", entries=("t",)))
    with refused("entry t2", "replaces t, and a released figure rests on that", "until that year is closed"):
        record(entry("t2", "1.90", "2030-12-31", replaces="t"))
    assert read.standing_ahead(COMPANY)["pue@2030"].value == fact("pue", "2030", "1.20").value


def test_what_was_said_of_a_year_before_it_came_stands_and_what_was_still_being_collected_does_not(ledger):
    record(entry("target", period="2026-12-31"), entry("january", period="2025-01"))
    approve()
    released(fact("pue", "2026", entries=("target",)), fact("heads", "2025", entries=("january",)))
    assert set(read.standing_ahead(COMPANY)) == {"pue@2026", "heads@2025"}
    reporting = replace(COMPANY, years=tuple(Year(year=y, factors_as_of=NOON.date()) for y in (2024, 2025, 2026)))
    assert set(read.standing_ahead(reporting)) == {"pue@2026"}


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
        verbs.released(2024, {}, digest="d" * 64, file="2024.leaf", key="k", by="ada", at=NOON, company=COMPANY)


def test_releases_are_written_down_in_order(ledger):
    for letter in "cab":
        verbs.released(2024, {}, digest=letter * 64, file="2024.leaf", key="k", by="pat", at=NOON, company=COMPANY)
    assert [release.digest[0] for release in read.releases()] == ["c", "a", "b"]


def test_what_was_computed_before_another_approval_is_out_of_date(ledger):
    record(entry("a"), entry("b"))
    approve("a")
    before = read.entries_in_force()
    checks.unmoved(before)
    approve("b")
    with refused("out of date", "do it again"):
        checks.unmoved(before)
