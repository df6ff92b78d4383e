"""Tables: the same small table as text, HTML, XLSX and PDF, and the ways in which reports draw them."""

from pathlib import Path

import pytest
from tests.audit.pages import Drawn, pdf, table_page, xlsx

from leafledger.audit.mention import Table
from leafledger.audit.read import read
from leafledger.audit.read.pdf import read_pdf
from leafledger.audit.tables import tables


def of_text(tmp_path: Path, text: str) -> tuple[Table, ...]:
    (tmp_path / "report.txt").write_text(text, encoding="utf-8")
    return tables(read(tmp_path / "report.txt"))


def of_pages(tmp_path: Path, *pages: list[Drawn]) -> tuple[Table, ...]:
    return tables(read_pdf(pdf(tmp_path / "report.pdf", *pages), "report.pdf", apart=False))


def of_html(tmp_path: Path, body: str) -> tuple[Table, ...]:
    (tmp_path / "report.html").write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    return tables(read(tmp_path / "report.html"))


def shown(table: Table) -> list[str]:
    """Each row as `group > label [unit] 1 2`, a stroke for what is absent, a dot for no cell."""
    rows = []
    for row in table.rows:
        cells = [
            "." if cell is None else "-" if cell.amount.value is None else str(cell.amount.value) for cell in row.cells
        ]
        group = f"{row.group} {'>' * (row.depth or 1) if row.depth else ':'} " if row.group else ""
        rows.append(f"{group}{row.label} [{row.unit}] {' '.join(cells)}")
    return rows


ROWS = [("Energy used", "MWh", "1,114.3", "1,054.1"), ("Water used", "m3", "10", "12"), ("Waste", "t", "-", "4.0")]
EXPECTED = ["Energy used [MWh] 1114.3 1054.1", "Water used [m3] 10 12", "Waste [t] - 4.0"]


@pytest.mark.parametrize("kind", ["text", "html", "xlsx", "pdf"])
def test_the_same_table_is_read_alike_from_every_kind_of_file(tmp_path: Path, kind: str) -> None:
    lines = [("Metric", "Unit", "2023", "2024"), *ROWS]
    if kind == "text":
        found = of_text(tmp_path, "\n\n".join(" ".join(line) for line in lines))
    elif kind == "html":
        found = of_html(
            tmp_path,
            "<table>" + "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in line)}</tr>" for line in lines) + "</table>",
        )
    elif kind == "xlsx":
        found = tables(read(xlsx(tmp_path / "report.xlsx", lines)))
    else:
        found = of_pages(tmp_path, table_page("\n".join(" | ".join(line) for line in lines)))

    assert len(found) == 1
    assert found[0].years == (2023, 2024)
    assert shown(found[0]) == EXPECTED
    cell = found[0].rows[0].cells[1]
    assert cell is not None
    assert (cell.unit, cell.year, cell.table, cell.row, cell.column) == ("MWh", 2024, 1, 1, 1)


def test_rows_that_end_in_values_whatever_the_order_of_the_years(tmp_path: Path) -> None:
    (found,) = of_text(
        tmp_path,
        "指標 單位 2024年 2023年 2022年\n\n用水總量 噸 290,489.5 187,205.9 110,571.3\n\n用水密度 噸╱百萬元收入 77.01 54.97 ╱",
    )

    assert found.years == (2024, 2023, 2022)
    assert shown(found) == ["用水總量 [噸] 290489.5 187205.9 110571.3", "用水密度 [噸╱百萬元收入] 77.01 54.97 -"]


def test_a_unit_that_begins_on_the_line_before(tmp_path: Path) -> None:
    (found,) = of_text(
        tmp_path,
        "指標 單位 2024年 2023年\n\n排放密度 噸二氧化碳當量╱\n百萬元收入 22.24 21.54\n\n排放總量 噸二氧化碳當量 5.0 6.0",
    )

    assert shown(found)[0] == "排放密度 [噸二氧化碳當量╱百萬元收入] 22.24 21.54"


