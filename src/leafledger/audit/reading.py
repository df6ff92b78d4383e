"""Reads a document into everything that the rules look at: tables, sentences, headings, references and their numbers."""

from collections.abc import Iterable
from itertools import count

from leafledger.audit.document import Document
from leafledger.audit.furniture import furniture
from leafledger.audit.headings import headings
from leafledger.audit.meanings import understood
from leafledger.audit.mention import Heading, Reading, Reference
from leafledger.audit.prose import prose
from leafledger.audit.references import index_lines, references
from leafledger.audit.report_year import report_year
from leafledger.audit.sentences import sentences
from leafledger.audit.tables import tables


def reading(document: Document) -> Reading:
    """Every printed number of a document with what it is of, as far as its words tell."""
    drawn = tables(document)
    year = report_year(document, drawn)
    lines = {line.number: line.text for line in document.lines}
    known = tuple(understood(table, year, lines.get(table.where.line, "")) for table in drawn)
    rows = {row.where.line for table in known for row in table.rows if any(row.cells)}
    heads = headings(document, rows)
    refers = references(document, heads)
    inside = [cell for table in known for row in table.rows for cell in row.cells if cell is not None]
    ids = count(max((cell.id for cell in inside), default=0) + 1)
    said = prose(sentences(document, _taken(document, rows, heads, refers)), document.language, year, ids)
    return Reading(
        document=document,
        tables=known,
        mentions=(*inside, *said),
        headings=heads,
        references=refers,
        year=year,
    )


def _taken(
    document: Document, rows: Iterable[int], heads: Iterable[Heading], refers: Iterable[Reference]
) -> frozenset[int]:
    """The lines that are no sentences."""
    lines = {head.where.line for head in heads} | {one.where.line for one in refers}
    return frozenset({*rows, *lines, *index_lines(document), *furniture(document)})
