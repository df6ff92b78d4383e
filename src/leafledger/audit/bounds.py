"""Reads the words and signs around a number that make it a bound: over 90, within 1.5, about 60, 1,200+."""

import re
from functools import lru_cache

from leafledger.audit.wording import any_of
from leafledger.core.entry import Bound

_SIGNS: tuple[tuple[Bound, str], ...] = (("within", r"<=?|≤"), ("over", r">=?|≥"), ("about", r"~|≈"))
_REACH = re.compile(r"(?:达到|达)\s?$")


@lru_cache(maxsize=1)
def _before() -> tuple[tuple[Bound, re.Pattern[str]], ...]:
    return tuple(
        (bound, re.compile(rf"(?:{any_of(bound)}|{signs})\s?(?:约)?\s?$", re.IGNORECASE)) for bound, signs in _SIGNS
    )


@lru_cache(maxsize=1)
def _after() -> tuple[tuple[Bound, re.Pattern[str]], ...]:
    plus = r"\+(?!\d)|多(?!元|样|种|个|层|边|维|方)"
    return (
        ("over", re.compile(rf"(?:{plus}|{any_of('over_after')})", re.IGNORECASE)),
        ("within", re.compile(any_of("within_after"), re.IGNORECASE)),
        ("about", re.compile(any_of("about_after"))),
    )


def bound_before(before: str) -> Bound:
    """What the end of the text before a number makes of it, by its longest words: 不少于 is not 少于. "Reached" makes nothing of it."""
    found = [(match.start(), bound) for bound, pattern in _before() if (match := pattern.search(before)) is not None]
    bound = min(found, default=(0, "exact"))[1]
    return "exact" if bound == "over" and _REACH.search(before) else bound


def bound_after(folded: str, at: int) -> tuple[Bound, int] | None:
    """(bound, where its words end) of what stands right behind a number."""
    at += folded[at : at + 1] == " " and folded[at + 1 : at + 2] != "+"
    for bound, pattern in _after():
        if (found := pattern.match(folded, at)) is not None:
            return bound, found.end()
    return None
