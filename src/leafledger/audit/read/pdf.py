"""A PDF as lines: read in a process of its own within bounds, page by page, and refused where its text cannot be trusted."""

from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2

from leafledger.audit.document import Box, Document, Line, Page, Span
from leafledger.audit.read.apart import BOUNDS, Bounds, pages_apart
from leafledger.audit.read.clean import Raised, clean
from leafledger.audit.read.columns import ordered
from leafledger.audit.read.glyphs import MOST_GLYPHS, glyphs
from leafledger.audit.read.labels import labelled
from leafledger.audit.read.language import language
from leafledger.audit.read.layout import Piece, Row, joined
from leafledger.audit.read.readable import is_language
from leafledger.audit.read.refusal import refused

MOST_PAGES = 1500
MOST_BAD = 0.2
"""The share of letters without a meaning from which on a file is not audited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A page, with how many letters it draws and how many of them mean nothing that is known."""

    page: Page
    letters: int = 0
    bad: int = 0


def read_pdf(path: Path, name: str, *, apart: bool = True, bounds: Bounds = BOUNDS) -> Document:
    """Lines in reading order, each with the place of its spans.

    apart: in another process, which a file that is made to crash or to fill the memory can only take down alone.
    """
    warnings: list[str] = []
    with closing(pages_apart(path, name, warnings, bounds) if apart else pages_of(path, name, warnings)) as source:
        found = list(source)
    _trusted(found, name)
    pages = labelled(list(_numbered(one.page for one in found)))
    warnings += _warnings(found)
    said = language(line.text for page in pages for line in page.lines)
    return Document(name=name, kind="pdf", language=said, pages=tuple(pages), warnings=tuple(warnings))


def pages_of(path: Path, name: str, warnings: list[str]) -> Generator[Read, None, None]:
    """Each page, its lines numbered from 1; what is left out is added to `warnings`. Raises Refused where it cannot be opened."""
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
        if len(pdf) > MOST_PAGES:
            warnings.append(f"It has {len(pdf):,} pages; only the first {MOST_PAGES:,} were read.")
        for sheet in range(1, min(len(pdf), MOST_PAGES) + 1):
            try:
                yield _page(pdf, sheet)
            except pypdfium2.PdfiumError:
                warnings.append(f"Page {sheet} is damaged and was not read.")
                yield Read(page=Page(number=sheet, lines=()))


def _page(pdf: Any, sheet: int) -> Read:
    page = pdf[sheet - 1]
    try:
        drawn = glyphs(page)
        lines = tuple(_line(row, sheet, at) for at, row in enumerate(ordered(drawn.runs), 1))
        label = pdf.get_page_label(sheet - 1)
        read = Page(
            number=sheet,
            lines=lines,
            width=round(drawn.width, 2),
            height=round(drawn.height, 2),
            label=clean(label)[0][:20],
            turn=drawn.turn,
        )
        return Read(page=read, letters=drawn.total, bad=drawn.bad)
    finally:
        page.close()


def _line(row: Row, sheet: int, number: int) -> Line:
    spans = (_span(piece) for piece in row)
    return Line(page=sheet, number=number, spans=tuple(span for span in spans if span.text))


def _span(piece: Piece) -> Span:
    text, raised = cleaned(*joined(piece.runs))
    sides = (piece.left, piece.y - 0.88 * piece.size, piece.right, piece.y + 0.24 * piece.size)
    box = Box(*(round(side, 2) for side in sides))
    return Span(text=text, box=box, size=round(piece.size, 2), raised=raised)


def cleaned(text: str, marks: Raised) -> tuple[str, Raised]:
    """As `clean`, with the places of the letters that the page raises."""
    if not marks:
        return clean(text)
    out, at = "", 0
    raised: list[tuple[int, int]] = []
    for start, end in (*marks, (len(text), len(text))):
        for part, lifted in ((text[at:start], False), (text[start:end], True)):
            plain, own = clean("x" + part + "x")
            plain = plain[1:-1] if out else plain[1:-1].lstrip()
            if lifted and plain.strip():
                raised.append((len(out), len(out) + len(plain)))
            else:
                raised.extend((a - 1 + len(out), b - 1 + len(out)) for a, b in own)
            out += plain
        at = end
    return out.rstrip(), tuple(raised)


def _numbered(pages: Iterable[Page]) -> Iterator[Page]:
    number = 0
    for page in pages:
        lines = tuple(
            replace(line, number=number + at) for at, line in enumerate((one for one in page.lines if one.spans), 1)
        )
        number += len(lines)
        yield replace(page, lines=lines)


def _trusted(found: list[Read], name: str) -> None:
    letters, bad = sum(one.letters for one in found), sum(one.bad for one in found)
    if letters < 20:
        raise refused(
            name,
            "No text can be read from this PDF: its pages are pictures, or empty. Give a PDF with text, or run text recognition first.",
        )
    texts = [line.text for one in found for line in one.page.lines]
    if bad > MOST_BAD * letters or not is_language(texts):
        raise refused(
            name,
            "The text layer of this PDF is unreadable: letters are stored as other letters ({sample!r}), though they look right on screen."
            " Export it anew with embedded fonts, or run text recognition on it.",
            sample=" ".join(texts)[:40],
        )


def _warnings(found: list[Read]) -> list[str]:
    empty = [one.page.number for one in found if one.letters < 5]
    much = [one.page.number for one in found if one.letters >= MOST_GLYPHS]
    doubtful = [one.page.number for one in found if one.bad > MOST_BAD * one.letters and one.letters >= 5]
    said = []
    if empty:
        said.append(f"No text on page {_ranges(empty)}: what is drawn there as a picture was not read.")
    if much:
        said.append(
            f"More letters than a page can have on page {_ranges(much)}: only the first {MOST_GLYPHS:,} were read."
        )
    if doubtful:
        said.append(f"Unreadable letters on page {_ranges(doubtful)}: numbers there may be missing.")
    return said


def _ranges(pages: list[int]) -> str:
    """3, 5–9"""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    shown = [str(a) if a == b else f"{a}–{b}" for a, b in runs[:20]]
    return ", ".join(shown) + (" …" if len(runs) > 20 else "")
