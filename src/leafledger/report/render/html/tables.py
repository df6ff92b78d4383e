"""Tables for the screen: headed cells, groups as bodies of their own, numbers set to line up, notes below."""

from collections.abc import Callable, Iterator
from itertools import zip_longest

from leafledger.report.blocks import Inlines, Number, Row, Table
from leafledger.report.render.html.markup import NOTHING, Html, tag

Inside = Callable[[Inlines], Html]
SIDES = {"l": "", "c": "c", "r": "r"}


def table_block(it: Table, inside: Inside, notes_word: str) -> Html:
    """A wide table scrolls within itself; the page never does."""
    return tag(
        "div",
        tag("div", plain_table(it, inside), class_="scroll"),
        notes(it, inside, notes_word),
        class_="table",
        id=f"table-{it.id}",
    )


def plain_table(it: Table, inside: Inside) -> Html:
    sides = [SIDES[side] for side in it.align]
    caption = tag("caption", it.caption) if it.caption else NOTHING
    heads = [
        tag("th", text, scope="col", class_=side) if text else tag("td", class_=side)
        for text, side in zip_longest(it.header, sides, fillvalue="")
    ]
    bodies = [tag("tbody", *[row(one, sides, inside) for one in rows]) for rows in _bodies(it.rows)]
    return tag("table", caption, tag("thead", tag("tr", *heads)), *bodies, class_=shape(it))


def row(it: Row, sides: list[str], inside: Inside) -> Html:
    if it.kind == "group":
        return tag("tr", tag("th", inside(it.cells[0]), scope="rowgroup", colspan=len(sides)), class_="group")
    first, *rest = it.cells
    cells = [tag("td", inside(cell), class_=side) for cell, side in zip(rest, sides[1:], strict=False)]
    lead = tag("th", inside(first), scope="row", class_=sides[0]) if first else tag("td")
    return tag("tr", lead, *cells, class_="part" if it.kind == "part" else "")


def notes(it: Table, inside: Inside, word: str) -> Html:
    if not it.notes:
        return NOTHING
    return tag("ol", *[tag("li", inside(note)) for note in it.notes], class_="notes", aria_label=word)


def shape(it: Table) -> str:
    """`figures` where a column holds numbers, `marked` where some of them carry a mark, `words` where there are only sentences."""
    if "r" not in it.align:
        return "words"
    marked = any(isinstance(one, Number) and one.mark for row in it.rows for cell in row.cells for one in cell)
    return "figures marked" if marked else "figures"


def _bodies(rows: tuple[Row, ...]) -> Iterator[list[Row]]:
    body: list[Row] = []
    for one in rows:
        if one.kind == "group" and body:
            yield body
            body = []
        body.append(one)
    if body:
        yield body