def test_words_that_go_on_from_the_line_before(tmp_path: Path) -> None:
    (found,) = of_text(
        tmp_path,
        "Metric Unit 2023 2024\nTotal emissions (Scope 1\nand Scope 2) tCO2e 10 12\nEnergy from renewable\nsources MWh 3 4\n",
    )

    assert [row.label for row in found.rows] == [
        "Total emissions (Scope 1 and Scope 2)",
        "Energy from renewable sources",
    ]


def test_parts_of_a_split_stand_below_it_until_the_unit_changes(tmp_path: Path) -> None:
    (found,) = of_text(
        tmp_path,
        "指標 單位 2024年 2023年\n\nB1僱傭\n\n員工總數 人 30 28\n\n按性別劃分\n男性 人 20 18\n\n女性 人 10 10\n\n"
        "員工流失率 % 5.0% 4.0%\n\nB2安全\n\n工傷 宗 0 1",
    )

    assert shown(found) == [
        "B1僱傭 : 員工總數 [人] 30 28",
        "按性別劃分 > 男性 [人] 20 18",
        "按性別劃分 > 女性 [人] 10 10",
        "B1僱傭 : 員工流失率 [%] 5.0 4.0",
        "B2安全 : 工傷 [宗] 0 1",
    ]


def test_dotted_rows_are_parts_of_the_row_before_them(tmp_path: Path) -> None:
    (found,) = of_text(
        tmp_path,
        "指標 單位 2023 2024\n\n直接能源 兆瓦時 10 12\n\n· 汽油 兆瓦時 4 5\n\n· 柴油 兆瓦時 6 7\n\n間接能源 兆瓦時 1 2",
    )

    assert shown(found)[1:3] == ["直接能源 > 汽油 [兆瓦時] 4 5", "直接能源 > 柴油 [兆瓦時] 6 7"]
    assert (found.rows[3].group, found.rows[3].depth) == ("", 0)


def test_columns_that_are_no_years(tmp_path: Path) -> None:
    (found,) = of_text(
        tmp_path,
        "簽署情況如下表所示：\n\n文件 已簽署數量 應簽署數量 佔比%\n\n《保密書》 32 32 100%\n\n《承諾函》 20 25 80%\n",
    )

    assert found.columns == ("已簽署數量", "應簽署數量", "佔比%")
    assert found.title == "簽署情況如下表所示:"
    assert shown(found) == ["《保密書》 [] 32 32 100", "《承諾函》 [] 20 25 80"]


def test_a_column_names_the_unit_of_its_numbers(tmp_path: Path) -> None:
    (found,) = of_text(tmp_path, "地區 數量（家）\n\n中國 341\n\n其他 22\n\n總計 363\n")

    assert {cell.unit for row in found.rows for cell in row.cells if cell} == {"organisation"}


def test_a_header_that_is_repeated_or_cut_by_a_page_goes_on_with_the_table(tmp_path: Path) -> None:
    (found,) = of_text(tmp_path, "指標 單位 2024年 2023年\n\n用水 噸 1 2\n\n指標 單位 2024年 2023年\n\n用電 度 3 4\n")

    assert [row.label for row in found.rows] == ["用水", "用電"]


def test_notes_end_a_table_and_prose_is_none(tmp_path: Path) -> None:
    found = of_text(
        tmp_path,
        "指標 單位 2023 2024\n\n用水 噸 10 12\n\n附註：\n\n1. 本集團對2023年用水量進行了重溯，其影響為 3\n\n"
        "本集團於年內共有員工3,756人，其中管理層為 26\n並於各地設立辦公室，數目為 44\n",
    )

    assert len(found) == 1
    assert shown(found[0]) == ["用水 [噸] 10 12"]


def test_lists_of_contents_are_no_tables(tmp_path: Path) -> None:
    assert of_text(tmp_path, "目錄 頁\n\n關於本報告 1\n\n董事長致辭 3\n\n公司治理 8\n\n環境 21\n\n社會 35\n") == ()


