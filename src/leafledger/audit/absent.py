"""Reads the strokes and words by which a table says that there is no number: ╱, —, n/a, nil. Absent is not zero."""

import re
from collections.abc import Iterator

_MARKS = r"(?:-{1,3}%?|/|n/a|n\.a\.?|na|nil|不适用|未披露|不涉及|暂无|not applicable|not available|not disclosed)"
_AMONG = re.compile(rf"(?<!\S){_MARKS}(?!\S)", re.IGNORECASE)
_CELL = re.compile(rf"(?:{_MARKS}|none|无|nd|n\.d\.|\*)\s*[*#^]*", re.IGNORECASE)
_COLUMN = re.compile(r"[(<>≥≤~]?[-+]?[$€£¥₹]?\d[\d,.]*[)%]*[*#^]?")
_WORD = re.compile(r"\S+")
LONG = 40
"""A lone stroke at the end of a longer text than this parts alternatives."""


def is_absent(folded: str) -> bool:
    """Does a whole cell say so?"""
    return bool(_CELL.fullmatch(folded.strip()))


def absences(folded: str) -> Iterator[tuple[int, int]]:
    """(start, end) of marks where nothing but numbers follows to the end of the line, and something stands before them."""
    words = list(_WORD.finditer(folded))
    tail = next((n for n in range(len(words), 0, -1) if not _is_column(words[n - 1].group())), 0)
    for mark in _AMONG.finditer(folded, words[tail].start()) if tail < len(words) else ():
        ahead, rest = folded[: mark.start()].strip(), folded[mark.end() :].strip()
        if not (ahead or rest):
            continue
        alone = mark.group() == "/" and not rest and len(ahead) > LONG and not re.search(r"[\d%/-]$", ahead)
        if not alone:
            yield mark.span()


def _is_column(word: str) -> bool:
    return bool(_COLUMN.fullmatch(word) or _AMONG.fullmatch(word) or word in ("%", "|"))
