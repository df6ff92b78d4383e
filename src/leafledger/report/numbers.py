"""How numbers, dates and periods are written for a reader of each language."""

from datetime import date
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from leafledger.core.entry import Bound
from leafledger.core.period import Period
from leafledger.core.quantity import rounded
from leafledger.report.words import with_unit, word

SIGNS: dict[Bound, str] = {"exact": "", "over": ">", "within": "≤", "about": "≈"}
_PRECISE = 6


@cache
def locale(language: str) -> Locale:
    """English dates are written day first, as in most of the world."""
    return Locale.parse("en_GB" if language == "en" else language.replace("-", "_"))


def number(value: Decimal, decimals: int, language: str) -> str:
    """Rounded half away from zero and grouped. What is not zero is never written as zero: `<0.1` instead."""
    short = rounded(value, decimals)
    if short == 0 and value != 0:
        least = Decimal(1).scaleb(-decimals)
        return f"<{_grouped(least, decimals, language)}" if value > 0 else f">−{_grouped(least, decimals, language)}"
    return _grouped(short, decimals, language)


def precise(value: Decimal, language: str) -> str:
    """As many decimals as are there, at most six: for receipts, where a reader recomputes."""
    short = rounded(value, _PRECISE)
    text = _grouped(short, _PRECISE, language)
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text if short or not value else number(value, _PRECISE, language)


def percent(share: Decimal, language: str) -> str:
    """A share of one as a percentage: 0.917 is 91.7%."""
    return precise(rounded(share * 100, 1), language) + "%"


def in_prose(text: str, bound: Bound, unit: str, language: str, *, value: Decimal | None = None) -> str:
    """A number in a sentence: with its unit, and its bound in words."""
    amount = with_unit(text, unit, language, one=value == 1) if unit else text
    return amount if bound == "exact" else word(language, bound, value=amount)


def day(of: date, language: str) -> str:
    return format_date(of, "long", locale=locale(language))


def period(of: Period, language: str) -> str:
    """`2024`, `Q1 2024`, `March 2024`, `5 January 2024`, or two days with a dash."""
    text = str(of)
    if len(text) == 4:
        return text if language == "en" else f"{text}年"
    if "/" in text:
        return f"{day(of.start, language)} – {day(of.end, language)}"
    if len(text) == 10:
        return day(of.start, language)
    if "Q" in text:
        year, _, quarter = text.partition("-Q")
        return word(language, "quarter", year=year, quarter=quarter)
    return format_date(of.start, "MMMM y" if language == "en" else "y年M月", locale=locale(language))


def _grouped(value: Decimal, decimals: int, language: str) -> str:
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(abs(value), pattern, locale=locale(language)).join(("−" if value < 0 else "", ""))
