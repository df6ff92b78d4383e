"""Reads the digits of a printed number, in the grouping of any country, and the interval that its last digit leaves open."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

DIGITS = re.compile(
    r"(?P<lakh>(?<![\d,])\d{1,2}(?:,\d{2}){1,6},\d{3}(?:\.\d+)?)(?![\d]|,\d)"
    r"|(?P<western>\d{1,3}(?:,\d{3}){1,8}(?:\.\d+)?)(?!\d)"
    r"|(?P<comma>\d{1,3}(?:[ \u00a0.]\d{3}){1,8},\d{1,2})(?![\d,])"
    r"|(?P<thin>\d{1,3}(?:\u00a0\d{3}){1,8}(?:[.,]\d{1,2})?)(?!\d)"
    r"|(?P<plain>\d+(?:\.\d+)?)"
)
"""One printed number, without its sign: 12,34,567.89 · 1,234.5 · 1 234,5 · 1234.5."""

_WHOLE_COMMA = re.compile(r"\d{1,3}(?:[ .]?\d{3})*,\d{1,2}")
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d{1,2})?")
_TORN = re.compile(r"(?<=[.,]) +(?=\d)|(?<=\d) +(?=[.,]\d)")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as printed: its exact value and how many decimals stand in it."""

    value: Decimal
    decimals: int


def numeral(printed: str, *, comma: bool = False) -> Numeral:
    """Read what DIGITS matched. comma: the comma is a decimal sign."""
    text = printed.replace(" ", "").replace("\u00a0", "")
    text = text.replace(".", "").replace(",", ".") if comma else text.replace(",", "")
    return Numeral(Decimal(text), len(text.partition(".")[2]))


def whole(text: str) -> Numeral | None:
    """The number that a whole cell is, so that spaces may part groups (12 345) or tear decimals (21. 15). None otherwise."""
    text = _TORN.sub("", text.strip().replace("\u00a0", " "))
    if _SPACED.fullmatch(text):
        return numeral(text, comma="," in text)
    if _WHOLE_COMMA.fullmatch(text):
        return numeral(text, comma=True)
    found = DIGITS.fullmatch(text)
    return numeral(text, comma=found.lastgroup == "comma") if found else None


def open_interval(value: Decimal, decimals: int, scale: Fraction) -> tuple[Fraction, Fraction]:
    """What rounds to this when printed with so many decimals: half a unit of the last digit on both sides, scaled."""
    half = Fraction(1, 2) / 10**decimals
    return (Fraction(value) - half) * scale, (Fraction(value) + half) * scale


def rough_interval(value: Decimal, decimals: int, scale: Fraction) -> tuple[Fraction, Fraction]:
    """What people call "about" this: half a unit of its last digit that is not nought."""
    step = Fraction(1) / 10**decimals
    if decimals == 0 and value:
        digits = str(abs(int(value)))
        step = Fraction(10 ** (len(digits) - len(digits.rstrip("0"))))
    return (Fraction(value) - step / 2) * scale, (Fraction(value) + step / 2) * scale
