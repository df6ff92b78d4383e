"""The sentences of a reading, kept for all checks: those of its text, without its tables and indices."""

from dataclasses import dataclass
from functools import lru_cache

from leafledger.audit import sentences as whole
from leafledger.audit.mention import Reading, Where

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


class _Held:
    """Lets a reading be kept by what it is, not by all that it holds, which would take longer than the work."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def __hash__(self) -> int:
        return id(self.reading)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.reading is self.reading


def sentences(reading: Reading) -> tuple[Sentence, ...]:
    """Every sentence, in order."""
    return _sentences(_Held(reading))


@lru_cache(maxsize=2)
def _sentences(held: _Held) -> tuple[Sentence, ...]:
    reading = held.reading
    taken = {row.where.line for table in reading.tables for row in table.rows if any(row.cells)}
    taken |= {reference.where.line for reference in reading.references}
    taken |= {heading.where.line for heading in reading.headings}
    found = whole.sentences(reading.document, frozenset(taken))
    return tuple(
        Sentence(text=one.text, folded=one.folded, page=one.line.page, first=one.line.number, place=one)
        for one in found
        if one.text.strip() and len(one.text) <= LONGEST
    )
