"""Loads what figures and their splits are called (library/audit/labels.yaml and splits.yaml)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from leafledger.audit.normal import normal, weight
from leafledger.core.text import Text
from leafledger.library.load import LIBRARY
from leafledger.library.strict_yaml import parse, read_text

MetricKind = Literal["flow", "stock", "ratio", "average"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A figure that reports print. units: the dimensions it may have; empty: a bare number.

    of, over: numerator and denominator of a ratio or an average, the likeliest first. sum_of: figures that make it when added.
    adds: the splits whose members add up to it. intensity: the id of the same for each of something.
    """

    id: str
    title: Text
    kind: MetricKind
    units: tuple[str, ...]
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
        return any(start == "all" or metric.startswith(start) or (start == "intensity" and "intensity" in metric) for start in self.of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dictionary:
    """metrics by id; phrases the longest first; beside: words that change nothing beside a metric; dimensions in order."""

    metrics: Mapping[str, Metric]
    phrases: tuple[Phrase, ...]
    beside: Mapping[str, tuple[str, ...]]
    dimensions: tuple[Dimension, ...]


@lru_cache(maxsize=1)
def dictionary() -> Dictionary:
    """The shipped dictionary."""
    blocks = _read("labels.yaml")
    metrics = {block["id"]: _metric(block) for block in blocks}
    phrases = [phrase for block in blocks for phrase in _phrases(block["id"], block["words"])]
    return Dictionary(
        metrics=metrics,
        phrases=tuple(sorted(phrases, key=lambda one: -one.weight)),
        beside={block["id"]: _longest_first(block.get("with", ())) for block in blocks},
        dimensions=tuple(_dimension(block) for block in _read("splits.yaml")),
    )


def _read(name: str, folder: Path = LIBRARY / "audit") -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = parse(read_text(folder / name, name), name).data
    return blocks


def _metric(block: Mapping[str, Any]) -> Metric:
    lists = {key: tuple(block.get(key, ())) for key in ("units", "of", "over", "sum_of", "adds")}
    return Metric(id=block["id"], title=block["title"], kind=block["kind"], intensity=block.get("intensity", ""), **lists)


def _dimension(block: Mapping[str, Any]) -> Dimension:
    phrases = [phrase for member, words in block["members"].items() for phrase in _phrases(member, words)]
    return Dimension(
        id=block["id"],
        of=tuple(block.get("of", ())),
        whole=tuple(frozenset(members) for members in block.get("whole", ())),
        phrases=tuple(sorted(phrases, key=lambda one: -one.weight)),
    )


def _phrases(of: str, words: Iterable[str]) -> list[Phrase]:
    texts = dict.fromkeys(normal(word).strip() for word in words)
    return [Phrase(text=text, of=of, weight=weight(text)) for text in texts]


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({normal(word).strip() for word in words}, key=len, reverse=True))


def place_of(phrase: str, text: str, start: int = 0) -> int:
    """Where a phrase stands in a text in normal form; Latin words and digits only whole. -1 if nowhere."""
    at = text.find(phrase, start)
    while at >= 0:
        if not (_goes_on(text, at - 1, at) or _goes_on(text, at + len(phrase) - 1, at + len(phrase))):
            return at
        at = text.find(phrase, at + 1)
    return -1


def _goes_on(text: str, left: int, right: int) -> bool:
    """Are these two neighbours of one Latin word or number? (`fi` and `re` of `fire`)."""
    pair = text[left : right + 1] if left >= 0 else ""
    return len(pair) == 2 and pair.isascii() and pair.isalnum()
