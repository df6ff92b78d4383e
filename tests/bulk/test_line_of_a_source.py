"""A source through the straight line: declared, summed, approved, counted, asked for its rows, closed and released."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from bulk_cases import KINDS, ROWS, SERIES, company, parquet

from leafledger.base.setup import close_ledger
from leafledger.core.fact import Fact
from leafledger.core.finding import Refused
from leafledger.core.quantity import plain
from leafledger.flow import sources
from leafledger.flow.calculate import calculate
from leafledger.flow.keep import close
from leafledger.flow.rows import rows
from leafledger.flow.totals import made

AT = datetime(2025, 4, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def ledgers():
    yield
    close_ledger()


def fact(folder: Path, key: str) -> Fact:
    return calculate(folder).facts[key]


def approved(folder: Path) -> Path:
    sources.approve(folder, "bills", by="ada", at=AT)
    return folder


def told(folder: Path) -> str:
    return " | ".join(finding.message for finding in sources.states(folder)[0].findings)


def test_nothing_counts_until_somebody_has_approved_it(tmp_path: Path) -> None:
    folder = company(tmp_path / "co")
    parquet(folder)
    assert "have not been summed yet" in calculate(folder).findings[0].message
    sources.states(folder)
    calculated = calculate(folder)
    assert calculated.facts["energy.electricity@2024"].status == "hole"
    assert "nobody has approved them as they are" in calculated.findings[0].message


def test_an_approved_source_counts_with_units_turned_and_empty_months_as_none(tmp_path: Path) -> None:
    folder = company(tmp_path / "co")
    parquet(folder)
    found = fact(approved(folder), "energy.electricity@2024")
    assert (plain(found.value or 0), found.status) == ("5.700126", "figure")  # type: ignore[arg-type]
    assert plain(fact(folder, "energy.fuel@2024").value or 0) == "3.277777777778"  # type: ignore[arg-type]


def test_nobody_approves_their_own(tmp_path: Path) -> None:
    folder = company(tmp_path / "co")
    text = (folder / "sources" / "bills.yaml").read_text("utf-8")
    (folder / "sources" / "bills.yaml").write_text(text.replace("owner: rui", "owner: ada"), "utf-8")
    parquet(folder)
    with pytest.raises(Refused, match="nobody approves their own"):
        approved(folder)


def test_new_rows_are_approved_anew(tmp_path: Path) -> None:
    folder = company(tmp_path / "co")
    parquet(folder)
    approved(folder)
    parquet(folder, [(1, "lab", "2024-07-01", "MWh", "1", "b8")], "2")
    assert any("files have changed" in finding.message for finding in calculate(folder).findings)
    assert sources.states(folder)[0].approval is None
    assert plain(fact(approved(folder), "energy.electricity@2024").value or 0) == "6.700126"  # type: ignore[arg-type]


def test_another_meaning_of_a_value_is_approved_anew_without_reading_a_row(tmp_path: Path) -> None:
    folder = company(tmp_path / "co")
    parquet(folder)
    approved(folder)
    (folder / "sources" / "bills.activity.csv").write_text(KINDS.replace("9,,", "9,energy.electricity,"), "utf-8")
    (folder / "bills" / "1.parquet").touch()
    assert sources.states(folder)[0].approval is None
    assert plain(fact(approved(folder), "energy.electricity@2024").value or 0) == "105.700126"  # type: ignore[arg-type]


def test_a_row_that_fits_nothing_makes_the_figures_it_may_belong_to_holes(tmp_path: Path) -> None:
    folder = company(tmp_path / "co")
    parquet(folder, [*ROWS, (1, "moon", "2024-01-03", "kWh", "1", "b")])
    approved(folder)
    calculated = calculate(folder)
    assert "unknown site 'moon'" in calculated.findings[0].message
    assert calculated.facts["energy.electricity@2024"].status == "hole"
    assert calculated.facts["energy.fuel@2024"].status == "figure"
    assert [one.status for one in made(folder, "bills").facts] == ["hole"]


def test_rows_left_out_on_purpose_are_said_and_touch_nothing(tmp_path: Path) -> None:
    folder = company(tmp_path / "co")
    parquet(folder)
    assert "left out on purpose: Rent, which is no energy" in told(folder)
    assert not [finding for finding in sources.states(folder)[0].findings if finding.severity != "note"]


def test_series_that_nobody_declared_are_named_as_lines_for_series_csv(tmp_path: Path) -> None:
    folder = company(tmp_path / "co", series=SERIES.replace("energy.electricity,lab,,,,rui\n", ""))
    parquet(folder)
    assert sources.states(folder)[0].missing == ("energy.electricity,lab,,,,rui",)
    assert fact(approved(folder), "energy.electricity@2024").status == "hole"


def test_a_figure_is_walked_down_to_its_rows(tmp_path: Path) -> None:
    folder = company(tmp_path / "co")
    parquet(folder)
    approved(folder)
    found = rows(folder, "ghg.scope2.electricity@2024", site="hq")
    assert [(one.quantity, one.unit, one.amount, one.into) for one in found] == [
        ("1200.125", "kWh", "1.200125", "MWh"),
        ("2.500", "MWh", "2.5", "MWh"),
        ("7.200", "GJ", "2", "MWh"),
    ]
    assert "bill b3" in found[2].line and any("CN-SH" in step for step in found[0].factors)
    assert [one.quantity for one in rows(folder, "energy.fuel@2024[fuel=diesel]")] == ["1000.000"]


def test_the_cube_itself_gives_the_figures_that_entries_give(tmp_path: Path) -> None:
    folder = company(tmp_path / "co")
    parquet(folder)
    facts = calculate(approved(folder)).facts
    found = made(folder, "bills").facts
    assert [(one.key, one.value, one.id) for one in found] == [
        (key, facts[key].value, facts[key].id) for key in ("ghg.scope2.electricity@2024",)
    ]


def test_a_year_that_stands_on_a_source_can_be_closed_and_is_moved_by_nothing(tmp_path: Path) -> None:
    folder = company(tmp_path / "co")
    parquet(folder)
    approved(folder)
    close(folder, 2024, by="pat", at=AT, with_holes=True)
    parquet(folder, [(1, "lab", "2024-07-01", "MWh", "1", "b8")], "2")
    approved(folder)
    assert plain(fact(folder, "energy.electricity@2024").value or 0) == "5.700126"  # type: ignore[arg-type]
