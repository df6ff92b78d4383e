"""Every text of the library is in three languages, and none of them strays into another's script."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from leafledger.core.text import LANGUAGES
from leafledger.library.load import LIBRARY, load

HONG_KONG = "衞着裏恒"
"""Written so in Hong Kong, and not in the character set of 1984."""
NOT_SIMPLIFIED = "於後夥徵"
NOT_TRADITIONAL = "与体异价构机确气适复种儿据网极优洁厂离么"
"""In the other script's character set too, but for names and old texts only."""


def texts(thing: object) -> Iterator[tuple[str, dict[str, str]]]:
    """Every map of languages in a definition, with what it belongs to."""
    for field in fields(thing):
        value = getattr(thing, field.name)
        where = f"{thing.id if hasattr(thing, 'id') else type(thing).__name__}.{field.name}"
        if isinstance(value, dict):
            parts = [(where, value)] if "en" in value else [(f"{where}.{key}", text) for key, text in value.items()]
            yield from (one for one in parts if isinstance(one[1], dict))
        elif isinstance(value, tuple):
            for part in value:
                yield from texts(part) if is_dataclass(part) else ()


def all_texts() -> list[tuple[str, dict[str, str]]]:
    library = load(LIBRARY)
    kinds = (
        library.dimensions,
        library.activities,
        library.metrics,
        library.regions,
        library.standards,
        library.factor_names,
    )
    return [found for kind in kinds for definition in kind.values() for found in texts(definition)]


def strays(text: str, script: str, also: str, never: str) -> set[str]:
    """The Chinese characters of a text that its script does not have."""
    chinese = {c for c in text if "\u3400" <= c <= "\u9fff"} - set(also)
    return {c for c in chinese if c in never or not c.encode(script, "ignore")}


def not_simplified(text: str) -> set[str]:
    return strays(text, "gb2312", "", NOT_SIMPLIFIED)


def not_traditional(text: str) -> set[str]:
    return strays(text, "big5", HONG_KONG, NOT_TRADITIONAL)


def test_every_text_is_there_in_every_language():
    found = all_texts()
    assert len(found) > 1000
    assert [where for where, text in found if set(text) != set(LANGUAGES) or not all(text.values())] == []


def test_no_simplified_text_holds_traditional_characters():
    assert [(where, text["zh-Hans"]) for where, text in all_texts() if not_simplified(text["zh-Hans"])] == []


def test_no_traditional_text_holds_simplified_characters():
    assert [(where, text["zh-Hant"]) for where, text in all_texts() if not_traditional(text["zh-Hant"])] == []


def test_a_character_of_the_other_script_is_seen():
    assert not_simplified("适用於單一数据中心") == set("於單")
    assert not_traditional("适用於单一數據中心") == set("适单")


def test_english_is_english():
    assert [
        (where, text["en"]) for where, text in all_texts() if any("\u3000" <= c <= "\uffef" for c in text["en"])
    ] == []
