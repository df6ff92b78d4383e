"""Reading a file: lines in the order a person reads them, what is raised, what is refused, and that nothing takes it down."""

import random
import zipfile
import zlib
from pathlib import Path

import pikepdf
import pytest
from tests.audit.pages import pdf, table_page, xlsx

from leafledger.audit.document import Document
from leafledger.audit.read import read
from leafledger.audit.read.apart import Bounds
from leafledger.audit.read.clean import clean
from leafledger.audit.read.formats import shown
from leafledger.audit.read.pdf import read_pdf
from leafledger.audit.read.readable import is_language
from leafledger.core.finding import Refused

WORDS = "the company reports what its sites used and what it did about that in the year under review"


def prose(lines: int, left: float, top: float, *, words: int = 9) -> list[tuple[float, float, float, str]]:
    known = WORDS.split(" ")
    return [
        (left, top + 12 * at, 9, " ".join(known[(at + n) % len(known)] for n in range(words))) for at in range(lines)
    ]


def text_of(document: Document) -> list[str]:
    return [" | ".join(span.text for span in line.spans) for line in document.lines]


def near(path: Path) -> Document:
    """Read in this process: faster, for what is no danger."""
    return read_pdf(path, path.name, apart=False)


def test_columns_of_text_are_read_one_after_the_other(tmp_path: Path) -> None:
    left, right = prose(12, 50, 100), prose(12, 320, 104)
    page = [
        (
            50,
            60,
            9,
            "A line across both columns that is long enough to reach well over the gap between these two columns of it",
        )
    ]

    lines = text_of(near(pdf(tmp_path / "a.pdf", [*page, *left, *right])))

    assert lines[0].startswith("A line across")
    assert lines[1:13] == [words for *_, words in left]
    assert lines[13:] == [words for *_, words in right]


def test_the_cells_of_a_row_stay_on_its_line_though_they_stand_wide_apart(tmp_path: Path) -> None:
    page = table_page(
        "Metric | Unit | 2023 | 2024\nEnergy | MWh | 1,114.3 | 1,054.1\nWater | t | 10 | 12\nWaste | t | 3 | 4"
    )

    assert text_of(near(pdf(tmp_path / "a.pdf", page)))[1] == "Energy | MWh | 1,114.3 | 1,054.1"


def test_cells_that_stand_close_are_parted_where_the_lines_around_have_a_column(tmp_path: Path) -> None:
    page = [(50, 100 + 14 * n, 9, "Site") for n in range(4)] + [(200, 100 + 14 * n, 9, f"1{n}") for n in range(4)]
    page[4 + 2] = (50 + 9 * 2.2, 128, 9, "one")
    page += [(197.0, 128, 9, "x")]

    assert text_of(near(pdf(tmp_path / "a.pdf", page)))[0] == "Site | 10"


def test_a_raised_letter_is_kept_and_marked(tmp_path: Path) -> None:
    page = [
        (50, 100, 10, "saves 9.4 x 10"),
        (116, 95, 6, "5"),
        (122, 100, 10, "kWh a year"),
        (50, 130, 10, "Total"),
        (73, 125, 6, "2"),
    ]

    first, second = near(pdf(tmp_path / "a.pdf", page)).lines

    assert first.text == "saves 9.4 x 105 kWh a year"
    assert [first.text[a:b] for a, b in first.spans[0].raised] == ["5"]
    assert second.text == "Total2"
    assert second.spans[0].raised == ((5, 6),)


def test_a_page_that_viewers_turn_is_read_as_they_show_it(tmp_path: Path) -> None:
    document = near(pdf(tmp_path / "a.pdf", prose(6, 50, 100), turn=90, sideways=True))

    page = document.pages[0]
    assert (page.width, page.height, page.turn) == (800, 600, 0)
    assert text_of(document) == [words for *_, words in prose(6, 50, 100)]


def test_a_page_whose_words_run_upwards_is_read_along_them(tmp_path: Path) -> None:
    document = near(pdf(tmp_path / "a.pdf", prose(6, 50, 100), sideways=True))

    assert text_of(document) == [words for *_, words in prose(6, 50, 100)]
    assert document.pages[0].turn == 1


def test_every_span_has_its_place_and_pages_their_printed_numbers(tmp_path: Path) -> None:
    pages = [[*prose(5, 50, 100), (300, 780, 9, str(at))] for at in range(11, 15)]

    document = near(pdf(tmp_path / "a.pdf", *pages))

    assert [page.label for page in document.pages] == ["11", "12", "13", "14"]
    box = document.lines[0].spans[0].box
    assert box is not None
    assert (round(box.left), round(box.top), round(box.bottom)) == (50, 92, 102)


