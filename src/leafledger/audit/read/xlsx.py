"""XLSX to lines: the cells of every visible sheet as they are shown, read from the file's own XML and within bounds."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree

from leafledger.audit.document import Document, Page
from leafledger.audit.read.clean import clean
from leafledger.audit.read.formats import shown
from leafledger.audit.read.grid import MOST_COLUMNS, Cell, Sheet
from leafledger.audit.read.language import language
from leafledger.audit.read.refusal import refused

MOST_BYTES, MOST_CELLS, MOST_SHEETS = 250_000_000, 400_000, 200
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REF = re.compile(r"([A-Z]{1,3})(\d+)")
Texts = list[str]
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, ElementTree.ParseError, EOFError, OSError),
    *(LookupError, ValueError, ArithmeticError, NotImplementedError, RuntimeError),
)
"""What the readers of ZIP and XML raise for files that were damaged or made to harm."""


def read_xlsx(path: Path, name: str) -> Document:
    try:
        with zipfile.ZipFile(path) as file:
            return _read(file, name)
    except BROKEN as error:
        raise refused(
            name,
            "This file is damaged or is no XLSX ({why}). Open it in a spreadsheet program and save it anew.",
            why=error,
        ) from error


def _read(file: zipfile.ZipFile, name: str) -> Document:
    names = {info.filename for info in file.infolist()}
    if "xl/workbook.xml" not in names:
        raise refused(
            name, "This is neither XLSX nor PDF, HTML or text. Save the report in one of these, and give that."
        )
    if sum(info.file_size for info in file.infolist()) > MOST_BYTES:
        raise refused(
            name,
            "This file unpacks to more than {most} MB. Give the report's tables alone.",
            most=MOST_BYTES // 1_000_000,
        )
    texts = _texts(file) if "xl/sharedStrings.xml" in names else []
    formats = _formats(file) if "xl/styles.xml" in names else []
    pages, warnings, left, number = [], [], MOST_CELLS, 0
    for at, (title, part, hidden) in enumerate(_sheets(file)[:MOST_SHEETS], 1):
        if hidden:
            warnings.append(f"The sheet {title!r} is hidden and was not read.")
            continue
        sheet = Sheet(page=at, number=number)
        sheet.prose(title, 20.0)
        sheet.gap()
        left = _fill(sheet, file, part, texts, formats, left) if part in names else left
        number = sheet.number
        pages.append(Page(number=at, lines=tuple(sheet.lines), label=title))
        if left <= 0:
            warnings.append(f"Only the first {MOST_CELLS:,} cells were read.")
            break
    said = language(line.text for page in pages for line in page.lines[:2000])
    return Document(name=name, kind="xlsx", language=said, pages=tuple(pages), warnings=tuple(warnings))


def _fill(sheet: Sheet, file: zipfile.ZipFile, part: str, texts: Texts, formats: list[str], left: int) -> int:
    wide, tall = _merged(file, part)
    reaching: dict[int, tuple[int, Cell]] = {}
    last = 0
    with file.open(part) as stream:
        for row in _elements(stream, "row"):
            cells = []
            for element in row.iter(f"{_MAIN}c"):
                found = _cell(element, texts, formats, wide)
                if found is not None:
                    cells.append(found)
            at = int(row.get("r", last + 1))
            cells.extend(cell for last_row, cell in reaching.values() if at <= last_row)
            reaching.update({cell.column: (tall[cell.column, at], cell) for cell in cells if (cell.column, at) in tall})
            if at > last + 1:
                sheet.gap()
            last = at
            left -= len(cells)
            sheet.row(sorted(cells, key=lambda cell: cell.column))
            if left <= 0:
                break
    return left


def _cell(element: ElementTree.Element, texts: Texts, formats: list[str], wide: dict[str, int]) -> Cell | None:
    place = element.get("r", "")
    found = _REF.fullmatch(place)
    if found is None:
        return None
    column = _column(found[1])
    kind, value = element.get("t", "n"), element.findtext(f"{_MAIN}v") or ""
    if kind == "s":
        text = texts[int(value)] if value.isdigit() and int(value) < len(texts) else ""
    elif kind == "inlineStr":
        text = "".join(part.text or "" for part in element.iter(f"{_MAIN}t"))
    elif kind == "n" and value:
        style = int(element.get("s", 0))
        text = shown(value, formats[style] if style < len(formats) else "General")
    else:
        text = "" if kind == "e" else value
    plain, raised = clean(text)
    return (
        Cell(column=column, text=plain, span=wide.get(place, 1), raised=raised)
        if plain and column < MOST_COLUMNS
        else None
    )


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _merged(file: zipfile.ZipFile, part: str) -> tuple[dict[str, int], dict[tuple[int, int], int]]:
    """How many columns a merged cell covers, by the place of its first; the last row of one that goes down, by its first column and row."""
    wide: dict[str, int] = {}
    tall: dict[tuple[int, int], int] = {}
    with file.open(part) as stream:
        for merge in _elements(stream, "mergeCell"):
            start, _, end = merge.get("ref", "").partition(":")
            first, last = _REF.fullmatch(start), _REF.fullmatch(end)
            if first and last:
                wide[start] = min(_column(last[1]) - _column(first[1]) + 1, MOST_COLUMNS)
                if int(last[2]) > int(first[2]):
                    tall[_column(first[1]), int(first[2])] = int(last[2])
    return wide, tall


def _elements(stream: IO[bytes], name: str) -> Iterator[ElementTree.Element]:
    """The elements of a name, each thrown away once it was used. Refuses documents that define entities."""
    parser: Any = ElementTree.XMLPullParser(events=("start", "end"))
    above: list[ElementTree.Element] = []
    seen = b""
    while chunk := stream.read(65_536):
        if len(seen) < 4096:
            seen += chunk[:4096]
            if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
                raise ValueError("it defines entities")
        parser.feed(chunk)
        for event, element in parser.read_events():
            if event == "start":
                above.append(element)
                continue
            above.pop()
            if element.tag == _MAIN + name:
                yield element
                element.clear()
                if above:
                    above[-1].remove(element)


def _texts(file: zipfile.ZipFile) -> Texts:
    with file.open("xl/sharedStrings.xml") as stream:
        return ["".join(part.text or "" for part in item.iter(f"{_MAIN}t")) for item in _elements(stream, "si")]


def _formats(file: zipfile.ZipFile) -> list[str]:
    """The number format of each style, by its number."""
    with file.open("xl/styles.xml") as stream:
        root = next(_elements(stream, "styleSheet"), None)
        if root is None:
            return []
        own = {f.get("numFmtId", ""): f.get("formatCode", "") for f in root.iter(f"{_MAIN}numFmt")}
        styles = root.find(f"{_MAIN}cellXfs")
        ids = [style.get("numFmtId", "0") for style in styles] if styles is not None else []
    return [own.get(id, id) for id in ids]


def _sheets(file: zipfile.ZipFile) -> list[tuple[str, str, bool]]:
    """(title, part, hidden) of each sheet in the order of the tabs."""
    links = {}
    with file.open("xl/_rels/workbook.xml.rels") as stream:
        for link in ElementTree.fromstring(_plain(stream)):
            links[link.get("Id", "")] = link.get("Target", "")
    with file.open("xl/workbook.xml") as stream:
        root = ElementTree.fromstring(_plain(stream))
    out = []
    for sheet in root.iter(f"{_MAIN}sheet"):
        target = links.get(sheet.get(_LINK, ""), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        out.append((sheet.get("name", ""), part, sheet.get("state", "visible") != "visible"))
    return out


def _plain(stream: IO[bytes]) -> bytes:
    data = stream.read(5_000_001)
    if len(data) > 5_000_000 or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ValueError("it defines entities or its list of sheets is endless")
    return data
