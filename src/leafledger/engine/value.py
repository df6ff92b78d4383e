"""A value on its way through a formula: exact, with the interval, coverage, scores and estimated share it carries along."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from leafledger.core.entry import Bound
from leafledger.core.fact import Cell, FactorUse
from leafledger.core.finding import Finding
from leafledger.engine.quality import Scored, chained, inverse, mixed

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True, slots=True)
class Made:
    """`left sign right`: how a value was worked out."""

    sign: Literal["+", "-", "*", "/"]
    left: "Value"
    right: "Value"


@dataclass(frozen=True, slots=True)
class Recorded:
    """Cells, each with the amount that counts of it, in root units."""

    parts: tuple[tuple[Cell, Fraction], ...]


@dataclass(frozen=True, slots=True)
class OfFact:
    """Another figure, by its key."""

    key: str


Behind = Made | Recorded | OfFact | FactorUse


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """In root units. low/high: what the written digits allow. coverage, estimated: shares from 0 to 1.

    primary: the share that rests on suppliers' own figures, None where that is no question. activity, factor: how good what
    was recorded and the factors are, None where none stands behind it. behind: where it comes from, for whoever asks how
    uncertain it is; None for a plain number.
    """

    exact: Fraction
    low: Fraction
    high: Fraction
    bound: Bound = "exact"
    coverage: Fraction = ONE
    estimated: Fraction = ZERO
    primary: Fraction | None = None
    activity: Scored | None = None
    factor: Scored | None = None
    behind: Behind | None = field(default=None, compare=False, repr=False)


class Hole(Exception):
    """The value cannot be had; `findings` say why and what to do."""

    def __init__(self, *findings: Finding) -> None:
        self.findings = findings
        super().__init__("; ".join(f.message for f in findings))


def constant(exact: Fraction) -> Value:
    return Value(exact=exact, low=exact, high=exact)


def add(left: Value, right: Value) -> Value:
    return _sum(left, right, right.exact, right.low, right.high, right.bound, Made("+", left, right))


def subtract(left: Value, right: Value) -> Value:
    turned: dict[Bound, Bound] = {"over": "within", "within": "over"}
    bound = turned.get(right.bound, right.bound)
    return _sum(left, right, -right.exact, -right.high, -right.low, bound, Made("-", left, right))


def multiply(left: Value, right: Value) -> Value:
    ends = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
    return _product(left, right, min(ends), max(ends), Made("*", left, right))


def divide(left: Value, right: Value, says: str) -> Value:
    """`says` names the divisor in the finding when it is zero."""
    if right.exact == 0:
        raise Hole(_finding("{says} is 0, and nothing can be divided by it; check the entry behind it", says=says))
    turned_over = ONE / right.exact
    if right.low <= 0 <= right.high:
        template = "{says} may be 0 as far as the digits of its entries tell, so nothing can be divided by it; record more digits"
        raise Hole(_finding(template, says=says))
    ends = [a / b for a in (left.low, left.high) for b in (right.low, right.high)]
    low, high = min(ends), max(ends)
    turned: dict[Bound, Bound] = {"over": "within", "within": "over"}
    divisor = Value(
        exact=turned_over,
        low=turned_over,
        high=turned_over,
        bound=turned.get(right.bound, right.bound),
        coverage=right.coverage,
        estimated=right.estimated,
        activity=inverse(right.activity, right.exact),
        factor=inverse(right.factor, right.exact),
    )
    return _product(left, divisor, low, high, Made("/", left, right))


def _sum(
    left: Value, right: Value, exact: Fraction, low: Fraction, high: Fraction, bound: Bound, behind: Made
) -> Value:
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
        primary=_mixed_share(left, right),
        activity=mixed(left.activity, right.activity),
        factor=mixed(left.factor, right.factor),
        behind=behind,
    )


def _product(left: Value, right: Value, low: Fraction, high: Fraction, behind: Made) -> Value:
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
        primary=right.primary if left.primary is None else left.primary,
        activity=chained(left.activity, right.activity, left.exact, right.exact),
        factor=chained(left.factor, right.factor, left.exact, right.exact),
        behind=behind,
    )


def _mixed_share(left: Value, right: Value) -> Fraction | None:
    """Suppliers' share of two amounts that are added up. Where suppliers have no say in one, none of it is theirs."""
    if left.primary is None and right.primary is None:
        return None
    weight = abs(left.exact) + abs(right.exact)
    theirs = abs(left.exact) * (left.primary or ZERO) + abs(right.exact) * (right.primary or ZERO)
    return theirs / weight if weight else max(left.primary or ZERO, right.primary or ZERO)


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
