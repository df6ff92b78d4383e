"""Loads the lists of words that say how a label or a sentence is meant (library/audit/wording.yaml), as patterns."""

import re
from collections.abc import Mapping
from functools import lru_cache

from leafledger.audit.fold import fold
from leafledger.library.load import LIBRARY
from leafledger.library.strict_yaml import parse, read_text

_CHOICE = re.compile(r"\{([^{}]*)\}")


def spellings(word: str) -> list[str]:
    """`{人均|平均}培訓{時數|時長}` written out: each choice in turn."""
    choice = _CHOICE.search(word)
    if choice is None:
        return [word]
    return [
        spelled
        for one in choice.group(1).split("|")
        for spelled in spellings(word[: choice.start()] + one + word[choice.end() :])
    ]


@lru_cache(maxsize=1)
def lists() -> Mapping[str, tuple[str, ...]]:
    """Each list by its id, its words folded, the longest first."""
    path = LIBRARY / "audit" / "wording.yaml"
    blocks = parse(read_text(path, path.name), path.name).data
    return {
        block["id"]: tuple(
            sorted({fold(spelled) for word in block["words"] for spelled in spellings(word)}, key=len, reverse=True)
        )
        for block in blocks
    }


def any_of(*names: str) -> str:
    """The source of a pattern for any word of these lists; Latin ones only whole, or at the head of one where * says so."""
    words = sorted({word for name in names for word in lists()[name]}, key=len, reverse=True)
    return f"(?:{'|'.join(map(_spelled, words))})"


def _spelled(word: str) -> str:
    stem = word.removesuffix("*")
    source = re.escape(stem).replace(r"\ ", r"\s+")
    before = r"(?<![A-Za-z])" if stem[0].isascii() and stem[0].isalpha() else ""
    return before + source + (r"(?![A-Za-z])" if word == stem and stem[-1].isascii() and stem[-1].isalpha() else "")


@lru_cache(maxsize=64)
def anywhere(name: str) -> re.Pattern[str]:
    """A word of the list, anywhere."""
    return re.compile(any_of(name), re.IGNORECASE)


@lru_cache(maxsize=64)
def at_end(name: str) -> re.Pattern[str]:
    """A word of the list at the end of a text."""
    return re.compile(any_of(name) + r"\s*$", re.IGNORECASE)


@lru_cache(maxsize=64)
def at_head(name: str) -> re.Pattern[str]:
    """A word of the list at the head of a text, after spaces."""
    return re.compile(r"\s*" + any_of(name), re.IGNORECASE)
