"""Joins two amounts that are the ends of one: 4%~6%, 200 to 250 kW, between 10 and 12."""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from leafledger.audit.amounts import Found
from leafledger.audit.mention import Amount

_RANGE = re.compile(r"\s?(?:[-~]|至|到|\bto\b|\band\b)\s?")
_AND = re.compile(r"\s?and\s?")
_BETWEEN = re.compile(r"between\s?\S*$", re.IGNORECASE)


def joined(folded: str, first: Found, second: Found) -> Found | None:
    """The range of two neighbours; None where they are two. The lower must come first, and a stroke stand evenly between."""
    gap = folded[first.unit_end if first.unit_end <= second.start else first.end : second.start]
    if first.range or not _RANGE.fullmatch(gap) or (gap.strip() == "-" and gap not in ("-", " - ")):
        return None
    if _AND.fullmatch(gap) and not _BETWEEN.search(folded[: first.start]):
        return None
    low, high = _alike(first.amount, second.amount), second.amount
    if low.value is None or high.value is None or low.value >= high.value or (first.unit and first.unit != second.unit):
        return None
    amount = Amount(
        text=folded[first.start : second.end],
        value=(low.value + high.value) / 2,
        low=Fraction(low.value) - _half(low),
        high=Fraction(high.value) + _half(high),
        decimals=max(low.decimals, high.decimals),
        bound="about",
        scale=high.scale,
    )
    return replace(second, amount=amount, start=first.start, range=True)


def _half(amount: Amount) -> Fraction:
    """Half a unit of its last digit: the stroke of a range is not the one that says about."""
    return amount.scale * Fraction(1, 2 * 10**amount.decimals)


def _alike(low: Amount, high: Amount) -> Amount:
    """The lower end with the number word that only the upper one carries: 3至5萬."""
    if low.scale != 1 or high.scale == 1 or low.value is None or high.value is None:
        return low
    return _scaled(low, low.value, high.scale) if low.value < high.value / _decimal(high.scale) else low


def _scaled(amount: Amount, value: Decimal, scale: Fraction) -> Amount:
    return replace(amount, value=value * _decimal(scale), low=amount.low * scale, high=amount.high * scale, scale=scale)


def _decimal(fraction: Fraction) -> Decimal:
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)
