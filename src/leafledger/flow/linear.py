"""Which metrics are linear in the quantity of one activity, so that a cube can be made into them without the engine."""

from collections.abc import Iterator
from fractions import Fraction

from leafledger.bulk.linear import Linear, Slot, Term
from leafledger.core.definition import Library, Metric
from leafledger.engine.formula import Each, Either, Expr, FactorRef, Number, OneOf, Op, Ref, parse, references, walk
from leafledger.library.units import unit

MOST_SLOTS = 4


class NotLinear(Exception):
    """The formula is no sum of products of factors with the quantity."""


def linears(library: Library) -> tuple[Linear, ...]:
    """Every metric with one formula, always in force, that is each(...) over an activity and linear in it."""
    return tuple(found for id in sorted(library.metrics) if (found := linear(library.metrics[id], library)))


def linear(metric: Metric, library: Library) -> Linear | None:
    """The metric as sums of products; None where it is anything else, which only the engine works out."""
    if (
        len(metric.formulas) != 1
        or metric.formulas[0].since
        or metric.formulas[0].until
        or metric.formulas[0].at != "any"
    ):
        return None
    expr = parse(metric.formulas[0].formula)
    if not isinstance(expr, Each):
        return None
    refs = {node for node in walk(expr) if isinstance(node, Ref)}
    if len(refs) != 1:
        return None
    (ref,) = refs
    activity = library.activities.get(ref.id)
    if activity is None or activity.kind != "flow" or ref.total or ref.of:
        return None
    try:
        ways = tuple(_terms(side) for side in _sides(expr.body))
    except NotLinear:
        return None
    return Linear(metric=metric.id, unit=metric.unit, activity=activity.id, ways=ways, splits=metric.splits)


def _sides(body: Expr) -> Iterator[Expr]:
    """The body with the first, then the second side of its either(...), if it has one."""
    inner = [node for node in walk(body) if isinstance(node, Either)]
    if not inner:
        yield body
        return
    if len(inner) > 1:
        raise NotLinear
    for side in (inner[0].first, inner[0].second):
        yield _put(body, inner[0], side)


def _put(expr: Expr, old: Expr, new: Expr) -> Expr:
    if expr == old:
        return new
    return Op(expr.sign, _put(expr.left, old, new), _put(expr.right, old, new)) if isinstance(expr, Op) else expr


def _terms(body: Expr) -> tuple[Term, ...]:
    """A body as coefficient × factors, each with the quantity once."""
    found = _expanded(body)
    if any(degree != 1 or len(slots) > MOST_SLOTS for degree, _, slots in found):
        raise NotLinear
    return tuple(Term(coefficient=coefficient, slots=slots) for _, coefficient, slots in found)


Product = tuple[int, Fraction, tuple[Slot, ...]]
"""How often the quantity stands in it, its coefficient, its factors."""


def _expanded(expr: Expr) -> list[Product]:
    match expr:
        case Number(value):
            return [(0, value, ())]
        case OneOf(name):
            return [(0, unit(name).scale, ())]
        case FactorRef(name, of):
            return [(0, Fraction(1), (Slot(name=name, of=of),))]
        case Ref():
            return [(1, Fraction(1), ())]
        case Op("+", left, right):
            return [*_expanded(left), *_expanded(right)]
        case Op("-", left, right):
            return [*_expanded(left), *((degree, -by, slots) for degree, by, slots in _expanded(right))]
        case Op("*", left, right):
            return [_times(one, other) for one in _expanded(left) for other in _expanded(right)]
        case Op("/", left, right):
            divisor = _expanded(right)
            if len(divisor) != 1 or divisor[0][0] or divisor[0][2] or not divisor[0][1]:
                raise NotLinear
            return [(degree, by / divisor[0][1], slots) for degree, by, slots in _expanded(left)]
    raise NotLinear


def _times(one: Product, other: Product) -> Product:
    return one[0] + other[0], one[1] * other[1], (*one[2], *other[2])


def not_linear(library: Library, activities: frozenset[str]) -> list[str]:
    """Metrics over these activities that a cube cannot be made into."""
    known = {one.metric for one in linears(library)}
    return sorted(
        id
        for id, metric in library.metrics.items()
        if id not in known
        and any(references(parse(formula.formula)) & activities for formula in metric.formulas)
        and any(isinstance(node, Each) for formula in metric.formulas for node in walk(parse(formula.formula)))
    )
