"""Walks a report's blocks to the words and figures in them, whatever is to be done with those."""

from collections.abc import Iterator

from leafledger.report.blocks import (
    Block,
    Bullets,
    Callout,
    Figure,
    Heading,
    Inline,
    KeyFigures,
    Paragraph,
    Table,
)


def inlines_of(block: Block) -> Iterator[Inline]:
    """Every inline of a block, in its order: of a chart those of its data, of a table its cells and then its notes."""
    match block:
        case Paragraph():
            yield from block.inlines
        case Bullets():
            yield from (it for item in block.items for it in item)
        case KeyFigures():
            yield from (item.value for item in block.items)
        case Callout():
            yield from (it for paragraph in block.paragraphs for it in paragraph)
        case Table():
            yield from (it for row in block.rows for cell in row.cells for it in cell)
            yield from (it for note in block.notes for it in note)
        case Figure():
            yield from inlines_of(block.table) if block.table else ()
        case Heading():
            return