def test_a_file_apart_is_read_the_same(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.pdf", table_page("Metric | Unit | 2023 | 2024\nEnergy | MWh | 1,114.3 | 1,054.1"))

    assert read(path) == near(path)


def _shifted(words: str) -> str:
    return "".join(chr(ord(letter) - 29) if letter != " " else " " for letter in words)


def test_shifted_letters_are_refused(tmp_path: Path) -> None:
    shifted = [(left, top, size, _shifted(words)) for left, top, size, words in prose(20, 50, 100)]

    with pytest.raises(Refused, match="text layer of this PDF is unreadable"):
        near(pdf(tmp_path / "a.pdf", shifted))


@pytest.mark.parametrize("shift", [0, 37])
def test_chinese_letters_that_stand_for_others_are_told_from_chinese(shift: int) -> None:
    text = "本集團於報告期內持續完善環境管理體系並披露溫室氣體排放總量及能源消耗情況以回應各利益相關方的期望" * 10

    assert is_language(["".join(chr(ord(letter) + shift) for letter in text)]) is (shift == 0)


def test_a_table_of_numbers_with_few_words_is_readable() -> None:
    assert is_language(["Energy MWh 1,114.3 1,054.1 831.2 12.5% 14,500 9,812"] * 40)


def test_a_page_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="pages are pictures"):
        read(pdf(tmp_path / "a.pdf", [], extra="0 0 600 800 re f\n"))


def test_a_locked_file_is_refused(tmp_path: Path) -> None:
    with pikepdf.open(pdf(tmp_path / "a.pdf", prose(5, 50, 100))) as opened:
        opened.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(user="secret", owner="other"))

    with pytest.raises(Refused, match="locked with a password"):
        read(tmp_path / "locked.pdf")


def test_pages_without_text_among_others_are_said(tmp_path: Path) -> None:
    document = near(pdf(tmp_path / "a.pdf", prose(5, 50, 100), [], [], prose(5, 50, 100)))

    assert document.warnings == ("No text on page 2–3: what is drawn there as a picture was not read.",)


def test_a_file_that_fills_the_memory_takes_down_only_its_own_reader(tmp_path: Path) -> None:
    stream = zlib.compress(b"0 " * 40_000_000, 1)
    head = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
    page = b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>\nendobj\n"
    body = b"4 0 obj\n<< /Filter /FlateDecode /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream\nendobj\n"
    (tmp_path / "bomb.pdf").write_bytes(head + page + body + b"trailer << /Root 1 0 R >>\n%%EOF")

    with pytest.raises(Refused):
        read_pdf(tmp_path / "bomb.pdf", "bomb.pdf", bounds=Bounds(megabytes=300))


def test_broken_files_end_in_a_refusal_or_a_document_and_never_in_a_crash(tmp_path: Path) -> None:
    whole = pdf(
        tmp_path / "a.pdf",
        table_page("Metric | Unit | 2023 | 2024\nEnergy | MWh | 1,114.3 | 1,054.1"),
        prose(30, 50, 100),
    ).read_bytes()
    chance = random.Random(7)
    for _ in range(12):
        broken = bytearray(whole)
        for _ in range(chance.randrange(1, 40)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        (tmp_path / "b.pdf").write_bytes(bytes(broken[: chance.randrange(40, len(broken) + 1)]))
        try:
            assert isinstance(read(tmp_path / "b.pdf"), Document)
        except Refused as refusal:
            assert str(refusal)


def test_broken_workbooks_and_pages_end_in_a_refusal_or_a_document(tmp_path: Path) -> None:
    book = xlsx(
        tmp_path / "a.xlsx", [["Metric", "Unit", "2023"], *[[f"Site {n}", "t", n] for n in range(20)]]
    ).read_bytes()
    html = b"<html><body>" + b"<table><tr><td rowspan=2>a</td><td>1</td></tr></table>" * 20
    chance = random.Random(3)
    for name, whole in [("b.xlsx", book), ("b.html", html)] * 60:
        broken = bytearray(whole)
        for _ in range(chance.choice([1, 5, 40])):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        (tmp_path / name).write_bytes(bytes(broken))
        try:
            assert isinstance(read(tmp_path / name), Document)
        except Refused as refusal:
            assert str(refusal)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0rest", "old Office file"),
        (b"text\0with\0bytes", "not text"),
        (b"%PDF-1.7 nothing else", "damaged or is no PDF"),
        (b"PK\3\4nothing else", "damaged or is no XLSX"),
    ],
)
def test_what_cannot_be_read_says_so(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "a").write_bytes(content)

    with pytest.raises(Refused, match=message):
        read(tmp_path / "a")


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be opened"):
        read(tmp_path / "none.pdf")


