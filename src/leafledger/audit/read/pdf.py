"""A PDF as lines: opened, proven readable, and read page by page within bounds."""

from pathlib import Path
from typing import Any

import pypdfium2

from leafledger.audit.document import Box, Document, Line, Page, Span
from leafledger.audit.read.clean import Raised, clean
from leafledger.audit.read.columns import ordered
from leafledger.audit.read.glyphs import glyphs
from leafledger.audit.read.language import language
from leafledger.audit.read.layout import Piece, Row, joined
from leafledger.audit.read.refusal import refused

MOST_PAGES = 1500


def read_pdf(path: Path, name: str) -> Document:
    """Lines in reading order, each with the place of its spans."""
    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise refused(
                name, "This PDF is locked with a password. Save a copy without one, and give that."
            ) from error
        raise refused(
            name, "This file is damaged or is no PDF ({why}). Open it in a viewer and save it anew.", why=error
        ) from error
    with pdf:
        pages: list[Page] = []
        warnings: list[str] = []
        number = 0
        for sheet in range(1, min(len(pdf), MOST_PAGES) + 1):
            page = _page(pdf, sheet, number)
            number += len(page.lines)
            pages.append(page)
        said = language(line.text for page in pages for line in page.lines)
        return Document(name=name, kind="pdf", language=said, pages=tuple(pages), warnings=tuple(warnings))


def _page(pdf: Any, sheet: int, number: int) -> Page:
    page = pdf[sheet - 1]
    try:
        drawn = glyphs(page)
        rows = ordered(drawn.runs)
        lines = tuple(_line(row, sheet, number + at) for at, row in enumerate(rows, 1))
        return Page(
            number=sheet, lines=lines, width=drawn.width, height=drawn.height, label=pdf.get_page_label(sheet - 1)
        )
    finally:
        page.close()


def _line(row: Row, sheet: int, number: int) -> Line:
    return Line(page=sheet, number=number, spans=tuple(_span(piece) for piece in row))


def _span(piece: Piece) -> Span:
    text, marks = joined(piece.runs)
    text, raised = cleaned(text, marks)
    box = Box(piece.left, piece.y - 0.88 * piece.size, piece.right, piece.y + 0.24 * piece.size)
    return Span(text=text, box=box, size=piece.size, raised=raised)


def cleaned(text: str, marks: Raised) -> tuple[str, Raised]:
    """As `clean`, with the places of the letters that the page raises."""
    if not marks:
        return clean(text)
    out, raised, at = "", [], 0
    for start, end in (*marks, (len(text), len(text))):
        for part, lifted in ((text[at:start], False), (text[start:end], True)):
            plain, own = clean("x" + part + "x")
            plain = plain[1:-1]
            if not out.strip():
                plain = plain.lstrip()
                out = ""
            raised.extend(
                [(len(out), len(out) + len(plain))]
                if lifted and plain.strip()
                else [(a - 1 + len(out), b - 1 + len(out)) for a, b in own]
            )
            out += plain
        at = end
    return out.rstrip(), tuple(raised)
