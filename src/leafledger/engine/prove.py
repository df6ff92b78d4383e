"""Proves definitions before anything is computed: every formula reads, names what exists, fits unit and kind, and goes in no circle."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from graphlib import CycleError, TopologicalSorter
from itertools import combinations

from leafledger.core.definition import Formula, Library, Metric
from leafledger.core.finding import Finding, Refused
from leafledger.engine.formula import (
    Each,
    Either,
    Expr,
    FactorRef,
    NotAFormula,
    Number,
    OneOf,
    Op,
    Ref,
    parse,
    references,
    walk,
)
from leafledger.engine.kinds import wrong_kind
from leafledger.library.naming import did_you_mean
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
            if isinstance(node, Ref) and not node.total and split not in library.figure(node.id).dimensions:
                template = "{id} is split by {split}, but {ref} is not; drop the split or take total({ref})"
                yield _at(formula, template, id=metric.id, split=split, ref=node.id)


def _unit(expr: Expr, library: Library, *, in_each: bool) -> Unit:
    """The unit of an expression. ValueError where it has none."""
    match expr:
        case Number():
            return ONE
        case OneOf(name):
            return unit(name)
        case Ref(id, total):
            if total and in_each:
                raise NotAFormula(f"total({id}) stands in each(...), which goes over single cells; take it outside")
            if id not in library.activities and id not in library.metrics:
                hint = did_you_mean(id, {**library.activities, **library.metrics})
                raise NotAFormula(f"unknown figure {id!r}; {hint or 'it is neither an activity nor a metric'}")
            if in_each and id not in library.activities:
                raise NotAFormula(f"{id} is a metric; each(...) goes over the cells of one activity")
            return unit(library.figure(id).unit)
        case FactorRef(name):
            if not in_each:
                raise NotAFormula(f"factor.{name} stands outside each(...); a factor is chosen for one cell at a time")
            return _factor_unit(name, library)
        case Each(body):
            if in_each or len(references(body)) != 1:
                raise NotAFormula("each(...) goes over exactly one activity, and does not stand in another each(...)")
            return _unit(body, library, in_each=True)
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
