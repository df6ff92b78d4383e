"""The digits in what people write: which say a year, which belong to a marked name, and which no figure stands behind (law 11)."""

import re
from collections.abc import Iterator

from leafledger.core.text import Text

PIECE = re.compile(r"\{(?P<key>[^{}|\n]+)(?P<value>\|value)?\}|\[\[(?P<name>[^\[\]\n]+)\]\]")
"""A reference to a figure, `{energy.total@2024}`, or a name that is marked because it has digits in it, `[[ISO 27001]]`."""

_NUMBER = re.compile(r"\d[\d.,]*")
_MARKED = "\ufffc"
"""Stands for a reference or a marked name while the rest is read: it is no word and no digit."""

_YEAR = r"(?<![\d.,¥$€£−+-])(?:19\d\d|20\d\d|2100)(?![\d%％‰]|[.,]\d)"
_JOIN = r"\s*[-–—~～/／]\s*|\s*[、至到及和與与或]\s*|,?\s+(?:and|or|to)\s+|,\s+"
_YEARS = re.compile(rf"{_YEAR}(?:(?:{_JOIN}){_YEAR})*")
_JOINED = re.compile(_YEAR)

_BEFORE = re.compile(
    r"(?:\b(?:in|since|until|till|before|after|during|for|from|by|between|through|year|years|end-|mid-|FY|"
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:end|start|beginning|middle|half|quarter|report|reports|course) of)\s*|[(（])\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:\Z|[^\w\s-]|-(?!\w))|\s+(?:a|after|an|and|are|as|at|before|beside|but|by|came|for|from|had|has|have|in|into|is|it|"
    r"its|of|on|or|our|than|that|the|their|there|they|this|through|to|was|we|were|when|where|which|while|who|will|with)\b",
    re.IGNORECASE,
)


def strays(text: str, language: str, *, figures: bool = True) -> Iterator[tuple[int, str]]:
    """Every number that is neither a year nor in a marked name: how many lines down it stands, and its digits.

    figures: whether references may stand in the text; where they may not, the digits of one are found too. In Chinese a
    year is followed by 年. In English a time word leads to it (in, since, by …) or brackets hold it, and no word follows
    that it could count: `in 2024, people` is a year, and `trained 2000 people` is not.
    """
    bare = PIECE.sub(lambda found: _MARKED if figures or found["name"] else found[0], text)
    plain = _YEARS.sub(lambda found: _MARKED if _is_time(found, language) else found[0], bare)
    for offset, row in enumerate(plain.split("\n")):
        yield from ((offset, digits.rstrip(".,")) for digits in _NUMBER.findall(row))


def said(text: str) -> frozenset[str]:
    """The years and the digits of marked names in a text: what every edition of it must say alike (law 12)."""
    names = " ".join(found["name"] for found in PIECE.finditer(text) if found["name"])
    rest = PIECE.sub(_MARKED, text)
    digits = [*_NUMBER.findall(names), *_JOINED.findall(rest)]
    return frozenset(one.rstrip(".,") for one in digits)


def unmarked(text: str) -> str:
    """The text as it is printed: marked names without their brackets."""
    return PIECE.sub(lambda found: found["name"] or found[0], text)


def numbers_wrong(text: Text, *, figures: bool = False) -> Iterator[str]:
    """What is wrong with the numbers in a text that stands in several languages, in words."""
    for language, words in text.items():
        for _, digits in strays(words, language, figures=figures):
            yield (
                f"the number {digits} ({language}) has no figure behind it; write [[…]] round a name or a quotation "
                "that has digits in it, and a year so that it reads as one (in 2024; 2024年)"
            )
    yield from unlike({language: said(words) for language, words in text.items()})


def unlike(of: dict[str, frozenset[str]]) -> Iterator[str]:
    """Years and names that are in some languages only."""
    whole = frozenset[str]().union(*of.values())
    for digits in sorted(whole):
        lacking = [language for language, found in of.items() if digits not in found]
        if lacking:
            there = ", ".join(language for language in of if language not in lacking)
            yield f"{digits} stands in {there} and not in {', '.join(lacking)}; make the languages say the same"


def _is_time(found: re.Match[str], language: str) -> bool:
    """Do the words round one or several years say that they are years?"""
    text = found.string
    if re.match(r"\s*年", text[found.end() :]):
        return True
    alone = not text.replace(found[0], "", 1).strip(" *#-\n.,:")
    if alone:
        return True
    return language == "en" and bool(_BEFORE.search(text[: found.start()]) and _AFTER.match(text[found.end() :]))
