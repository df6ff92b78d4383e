"""Reads one amount at its digits: sign, decimal comma, number words, unit and bound around them."""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from leafledger.audit.bounds import bound_after, bound_before
from leafledger.audit.mention import Amount
from leafledger.audit.numerals import Numeral, numeral, open_interval, rough_interval
from leafledger.audit.scales import scale_after
from leafledger.audit.units import Unit, unit_at
from leafledger.core.entry import Bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An amount in a text: where it begins and ends (sign, number words and % within), and the unit named with it.

    unit: an id of units.yaml, or made of such ids ("t/1000000 CNY"), empty where none stands there. unit_end: where that ends.
    spelled: written in words. A range (4%~6%) is one amount, whose interval is the whole of it and whose bound is "about".
    """

    amount: Amount
    start: int
    end: int
    unit: str = ""
    unit_end: int
    spelled: bool = False
    range: bool = False


_CURRENCY = re.compile(
    r"(?:RMB|CNY|HK\$|HKD|US\$|USD|NT\$|NTD|TWD|S\$|SGD|A\$|AUD|EUR|GBP|JPY|INR|Rs\.?|人民币|港币|美元|[$€£¥₹`])\s?$"
)
_DECIMAL_COMMA = re.compile(r",\d{1,2}(?=\s?%|\s?(?:[a-zA-Z]{1,5}\b))(?!\d|,)")
_TORN = re.compile(r"\. (\d{1,2})(?=\s?%)")
AHEAD = 24
"""How many letters before the digits may belong to them."""


def amount_at(folded: str, match: re.Match[str], raised: bytearray) -> Found:
    """The amount whose digits a match of DIGITS are."""
    start, end = match.span()
    number, end = _numeral(folded, match, raised)
    before = folded[max(0, start - AHEAD) : start]
    money = _CURRENCY.search(before)
    scale, end = scale_after(folded, end, number, raised=raised, money=money is not None)
    negative, start = _sign(folded, start, end)
    if negative:
        number = Numeral(-number.value, number.decimals)
    return _dressed(folded, start, end, number, scale, before[: money.start()] if money else before, money)


def _numeral(folded: str, match: re.Match[str], raised: bytearray) -> tuple[Numeral, int]:
    """The digits up to a raised mark, with what a comma or a torn point adds to them."""
    start, end = match.span()
    printed, comma = match.group(), match.lastgroup == "comma"
    mark = next((n for n in range(start, end) if raised[n]), end)
    if mark < end:
        return numeral(printed[: mark - start].rstrip(".,"), comma=comma), mark
    if (decimal := _decimal_comma(folded, match)) is not None:
        return numeral(printed + decimal, comma=True), end + len(decimal)
    if "." not in printed and (torn := _TORN.match(folded, end)) is not None:
        return numeral(f"{printed}.{torn.group(1)}"), torn.end()
    return numeral(printed, comma=comma), end


def _decimal_comma(folded: str, match: re.Match[str]) -> str | None:
    """`0,5 %` and `12,34 kg`: a comma with one or two digits and a unit after it, where no list goes on."""
    if match.lastgroup != "plain" or "." in match.group():
        return None
    found = _DECIMAL_COMMA.match(folded, match.end())
    if found is None or folded[: match.start()].rstrip().endswith(","):
        return None
    after = found.end() + (folded[found.end() : found.end() + 1] == " ")
    return found.group() if unit_at(folded, after) else None


def _dressed(
    folded: str, start: int, end: int, number: Numeral, scale: Fraction, before: str, money: re.Match[str] | None
) -> Found:
    """The unit behind, or the currency before, and the bound on either side."""
    early = bound_after(folded, end)
    at = early[1] if early else end
    found = unit_at(folded, at + (folded[at : at + 1] == " "))
    unit, unit_end = found if found and _fits(folded, at, found) else (None, at)
    if unit and unit.id == "percent":
        end = unit_end
    late = early or bound_after(folded, unit_end)
    bound = bound_before(before)
    if bound == "exact" and late:
        bound = late[0]
    name = currency(money.group().strip()) if money else unit.id if unit else ""
    amount = amount_of(folded[start:end], number, scale, bound)
    return Found(amount=amount, start=start, end=end, unit=name, unit_end=max(unit_end, end))


def currency(sign: str) -> str:
    """The id of the currency of a sign such as HK$; empty for none."""
    found = unit_at(sign)
    return found[0].id if found else ""


def _fits(folded: str, at: int, found: tuple[Unit, int]) -> bool:
    """Beside a number with a gap a lone x is no unit: in `12 x` it is another column."""
    return not (found[0].id == "x" and folded[at : at + 1] == " " and folded[at : found[1]].strip().lower() == "x")


def _sign(folded: str, start: int, end: int) -> tuple[bool, int]:
    """Is it negative, and where does it begin then? A stroke between two numbers, or after a letter, is no minus."""
    before, after = folded[start - 1 : start] if start else "", folded[end : end + 2]
    if before == "-":
        ahead = folded[: start - 1]
        if not ahead or ahead[-1] in " (,:;" or "一" <= ahead[-1] <= "龥":
            return not re.search(r"\d$", ahead), start - 1
    if before == "(" and re.match(r"\)(?:\s|$)", after) and re.search(r"(?:^|[\d%)\-/]\s+)$", folded[: start - 1]):
        return "," in folded[start:end] or folded[: start - 1].rstrip().endswith(")"), start
    return False, start


def amount_of(text: str, number: Numeral, scale: Fraction, bound: Bound) -> Amount:
    """The amount of a numeral: value and interval with the scale applied; "about" leaves open what its noughts do."""
    spread = rough_interval if bound == "about" else open_interval
    low, high = spread(number.value, number.decimals, scale)
    value = number.value * Decimal(scale.numerator) / Decimal(scale.denominator)
    return Amount(text=text, value=value, low=low, high=high, decimals=number.decimals, bound=bound, scale=scale)