def test_groups_and_indents_of_a_page(tmp_path: Path) -> None:
    page = table_page(
        "Metric | Unit | 2023 | 2024\nScope 1 | tCO2e | 30 | 33\nScope 1 by site |\n"
        "  North | tCO2e | 10 | 11\n  South | tCO2e | 20 | 22\nScope 2 | tCO2e | 5 | 6"
    )

    (found,) = of_pages(tmp_path, page)

    assert shown(found) == [
        "Scope 1 [tCO2e] 30 33",
        "Scope 1 by site > North [tCO2e] 10 11",
        "Scope 1 by site > South [tCO2e] 20 22",
        "Scope 2 [tCO2e] 5 6",
    ]


def test_indented_rows_are_parts_of_the_row_above_and_take_its_unit(tmp_path: Path) -> None:
    page = table_page(
        "Metric | | 2023 | 2024\nScope 3 (tCO2e) | | 30 | 33\n  Travel | | 10 | 11\n  Goods | | 20 | 22\nPeople | | 5 | 6"
    )

    (found,) = of_pages(tmp_path, page)

    assert shown(found) == [
        "Scope 3 [tCO2e] 30 33",
        "Scope 3 > Travel [tCO2e] 10 11",
        "Scope 3 > Goods [tCO2e] 20 22",
        "People [] 5 6",
    ]


def test_words_wrapped_around_the_numbers_of_their_row(tmp_path: Path) -> None:
    page = table_page("Metric | Unit | 2023 | 2024", pitch=24)
    page += [
        (50, 124, 9, "Energy intensity for each"),
        (50, 135, 9, "rupee of turnover, adjusted"),
        (50, 146, 9, "for purchasing power"),
    ]
    page += [(260, 135, 9, "MJ"), (392, 135, 9, "0.02"), (482, 135, 9, "0.03")]
    page += [(50, 170, 9, "Energy"), (260, 170, 9, "MJ"), (392, 170, 9, "11"), (482, 170, 9, "12")]
    page += [(50, 194, 9, "Fuel"), (260, 194, 9, "MJ"), (392, 194, 9, "7"), (482, 194, 9, "8")]

    (found,) = of_pages(tmp_path, page)

    assert shown(found) == [
        "Energy intensity for each rupee of turnover, adjusted for purchasing power [MJ] 0.02 0.03",
        "Energy [MJ] 11 12",
        "Fuel [MJ] 7 8",
    ]


def test_headings_over_several_columns(tmp_path: Path) -> None:
    page: list[Drawn] = [(60, 100, 9, "Particulars"), (290, 88, 9, "FY 2024"), (440, 88, 9, "FY 2023")]
    page += [
        (x, 100, 9, word)
        for x, word in ((250, "Male"), (300, "Female"), (360, "Total"), (400, "Male"), (450, "Female"), (510, "Total"))
    ]
    for at, (label, *cells) in enumerate(
        [("Staff", "18", "23", "19", "19", "21", "19"), ("Workers", "15", "15", "15", "6", "40", "8")]
    ):
        page.append((60, 118 + 16 * at, 9, label))
        page += [(x, 118 + 16 * at, 9, cell) for x, cell in zip((255, 308, 362, 405, 458, 512), cells, strict=True)]

    (found,) = of_pages(tmp_path, page)

    assert found.columns == (
        "FY 2024 Male",
        "FY 2024 Female",
        "FY 2024 Total",
        "FY 2023 Male",
        "FY 2023 Female",
        "FY 2023 Total",
    )
    assert found.years == (2024, 2024, 2024, 2023, 2023, 2023)
    assert shown(found) == ["Staff [] 18 23 19 19 21 19", "Workers [] 15 15 15 6 40 8"]


def test_remarks_beside_the_numbers_are_no_column(tmp_path: Path) -> None:
    page = table_page("Metric | Unit | 2023 | 2024 |\n" + "\n".join(f"Site {n} | t | {n}0 | {n}1" for n in range(1, 8)))
    page += [
        (560 - 30, 100 + 18 * at, 9, word)
        for at, word in enumerate(["Target", "Reduce to", "30% by", "2030", "against", "the base"])
    ]

    (found,) = of_pages(tmp_path, page)

    assert found.columns == ("2023", "2024")
    assert shown(found)[2] == "Site 3 [t] 30 31"


