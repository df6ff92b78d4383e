"""Says why a figure is not what it was: the difference between two states of the books, taken apart into causes that sum exactly to it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from typing import Literal, get_args

from leafledger.core.definition import Factor, Library
from leafledger.core.entry import Entry
from leafledger.core.fact import Fact, FactSet, fact_key
from leafledger.core.labels import Labels, keys
from leafledger.core.org import Company, Series, Site, View
from leafledger.core.period import Period
from leafledger.engine.books import Books, books
from leafledger.engine.cells import cells_from_entries
from leafledger.engine.compute import compute

Cause = Literal["correction", "activity", "boundary", "factor", "gwp", "method"]
CAUSES: tuple[Cause, ...] = get_args(Cause)
"""In the order in which they are swapped. It is fixed, because an effect of two causes together falls to the later one."""

CONTRACT = "contract"
"""The dimension that has a member for each contract of the company."""

_WIDE = Context(prec=120)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Everything that figures are computed from. entries: those that count, by id. view: the company's own where none is given."""

    library: Library
    company: Company
    series: tuple[Series, ...]
    entries: Mapping[str, Entry]
    view: View | None = None

    @property
    def basis(self) -> View:
        return self.view or View(approach=self.company.approach, gwp=self.company.gwp)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A figure that two states give differently. parts: how much of the difference each cause makes, summing exactly to it.

    Without parts it could not be taken apart, as one of the states does not give what stands there.
    joint: causes that cannot be told apart, since with some of them alone there is no figure; their amount stands with the last.
    """

    metric: str
    labels: Labels
    period: Period
    unit: str
    old: Decimal
    new: Decimal
    parts: Mapping[Cause, Decimal]
    joint: tuple[Cause, ...] = ()

    @property
    def key(self) -> str:
        return fact_key(self.metric, self.period, self.labels)

    @property
    def difference(self) -> Decimal:
        return _WIDE.subtract(self.new, self.old)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What is different between two sets of figures. appeared, gone: keys of those that only one side has, or has in another unit."""

    changes: tuple[Change, ...]
    appeared: tuple[str, ...]
    gone: tuple[str, ...]
    unchanged: int


def decompose(
    old: State, new: State, years: Iterable[int] | None = None, stated: tuple[FactSet, FactSet] | None = None
) -> Comparison:
    """Every figure that differs, taken apart by swapping one cause after another and computing again (the steps telescope).

    years: only figures of these. stated: what stands on either side, where that may be something else than the states give.
    """
    listed = None if years is None else sorted(set(years))
    chain = [(None, compute(state_books(old), listed)), *_computed(old, new, listed)]
    before, after = stated or (chain[0][1], chain[-1][1])
    changes = []
    for key in sorted(set(before) & set(after)):
        was, now = before[key], after[key]
        if was.value is not None and now.value is not None and was.unit == now.unit and was.value != now.value:
            changes.append(_change(was, now, [(cause, facts.get(key)) for cause, facts in chain]))
    had, has = ({key: fact.unit for key, fact in facts.items() if fact.value is not None} for facts in (before, after))
    return Comparison(
        changes=tuple(changes),
        appeared=tuple(key for key in sorted(has) if had.get(key) != has[key]),
        gone=tuple(key for key in sorted(had) if has.get(key) != had[key]),
        unchanged=sum(had.get(key) == has[key] for key in has) - len(changes),
    )


def total(amounts: Iterable[Decimal]) -> Decimal:
    """The sum, with every digit of it."""
    result = Decimal(0)
    for amount in amounts:
        result = _WIDE.add(result, amount)
    return result


def state_books(state: State) -> Books:
    """The books of a state, without what its definitions do not know: a step on the way from one state to another may have such."""
    library, sites = state.library, {site.id for site in state.company.sites}
    known = [one for one in state.entries.values() if _known(one.activity, one.site, one.labels, library, sites)]
    series = [one for one in state.series if _known(one.activity, one.site, one.labels, library, sites)]
    return books(library, state.company, series, cells_from_entries(known, library.counted), state.basis)


def swaps(old: State, new: State) -> Iterator[tuple[Cause, State]]:
    """The way from one state to the other, one cause at a time. It ends at the new state itself.

    correction: an entry takes the place of another one of its series, for the same days. activity: every other entry, series
    and contract. boundary: ownership, approach and screening, and all that belongs to a site which only one state has. factor: factors,
    their regions and the day until which they are known, and the terms of contracts. gwp: the set of global warming potentials.
    method: formulas and all other definitions.
    """
    both = {site.id for site in old.company.sites} & {site.id for site in new.company.sites}
    state = _corrected(old, new, both)
    yield "correction", state
    state = _collected(state, new, both)
    yield "activity", state
    state = _bounded(state, new, both)
    yield "boundary", state
    state = _with_factors(state, new)
    yield "factor", state
    state = replace(
        state,
        company=replace(state.company, gwp=new.company.gwp),
        view=View(approach=state.basis.approach, gwp=new.basis.gwp),
    )
    yield "gwp", state
    yield "method", new


def _computed(old: State, new: State, years: list[int] | None) -> Iterator[tuple[Cause | None, FactSet]]:
    """The figures after each swap that changes something."""
    last = old
    for cause, state in swaps(old, new):
        if replace(state, view=state.basis) != replace(last, view=last.basis):
            yield cause, compute(state_books(state), years)
        last = state


