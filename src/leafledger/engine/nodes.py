"""The kinds of node that a formula is read into."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from leafledger.core.labels import NONE, Labels


@dataclass(frozen=True, slots=True)
class Number:
    """A plain number, without a unit."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class OneOf:
    """`unit("tCO2/tC")`: 1 of a unit."""

    unit: str


@dataclass(frozen=True, slots=True)
class Ref:
    """An activity or metric; `total` takes it without the labels that are asked for, `of` with these beside them."""

    id: str
    total: bool = False
    of: Labels = NONE


@dataclass(frozen=True, slots=True)
class FactorRef:
    """`factor.NAME`, chosen for the cell at hand; `factor.NAME(gas="CH4")` as if the cell had that label (over its own)."""

    name: str
    of: Labels = NONE


@dataclass(frozen=True, slots=True)
class Each:
    """`each(expr)`: evaluated once per cell of its one activity (or of those behind a metric), and added up."""

    body: "Expr"


@dataclass(frozen=True, slots=True)
class Either:
    """`either(first, second)`: the first of the two whose factors can be had for the cell at hand."""

    first: "Expr"
    second: "Expr"


@dataclass(frozen=True, slots=True)
class Recorded:
    """`recorded(a, b, ...)`: one thing that may be recorded in several ways; those that are collected add up."""

    ways: tuple["Expr", ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """`sources(a, b, ...)`: figures that are the whole together; one that is not collected must be screened out."""

    parts: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Declared:
    """`declared(a, b, ...)`: methods for one figure, side by side; the company declares which one it is."""

    methods: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Supplied:
    """`supplied(activity, each(...))`: what a supplier states of a series takes the place of what each(...) makes of it."""

    activity: str
    proxy: Each


@dataclass(frozen=True, slots=True)
class PrimaryShare:
    """`primary_share(figure)`: which part of a figure rests on suppliers' own data."""

    of: Ref


@dataclass(frozen=True, slots=True)
class Market:
    """`market(consumption, instruments, rest, substitute)`: what contracts cover by their rates, and the rest by another.

    rest: a rate for what no contract covers, of factors; substitute: the metric whose rate serves where there is none and the company declares it.
    """

    consumption: Ref
    instruments: Ref
    rest: "Expr"
    substitute: Ref


@dataclass(frozen=True, slots=True)
class Op:
    """`left sign right`."""

    sign: Literal["+", "-", "*", "/"]
    left: "Expr"
    right: "Expr"


Expr = (
    Number
    | OneOf
    | Ref
    | FactorRef
    | Each
    | Either
    | Recorded
    | Sources
    | Declared
    | Supplied
    | PrimaryShare
    | Market
    | Op
)


def parts(expr: Expr) -> tuple[Expr, ...]:
    """What stands directly in an expression."""
    match expr:
        case Each(body):
            return (body,)
        case Either(first, second) | Op(_, first, second):
            return (first, second)
        case Recorded(inside) | Sources(inside) | Declared(inside):
            return inside
        case Supplied(activity, proxy):
            return (Ref(activity), proxy)
        case PrimaryShare(of):
            return (of,)
        case Market(consumption, instruments, rest, substitute):
            return (consumption, instruments, rest, substitute)
        case _:
            return ()


def walk(expr: Expr) -> Iterator[Expr]:
    """The expression and everything in it."""
    yield expr
    for part in parts(expr):
        yield from walk(part)


def references(expr: Expr) -> frozenset[str]:
    """The activities and metrics that a formula names."""
    return frozenset(node.id for node in walk(expr) if isinstance(node, Ref))


def put(expr: Expr, id: str, instead: Expr) -> Expr:
    """The expression of one cell, with what makes a cell of a figure in place of its name."""
    match expr:
        case Ref(known) if known == id:
            return instead
        case Op(sign, left, right):
            return Op(sign, put(left, id, instead), put(right, id, instead))
        case Either(first, second):
            return Either(put(first, id, instead), put(second, id, instead))
        case _:
            return expr
