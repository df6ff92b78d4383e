"""Tables are CSV with a known header; whatever does not fit is told with its line, and nothing is guessed."""

import pytest

from leafledger.core.finding import Finding
from leafledger.library.strict_csv import MOST_BYTES, read_rows

COLUMNS = ("id", "value", "note")


def read(tmp_path, content: str | bytes | int, needed=("id",)):
    path = tmp_path / "a.csv"
    if isinstance(content, int):
        with path.open("wb") as file:
            file.truncate(content)
    else:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    findings: list[Finding] = []
    rows = read_rows(path, "a.csv", COLUMNS, findings, needed)
    return rows, [f"{finding.place}: {finding.message}" for finding in findings]


def test_rows_know_their_lines_past_comments_blank_lines_and_texts_of_two_lines(tmp_path):
    rows, said = read(tmp_path, 'id,note\n# a remark\n\na,"two\nlines"\nb, spaced \n')
    assert [(row["id"], row["note"], place.line) for row, place in rows] == [("a", "two\nlines", 4), ("b", "spaced", 6)]
    assert said == []


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_the_line_ends_of_other_systems_are_read(tmp_path, ends):
    rows, said = read(tmp_path, ends.join(["\ufeffid,value", "a,1", "b,2", ""]))
    assert ([row["value"] for row, _ in rows], said) == (["1", "2"], [])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("id,valu\na,1", "a.csv:1: unknown columns: valu (did you mean 'value'?); the header may have id, value, note"),
        ("id,value,\na,1,", "a.csv:1: unknown columns: one without a name; the header may have id, value, note"),
        ("value\n1", "a.csv:1: missing columns: id; the header may have id, value, note"),
        ("id,id\na,b", "a.csv:1: repeated columns: id; the header may have id, value, note"),
        ("", "a.csv:1: missing columns: id; the header may have id, value, note"),
        ("id,value\na,1,200\nb,2", "a.csv:2: the row has 3 cells and the header 2; a text with a comma needs quotes"),
        ('id,value\na,"1" 2', "a.csv:2: not readable as CSV: ',' expected after '\"'"),
        (b"id,value\na,1\nb,\x00", "a.csv:3: the file holds bytes that are not text; export it as CSV (UTF-8)"),
        ("id,value\na,水".encode("big5"), "a.csv:2: the file is not UTF-8 text; export it as CSV (UTF-8)"),
        ("id,value\n".encode("utf-16"), "a.csv:1: the file holds bytes that are not text; export it as CSV (UTF-8)"),
        (MOST_BYTES + 1, "a.csv:1: the file is larger than 64 MB; split it by year or site"),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(tmp_path, content, said):
    assert read(tmp_path, content)[1] == [said]


@pytest.mark.parametrize(("content", "called"), [("id;value\na;1,5", "semicolons"), ("id\tvalue\na\t1", "tabs")])
def test_another_separator_is_named_with_the_way_out(tmp_path, content, called):
    rows, (said,) = read(tmp_path, content)
    assert said.startswith(f"a.csv:1: the columns are separated by {called}; save it as CSV with commas")
    assert rows == []


def test_the_line_that_names_a_separator_is_not_the_header(tmp_path):
    assert read(tmp_path, "sep=;\nid;value\na;1")[1] == [
        "a.csv:1: the first line names a separator; delete it, so that the first line is the header, with commas"
    ]


def test_every_missing_column_is_named(tmp_path):
    columns = tuple("abcdefghi")
    findings: list[Finding] = []
    (tmp_path / "b.csv").write_text("a\n1\n", encoding="utf-8")
    read_rows(tmp_path / "b.csv", "b.csv", columns, findings, columns)
    assert findings[0].message.startswith("missing columns: b, c, d, e, f, g, h, i; ")


def test_one_bad_row_does_not_hide_the_good_ones(tmp_path):
    rows, said = read(tmp_path, "id,value\na,1\nb\nc,3")
    assert ([row["id"] for row, _ in rows], len(said)) == (["a", "c"], 1)
