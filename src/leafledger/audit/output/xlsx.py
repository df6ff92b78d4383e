"""Verdicts as a workbook, written as the few XML files that a spreadsheet needs; every cell is text, so none is a formula."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from leafledger.audit.output.data import cells
from leafledger.audit.output.plain import CERTAINTIES, counts, rows
from leafledger.audit.report import Audited
from leafledger.audit.words import word

WIDTHS = (6, 12, 10, 18, 7, 8, 70, 50, 40, 60)
MOST = 32_000
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
Cell = str | int


def as_xlsx(audited: Audited, language: str) -> bytes:
    names = (word("says", language), word("read", language))
    sheets = (_sheet(_findings(audited, language), WIDTHS, frozen=True), _sheet(_summary(audited, language), (30, 60)))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _files(names, sheets):
            info = zipfile.ZipInfo(name, datetime(1980, 1, 1, tzinfo=UTC).timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return made.getvalue()


def _findings(audited: Audited, language: str) -> Iterator[Sequence[Cell]]:
    keys = ("certainty", "severity", "check", "page", "line", "says", "proof", "settle", "quote")
    yield ("#", *(word(key, language) for key in keys))
    for row in rows(audited, language):
        yield tuple(word(str(cell), language) if at in (1, 2) else cell for at, cell in enumerate(cells(row)))


def _summary(audited: Audited, language: str) -> Iterator[Sequence[Cell]]:
    document = audited.document
    yield (document.name, f"{len(document.pages)} {word('pages', language)}")
    found = counts(audited)
    for certainty in CERTAINTIES:
        yield (f"{word(certainty, language)}: {found[certainty]}", word(f"{certainty}_means", language))
    for warning in audited.warnings:
        yield (word("warnings", language), warning)


def _sheet(lines: Iterable[Sequence[Cell]], widths: Sequence[int], *, frozen: bool = False) -> str:
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(widths, 1)
    )
    pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' if frozen else ""
    body = "".join(_row(at, line, bold=frozen and at == 1) for at, line in enumerate(lines, 1))
    return (
        f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        f"<cols>{columns}</cols><sheetData>{body}</sheetData></worksheet>"
    )


def _row(at: int, line: Sequence[Cell], *, bold: bool) -> str:
    return f'<row r="{at}">{"".join(_cell(at, column, cell, bold=bold) for column, cell in enumerate(line))}</row>'


def _cell(row: int, column: int, cell: Cell, *, bold: bool) -> str:
    place = f'r="{chr(65 + column)}{row}" s="{2 if bold else 1}"'
    if isinstance(cell, int):
        return f"<c {place}><v>{cell}</v></c>"
    text = escape(_BAD.sub("", cell)[:MOST])
    return f'<c {place} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _files(names: Sequence[str], sheets: Sequence[str]) -> Iterator[tuple[str, str]]:
    parts = range(1, len(sheets) + 1)
    yield (
        "[Content_Types].xml",
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_SHEET_TYPE}.styles+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_SHEET_TYPE}.worksheet+xml"/>'
            for n in parts
        )
        + "</Types>",
    )
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    yield (
        "xl/workbook.xml",
        f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, 1))
        + "</sheets></workbook>",
    )
    targets = [("worksheet", f"worksheets/sheet{n}.xml") for n in parts]
    yield "xl/_rels/workbook.xml.rels", _relations([*targets, ("styles", "styles.xml")])
    yield "xl/styles.xml", _styles()
    yield from ((f"xl/worksheets/sheet{n}.xml", sheet) for n, sheet in enumerate(sheets, 1))


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _styles() -> str:
    """Style 1 wraps, style 2 is a heading."""
    wrap = '<alignment vertical="top" wrapText="1"/>'
    return (
        f'{_HEAD}<styleSheet xmlns="{_MAIN}">'
        '<fonts count="2"><font><sz val="10"/><name val="Calibri"/></font><font><b/><sz val="10"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        f'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">{wrap}</xf>'
        f'<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">{wrap}</xf></cellXfs>'
        "</styleSheet>"
    )
