"""Writes a label in the one form in which labels of either script, any punctuation and either number compare."""

import re
from functools import lru_cache

from leafledger.audit.fold import fold

_MARK = re.compile(r"(?<=[一-龥)\]])(?<!范围)(?<!范畴)(?<!类别)\d{1,2}(?=\s|$)|[*†‡^]+\d?")
_LETTERS = re.compile(r"[(\[]\s*(?:[a-zA-Z]|[ivx]{1,4})(?:\s*[+/\-,]\s*(?:[a-zA-Z]|[ivx]{1,4}))*\s*[)\]]")
_FORMULA = re.compile(
    r"\([^()]{3,90}[/÷][^()]*(?:revenue|turnover|output|production|收入|人数|产量|营收)[^()]*\)", re.IGNORECASE
)
_SCOPES_ZH = re.compile(
    r"范[围畴]?\s*([一二三1-3])((?:\s*[+、及和与,&/]\s*(?:范[围畴]\s*)?[二三23])*)|范[围畴]\s*([Ii]{1,3})"
)
_SCOPES_EN = re.compile(r"scopes?\s*([1-3](?!\d)|i{1,3}\b)((?:\s*(?:\+|,|&|/|and|, and)\s*(?:scopes?\s*)?[1-3])*)")
_DIGIT = {"一": "1", "二": "2", "三": "3", "i": "1", "ii": "2", "iii": "3"}
_NOT_WORD = re.compile(r"[^\w]+|_")
_SEAM = re.compile(r"(?<=[a-z0-9])(?=[一-龥])|(?<=[一-龥])(?=[a-z])|(?<=[一-龥])(?=\d)(?<!范围)")
_GAP_ZH = re.compile(r"(?<=[一-龥]) (?=[一-龥])")
_PLURALS = {"women": "woman", "men": "man", "women's": "woman", "children": "child", "people": "people"}


@lru_cache(maxsize=65536)
def normal(text: str) -> str:
    """Words parted by single spaces with one at each end, Latin ones in small letters and the singular: ` scope 12 emission `."""
    letters = _MARK.sub("", fold(text).strip())
    letters = _LETTERS.sub(" ", letters)
    if len(letters) > 60:
        letters = _FORMULA.sub(" ", letters)
    letters = _SCOPES_ZH.sub(_scope_zh, letters).lower().replace("scopes", "scope")
    letters = _SCOPES_EN.sub(_scope_en, letters)
    letters = letters.replace("%", " percent ").replace("&", " and ").replace("co2-e", "co2e").replace("(s)", "")
    letters = _SEAM.sub(" ", _NOT_WORD.sub(" ", letters))
    words = " ".join(_singular(word) for word in letters.split())
    return f" {_GAP_ZH.sub('', words)} "


def _scope_zh(found: re.Match[str]) -> str:
    digits = (
        "".join(_DIGIT.get(letter, letter) for letter in re.findall(r"[一二三1-3]", found.group(1) + found.group(2)))
        if found.group(1)
        else ""
    )
    return f"范围{digits or _DIGIT[found.group(3).lower()]}"


def _scope_en(found: re.Match[str]) -> str:
    first = _DIGIT.get(found.group(1), found.group(1))
    return f"scope {first}{''.join(re.findall('[1-3]', found.group(2)))} "


def _singular(word: str) -> str:
    if word in _PLURALS:
        return _PLURALS[word]
    if not word.isascii() or len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "xes", "ches")) else word[:-1]


def weight(text: str) -> int:
    """How much a text says: a Chinese letter counts for two Latin ones, spaces for none."""
    return sum(2 if "一" <= letter <= "龥" else 1 for letter in text if letter != " ")
