"""Which table a note belongs to."""

from leafledger.audit.mention import Reading, Table
from leafledger.audit.rules.sentences import Sentence

NEAR = 40
"""Lines below a table in which its notes stand."""


def note_of(reading: Reading, sentence: Sentence) -> Table | None:
    """The table that ends shortly above a sentence: the nearest one."""
    above = [(end_of(table), table) for table in reading.tables if end_of(table) <= sentence.first]
    end, table = max(above, key=lambda pair: pair[0], default=(0, None))
    return table if table and sentence.first - end <= NEAR else None


def end_of(table: Table) -> int:
    """Its last line."""
    return max((row.where.line for row in table.rows), default=table.where.line)
