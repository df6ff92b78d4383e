"""Finds the amounts that a text prints, with the interval each leaves open, and passes over digits that are only names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from leafledger.audit.fold import fold
from leafledger.audit.mention import Amount
from leafledger.audit.names import names_in, years_in
from leafledger.audit.numerals import DIGITS, Numeral, numeral, open_interval, rough_interval, whole
from leafledger.audit.spelled import spelled_in
from leafledger.audit.units import Unit, scale_at, unit_at
from leafledger.core.entry import Bound
from leafledger.core.text import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An amount in a text: where it begins and ends (sign, number words and % within), and the unit named with it.

    unit: an id of units.yaml, or made of such ids ("t/1000000 CNY"), empty where none stands there. unit_end: where that ends.
    spelled: written in words. A range (3%~5%) is one amount, whose interval is the whole of it and whose bound is "about".
    """

    amount: Amount
    start: int
    end: int
    unit: str = ""
    unit_end: int
    spelled: bool = False
    range: bool = False


Spans = Sequence[tuple[int, int]]

_ABSENT = re.compile(r"(?<!\S)(?:-{1,3}%?|/|n/a|n\.a\.?|na|nil|不适用|未披露|不涉及|暂无|not applicable|not available|not disclosed)(?!\S)", re.IGNORECASE)
_ABSENT_CELL = re.compile(rf"(?:{_ABSENT.pattern}|none|无|nd|n\.d\.|\*|–)\s*[*#^]*", re.IGNORECASE)
_CURRENCY = re.compile(
    r"(?:RMB|CNY|HK\$|HKD|US\$|USD|NT\$|NTD|TWD|S\$|SGD|A\$|AUD|EUR|GBP|JPY|INR|Rs\.?|人民币|港币|美元|[$€£¥₹`])\s?$"
)
_TEN = re.compile(r"\s?[x×X*✕]\s?10\s?\^?\s?(?P<power>[-+]?\d{1,2})(?![\d.,]\d|\d)")
_TEN_RAISED = re.compile(r"\s?[x×X*✕]\s?10(?P<power>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})")
_E = re.compile(r"[eE](?P<power>[-+]\d{1,2})")
_SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_RANGE = re.compile(r"\s?(?:[-~]|至|到|\bto\b|\band\b)\s?")

_BEFORE: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("within", re.compile(r"(?:不超过|不高于|不多于|不大于|少于|低于|不足|小于|最多|至多|<=?|≤|up to|within|below|under|less than|lower than|fewer than|no more than|not more than|at most|not exceeding|maximum of)\s?(?:约)?$", re.IGNORECASE)),
    ("over", re.compile(r"(?:超过|超出|多达|达到?超过?|超|逾|大于|多于|高于|不少于|不低于|至少|>=?|≥|more than|over|above|at least|exceeding|exceeds?|exceeded|in excess of|upwards of|greater than|higher than|no less than|not less than|no fewer than|surpass(?:ed|ing)|minimum of)\s?$", re.IGNORECASE)),
    ("about", re.compile(r"(?:大约|约为?|将近|接近|近|about|approximately|around|approx\.?|roughly|nearly|almost|circa|some|close to|~)\s?$", re.IGNORECASE)),
)  # fmt: skip
_REACH = re.compile(r"(?:达到|达)\s?$")
_NOT_OVER = re.compile(r"(?:不少于|不低于|不)\s?$")
_AFTER: tuple[tuple[Bound, re.Pattern[str]], ...] = (
    ("over", re.compile(r"(?:\+(?!\d)|余|多(?!元|样|种|个|层|边|维|方)|以上|或以上|and above|or more|and more|plus\b)")),
    ("within", re.compile(r"(?:以下|以内|之内|及以下|or less|or fewer|or below)")),
    ("about", re.compile(r"(?:左右|上下)")),
)


def numbers_in(text: str, language: Language, raised: Spans = ()) -> tuple[Found, ...]:
    """Every amount of a line or sentence, absent ones among the columns at its end included, in order of place.

    raised: where letters stand raised, if the file told: after ×10 they are its exponent, elsewhere a footnote mark.
    language: of the report; only decides what nothing in the text tells.
    """
    if not text or not _may_hold(text):
        return ()
    folded = _noughts(fold(text))
    taken = _Taken(folded, names_in(folded), raised)
    found = [*_digits(folded, taken), *_absent(folded), *_spelled(folded, taken)]
    return tuple(sorted((_quoted(one, text) for one in found), key=lambda one: one.start))


def _quoted(one: Found, text: str) -> Found:
    """The amount in the letters of the report, not in folded ones."""
    return replace(one, amount=replace(one.amount, text=text[one.start : one.end].strip()))


