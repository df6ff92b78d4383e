"""A report's blocks as HTML: every figure a link to its receipt, every hole visibly a hole."""

from leafledger.report.blocks import (
    Block,
    Bullets,
    Callout,
    Figure,
    Heading,
    Inline,
    Inlines,
    KeyFigure,
    KeyFigures,
    Missing,
    Number,
    PageRef,
    Paragraph,
    Strong,
    Words,
)
from leafledger.report.render.html.drawing import inline_svg
from leafledger.report.render.html.edition import Edition
from leafledger.report.render.html.markup import NOTHING, Html, many, tag
from leafledger.report.render.html.tables import plain_table, table_block

SHORT = 12
"""Letters up to which what a hole says is kept on one line, also in a narrow column."""


def inline(edition: Edition, it: Inline, anchor: str = "") -> Html:
    """anchor: the place a receipt leads back to, where the figure itself is out of sight until something is opened."""
    match it:
        case Words():
            return many([it.text])
        case Strong():
            return tag("strong", it.text)
        case Number():
            mark = tag("sup", it.mark, class_="mark") if it.mark else NOTHING
            spot = edition.spots.note(it.fact_id, anchor)
            return many([tag("a", it.text, class_="n", id=spot, href=receipt_path(it.fact_id)), mark])
        case Missing():
            shape = "hole short" if len(it.text) <= SHORT else "hole"
            if not it.fact_id:
                return tag("span", it.text, class_=shape)
            spot = edition.spots.note(it.fact_id, anchor)
            return tag("a", it.text, class_=shape, id=spot, href=receipt_path(it.fact_id))
        case PageRef():
            if it.section not in edition.sections:
                return tag("span", it.text, class_="hole")
            return tag("a", it.text, class_="ref", href=f"#{it.section}")


def inlines(edition: Edition, items: Inlines, anchor: str = "") -> Html:
    """One after the other; a section's name is set apart from a text that runs right up to it."""
    written: list[str] = []
    last = ""
    for it in items:
        if isinstance(it, PageRef) and last.isalnum():
            written.append(" ")
        written.append(inline(edition, it, anchor))
        last = it.text[-1:] or last
    return many(written)


def receipt_path(fact_id: str) -> str:
    return f"receipts/{fact_id}.html"


def block(edition: Edition, it: Block) -> Html:
    match it:
        case Heading():
            return heading(edition, it)
        case Paragraph():
            return tag("p", inlines(edition, it.inlines))
        case Bullets():
            return tag("ul", *[tag("li", inlines(edition, item)) for item in it.items], class_="bullets")
        case KeyFigures():
            return tag("dl", *[card(edition, item) for item in it.items], class_="cards")
        case Figure():
            return figure(edition, it)
        case Callout():
            return callout(edition, it)
        case _:
            return table_block(it, lambda items: inlines(edition, items), edition.word("notes"))


def heading(edition: Edition, it: Heading) -> Html:
    """Chapters are h2 on the page, so that sections are h3 and their parts h4."""
    if it.level == 2:
        edition.spots.section = it.id
    number = tag("span", it.number, class_="no") if it.number else NOTHING
    return tag(f"h{it.level + 1}", number, many([" "]) if it.number else NOTHING, it.text, id=it.id)


def card(edition: Edition, it: KeyFigure) -> Html:
    gap = "" if it.unit[:1] in "%‰" else " "
    unit = many([gap, tag("span", it.unit, class_="unit")]) if it.unit and isinstance(it.value, Number) else NOTHING
    note = tag("dd", it.note, class_="small") if it.note else NOTHING
    return tag("div", tag("dt", it.label), tag("dd", inline(edition, it.value), unit, class_="large"), note)


def figure(edition: Edition, it: Figure) -> Html:
    """The drawing, and the same data as a table behind a fold for those who cannot see it or want its receipts."""
    name = f"figure-{it.id}"
    drawing = tag("div", inline_svg(edition.charts[it.id], name, it.alt), class_="scroll drawing")
    data = NOTHING
    if it.table is not None:
        rows = plain_table(it.table, lambda items: inlines(edition, items, name))
        data = tag("details", tag("summary", edition.word("data_table")), tag("div", rows, class_="scroll"))
    return tag("figure", tag("figcaption", it.caption), drawing, data, id=name)


def callout(edition: Edition, it: Callout) -> Html:
    paragraphs = [tag("p", inlines(edition, p)) for p in it.paragraphs]
    return tag("div", tag("p", it.title, class_="title"), *paragraphs, class_=f"callout {it.kind}", role="note")
