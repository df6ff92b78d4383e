"""Headings and the sections below them, and the lines of content indices that refer to them."""

from pathlib import Path

from tests.audit.pages import Drawn, pdf

from leafledger.audit.document import Document
from leafledger.audit.headings import headings
from leafledger.audit.read import read
from leafledger.audit.read.pdf import read_pdf
from leafledger.audit.references import index_lines, references

PROSE = "本集團持續完善公司治理架構，提升治理水平，並將可持續發展理念融入業務運營的每一個環節之中，與各方共同進步。"


def of_text(tmp_path: Path, text: str) -> Document:
    (tmp_path / "report.txt").write_text(text, encoding="utf-8")
    return read(tmp_path / "report.txt")


def of_pages(tmp_path: Path, *pages: list[Drawn]) -> Document:
    return read_pdf(pdf(tmp_path / "report.pdf", *pages), "report.pdf", apart=False)


def outline(document: Document) -> list[tuple[str, str, int, int]]:
    return [(one.number, one.text, one.where.line, one.last_line) for one in headings(document)]


def test_numbered_headings_and_how_far_their_sections_go(tmp_path: Path) -> None:
    document = of_text(tmp_path, f"1.1 公司治理\n{PROSE}\n\n董事會\n{PROSE}\n1.2 ESG管理\n{PROSE}\n2.1 創新\n{PROSE}")

    assert outline(document) == [
        ("1.1", "公司治理", 1, 5),
        ("", "董事會", 4, 5),
        ("1.2", "ESG管理", 6, 7),
        ("2.1", "創新", 8, 9),
    ]


def test_a_chapter_whose_number_follows_its_title(tmp_path: Path) -> None:
    document = of_text(tmp_path, f"\n根基穩固\n\n責任治理\n\n01\n{PROSE}\n1.1 公司治理\n{PROSE}")

    assert outline(document)[0] == ("01", "根基穩固 責任治理", 2, 9)


def test_an_appendix_takes_the_words_below_it(tmp_path: Path) -> None:
    assert outline(of_text(tmp_path, f"{PROSE}\n附錄\n關鍵績效\n\n指標 單位 2023 2024\n\n用水 噸 1 2"))[0] == (
        "附錄",
        "關鍵績效",
        2,
        7,
    )


def test_numbers_notes_and_sentences_are_no_headings(tmp_path: Path) -> None:
    lines = [
        "1.285 以內",
        "3.5 萬噸",
        "1. 本集團的用水來自市政供水；",
        "・減少浪費",
        "較去年增加，",
        "2024年，",
        PROSE,
        "https://example.org",
    ]
    text = "\n".join([PROSE, *lines, "1.1 公司治理 12"])

    assert outline(of_text(tmp_path, text)) == []


def test_headings_of_a_page_by_their_size(tmp_path: Path) -> None:
    body = [
        (50.0, 140 + 12.0 * n, 9.0, "The company reports what its sites used in the year under review, in words.")
        for n in range(8)
    ]
    page: list[Drawn] = [
        (50, 60, 24, "Climate"),
        (50, 100, 14, "Emissions of our own"),
        (50, 116, 14, "sites and vehicles"),
        *body,
    ]
    page += [(50, 260, 14, "Energy"), *[(x, y + 140, s, w) for x, y, s, w in body]]

    found = headings(of_pages(tmp_path, page))

    assert [(one.text, one.level) for one in found] == [
        ("Climate", 1),
        ("Emissions of our own sites and vehicles", 2),
        ("Energy", 2),
    ]
    assert found[0].last_line == found[2].last_line
    assert found[1].last_line == found[2].where.line - 1


def test_lines_of_a_gri_index_in_running_text(tmp_path: Path) -> None:
    document = of_text(
        tmp_path,
        "GRI標準 披露項 位置\n\n2-1 組織詳細情況 關於我們\n\n2-12 監督作用 關於本報告、1.2 ESG管理\n\n305-1 直接（範圍1）溫室氣體排放 "
        "附錄1 ：關鍵績效\n\n"
        "405-1 管治機構的多元化 1.1 公司治理\n附錄1 ：關鍵績效\n\nGRI406 ：反歧視2016\n\n406-1 歧視事件 3.1 多元、平等與包容\n",
    )

    assert [(one.standard, one.disclosure, one.asked, one.target) for one in references(document)] == [
        ("gri", "2-1", "組織詳細情況", "關於我們"),
        ("gri", "2-12", "監督作用", "關於本報告、1.2 ESG管理"),
        ("gri", "305-1", "直接(範圍1)溫室氣體排放", "附錄1 :關鍵績效"),
        ("gri", "405-1", "管治機構的多元化", "1.1 公司治理\n附錄1 :關鍵績效"),
        ("gri", "406-1", "歧視事件", "3.1 多元、平等與包容"),
    ]