def _noughts(folded: str) -> str:
    """〇 among digits is a nought, as scanned pages have it."""
    if "〇" not in folded:
        return folded
    folded = re.sub(r"[\d〇]*\d[\d〇]*", lambda digits: digits.group().replace("〇", "0"), folded)
    return re.sub(r"(?<=\d\s)〇(?=\s|$)|^\s*〇\s*$", lambda alone: alone.group().replace("〇", "0"), folded)


def number_cell(text: str, language: Language, raised: Spans = ()) -> Found | None:
    """The amount that a whole cell of a table is, with at most a unit, a bound or a mark beside it; None if it is words.

    A cell is read more boldly than a text: 12 345 is one number, (1,234) is negative, 2016 is a number, - is absent.
    """
    folded = _noughts(fold(text)).rstrip()
    if not folded.strip():
        return None
    if _ABSENT_CELL.fullmatch(folded.strip()):
        return _absence(text, len(folded) - len(folded.lstrip()), len(folded))
    core = re.fullmatch(r"\s*(?P<open>[(\[])?\s*(?P<sign>[-+])?\s?(?P<money>[$€£¥₹`]|HK\$|US\$|RMB|Rs\.?)?\s?(?P<digits>\d[\d., \u00a0]*\d|\d)\s?(?P<percent>%)?\s*(?P<close>[)\]])?\s?(?P<late>%)?(?P<mark>\s?[*#^†‡])*", folded)  # fmt: skip
    read = whole(core["digits"]) if core and not raised and bool(core["open"]) == bool(core["close"]) else None
    if core is None or read is None:
        return _one(text, language, raised)
    sign = -1 if core["sign"] == "-" or core["open"] else 1
    unit = "percent" if core["percent"] or core["late"] else _unit_id(unit_at(core["money"])) if core["money"] else ""
    amount = _amount(text.strip(), Numeral(sign * read.value, read.decimals), Fraction(1), "exact")
    return Found(amount=amount, start=core.start("digits"), end=len(folded), unit=unit, unit_end=len(folded))


def _one(text: str, language: Language, raised: Spans) -> Found | None:
    """A cell that one number of a text fills but for its unit and a few marks."""
    found = [one for one in numbers_in(text, language, raised) if not one.spelled]
    if len(found) != 1:
        return None
    one = found[0]
    rest = fold(text)[: one.start] + fold(text)[max(one.end, one.unit_end) :]
    rest = re.sub(r"RMB|CNY|HK\$|US\$|INR|Rs\.?|人民币|约|超过?|逾|不超过|以上|以下|以内|近|over|about|approx\.?|up to|more than|less than", "", rest)
    return one if not re.search(r"[^\W_]", re.sub(r"\(?[\d,]+\)?", "", rest)) else None


def _may_hold(text: str) -> bool:
    return any(letter.isdigit() for letter in text) or not text.isascii() or " " in text or not text.strip("-/")


class _Taken:
    """The places of a text that are names, and may not be read as amounts."""

    def __init__(self, folded: str, names: Spans, raised: Spans) -> None:
        self.taken = bytearray(len(folded))
        self.years = bytearray(len(folded))
        self.raised = bytearray(len(folded))
        for start, end in names:
            self.taken[start:end] = b"\1" * (end - start)
        for start, end, _ in years_in(folded):
            if _bare_year(folded, end):
                self.years[start:end] = b"\1" * (end - start)
        for start, end in raised:
            self.raised[start:end] = b"\1" * (min(end, len(folded)) - start)

    def name(self, start: int, end: int) -> bool:
        return any(self.taken[start:end]) or all(self.years[start:end])


def _bare_year(folded: str, end: int) -> bool:
    """Four digits are a year unless a unit or number word follows: 2086万吨 is none."""
    if folded[end : end + 1] == "+":
        return False
    at = end + (folded[end : end + 1] == " ")
    unit = unit_at(folded, at)
    return unit is None or unit[0].id in ("year", "s", "h") or (at > end and unit[0].dimension in ("count", "CNY"))


def _digits(folded: str, taken: _Taken) -> Iterator[Found]:
    at = 0
    previous: Found | None = None
    while (match := DIGITS.search(folded, at)) is not None:
        at = match.end()
        if taken.raised[match.start()] or taken.name(*match.span()):
            continue
        one = _read(folded, match, taken)
        at = max(at, one.end)
        if previous is not None and (joined := _joined(folded, previous, one)) is not None:
            previous = joined
            continue
        if previous is not None:
            yield previous
        previous = one
    if previous is not None:
        yield previous


