"""Runs of letters to lines in reading order: columns of text kept apart, cells of a row kept together."""

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
    text, right = "", None
    for run in runs:
        if right is not None and not text.endswith(" ") and (run.space or run.left - right > 0.22 * run.size):
            text += " "
        marks.extend((start + len(text), end + len(text)) for start, end in run.raised)
        text += run.text
        right = run.right
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
