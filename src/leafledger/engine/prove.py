"""Proves definitions before anything is computed: every formula reads, names what exists, fits unit and kind, and goes in no circle."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from graphlib import CycleError, TopologicalSorter
from itertools import combinations

from leafledger.core.definition import Formula, Library, Metric
from leafledger.core.finding import Finding, Refused
from leafledger.core.labels import Labels
from leafledger.engine.formula import (
    Declared,
    Each,
    Either,
    Expr,
    FactorRef,
    Market,
    NotAFormula,
    Number,
    OneOf,
    Op,
    PrimaryShare,
    Recorded,
    Ref,
    Sources,
    Supplied,
    parse,
    references,
    walk,
)
from leafledger.engine.kinds import wrong_kind
from leafledger.library.naming import did_you_mean
from leafledger.library.splits import called
from leafledger.library.units import ONE, Unit, unit


def proven(library: Library) -> Library:
    """The same library, once it has been proven. Refused with every problem of every formula."""
    findings = [finding for metric in library.metrics.values() for finding in _metric(metric, library)]
    if not findings:
        findings = list(_cycles(library))
    if findings:
        raise Refused(findings)
    return library


def _metric(metric: Metric, library: Library) -> Iterator[Finding]:
    if not metric.formulas:
        yield _at(metric, "{id} has no formula", id=metric.id)
    for formula in metric.formulas:
        try:
            expr = parse(formula.formula)
            found = _unit(expr, library, in_each=False)
        except ValueError as error:
            yield _at(formula, "{id}: {problem}", id=metric.id, problem=error)
            continue
        if found.dimensions != unit(metric.unit).dimensions:
            template = "{id}: the formula gives {found}, which is not {unit}; mend the formula or the unit"
            yield _at(formula, template, id=metric.id, found=_spell(found, library), unit=metric.unit)
        if problem := wrong_kind(metric, expr, library):
            yield _at(formula, "{id}: {problem}", id=metric.id, problem=problem)
        if formula.at != "total":
            yield from _splits(metric, formula, expr, library)
    for first, second in combinations(metric.formulas, 2):
        if _both_in_force(first, second):
            template = "{id}: the formula at {first} is in force for the same days and parts; tell them apart by since, until or at"
            yield _at(second, template, id=metric.id, first=first.place)


def _both_in_force(one: Formula, other: Formula) -> bool:
    days = max(one.since or date.min, other.since or date.min) <= min(one.until or date.max, other.until or date.max)
    return days and (one.at == other.at or "any" in (one.at, other.at))


def _splits(metric: Metric, formula: Formula, expr: Expr, library: Library) -> Iterator[Finding]:
    for split in metric.splits:
        for node in walk(expr):
            if isinstance(node, Ref) and not node.total and not _is_split(node, split, library):
                template = "{id} is split by {split}, but {ref} is not; drop the split or take total({ref})"
                yield _at(formula, template, id=metric.id, split=split, ref=node.id)


def _is_split(of: Ref, split: str, library: Library) -> bool:
    return split in library.figure(of.id).dimensions or split in dict(of.of)


def _unit(expr: Expr, library: Library, *, in_each: bool) -> Unit:
    """The unit of an expression. ValueError where it has none."""
    match expr:
        case Number():
            return ONE
        case OneOf(name):
            return unit(name)
        case Ref():
            return _figure(expr, library, in_each=in_each)
        case FactorRef(name, of):
            if not in_each:
                raise NotAFormula(f"factor.{name} stands outside each(...); a factor is chosen for one cell at a time")
            _members(of, library)
            return _factor_unit(name, library)
        case Each(body):
            if in_each or len({node for node in walk(body) if isinstance(node, Ref)}) != 1:
                raise NotAFormula("each(...) goes over exactly one activity, and does not stand in another each(...)")
            return _unit(body, library, in_each=True)
        case Recorded(some) | Sources(some) | Declared(some):
            return _alike(expr, some, library, in_each=in_each)
        case Supplied(activity, proxy):
            return _supplied(activity, proxy, library, in_each=in_each)
        case PrimaryShare(of):
            _unit(of, library, in_each=in_each)
            return ONE
        case Market():
            return _market(expr, library, in_each=in_each)
        case Either(left, right):
            return _either(left, right, library, in_each=in_each)
        case Op(sign, left, right):
            first, second = _unit(left, library, in_each=in_each), _unit(right, library, in_each=in_each)
            if sign == "*":
                return first * second
            if sign == "/":
                return first / second
            if first.dimensions != second.dimensions:
                verb = "adds" if sign == "+" else "subtracts"
                one, other = _said(left, first, library), _said(right, second, library)
                raise NotAFormula(f"it {verb} {one} and {other}; only like may be added to like")
            return first


def _figure(of: Ref, library: Library, *, in_each: bool) -> Unit:
    if of.total and in_each:
        raise NotAFormula(f"total({of.id}) stands in each(...), which goes over single cells; take it outside")
    known = library.find(of.id)
    if known is None:
        hint = did_you_mean(of.id, {**library.activities, **library.metrics})
        raise NotAFormula(f"unknown figure {of.id!r}; {hint or 'it is neither an activity nor a metric'}")
    if in_each and isinstance(known, Metric):
        _of_cells(known, library)
    _members(of.of, library)
    for dimension, _ in of.of:
        if dimension not in known.dimensions:
            raise NotAFormula(f"{of.id} is not split by {dimension}; take it without that label, or split it")
    return unit(known.unit)


def _of_cells(metric: Metric, library: Library, above: frozenset[str] = frozenset()) -> None:
    """ValueError where a metric does not add up cells, so that each(...) could not go over these."""
    for formula in metric.formulas:
        for node in _added(parse(formula.formula)):
            match node:
                case Each():
                    continue
                case Ref(id, False, ()) if id in library.activities:
                    continue
                case Ref(id, False, ()) if id in library.metrics and id not in {*above, metric.id}:
                    _of_cells(library.metrics[id], library, above | {metric.id})
                    continue
            raise NotAFormula(
                f"{metric.id} is a metric; each(...) goes over the cells of one activity, or of a metric that only adds up "
                "cells, by each(...), recorded(...) and declared(...)"
            )


def _added(expr: Expr) -> Iterator[Expr]:
    """What a formula adds up."""
    match expr:
        case Recorded(some) | Declared(some):
            for one in some:
                yield from _added(one)
        case Op("+" | "-", left, right):
            yield from _added(left)
            yield from _added(right)
        case _:
            yield expr


def _members(of: Labels, library: Library) -> None:
    for dimension, member in of:
        if dimension not in library.dimensions:
            raise NotAFormula(
                f"unknown dimension {dimension!r}; {did_you_mean(dimension, library.dimensions)}".rstrip("; ")
            )
        known = library.dimensions[dimension].members
        if member not in known:
            hint = (
                called(member, library.dimensions[dimension]) or did_you_mean(member, known) or "name one that it has"
            )
            raise NotAFormula(f"{dimension} has no member {member!r}; {hint}")


def _alike(expr: Expr, some: Sequence[Expr], library: Library, *, in_each: bool) -> Unit:
    """The unit of things that are added up or stand for one another."""
    name = type(expr).__name__.lower()
    if in_each:
        raise NotAFormula(f"{name}(...) stands in each(...), which goes over single cells; take it outside")
    first, *others = [(_unit(one, library, in_each=False), one) for one in some]
    for found, one in others:
        if found.dimensions != first[0].dimensions:
            said, other = _said(first[1], first[0], library), _said(one, found, library)
            raise NotAFormula(f"{name}(...) has {said} and {other}; all have to measure the same thing")
    return first[0]


def _supplied(activity: str, proxy: Each, library: Library, *, in_each: bool) -> Unit:
    """The unit of what suppliers state, which is that of what stands in for it, series by series."""
    stated, made = _figure(Ref(activity), library, in_each=in_each), _unit(proxy, library, in_each=in_each)
    (of,) = references(proxy)
    if activity not in library.activities or of not in library.activities:
        raise NotAFormula("supplied(...) takes an activity that suppliers state, and each(...) over one activity")
    if stated.dimensions != made.dimensions:
        one, other = _said(Ref(activity), stated, library), _spell(made, library)
        raise NotAFormula(f"supplied(...) has {one} in place of {other}; both have to measure the same thing")
    if not set(map(frozenset, library.activities[activity].breakdowns)) & set(
        map(frozenset, library.activities[of].breakdowns)
    ):
        raise NotAFormula(f"{activity} and {of} are collected by other labels, so neither could take the other's place")
    return stated


def _market(of: Market, library: Library, *, in_each: bool) -> Unit:
    """Emissions: what was used times a rate."""
    if in_each:
        raise NotAFormula("market(...) stands in each(...), which goes over single cells; take it outside")
    for ref in (of.consumption, of.instruments):
        if ref.id not in library.activities:
            raise NotAFormula(
                f"market(...) goes over activities, and {ref.id} is none; name what is used, then what is claimed"
            )
    used, claimed = (_figure(ref, library, in_each=False) for ref in (of.consumption, of.instruments))
    if used.dimensions != claimed.dimensions:
        one, other = _said(of.consumption, used, library), _said(of.instruments, claimed, library)
        raise NotAFormula(f"market(...) has {one} and {other}; both have to measure the same thing")
    if frozenset(("contract",)) not in map(frozenset, library.activities[of.instruments.id].breakdowns):
        raise NotAFormula(f"{of.instruments.id} is not collected by contract, so nobody could say which one is claimed")
    made = used * _unit(of.rest, library, in_each=True)
    substitute, rate = _figure(of.substitute, library, in_each=False), used * _factor_unit("contract_rate", library)
    if {substitute.dimensions, rate.dimensions} != {made.dimensions}:
        said = _said(of.substitute, substitute, library)
        raise NotAFormula(f"market(...) gives {_spell(made, library)} or {said}; both have to measure the same thing")
    formulas = getattr(library.figure(of.substitute.id), "formulas", ())
    bodies = [parse(formula.formula) for formula in formulas]
    if not bodies or any(not isinstance(body, Each) or references(body) != {of.consumption.id} for body in bodies):
        raise NotAFormula(
            f"{of.substitute.id} has no rate for each cell of {of.consumption.id}; its formula has to be each({of.consumption.id} ...)"
        )
    return made


def _either(left: Expr, right: Expr, library: Library, *, in_each: bool) -> Unit:
    """The unit that both sides have, so that a figure is the same thing whichever of them serves."""
    if not in_each:
        raise NotAFormula(
            "either(...) stands outside each(...); which of the two serves is found for one cell at a time"
        )
    first, second = (_unit(side, library, in_each=True) for side in (left, right))
    if first.dimensions != second.dimensions:
        one, other = _said(left, first, library), _said(right, second, library)
        raise NotAFormula(f"either(...) gives {one} or {other}; both have to measure the same thing")
    return first


def _factor_unit(name: str, library: Library) -> Unit:
    if name not in library.factor_names:
        hint = did_you_mean(name, library.factor_names) or "declare its title and unit in factors/names.yaml"
        raise NotAFormula(f"there is no factor called {name!r}; {hint}")
    return unit(library.factor_names[name].unit)


def _cycles(library: Library) -> Iterator[Finding]:
    graph = {
        metric.id: set().union(*(references(parse(formula.formula)) for formula in metric.formulas))
        for metric in library.metrics.values()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        around = error.args[1]
        template = "{around}: a figure cannot be computed from itself; take one of them out of the circle"
        yield _at(library.metrics[around[0]], template, around=" → ".join(reversed(around)))


def _said(expr: Expr, found: Unit, library: Library) -> str:
    """A side of a sum: a figure by its name and unit, anything else by what it measures."""
    return f"{expr.id} ({library.figure(expr.id).unit})" if isinstance(expr, Ref) else _spell(found, library)


def _spell(found: Unit, library: Library) -> str:
    """A unit as people know it: the name that most figures and factors of its kind have, else its roots."""
    names = Counter(a.unit for a in library.activities.values()) + Counter(m.unit for m in library.metrics.values())
    names += Counter(name.unit for name in library.factor_names.values())
    alike = [name for name, _ in names.most_common() if unit(name).dimensions == found.dimensions != ()]
    return (
        alike[0]
        if alike
        else "·".join(f"{name}{'' if power == 1 else power}" for name, power in found.dimensions) or "a plain number"
    )


def _at(where: Metric | Formula, template: str, **values: object) -> Finding:
    return Finding(rule="metric.formula", template=template, values=values, place=where.place)
