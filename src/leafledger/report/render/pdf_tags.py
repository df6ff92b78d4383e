"""Checks of the structure of a PDF: that each element is of a known kind, stands where it may, and says what it must."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

from leafledger.core.finding import Finding
from leafledger.report.render.pdf_finding import found

KINDS = {
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct",
    "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH",
    "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot",
    "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form",
}  # fmt: skip
CHILDREN = {
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "L": {"L", "LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"TOC", "TOCI", "Caption"},
}
"""What may stand directly in an element of a kind (ISO 32000-1, 14.8.4)."""

PRINTED, UNSEEN = 4, 1 | 2 | 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One structure element. kind: after the file's own names are mapped to the standard's."""

    kind: str
    itself: Any
    children: tuple["Element", ...]

    def all(self) -> Iterator["Element"]:
        yield self
        for child in self.children:
            yield from child.all()


def tags(file: pikepdf.Pdf) -> Iterator[Finding]:
    """ISO 14289-1 7.1 to 7.5, 7.18.5; ISO 19005-2 6.3, 6.7."""
    tree = file.Root.get("/StructTreeRoot", pikepdf.Dictionary())
    roles = {str(own): str(standard) for own, standard in tree.get("/RoleMap", pikepdf.Dictionary()).items()}
    tops = list(_elements(tree.get("/K"), roles))
    if not tops:
        yield found("not_tagged", "the file has no structure: nothing says what is a heading, a table or a picture")
        return
    elements = [one for top in tops for one in top.all()]
    checks: list[Callable[[list[Element]], Iterator[Finding]]] = [_kinds, _places, _headings, _figures, _tables]
    for check in checks:
        yield from check(elements)
    yield from _links(file, elements)


def _elements(kids: Any, roles: dict[str, str]) -> Iterator[Element]:
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            own = str(kid.S)
            below = tuple(_elements(kid.get("/K"), roles))
            yield Element(kind=roles.get(own, own).lstrip("/"), itself=kid, children=below)


def _kinds(elements: list[Element]) -> Iterator[Finding]:
    for kind in sorted({one.kind for one in elements} - KINDS):
        yield found(
            "unknown_kind", "an element of the kind {kind} is neither standard nor mapped to what is", kind=kind
        )


def _places(elements: list[Element]) -> Iterator[Finding]:
    wrong = {
        (one.kind, child.kind)
        for one in elements
        for child in one.children
        if one.kind in CHILDREN and child.kind not in CHILDREN[one.kind]
    }
    for outer, inner in sorted(wrong):
        yield found(
            "misplaced", "{inner} stands directly in {outer}, where it has no meaning", inner=inner, outer=outer
        )


def _headings(elements: list[Element]) -> Iterator[Finding]:
    """The first heading is of level 1, and no level is skipped on the way down."""
    before = 0
    for one in elements:
        if one.kind[0] == "H" and one.kind[1:].isdigit():
            level = int(one.kind[1:])
            if level > before + 1:
                template = "the heading “{text}” is of level {level}, after one of level {before}: a level is skipped"
                yield found("heading_skips", template, text=str(one.itself.get("/T", "")), level=level, before=before)
            before = level


def _figures(elements: list[Element]) -> Iterator[Finding]:
    for one in elements:
        said = one.itself.get("/Alt", one.itself.get("/ActualText", ""))
        if one.kind in ("Figure", "Formula") and not str(said).strip():
            yield found(
                "figure_without_alt", "a {kind} says nothing to those who do not see it (Alt)", kind=one.kind.lower()
            )


def _tables(elements: list[Element]) -> Iterator[Finding]:
    """Each table has header cells, each header cell says what it heads, and all rows are equally wide."""
    for table in (one for one in elements if one.kind == "Table"):
        heads = [cell for cell in table.all() if cell.kind == "TH"]
        rows = [row for row in table.all() if row.kind == "TR"]
        if not heads:
            yield found(
                "table_without_header", "a table has no header cells, so its figures are read without their names"
            )
        if any(not _attribute(head, "/Scope") for head in heads):
            yield found("header_without_scope", "a header cell does not say whether it heads a column or a row (Scope)")
        wide = {sum(int(_attribute(cell, "/ColSpan") or 1) for cell in row.children) for row in rows}
        if len(wide) > 1 and not any(_attribute(cell, "/RowSpan") for row in rows for cell in row.children):
            template = "a table has rows of {widths} cells, so columns and headers cannot be matched"
            yield found("table_ragged", template, widths=", ".join(map(str, sorted(wide))))


def _links(file: pikepdf.Pdf, elements: list[Element]) -> Iterator[Finding]:
    """Each note on a page is a link that an element holds, that says where it leads, and that prints."""
    held = {kid.Obj.objgen for one in elements if one.kind == "Link" for kid in _kids(one) if _holds(kid)}
    for sheet, page in enumerate(file.pages, 1):
        notes = list(page.get("/Annots", []))
        if any(
            note.get("/Subtype") != "/Link" or note.objgen not in held or "/StructParent" not in note for note in notes
        ):
            template = (
                "something on page {sheet} can be clicked and stands in no Link element, so it cannot be reached by ear"
            )
            yield found("link_not_tagged", template, sheet=sheet)
        if any(not str(note.get("/Contents", "")).strip() for note in notes):
            yield found(
                "link_without_words", "a link on page {sheet} does not say where it leads (Contents)", sheet=sheet
            )
        if any(not int(note.get("/F", 0)) & PRINTED or int(note.get("/F", 0)) & UNSEEN for note in notes):
            yield found("link_not_printed", "a link on page {sheet} is hidden or does not print", sheet=sheet)


def _kids(element: Element) -> list[Any]:
    kids = element.itself.get("/K")
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _holds(kid: Any) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR" and "/Obj" in kid


def _attribute(element: Element, name: str) -> Any:
    given = element.itself.get("/A", pikepdf.Array())
    for one in given if isinstance(given, pikepdf.Array) else [given]:
        if isinstance(one, pikepdf.Dictionary) and name in one:
            return one[name]
    return None
