"""Checks of what the pages of a PDF draw: that all of it is tagged or set aside as decoration, and that its fonts are inside."""

from collections.abc import Iterator
from typing import Any

import pikepdf

from leafledger.core.finding import Finding
from leafledger.report.render.pdf_finding import found

BEGINS, ENDS = {"BDC", "BMC"}, "EMC"
DRAWS = {"Tj", "TJ", "'", '"', "S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do"}
INLINE_IMAGE = "INLINE IMAGE"
ASKED = " ".join([*sorted(BEGINS), ENDS, *sorted(DRAWS), "BI", "ID", "EI"])


def marks(file: pikepdf.Pdf) -> Iterator[Finding]:
    """ISO 14289-1 7.1 and 7.18.3: each thing drawn is a marked piece that an element claims, or an artifact; tabs follow the structure."""
    claimed = _claimed(file)
    parents = _parents(file)
    for sheet, page in enumerate(file.pages, 1):
        loose, named = _drawn(page)
        if loose:
            template = "{count} things drawn on page {sheet} are neither tagged nor decoration, so a reader cannot tell what to say"
            yield found("content_not_tagged", template, sheet=sheet, count=loose)
        if lost := named - claimed.get(page.objgen, set()):
            template = "{count} tagged pieces of page {sheet} stand in no structure element, so they are never read"
            yield found("content_lost", template, sheet=sheet, count=len(lost))
        if named and page.get("/StructParents") not in parents:
            template = "page {sheet} does not lead back to the structure of the document (StructParents)"
            yield found("page_without_parents", template, sheet=sheet)
        if "/Annots" in page and page.get("/Tabs") != "/S":
            template = "on page {sheet} the tabulator key does not follow the structure (Tabs)"
            yield found("tab_order", template, sheet=sheet)


def fonts(file: pikepdf.Pdf) -> Iterator[Finding]:
    """ISO 19005-2 6.2.11.4 and 6.2.11.7: each font is in the file, and each of its signs says which letter it is."""
    for font in file.objects:
        if not isinstance(font, pikepdf.Dictionary) or font.get("/Type") != "/Font" or _is_descendant(font):
            continue
        name = str(font.get("/BaseFont", "a font without a name")).lstrip("/")
        if not _embedded(font):
            yield found("font_outside", "{font} is not in the file, so pages look different elsewhere", font=name)
        if "/ToUnicode" not in font:
            yield found(
                "font_without_letters", "{font} does not say which letters its signs are (ToUnicode)", font=name
            )


def _drawn(page: Any) -> tuple[int, set[int]]:
    """How many things are drawn outside any mark, and the ids of the marks that are not artifacts."""
    loose, named = 0, set()
    open_: list[bool] = []
    for step in pikepdf.parse_content_stream(page, ASKED):
        what, operands = str(step.operator), step.operands
        if what in BEGINS:
            id = _id(page, operands)
            named |= set() if id is None else {id}
            open_.append(operands[0] == "/Artifact" or id is not None)
        elif what == ENDS:
            open_ = open_[:-1]
        elif (what in DRAWS or what == INLINE_IMAGE) and not any(open_):
            loose += 1
    return loose, named


def _id(page: Any, operands: Any) -> int | None:
    """The id of a mark; its properties stand beside it or under a name in the page's resources."""
    said = operands[1] if len(operands) > 1 else None
    if isinstance(said, pikepdf.Name):
        said = page.Resources.get("/Properties", pikepdf.Dictionary()).get(str(said))
    return int(said.MCID) if isinstance(said, pikepdf.Dictionary) and "/MCID" in said else None


def _claimed(file: pikepdf.Pdf) -> dict[Any, set[int]]:
    """For each page, the marks that stand in some element of the structure."""
    claimed: dict[Any, set[int]] = {}
    todo: list[tuple[Any, Any]] = [(file.Root.get("/StructTreeRoot", pikepdf.Dictionary()).get("/K"), (0, 0))]
    while todo:
        it, page = todo.pop()
        if isinstance(it, pikepdf.Array):
            todo += [(kid, page) for kid in it]
        elif isinstance(it, pikepdf.Dictionary):
            page = it.Pg.objgen if "/Pg" in it else page
            todo.append((it.get("/MCID", it.get("/K")), page))
        elif isinstance(it, int):
            claimed.setdefault(page, set()).add(it)
    return claimed


def _parents(file: pikepdf.Pdf) -> set[int]:
    tree = file.Root.get("/StructTreeRoot", pikepdf.Dictionary()).get("/ParentTree")
    return set(pikepdf.NumberTree(tree).keys()) if tree is not None else set()


def _is_descendant(font: Any) -> bool:
    return str(font.get("/Subtype", "")) in ("/CIDFontType0", "/CIDFontType2")


def _embedded(font: Any) -> bool:
    if font.get("/Subtype") == "/Type3":
        return True
    carries = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    about = carries.get("/FontDescriptor", pikepdf.Dictionary())
    return any(key in about for key in ("/FontFile", "/FontFile2", "/FontFile3"))
