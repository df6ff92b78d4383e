"""Reads from a finished PDF what its pages show: headings, links to sections and page numbers, each with the sheet it is on."""

import ctypes
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

FOOT, CORNER = 60.0, 120.0
"""Points from the lower and the right edge of a sheet within which its page number is printed, and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A heading, or a link to a section: the text drawn for it and the sheet on which that text begins, counted from 1."""

    text: str
    sheet: int
    level: int = 0
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """What a PDF shows. numbers, labels: for each sheet, the number printed at its foot and the one that a viewer shows."""

    headings: tuple[Shown, ...]
    links: tuple[Shown, ...]
    numbers: tuple[str, ...]
    labels: tuple[str, ...]
    targets: dict[str, int]


@dataclass(slots=True, kw_only=True)
class _Open:
    """The file opened twice: by pikepdf for its structure, by pdfium for the text that it draws."""

    file: pikepdf.Pdf
    drawn: pypdfium2.PdfDocument
    sheets: dict[Any, int] = field(default_factory=dict)
    texts: dict[int, dict[int, str]] = field(default_factory=dict)


def read(pdf: bytes) -> Sheets:
    """Everything of interest, in reading order. Raises pikepdf.PdfError if it is no PDF, ValueError if it is not tagged."""
    with pikepdf.open(io.BytesIO(pdf)) as file, pypdfium2.PdfDocument(pdf) as drawn:
        opened = _Open(file=file, drawn=drawn)
        opened.sheets = {page.objgen: sheet for sheet, page in enumerate(file.pages, 1)}
        if "/StructTreeRoot" not in file.Root or "/K" not in file.Root.StructTreeRoot:
            raise ValueError("not tagged")
        found = list(_elements(opened, file.Root.StructTreeRoot.K))
        return Sheets(
            headings=tuple(one for one in found if one.level),
            links=tuple(one for one in found if not one.level),
            numbers=tuple(_foot(drawn[i]) for i in range(len(drawn))),
            labels=tuple(drawn.get_page_label(i) for i in range(len(drawn))),
            targets=_targets(opened),
        )


def _elements(opened: _Open, element: Any) -> Iterator[Shown]:
    """The headings and section links at and under an element of the structure tree."""
    if isinstance(element, pikepdf.Array):
        for child in element:
            yield from _elements(opened, child)
    elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
        kind, kids = str(element.S), element.get("/K", pikepdf.Array())
        section = _section(kids) if kind == "/Link" else ""
        if section or (kind[:2] == "/H" and kind[2:].isdigit()):
            yield _shown(opened, element, section=section, level=0 if section else int(kind[2:]))
        yield from _elements(opened, kids)


def _shown(opened: _Open, element: Any, *, section: str, level: int) -> Shown:
    parts = list(_parts(opened, element, 0))
    text = "".join(text for _, text in parts)
    return Shown(text=text, sheet=parts[0][0] if parts else 0, section=section, level=level)


def _section(kids: Any) -> str:
    """The name of the destination that a link element's annotation leads to; empty when it leads elsewhere."""
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid and "/Dest" in kid.Obj:
            return str(kid.Obj.Dest)
    return ""


def _parts(opened: _Open, element: Any, sheet: int) -> Iterator[tuple[int, str]]:
    """The pieces of text of an element, each with the sheet on which it is drawn."""
    if isinstance(element, int):
        yield sheet, _texts(opened, sheet).get(element, "")
    elif isinstance(element, pikepdf.Array):
        for child in element:
            yield from _parts(opened, child, sheet)
    elif element.get("/Type") != "/OBJR":
        sheet = opened.sheets.get(element.Pg.objgen, 0) if "/Pg" in element else sheet
        is_content = element.get("/Type") == "/MCR"
        yield from _parts(opened, int(element.MCID) if is_content else element.get("/K", pikepdf.Array()), sheet)


def _texts(opened: _Open, sheet: int) -> dict[int, str]:
    """The text drawn under each marked-content id of a sheet."""
    if sheet not in opened.texts and 1 <= sheet <= len(opened.drawn):
        page = opened.drawn[sheet - 1]
        words = page.get_textpage()
        texts: dict[int, str] = {}
        for place in range(pdfium.FPDFPage_CountObjects(page)):
            it = pdfium.FPDFPage_GetObject(page, place)
            if pdfium.FPDFPageObj_GetType(it) == pdfium.FPDF_PAGEOBJ_TEXT:
                name = pdfium.FPDFPageObj_GetMarkedContentID(it)
                texts[name] = texts.get(name, "") + _drawn_text(partial(pdfium.FPDFTextObj_GetText, it, words))
        opened.texts[sheet] = texts
    return opened.texts.get(sheet, {})


def _drawn_text(ask: Any) -> str:
    size = ask(None, 0)
    room = ctypes.create_string_buffer(size)
    ask(ctypes.cast(room, ctypes.POINTER(pdfium.FPDF_WCHAR)), size)
    return room.raw.decode("utf-16-le").partition("\0")[0]


def _foot(page: Any) -> str:
    words = page.get_textpage()
    return str(words.get_text_bounded(left=page.get_width() - CORNER, bottom=0, top=FOOT)).strip()


def _targets(opened: _Open) -> dict[str, int]:
    """The sheet that each named destination leads to."""
    names = opened.file.Root.get("/Names", pikepdf.Dictionary())
    if "/Dests" not in names:
        return {}
    targets = {}
    for name, at in pikepdf.NameTree(names.Dests).items():
        page = at.D[0] if isinstance(at, pikepdf.Dictionary) else at[0]
        targets[str(name)] = opened.sheets.get(page.objgen, 0)
    return targets
