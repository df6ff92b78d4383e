"""Loads what figures and their splits are called (library/audit/labels.yaml and splits.yaml)."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from leafledger.audit.normal import normal, weight
from leafledger.audit.wording import spellings
from leafledger.core.text import Text
from leafledger.library.load import LIBRARY
from leafledger.library.strict_yaml import parse, read_text

MetricKind = Literal["flow", "stock", "ratio", "average"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A figure that reports print. units: the dimensions it may have; empty: a bare number. counts: of a count, its counters.

    of, over: numerator and denominator of a ratio or an average, the likeliest first. sum_of: figures that make it when added.
    adds: the splits whose members add up to it. intensity: the id of the same for each of something.
    """

    id: str
    title: Text
    kind: MetricKind
    units: tuple[str, ...]
    counts: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    sum_of: tuple[str, ...] = ()
    adds: tuple[str, ...] = ()
    intensity: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """One name of a metric or of a member, in normal form without the outer spaces."""

    text: str
    of: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """A split. of: beginnings of the ids of metrics that may be split so. whole: sets of members that are everybody."""

    id: str
    of: tuple[str, ...]
    whole: tuple[frozenset[str], ...]
    phrases: tuple[Phrase, ...]

    def fits(self, metric: str) -> bool:
        return any(
            start == "all" or metric.startswith(start) or (start == "intensity" and "intensity" in metric)
            for start in self.of
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Dictionary:
    """metrics by id; phrases the longest first, and by their first word or two letters; named: those of each metric.

    beside: words that change nothing beside a metric. dimensions: in the order of the file.
    """

    metrics: Mapping[str, Metric]
    phrases: tuple[Phrase, ...]
    starts: Mapping[str, tuple[Phrase, ...]]
    named: Mapping[str, tuple[Phrase, ...]]
    beside: Mapping[str, tuple[str, ...]]
    dimensions: tuple[Dimension, ...]


@lru_cache(maxsize=1)
def dictionary() -> Dictionary:
    """The shipped dictionary."""
    blocks = _read("labels.yaml")
    metrics = {block["id"]: _metric(block) for block in blocks}
    phrases = [phrase for block in blocks for phrase in _phrases(block["id"], block["words"])]
    phrases.sort(key=lambda one: -one.weight)
    return Dictionary(
        metrics=metrics,
        phrases=tuple(phrases),
        starts=_grouped(phrases, lambda one: start_of(one.text)),
        named=_grouped(phrases, lambda one: one.of),
        beside={block["id"]: _longest_first(block.get("with", ())) for block in blocks},
        dimensions=tuple(_dimension(block) for block in _read("splits.yaml")),
    )


def _grouped(phrases: list[Phrase], key: Callable[[Phrase], str]) -> dict[str, tuple[Phrase, ...]]:
    groups: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        groups.setdefault(key(phrase), []).append(phrase)
    return {name: tuple(group) for name, group in groups.items()}


def start_of(text: str) -> str:
    """What a phrase is looked up by: its first two letters in Chinese, else its first word."""
    return text[:2] if text[0] > "\u2e7f" else _WORD.match(text).group()  # type: ignore[union-attr]


_WORD = re.compile(r"[^\s\u2e80-\uffff]+")


def phrases_in(text: str) -> list[tuple[Phrase, int]]:
    """Every name of a metric that stands in a text in normal form, and where; the longest first."""
    starts = dictionary().starts
    found: list[tuple[Phrase, int]] = []
    for at in range(len(text)):
        letter = text[at]
        if letter > "\u2e7f":
            candidates = starts.get(text[at : at + 2], ())
        elif letter != " " and not _goes_on(text, at - 1, at) and (word := _WORD.match(text, at)):
            candidates = starts.get(word.group(), ())
        else:
            continue
        for phrase in candidates:
            end = at + len(phrase.text)
            if text.startswith(phrase.text, at) and not _goes_on(text, end - 1, end):
                found.append((phrase, at))
    found.sort(key=lambda one: (-one[0].weight, one[1]))
    return found


def _read(name: str, folder: Path = LIBRARY / "audit") -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = parse(read_text(folder / name, name), name).data
    return blocks


def _metric(block: Mapping[str, Any]) -> Metric:
    lists = {key: tuple(block.get(key, ())) for key in ("units", "counts", "of", "over", "sum_of", "adds")}
    return Metric(
        id=block["id"], title=block["title"], kind=block["kind"], intensity=block.get("intensity", ""), **lists
    )


def _dimension(block: Mapping[str, Any]) -> Dimension:
    phrases = [phrase for member, words in block["members"].items() for phrase in _phrases(member, words)]
    return Dimension(
        id=block["id"],
        of=tuple(block.get("of", ())),
        whole=tuple(frozenset(members) for members in block.get("whole", ())),
        phrases=tuple(sorted(phrases, key=lambda one: -one.weight)),
    )


def _phrases(of: str, words: Iterable[str]) -> list[Phrase]:
    texts = dict.fromkeys(normal(spelled).strip() for word in words for spelled in spellings(word))
    return [Phrase(text=text, of=of, weight=weight(text)) for text in texts]


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({normal(word).strip() for word in words}, key=len, reverse=True))


def place_of(phrase: str, text: str, start: int = 0) -> int:
    """Where a phrase stands in a text in normal form; Latin words and digits only whole, 男 and 女 only alone. -1 if nowhere."""
    at = text.find(phrase, start)
    alone = len(phrase) == 1 and phrase > "\u2e7f"
    while at >= 0:
        end = at + len(phrase)
        if alone and (text[at - 1 : at] > "\u2e7f" or text[end : end + 1] > "\u2e7f"):
            pass
        elif not (_goes_on(text, at - 1, at) or _goes_on(text, end - 1, end)):
            return at
        at = text.find(phrase, at + 1)
    return -1


def _goes_on(text: str, left: int, right: int) -> bool:
    """Are these two neighbours of one Latin word or number? (`fi` and `re` of `fire`)."""
    pair = text[left : right + 1] if left >= 0 else ""
    return len(pair) == 2 and pair.isascii() and pair.isalnum()
