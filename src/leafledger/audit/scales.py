"""Reads what multiplies the digits before it: 萬, crore, $22.3M, ×10⁵, also where the exponent lost its height (×105)."""

import re
from fractions import Fraction

from leafledger.audit.numerals import Numeral
from leafledger.audit.units import scale_at, unit_at

_TEN = re.compile(r"\s?[x×X*✕]\s?10\s?\^?\s?(?P<power>[-+]?\d{1,2})(?![\d.,]\d|\d)")
_TEN_RAISED = re.compile(r"\s?[x×X*✕]\s?10(?P<power>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})")
_E = re.compile(r"[eE](?P<power>[-+]\d{1,2})")
_SHORT = re.compile(r"\s?(?P<short>[MBKkmb]|MM|mn|bn)(?![A-Za-z])")
_SHORTS = {"m": 10**6, "b": 10**9, "k": 1000, "mm": 10**6, "mn": 10**6, "bn": 10**9}
_ONLY_MONEY = re.compile(r"mm|cr ", re.IGNORECASE)
_SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")


def scale_after(folded: str, end: int, number: Numeral, *, raised: bytearray, money: bool) -> tuple[Fraction, int]:
    """(multiplier, where its words end) behind digits. raised: which letters stand raised. money: a currency stands before."""
    scale = Fraction(1)
    if (power := _power(folded, end, number, raised)) is not None:
        scale, end = Fraction(10) ** power[0], power[1]
    while True:
        at = end + (folded[end : end + 1] in (" ", "余", "多") and folded[end : end + 1] != "")
        word = scale_at(folded, at)
        if word is None or (_ONLY_MONEY.match(folded, at) and not money):
            break
        scale, end = scale * word[0], word[1]
    short = _SHORT.match(folded, end)
    if short and scale == 1 and money:
        return Fraction(_SHORTS[short["short"].lower()]), short.end()
    return scale, end


def _power(folded: str, end: int, number: Numeral, raised: bytearray) -> tuple[int, int] | None:
    if (found := _TEN_RAISED.match(folded, end)) is not None:
        return int(found["power"].translate(_SUPER)), found.end()
    if (found := _E.match(folded, end)) is not None:
        return int(found["power"]), found.end()
    found = _TEN.match(folded, end)
    if found is None or int(found["power"]) == 0:
        return None
    told = raised[found.start("power")] or "^" in found.group() or found["power"][0] in "+-"
    unit = unit_at(folded, found.end() + (folded[found.end() : found.end() + 1] == " "))
    physical = unit is not None and unit[0].dimension != "count"
    likely = number.decimals > 0 or (1 <= number.value < 10 and physical)
    return (int(found["power"]), found.end()) if told or likely else None
