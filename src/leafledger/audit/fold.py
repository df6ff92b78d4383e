"""Writes a text in one spelling, letter for letter, so that words compare alike and places stay where they were."""

import unicodedata
from functools import lru_cache
from pathlib import Path

from leafledger.library.load import LIBRARY

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
"""Kept as they are: as plain digits they would join the number before them."""
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣ー─━"), "-")
_SPACES = {ord("\u3000"): " ", ord("\t"): " "} | dict.fromkeys(map(ord, "\u2007\u2009\u202f"), "\u00a0")
"""Spaces that do not break (a group of digits may be parted by one) stay apart from those that do."""


def scripts(path: Path = LIBRARY / "audit" / "scripts.txt") -> dict[int, str]:
    """Traditional letter → simplified letter."""
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (pair for line in lines if not line.startswith("#") for pair in line.split())
    return {ord(pair[0]): pair[1] for pair in pairs}


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    """Full-width and compatibility letters as NFKC writes them where that is one letter, then simplified."""
    table = dict(scripts())
    for code in (*range(0x2000, 0x2460), *range(0x2500, 0x33FF), *range(0xF900, 0xFB00), *range(0xFE30, 0xFFF0)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code) and chr(code) not in _RAISED and not plain.isspace():
            table[code] = table.get(ord(plain), plain)
    return table | _DASHES | _SPACES | {ord("╱"): "/", ord("∕"): "/", ord("’"): "'", ord("〜"): "~"}


def fold(text: str) -> str:
    """The text in simplified script and half width, case kept; exactly as long as it was."""
    return text if text.isascii() else text.translate(_table())
