"""Runs of letters to lines in reading order: columns of text kept apart, cells of a row kept together."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leafledger.audit.read.glyphs import Run

WIDE = 0.9
"""A gap of so many letter heights parts two cells; a word's gap is a quarter, in a line set flush up to two thirds."""
SAME = 0.32
"""Baselines within so many letter heights of each other are one line."""


@dataclass(slots=True)
class Piece:
    """A cell of a row or a line of prose: runs that no wide gap parts."""

    runs: list[Run]
    left: float
    right: float
    y: float
    size: float

    @property
    def text(self) -> str:
        return joined(self.runs)[0]


Row = list[Piece]


def joined(runs: Sequence[Run]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text of runs side by side, and where in it letters stand raised."""
    marks: list[tuple[int, int]] = []
    text, right, size = "", 0.0, 0.0
    for run in runs:
        gap = run.left - right
        if text and not text.endswith(" ") and (gap > 0.3 * size if run.raised else run.space or gap > 0.22 * run.size):
            text += " "
        marks.extend((start + len(text), end + len(text)) for start, end in run.raised)
        text += run.text
        right, size = run.right, max(run.size, size)
    return text, tuple(marks)


def rows(runs: Iterable[Run]) -> list[Row]:
    """Lines from top to bottom, each a list of pieces from left to right. Small raised or lowered runs join their neighbour."""
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.y, run.left)):
        for line in reversed(lines[-3:]):
            if abs(run.y - line[0].y) <= SAME * min(run.size, line[0].size) and not _on_top(run, line):
                line.append(run)
                break
        else:
            lines.append([run])
    return [_pieces(line) for line in _with_raised(lines)]


def _on_top(run: Run, line: list[Run]) -> bool:
    """Would the run lie over what the line has there already? Then it is another line, set tight."""
    middle = (run.left + run.right) / 2
    return abs(run.y - line[0].y) > 0.1 * run.size and any(other.left < middle < other.right for other in line)


def _with_raised(lines: list[list[Run]]) -> list[list[Run]]:
    """Exponents, footnote marks and indices go to the line whose letters they touch."""
    kept = list(lines)
    for at, line in enumerate(lines):
        for run in line[:]:
            home = _home(run, at, lines)
            if home is not None:
                line.remove(run)
                home.append(run)
    return [line for line in kept if line]


def _home(run: Run, at: int, lines: list[list[Run]]) -> list[Run] | None:
    for near in (at + 1, at - 1, at + 2, at - 2):
        if not 0 <= near < len(lines):
            continue
        for other in lines[near]:
            lift = other.y - run.y
            if run.size > 0.85 * other.size or abs(lift) > 0.75 * other.size:
                continue
            touches = -0.5 * run.size < run.left - other.right < 0.4 * other.size
            leads = -0.5 * run.size < other.left - run.right < 0.3 * other.size
            if touches or leads:
                if lift > 0.1 * other.size:
                    run.raised = ((0, len(run.text)),)
                return lines[near]
    return None


def _pieces(line: list[Run]) -> Row:
    pieces: Row = []
    for run in sorted(line, key=lambda run: run.left):
        last = pieces[-1] if pieces else None
        if last is not None and run.left - last.right < WIDE * min(max(run.size, last.size), 14):
            last.runs.append(run)
            last.right = max(last.right, run.right)
            if not run.raised and run.size > last.size:
                last.size, last.y = run.size, run.y
        else:
            pieces.append(Piece([run], run.left, run.right, run.y, run.size))
    return pieces


REACH = 5
"""Lines above and below in which a column is looked for that a narrow gap may belong to."""
HANG = 2.6
"""A comma may hang out of its column by so much."""
_NUMERIC = re.compile(r"[<>(]?[-+]?[$€£¥₹]?\d[\d,.]*[)%]*|[-–—]+")


def parted(lines: Sequence[Row]) -> list[Row]:
    """Cells that stand too close for a wide gap, parted where the lines around have a column: its left edge, or a number's right."""
    once = [_parted(row, _edges(lines, at)) for at, row in enumerate(lines)]
    if sum(map(len, once)) == sum(map(len, lines)):
        return once
    return [_parted(row, _edges(once, at)) for at, row in enumerate(once)]


_Edges = tuple[list[float], list[float], list[float]]


def _edges(lines: Sequence[Row], at: int) -> _Edges:
    """Where other lines near have cells that begin after others, words that do, and numbers that end."""
    near = [
        row
        for n, row in enumerate(lines[max(0, at - REACH) : at + REACH + 1], max(0, at - REACH))
        if n != at and len(row) > 1
    ]
    cells = [piece for row in near for piece in row[1:]]
    numbers = [piece for row in near for piece in row if _NUMERIC.fullmatch(piece.text)]
    words = [piece.left for piece in cells if not _NUMERIC.fullmatch(piece.text)]
    return [piece.left for piece in cells], words, [piece.right for piece in numbers]


def _parted(row: Row, edges: _Edges) -> Row:
    if not edges[0] and not edges[2]:
        return row
    out: Row = []
    for piece in row:
        cuts = [gap for gap in _gaps(piece) if _is_column(piece, gap, edges)]
        out.extend(_cut(piece, cuts) if cuts else [piece])
    return out


_Gap = tuple[int, int, float, float]
"""Number of the run, place in its text (0: before the run), where the word before ends, where the next begins."""


def _gaps(piece: Piece) -> list[_Gap]:
    gaps: list[_Gap] = []
    for number, run in enumerate(piece.runs):
        if number and not run.raised and (run.space or run.left - piece.runs[number - 1].right > 0.18 * run.size):
            gaps.append((number, 0, piece.runs[number - 1].right, run.left))
        gaps.extend((number, place, end, start) for place, end, start in run.gaps)
    return gaps


def _is_column(piece: Piece, gap: _Gap, edges: _Edges) -> bool:
    lefts, words, rights = edges
    number, place, end, start = gap
    width, run = start - end, piece.runs[number]
    if width < 0.15 * piece.size:
        return False
    begins = sum(1 for left in lefts if abs(left - start) < 0.8)
    before = (run.text[:place] if place else piece.runs[number - 1].text).rsplit(" ", 1)[-1]
    after = (run.text[place + 1 :] if place else run.text).split(" ", 1)[0]
    if _NUMERIC.fullmatch(before):
        ends = sum(1 for right in rights if abs(right - end) < 0.8)
        numbers = bool(_NUMERIC.fullmatch(after))
        return begins >= 2 or (width > 0.2 * piece.size and (begins >= 1 or (ends >= 1 and numbers)))
    if width > 0.55 * piece.size and (begins or sum(1 for right in rights if abs(right - end) < HANG) >= 2):
        return True
    return sum(1 for left in words if abs(left - start) < 0.8) >= 2


def _cut(piece: Piece, cuts: list[_Gap]) -> Row:
    runs = list(piece.runs)
    groups: list[list[Run]] = [[]]
    for number, run in enumerate(runs):
        here = [cut for cut in cuts if cut[0] == number]
        begin, left = 0, run.left
        for _, place, end, start in here:
            if place == 0:
                groups.append([])
                continue
            groups[-1].append(_slice(run, begin, place, left, end))
            groups.append([])
            begin, left = place + 1, start
        groups[-1].append(_slice(run, begin, len(run.text), left, run.right))
    parts = [group for group in groups if group]
    return [Piece(group, group[0].left, max(run.right for run in group), piece.y, piece.size) for group in parts]


def _slice(run: Run, begin: int, end: int, left: float, right: float) -> Run:
    if begin == 0 and end == len(run.text):
        return run
    raised = tuple((max(a, begin) - begin, min(b, end) - begin) for a, b in run.raised if a < end and b > begin)
    gaps = [(place - begin, a, b) for place, a, b in run.gaps if begin < place < end]
    return Run(run.text[begin:end], left, right, run.y, run.size, run.first, run.space, raised, gaps)
