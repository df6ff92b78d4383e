"""Small PDFs, HTML pages and workbooks for tests, written by hand so that every letter stands where a test wants it."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

Drawn = tuple[float, float, float, str]
"""(left, from the top, size, words)"""


def pdf(path: Path, *pages: Sequence[Drawn], turn: int = 0, sideways: bool = False, extra: str = "") -> Path:
    """A PDF in Helvetica. turn: /Rotate of the pages. sideways: the words run upwards. extra: operators put before the words."""
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for drawn in pages:
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Rotate {turn} /Contents {len(objects) + 2} 0 R"
            " /Resources << /Font << /F 3 0 R >> >> >>"
        )
        content = extra + "".join(_shown(one, sideways) for one in drawn)
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _written(path, objects)


def _shown(one: Drawn, sideways: bool) -> str:
    left, top, size, words = one
    text = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    matrix = f"0 1 -1 0 {top} {left}" if sideways else f"1 0 0 1 {left} {800 - top}"
    return f"BT /F {size} Tf {matrix} Tm ({text}) Tj ET\n"


def _written(path: Path, objects: Sequence[str]) -> Path:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\n".encode()
    path.write_bytes(out + f"startxref\n{out.rfind(b'xref')}\n%%EOF".encode())
    return path


def table_page(
    rows: str, *, left: float = 50, label: float = 260, pitch: float = 18, top: float = 100, size: float = 9
) -> list[Drawn]:
    """Rows `label | unit | 1 | 2` as a page has them: words left, numbers flush right. Two leading spaces indent."""
    drawn: list[Drawn] = []
    for at, row in enumerate(rows.strip("\n").splitlines()):
        indent = 14 if row.startswith("  ") else 0
        for column, cell in enumerate(part.strip() for part in row.split("|")):
            if not cell:
                continue
            x = left + indent if column == 0 else label + 90 * (column - 1)
            if column > 1:
                x += 60 - 0.5 * size * len(cell)
            drawn.append((x, top + pitch * at, size, cell))
    return drawn


def xlsx(
    path: Path,
    rows: Sequence[Sequence[object]],
    *,
    formats: Sequence[str] = (),
    merged: Sequence[str] = (),
    bomb: bool = False,
) -> Path:
    """A workbook of one sheet. A cell (number, format) is shown by that format."""
    cells = []
    for at, row in enumerate(rows, 1):
        cells.append(
            f'<row r="{at}">' + "".join(_cell(at, column, cell, formats) for column, cell in enumerate(row)) + "</row>"
        )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    merges = f"<mergeCells>{''.join(f'<mergeCell ref={one!r}/>' for one in merged)}</mergeCells>" if merged else ""
    styles = "".join(
        f'<numFmt numFmtId="{200 + n}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for n, code in enumerate(formats)
    )
    xfs = '<xf numFmtId="0"/>' + "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(formats)))
    entity = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">]>' if bomb else ""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            '<sheets><sheet name="KPI" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        file.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        file.writestr(
            "xl/styles.xml",
            f'<styleSheet xmlns="{main}"><numFmts>{styles}</numFmts><cellXfs>{xfs}</cellXfs></styleSheet>',
        )
        file.writestr(
            "xl/worksheets/sheet1.xml",
            f'{entity}<worksheet xmlns="{main}"><sheetData>{"".join(cells)}</sheetData>{merges}</worksheet>',
        )
    return path


def _cell(row: int, column: int, cell: object, formats: Sequence[str]) -> str:
    place = f"{chr(65 + column)}{row}"
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        number, code = cell
        return f'<c r="{place}" s="{1 + list(formats).index(code)}"><v>{number}</v></c>'
    if isinstance(cell, int | float):
        return f'<c r="{place}"><v>{cell}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(str(cell))}</t></is></c>'
