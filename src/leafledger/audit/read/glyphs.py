"""What a page of a PDF draws as text: runs of letters on one baseline, by the origins of their glyphs.

Baselines, not boxes: in many CJK fonts the box of "," is tiny, and grouping by boxes pulls separators off their line.
"""

import ctypes
import math
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

MOST_GLYPHS = 60_000
"""Of one page; a page of small print has some eight thousand. What is beyond is left out, and said."""

_SPACES = frozenset({9, 10, 13, 32, 0xA0, 0x1680, 0x202F, 0x205F, 0x3000, *range(0x2000, 0x200C)})
_UNKNOWN = frozenset({*range(32), 0xFFFD, 0xFFFE, 0xFFFF}) - {2, 9, 10, 13}
"""Codes that stand for no letter. 2 is how pdfium writes the hyphen of a broken word."""


@dataclass(slots=True)
class Run:
    """Letters that follow each other on one baseline with no wide gap. y: the baseline, from the top. first: its first glyph.

    space: is there a space before it? gaps: each space in it, as (place in `text`, where the word before ends, where the next begins).
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    first: int
    space: bool = False
    raised: tuple[tuple[int, int], ...] = ()
    gaps: list[tuple[int, float, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Glyphs:
    """What one page draws. bad: how many of its `total` glyphs have no known letter.

    turn: quarter turns clockwise from how a viewer shows it to how its words stand.
    """

    runs: list[Run]
    width: float
    height: float
    total: int
    bad: int
    turn: int = 0


def glyphs(page: Any) -> Glyphs:
    """The runs of a pypdfium2 page, sideways text left out unless most of the page is sideways."""
    words = page.get_textpage()
    left, bottom, right, top = page.get_bbox()
    box = (left, bottom, right, top)
    turn = shown = page.get_rotation() // 90 % 4
    total = min(pdfium.FPDFText_CountChars(words.raw), MOST_GLYPHS)
    runs, bad = _runs(words.raw, total, box, turn)
    single = [run for run in runs if len(run.text) == 1]
    if len(single) * 4 > len(runs):
        runs, bad, turn = _upright(words.raw, runs, single, total, box, turn, bad)
    width, height = (right - left, top - bottom) if turn % 2 == 0 else (top - bottom, right - left)
    return Glyphs(runs=runs, width=width, height=height, total=total, bad=bad, turn=(turn - shown) % 4)


def _upright(
    words: Any, runs: list[Run], single: list[Run], total: int, box: tuple[float, ...], turn: int, bad: int
) -> tuple[list[Run], int, int]:
    """Without sideways letters; if they are the most of the page, the page is read the way they stand."""
    angles = {id(run): round(math.degrees(pdfium.FPDFText_GetCharAngle(words, run.first)) / 90) % 4 for run in single}
    letters = sum(len(run.text) for run in runs)
    most, count = Counter(angles.values()).most_common(1)[0]
    if count * 2 > letters and (most + turn) % 4:
        turn = -most % 4
        runs, bad = _runs(words, total, box, turn)
        return runs, bad, turn
    return [run for run in runs if (angles.get(id(run), -turn % 4) + turn) % 4 == 0], bad, turn


def _runs(words: Any, total: int, box: tuple[float, ...], turn: int) -> tuple[list[Run], int]:
    letter_of, origin_of, loose_of = (
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_GetCharOrigin,
        pdfium.FPDFText_GetLooseCharBox,
    )
    x_, y_, around = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    x_at, y_at, box_at = ctypes.byref(x_), ctypes.byref(y_), ctypes.byref(around)
    left0, bottom, right0, top = box
    runs: list[Run] = []
    letters: list[str] = []
    run, space, bad, reach, last = None, False, 0, 0.0, 0.0
    for at in range(total):
        code = letter_of(words, at)
        if code in _SPACES:
            space = True
            continue
        if code in _UNKNOWN:
            bad += 1
            if code < 32:
                continue
        elif 0xE000 <= code <= 0xF8FF or code >= 0xF0000:
            bad += 1
        origin_of(words, at, x_at, y_at)
        loose_of(words, at, box_at)
        if turn == 0:
            x, y, end = x_.value - left0, top - y_.value, around.right - left0
        elif turn == 1:
            x, y, end = y_.value - bottom, x_.value - left0, max(around.top, around.bottom) - bottom
        elif turn == 2:
            x, y, end = right0 - x_.value, y_.value - bottom, right0 - around.left
        else:
            x, y, end = top - y_.value, right0 - x_.value, top - min(around.top, around.bottom)
        if run is not None and x > last - reach * 0.1 and x - run.right < reach * 0.9 and abs(y - run.y) < reach * 0.06:
            if space or x - run.right > reach * 0.3:
                run.gaps.append((len(letters), run.right, x))
                letters.append(" ")
            letters.append(chr(code))
            run.right = max(run.right, _end(x, end, code, reach))
        else:
            if run is not None:
                run.text = "".join(letters)
            reach = _size(words, at)
            run = Run("", x, _end(x, end, code, reach), y, reach, at, space)
            runs.append(run)
            letters = [chr(code)]
        space, last = False, x
    if run is not None:
        run.text = "".join(letters)
    return runs, bad


def _end(left: float, right: float, code: int, size: float) -> float:
    """Where a letter ends; some fonts do not tell how wide their letters are, or tell nonsense."""
    if size * 0.1 < right - left < size * 2.5:
        return right
    return left + size * (0.5 if code < 0x2E80 else 1.0)


def _size(words: Any, at: int) -> float:
    """The height of the letters in points as drawn; the font's own size says little where the page is scaled."""
    matrix = pdfium.FS_MATRIX()
    size = float(pdfium.FPDFText_GetFontSize(words, at))
    if pdfium.FPDFText_GetMatrix(words, at, ctypes.byref(matrix)):
        size *= math.hypot(matrix.c, matrix.d)
    return min(max(size, 1.0), 400.0)
