"""What a person is told of how good figures are, and the work queue that makes them whole."""

import csv
import shutil
from pathlib import Path

import pytest
from inventory import COMPANY, FACTORS, harbour, number, told, write

BEFORE = "chimney.ae.2022"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return harbour(tmp_path_factory.mktemp("harbour"))


@pytest.fixture
def place(first: Path, tmp_path: Path) -> Path:
    """A copy of the company that a test may change."""
    return shutil.copytree(first, tmp_path / "harbour")


def taken(place: Path, year: str) -> str:
    """The first proposal for the chimney's factor, taken."""
    return told(place, "holes", "--year", year, "--take", number(told(place, "holes", "--year", year)))


def test_a_hole_stands_once_with_what_it_spoils_and_a_step_out_of_it(place: Path) -> None:
    said = told(place, "holes", "--year", "2024")
    at = number(said)
    assert f"{at} no factor chimney for any label in AE, valid in 2024 (office)\n spoils 1 figure: smoke@2024" in said
    assert f"a {BEFORE} 0.4 tCO2/MWh for other days (2022-01-01 to 2022-12-31)" in said
    assert "chimney.sg.2023" not in said, "what holds in another country says nothing of this place"
    assert f"→ leaf holes --year 2024 --take {at}" in said
    assert said.count("no factor chimney") == 1


def test_one_command_takes_a_proposal_and_says_what_it_wrote(place: Path) -> None:
    before = told(place, "facts", "--years", "2024")
    assert "smoke,,2024,,tCO2" in before, "a hole is no number"
    said = told(place, "holes", "--year", "2024", "--take", f"{number(told(place, 'holes', '--year', '2024'))}b")
    assert "Written: factors/proposed.csv" in said and "Figures that lacked it: 1. Whole now: 1." in said
    (row,) = csv.DictReader((place / "factors" / "proposed.csv").read_text("utf-8").splitlines())
    assert (row["id"], row["value"], row["verified"]) == ("proposed.chimney.AE.2024", "0.5", "assumed")
    assert "chimney.world.2015" in row["reasoning"] and "Taken by ana on" in row["reasoning"]
    assert "smoke,,2024,650,tCO2" in told(place, "facts", "--years", "2024")
    assert "chimney" not in told(place, "holes", "--year", "2024")


def test_a_second_proposal_is_added_below_the_first(place: Path) -> None:
    taken(place, "2024")
    taken(place, "2023")
    rows = list(csv.DictReader((place / "factors" / "proposed.csv").read_text("utf-8").splitlines()))
    assert [row["id"] for row in rows] == ["proposed.chimney.AE.2024", "proposed.chimney.AE.2023"]


def test_several_are_taken_at_once_and_a_number_stays_while_others_are_taken(place: Path) -> None:
    at = {year: number(told(place, "holes", "--year", year)) for year in ("2023", "2024")}
    assert at["2024"] in told(place, "holes"), "its number does not come from what else is listed"
    said = told(place, "holes", "--take", at["2023"], "--take", f"{at['2024']}b")
    assert "proposed.chimney.AE.2023 = 0.4" in said and "proposed.chimney.AE.2024 = 0.5" in said
    assert "there is no number" in told(place, "holes", "--take", at["2023"], status=2), "it is closed, so nothing is"


def test_one_thing_is_taken_once_or_nothing_is(place: Path) -> None:
    at = number(told(place, "holes", "--year", "2024"))
    assert "named twice" in told(place, "holes", "--take", at, "--take", f"{at}b", status=2)
    assert not (place / "factors" / "proposed.csv").exists()


def test_what_several_regions_lack_is_one_thing_with_its_sites(place: Path) -> None:
    only = [row for row in FACTORS.splitlines() if not row.startswith("chimney.ae")]
    write(place, "factors/own.csv", "\n".join(only) + "\n")
    write(place, "company.yaml", COMPANY.replace("region: CN-SH", "region: GB"))
    said = told(place, "holes", "--year", "2024")
    assert "no factor chimney for any label in AE, GB, valid in 2024 (office, works)" in said
    assert said.count("no factor chimney") == 1
    said = told(place, "holes", "--year", "2024", "--take", number(said))
    assert "proposed.chimney.AE.2024" in said and "proposed.chimney.GB.2024" in said and "Whole now: 1." in said


@pytest.mark.parametrize(
    ("which", "why"), [("999", "no number 999 among the"), ("1x", "no number 1x"), ("z", "nothing can be taken")]
)
def test_what_is_not_proposed_is_not_taken(place: Path, which: str, why: str) -> None:
    which = which if which != "z" else f"{number(told(place, 'holes'))}c"
    assert why in told(place, "holes", "--take", which, status=2)
    assert not (place / "factors" / "proposed.csv").exists()


def test_a_missing_record_is_a_command_to_fill_it(place: Path) -> None:
    write(
        place,
        "series.csv",
        "activity,site,labels,since,until,owner\npower,works,,,,ana\npower,office,,,,ana\nwater.consumption,works,,,,ana\n",
    )
    assert "→ leaf record water.consumption VALUE t --site works --period 2024" in told(
        place, "holes", "--year", "2024"
    )


def test_a_source_that_nobody_has_screened_waits_for_its_line(place: Path) -> None:
    declared = "power,works,,,,ana\npower,office,,,,ana\nenergy.electricity,works,,,,ana\n"
    write(place, "series.csv", "activity,site,labels,since,until,owner\n" + declared)
    assert "→ - {source: ghg.scope2.heat, standing: not_relevant, reason: …}" in told(place, "holes", "--year", "2024")


def test_uncertainty_is_told_with_where_it_comes_from(place: Path) -> None:
    taken(place, "2024")
    said = told(place, "uncertainty", "smoke@2024")
    assert "93.8 % of the amount has one (100 % of what was recorded, 93.8 % of what was taken from factors)" in said
    assert "error propagation" in said and "Monte Carlo" in said and "so the true range is wider" in said
    assert "Chimney factor chimney.east.2023 (CN-EAST) ± 5 % as stated" in said
    assert "Of unknown uncertainty\n Chimney factor proposed.chimney.AE.2024 (AE) stands behind 40.0 tCO2" in said


def test_a_hole_has_no_uncertainty_and_a_wrong_name_the_nearest(place: Path) -> None:
    assert "no factor chimney" in told(place, "uncertainty", "smoke@2024", status=2)
    assert "the nearest are smoke@2024" in told(place, "uncertainty", "smoke@2025", status=2)
