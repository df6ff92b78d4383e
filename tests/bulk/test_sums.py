"""Rows to cells: exact, whatever the order, the files, the threads and the units, and of new files only what is new."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from bulk_cases import ROWS, TYPES, Row, company, csv_file, parquet, source_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leafledger.bulk import lies
from leafledger.bulk.cube import Cube, digest_of, summed, values_sql
from leafledger.core.finding import Refused


def cube_of(folder: Path, threads: int | None = None, place: str = "cube") -> Cube:
    return summed(source_of(folder), folder, folder / place, threads)


def digest(cube: Cube) -> str:
    with lies.duck() as duck:
        return digest_of(cube, duck)


def cells(cube: Cube) -> list[tuple[object, ...]]:
    with lies.duck() as duck:
        return sorted(duck.execute(values_sql(cube, duck)).fetchall(), key=str)


def test_rows_of_one_month_place_kind_and_unit_are_one_cell(tmp_path: Path) -> None:
    folder = company(tmp_path / "co")
    parquet(folder, [(1, "hq", "2024-01-03", "kWh", "1200.125", "b1"), (1, "hq", "2024-01-31", "kWh", "0.875", "b2")])
    assert [[str(one) for one in cell] for cell in cells(cube_of(folder))] == [
        ["1", "hq", "kWh", "24288", "2", "2", "1201.000"]
    ]


def test_threads_order_and_files_change_no_digit(tmp_path: Path) -> None:
    whole, parts = company(tmp_path / "whole"), company(tmp_path / "parts")
    parquet(whole)
    for n, row in enumerate(reversed(ROWS)):
        parquet(parts, [row], str(n))
    assert {digest(cube_of(whole, 1)), digest(cube_of(whole, 2, "again")), digest(cube_of(parts, 2))} == {
        digest(cube_of(whole))
    }


def test_whole_numbers_of_places_and_units_take_the_packed_way_to_the_same_cells(tmp_path: Path) -> None:
    """Where all columns are whole numbers, one integer is grouped by; a null in one of them is grouped by as it is."""
    rows: list[Row] = [(1, 7, f"2024-0{n % 9 + 1}-05", 3, f"{n}.125", f"b{n}") for n in range(40)]
    types = ("INTEGER", "SMALLINT", "DATE", "TINYINT", "DECIMAL(18,3)", "VARCHAR")
    packed, plain = company(tmp_path / "packed"), company(tmp_path / "plain")
    parquet(packed, rows, types=types)
    parquet(plain, [*rows, (1, None, "2024-01-05", 3, "1", "x")], types=types)
    without = [cell for cell in cells(cube_of(plain)) if cell[1] is not None]
    assert cells(cube_of(packed)) == without
    assert all(keys.least is not None for keys in cube_of(packed).segments[0].keys)


def test_only_new_files_are_read(tmp_path: Path) -> None:
    folder = company(tmp_path / "co")
    parquet(folder, ROWS[:3], "1")
    before = cube_of(folder)
    parquet(folder, ROWS[3:], "2")
    (folder / "bills" / "1.parquet").rename(folder / "bills" / "0.parquet")
    after = cube_of(folder)
    assert after.segments[0].sha256 == before.segments[0].sha256
    assert [file.name for file in after.segments[1].files] == ["bills/2.parquet"]
    whole = company(tmp_path / "whole")
    parquet(whole)
    assert digest(after) == digest(cube_of(whole))


def test_a_file_that_changed_is_read_again(tmp_path: Path) -> None:
    folder = company(tmp_path / "co")
    parquet(folder, ROWS[:3], "1")
    cube_of(folder)
    parquet(folder, ROWS, "1")
    whole = company(tmp_path / "whole")
    parquet(whole)
    assert digest(cube_of(folder)) == digest(cube_of(whole))


def test_a_cube_that_was_touched_is_made_anew(tmp_path: Path) -> None:
    folder = company(tmp_path / "co")
    parquet(folder)
    cube = cube_of(folder)
    (cube.place / cube.segments[0].name).write_bytes(b"touched")
    assert digest(cube_of(folder)) == digest(cube_of(folder, place="other"))


def test_texts_of_a_csv_are_exact_decimals(tmp_path: Path) -> None:
    lines, table = company(tmp_path / "csv", url="bills/*.csv", more="decimals: 3"), company(tmp_path / "parquet")
    csv_file(lines)
    parquet(table)
    assert digest(cube_of(lines)) == digest(cube_of(table))
    assert cube_of(lines).rounds and not cube_of(table).rounds


def test_floats_are_rounded_once_a_row(tmp_path: Path) -> None:
    types = (*TYPES[:4], "DOUBLE", TYPES[5])
    rows: Iterable[Row] = [
        (1, "hq", "2024-01-03", "kWh", quantity, "b") for quantity in ("0.1", "0.2", "0.0005", "1.2344")
    ]
    folder = company(tmp_path / "co", more="decimals: 3")
    parquet(folder, rows, types=types)
    cube = cube_of(folder)
    assert cube.rounds and str(cells(cube)[0][-1]) == "1.535"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from([1, 2, 3, 9]),
            st.sampled_from(["hq", "lab", "elsewhere", None]),
            st.dates(date(2023, 11, 1), date(2025, 2, 1)).map(str),
            st.sampled_from(["kWh", "MWh", "GJ", "km", None]),
            st.decimals(-(10**9), 10**9, places=3).map(str),
            st.just("b"),
        ),
        min_size=2,
        max_size=30,
    ),
    st.randoms(),
)
def test_any_rows_in_any_order_and_two_files_are_the_same_cells(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Row], random: object
) -> None:
    folder = tmp_path_factory.mktemp("any")
    one, two = company(folder / "one"), company(folder / "two")
    parquet(one, rows)
    mixed = sorted(rows, key=lambda _: random.random())  # type: ignore[attr-defined]
    parquet(two, mixed[: len(mixed) // 2], "1")
    parquet(two, mixed[len(mixed) // 2 :], "2")
    assert digest(cube_of(one)) == digest(cube_of(two))


def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    folder = company(tmp_path / "co")
    text = (folder / "sources" / "bills.yaml").read_text("utf-8")
    (folder / "sources" / "bills.yaml").write_text(text.replace("quantity: qty", "quantity: amount"), "utf-8")
    parquet(folder)
    with pytest.raises(
        Refused, match="no column 'amount' for the quantity; there are bill, day, kind, plant, qty, uom"
    ):
        cube_of(folder)


def test_files_that_are_not_there_are_said_so(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"no file fits bills/\*\.parquet"):
        cube_of(company(tmp_path / "co"))
