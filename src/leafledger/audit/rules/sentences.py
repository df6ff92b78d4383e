"""The sentences of a reading, without its tables and indices."""

from dataclasses import dataclass

from leafledger.audit import sentences as whole
from leafledger.audit.mention import Reading, Where
from leafledger.audit.references import index_lines
from leafledger.audit.rules.once import once

LONGEST = 700


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """text: as printed, lines joined. folded: the same in one script. first: the line it begins on."""

    text: str
    folded: str
    page: int
    first: int
    place: whole.Sentence

    @property
    def where(self) -> Where:
        return self.place.where()

    def part(self, start: int, end: int) -> Where:
        """The place of some of its letters."""
        return self.place.where(start, end)


@once
def indexed(reading: Reading) -> frozenset[int]:
    """The lines of content indices."""
    return index_lines(reading.document) | {reference.where.line for reference in reading.references}


@once
def sentences(reading: Reading) -> tuple[Sentence, ...]:
    """Every sentence, in order."""
    taken = {row.where.line for table in reading.tables for row in table.rows if any(row.cells)}
    taken |= {heading.where.line for heading in reading.headings}
    found = whole.sentences(reading.document, indexed(reading) | taken)
    return tuple(
        Sentence(text=one.text, folded=one.folded, page=one.line.page, first=one.line.number, place=one)
        for one in found
        if one.text.strip() and len(one.text) <= LONGEST
    )
