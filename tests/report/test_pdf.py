"""What a reader meets in the PDF: true metadata, bookmarks, links to receipts, holes to be seen, and lines broken as each language wants."""

import hashlib
import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import sample_texts as say
from sample import AT, sample_charts, sample_pdf, sample_report

from leafledger.core.finding import Refused
from leafledger.core.text import LANGUAGES
from leafledger.report.blocks import Chapter, Figure, Heading, Missing, Number, PageRef, Paragraph, Row, Table, Words
from leafledger.report.render.pdf import render_pdf

NEVER_FIRST = "，。、；：！？）」』”》〉】％%"
NEVER_LAST = "（「『“《〈【"


def opened(language):
    return pikepdf.open(io.BytesIO(sample_pdf(language)))


def pages(pdf):
    with pypdfium2.PdfDocument(pdf) as drawn:
        return [page.get_textpage().get_text_bounded() for page in drawn]


def rendered(report):
    return render_pdf(report, charts=sample_charts(report), at=AT)


def of_one_chapter(*blocks, **changes):
    report = sample_report("en")
    return replace(
        report, chapters=(Chapter(id="one", number="1", title="One", blocks=blocks, opener=False),), **changes
    )


def bytes_hash(language):
    return hashlib.sha256(sample_pdf(language)).hexdigest()


