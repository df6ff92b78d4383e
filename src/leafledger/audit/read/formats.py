"""How a spreadsheet shows a number: its decimals, thousands and percent sign, by the format of its cell."""

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_BUILT_IN = {
    "0": "General", "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%", "11": "0.00E+00", "37": "#,##0", "38": "#,##0",
    "39": "#,##0.00", "40": "#,##0.00", "41": "#,##0", "42": "#,##0", "43": "#,##0.00", "44": "#,##0.00", "48": "##0.0E+0", "49": "@",
    **{str(number): "yyyy-mm-dd" for number in (*range(14, 18), 22)},
}  # fmt: skip
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[[^\]]*\]|_.|\*.')
_DATE = re.compile(r"[ymd]", re.IGNORECASE)
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.([#0?]*))?(,*)")
LONGEST = 60


def shown(value: str, code: str) -> str:
    """`value` as the format `code` (or the number of a built-in one) shows it."""
    code = _BUILT_IN.get(code, code)
    try:
        number = Decimal(value[:LONGEST])
    except InvalidOperation:
        return value
    if not number.is_finite():
        return value
    if code in ("General", "@", "") or abs(number.adjusted()) > 30:
        return _general(number)
    sections = code.split(";")
    section = (
        sections[1]
        if number < 0 and len(sections) > 1
        else sections[2]
        if number == 0 and len(sections) > 2
        else sections[0]
    )
    plain = _LITERAL.sub("", section)
    if _DATE.search(plain) and not _DIGITS.search(plain):
        return _day(number)
    return _formatted(number, section, plain, own_sign=number < 0 and len(sections) > 1)


def _general(number: Decimal) -> str:
    if number == number.to_integral_value():
        return format(number.quantize(Decimal(1)), "f") if abs(number.adjusted()) < 16 else str(number)
    rounded = (
        number.normalize()
        if len(number.as_tuple().digits) <= 11
        else round(number, max(0, 10 - number.adjusted())).normalize()
    )
    return format(rounded, "f")


def _formatted(number: Decimal, section: str, plain: str, *, own_sign: bool) -> str:
    digits = _DIGITS.search(plain)
    if digits is None or (number == 0 and "0" not in digits[0]):
        return "".join(part for pair in re.findall(r'"([^"]*)"|([-–—])', section) for part in pair)
    percent = "%" in plain
    number = number * 100 if percent else number
    number = number.scaleb(-3 * len(digits[2])) if digits[2] else number
    decimals = digits[1] or ""
    rounded = abs(number).quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    text = format(rounded, ",f" if "," in digits[0].rstrip(",") else "f")
    for _ in range(len(decimals) - len(decimals.rstrip("#"))):
        text = text[:-1] if text.endswith("0") else text
    text = text.rstrip(".")
    sign = "-" if number < 0 and not own_sign else ""
    before, after = _around(section)
    return f"{before}{sign}{text}{'%' if percent and '%' not in before + after else ''}{after}".strip()


def _around(section: str) -> tuple[str, str]:
    """What a format prints before and after the digits: brackets, signs, units in quotes."""
    text = re.sub(r"\[\$([^\]-]*)[^\]]*\]", r'"\1"', section)
    text = re.sub(r"\[[^\]]*\]|_.|\*.", "", text)
    held: list[str] = []

    def hold(found: re.Match[str]) -> str:
        held.append(found[1] if found[1] is not None else found[2])
        return chr(0xE100 + len(held) - 1)

    text = re.sub(r'"([^"]*)"|\\(.)', hold, text)
    digits = re.search(r"[#0?][#0?,.]*(?:E[+-]0+)?", text)
    if digits is None:
        return text, ""
    free = re.compile("[\ue100-\ue1ff]")
    give = [
        free.sub(lambda found: held[ord(found[0]) - 0xE100], part)
        for part in (text[: digits.start()], text[digits.end() :])
    ]
    return give[0], give[1]


def _day(number: Decimal) -> str:
    days = int(number)
    return (date(1899, 12, 30) + timedelta(days=days)).isoformat() if 0 < days < 2_900_000 else str(number)
