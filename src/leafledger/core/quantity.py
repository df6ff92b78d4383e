"""Exact numbers: how a written number is read, what its last digit promises, and the one place where a division is cut."""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache

GRAIN = 12
"""Decimal places at which a computed figure is cut (half to even). What builds on a figure uses the cut value."""

MOST_DIGITS = 30
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_WIDE = Context(prec=120)


def parse_decimal(text: str) -> Decimal:
    """Read `-12.50` exactly, keeping the digits as written. ValueError for separators, exponents, NaN or too many digits."""
    text = text.strip()
    if not _NUMBER.fullmatch(text) or len(text) > MOST_DIGITS:
        raise ValueError(f"{text[:40]!r} is not a plain decimal number such as 1234.5")
    return Decimal(text)


def half_step(value: Decimal) -> Decimal:
    """Half a unit of the last digit given: 36.1 promises ±0.05, 30 promises ±0.5."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return _half_of(exponent)


@lru_cache(maxsize=1000)
def _half_of(exponent: int) -> Decimal:
    return Decimal(5).scaleb(exponent - 1)


def decimals(value: Decimal) -> int:
    """How many decimal places were written."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return max(0, -exponent)


def cut(exact: Fraction) -> Decimal:
    """Cut an exact result at GRAIN decimal places, half to even: the one place where a division loses digits."""
    scaled = exact * 10**GRAIN
    return _WIDE.scaleb(Decimal(round(scaled)), -GRAIN)


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Round for print, half away from zero, as people round."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=_WIDE)


def plain(value: Decimal) -> str:
    """Write a number without exponent or idle zeros: `1E+3` is `1000`, `2.500` is `2.5`."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
