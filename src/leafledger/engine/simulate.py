"""Monte Carlo: a figure worked out again and again with its sources drawn anew, the same numbers for the same seed."""

from collections.abc import Iterator
from random import Random

from leafledger.engine.independent import drawing
from leafledger.engine.trace import SIGNS, Leaf, Trace

AT_ONCE = 500
"""Draws that are held at a time, so that a figure of many thousand records needs little memory."""


def figures(trace: Trace, draws: int, random: Random) -> Iterator[float]:
    """What the figure comes to in each draw, in root units. Sources of unknown uncertainty stand as they are."""
    ways = [drawing(source, random) if source.deviation else None for source in trace.sources]
    for first in range(0, draws, AT_ONCE):
        several = range(min(AT_ONCE, draws - first))
        drawn = [None if draw is None else [draw() for _ in several] for draw in ways]
        yield from _worked_out(trace, drawn, several)


def _worked_out(trace: Trace, drawn: list[list[float] | None], several: range) -> list[float]:
    """The figure once for each of several draws."""
    found: list[list[float]] = []
    for step in trace.steps:
        if isinstance(step, Leaf):
            found.append(_leaf(step, drawn, several))
        else:
            act = SIGNS[step.sign]
            found.append(list(map(act, found[step.left], found[step.right])))
    return found[-1]


def _leaf(leaf: Leaf, drawn: list[list[float] | None], several: range) -> list[float]:
    """Amounts times what was drawn for their sources, added up."""
    still, moving = leaf.fixed, []
    for source, amount in leaf.parts:
        if (drawn_here := drawn[source]) is None:
            still += amount
        else:
            moving.append((drawn_here, amount))
    total = [still for _ in several]
    for drawn_here, amount in moving:
        total = [so_far + amount * one for so_far, one in zip(total, drawn_here, strict=True)]
    return total
