"""What cells become: entries in the activity's unit, none where a series had none, and something that is missed for rows that fit nothing."""

from pathlib import Path

import pytest
from bulk_cases import ROWS, Row, company, library, parquet, source_of

from leafledger.bulk import lies
from leafledger.bulk.cube import summed
from leafledger.bulk.entries import Read, entries_of, findings_of, read_cube
from leafledger.core.entry import Entry
from leafledger.core.quantity import plain
from leafledger.library.company import read_company


def read(folder: Path) -> tuple[Read, list[Entry], str]:
    """A folder's cube in our words, as entries, and what is said of it."""
    source = source_of(folder)
    cube = summed(source, folder, folder / "cube")
    with lies.duck() as duck:
        found = read_cube(source, cube, read_company(folder), library(), duck)
    said = " | ".join(finding.message for finding in findings_of(source, found, cube))
    return found, entries_of(source, found, cube.content(source), library()), said


def made(tmp_path: Path, *rows: Row, more: str = "") -> list[str]:
    folder = company(tmp_path / "co", more=more)
    parquet(folder, rows)
    return [f"{one.kind} {one.site} {one.period} {plain(one.value)} {one.unit}" for one in read(folder)[1]]


def test_units_are_turned_exactly_and_days_without_rows_are_none(tmp_path: Path) -> None:
    rows = [
        (1, "hq", "2024-01-03", "kWh", "1", "b"),
        (1, "hq", "2024-01-31", "GJ", "7.2", "b"),
        (1, "hq", "2024-11-30", "MWh", "3", "b"),
    ]
    assert made(tmp_path, *rows) == [
        "reading hq 2024-01 2.001 MWh",
        "reading hq 2024-11 3 MWh",
        "nil hq 2024-02/2024-10 0 MWh",
        "nil hq 2024-12 0 MWh",
    ]


def test_a_sum_that_the_usual_unit_cannot_hold_stands_in_one_that_can(tmp_path: Path) -> None:
    assert made(tmp_path, (1, "hq", "2024-01-03", "MJ", "1000", "b"))[0] == "reading hq 2024-01 1000000000 J"


def test_days_are_kept_where_they_are_asked_for(tmp_path: Path) -> None:
    rows = [(1, "hq", "2024-01-03", "kWh", "1", "b"), (1, "hq", "2024-01-04", "kWh", "2", "b")]
    assert made(tmp_path, *rows, more="grain: day")[:2] == [
        "reading hq 2024-01-03 0.001 MWh",
        "reading hq 2024-01-04 0.002 MWh",
    ]


def test_where_there_are_many_cells_those_of_a_year_are_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leafledger.bulk.entries.MOST_MONTHS", 1)
    rows = [(1, "hq", "2024-01-03", "kWh", "1", "b"), (1, "hq", "2024-11-30", "MWh", "3", "b")]
    assert made(tmp_path, *rows) == ["reading hq 2024 3.001 MWh"]


def test_what_the_digits_leave_open_is_that_of_all_rows(tmp_path: Path) -> None:
    folder = company(tmp_path / "co")
    parquet(folder, [(1, "hq", "2024-01-03", "MWh", "1", "b")] * 4)
    assert str(read(folder)[1][0].tolerance) == "0.0020000"


@pytest.mark.parametrize(
    ("row", "says", "touched"),
    [
        ((1, "moon", "2024-01-03", "kWh", "1", "b"), "unknown site 'moon'", {"energy.electricity"}),
        ((1, None, "2024-01-03", "kWh", "1", "b"), "no site", {"energy.electricity"}),
        ((1, "hq", "2024-01-03", "furlong", "1", "b"), "unknown unit 'furlong'", {"energy.electricity"}),
        ((1, "hq", "2024-01-03", "km", "1", "b"), "do not measure the same", {"energy.electricity"}),
        ((1, "hq", "2024-01-03", "kWh", None, "b"), "no quantity", {"energy.electricity"}),
        ((1, "hq", None, "kWh", "1", "b"), "no date", {"energy.electricity"}),
        ((1, "hq", "2031-01-03", "kWh", "1", "b"), "a date outside 2024", {"energy.electricity"}),
        ((7, "hq", "2024-01-03", "kWh", "1", "b"), "unknown activity '7'", {"energy.electricity", "energy.fuel"}),
        ((None, "hq", "2024-01-03", "kWh", "1", "b"), "no activity", {"energy.electricity", "energy.fuel"}),
    ],
)
def test_a_row_that_fits_nothing_is_counted_and_missed_in_each_activity_it_may_be_of(
    tmp_path: Path, row: Row, says: str, touched: set[str]
) -> None:
    folder = company(tmp_path / "co")
    parquet(folder, [*ROWS, row])
    _, entries, said = read(folder)
    assert "1 row fits nothing" in said and says in said
    assert {one.activity for one in entries if one.site.endswith("(bills)")} == touched


def test_a_row_left_out_on_purpose_is_said_and_missed_nowhere(tmp_path: Path) -> None:
    folder = company(tmp_path / "co")
    parquet(folder)
    _, entries, said = read(folder)
    assert "1 row is left out on purpose: Rent, which is no energy" in said
    assert not [one for one in entries if one.site.endswith("(bills)")]
