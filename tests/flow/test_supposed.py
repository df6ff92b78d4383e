"""What would move, told by the command: figures of open years, through which factor; what is closed stands, and nothing is written."""

import csv
import hashlib
import io
import json
import shutil
from pathlib import Path

import pytest
from inventory import FACTORS, harbour, told, write

HEADER = FACTORS.splitlines()[0]
NEW = f'{HEADER}\nchimney.east.2024,chimney,0.45,tCO2/MWh,CN-EAST,2023-01-01,,2025-06-30,2024,Sweep,"East, 2024",CO2,free,Sweep 3,seen,,\n'
OFFICE = 'chimney.ae,chimney,0.3,tCO2/MWh,AE,2023-01-01,,2024-06-30,2023,Sweep,"Office",CO2,free,Sweep 4,seen,,\n'


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The company with its office's factor, so that nothing is open, and 2023 closed."""
    folder = harbour(tmp_path_factory.mktemp("harbour"), factors__own_csv=FACTORS + OFFICE)
    told(folder, "close", "2023", "--with-holes")
    return folder


@pytest.fixture
def place(first: Path, tmp_path: Path) -> Path:
    write(tmp_path, "new/east.csv", NEW)
    return shutil.copytree(first, tmp_path / "harbour")


def state(folder: Path) -> dict[str, str]:
    """Every file but the database's own bookkeeping, by its hash."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and not file.name.endswith(("-wal", "-shm")))
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_a_new_edition_moves_what_is_open_and_nothing_that_is_closed(place: Path) -> None:
    before = state(place)
    said = told(place, "what-if", "--factors", "../new")
    assert "smoke@2024 630.0 → 570.0 tCO2 -60.000 -9.52 %" in said
    assert "chimney -60.000 chimney.east.2023 (0.5 tCO2/MWh) → chimney.east.2024 (0.45 tCO2/MWh)" in said
    assert "Closed or released: these stand as they are, and would otherwise be\n smoke@2023 530.0 → 480.0" in said
    assert "1 figure would move; 1 figure of closed years stay. Nothing was written." in said
    assert state(place) == before


def test_the_same_factors_move_nothing(place: Path) -> None:
    assert told(place, "what-if", "--factors", "factors") == "Nothing would move."
    assert told(place, "what-if", "--factors", "factors/own.csv") == "Nothing would move."


def test_other_programs_get_the_same_exactly(place: Path) -> None:
    (moved, stands) = json.loads(told(place, "what-if", "--factors", "../new/east.csv", "--json"))
    assert (moved["figure"], moved["change"], moved["stands"], stands["stands"]) == ("smoke@2024", "-60", False, True)
    assert moved["through"] == [
        {"what": "chimney", "amount": "-60", "factors": [["chimney.east.2023", "chimney.east.2024"]]}
    ]
    (row, _) = csv.DictReader(io.StringIO(told(place, "what-if", "--factors", "../new/east.csv", "--csv")))
    assert (row["now"], row["would_be"], row["through"]) == ("630", "570", "chimney -60")


def test_an_edition_that_comes_later_changes_nothing_that_is_closed(place: Path) -> None:
    before = [line for line in told(place, "facts", "--years", "2023").splitlines() if line.startswith("smoke,")]
    write(place, "factors/later.csv", NEW)
    after = told(place, "facts", "--years", "2023")
    assert len(before) == 1 and before[0] in after.splitlines()
    assert "it was closed as 530 tCO2 and would now be 480 tCO2; the closed figure stands" in after
    assert "smoke,,2024,570,tCO2" in told(place, "facts", "--years", "2024")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((), "nothing is supposed"),
        (("--gwp", "AR7"), "there are SAR, AR4, AR5, AR6"),
        (("--factors", "nowhere"), "there are no factors in nowhere"),
        (
            ("--factors", "../wrong"),
            "/wrong.csv:2: error: unknown factor name 'chimny'; did you mean 'chimney'?",
        ),
    ],
)
def test_what_cannot_be_supposed_is_refused(place: Path, words: tuple[str, ...], why: str) -> None:
    write(place.parent, "wrong/wrong.csv", NEW.replace(",chimney,", ",chimny,"))
    assert why in told(place, "what-if", *words, status=2)


def test_what_is_wrong_in_a_supposed_file_is_told_where_it_lies(place: Path) -> None:
    write(place.parent, "new/wrong.csv", NEW.replace("0.45", "much"))
    said = told(place, "what-if", "--factors", "../new/wrong.csv", status=2)
    assert "../new/wrong.csv:2" in said and "factors/wrong.csv" not in said
