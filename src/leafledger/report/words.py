"""The fixed words of a report and the names of its units, in each language, from two small files."""

import re
from functools import cache
from itertools import product
from pathlib import Path

from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.text import LANGUAGES
from leafledger.library.strict_yaml import parse, read_text

HERE = Path(__file__).parent
RENDERER = (
    "contents", "notes", "data_table", "draft", "digest", "key_fingerprint", "period", "goals", "goal", "language", "language_name",
    "skip", "to_top", "how_to_read", "evidence", "receipt", "colon",
)  # fmt: skip
_CJK = re.compile(r"[\u3400-\u9fff]")


def word(language: str, key: str, /, **values: object) -> str:
    """The word called `key`, filled. KeyError when there is none, which is a mistake of ours."""
    return _words("words.yaml")[key][language].format(**values)


def renderer_words(language: str) -> dict[str, str]:
    """The words that every format needs, as `Report.words` carries them."""
    return {key: word(language, key) for key in RENDERER}


def unit_name(unit: str, language: str, *, one: bool = False) -> str:
    """A unit as the language's readers write it. A unit without words is composed of its parts, or stands as it is."""
    known = _words("units.yaml")
    if unit in known:
        single, _, several = known[unit][language].partition("|")
        return single if one or not several else several
    left, slash, right = unit.rpartition("/")
    if slash:
        return f"{unit_name(left, language)}/{unit_name(right, language, one=True)}"
    return unit.replace("_", " ")


@cache
def units_called(name: str, language: str) -> frozenset[str]:
    """The units that a language calls so; of a compound, each way to read its parts."""
    alone = [
        unit
        for unit in _words("units.yaml")
        if name in (unit_name(unit, language), unit_name(unit, language, one=True))
    ]
    left, slash, right = name.rpartition("/")
    parts = product(units_called(left, language), units_called(right, language)) if slash else ()
    return frozenset([*alone, *("/".join(pair) for pair in parts)]) or frozenset([name])


def with_unit(number: str, unit: str, language: str, *, one: bool = False) -> str:
    """`36.1 MWh`, `12.5%`, `RMB 3.8 million`: the number and its unit, as a sentence of the language has them."""
    amount = _words("units.yaml").get(f"{unit} in prose")
    if amount:
        return amount[language].format(value=number)
    name = unit_name(unit, language, one=one)
    if not name:
        return number
    space = "" if name[0] in "%‰" or _CJK.match(name) else "\N{NO-BREAK SPACE}"
    return f"{number}{space}{name}"


@cache
def _words(name: str) -> dict[str, dict[str, str]]:
    data: dict[str, dict[str, str]] = parse(read_text(HERE / name, name), name).data
    lacking = [key for key, text in data.items() if set(text) != set(LANGUAGES)]
    if lacking:
        template = "these words are not given in each language: {keys}"
        raise Refused(
            Finding(rule="words", template=template, values={"keys": ", ".join(lacking)}, place=Place(name=name))
        )
    return {key: {language: text or "" for language, text in texts.items()} for key, texts in data.items()}
