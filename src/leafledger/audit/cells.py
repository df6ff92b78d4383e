"""Reads the cell of a table: the number that it is, with its unit, or that it says there is none."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from leafledger.audit.document import Box, Span
from leafledger.audit.mention import Amount
from leafledger.audit.numbers import number_cell
from leafledger.audit.years import year_alone
from leafledger.core.text import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What a cell holds: its amount and, where the cell itself says it, its unit (an id of the units)."""

    text: str
    amount: Amount
    unit: str = ""
    box: Box | None = None


LONGEST, LONGEST_ABSENT = 64, 24
"""Letters of a cell that is a number or a year, and of one that says that there is none."""
LONGEST_MARK = 12
"""Letters that a footnote mark has at the most (1, 估1, *, (a), 1,2)."""
_EXPONENT = re.compile(r"[-+−]?\d{1,2}")
_POWERS = re.compile(r"(?:10|(?<![A-Za-z])(?:[ckmd]?m|ft|yd|s|Nm))$")
_NO_DATA = re.compile(
    r"(?:[無无](?:數據|数据|資料|资料|記錄|记录)|(?:沒有|没有)(?:數據|数据|記錄|记录)|未[統统][計计]|no\s+(?:data|records?|figures?|value)|not\s+(?:measured|recorded|tracked|calculated))",
    re.IGNORECASE,
)
_SHARE = re.compile(r"[(（]\s*[\d.,]+\s*%\s*[)）]")


def value_of(text: str, language: Language, box: Box | None = None) -> Value | None:
    """What a whole cell is worth, a year of a heading included; None if it is words."""
    digits = any(map(str.isdigit, text))
    if len(text) > (LONGEST if digits else LONGEST_ABSENT):
        return None
    year = year_alone(text) if digits else None
    if year is not None:
        return Value(text=text, amount=_exact(text, Decimal(year)), box=box)
    if _NO_DATA.fullmatch(text.strip()):
        return Value(text=text, amount=Amount(text=text, value=None), box=box)
    found = number_cell(text, language)
    return Value(text=text, amount=found.amount, unit=found.unit, box=box) if found else None


def _exact(text: str, value: Decimal) -> Amount:
    return Amount(text=text, value=value, low=Fraction(value) - Fraction(1, 2), high=Fraction(value) + Fraction(1, 2))


def unbracketed(value: Value) -> Value:
    """(44.7%) beside a count is its share, not a negative number."""
    amount = value.amount
    if amount.value is None or amount.value >= 0 or not _SHARE.fullmatch(value.text):
        return value
    return replace(value, amount=replace(amount, value=-amount.value, low=-amount.high, high=-amount.low))


def is_share(value: Value) -> bool:
    return bool(_SHARE.fullmatch(value.text))


def unraised(span: Span) -> str:
    """The text of a span without footnote marks: raised letters that are no exponent and no part of a unit."""
    text = span.text
    for start, end in sorted(span.raised, reverse=True):
        mark = text[start:end].strip()
        if len(mark) <= LONGEST_MARK and not (_EXPONENT.fullmatch(mark) and _POWERS.search(text[:start])):
            text = text[:start] + text[end:]
    return re.sub(r" {2,}", " ", text).strip()
