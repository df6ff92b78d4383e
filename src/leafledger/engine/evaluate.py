"""Evaluates one formula for one figure, and writes down every step for the receipt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial, reduce

from leafledger.core.definition import Activity
from leafledger.core.fact import Cell, Fact, FactorUse, Step
from leafledger.core.finding import Finding
from leafledger.core.labels import NONE, Labels, format_labels
from leafledger.core.period import Period
from leafledger.core.quantity import cut, plain
from leafledger.engine.books import Books
from leafledger.engine.choose import choose
from leafledger.engine.collect import take
from leafledger.engine.formula import Each, Either, Expr, FactorRef, Number, OneOf, Op, Ref, references
from leafledger.engine.one_series import Taken, part
from leafledger.engine.quality import carried, scored
from leafledger.engine.serving import serving
from leafledger.engine.value import Hole, OfFact, Value, add, constant, divide, multiply, subtract
from leafledger.library.units import unit

FactOf = Callable[[str, Labels], Fact]


@dataclass(slots=True)
class Receipt:
    """What an evaluation used, in the order it was used. The only thing here that changes while it runs."""

    steps: list[Step] = field(default_factory=list)
    factors: set[FactorUse] = field(default_factory=set)
    inputs: set[str] = field(default_factory=set)
    cells: set[Cell] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Cells of one series that the same factors serve, those factors by name, and what is computed with them."""

    taken: Taken
    body: Expr
    uses: Mapping[str, FactorUse]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where an expression is evaluated. `at`: the part of a series that each(...) stands at."""

    books: Books
    period: Period
    labels: Labels
    fact: FactOf
    receipt: Receipt
    at: Part | None = None


def evaluate(expr: Expr, scope: Scope) -> Value:
    """The value of an expression, in root units. A Hole with every reason when it has none."""
    match expr:
        case Number(value):
            return constant(value)
        case OneOf(name):
            return constant(unit(name).scale)
        case FactorRef(name):
            return _factor(name, scope)
        case Ref(id, total):
            return _reference(id, NONE if total else scope.labels, scope)
        case Each(body):
            return _each(body, scope)
        case Either():
            raise AssertionError("proven: either(...) stands in each(...), where one side has been taken for each part")
        case Op(sign, left, right):
            first, second = _both(left, right, scope)
            if sign == "/":
                return divide(first, second, _spell(right))
            return {"+": add, "-": subtract, "*": multiply}[sign](first, second)


def collected(activity: Activity, scope: Scope) -> Value:
    """The consolidated value of an activity: its series added up, each one a step."""
    taken = take(scope.books, activity, scope.period, scope.labels)
    for one in taken:
        _note_taken(one, activity, scope, depth=1)
    return reduce(add, (one.value for one in taken))


def _both(left: Expr, right: Expr, scope: Scope) -> tuple[Value, Value]:
    """Both sides, or one Hole with the reasons of both."""
    found: list[Value] = []
    missing: list[Finding] = []
    for side in (left, right):
        try:
            found.append(evaluate(side, scope))
        except Hole as hole:
            missing.extend(f for f in hole.findings if f not in missing)
    if missing:
        raise Hole(*missing)
    return found[0], found[1]


def _reference(id: str, labels: Labels, scope: Scope) -> Value:
    if scope.at is not None:
        return scope.at.taken.value
    fact = scope.fact(id, labels)
    if fact.value is None or fact.low is None or fact.high is None:
        raise Hole(*fact.findings)
    scope.receipt.inputs.add(fact.key)
    scope.receipt.steps.append(Step(depth=1, what=fact.key, value=plain(fact.value), unit=fact.unit, fact_id=fact.id))
    scope.receipt.findings.extend(f for f in fact.findings if f not in scope.receipt.findings)
    scale = unit(fact.unit).scale
    exact = Fraction(fact.value) * scale
    return Value(
        exact=exact,
        low=Fraction(fact.low) * scale,
        high=Fraction(fact.high) * scale,
        bound=fact.bound,
        coverage=Fraction(fact.coverage),
        estimated=Fraction(fact.estimated_share),
        activity=carried(exact, fact.activity_quality, fact.activity_scored),
        factor=carried(exact, fact.factor_quality, fact.factor_scored),
        behind=OfFact(fact.key),
    )


def _factor(name: str, scope: Scope) -> Value:
    assert scope.at is not None, "proven: a factor stands in each(...)"
    use = scope.at.uses[name]
    scope.receipt.factors.add(use)
    fallen = "" if use.region == use.asked_region else f"{use.asked_region} → {use.region}"
    scope.receipt.steps.append(
        Step(depth=2, what=f"factor.{name}", value=plain(use.value), unit=use.unit, note=fallen, factor=use.id)
    )
    exact = Fraction(use.value) * unit(use.unit).scale
    assumed = Fraction(int(use.assumed))
    return Value(exact=exact, low=exact, high=exact, estimated=assumed, factor=scored(exact, use.quality), behind=use)


def _each(body: Expr, scope: Scope) -> Value:
    (id,) = references(body)
    activity = scope.books.library.activities[id]
    values: list[Value] = []
    missing: list[Finding] = []
    for one in take(scope.books, activity, scope.period, scope.labels):
        try:
            for part in _by_factors(body, activity, one, scope):
                _note_taken(part.taken, activity, scope, depth=1)
                values.append(evaluate(part.body, replace(scope, at=part)))
        except Hole as hole:
            missing.extend(f for f in hole.findings if f not in missing)
    if missing:
        raise Hole(*missing)
    return reduce(add, values)


def _by_factors(body: Expr, activity: Activity, one: Taken, scope: Scope) -> list[Part]:
    """A series as one part for each set of factors that serve its cells, each chosen for the cell's own days."""
    groups: dict[tuple[Expr, tuple[FactorUse, ...]], list[Cell]] = {}
    for cell in one.cells:
        days = cell.period.overlap(scope.period) or scope.period
        find = partial(choose, scope.books, site=one.series.site, labels=one.series.labels, period=days)
        served, uses = serving(body, find)
        groups.setdefault((served, uses), []).append(cell)
    return [
        Part(
            taken=one if len(groups) == 1 else part(activity, one, cells),
            body=served,
            uses={use.name: use for use in uses},
        )
        for (served, uses), cells in groups.items()
    ]


def _note_taken(one: Taken, activity: Activity, scope: Scope, depth: int) -> None:
    receipt = scope.receipt
    receipt.cells.update(one.cells)
    receipt.findings.extend(f for f in one.findings if f not in receipt.findings)
    entries = tuple(sorted(id for cell in one.cells for id in cell.entries))
    amount = cut(one.value.exact / unit(activity.unit).scale)
    what = " · ".join(filter(None, (activity.id, one.series.site, format_labels(one.series.labels))))
    note = "; ".join(filter(None, ("estimated" if one.value.estimated else "", one.note)))
    receipt.steps.append(
        Step(depth=depth, what=what, value=plain(amount), unit=activity.unit, note=note, entries=entries)
    )


def _spell(expr: Expr) -> str:
    match expr:
        case Ref(id):
            return id
        case _:
            return "the divisor"
