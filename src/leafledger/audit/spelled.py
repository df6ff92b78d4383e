"""Reads counts that are written in words (八位董事, twenty-three suppliers), only where they clearly count something."""

import re
from collections.abc import Iterator

_DIGITS = {"两": 2, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_COUNTER = (
    r"(?:位|名|项|个|家|宗|件|次|场|座|份|例|所|类|种|期|批|倍|届|辆|台|套|门|条|款|成|大类"
    r"|大(?=议题|业务|板块|领域|维度|原则|方面|主题|类|支柱))"
)
_CHINESE = re.compile(
    r"(?<![第每十百千万\d一二三四五六七八九])(?P<number>[二两三四五六七八九]?十[一二三四五六七八九]?|[二两三四五六七八九])"
    rf"(?P<more>余|多)?(?={_COUNTER})(?![位个]一体|个?一(?:批|律|基))"
)

_ONES = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_NOT_A_COUNT = r"(?! of (?:us|them|these|those)| more| other| years? ago)"
_ENGLISH = re.compile(
    rf"\b(?P<tens>{'|'.join(_TENS)})(?:[- ](?P<unit>one|{'|'.join(list(_ONES)[:8])}))?(?= [a-z])"
    rf"|\b(?P<ones>{'|'.join(_ONES)})(?= [a-z]){_NOT_A_COUNT}",
    re.IGNORECASE,
)


def spelled_in(folded: str) -> Iterator[tuple[int, int, int, bool]]:
    """(start, end, value, more than that) of each count in words, in order of place."""
    if not folded.isascii():
        for found in _CHINESE.finditer(folded):
            yield found.start(), found.end(), chinese(found["number"]), bool(found["more"])
    for found in _ENGLISH.finditer(folded):
        ones = _ONES.get((found["ones"] or found["unit"] or "").lower(), 1 if found["unit"] else 0)
        yield found.start(), found.end(), _TENS.get((found["tens"] or "").lower(), 0) + ones, False


def chinese(text: str) -> int:
    """A number of one or two digits in Chinese: 八, 十二, 三十."""
    tens, ten, ones = text.partition("十")
    return (_DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)) if ten else _DIGITS[text]
