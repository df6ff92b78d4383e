"""Finds the amounts that a text prints, with the interval each leaves open, and passes over digits that are only names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from leafledger.audit.absent import absences, is_absent
from leafledger.audit.amounts import AHEAD, Found, amount_at, amount_of, currency
from leafledger.audit.bounds import bound_before
from leafledger.audit.fold import fold
from leafledger.audit.mention import Amount
from leafledger.audit.names import names_in, years_in
from leafledger.audit.numerals import DIGITS, Numeral, whole
from leafledger.audit.ranges import joined
from leafledger.audit.spelled import spelled_in
from leafledger.audit.units import unit_at
from leafledger.core.text import Language

__all__ = ["Found", "number_cell", "numbers_in"]

Spans = Sequence[tuple[int, int]]
LONGEST, WIDEST = 4000, 120
"""A longer line is read piece by piece; a longer cell is words."""

_CELL = re.compile(
    r"\s*(?P<open>[(\[])?\s*(?P<sign>[-+])?\s?(?P<money>[$€£¥₹`]|HK\$|US\$|RMB|Rs\.?)?\s?(?P<digits>\d[\d., \u00a0]*\d|\d)"
    r"\s?(?P<percent>%)?\s*(?P<close>[)\]])?\s?(?P<late>%)?(?:\s?[*#^†‡])*"
)
_ASIDE = re.compile(
    r"RMB|CNY|HK\$|US\$|INR|Rs\.?|人民币|约|超过?|逾|不超过|以上|以下|以内|近|over|about|approx\.?|up to|more than|less than|\(?[\d,]+\)?"
)


def numbers_in(text: str, language: Language, raised: Spans = ()) -> tuple[Found, ...]:
    """Every amount of a line or sentence, absent ones among the columns at its end included, in order of place.

    raised: where letters stand raised, if the file told: after ×10 they are its exponent, elsewhere a footnote mark.
    language: of the report; numbers are told apart by what stands around them, so that mixed texts are read alike.
    """
    if not text or not _may_hold(text):
        return ()
    if len(text) > LONGEST:
        return tuple(one for start in range(0, len(text), LONGEST) for one in _of_piece(text, start, language))
    folded = _noughts(fold(text))
    taken = _Taken(folded, raised)
    found = [*_digits(folded, taken), *_spelled(folded, taken)]
    found += [_absence(folded[start:end], start, end) for start, end in absences(folded)]
    return tuple(sorted((_quoted(one, text) for one in found), key=lambda one: one.start))


def _of_piece(text: str, start: int, language: Language) -> Iterator[Found]:
    """The amounts of a piece of an endless line, at their places in the whole."""
    for one in numbers_in(text[start : start + LONGEST], language):
        yield replace(one, start=one.start + start, end=one.end + start, unit_end=one.unit_end + start)


def number_cell(text: str, language: Language, raised: Spans = ()) -> Found | None:
    """The amount that a whole cell of a table is, with at most a unit, a bound or a mark beside it; None if it is words.

    A cell is read more boldly than a text: 12 345 is one number, (1,234) is negative, 2016 is a number, - is absent.
    """
    folded = _noughts(fold(text)).rstrip() if len(text) <= WIDEST else ""
    if not folded.strip():
        return None
    if is_absent(folded):
        return _absence(text, len(folded) - len(folded.lstrip()), len(folded))
    core = _CELL.fullmatch(folded)
    read = whole(core["digits"]) if core and not raised and bool(core["open"]) == bool(core["close"]) else None
    if core is None or read is None:
        return _one(text, language, raised)
    sign = -1 if core["sign"] == "-" or core["open"] else 1
    unit = "percent" if core["percent"] or core["late"] else currency(core["money"]) if core["money"] else ""
    amount = amount_of(text.strip(), Numeral(sign * read.value, read.decimals), Fraction(1), "exact")
    return Found(amount=amount, start=core.start("digits"), end=len(folded), unit=unit, unit_end=len(folded))


def _one(text: str, language: Language, raised: Spans) -> Found | None:
    """A cell that one number of a text fills but for its unit and a few marks."""
    found = [one for one in numbers_in(text, language, raised) if not one.spelled]
    if len(found) != 1:
        return None
    one = found[0]
    rest = fold(text)[: one.start] + fold(text)[max(one.end, one.unit_end) :]
    return one if not re.search(r"[^\W_]", _ASIDE.sub("", rest)) else None


def _may_hold(text: str) -> bool:
    return any(letter.isdigit() for letter in text) or not text.isascii() or " " in text or not text.strip("-/")


def _quoted(one: Found, text: str) -> Found:
    """The amount in the letters of the report, not in folded ones."""
    return replace(one, amount=replace(one.amount, text=text[one.start : one.end].strip()))


def _noughts(folded: str) -> str:
    """〇 among digits is a nought, as scanned pages have it."""
    if "〇" not in folded:
        return folded
    folded = re.sub(r"[\d〇]*\d[\d〇]*", lambda digits: digits.group().replace("〇", "0"), folded)
    return re.sub(r"(?<=\d\s)〇(?=\s|$)|^\s*〇\s*$", lambda alone: alone.group().replace("〇", "0"), folded)


class _Taken:
    """The places of a text that are names or marks, and may not be read as amounts."""

    def __init__(self, folded: str, raised: Spans) -> None:
        self.names = _marked(len(folded), names_in(folded))
        self.years = _marked(len(folded), [year[:2] for year in years_in(folded) if _bare_year(folded, year[1])])
        self.raised = _marked(len(folded), raised)

    def name(self, start: int, end: int) -> bool:
        return any(self.names[start:end]) or all(self.years[start:end]) or bool(self.raised[start])


def _marked(length: int, spans: Spans) -> bytearray:
    marks = bytearray(length)
    for start, end in spans:
        end = min(end, length)
        marks[start:end] = b"\1" * (end - start)
    return marks


def _bare_year(folded: str, end: int) -> bool:
    """Four digits are a year unless a unit or number word follows: 2086万吨 is none."""
    if folded[end : end + 1] == "+":
        return False
    at = end + (folded[end : end + 1] == " ")
    unit = unit_at(folded, at)
    return unit is None or unit[0].id in ("year", "s", "h") or (at > end and unit[0].dimension in ("count", "CNY"))


def _digits(folded: str, taken: _Taken) -> Iterator[Found]:
    at = 0
    held: Found | None = None
    while (match := DIGITS.search(folded, at)) is not None:
        at = match.end()
        if taken.name(*match.span()):
            continue
        one = amount_at(folded, match, taken.raised)
        at = max(at, one.end)
        both = joined(folded, held, one) if held is not None else None
        if held is not None and both is None:
            yield held
        held = both or one
    if held is not None:
        yield held


def _absence(text: str, start: int, end: int) -> Found:
    return Found(amount=Amount(text=text.strip(), value=None), start=start, end=end, unit_end=end)


def _spelled(folded: str, taken: _Taken) -> Iterator[Found]:
    for start, end, value, more in spelled_in(folded):
        if any(taken.names[start:end]):
            continue
        found = unit_at(folded, end + (folded[end : end + 1] == " "))
        bound = "over" if more else bound_before(folded[max(0, start - AHEAD) : start])
        amount = amount_of(folded[start:end], Numeral(Decimal(value), 0), Fraction(1), bound)
        unit, unit_end = (found[0].id, found[1]) if found else ("", end)
        yield Found(amount=amount, start=start, end=end, unit=unit, unit_end=unit_end, spelled=True)
