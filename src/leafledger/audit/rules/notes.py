"""Which table a note belongs to."""

import re

from leafledger.audit.mention import Reading, Table
from leafledger.audit.rules.sentences import Sentence

HEAD = re.compile(r"\s*(?:附?[註注]|notes?)\s*[:：]?", re.I)
MARK = re.compile(r"\s*(?:\(?\d{1,2}[.)、]|[a-z]\s|[*#])")
NEAR = 40
"""Lines below a table in which its notes stand."""


def note_of(reading: Reading, sentence: Sentence) -> Table | None:
    """The table that ends shortly above a sentence: the nearest one."""
    above = [(end_of(table), table) for table in reading.tables if end_of(table) <= sentence.first]
    end, table = max(above, key=lambda pair: pair[0], default=(0, None))
    return table if table and sentence.first - end <= NEAR else None


def is_note(reading: Reading, sentence: Sentence) -> bool:
    """Does it stand under the word Notes below its table, or begin with a mark as notes do?"""
    table = note_of(reading, sentence)
    if table is None:
        return False
    between = (line.text for line in reading.document.lines if end_of(table) < line.number <= sentence.first)
    return bool(MARK.match(sentence.text)) or any(HEAD.match(text) for text in between)


def end_of(table: Table) -> int:
    """Its last line."""
    return max((row.where.line for row in table.rows), default=table.where.line)