def test_lines_of_an_hkex_index_that_are_wrapped(tmp_path: Path) -> None:
    document = of_text(
        tmp_path,
        "層面 描述 章節名稱\n\n層面A1 排放物\n\n一般披露\n\n有關廢氣及溫室氣體排放的：\n(a) 政策；及\n(b) 遵守法律及規例的資料。\n\n綠色運營\n\n"
        "A1.1 排放物種類及相關排放資料。 綠色運營\n\nA1.2\n直接及能源間接溫室氣體排放量及密\n度。 "
        "綠色運營 低碳\n\nA1.3 有害廢棄物總量。 不適用\n\nA1.5 排放量目標。 綠色運營\n",
    )

    found = references(document)

    assert [(one.disclosure, one.target) for one in found] == [
        ("A1", "綠色運營"),
        ("A1.1", "綠色運營"),
        ("A1.2", "綠色運營 低碳"),
        ("A1.3", "不適用"),
        ("A1.5", "綠色運營"),
    ]
    assert found[2].asked == "直接及能源間接溫室氣體排放量及密度。"
    assert {one.standard for one in found} == {"hkex"}


def test_paragraphs_of_hkex_that_stand_with_their_part(tmp_path: Path) -> None:
    lines = (
        "B.13 管治架構 1.2 管治",
        "D.19 氣候管治 5.1 管治",
        "D.28(a) 範圍一 5.4 排放",
        "D.28(b) 範圍二 5.4 排放",
        "D.41 適用性 5.2 風險",
    )
    document = of_text(tmp_path, "\n\n".join(lines) + "\n")
    assert [one.disclosure for one in references(document)] == ["B.13", "D.19", "D.28(a)", "D.28(b)", "D.41"]
    assert {one.standard for one in references(document)} == {"hkex"}


def test_an_index_in_columns_of_a_page(tmp_path: Path) -> None:
    page: list[Drawn] = [(50, 80, 9, "Disclosure"), (130, 80, 9, "Description"), (380, 80, 9, "Where")]
    rows = [
        ("2-1", ["Organizational details"], ["About us"]),
        ("2-7", ["Employees and their", "contracts"], ["Our people", "p. 12"]),
    ]
    rows += [("305-1", ["Direct emissions"], ["Climate"]), ("305-2", ["Indirect emissions"], ["Climate"])]
    y = 100.0
    for id, asked, target in rows:
        page.append((50, y, 9, id))
        page += [(130, y + 11 * n, 9, word) for n, word in enumerate(asked)]
        page += [(380, y + 11 * n, 9, word) for n, word in enumerate(target)]
        y += 30

    found = references(of_pages(tmp_path, page))

    assert [(one.disclosure, one.asked, one.target) for one in found] == [
        ("2-1", "Organizational details", "About us"),
        ("2-7", "Employees and their contracts", "Our people\np. 12"),
        ("305-1", "Direct emissions", "Climate"),
        ("305-2", "Indirect emissions", "Climate"),
    ]


def test_rows_of_figures_that_look_like_ids_are_no_index(tmp_path: Path) -> None:
    document = of_text(
        tmp_path,
        "指標 單位 2023 2024\n\n30-50歲 人 2,610 3,260\n\n"
        + "\n\n".join(f"A1.{n} 排放 噸 1.0 2.0" for n in range(1, 5)),
    )

    assert references(document) == ()
    assert index_lines(document) == frozenset()


def test_headings_of_html_are_its_headings_and_not_its_menu(tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text(
        f"<html><body><nav><a>1.1 公司治理</a></nav><h1>報告</h1><h2>附錄</h2><h3>績效</h3><p>{PROSE}</p><h2>1.1 公司治理</h2></body></html>",
        encoding="utf-8",
    )

    found = headings(read(tmp_path / "report.html"))

    assert [(one.number, one.text) for one in found] == [
        ("", "報告"),
        ("附錄", "附錄"),
        ("", "績效"),
        ("1.1", "公司治理"),
    ]
