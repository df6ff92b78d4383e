"""Puts the sentences of a report together again from its lines, columns apart, and knows on which line each of their letters stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from leafledger.audit.document import Box, Document, Line, Page, Span
from leafledger.audit.fold import fold
from leafledger.audit.mention import Where
from leafledger.audit.normal import weight

LONGEST = 900
"""Letters beyond which what looks like one sentence is none."""
_END = re.compile(r"(?<=[。！？!?])(?![」』”’）)])|(?<=[。！？][」』”’）)])|(?<=[a-z\d)%”\"]\.)\s+(?=[A-Z“\"])")
_CLOSED = re.compile(r"[。！？!?；;:：」』”.]\s*\d{0,2}$")
_BULLET = re.compile(r"\s*(?:[·•‧∙▪■◆●○*>»➢✓♦–—]|\(?\d{1,2}[.)、]\s|-\s)")
_SECTION = re.compile(r"\s*\d{1,2}(?:\.\d{1,2}){1,3}\s?[^\d\s%.,]")
_LATIN_END = re.compile(r"[A-Za-z\d,;:)%'’”\"&]$")
_LATIN_START = re.compile(r"[A-Za-z\d(“\"'$€£&]")
SHORT, FULL = 22, 30


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a line within a sentence; start: where it begins there, cut: how much of the span's head is not in it."""

    start: int
    line: Line
    span: Span
    cut: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """text: as printed, its lines joined. raised: where letters stand raised in it."""

    text: str
    pieces: tuple[Piece, ...]
    raised: tuple[tuple[int, int], ...] = ()

    @property
    def folded(self) -> str:
        return fold(self.text)

    @property
    def line(self) -> Line:
        return self.pieces[0].line

    def where(self, start: int = 0, end: int | None = None) -> Where:
        """The place of some of its letters; the box is theirs as far as even letters tell."""
        piece = [one for one in self.pieces if one.start <= start][-1]
        return Where(
            page=piece.line.page,
            line=piece.line.number,
            quote=self.text[:400],
            box=_box(piece, start, end if end is not None else len(self.text)),
        )


def _box(piece: Piece, start: int, end: int) -> Box | None:
    box, letters = piece.span.box, len(piece.span.text)
    if box is None or not letters:
        return box
    step = (box.right - box.left) / letters
    left, right = start - piece.start + piece.cut, end - piece.start + piece.cut
    return Box(
        box.left + step * max(left, 0), box.top, box.left + step * min(max(right, left + 1), letters), box.bottom
    )


def sentences(document: Document, taken: frozenset[int] = frozenset()) -> tuple[Sentence, ...]:
    """Every sentence in order. taken: lines that are read otherwise (tables, indices, running heads); a paragraph ends there."""
    return tuple(
        sentence for page in document.pages for paragraph in _paragraphs(page, taken) for sentence in _split(paragraph)
    )


def _paragraphs(page: Page, taken: frozenset[int]) -> Iterator[list[tuple[Line, Span]]]:
    """Runs of spans that go on in one another: in one column, of one size, the one before not closed or full."""
    open_ones: list[list[tuple[Line, Span]]] = []
    for line in page.lines:
        if line.number in taken:
            yield from open_ones
            open_ones = []
            continue
        for span in _joined(line):
            home = next((one for one in reversed(open_ones[-4:]) if _goes_on(one[-1], (line, span))), None)
            if home is None:
                open_ones.append([(line, span)])
            else:
                home.append((line, span))
    yield from open_ones


def _joined(line: Line) -> Iterator[Span]:
    """The spans of a line, a bullet with what follows it; of a file without places, all of them as one."""
    spans = [span for span in line.spans if span.text.strip()]
    if len(spans) > 1 and (spans[0].box is None or (not line.cells and len(spans[0].text.strip()) < 3)):
        head = 1 if spans[0].box is not None else len(spans) - 1
        text = " ".join(span.text for span in spans[: head + 1])
        first, last = spans[0].box, spans[head].box
        box = (
            Box(first.left, min(first.top, last.top), last.right, max(first.bottom, last.bottom))
            if first and last
            else None
        )
        yield Span(text=text, box=box, size=spans[head].size)
        spans = spans[head + 1 :]
    yield from spans


def _goes_on(before: tuple[Line, Span], after: tuple[Line, Span]) -> bool:
    (line, span), (next_line, next_span) = before, after
    if line is next_line or _BULLET.match(next_span.text) or _SECTION.match(next_span.text) or len(line.spans) > 6:
        return False
    if span.box is None or next_span.box is None:
        return _flows(span.text, next_span.text)
    size = max(span.size, next_span.size, 6)
    gap = next_span.box.top - span.box.bottom
    near = -size < gap < 1.2 * size and abs(next_span.box.left - span.box.left) < 3 * size
    return near and abs(span.size - next_span.size) < 0.2 * size and not line.cells


def _flows(text: str, after: str) -> bool:
    """Without places: a full line that is not closed, or a closed one within a paragraph, goes on in a line of words."""
    return weight(text) >= FULL and not (weight(after) < SHORT and not _CLOSED.search(after) and _CLOSED.search(text))


def _split(runs: list[tuple[Line, Span]]) -> Iterator[Sentence]:
    text = ""
    pieces: list[Piece] = []
    raised: list[tuple[int, int]] = []
    for line, span in runs:
        gap = " " if text and _LATIN_END.search(text[-1:]) and _LATIN_START.match(span.text) else ""
        if text.endswith("-") and re.match(r"[a-z]", span.text) and re.search(r"[a-z]-$", text):
            text = text[:-1]
        start = len(text) + len(gap)
        pieces.append(Piece(start, line, span))
        raised.extend((start + first, start + last) for first, last in span.raised)
        text += gap + span.text
    at = 0
    for end in [*(found.start() for found in _END.finditer(text)), len(text)]:
        begin = at + len(text[at:end]) - len(text[at:end].lstrip())
        if begin < end <= begin + LONGEST:
            yield _cut(text, pieces, raised, begin, end)
        at = end


def _cut(text: str, pieces: list[Piece], raised: list[tuple[int, int]], begin: int, end: int) -> Sentence:
    within = [one for one in pieces if one.start < end]
    first = max(at for at, one in enumerate(within) if one.start <= begin)
    kept = [Piece(max(0, one.start - begin), one.line, one.span, max(0, begin - one.start)) for one in within[first:]]
    marks = tuple((start - begin, stop - begin) for start, stop in raised if begin <= start < end)
    return Sentence(text=text[begin:end].rstrip(), pieces=tuple(kept), raised=marks)
