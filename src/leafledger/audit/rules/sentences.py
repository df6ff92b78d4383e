"""The sentences of a report, put together again from its lines, without its tables and indices."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from leafledger.audit.document import Line
from leafledger.audit.fold import fold
from leafledger.audit.mention import Reading, Where

LONGEST = 700
_END = re.compile(r"(?<=[。！？!?])(?![」』”’）)])|(?<=[。！？][」』”’）)])|(?<=[a-z\d)%”\"]\.)\s+(?=[A-Z“\"])")
_BULLET = re.compile(r"^(?:[·•‧∙▪■◆●○*>»➢✓]|\d{1,2}[.)、]\s|[-–—]\s)")
_LATIN_END = re.compile(r"[A-Za-z\d,;:)%'’”\"]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """text: as printed, lines joined. folded: in one script. first, last: its lines."""

    text: str
    folded: str
    page: int
    first: int
    last: int
    note: bool = False

    @property
    def where(self) -> Where:
        return Where(page=self.page, line=self.first, quote=self.text)


def sentences(reading: Reading) -> tuple[Sentence, ...]:
    """Every sentence, in order."""
    return _sentences(id(reading), _Held(reading))


class _Held:
    """Lets a reading be kept by its identity: to hash all that it holds would take longer than the work."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def __hash__(self) -> int:
        return id(self.reading)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.reading is self.reading


@lru_cache(maxsize=2)
def _sentences(_: int, held: _Held) -> tuple[Sentence, ...]:
    reading = held.reading
    tabled = {row.where.line for table in reading.tables for row in table.rows if any(row.cells)}
    tabled |= {reference.where.line for reference in reading.references}
    apart = {heading.where.line for heading in reading.headings}
    found: list[Sentence] = []
    for paragraph in _paragraphs(reading, tabled, apart):
        found.extend(_split(paragraph))
    return tuple(found)


def _paragraphs(reading: Reading, tabled: set[int], apart: set[int]) -> Iterator[list[Line]]:
    """Lines that go on: until a bullet, a heading, a table or another page that begins anew."""
    now: list[Line] = []
    for line in reading.document.lines:
        text = line.text.strip()
        if not text:
            continue
        breaks = line.number in tabled or line.number in apart or bool(_BULLET.match(text))
        if now and (breaks or sum(len(one.text) for one in now) > 4 * LONGEST):
            yield now
            now = []
        if line.number in tabled:
            continue
        now.append(line)
        if line.number in apart:
            yield now
            now = []
    if now:
        yield now


def _split(lines: list[Line]) -> Iterator[Sentence]:
    """The sentences of a paragraph, each with the lines it stands on."""
    text, starts = "", []
    for line in lines:
        piece = line.text.strip()
        gap = " " if text and _LATIN_END.search(text[-1:]) and re.match(r"[A-Za-z\d(“\"'$]", piece) else ""
        starts.append((len(text) + len(gap), line))
        text += gap + piece
    at = 0
    for end in [*(found.start() for found in _END.finditer(text)), len(text)]:
        piece = text[at:end].strip()
        if piece and len(piece) <= LONGEST:
            begin = at + (len(text[at:end]) - len(text[at:end].lstrip()))
            first = _line_at(starts, begin)
            last = _line_at(starts, max(begin, end - 1))
            yield Sentence(
                text=piece, folded=fold(piece), page=first.page, first=first.number, last=last.number
            )
        at = end


def _line_at(starts: list[tuple[int, Line]], place: int) -> Line:
    return [line for start, line in starts if start <= place][-1]
