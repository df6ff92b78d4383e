"""CSV without surprises: a known header, no stray columns, and every row knows its line."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from leafledger.core.finding import Finding, Place
from leafledger.library.naming import did_you_mean

MOST_BYTES = 64_000_000
SHORTEST = 2
Row = dict[str, str]
T = TypeVar("T")


def read_rows(
    path: Path, name: str, columns: tuple[str, ...], findings: list[Finding], needed: tuple[str, ...] = ()
) -> list[tuple[Row, Place]]:
    """Rows of a UTF-8 CSV whose header has only `columns`, and all of `needed`. Problems go to `findings`."""
    text = _text(path, name, findings)
    if text is None:
        return []
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [cell.strip() for cell in next(rows, [])]
        if not _header_fits(header, columns, needed, name, findings):
            return []
        return list(_rows(rows, header, name, findings))
    except csv.Error as error:
        findings.append(_finding("file.csv", f"not readable as CSV: {error}", name, rows.line_num))
        return []


def convert(rows: list[tuple[Row, Place]], make: Callable[[Row, Place], T], findings: list[Finding]) -> list[T]:
    """Turn rows into things; a ValueError of `make` becomes a finding at the row's place."""
    made: list[T] = []
    for row, place in rows:
        try:
            made.append(make(row, place))
        except ValueError as error:
            findings.append(
                Finding(rule="file.value", template="{problem}", values={"problem": str(error)}, place=place)
            )
    return made


def _rows(
    rows: Iterator[list[str]], header: list[str], name: str, findings: list[Finding]
) -> Iterator[tuple[Row, Place]]:
    reader_line = getattr(rows, "line_num", 0)
    for cells in rows:
        line, reader_line = reader_line + 1, getattr(rows, "line_num", 0)
        if not any(map(str.strip, cells)) or cells[0].startswith("#"):
            continue
        if len(cells) != len(header):
            problem = f"the row has {len(cells)} cells and the header {len(header)}; a text with a comma needs quotes"
            findings.append(_finding("file.csv", problem, name, line))
            continue
        yield dict(zip(header, map(str.strip, cells), strict=True)), Place(name=name, line=line)


def _header_fits(
    header: list[str], columns: tuple[str, ...], needed: tuple[str, ...], name: str, findings: list[Finding]
) -> bool:
    if problem := _separated_otherwise(header):
        findings.append(_finding("file.csv", problem, name, 1))
        return False
    unknown = [column for column in header if column not in columns]
    missing = [column for column in needed if column not in header]
    twice = sorted({column for column in header if header.count(column) > 1})
    for what, which in (("unknown columns", unknown), ("missing columns", missing), ("repeated columns", twice)):
        if which:
            listed = ", ".join(_said(column, columns) for column in (which if which is missing else which[:6]))
            problem = f"{what}: {listed}; the header may have {', '.join(columns)}"
            findings.append(_finding("file.csv", problem, name, 1))
    return not (unknown or missing or twice)


def _said(column: str, columns: tuple[str, ...]) -> str:
    """A column, with the one that may have been meant."""
    hint = did_you_mean(column, columns, SHORTEST) if column not in columns else ""
    return f"{column[:40] or 'one without a name'}{f' ({hint})' if hint else ''}"


def _separated_otherwise(header: list[str]) -> str:
    """A spreadsheet of many countries writes CSV with semicolons, or tabs: then the header is one cell."""
    if header and header[0].lower().startswith("sep="):
        return "the first line names a separator; delete it, so that the first line is the header, with commas"
    for sign, called in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if len(header) == 1 and sign in header[0]:
            return (
                f"the columns are separated by {called}; save it as CSV with commas (in LibreOffice choose the comma as "
                "field delimiter; in Excel choose 'CSV UTF-8 (Comma delimited)', with . as the decimal separator of the system)"
            )
    return ""


def _text(path: Path, name: str, findings: list[Finding]) -> str | None:
    try:
        if path.stat().st_size > MOST_BYTES:
            problem = f"the file is larger than {MOST_BYTES // 1_000_000} MB; split it by year or site"
            findings.append(_finding("file.csv", problem, name, 1))
            return None
        raw = path.read_bytes()
    except OSError as error:
        findings.append(_finding("file.csv", f"the file cannot be read ({error.strerror})", name, 1))
        return None
    if b"\x00" in raw:
        line = raw[: raw.index(b"\x00")].count(b"\n") + 1
        findings.append(
            _finding("file.csv", "the file holds bytes that are not text; export it as CSV (UTF-8)", name, line)
        )
        return None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        findings.append(_finding("file.csv", "the file is not UTF-8 text; export it as CSV (UTF-8)", name, line))
        return None


def _finding(rule: str, problem: str, name: str, line: int) -> Finding:
    return Finding(rule=rule, template="{problem}", values={"problem": problem}, place=Place(name=name, line=line))
