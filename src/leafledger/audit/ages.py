"""Reads the age groups by which people are split: <30歲, 30至50歲, 51+ years, Under 30."""

import re

from leafledger.audit.fold import fold

_YEARS = r"\s*(?:周?岁|years? old|years? of age|years?|yrs?)?"
_LOW, _HIGH = rf"(?P<low>[1-7]\d){_YEARS}", rf"(?P<high>[1-7]\d){_YEARS}"
_WITH = r"\s*(?:\(含\))?\s*"
_FREE, _END = r"(?<![\d.,])", r"(?![\d%.,]|\s*%)"
_BELOW = r"(?:及以下|或以下|以下|(?:and|or) (?:below|under|younger))"
_ABOVE = r"(?:及以上|或以上|以上|\+|(?:and|or) (?:above|over|older))"
_PATTERNS = tuple(
    (kind, re.compile(source, re.IGNORECASE))
    for kind, source in (
        ("between", rf"{_FREE}{_LOW}{_WITH}(?:[-~至到]|to|and)\s*{_HIGH}\s*(?:\(含\))?{_END}"),
        ("under", rf"(?:<=?|≤|under|below|younger than|less than|不到|小于|低于|未满|不足)\s*{_HIGH}{_END}"),
        ("over", rf"(?:>=?|≥|over|above|older than|more than|超过|大于|高于)\s*{_LOW}{_END}"),
        ("under", rf"{_FREE}{_HIGH}{_WITH}{_BELOW}"),
        ("over", rf"{_FREE}{_LOW}{_WITH}{_ABOVE}(?:\s*(?:years|岁))?"),
    )
)


def age_group(text: str) -> tuple[str, int, int] | None:
    """(member, start, end) of the first age group of a text. A group from 51 on is that over 50; up to 29, that under 30."""
    folded = fold(text)
    for kind, pattern in _PATTERNS:
        found = pattern.search(folded)
        if found is None:
            continue
        ages = {name: int(digits) for name, digits in found.groupdict().items()}
        if kind == "between" and ages["low"] < ages["high"]:
            return f"from_{ages['low']}_to_{ages['high']}", found.start(), found.end()
        if kind == "under":
            return f"under_{ages['high'] + (ages['high'] % 10 == 9)}", found.start(), found.end()
        if kind == "over":
            return f"over_{ages['low'] - (ages['low'] % 10 == 1)}", found.start(), found.end()
    return None
