"""Looking through factors, and taking in a licensed set: mapped, proven row by row, shown before it is written, kept out of git."""

import csv
import io
import shutil
from pathlib import Path

import pytest
from inventory import FACTORS, harbour, number, told, write

SET = """\
Code,Factor,Amount,Per,Area,From,Out,Year,Note
L1,chimney,0.35,tCO2/MWh,AE,2023-01-01,2024-01-31,2023,kept
L2,chimney,0.99,tCO2/MWh,US,2023-01-01,2024-01-31,2023,kept
L3,chimney,0.98,tCO2/MWh,GB,2023-01-01,2024-01-31,2023,kept
"""
MAPPED = (
    *("--column", "id=Code", "--column", "name=Factor", "--column", "value=Amount", "--column", "unit=Per"),
    *(
        "--column",
        "region=Area",
        "--column",
        "valid_from=From",
        "--column",
        "published=Out",
        "--column",
        "data_year=Year",
    ),
)
FILLED = (
    "--fill",
    "publisher=Licensor",
    "--fill",
    "source=Data set 3",
    "--licence",
    "For own use, not to be passed on",
    "--only-mapped",
)
IMPORT = ("factors", "import", "../set.csv", *MAPPED, *FILLED)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return harbour(tmp_path_factory.mktemp("harbour"))


@pytest.fixture
def place(first: Path, tmp_path: Path) -> Path:
    write(tmp_path, "set.csv", SET)
    return shutil.copytree(first, tmp_path / "harbour")


def test_factors_are_found_by_words_in_any_language(place: Path) -> None:
    assert "chimney.sg.2023 0.4 tCO2/MWh Singapore 2023 Sweep" in told(place, "factors", "chimney", "singapore")
    assert "chimney.sg.2023" in told(place, "factors", "烟囱", "新加坡")
    assert told(place, "factors", "chimney", "atlantis") == "No factor has all of these words."
    assert "chimney Chimney factor tCO2/MWh 4 4 regions 2015 to 2023" in told(place, "factors")


def test_a_name_without_rows_is_listed_as_what_to_give(place: Path) -> None:
    said = told(place, "factors")
    assert "purchase_co2e" in said and "no rows: give your own" in said
    one = told(place, "factors", "purchase_co2e")
    assert "factor.purchase_co2e\n no rows: give your own, in" in one
    assert told(place, "factors", "purchase_co2e", "--csv").count("\n") <= 1


def test_what_is_found_can_go_on_as_rows(place: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(told(place, "factors", "search", "chimney", "--csv"))))
    assert [(row["id"], row["value"], row["quality"]) for row in rows] == [
        ("chimney.ae.2022", "0.4", "1;1;2;1;1"),
        ("chimney.east.2023", "0.5", "1;1;2;1;1"),
        ("chimney.sg.2023", "0.4", "1;1;2;1;1"),
        ("chimney.world.2015", "0.5", "1;1;2;1;1"),
    ]


def test_a_set_is_shown_before_it_is_written(place: Path) -> None:
    said = told(place, *IMPORT)
    assert "L1 chimney 0.35 tCO2/MWh AE 2023" in said and "Licence: For own use, not to be passed on" in said
    assert "3 factors can be imported. Nothing was written; say --write to keep them." in said
    assert not (place / "factors" / "licensed").exists()


def test_once_it_is_written_it_serves_like_any_other_and_git_ignores_it(place: Path) -> None:
    assert "3 factors kept in factors/licensed/set.csv. Git ignores that folder." in told(place, *IMPORT, "--write")
    assert (place / "factors" / "licensed" / ".gitignore").read_text("utf-8") == "*\n!.gitignore\n"
    assert "smoke,,2024,635,tCO2" in told(place, "facts", "--years", "2024")
    assert "in place of the 3 rows that stood there" in told(place, *IMPORT, "--write"), "a set is one file"


def test_every_row_that_is_wrong_is_told_with_its_line(place: Path) -> None:
    wrong = SET.replace("0.35", '"0,35"').replace("L2,chimney", "L2,chimny").replace("L3,", "L2,").replace("GB", "XX")
    write(place.parent, "set.csv", wrong)
    said = told(place, *IMPORT, "--write", status=2)
    assert "set.csv:2: error: '0,35' is not a plain decimal number" in said
    assert "set.csv:4: error: the factor L2 is already given at set.csv:3" in said
    assert not (place / "factors" / "licensed").exists()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((*MAPPED, *FILLED[:-1]), "nobody says what these columns are: Note"),
        (
            (*MAPPED, *FILLED[:4], "--only-mapped"),
            "3 rows, this first, do not say under which licence they may be used",
        ),
        ((*MAPPED[2:], *FILLED), "nothing gives id; map a column with --column OURS=THEIRS"),
        ((*MAPPED, *FILLED, "--column", "gases=Gas"), "there is no column 'Gas' to take gases from"),
        ((*MAPPED, *FILLED, "--fill", "colour=red"), "colour is not a column of factors"),
    ],
)
def test_what_is_not_said_is_asked_for(place: Path, words: tuple[str, ...], why: str) -> None:
    assert why in told(place, "factors", "import", "../set.csv", *words, status=2)


def test_a_proposal_out_of_a_licensed_set_stays_with_it(place: Path) -> None:
    write(
        place.parent,
        "set.csv",
        SET.replace("AE,2023-01-01", "AE,2025-01-01")
        .replace("L2,chimney", "L2,gwp_co2")
        .replace("0.99,tCO2/MWh", "1,tCO2e/tCO2"),
    )
    write(place, "factors/own.csv", FACTORS.splitlines()[0] + "\n" + FACTORS.splitlines()[1] + "\n")
    told(place, *IMPORT, "--write")
    said = told(place, "holes", "--year", "2024")
    letter = next(letter for letter in "abc" if f"{letter} L1 0.35" in said or f"{letter} L3 0.98" in said)
    told(place, "holes", "--year", "2024", "--take", f"{number(said)}{letter}")
    assert (place / "factors" / "licensed" / "proposed.csv").exists()
    assert not (place / "factors" / "proposed.csv").exists()
