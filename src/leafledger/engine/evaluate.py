"""Evaluates one formula for one figure, and writes down every step for the receipt."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import partial, reduce

from leafledger.core.definition import Activity
from leafledger.core.fact import Cell, Fact, Step
from leafledger.core.finding import Finding
from leafledger.core.labels import Labels
from leafledger.core.period import Period
from leafledger.core.quantity import plain
from leafledger.engine.boundary import OUTSIDE, SAID_OUTSIDE
from leafledger.engine.choose import other_basis, outdone
from leafledger.engine.collect import take
from leafledger.engine.contracts import REFUSED
from leafledger.engine.formula import (
    Declared,
    Each,
    Either,
    Expr,
    FactorRef,
    Market,
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
from leafledger.engine.market import waterfall
from leafledger.engine.nodes import put
from leafledger.engine.one_series import Taken, part
from leafledger.engine.quality import carried, scored
from leafledger.engine.scope import Part, Receipt, Scope, ValueOf, for_cell, note_taken
from leafledger.engine.serving import Found, serving
from leafledger.engine.several import declared, of_sources, recorded
from leafledger.engine.supplied import supplied
from leafledger.engine.there import formula_of, with_labels
from leafledger.engine.value import Hole, OfFact, Value, add, constant, divide, multiply, subtract
from leafledger.library.contracts import DIMENSION as CONTRACT
from leafledger.library.units import unit

__all__ = ["Receipt", "Scope", "collected", "evaluate"]


def evaluate(expr: Expr, scope: Scope) -> Value:
    """The value of an expression, in root units. A Hole with every reason when it has none."""
    match expr:
        case Number(value):
            return constant(value)
        case OneOf(name):
            return constant(unit(name).scale)
        case FactorRef():
            return _factor(expr, scope)
        case Ref(id, total, of):
            return _reference(id, () if total else with_labels(scope.labels, of), scope)
        case Each(body):
            return _each(body, scope)
        case Either():
            raise AssertionError("proven: either(...) stands in each(...), where one side has been taken for each part")
        case Op():
            return _arithmetic(expr, scope)
        case Recorded(ways):
            return reduce(add, _inside(recorded(ways, scope), scope, evaluate))
        case Sources(parts):
            taken = of_sources(parts, scope)
            return reduce(add, _inside(taken, scope, evaluate)) if taken else constant(Fraction(0))
        case Declared(methods):
            return evaluate(declared(methods, scope), scope)
        case Supplied(activity, proxy):
            return supplied(activity, proxy, scope, of_series)
        case PrimaryShare(of):
            return _primary_share(of, scope)
        case Market():
            return waterfall(expr, scope, evaluate)


def collected(activity: Activity, scope: Scope) -> Value:
    """The consolidated value of an activity: its series added up, each one a step."""
    taken = take(scope.books, activity, scope.period, scope.labels)
    for one in taken:
        note_taken(one, activity.unit, scope, depth=1)
    return reduce(add, (one.value for one in taken))


def _inside(exprs: Iterable[Expr], scope: Scope, value_of: ValueOf) -> list[Value]:
    """Those of several sources or ways that are inside the boundary. One that is only collected outside it is a step, no hole."""
    found: list[Value] = []
    missing: list[Finding] = []
    outside: list[tuple[Expr, Hole]] = []
    for expr in exprs:
        try:
            found.append(value_of(expr, scope))
        except Hole as hole:
            if all(finding.rule == OUTSIDE for finding in hole.findings):
                outside.append((expr, hole))
            else:
                missing.extend(f for f in hole.findings if f not in missing)
    if missing or not found:
        raise Hole(*missing, *(finding for _, hole in outside for finding in hole.findings))
    for expr, _ in outside:
        for id in sorted(references(expr)):
            about = scope.books.library.figure(id).unit
            scope.receipt.steps.append(Step(depth=1, what=id, value="0", unit=about, note=SAID_OUTSIDE))
    return found


def all_of(exprs: Iterable[Expr], scope: Scope) -> list[Value]:
    """Each of them, or one Hole with the reasons of all."""
    found: list[Value] = []
    missing: list[Finding] = []
    for one in exprs:
        try:
            found.append(evaluate(one, scope))
        except Hole as hole:
            missing.extend(f for f in hole.findings if f not in missing)
    if missing:
        raise Hole(*missing)
    return found


def _arithmetic(expr: Op, scope: Scope) -> Value:
    first, second = all_of((expr.left, expr.right), scope)
    if expr.sign == "/":
        return divide(first, second, expr.right.id if isinstance(expr.right, Ref) else "the divisor")
    return {"+": add, "-": subtract, "*": multiply}[expr.sign](first, second)


def _reference(id: str, labels: Labels, scope: Scope) -> Value:
    if scope.at is not None:
        return scope.at.taken.value
    return _carried(_fact(id, labels, scope))


def _fact(id: str, labels: Labels, scope: Scope) -> Fact:
    """The other figure, written down as an input. A Hole with its reasons where it has no value."""
    fact = scope.fact(id, labels)
    if fact.value is None or fact.low is None or fact.high is None:
        raise Hole(*fact.findings)
    scope.receipt.inputs.add(fact.key)
    scope.receipt.steps.append(Step(depth=1, what=fact.key, value=plain(fact.value), unit=fact.unit, fact_id=fact.id))
    scope.receipt.tell(*fact.findings)
    return fact


def _carried(fact: Fact) -> Value:
    """What a fact says, as a value again."""
    assert fact.value is not None and fact.low is not None and fact.high is not None
    scale = unit(fact.unit).scale
    exact = Fraction(fact.value) * scale
    return Value(
        exact=exact,
        low=Fraction(fact.low) * scale,
        high=Fraction(fact.high) * scale,
        bound=fact.bound,
        coverage=Fraction(fact.coverage),
        estimated=Fraction(fact.estimated_share),
        primary=None if fact.primary_share is None else Fraction(fact.primary_share),
        activity=carried(exact, fact.activity_quality, fact.activity_scored),
        factor=carried(exact, fact.factor_quality, fact.factor_scored),
        behind=OfFact(fact.key),
    )


def _primary_share(of: Ref, scope: Scope) -> Value:
    """The share of a figure that is suppliers' own; none of it where no part of it can be supplied."""
    fact = _fact(of.id, with_labels(scope.labels, of.of), scope)
    value = _carried(fact)
    share = constant(value.primary or Fraction(0))
    return replace(share, coverage=value.coverage, estimated=value.estimated)


