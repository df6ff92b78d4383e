"""A whole report read: tables, sentences and headings together, the same from text, HTML and PDF."""

from pathlib import Path
from time import process_time

import pytest
from tests.audit.pages import pdf, table_page

from leafledger.audit.document import Document
from leafledger.audit.mention import Mention, Reading
from leafledger.audit.read import read
from leafledger.audit.read.pdf import read_pdf
from leafledger.audit.reading import reading
from leafledger.audit.report_year import report_year

TEXT = """2023年可持續發展報告
報告時間範圍為2023年1月1日至2023年12月31日。

3.1 能源
本年度，能源消耗總量為1,500.2兆瓦時，較上年下降12%。我們計劃於2030年將用電量降至900兆瓦時。

指標 單位 2021 2022 2023
能源消耗總量 兆瓦時 1,600.0 1,704.8 1,500.2
汽油 兆瓦時 100.0 104.8 90.1
用電量 兆瓦時 1,500.0 1,600.0 1,410.1
用電密度 兆瓦時╱百萬元收入 1.5 1.6 1.4
員工總數 人 90 95 100
按性別劃分的員工人數
男性 人 50 53 57
女性 人 40 42 43
員工流失率 % ╱ 8.1% 9.0%
"""


def of_text(tmp_path: Path, text: str = TEXT) -> Reading:
    (tmp_path / "report.txt").write_text(text, encoding="utf-8")
    return reading(read(tmp_path / "report.txt"))


def one(found: Reading, metric: str, year: int | None = None, kind: str = "table", **labels: str) -> Mention:
    wanted = tuple(sorted(labels.items()))
    (match,) = [
        m
        for m in found.mentions
        if (m.metric, m.kind, m.labels) == (metric, kind, wanted) and m.year in (year, year or m.year)
    ]
    return match


def test_numbers_of_tables_know_their_metric_split_unit_and_year(tmp_path: Path) -> None:
    found = of_text(tmp_path)
    assert found.year == 2023
    assert str(one(found, "energy.total", 2022).amount.value) == "1704.8"
    assert one(found, "energy.total", 2022).unit == "MWh"
    assert one(found, "energy.electricity_intensity", 2023).unit == "MWh/1000000 CNY"
    assert int(one(found, "people.employees", 2023, gender="female").amount.value or 0) == 43
    assert one(found, "people.turnover_rate", 2021).amount.absent


def test_sentences_say_the_same_figures_and_what_is_only_planned(tmp_path: Path) -> None:
    found = of_text(tmp_path)
    spoken = [m for m in found.mentions if m.kind == "prose" and m.metric]
    assert [(m.metric, m.amount.text, m.year, m.basis) for m in spoken] == [
        ("energy.total", "1,500.2", 2023, ""),
        ("energy.electricity", "900", 2030, "target"),
    ]
    moved = next(m for m in found.mentions if m.amount.text == "12%")
    assert (moved.basis, moved.unit) == ("change", "percent")
    assert "較上年下降12%" in moved.where.quote


def test_every_number_has_its_own_id_and_rows_hold_the_same_mentions(tmp_path: Path) -> None:
    found = of_text(tmp_path)
    ids = [mention.id for mention in found.mentions]
    cells = [cell for table in found.tables for row in table.rows for cell in row.cells if cell]
    assert len(ids) == len(set(ids))
    assert set(cells) <= set(found.mentions)


def test_the_same_report_from_html_says_the_same(tmp_path: Path) -> None:
    rows = [line.split(" ") for line in TEXT.splitlines()[6:] if line.startswith(("能源", "用電", "員工總數"))]
    body = "".join(
        f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
        for row in [["指標", "單位", "2021", "2022", "2023"], *rows]
    )
    (tmp_path / "report.html").write_text(
        f"<html><body><h1>2023年可持續發展報告</h1><table>{body}</table></body></html>", encoding="utf-8"
    )
    found = reading(read(tmp_path / "report.html"))
    assert str(one(found, "energy.total", 2022).amount.value) == "1704.8"
    assert one(found, "people.employees", 2023).unit == "person"


def test_a_page_is_read_with_the_place_of_each_number(tmp_path: Path) -> None:
    drawn = table_page(
        "Metric | Unit | 2023 | 2024\nWater withdrawal | kL | 120.5 | 118.0\n  Groundwater | kL | 20.5 | 18.0"
    )
    words = [(50.0, 40.0, 11.0, "In 2024 our water withdrawal was 118.0 kL.")]
    found = reading(read_pdf(pdf(tmp_path / "report.pdf", [*words, *drawn]), "report.pdf", apart=False))
    cell, spoken = one(found, "water.withdrawal", 2024), one(found, "water.withdrawal", 2024, kind="prose")
    assert one(found, "water.withdrawal", 2024, source="ground").amount.value == 18
    assert cell.where.box is not None
    assert spoken.where.box is not None
    assert spoken.where.box.left > 50 + 20
    assert cell.amount.value == spoken.amount.value


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Sustainability Report 2021\nfor the year ended 31 March 2022", 2022),
        ("2024-25 (i.e., from April 1, 2024 to March 31, 2025)", 2025),
        ("环境、社会及管治报告 2022年社会责任报告", 2022),
        ("nothing is said", None),
    ],
)
def test_the_year_of_a_report_is_the_one_in_which_its_period_ends(tmp_path: Path, text: str, year: int | None) -> None:
    assert report_year(_document(tmp_path, text), ()) == year


def _document(tmp_path: Path, text: str) -> Document:
    (tmp_path / "report.txt").write_text(text, encoding="utf-8")
    return read(tmp_path / "report.txt")


def test_a_hundred_pages_are_read_within_three_seconds(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(
        "\f".join([TEXT.replace("1,500.2", f"1,{n + 100}.2") for n in range(100)]), encoding="utf-8"
    )
    document = read(tmp_path / "report.txt")
    start = process_time()
    reading(document)
    assert process_time() - start < 3 * 2  # the machine of a test may be half as fast as ours