def test_a_cell_that_is_empty_leaves_its_column_empty(tmp_path: Path) -> None:
    page = table_page(
        "Metric | Unit | 2022 | 2023 | 2024\nWater | t | 1 | 2 | 3\nReused | % | | 0.16% | 0.21%\nWaste | t | 4 | 5 | 6"
    )

    (found,) = of_pages(tmp_path, page)

    assert shown(found)[1] == "Reused [%] . 0.16 0.21"


def test_two_tables_on_a_page_stay_two(tmp_path: Path) -> None:
    one = table_page("Water | Unit | 2023 | 2024\nTaken | t | 1 | 2\nUsed | t | 3 | 4")
    two = table_page("By gender | Unit | 2023 | 2024\nMen | person | 1 | 2\nWomen | person | 3 | 4", top=220)

    found = of_pages(tmp_path, [*one, (50, 200, 9, "People of the company"), *two])

    assert [table.title for table in found] == ["Water", "People of the company"]
    assert [row.label for row in found[1].rows] == ["Men", "Women"]


def test_running_heads_are_no_rows(tmp_path: Path) -> None:
    pages = []
    for n in range(1, 5):
        edges: list[Drawn] = [(50, 20, 8, "Sustainability report"), (50, 785, 8, "Invented Ltd"), (540, 785, 8, f"{n}")]
        pages.append(
            [*edges, *table_page(f"Metric | Unit | 2023 | 2024\nSite {n} | t | {n}0 | {n}1\nPlant {n} | t | 1 | 2")]
        )

    found = of_pages(tmp_path, *pages)

    assert [row.label for table in found for row in table.rows] == [
        f"{word} {n}" for n in range(1, 5) for word in ("Site", "Plant")
    ]


def test_shares_in_brackets_are_not_negative(tmp_path: Path) -> None:
    page = table_page(
        "Level | | Men | Share | Women | Share\nStaff | | 12 | (60.0%) | 8 | (40.0%)\nHeads | | 3 | (75.0%) | 1 | (25.0%)"
    )

    (found,) = of_pages(tmp_path, page)

    assert shown(found) == ["Staff [] 12 60.0 8 40.0", "Heads [] 3 75.0 1 25.0"]


def test_a_first_cell_over_several_rows_is_their_group(tmp_path: Path) -> None:
    (found,) = of_html(
        tmp_path,
        "<table><tr><th>Split</th><th>Part</th><th>2023</th><th>2024</th></tr><tr><td rowspan=2>By region</td><td>North</td><td>1</td><td>2</td></tr>"
        "<tr><td>South</td><td>3</td><td>4</td></tr><tr><td rowspan=2>By level</td><td>Heads</td><td>1</td><td>1</td></tr>"
        "<tr><td>Others</td><td>3</td><td>5</td></tr></table>",
    )

    assert shown(found) == [
        "By region > North [] 1 2",
        "By region > South [] 3 4",
        "By level > Heads [] 1 1",
        "By level > Others [] 3 5",
    ]


def test_merged_cells_of_a_workbook(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "a.xlsx",
        [["Metric", "Unit", "Group", None], [None, None, "2023", "2024"], ["Water", "t", 1, 2], ["Waste", "t", 3, 4]],
        merged=["C1:D1"],
    )

    (found,) = tables(read(path))

    assert found.columns == ("Group 2023", "Group 2024")
    assert shown(found) == ["Water [t] 1 2", "Waste [t] 3 4"]


def test_indian_numbers_and_financial_years(tmp_path: Path) -> None:
    page = table_page(
        "Particulars | Unit | FY 2024-25 | FY 2023-24\nElectricity (A) | MJ | 3,59,83,177 | 2,58,10,052\nFuel (B) | MJ | - | 0"
    )

    (found,) = of_pages(tmp_path, page)

    assert found.years == (2025, 2024)
    assert shown(found) == ["Electricity (A) [MJ] 35983177 25810052", "Fuel (B) [MJ] - 0"]


