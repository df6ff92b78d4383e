"""A value on its way through a formula: exact, with the interval, coverage and estimated share it carries along."""

from dataclasses import dataclass
from fractions import Fraction

from leafledger.core.entry import Bound
from leafledger.core.finding import Finding

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """In root units. low/high: what the written digits allow. coverage, estimated: shares from 0 to 1."""

    exact: Fraction
    low: Fraction
    high: Fraction
    bound: Bound = "exact"
    coverage: Fraction = ONE
    estimated: Fraction = ZERO


class Hole(Exception):
    """The value cannot be had; `findings` say why and what to do."""

    def __init__(self, *findings: Finding) -> None:
        self.findings = findings
        super().__init__("; ".join(f.message for f in findings))


def constant(exact: Fraction) -> Value:
    return Value(exact=exact, low=exact, high=exact)


def add(left: Value, right: Value) -> Value:
    return _sum(left, right, right.exact, right.low, right.high, right.bound)


def subtract(left: Value, right: Value) -> Value:
    turned: dict[Bound, Bound] = {"over": "within", "within": "over"}
    return _sum(left, right, -right.exact, -right.high, -right.low, turned.get(right.bound, right.bound))


def multiply(left: Value, right: Value) -> Value:
    ends = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
    return _product(left, right, min(ends), max(ends))


def divide(left: Value, right: Value, says: str) -> Value:
    """`says` names the divisor in the finding when it is zero."""
    if right.exact == 0:
        raise Hole(_finding("{says} is 0, and nothing can be divided by it; check the entry behind it", says=says))
    inverse = ONE / right.exact
    if right.low <= 0 <= right.high:
        template = "{says} may be 0 as far as the digits of its entries tell, so nothing can be divided by it; record more digits"
        raise Hole(_finding(template, says=says))
    ends = [a / b for a in (left.low, left.high) for b in (right.low, right.high)]
    low, high = min(ends), max(ends)
    turned: dict[Bound, Bound] = {"over": "within", "within": "over"}
    right = Value(
        exact=inverse,
        low=inverse,
        high=inverse,
        bound=turned.get(right.bound, right.bound),
        coverage=right.coverage,
        estimated=right.estimated,
    )
    return _product(left, right, low, high)


def _sum(left: Value, right: Value, exact: Fraction, low: Fraction, high: Fraction, bound: Bound) -> Value:
    weight = abs(left.exact) + abs(right.exact)
    share = (
        (abs(left.exact) * left.estimated + abs(right.exact) * right.estimated) / weight
        if weight
        else max(left.estimated, right.estimated)
    )
    return Value(
        exact=left.exact + exact,
        low=left.low + low,
        high=left.high + high,
        bound=_joined(left.bound, bound),
        coverage=min(left.coverage, right.coverage),
        estimated=share,
    )


def _product(left: Value, right: Value, low: Fraction, high: Fraction) -> Value:
    none = _is_none(left) or _is_none(right)
    if not none and (left.bound != "exact" or right.bound != "exact") and (left.exact < 0 or right.exact < 0):
        raise Hole(
            _finding("a bounded figure is multiplied by a negative one, which leaves no bound that can be stated")
        )
    return Value(
        exact=left.exact * right.exact,
        low=low,
        high=high,
        bound="exact" if none else _joined(left.bound, right.bound),
        coverage=min(left.coverage, right.coverage),
        estimated=max(left.estimated, right.estimated),
    )


def _is_none(value: Value) -> bool:
    """Exactly nothing: no part of however many is still exactly nothing."""
    return value.bound == "exact" and value.low == value.high == 0


def _joined(left: Bound, right: Bound) -> Bound:
    if left == right or right == "exact":
        return left
    if left == "exact":
        return right
    raise Hole(
        _finding(
            '"{left}" and "{right}" figures are put together, which leaves no bound that can be stated',
            left=left,
            right=right,
        )
    )


def _finding(template: str, **values: object) -> Finding:
    return Finding(rule="figure.arithmetic", template=template, values=values)
