"""Sets the consolidation approaches side by side, and says which site makes what difference between them, to the last digit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from typing import get_args

from leafledger.core.fact import Fact
from leafledger.core.org import Approach, Site
from leafledger.core.period import Period, uncovered
from leafledger.engine.books import Books
from leafledger.engine.boundary import WHOLE, Boundary, Stretch, boundary, within
from leafledger.engine.compute import worked_out
from leafledger.engine.value import ZERO

APPROACHES: tuple[Approach, ...] = get_args(Approach)
ALIKE = ""
"""In the place of a site: all that count alike by every approach, together."""
_WIDE = Context(prec=120)

Amounts = Mapping[Approach, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one site adds to a figure, by each approach."""

    site: str
    amounts: Amounts


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """One figure by each approach. totals: what it comes to where what is outside is taken as nothing; the parts add up to them.

    Without parts it is a ratio, which is no sum of sites, or cannot be had (`facts` say why).
    """

    facts: Mapping[Approach, Fact]
    totals: Amounts
    parts: tuple[Part, ...]

    def difference(self, one: Approach, other: Approach) -> dict[str, Decimal]:
        """By site, how much more it counts by `other`. These add up exactly to the difference of the totals."""
        return {part.site: _WIDE.subtract(part.amounts[other], part.amounts[one]) for part in self.parts}


def side_by_side(books: Books, key: str) -> SideBySide:
    """One figure by every approach, and what each site adds to it.

    Sites are let in one after the other, in the order of company.yaml: their parts add up whatever the formula does.
    Where a figure is not linear in what is recorded, a part says what the site adds to those before it.
    """
    by = {one: boundary(books.company.sites, one) for one in APPROACHES}
    facts = {one: worked_out(_seen(books, one, by[one]), key)[0] for one in APPROACHES}
    first = next(iter(facts.values()))
    figure = books.library.figure(first.metric)
    differing = [site.id for site in books.company.sites if _differs(site, by, first.period)]
    sums = {one: _sums(books, one, by, differing, key, first.period) for one in APPROACHES}
    if figure.kind == "ratio" or any(found is None for found in sums.values()):
        return SideBySide(facts=facts, totals=_of_facts(facts), parts=())
    steps = {one: found for one, found in sums.items() if found is not None}
    names = [ALIKE, *differing]
    parts = tuple(
        Part(site=name, amounts={one: _step(found, at) for one, found in steps.items()})
        for at, name in enumerate(names)
    )
    totals = {one: found[-1] for one, found in steps.items()}
    return SideBySide(facts=facts, totals=totals, parts=tuple(part for part in parts if any(part.amounts.values())))


def _of_facts(facts: Mapping[Approach, Fact]) -> Amounts:
    return {one: fact.value for one, fact in facts.items() if fact.value is not None}


def _step(sums: Sequence[Decimal], at: int) -> Decimal:
    return _WIDE.subtract(sums[at], sums[at - 1]) if at else sums[0]


def _sums(
    books: Books, approach: Approach, by: Mapping[Approach, Boundary], differing: Sequence[str], key: str, days: Period
) -> list[Decimal] | None:
    """The figure without the sites that differ, then with one more of them each time; None where it cannot be had."""
    found: list[Decimal] = []
    for number in range(len(differing) + 1):
        let_in = set(differing[:number])
        where = dict(by[approach])
        for site in differing:
            known = where.get(site, WHOLE) if site in let_in else ()
            where[site] = _with_nothing(known, [one.get(site, WHOLE) for one in by.values()], days)
        fact, _ = worked_out(_seen(books, approach, where), key)
        if fact.value is None:
            return None
        found.append(fact.value)
    return found


def _with_nothing(known: Iterable[Stretch], all_: Iterable[Sequence[Stretch]], days: Period) -> tuple[Stretch, ...]:
    """The stretches of a site, and a share of nothing on the days on which some other approach counts it."""
    found = list(within(tuple(known), days))
    for other in all_:
        for one in within(other, days):
            free = uncovered([have.days for have in found], one.days)
            found += [Stretch(days=gap, share=ZERO) for gap in free]
    return tuple(sorted(found, key=lambda one: one.days))


def _differs(site: Site, by: Mapping[Approach, Boundary], days: Period) -> bool:
    """Does it count otherwise by one approach than by another in these days, or by each of them not as a whole?"""
    whole = within(WHOLE, days)
    return any(within(one.get(site.id, WHOLE), days) != whole for one in by.values())


def _seen(books: Books, approach: Approach, where: Boundary) -> Books:
    return replace(books, view=replace(books.view, approach=approach), boundary=where)