def test_other_office_files_are_not_taken_for_workbooks(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as file:
        file.writestr("word/document.xml", "<w/>")

    with pytest.raises(Refused, match="neither XLSX nor PDF"):
        read(tmp_path / "a.docx")


def test_text_keeps_the_numbers_of_its_lines_and_parts_cells_at_tabs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("標題\n\n用水量\t噸\t１,234\f第二頁\n", encoding="utf-8")

    document = read(tmp_path / "a.txt")

    assert document.language == "zh-Hant"
    assert [(line.number, line.page, [s.text for s in line.spans]) for line in document.lines if line.spans] == [
        (1, 1, ["標題"]),
        (3, 1, ["用水量", "噸", "1,234"]),
        (4, 2, ["第二頁"]),
    ]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("本集團對員工進行培訓，並披露溫室氣體排放總量", "zh-Hant"),
        ("本集团对员工进行培训，并披露温室气体排放总量", "zh-Hans"),
        ("The group trains its people and reports emissions (ISO 14001)", "en"),
        ("本集團的 Scope 1 及 Scope 2 GHG emissions 按 GHG Protocol 計算，並由第三方核實", "zh-Hant"),
    ],
)
def test_the_language_is_told_by_its_letters(tmp_path: Path, text: str, language: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")

    assert read(tmp_path / "a.txt").language == language


def test_chinese_in_an_older_encoding_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("本集团披露温室气体排放总量".encode("gb18030"))

    assert read(tmp_path / "a.txt").lines[0].text == "本集团披露温室气体排放总量"


def test_html_gives_cells_where_the_table_has_them_and_nothing_hidden(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<html><head><title>t</title></head><body><h2>Water</h2><p>We used 12 m<sup>3</sup>.<br>Less than before.</p>"
        "<div style='display: none'>hidden</div><script>var x = 1</script>"
        "<table><tr><td rowspan=2>By site</td><td>North</td><td>1</td></tr><tr><td>South</td><td>2</td></tr></table></body></html>",
        encoding="utf-8",
    )

    document = read(tmp_path / "a.html")

    assert text_of(document) == [
        "Water",
        "We used 12 m3.",
        "Less than before.",
        "By site | North | 1",
        "By site | South | 2",
    ]
    assert [line.cells for line in document.lines] == [False, False, False, True, True]
    assert document.lines[1].spans[0].raised == ((12, 13),)
    assert document.lines[0].spans[0].size > document.lines[1].spans[0].size


def test_html_that_nests_and_spans_without_end_is_still_read(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<html>" + "<table><tr><td colspan=999999 rowspan=999999>x" * 3000, encoding="utf-8"
    )

    assert len(read(tmp_path / "a.html").lines) < 5000


def test_a_workbook_shows_numbers_as_its_formats_do(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "a.xlsx",
        [
            ["Metric", "Unit", "2023", "2024"],
            ["Energy", "MWh", (1114.34, "#,##0.0"), (1054.1, "#,##0.0")],
            ["Share", "%", (0.126, "0.0%"), 0.5],
        ],
        formats=["#,##0.0", "0.0%"],
    )

    assert text_of(read(path)) == [
        "KPI",
        "Metric | Unit | 2023 | 2024",
        "Energy | MWh | 1,114.3 | 1,054.1",
        "Share | % | 12.6% | 0.5",
    ]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("169.60000000000002", "General", "169.6"),
        ("-12.5", "0.0;(0.0)", "(12.5)"),
        ("0", '_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)', "-"),
        ("1500000", "#,##0.0,,", "1.5"),
        ("12.3", '0.0" tCO2e"', "12.3 tCO2e"),
        ("45292", "14", "2024-01-01"),
        ("1234", "[$¥-804]#,##0", "¥1,234"),
    ],
)
def test_formats_of_spreadsheets(value: str, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_a_workbook_that_defines_entities_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="entities"):
        read(xlsx(tmp_path / "a.xlsx", [["a", 1]], bomb=True))


def test_a_workbook_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [["a", 1]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/media/big.bin", b"\0" * 260_000_000)

    with pytest.raises(Refused, match="unpacks to more"):
        read(path)


@pytest.mark.parametrize(
    ("raw", "text", "raised"),
    [
        ("⽔ ﬁnal １２３", "水 final 123", ()),
        ("12 m²", "12 m2", ((4, 5),)),
        ("①員工", "1員工", ((0, 1),)),
        ("a\u200bb\x00c", "abc", ()),
        ("9.4×10⁵ kWh", "9.4×105 kWh", ((6, 7),)),
    ],
)
def test_one_spelling_for_what_files_spell_in_many_ways(
    raw: str, text: str, raised: tuple[tuple[int, int], ...]
) -> None:
    assert clean(raw) == (text, raised)