def test_the_same_report_is_the_same_file_in_another_process():
    ask = "import hashlib; from sample import sample_pdf; print(hashlib.sha256(sample_pdf('zh-Hant')).hexdigest())"
    here = Path(__file__).parent
    other = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Shanghai"}
    said = subprocess.run([sys.executable, "-c", ask], cwd=here, env=other, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == bytes_hash("zh-Hant")


@pytest.mark.parametrize(("language", "told"), [("zh-Hant", "zh-HK"), ("zh-Hans", "zh-CN"), ("en", "en-GB")])
def test_each_edition_says_what_it_is(language, told):
    with opened(language) as file:
        assert str(file.Root.Lang) == told
        said = file.open_metadata()
        assert say.COMPANY[language] in said["dc:title"] and say.TITLE[language] in said["dc:title"]
        assert say.COMPANY[language] in said["dc:description"]
        assert said["xmp:CreateDate"] == "2025-04-01T09:30:00+00:00"


@pytest.mark.parametrize(
    ("language", "face"), [("zh-Hant", "NotoSansCJKhk"), ("zh-Hans", "NotoSansCJKsc"), ("en", "NotoSansCJKkr")]
)
def test_each_edition_is_set_in_the_face_of_its_region_and_in_no_font_of_the_machine(language, face):
    with opened(language) as file:
        fonts = [
            str(one.BaseFont) for one in file.objects if isinstance(one, pikepdf.Dictionary) and "/ToUnicode" in one
        ]
    assert {re.sub(r"^/[A-Z]+\+|-.*", "", name) for name in fonts} == {face}


@pytest.mark.parametrize("language", LANGUAGES)
def test_bookmarks_are_the_chapters_and_sections(language):
    report = sample_report(language)
    with pypdfium2.PdfDocument(sample_pdf(language)) as drawn:
        marks = [mark.get_title() for mark in drawn.get_toc()]
    expected = []
    for chapter in report.chapters:
        headings = [(it.number, it.text) for it in chapter.blocks if isinstance(it, Heading)]
        expected += [" ".join(filter(None, pair)) for pair in [(chapter.number, chapter.title), *headings]]
    assert marks[1:-1] == expected
    assert marks[0] == report.words["contents"]


def test_every_figure_leads_to_its_receipt():
    report = sample_report("en")
    printed = [
        it
        for chapter in report.chapters
        for block in chapter.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row.cells
        for it in cell
        if isinstance(it, Number)
    ]
    with opened("en") as file:
        links = [str(note.A.URI) for page in file.pages for note in page.get("/Annots", []) if "/A" in note]
    assert len(links) == len(printed) + 2 + 2  # and in prose, and on cards
    assert f"https://reports.example.org/2024/receipts/{printed[0].fact_id}.html" in links


def test_without_receipts_there_are_no_links_out():
    pdf = rendered(of_one_chapter(Paragraph(inlines=(Number("a@2024", "f0", "12.5"),))))
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert not [note for page in file.pages for note in page.get("/Annots", []) if "/A" in note]


def test_a_hole_is_printed_as_one():
    text = pages(
        rendered(of_one_chapter(Paragraph(inlines=(Words("Water: "), Missing("water@2024", "", "[no figure]")))))
    )
    assert "Water: [no figure]" in " ".join(text[2].split())


def test_text_is_shown_as_it_is_and_never_read_as_markup():
    odd = '#panic("no") $x^2$ *b* _i_ <l> @ref \\ // /* ~ https://a.b `c` =h'
    report = of_one_chapter(
        Heading(id="odd", level=2, text=odd, number="1.1"), Paragraph(inlines=(Words(odd),)), company=odd, title=odd
    )
    text = "".join("".join(pages(rendered(report))).split())
    assert text.count("".join(odd.split())) >= 4


def test_a_draft_says_so_on_every_page_and_a_release_on_none():
    draft, released = (pages(rendered(replace(sample_report("en"), draft=draft))) for draft in (True, False))
    assert all("Draft" in page for page in draft)
    assert not any("Draft" in page for page in released)


def test_the_digest_stands_on_the_last_page():
    assert sample_report("en").digest in "".join(pages(sample_pdf("en"))[-1].split())


def test_the_imprint_names_who_publishes_it_and_how_to_reach_them():
    last = pages(sample_pdf("en"))[-1]
    assert "Harbour Lights Energy Ltd" in last and "esg@harbour.example" in last


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans"])
def test_no_chinese_line_begins_or_ends_with_the_wrong_sign(language):
    lines = [line.strip() for page in pages(sample_pdf(language)) for line in page.splitlines() if line.strip()]
    assert len(lines) > 200
    assert not [line for line in lines if line[0] in NEVER_FIRST or line[-1] in NEVER_LAST]


def test_no_line_begins_with_the_sign_after_a_reference_a_mark_or_a_hole():
    report = sample_report("zh-Hant")
    refs = [PageRef("one", "1.1 " + "能源消耗總量"[:n]) for n in (2, 3, 4, 5, 6)] * 8
    numbers = [Number("a@2024", "f0", "1" * n, "估") for n in (2, 3, 4, 5, 6)] * 12
    cell = tuple(it for ref in refs for it in (ref, Words("；")))
    line = tuple(it for number in numbers for it in (number, Words("。年")))
    holes = tuple(
        it
        for n in (2, 3, 4, 5, 6) * 12
        for it in (Words("（"), Missing("a@2024", "", "〔" + "無" * n + "〕"), Words("）。"))
    )
    table = Table(
        id="t", caption="", header=("甲", "乙"), rows=(Row(cells=((Words("x"),), cell)),), widths=(2, 3), align="ll"
    )
    one = Chapter(
        id="one",
        number="1",
        title="一",
        blocks=(table, Paragraph(inlines=line), Paragraph(inlines=holes)),
        opener=False,
    )
    text = pages(rendered(replace(report, chapters=(one,))))[2]
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    assert len(lines) > 20
    assert not [line for line in lines if line[0] in NEVER_FIRST or line[-1] in NEVER_LAST]


@pytest.mark.parametrize(("language", "words"), [("zh-Hant", "安裝了 146 個"), ("zh-Hans", "安装了 146 个")])
def test_chinese_and_figures_stand_apart(language, words):
    before, first = gap_around(sample_pdf(language), words.partition(" ")[0], words.split()[1])
    assert first - before > 9.6 * 1.12  # more than the width of the sign itself


def gap_around(pdf, before, after):
    """Where the last sign of `before` and the first of `after` begin, in points, where they follow each other on a line."""
    with pypdfium2.PdfDocument(pdf) as drawn:
        for page in drawn:
            words = page.get_textpage()
            signs = [chr(pdfium.FPDFText_GetUnicode(words, i)) for i in range(words.count_chars())]
            shown = [i for i, sign in enumerate(signs) if not sign.isspace()]
            at = "".join(signs[i] for i in shown).find(before + after)
            if at >= 0:
                last = at + len(before)
                return [words.get_charbox(shown[i], loose=True)[0] for i in (last - 1, last)]
    raise AssertionError(before)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_table_repeats_its_header_and_the_group_it_is_in(language):
    first, *later = (page for page in pages(sample_pdf(language)) if page.count(say.MWH[language]) > 15)
    assert len(later) == 2
    for page in later:
        assert all(word in page for word in (say.INDICATOR[language], say.UNIT[language]))
    group = next(iter(say.FIGURE_ROWS[language]))
    assert sum(f"{group} (3)" in page for page in (first, *later)) == 2


def test_a_row_of_a_table_is_never_split():
    tall = [Row(cells=((Words(f"<{n}> " + "word " * 250 + f"<{n}>"),), (Words("x"),))) for n in range(20)]
    table = Table(id="t", caption="Tall", header=("A", "B"), rows=tuple(tall), widths=(3, 1), align="ll")
    text = pages(rendered(of_one_chapter(table)))
    assert sum("word" in page for page in text) > 3
    assert all(page.count(f"<{n}>") in (0, 2) for page in text for n in range(20))


def test_a_group_is_never_the_last_line_of_a_page():
    groups = {f"{name}{turn}" for name in say.FIGURE_ROWS["en"] for turn in ("", " (2)", " (3)")}
    for page in pages(sample_pdf("en")):
        lines = [line.strip() for line in page.splitlines() if line.strip() and "Draft" not in line]
        body = [line for line in lines if not line.isdigit()]
        assert not body or body[-1] not in groups


def test_a_figure_without_its_drawing_is_refused():
    report = sample_report("en")
    with pytest.raises(Refused, match="the chart of figure energy-trend was not drawn"):
        render_pdf(report, charts={}, at=AT)


def test_two_sections_of_one_name_are_refused():
    twice = [Heading(id="energy", level=2, text=text) for text in ("Energy", "Energy again")]
    with pytest.raises(Refused, match="2 parts of the report are called energy"):
        rendered(of_one_chapter(*twice))


def test_a_drawing_without_words_is_refused():
    report = sample_report("en")
    silent = next(it for chapter in report.chapters for it in chapter.blocks if isinstance(it, Figure))
    with pytest.raises(Refused, match="alt"):
        rendered(of_one_chapter(replace(silent, alt="", table=None)))


def test_a_sign_that_no_font_has_is_refused_and_not_printed_as_a_box():
    with pytest.raises(Refused, match="could not be set as a PDF"):
        rendered(of_one_chapter(Paragraph(inlines=(Words("\N{LINEAR B SYLLABLE B008 A}"),))))


def test_who_does_not_see_a_chart_hears_its_data():
    with opened("en") as file:
        said = [
            str(one.Alt) for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
    assert all("Petrol: Unit MWh, 2022 36.1, 2023 35.0, 2024 30.2; " in alt for alt in said)
