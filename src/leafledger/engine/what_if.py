"""What would move if factors, the GWP set or the approach were others: by how much, and through which of these."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Context, Decimal
from functools import partial

from leafledger.core.definition import Factor, Library
from leafledger.core.fact import Cell, Fact, FactorUse, FactSet
from leafledger.core.labels import NONE, Labels
from leafledger.core.org import Company, Series, View
from leafledger.engine.books import Books, books
from leafledger.engine.compute import compute

Pair = tuple[FactorUse | None, FactorUse | None]
"""A factor as it was, and as it would be."""

_WIDE = Context(prec=120)


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """What figures are drawn up on. None of it is written anywhere."""

    library: Library
    company: Company
    series: tuple[Series, ...]
    cells: Sequence[Cell]
    view: View

    @property
    def books(self) -> Books:
        return books(self.library, self.company, self.series, self.cells, self.view)


@dataclass(frozen=True, slots=True, kw_only=True)
class Through:
    """One thing that is supposed: a factor by its name, or `gwp`, `approach` or `factors_as_of`.

    amount: what it moves, after those before it; None where there is no figure to tell by. uses: factors as they were and would be.
    """

    what: str
    amount: Decimal | None
    uses: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A figure that would be another. The amounts of `through` add up to the change, where both are figures."""

    before: Fact
    after: Fact
    through: tuple[Through, ...]

    @property
    def change(self) -> Decimal | None:
        if self.before.value is None or self.after.value is None:
            return None
        return _WIDE.subtract(self.after.value, self.before.value)


def moves(before: Supposed, after: Supposed) -> tuple[Move, ...]:
    """Every figure that would have another value or be a hole, or no longer be one, by key."""
    was, would = compute(before.books), compute(after.books)
    moved = [key for key in sorted(was) if key in would and was[key].value != would[key].value]
    if not moved:
        return ()
    served = {**before.library.factors, **after.library.factors}
    names = sorted({use.name for key in moved for pair in _changed(key, was, would, served) for use in pair if use})
    states = [(what, compute(state.books)) for what, state in _steps(before, after, names)]
    return tuple(_move(key, was, would[key], states, served) for key in moved)


def _steps(before: Supposed, after: Supposed, names: Sequence[str]) -> Iterator[tuple[str, Supposed]]:
    """From the one to the other, one thing after the other: how parts are consolidated, the GWP set, what is known, each factor."""
    now = before
    for what, change in _changes(after, names):
        changed = change(now)
        if changed != now:
            yield what, changed
            now = changed


def _changes(after: Supposed, names: Iterable[str]) -> Iterator[tuple[str, Callable[[Supposed], Supposed]]]:
    yield "approach", lambda now: replace(now, view=replace(now.view, approach=after.view.approach))
    yield "gwp", lambda now: replace(now, view=replace(now.view, gwp=after.view.gwp))
    yield "factors_as_of", lambda now: replace(now, company=after.company)
    for name in names:
        yield name, partial(_with, other=after.library, name=name)


def _with(now: Supposed, *, other: Library, name: str) -> Supposed:
    """The same with the rows of one factor as the other library has them."""
    library = now.library
    kept = {id: factor for id, factor in library.factors.items() if factor.name != name}
    rows = {id: factor for id, factor in other.factors.items() if factor.name == name}
    names = {**library.factor_names, **{id: one for id, one in other.factor_names.items() if id == name}}
    return replace(now, library=replace(library, factors=_ordered({**kept, **rows}), factor_names=names))


def _ordered(factors: Mapping[str, Factor]) -> dict[str, Factor]:
    return {id: factors[id] for id in sorted(factors)}


def _move(
    key: str, was: FactSet, would: Fact, states: Sequence[tuple[str, FactSet]], served: Mapping[str, Factor]
) -> Move:
    """One figure through every step. Where a step leaves no figure, its amount stands with the next that has one."""
    found: list[Through] = []
    last, before = was[key].value, was
    for what, facts in states:
        value, uses = facts[key].value if key in facts else None, _changed(key, before, facts, served)
        amount = None if value is None or last is None else _WIDE.subtract(value, last)
        if amount or uses:
            found.append(Through(what=what, amount=amount, uses=uses))
        last, before = last if value is None else value, facts
    return Move(before=was[key], after=would, through=tuple(found))


def _changed(key: str, was: FactSet, would: FactSet, served: Mapping[str, Factor]) -> tuple[Pair, ...]:
    """Factors behind the figure, through other figures too, that would be others: each as it was and would be.

    A potential of one gas is never set beside that of another: of one name and region, those for the same labels are a pair.
    """
    before, after = set(_behind(key, was)), set(_behind(key, would))
    gone, come = sorted(before - after, key=_where), sorted(after - before, key=_where)
    pairs: list[Pair] = []
    for use in gone:
        match = next((one for one in come if _place(one, served) == _place(use, served)), None)
        if match:
            come.remove(match)
        pairs.append((use, match))
    return (*pairs, *((None, use) for use in come))


def _place(use: FactorUse, served: Mapping[str, Factor]) -> tuple[str, str, Labels]:
    """What another row would have to serve to stand in its place."""
    return (use.name, use.asked_region, served[use.id].labels if use.id in served else NONE)


def _behind(key: str, facts: FactSet) -> Iterator[FactorUse]:
    seen: set[str] = set()
    open_ = [key]
    while open_:
        one = open_.pop()
        if one not in seen and one in facts:
            seen.add(one)
            yield from facts[one].factors
            open_.extend(facts[one].inputs)


def _where(use: FactorUse) -> tuple[str, str, str]:
    return (use.name, use.asked_region, use.id)


def as_of(company: Company, day: date) -> Company:
    """The company with every year's factors as known on that day."""
    return replace(company, years=tuple(replace(year, factors_as_of=day) for year in company.years))