def _change(was: Fact, now: Fact, chain: list[tuple[Cause | None, Fact | None]]) -> Change:
    assert was.value is not None and now.value is not None
    values = [(cause, fact.value if fact and fact.unit == was.unit else None) for cause, fact in chain]
    parts: dict[Cause, Decimal] = dict.fromkeys(CAUSES, Decimal(0))
    joint: list[Cause] = []
    open_: list[Cause] = []
    last = was.value
    for cause, value in values[1:]:
        assert cause is not None
        open_.append(cause)
        if value is not None:
            parts[cause] = _WIDE.subtract(value, last)
            joint += open_ if len(open_) > 1 and value != last else []
            open_, last = [], value
    whole = values[0][1] == was.value and values[-1][1] == now.value
    return Change(
        metric=was.metric,
        labels=was.labels,
        period=was.period,
        unit=was.unit,
        old=was.value,
        new=now.value,
        parts=parts if whole else {},
        joint=tuple(joint) if whole else (),
    )


def _corrected(old: State, new: State, both: set[str]) -> State:
    """Each entry that another one replaced for the same days gives way to it."""
    gone = {id: one for id, one in old.entries.items() if new.entries.get(id) != one}
    by_days: dict[tuple[object, ...], list[str]] = {}
    for id, one in gone.items():
        by_days.setdefault(_days(one), []).append(id)
    entries = dict(old.entries)
    for id, one in new.entries.items():
        if not one.replaces or old.entries.get(id) == one or one.site not in both:
            continue
        alike = by_days.get(_days(one), [])
        # Of a chain of corrections only the ends are at hand: the same series and days tell which entry the last one replaced.
        target = one.replaces if one.replaces in alike else alike[0] if len(alike) == 1 else ""
        if target and target in entries:
            del entries[target]
            entries[id] = one
    return replace(old, entries=entries)


def _days(one: Entry) -> tuple[object, ...]:
    return (one.activity, one.site, one.labels, one.period)


def _collected(state: State, new: State, both: set[str]) -> State:
    """What is recorded and collected at the sites that both states have, and the contracts it may name."""
    entries = {id: one for id, one in state.entries.items() if one.site not in both and one.site}
    entries |= {id: one for id, one in new.entries.items() if one.site in both or not one.site}
    said = {series.key: series for series in state.series}
    series = [series for series in state.series if series.site not in both]
    series += [_counted_as(said.get(one.key), one) for one in new.series if one.site in both]
    there = {contract.id for contract in state.company.contracts}
    contracts = (*state.company.contracts, *(one for one in new.company.contracts if one.id not in there))
    library, dimension = state.library, new.library.dimensions.get(CONTRACT)
    if dimension is not None:
        known = library.dimensions.get(CONTRACT, dimension)
        merged = replace(dimension, members={**known.members, **dimension.members})
        library = replace(library, dimensions={**library.dimensions, CONTRACT: merged})
    company = replace(state.company, contracts=contracts)
    return replace(state, entries=entries, series=_ordered(series), company=company, library=library)


def _counted_as(before: Series | None, now: Series) -> Series:
    """How a series is apportioned and its meter read is a method, and stays until methods are swapped."""
    if before is None:
        return now
    return replace(now, apportion=before.apportion, register_limit=before.register_limit)


def _bounded(state: State, new: State, both: set[str]) -> State:
    regions = {site.id: site.region for site in state.company.sites}
    sites = tuple(_at(site, regions.get(site.id, site.region)) for site in new.company.sites)
    company = replace(state.company, sites=sites, approach=new.company.approach, screening=new.company.screening)
    series = [one for one in state.series if one.site in both] + [one for one in new.series if one.site not in both]
    return replace(
        state,
        company=company,
        series=_ordered(series),
        entries=dict(new.entries),
        view=View(approach=new.basis.approach, gwp=state.basis.gwp),
    )


def _with_factors(state: State, new: State) -> State:
    """The new rows of each factor that means the same on both sides; one that only a formula of one side asks for comes with it."""
    before, after = state.library, new.library
    changed = {
        name
        for name, one in before.factor_names.items()
        if name not in after.factor_names
        or (after.factor_names[name].unit, after.factor_names[name].by_gwp) != (one.unit, one.by_gwp)
    }
    rows: dict[str, Factor] = {id: one for id, one in before.factors.items() if one.name in changed}
    rows |= {id: one for id, one in after.factors.items() if one.name not in changed}
    names = {**after.factor_names, **{name: before.factor_names[name] for name in changed}}
    company = replace(state.company, sites=new.company.sites, years=new.company.years, contracts=new.company.contracts)
    library = replace(before, factors=rows, factor_names=names, regions=after.regions)
    return replace(state, library=library, company=company)


def _at(site: Site, region: str) -> Site:
    return replace(site, region=region)


def _ordered(series: Iterable[Series]) -> tuple[Series, ...]:
    return tuple(sorted(series, key=lambda one: one.key))


def _known(activity: str, site: str, labels: Labels, library: Library, sites: set[str]) -> bool:
    return activity in library.activities and (not site or site in sites) and keys(labels) <= set(library.dimensions)
