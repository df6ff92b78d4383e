"""Says how we have a printed figure: stated, derived, or reconstructed from itself; and what its inputs lean on."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Literal

from leafledger.core.entry import Entry
from leafledger.core.fact import Fact, FactSet
from leafledger.library.published import Published
from leafledger.library.units import factor_between

How = Literal["stated", "derived", "reconstructed", "not reconstructable"]


def how(one: Published, fact: Fact, facts: FactSet, entries: Mapping[str, Entry]) -> How:
    """How we have a fact that is a figure, for a figure that was printed."""
    if one.key in _worked_back(fact, facts, entries):
        return "reconstructed"
    if not fact.formula and _repeats(one, fact, entries):
        return "stated"
    return "derived"


def _repeats(one: Published, fact: Fact, entries: Mapping[str, Entry]) -> bool:
    """Is there nothing between an entry and the figure: one entry alone, or one that says the same?"""
    counting = [entry for id in fact.entries if (entry := entries.get(id)) and entry.kind in ("reading", "nil")]
    same = (Fraction(entry.value) * factor_between(entry.unit, one.unit) == one.value for entry in counting)
    return len(fact.entries) == 1 or any(same)


def _worked_back(fact: Fact, facts: FactSet, entries: Mapping[str, Entry]) -> frozenset[str]:
    """Every printed figure that an entry behind the fact was worked back from, through other figures too."""
    found: set[str] = set()
    open_ = set(_backs(fact, facts, entries))
    while open_:
        key = open_.pop()
        found.add(key)
        if key in facts:
            open_ |= _backs(facts[key], facts, entries) - found
    return frozenset(found)


def _backs(fact: Fact, facts: FactSet, entries: Mapping[str, Entry]) -> set[str]:
    below = [facts[key] for key in fact.inputs]
    own = set(fact.entries) - {id for one in below for id in one.entries}
    taken = [entries[id] for id in own if id in entries]
    if not fact.formula:
        taken = _without_moves(taken)
    return {key for entry in taken for key in entry.worked_back_from}.union(
        *(_backs(one, facts, entries) for one in below)
    )


def _without_moves(taken: list[Entry]) -> list[Entry]:
    """A sum does not lean on adjustments that move amounts within it."""
    moved = [entry for entry in taken if entry.kind == "adjustment"]
    balance = sum(Fraction(entry.value) * factor_between(entry.unit, moved[0].unit) for entry in moved)
    return taken if balance else [entry for entry in taken if entry.kind != "adjustment"]


def leans_on(fact: Fact, facts: FactSet, entries: Mapping[str, Entry]) -> tuple[str, ...]:
    """Printed figures (by key) and assumed factors (by id) that the inputs of a fact were worked back from or rest on."""
    assumed = {use.id for below in _below(fact, facts) for use in below.factors if use.assumed}
    return tuple(sorted(_worked_back(fact, facts, entries) | assumed))


def _below(fact: Fact, facts: FactSet) -> Iterator[Fact]:
    yield fact
    for key in fact.inputs:
        yield from _below(facts[key], facts)
