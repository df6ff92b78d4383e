"""Finds the metric that a label names, and how much of the label that name explains."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from leafledger.audit.ages import age_group
from leafledger.audit.dictionary import Dimension, Phrase, dictionary, phrases_in, place_of
from leafledger.audit.normal import normal, weight
from leafledger.audit.wording import anywhere, lists

LONGEST = 220
"""A longer label is a sentence."""
MOST = 12
"""How many metrics that a label may name are weighed against each other."""
_IDLE = re.compile(r"[的所及和与以在之各量数类地总年内按全约共个]+|[a-z]|\d+")
"""Letters that are idle where they stand alone."""
_GAPS = re.compile(r"[\s|]+")
_ABOUT_PEOPLE = ("safety.", "training.", "ethics.", "people.")
_PEOPLE = ("employee", "worker", "staff", "员工", "雇员")
_HAVE_AGES = ("people.", "training.", "governance.", "safety.")
_SUFFIXES = ("_share", "_intensity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a text names: the metric that leaves least of it unexplained, what nothing explains, and the share that is explained.

    several: it names another metric too. bare: by a noun that may count anything. other: words make it another figure.
    """

    metric: str = ""
    rest: str = ""
    covered: Decimal = Decimal(0)
    several: bool = False
    bare: bool = False
    other: bool = False


@lru_cache(maxsize=32768)
def words_of(text: str) -> Words:
    """Which metric a text names; none where it is empty, a sentence, or has no name of the dictionary in it."""
    plain = ageless(text)
    if not 3 <= len(plain) <= LONGEST:
        return Words()
    found: dict[str, Phrase] = {}
    for phrase, _ in phrases_in(plain):
        found.setdefault(phrase.of, phrase)
    if not found:
        return Words(rest=plain.strip())
    weighed = [(_explained(plain, phrase), phrase) for phrase in list(found.values())[:MOST]]
    best, name = max(weighed, key=lambda one: (one[0].covered, not one[0].bare, one[1].weight))
    others = [phrase for phrase in found.values() if phrase.of != name.of]
    return replace(best, several=_several(plain, name, others))


def _explained(plain: str, phrase: Phrase) -> Words:
    """The words of one metric taken out of a text, with what may stand beside them and what splits it."""
    start, end = _spread(plain, phrase)
    left = f"{plain[:start]} | {plain[end:]}"
    for word in dictionary().beside[phrase.of]:
        left = taken(left, word)
    for other in dictionary().named[phrase.of]:
        left = taken(left, other.text)
    if phrase.of.startswith(_ABOUT_PEOPLE) and phrase.of != "people.employees":
        for word in _PEOPLE:
            left = taken(left, word)
    left = unexplained(without_members(left, phrase.of))
    whole = weight(unexplained(plain)) or weight(plain)
    covered = 1 - Decimal(min(weight(left), whole)) / whole if whole else Decimal(0)
    return Words(
        metric=phrase.of,
        rest=left,
        covered=covered,
        bare=phrase.text in lists()["bare"],
        other=makes_other(left),
    )


def _spread(plain: str, phrase: Phrase) -> tuple[int, int]:
    """Where the phrase stands, or a member that it is a piece of: 燃料 in 燃料油."""
    start = place_of(phrase.text, plain)
    end = start + len(phrase.text)
    for dimension in dimensions(phrase.of):
        for member in dimension.phrases:
            at = place_of(member.text, plain) if phrase.text in member.text and phrase.text != member.text else -1
            if 0 <= at <= start and end <= at + len(member.text):
                return at, at + len(member.text)
    return start, end


def _several(plain: str, name: Phrase, others: list[Phrase]) -> bool:
    """Does the text name another metric in words of its own, none of them a bare noun?"""
    at = place_of(name.text, plain)
    left = f"{plain[:at]} | {plain[at + len(name.text) :]}"
    for word in dictionary().beside[name.of]:
        left = taken(left, word)
    left = without_members(left, name.of)
    bare = lists()["bare"] if name.text not in lists()["bare"] else ()
    return any(place_of(one.text, left) >= 0 for one in others if one.weight >= 8 and one.text not in bare)


def makes_other(text: str) -> bool:
    """Is there a word that makes it another figure: target, reduction, rate?"""
    return bool(anywhere("other_figure").search(text))


def unexplained(text: str) -> str:
    """What is left of a text in normal form without idle words."""
    words = _GAPS.split(anywhere("idle").sub(" ", text))
    return " ".join(word for word in words if word and not _IDLE.fullmatch(word))


def rest_of(text: str, metric: str) -> str:
    """What of a text neither the members of splits, nor the names of the metric, nor idle words explain."""
    left = without_members(ageless(text) if has_ages(metric) else normal(text), metric)
    for phrase in dictionary().named.get(base_of(metric), ()):
        left = taken(left, phrase.text)
    return unexplained(left)


def without_members(text: str, metric: str) -> str:
    """A text in normal form without the members by which a metric may be split."""
    for dimension in dimensions(metric):
        for member in dimension.phrases:
            text = taken(text, member.text)
    return text


def taken(text: str, word: str) -> str:
    """A text without a word, once."""
    at = place_of(word, text)
    return f"{text[:at]} {text[at + len(word) :]}" if at >= 0 else text


def ageless(text: str) -> str:
    """A text in normal form without the age group in it."""
    age = age_group(text)
    return normal(text[: age[1]] + " " + text[age[2] :]) if age else normal(text)


def has_ages(metric: str) -> bool:
    return metric.startswith(_HAVE_AGES)


@lru_cache(maxsize=1024)
def dimensions(metric: str) -> tuple[Dimension, ...]:
    """The splits that a metric may have."""
    return tuple(one for one in dictionary().dimensions if one.fits(metric))


def base_of(metric: str) -> str:
    """The metric whose names name it: of a made one, that which it is made of."""
    if metric in dictionary().metrics:
        return metric
    return next((metric.removesuffix(suffix) for suffix in _SUFFIXES if metric.endswith(suffix)), metric)
