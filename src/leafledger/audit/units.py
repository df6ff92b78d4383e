"""Reads the unit that a text names, simple (兆瓦時) or for each of another (tCO2e／百萬元收入), whatever its language."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from leafledger.audit.fold import fold
from leafledger.library.load import LIBRARY
from leafledger.library.strict_yaml import parse, read_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """id: as a Mention carries it ("MWh", "tCO2e/1000000 CNY"). factor: how many of the first unit of its dimension it is."""

    id: str
    dimension: str
    factor: Fraction

    @property
    def intensity(self) -> bool:
        return "/" in self.dimension


NUMBER_WORDS: dict[str, int] = {
    "hundred": 100, "thousand": 1000, "thousands": 1000, "thousands of": 1000, "million": 10**6, "millions": 10**6, "millions of": 10**6,
    "billion": 10**9, "billions": 10**9, "billions of": 10**9, "trillion": 10**12, "mn": 10**6, "bn": 10**9, "mm": 10**6,
    "mln": 10**6, "lakh": 10**5, "lakhs": 10**5, "lac": 10**5, "lacs": 10**5, "crore": 10**7, "crores": 10**7, "cr": 10**7, "cr.": 10**7,
    "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11,
    "万亿": 10**12,
}  # fmt: skip
"""Words that multiply the number before them. 兆 is left out: it is a million in 兆瓦 and a million millions in 兆元."""

_PER = re.compile(r"\s*(?:/|每|\bper\b)\s*", re.IGNORECASE)
_GAP = re.compile(r"[\s_·・]+")
_LATIN = re.compile(r"[A-Za-z]")
_AFTER = re.compile(
    r"(?:营业收入|收入|营收|营业额|销售额|产值|增加值|revenue|turnover|sales|income|员工|雇员|人均"
    r"|(?:of )?(?:finished )?products?(?: produced| sold)?|(?:of )?production|产品|产量)"
)
_BRACKETS = str.maketrans({"(": " ", ")": " ", "[": " ", "]": " ", "（": " ", "）": " "})


@lru_cache(maxsize=1)
def _known() -> tuple[dict[str, Unit], dict[str, Unit], dict[str, Unit]]:
    """(by id, by exact word, by folded word in small letters)."""
    path = LIBRARY / "audit" / "units.yaml"
    blocks: list[dict[str, Any]] = parse(read_text(path, path.name), path.name).data
    ids: dict[str, Unit] = {}
    exact: dict[str, Unit] = {}
    words: dict[str, Unit] = {}
    for block in blocks:
        unit = Unit(id=block["id"], dimension=block["dimension"], factor=Fraction(block["factor"]))
        ids[unit.id] = unit
        exact |= {fold(word): unit for word in block.get("exact", ())}
        words |= {fold(word).lower(): unit for word in block.get("words", ())}
    return ids, exact, words


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """Every unit word, the longest first; one of letters only where no letter goes on."""
    _, exact, words = _known()
    spelled = [_spell(word, exact=True) for word in sorted(exact, key=len, reverse=True)]
    loose = [_spell(word, exact=False) for word in sorted(words, key=len, reverse=True)]
    return re.compile(f"(?:(?P<loose>(?i:{'|'.join(loose)}))|(?P<exact>{'|'.join(spelled)}))")


def _spell(word: str, *, exact: bool) -> str:
    gaps = r"\s?".join(re.escape(part) for part in word.split(" "))
    return gaps + (r"(?![A-Za-z])" if _LATIN.match(word[-1]) else r"(?![A-Za-z0-9])" if word[-1].isdigit() else "")


@lru_cache(maxsize=1)
def _scale_pattern() -> re.Pattern[str]:
    words = sorted(NUMBER_WORDS, key=len, reverse=True)
    return re.compile("|".join(_spell(word, exact=False) for word in words), re.IGNORECASE)


def scale_at(folded: str, at: int) -> tuple[int, int] | None:
    """(multiplier, end) of a number word at this place: 万, million, crore. Not of one that begins a unit, as 千 in 千瓦."""
    found = _scale_pattern().match(folded, at)
    if found is None:
        return None
    word = _GAP.sub(" ", found.group().lower())
    unit = _word_at(folded, at)
    if unit is not None and unit[1] > found.end():
        return None
    return NUMBER_WORDS[word], found.end()


def _word_at(folded: str, at: int) -> tuple[Unit, int] | None:
    found = _pattern().match(folded, at)
    if found is None:
        return None
    _, exact, words = _known()
    if found["exact"] is not None:
        return exact[_GAP.sub(" ", found["exact"])] if found["exact"] in exact else exact[found["exact"]], found.end()
    text = found["loose"]
    later = _exactly(folded, at)
    if later is not None and later[1] >= found.end():
        return later
    word = _GAP.sub(" ", text.lower())
    unit = words.get(word) or words.get(word.replace(" ", ""))
    return (unit, found.end()) if unit else _respaced(word, words, found.end())


def _exactly(folded: str, at: int) -> tuple[Unit, int] | None:
    """A unit whose case matters (Mt is not MT) wins over the same letters in any case."""
    _, exact, _ = _known()
    for length in range(8, 0, -1):
        word = folded[at : at + length]
        if word in exact and not _LATIN.match(folded[at + length : at + length + 1]):
            return exact[word], at + length
    return None


def _respaced(word: str, words: dict[str, Unit], end: int) -> tuple[Unit, int] | None:
    squeezed = word.replace(" ", "")
    unit = next((unit for known, unit in words.items() if known.replace(" ", "") == squeezed), None)
    return (unit, end) if unit else None


def unit_at(text: str, at: int = 0) -> tuple[Unit, int] | None:
    """The unit that stands at this place of a folded text, and where it ends. Number words in it count: 万元, million tonnes."""
    start = at
    scale = Fraction(1)
    while (number := scale_at(text, start)) is not None:
        scale *= number[0]
        start = number[1]
        while text[start : start + 1] == " ":
            start += 1
    first = _word_at(text, start)
    if first is None:
        return None
    unit, end = first
    unit, end = _same_money(text, unit, end)
    if scale != 1:
        unit = _scaled(unit, scale)
    per = _PER.match(text, end)
    if per and (below := _below(text, per.end())):
        return _divided(unit, below[0]), below[1]
    return unit, end


def _same_money(text: str, unit: Unit, end: int) -> tuple[Unit, int]:
    """`RMB million`, `₹ crore`, `万元人民币`: the currency and its number word may stand in either order."""
    if unit.dimension not in _CURRENCIES:
        return unit, end
    at = end + (text[end : end + 1] == " ")
    if (number := scale_at(text, at)) is not None:
        return _scaled(unit, Fraction(number[0])), _same_money(text, unit, number[1])[1]
    named = re.compile(r"\(?(人民币|港币|美元|港元|rmb|cny)\)?", re.IGNORECASE).match(text, at)
    if named and unit.id == "CNY" and (word := _word_at(text, named.start(1))):
        return (word[0] if unit.factor == 1 else unit), named.end()
    return unit, end


_CURRENCIES = frozenset(("CNY", "HKD", "USD", "TWD", "SGD", "EUR", "GBP", "JPY", "INR", "AUD"))


def _below(text: str, at: int) -> tuple[Unit, int] | None:
    plain = unit_at(text, at)
    if plain is None and (number := re.compile(r"\d[\d,]*\s*").match(text, at)):  # per 1,000 employees
        inner = unit_at(text, number.end())
        if inner:
            count = Fraction(int(re.sub(r"\D", "", number.group())))
            plain = _scaled(inner[0], count), inner[1]
    if plain is None:
        return None
    unit, end = plain
    tail = re.compile(r"\s?(?:of\s|in\s)?" + _AFTER.pattern, re.IGNORECASE).match(text, end)
    return unit, tail.end() if tail else end


def _scaled(unit: Unit, by: Fraction) -> Unit:
    return Unit(id=f"{by} {unit.id}", dimension=unit.dimension, factor=unit.factor * by)


def _divided(over: Unit, under: Unit) -> Unit:
    return Unit(
        id=f"{over.id}/{under.id}",
        dimension=f"{over.dimension}/{under.dimension}",
        factor=over.factor / under.factor,
    )


@lru_cache(maxsize=4096)
def unit_in(text: str) -> Unit | None:
    """The unit that a whole text is: a cell of a column of units, or words in brackets. None if it is anything else."""
    folded = fold(text).translate(_BRACKETS).strip(" .,:;")
    found = unit_at(folded)
    if found is None:
        return None
    rest = _AFTER.sub("", folded[found[1] :]).strip(" .,:;*")
    return found[0] if not rest else None


def unit_inside(text: str) -> Unit | None:
    """A unit in brackets, or behind a comma at the end: 用水量(噸), Water use, kL."""
    folded = fold(text)
    inside = re.findall(r"[(\[]([^()\[\]]{1,40})[)\]]", folded)
    for words in (*inside, *re.findall(r"(?:,|\bin)\s*([^,()]{1,30})$", folded)):
        unit = unit_in(re.sub(r"^(?:单位\s*[::]?|in)\s*", "", words))
        if unit:
            return unit
    return None


@lru_cache(maxsize=4096)
def unit_named(id: str) -> Unit | None:
    """The unit of an id that a Mention carries. None for an id that no unit has."""
    over, slash, under = id.partition("/")
    if slash and id not in _known()[0]:
        parts = unit_named(over), unit_named(under)
        return _divided(parts[0], parts[1]) if parts[0] and parts[1] else None
    number, _, word = id.rpartition(" ")
    unit = _known()[0].get(word or id)
    return _scaled(unit, Fraction(number)) if unit and number else unit