def test_a_cell_of_a_page_that_reaches_over_several_rows_is_their_group(tmp_path: Path) -> None:
    page: list[Drawn] = [(50, 100, 9, "Incident"), (250, 100, 9, "Who"), (392, 100, 9, "2023"), (482, 100, 9, "2024")]
    for at, (word, one, two) in enumerate(
        [("Staff", "1", "2"), ("Workers", "3", "4"), ("Staff", "5", "6"), ("Workers", "7", "8")]
    ):
        page += [(250, 124 + 16 * at, 9, word), (400, 124 + 16 * at, 9, one), (490, 124 + 16 * at, 9, two)]
    page += [(50, 132, 9, "Injuries on the job"), (50, 159, 9, "Ill health of those"), (50, 169, 9, "who work here")]

    (found,) = of_pages(tmp_path, page)

    assert shown(found) == [
        "Injuries on the job > Staff [] 1 2",
        "Injuries on the job > Workers [] 3 4",
        "Ill health of those who work here > Staff [] 5 6",
        "Ill health of those who work here > Workers [] 7 8",
    ]


def test_age_classes_name_their_rows(tmp_path: Path) -> None:
    page = table_page("Age | | 2023 | 2024\n<30 | | 5 | 6\n30-50 | | 7 | 8\n50+ | | 1 | 2")

    (found,) = of_pages(tmp_path, page)

    assert shown(found) == ["<30 [] 5 6", "30-50 [] 7 8", "50+ [] 1 2"]


def test_a_table_that_a_page_cuts_is_one_with_and_without_its_heading_again(tmp_path: Path) -> None:
    first = table_page("Metric | Unit | 2023 | 2024\nWater | t | 10 | 11\nWaste | t | 20 | 22", top=660)
    second = table_page("Energy | MWh | 30 | 33\nFuel | MWh | 5 | 6", top=60)
    third = table_page("Metric | Unit | 2023 | 2024\nPeople | person | 7 | 8\nSites | item | 1 | 2", top=60)

    (found,) = of_pages(tmp_path, first, second, third)

    assert found.years == (2023, 2024)
    assert [row.label for row in found.rows] == ["Water", "Waste", "Energy", "Fuel", "People", "Sites"]
    assert [row.where.page for row in found.rows] == [1, 1, 2, 2, 3, 3]


def test_rows_below_a_heading_of_their_own_keep_the_columns_of_the_table_above(tmp_path: Path) -> None:
    page = table_page("Metric | Unit | 2023 | 2024\nWater | t | 10 | 11\nWaste | t | 20 | 22")
    page += [(50, 190, 9, "What was recovered, by the way in which it was, in metric tonnes and for the year:")]
    page += table_page("Recycled | t | 1 | 2\nReused | t | 3 | 4", top=230)

    found = of_pages(tmp_path, page)

    assert [table.years for table in found] == [(2023, 2024), (2023, 2024)]
    assert found[1].title.startswith("What was recovered")


def test_a_table_is_named_by_its_corner_where_nothing_stands_above(tmp_path: Path) -> None:
    (found,) = of_pages(tmp_path, table_page("GHG emissions | | FY22 | FY21\nScope 1 | | 10 | 11\nScope 2 | | 20 | 22"))

    assert (found.title, found.years) == ("GHG emissions", (2022, 2021))


def test_a_group_at_the_foot_of_a_page_goes_over_to_the_next(tmp_path: Path) -> None:
    first = table_page("Metric | Unit | 2023 | 2024\nPeople | person | 10 | 11\nBy gender |", top=700)
    second = table_page("Metric | Unit | 2023 | 2024\nMen | person | 6 | 7\nWomen | person | 4 | 4", top=60)

    (found,) = of_pages(tmp_path, first, second)

    assert shown(found) == ["People [person] 10 11", "By gender > Men [person] 6 7", "By gender > Women [person] 4 4"]
