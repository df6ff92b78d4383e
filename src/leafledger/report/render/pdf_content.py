"""A report as plain data for the Typst template, which shows every text as it is and reads none of it as markup."""

from collections.abc import Mapping
from typing import Any

from leafledger.report.blocks import (
    Block,
    Bullets,
    Callout,
    Chapter,
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
    Report,
    Strong,
    Table,
    Words,
)
from leafledger.report.render.pdf_words import paper_words

Data = dict[str, Any]


def content(report: Report, charts: Mapping[str, bytes], receipt_url: str = "") -> Data:
    """Everything that is printed. receipt_url: where a number's receipt is found, with `{fact_id}` in it, or empty."""
    words = paper_words(report)
    known = section_ids(report)

    def inline(it: Inline) -> Data:
        match it:
            case Words():
                return {"kind": "words", "text": it.text}
            case Strong():
                return {"kind": "strong", "text": it.text}
            case Number():
                url = receipt_url.format(fact_id=it.fact_id)
                return {"kind": "number", "text": it.text, "mark": it.mark, "url": url}
            case Missing():
                return {"kind": "missing", "text": it.text}
            case PageRef():
                return {"kind": "page_ref", "section": it.section, "text": it.text, "known": it.section in known}

    def inlines(items: Inlines) -> list[Data]:
        return [inline(it) for it in items]

    def card(it: KeyFigure) -> Data:
        return {"value": inline(it.value), "unit": it.unit, "label": it.label, "note": it.note}

    def table(it: Table) -> Data:
        return {
            "kind": "table",
            "caption": it.caption,
            "header": list(it.header),
            "rows": [{"kind": row.kind, "cells": [inlines(c) for c in row.cells]} for row in it.rows],
            "widths": list(it.widths),
            "align": it.align,
            "notes": [inlines(note) for note in it.notes],
        }

    def block(it: Block) -> Data:
        match it:
            case Heading():
                return {"kind": "heading", "id": it.id, "level": it.level, "text": it.text, "number": it.number}
            case Paragraph():
                return {"kind": "paragraph", "inlines": inlines(it.inlines)}
            case Bullets():
                return {"kind": "bullets", "items": [inlines(item) for item in it.items]}
            case KeyFigures():
                return {"kind": "key_figures", "items": [card(item) for item in it.items]}
            case Table():
                return table(it)
            case Figure():
                alt = spoken(it, words)
                svg = charts[it.id].decode()
                return {"kind": "figure", "caption": it.caption, "alt": alt, "svg": svg, "width": it.width}
            case Callout():
                paragraphs = [inlines(p) for p in it.paragraphs]
                return {"kind": "callout", "about": it.kind, "title": it.title, "paragraphs": paragraphs}

    def chapter(it: Chapter) -> Data:
        return {
            "id": it.id,
            "number": it.number,
            "title": it.title,
            "lead": it.lead,
            "goals": list(it.goals),
            "opener": it.opener,
            "blocks": [block(b) for b in it.blocks],
        }

    return {
        "language": report.language,
        "company": report.company,
        "legal_name": report.legal_name,
        "contact": report.contact,
        "title": report.title,
        "period": report.period,
        "draft": report.draft,
        "digest": report.digest,
        "key_fingerprint": report.key_fingerprint,
        "cover_note": report.cover_note,
        "description": words["description"],
        "words": words,
        "chapters": [chapter(it) for it in report.chapters],
    }


def section_ids(report: Report) -> dict[str, str]:
    """The text of every heading that a PageRef can name: chapters, sections and their parts."""
    named: dict[str, str] = {}
    for chapter in report.chapters:
        named[chapter.id] = chapter.title
        named.update({b.id: b.text for b in chapter.blocks if isinstance(b, Heading)})
    return named


def plain(items: Inlines) -> str:
    return "".join(it.text for it in items)


def spoken(figure: Figure, words: Mapping[str, str]) -> str:
    """What a reader hears in place of a chart: what it shows, then each row of its data, every value after its heading."""
    if figure.table is None:
        return figure.alt
    _, *heads = figure.table.header
    rows = [(plain(row.cells[0]), row.cells[1:]) for row in figure.table.rows if row.kind != "group"]
    said = [
        name
        + words["colon"]
        + words["comma"].join(f"{head} {plain(cell)}" for head, cell in zip(heads, cells, strict=False))
        for name, cells in rows
    ]
    return f"{figure.alt} {words['data']}{words['colon']}{words['semicolon'].join(said)}{words['stop']}"