def _read(folded: str, match: re.Match[str], taken: _Taken) -> Found:
    start, end = match.span()
    printed = match.group()
    comma = match.lastgroup == "comma"
    raised = next((n for n in range(start, end) if taken.raised[n]), end)
    if raised < end:
        printed, end = printed[: raised - start].rstrip(".,"), raised
    elif (decimal := _decimal_comma(folded, match)) is not None:
        printed, end, comma = printed + decimal, end + len(decimal), True
    elif (torn := re.match(r"\. (\d{1,2})(?=\s?%)", folded[end : end + 6])) is not None and "." not in printed:
        printed, end = f"{printed}.{torn.group(1)}", end + torn.end()
    number = numeral(printed, comma=comma)
    scale, end = _scale(folded, start, end, number, taken)
    return _dressed(folded, start, end, number, scale)


def _decimal_comma(folded: str, match: re.Match[str]) -> str | None:
    """`0,5 %` and `12,34 kg`: a comma with one or two digits and a unit after it, where no list goes on."""
    if match.lastgroup != "plain" or "." in match.group():
        return None
    found = re.compile(r",\d{1,2}(?=\s?%|\s?(?:[a-zA-Z]{1,5}\b))(?!\d|,)").match(folded, match.end())
    if not found or (found and folded[: match.start()].rstrip().endswith(",")):
        return None
    after = found.end() + (folded[found.end() : found.end() + 1] == " ")
    return found.group() if unit_at(folded, after) else None


def _scale(folded: str, start: int, end: int, number: Numeral, taken: _Taken) -> tuple[Fraction, int]:
    """×10ⁿ and number words after the digits."""
    scale = Fraction(1)
    if (power := _power(folded, end, number, taken)) is not None:
        scale, end = Fraction(10) ** power[0], power[1]
    while True:
        at = end + (folded[end : end + 1] in (" ", "余", "多") and folded[end : end + 1] != "")
        word = scale_at(folded, at)
        if word is None or folded[at:].lower().startswith(("mm", "cr ")) and not _CURRENCY.search(folded[:start]):
            break
        scale, end = scale * word[0], word[1]
    short = re.compile(r"\s?(?P<short>[MBKkmb]|MM|mn|bn)(?![A-Za-z])").match(folded, end)
    if short and scale == 1 and _CURRENCY.search(folded[:start]):
        scale, end = Fraction({"m": 10**6, "b": 10**9, "k": 1000, "mm": 10**6, "mn": 10**6, "bn": 10**9}[short["short"].lower()]), short.end()
    return scale, end


def _power(folded: str, end: int, number: Numeral, taken: _Taken) -> tuple[int, int] | None:
    if (found := _TEN_RAISED.match(folded, end)) is not None:
        return int(found["power"].translate(_SUPER)), found.end()
    if (found := _E.match(folded, end)) is not None:
        return int(found["power"]), found.end()
    found = _TEN.match(folded, end)
    if found is None or int(found["power"]) == 0:
        return None
    told = taken.raised[found.start("power")] or "^" in found.group() or found["power"][0] in "+-"
    unit = unit_at(folded, found.end() + (folded[found.end() : found.end() + 1] == " "))
    likely = number.decimals > 0 or (1 <= number.value < 10 and unit is not None and unit[0].dimension != "count")
    return (int(found["power"]), found.end()) if told or likely else None


def _dressed(folded: str, start: int, end: int, number: Numeral, scale: Fraction) -> Found:
    """Sign, currency, unit and bound around the digits."""
    before = folded[max(0, start - 24) : start]
    negative, start = _sign(folded, start, end)
    money = _CURRENCY.search(before)
    over = _after(folded, end)
    at = over[1] if over else end
    unit_end = at
    found = unit_at(folded, at + (folded[at : at + 1] == " "))
    if found and _fits(folded, at, found):
        unit, unit_end = found
    else:
        unit = None
    name = _unit_id(unit_at(money.group().strip())) if money else unit.id if unit else ""
    if unit and unit.id == "percent":
        end = unit_end
    late = _after(folded, unit_end) if not over else over
    bound = _bound(before[: money.start()] if money else before, late[0] if late else "exact")
    if negative:
        number = Numeral(-number.value, number.decimals)
    amount = _amount(folded[start : max(end, unit_end if unit and unit.id == "percent" else end)], number, scale, bound)
    return Found(amount=amount, start=start, end=end, unit=name, unit_end=max(unit_end, end))


def _fits(folded: str, at: int, found: tuple[Unit, int]) -> bool:
    """Beside a number with a gap, a lone letter is no unit: in `Table 5 m` or `12 x` it is another column."""
    unit, end = found
    word = folded[at:end].strip()
    return not (len(word) == 1 and word.isascii() and word.isalpha() and folded[at : at + 1] == " " and unit.id == "x")


def _unit_id(found: tuple[Unit, int] | None) -> str:
    return found[0].id if found else ""


