"""The order in which a page is read: where two columns of text stand side by side, first the left, then the right."""

import re
from bisect import bisect_left
from collections import Counter

from leafledger.audit.read.glyphs import Run
from leafledger.audit.read.layout import Row, parted, rows

GUTTER = 24.0
"""No more than so far left of where a column begins is the gap looked for: a larger heading may hang out a little."""
LEAST = 4
"""Lines that a column of text has at the least."""
_WORDS = re.compile(r"[^\W\d_]")
_WIDE_LETTERS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def ordered(runs: list[Run]) -> list[Row]:
    """The lines of a page in reading order."""
    return _ordered(parted(rows(runs)), depth=0)


def _ordered(lines: list[Row], depth: int) -> list[Row]:
    if depth > 6 or len(lines) < LEAST:
        return lines
    for x in _gutters(lines):
        band = _band(lines, x)
        if band is None:
            continue
        start, end = band
        sides = _cut(lines[start:end], x)
        if _are_columns(sides, lines[start:end], x):
            before = _ordered(lines[:start], depth + 1)
            after = _ordered(lines[end:], depth + 1)
            halves = [
                _ordered(parted(rows([run for row in side for piece in row for run in piece.runs])), depth + 1)
                for side in sides
            ]
            return [*before, *halves[0], *halves[1], *after]
    return lines


def _gutters(lines: list[Row]) -> list[float]:
    """Places between columns: before where pieces begin that have something to their left, the most frequent first."""
    starts = Counter(round(piece.left) for row in lines for piece in row[1:])
    margin = min(row[0].left for row in lines) + 40
    starts.update(round(row[0].left) for row in lines if row[0].left > margin)
    best = [(starts[x - 1] + starts[x] + starts[x + 1], x) for x in starts]
    usual = [x for count, x in sorted(best, key=lambda pair: (-pair[0], pair[1])) if count >= LEAST][:8]
    rights = sorted(piece.right for row in lines for piece in row)
    return [max(x - GUTTER, (_last_before(rights, x - 1.0) + x) / 2) for x in usual]


def _last_before(rights: list[float], x: float) -> float:
    at = bisect_left(rights, x)
    return rights[at - 1] if at else x


def _band(lines: list[Row], x: float) -> tuple[int, int] | None:
    """The longest stretch of lines that nothing crosses at x and that has both sides."""
    best, start = None, None
    for at in range(len(lines) + 1):
        crossed = at == len(lines) or any(piece.left < x - 1 and piece.right > x + 1 for piece in lines[at])
        if crossed:
            if start is not None and (best is None or at - start > best[1] - best[0]):
                best = (start, at)
            start = None
        elif start is None:
            start = at
    return best if best and best[1] - best[0] >= LEAST else None


def _cut(lines: list[Row], x: float) -> tuple[list[Row], list[Row]]:
    left = [[piece for piece in row if piece.right <= x + 1] for row in lines]
    right = [[piece for piece in row if piece.right > x + 1] for row in lines]
    return [row for row in left if row], [row for row in right if row]


def _are_columns(sides: tuple[list[Row], list[Row]], lines: list[Row], x: float) -> bool:
    """Are both sides text of their own, rather than cells of the same rows?"""
    left, right = sides
    if len(left) < LEAST or len(right) < LEAST:
        return False
    if min(_numbers(left), _numbers(right)) < 0.5 <= max(_numbers(left), _numbers(right)):
        return False
    shared = sum(1 for row in lines if row[0].right <= x + 1 < row[-1].right) / min(len(left), len(right))
    prose = min(_prose(left), _prose(right))
    return prose >= 0.5 or (prose >= 0.2 and shared < 0.5) or shared < 0.25


def _numbers(lines: list[Row]) -> float:
    """The share of lines that are nothing but numbers."""
    return sum(1 for row in lines if not any(len(_WORDS.findall(piece.text)) > 2 for piece in row)) / len(lines)


def _prose(lines: list[Row]) -> float:
    """The share of lines that read as text: one piece, of some length, mostly letters."""
    good = 0
    for row in lines:
        text = " ".join(piece.text for piece in row)
        letters = len(_WORDS.findall(text)) + len(_WIDE_LETTERS.findall(text))
        good += len(row) == 1 and letters >= 24 and letters >= 0.6 * len(text.replace(" ", ""))
    return good / len(lines)
