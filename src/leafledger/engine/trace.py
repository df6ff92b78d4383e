"""A figure laid out as the sums, products and quotients it was worked out by, down to its independent sources."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import fsum
from typing import Literal

from leafledger.core.fact import FactorUse
from leafledger.engine.independent import Kind, Source, of_cell, of_factor
from leafledger.engine.value import Made, OfFact, Recorded, Value

SIGNS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """What was recorded or looked up: amounts by the number of their source, added up; a plain number has none and is `fixed`."""

    parts: tuple[tuple[int, float], ...] = ()
    fixed: float = 0.0


@dataclass(frozen=True, slots=True)
class Step:
    """`left sign right`, of steps that stand before it."""

    sign: Literal["+", "-", "*", "/"]
    left: int
    right: int


@dataclass(slots=True)
class Trace:
    """Steps in an order in which each can be worked out; the last is the figure, in root units."""

    steps: list[Leaf | Step] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)


def laid_out(key: str, values: Mapping[str, Value]) -> Trace:
    """The figure of that key, from `values` of it and of every figure behind it. Not recursive: sums of many sites are deep."""
    trace = Trace()
    place: dict[int, int] = {}
    open_ = [values[key]]
    while open_:
        value = open_[-1]
        if id(value) in place:
            open_.pop()
            continue
        below = _below(value, values)
        if waiting := [one for one in below if id(one) not in place]:
            open_.extend(reversed(waiting))
            continue
        if isinstance(value.behind, OfFact):
            place[id(value)] = place[id(below[0])]
        else:
            trace.steps.append(_step(trace, value, [place[id(one)] for one in below]))
            place[id(value)] = len(trace.steps) - 1
        open_.pop()
    return trace


def worths(trace: Trace) -> list[float]:
    """What each step comes to, in root units."""
    worth: list[float] = []
    for step in trace.steps:
        match step:
            case Leaf(parts, fixed):
                worth.append(fsum(amount for _, amount in parts) + fixed)
            case Step(sign, left, right):
                worth.append(SIGNS[sign](worth[left], worth[right]))
    return worth


def known_share(trace: Trace, kind: Kind | None = None) -> float:
    """The share of the amount all of whose sources (of that kind) have an uncertainty: of a sum by size, of a product of both sides."""
    found: list[tuple[float, float]] = []
    worth = worths(trace)
    for at, step in enumerate(trace.steps):
        match step:
            case Leaf(parts, fixed):
                sizes = [(abs(amount), _is_known(trace.sources[source], kind)) for source, amount in parts]
                size = fsum(one for one, _ in sizes) + abs(fixed)
                found.append((size, fsum(one for one, known in sizes if known) + abs(fixed)))
            case Step("+" | "-", left, right):
                found.append((found[left][0] + found[right][0], found[left][1] + found[right][1]))
            case Step(_, left, right):
                share = _share(*found[left]) * _share(*found[right])
                found.append((abs(worth[at]), abs(worth[at]) * share))
    return _share(*found[-1])


def _share(size: float, known: float) -> float:
    return known / size if size else 1.0


def _is_known(source: Source, kind: Kind | None) -> bool:
    return source.percent is not None or (kind is not None and source.kind != kind)


def _below(value: Value, values: Mapping[str, Value]) -> tuple[Value, ...]:
    match value.behind:
        case Made(_, left, right):
            return (left, right)
        case OfFact(key):
            return (values[key],)
        case _:
            return ()


def _step(trace: Trace, value: Value, below: list[int]) -> Leaf | Step:
    match value.behind:
        case Made(sign):
            return Step(sign, *below)
        case Recorded(parts):
            return Leaf(tuple((_number(trace, of_cell(cell)), float(amount)) for cell, amount in parts))
        case FactorUse() as use:
            return Leaf(((_number(trace, of_factor(use)), float(value.exact)),))
        case _:
            return Leaf(fixed=float(value.exact))


def _number(trace: Trace, source: Source) -> int:
    """The number of a source: the same one wherever it stands."""
    if source.id not in trace.numbers:
        trace.numbers[source.id] = len(trace.sources)
        trace.sources.append(source)
    return trace.numbers[source.id]