def _sign(folded: str, start: int, end: int) -> tuple[bool, int]:
    before, after = folded[start - 1 : start] if start else "", folded[end : end + 2]
    if before == "-":
        ahead = folded[: start - 1]
        if not ahead or ahead[-1] in " (,:;" or "一" <= ahead[-1] <= "龥":
            return not re.search(r"\d\s*$", ahead) or bool(re.search(r"\d\s+$", ahead)), start - 1
    if before == "(" and after[:1] == ")" and re.search(r"(?:^|[\d%)\-/]\s+)$", folded[: start - 1]) and re.match(r"\s|$", after[1:]):
        return "," in folded[start:end] or folded[: start - 1].rstrip().endswith(")"), start
    return False, start


def _after(folded: str, at: int) -> tuple[Bound, int] | None:
    for bound, pattern in _AFTER:
        if (found := pattern.match(folded, at + (folded[at : at + 1] == " " and folded[at + 1 : at + 2] != "+"))) is not None:
            return bound, found.end()
    return None


def _bound(before: str, after: Bound) -> Bound:
    for bound, pattern in _BEFORE:
        if (found := pattern.search(before)) is not None:
            if bound == "over" and _REACH.search(before):
                continue
            return bound
    return after


def _amount(text: str, number: Numeral, scale: Fraction, bound: Bound) -> Amount:
    spread = rough_interval if bound == "about" else open_interval
    low, high = spread(number.value, number.decimals, scale)
    value = number.value * Decimal(scale.numerator) / Decimal(scale.denominator)
    return Amount(text=text, value=value, low=low, high=high, decimals=number.decimals, bound=bound, scale=scale)


def _joined(folded: str, first: Found, second: Found) -> Found | None:
    """`3%~5%`, `300 to 500 kW`: two amounts that are the ends of one."""
    between = folded[first.unit_end : second.start] if first.unit_end <= second.start else folded[first.end : second.start]
    if first.range or not _RANGE.fullmatch(between) or (between.strip() == "-" and between != "-" and between != " - "):
        return None
    if re.fullmatch(r"\s?and\s?", between) and not re.search(r"between\s?\S*$", folded[: first.start], re.IGNORECASE):
        return None
    low, high = first.amount, second.amount
    if low.scale == 1 and high.scale != 1 and low.value is not None and high.value is not None and low.value < high.value / Decimal(int(high.scale)):
        low = _rescaled(low, high.scale)
    if low.value is None or high.value is None or low.value >= high.value or (first.unit and first.unit != second.unit):
        return None
    amount = Amount(
        text=folded[first.start : second.end],
        value=(low.value + high.value) / 2,
        low=low.low,
        high=high.high,
        decimals=max(low.decimals, high.decimals),
        bound="about",
        scale=high.scale,
    )
    return replace(second, amount=amount, start=first.start, range=True)


def _rescaled(amount: Amount, scale: Fraction) -> Amount:
    assert amount.value is not None
    value = amount.value * Decimal(scale.numerator) / Decimal(scale.denominator)
    return replace(amount, value=value, low=amount.low * scale, high=amount.high * scale, scale=scale)


def _absent(folded: str) -> Iterator[Found]:
    """Strokes and n/a, where nothing but amounts follows to the end of the line and something stands before them."""
    marks = list(_ABSENT.finditer(folded))
    for mark in marks:
        ahead, rest = folded[: mark.start()].strip(), folded[mark.end() :]
        if not ahead and not (rest.strip() and all(_is_column(word) for word in rest.split())):
            continue
        if all(_is_column(word) for word in rest.split()) and not (mark.group() == "/" and not re.search(r"[\d%/-]\s*$", ahead) and not rest.strip() and len(ahead) > 40):
            yield _absence(folded[mark.start() : mark.end()], mark.start(), mark.end())


_COLUMN = re.compile(r"[(<>≥≤~]?[-+]?[$€£¥₹]?\d[\d,.]*[)%]*[*#^]?")


def _is_column(word: str) -> bool:
    return bool(_COLUMN.fullmatch(word) or _ABSENT.fullmatch(word) or word in ("%", "|"))


def _absence(text: str, start: int, end: int) -> Found:
    return Found(amount=Amount(text=text.strip(), value=None), start=start, end=end, unit_end=end)


def _spelled(folded: str, taken: _Taken) -> Iterator[Found]:
    for start, end, value, more in spelled_in(folded):
        if any(taken.taken[start:end]):
            continue
        found = unit_at(folded, end + (folded[end : end + 1] == " "))
        bound = _bound(folded[max(0, start - 24) : start], "over" if more else "exact")
        amount = _amount(folded[start:end], Numeral(Decimal(value), 0), Fraction(1), bound)
        unit, unit_end = (found[0].id, found[1]) if found else ("", end)
        yield Found(amount=amount, start=start, end=end, unit=unit, unit_end=unit_end, spelled=True)
