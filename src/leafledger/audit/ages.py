"""Reads the age groups by which people are split: <30歲, 30至50歲, 51+ years, Under 30."""

import re

from leafledger.audit.fold import fold

_AGE = r"(?P<{}>[1-7]\d)\s*(?:周?岁|years? old|years? of age|years?|yrs?)?"
_END = r"(?![\d%.,]|\s*%)"
_START = r"(?<![\d.,])"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("between", re.compile(rf"{_START}{_AGE.format('low')}\s*(?:\(含\))?\s*(?:[-~至到]|to|and)\s*{_AGE.format('high')}\s*(?:\(含\))?{_END}", re.IGNORECASE)),
    ("under", re.compile(rf"(?:<=?|≤|under|below|younger than|less than|不到|小于|低于|未满|不足)\s*{_AGE.format('high')}{_END}", re.IGNORECASE)),
    ("over", re.compile(rf"(?:>=?|≥|over|above|older than|more than|超过|大于|高于)\s*{_AGE.format('low')}{_END}", re.IGNORECASE)),
    ("under", re.compile(rf"{_START}{_AGE.format('high')}\s*(?:\(含\))?\s*(?:及以下|或以下|以下|and below|and under|or below|or younger|and younger)", re.IGNORECASE)),
    ("over", re.compile(rf"{_START}{_AGE.format('low')}\s*(?:\(含\))?\s*(?:及以上|或以上|以上|\+|and above|and over|or above|or older|and older)(?:\s*(?:years|岁))?", re.IGNORECASE)),
)  # fmt: skip


def age_group(text: str) -> tuple[str, int, int] | None:
    """(member, start, end) of the first age group of a text. A group from 51 on is that over 50; up to 29, that under 30."""
    folded = fold(text)
    for kind, pattern in _PATTERNS:
        found = pattern.search(folded)
        if found is None:
            continue
        if kind == "between":
            low, high = int(found["low"]), int(found["high"])
            if low < high:
                return f"from_{low}_to_{high}", found.start(), found.end()
        elif kind == "under":
            high = int(found["high"])
            return f"under_{high + 1 if high % 10 == 9 else high}", found.start(), found.end()
        else:
            low = int(found["low"])
            return f"over_{low - 1 if low % 10 == 1 else low}", found.start(), found.end()
    return None