def _factor(of: FactorRef, scope: Scope) -> Value:
    assert scope.at is not None, "proven: a factor stands in each(...)"
    use = scope.at.uses[of]
    scope.receipt.factors.add(use)
    cells, series = scope.at.taken.cells, scope.at.taken.series
    days = Period(min(one.period.start for one in cells), max(one.period.end for one in cells)).overlap(scope.period)
    labels = with_labels(series.labels, of.of)
    scope.receipt.tell(*other_basis(use, scope.books), *outdone(use, scope.books, labels, days or scope.period))
    fallen = "" if use.region == use.asked_region else f"{use.asked_region} → {use.region}"
    scope.receipt.steps.append(
        Step(depth=2, what=f"factor.{use.name}", value=plain(use.value), unit=use.unit, note=fallen, factor=use.id)
    )
    exact = Fraction(use.value) * unit(use.unit).scale
    assumed = Fraction(int(use.assumed))
    return Value(exact=exact, low=exact, high=exact, estimated=assumed, factor=scored(exact, use.quality), behind=use)


def _each(body: Expr, scope: Scope) -> Value:
    """Over the cells of an activity, or over those behind a metric, each made into what it is of that metric."""
    (ref,) = {node for node in walk(body) if isinstance(node, Ref)}
    labels = with_labels(scope.labels, ref.of)
    if ref.id in scope.books.library.activities:
        return _each_cell(body, scope.books.library.activities[ref.id], replace(scope, labels=labels))
    formula = formula_of(scope.books.library.metrics[ref.id], scope.period, labels)
    if formula is None:
        raise Hole(*scope.fact(ref.id, labels).findings)
    return _over(parse(formula.formula), ref.id, body, replace(scope, labels=labels))


def _over(expr: Expr, id: str, body: Expr, scope: Scope) -> Value:
    """each(body) over what a metric's formula adds up."""
    match expr:
        case Ref():
            return _each(put(body, id, expr), scope)
        case Each(inner):
            return _each(put(body, id, inner), scope)
        case Recorded(ways):
            return reduce(add, _inside(recorded(ways, scope), scope, lambda way, at: _over(way, id, body, at)))
        case Declared(methods):
            return _over(declared(methods, scope), id, body, scope)
        case Op("+" | "-" as sign, left, right):
            first, second = _over(left, id, body, scope), _over(right, id, body, scope)
            return add(first, second) if sign == "+" else subtract(first, second)
    raise AssertionError("proven: each(...) goes over a metric that adds up cells")


def _each_cell(body: Expr, activity: Activity, scope: Scope) -> Value:
    values: list[Value] = []
    missing: list[Finding] = list(_may_not_be_claimed(activity, scope))
    for one in take(scope.books, activity, scope.period, scope.labels):
        try:
            values.append(of_series(body, activity, one, scope))
        except Hole as hole:
            missing.extend(f for f in hole.findings if f not in missing)
    if missing:
        raise Hole(*missing)
    return reduce(add, values)


def _may_not_be_claimed(activity: Activity, scope: Scope) -> Iterator[Finding]:
    """What keeps the contracts from covering the electricity keeps them out of every other figure too: the market-based figure knows."""
    if CONTRACT not in activity.dimensions:
        return
    for id, metric in scope.books.library.metrics.items():
        nodes = [node for formula in metric.formulas for node in walk(parse(formula.formula))]
        if any(isinstance(node, Market) and node.instruments.id == activity.id for node in nodes):
            yield from (one for one in scope.fact(id, ()).findings if one.severity == "error" and one.rule in REFUSED)


def of_series(body: Expr, activity: Activity, one: Taken, scope: Scope) -> Value:
    """What a formula makes of one series, step by step."""
    values: list[Value] = []
    for share in by_factors(body, activity, one, scope):
        note_taken(share.taken, activity.unit, scope, depth=1)
        values.append(evaluate(share.body, replace(scope, at=share)))
    return reduce(add, values)


def by_factors(body: Expr, activity: Activity, one: Taken, scope: Scope) -> list[Part]:
    """A series as one part for each set of factors that serve its cells, each chosen for the cell's own days."""
    groups: dict[tuple[Expr, Found], list[Cell]] = {}
    for cell in one.cells:
        served, found = serving(body, partial(for_cell, one=one, cell=cell, scope=scope))
        groups.setdefault((served, found), []).append(cell)
    return [
        Part(taken=one if len(groups) == 1 else part(activity, one, cells), body=served, uses=dict(found))
        for (served, found), cells in groups.items()
    ]
