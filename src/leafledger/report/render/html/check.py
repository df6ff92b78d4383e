"""What would make a site lead nowhere or stand for two things, found before anything is written."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from leafledger.core.finding import Finding, Place
from leafledger.report.blocks import (
    Block,
    Bullets,
    Callout,
    Chapter,
    Figure,
    Heading,
    Inline,
    Inlines,
    KeyFigures,
    Missing,
    Number,
    Paragraph,
    Report,
    Table,
)
from leafledger.report.receipt import Receipt

_FACT = re.compile(r"[A-Za-z0-9_-]{1,64}")
_HASH = re.compile(r"[0-9a-f]{64}")
_UP = frozenset({"", ".", ".."})


def check_site(
    reports: Mapping[str, Report],
    receipts: Mapping[str, Mapping[str, Receipt]],
    charts: Mapping[str, Mapping[str, bytes]],
) -> Iterator[Finding]:
    for language, report in reports.items():
        yield from _dead_ends(report, receipts[language])
        yield from _not_drawn(report, charts[language])
        yield from _named_twice(report)
        yield from _unsafe(language, receipts[language])


def _dead_ends(report: Report, receipts: Mapping[str, Receipt]) -> Iterator[Finding]:
    for chapter in report.chapters:
        for it in inlines_of(chapter):
            if isinstance(it, Number | Missing) and it.fact_id and it.fact_id not in receipts:
                yield Finding(
                    rule="html.no_receipt",
                    template="{key} is printed but has no receipt, so its link would lead nowhere: make a receipt for every figure",
                    values={"key": it.key},
                    place=Place(name=f"{report.language}/{chapter.id}"),
                )
            elif isinstance(it, Number) and not it.fact_id:
                yield Finding(
                    rule="html.no_fact",
                    template="the number {text} has no fact behind it, so no one could check it: print a reference to a figure",
                    values={"text": it.text},
                    place=Place(name=f"{report.language}/{chapter.id}"),
                )


def _not_drawn(report: Report, charts: Mapping[str, bytes]) -> Iterator[Finding]:
    for chapter in report.chapters:
        for it in chapter.blocks:
            if isinstance(it, Figure) and it.id not in charts:
                yield Finding(
                    rule="html.figure_without_chart",
                    template="the chart of figure {figure} was not drawn, so its place would be empty: draw it before rendering",
                    values={"figure": it.id},
                    place=Place(name=f"{report.language}/{chapter.id}"),
                )


def _named_twice(report: Report) -> Iterator[Finding]:
    blocks = [it for chapter in report.chapters for it in chapter.blocks]
    ids = Counter(chapter.id for chapter in report.chapters)
    ids.update(it.id for it in blocks if isinstance(it, Heading))
    ids.update(f"figure-{it.id}" for it in blocks if isinstance(it, Figure))
    ids.update(f"table-{it.id}" for it in blocks if isinstance(it, Table))
    for name, count in ids.items():
        if count > 1:
            yield Finding(
                rule="html.named_twice",
                template="{count} parts of the report are called {name}, so a link could mean either: give each its own id",
                values={"name": name, "count": count},
                place=Place(name=report.language),
            )


def _unsafe(language: str, receipts: Mapping[str, Receipt]) -> Iterator[Finding]:
    """Fact ids and hashes become names of files, so they may hold nothing that a path would understand."""
    for fact_id, receipt in receipts.items():
        files = [file for entry in receipt.entries for file in entry.evidence]
        bad = [] if _FACT.fullmatch(fact_id) else [fact_id]
        bad += [f"{file.sha256}/{file.name}" for file in files if not _HASH.fullmatch(file.sha256) or file.name in _UP]
        for name in bad:
            yield Finding(
                rule="html.unsafe_name",
                template="{name} cannot be the name of a file of the site; fact ids are letters and digits, evidence is named by its SHA-256",
                values={"name": name},
                place=Place(name=f"{language}/{receipt.key}"),
            )


def inlines_of(chapter: Chapter) -> Iterator[Inline]:
    for it in chapter.blocks:
        for group in _groups(it):
            yield from group


def _groups(it: Block) -> Iterator[Inlines]:
    match it:
        case Paragraph():
            yield it.inlines
        case Bullets():
            yield from it.items
        case KeyFigures():
            yield from ((card.value,) for card in it.items)
        case Callout():
            yield from it.paragraphs
        case Table():
            yield from (cell for row in it.rows for cell in row.cells)
            yield from it.notes
        case Figure():
            yield from _groups(it.table) if it.table else ()
        case Heading():
            return
