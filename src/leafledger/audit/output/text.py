"""Verdicts for a terminal: the surest first, each with its places, its arithmetic and what would settle it."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from leafledger.audit.output.plain import CERTAINTIES, Row, counts, quote, rows, where
from leafledger.audit.report import Audited
from leafledger.audit.words import word

STYLES = {"certain": "bold red", "likely": "yellow", "question": "cyan"}
SHOWN = 4
"""Places of one verdict that are written out; a page shows them all."""


def as_text(audited: Audited, language: str) -> RenderableType:
    return Group(*_parts(audited, language))


def _parts(audited: Audited, language: str) -> Iterator[RenderableType]:
    every = list(rows(audited, language))
    for certainty in CERTAINTIES:
        these = [row for row in every if row.verdict.certainty == certainty]
        if these:
            yield _heading(certainty, len(these), language)
            for row in these:
                yield _one(audited, row, language)
    yield _summary(audited, language)


def _heading(certainty: str, number: int, language: str) -> Text:
    style = STYLES[certainty]
    return Text.assemble(
        (f"{word(certainty, language)} ", style),
        (f"{number}", style),
        (f"  {word(f'{certainty}_means', language)}\n", "dim"),
    )


def _one(audited: Audited, row: Row, language: str) -> RenderableType:
    head = Text.assemble((f"{row.number:>3}  ", "dim"), (row.message, "bold"))
    lines = [
        Text.assemble((f"{where(audited, place, language)}: ", "green"), quote(place))
        for place in row.verdict.places[:SHOWN]
    ]
    if len(row.verdict.places) > SHOWN:
        lines.append(Text(f"+ {len(row.verdict.places) - SHOWN}", "dim"))
    if row.verdict.proof:
        lines.append(Text(row.verdict.proof, "magenta"))
    if row.settle:
        lines.append(Text(row.settle, "dim"))
    return Group(head, *(Padding(line, (0, 0, 0, 5)) for line in lines), Text())


def _summary(audited: Audited, language: str) -> Text:
    found = counts(audited)
    text = Text()
    if not audited.verdicts:
        text.append(word("nothing", language) + "\n", "bold green")
    else:
        pieces = [(f"{word(certainty, language)} {number}", STYLES[certainty]) for certainty, number in found.items()]
        for at, (piece, style) in enumerate(pieces):
            text.append(" · " if at else "", "dim")
            text.append(piece, style)
        text.append("\n")
    document, reading = audited.document, audited.reading
    sizes = ((document.pages, "pages"), (reading.tables, "tables"), (reading.mentions, "numbers"))
    read = ", ".join(f"{len(of):,} {word(key, language)}" for of, key in sizes)
    text.append(f"{document.name}: {read}", "dim")
    for warning in audited.warnings:
        text.append(f"\n{warning}", "yellow")
    return text
