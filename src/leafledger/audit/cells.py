"""Reads the cell of a table: the number that it is, with its unit, or that it says there is none."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from leafledger.audit.document import Box, Span
from leafledger.audit.mention import Amount
from leafledger.audit.numerals import DIGITS, open_interval, whole
from leafledger.audit.units import unit_in
from leafledger.core.text import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What a cell holds: its amount and, where the cell itself says it, its unit (an id of the units)."""

    text: str
    amount: Amount
    unit: str = ""
    box: Box | None = None


_ABSENT = re.compile(
    r"[-–—‐‑−╱/／\s.]{1,5}%?|(?:n\.?\s?[/.]?\s?a\.?|nil|none|not\s+(?:applicable|available|disclosed|reported)|不[適适]用|未披露|未統計|未统计|[無无])",
    re.IGNORECASE,
)
_AROUND = re.compile(r"^(?P<before>[<>≤≥~≈約约(\-−–+±₹$€£¥`]|Rs\.?|RMB|HK\$|US\$|about|over)?\s*", re.IGNORECASE)


def is_absent(text: str) -> bool:
    return bool(_ABSENT.fullmatch(text.strip())) and text.strip() not in {"", "."}


def value_of(text: str, language: Language, box: Box | None = None) -> Value | None:
    """What a whole cell is worth; None if it is words."""
    text = text.strip()
    if is_absent(text):
        return Value(text=text, amount=Amount(text=text, value=None), box=box)
    body = _AROUND.sub("", text).strip()
    negative = text.startswith(("(", "-", "−", "–")) and (not text.startswith("(") or text.endswith(")"))
    body = body.rstrip(")*†^# ")
    unit = ""
    number = whole(body)
    scale = Fraction(1)
    if number is None:
        found = DIGITS.match(body)
        if found is None:
            return None
        rest = body[found.end() :].strip()
        number = whole(found.group())
        if rest == "%":
            unit, scale = "%", Fraction(1, 100)
        elif (named := unit_in(rest)) is not None and len(rest) < 20:
            unit = named.id
        else:
            return None
    if number is None:
        return None
    value = -number.value if negative else number.value
    low, high = open_interval(value, number.decimals, scale)
    return Value(
        text=text,
        amount=Amount(text=text, value=Decimal(value), low=low, high=high, decimals=number.decimals, scale=scale),
        unit=unit,
        box=box,
    )


def unraised(span: Span) -> str:
    """The text of a span without footnote marks: raised letters at either end that are no exponent."""
    text = span.text
    for start, end in sorted(span.raised, reverse=True):
        mark = text[start:end].strip()
        exponent = re.search(r"(?:10|[a-zA-Z])$", text[:start])
        if not exponent and re.fullmatch(r"[\d,*†‡()a-z#^]{1,6}", mark):
            text = text[:start] + text[end:]
    return text.strip()
