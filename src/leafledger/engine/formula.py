"""The formula language: restricted Python expressions, read into seven kinds of node."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Literal

LONGEST = 2000
DEEPEST = 60


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
    """An activity or metric; `total` takes it without the labels that are asked for."""

    id: str
    total: bool = False


@dataclass(frozen=True, slots=True)
class FactorRef:
    """`factor.NAME`, chosen for the cell at hand."""

    name: str


@dataclass(frozen=True, slots=True)
class Each:
    """`each(expr)`: evaluated once per cell of its one activity, and added up."""

    body: "Expr"


@dataclass(frozen=True, slots=True)
class Either:
    """`either(first, second)`: the first of the two whose factors can be had for the cell at hand."""

    first: "Expr"
    second: "Expr"


@dataclass(frozen=True, slots=True)
class Op:
    """`left sign right`."""

    sign: Literal["+", "-", "*", "/"]
    left: "Expr"
    right: "Expr"


Expr = Number | OneOf | Ref | FactorRef | Each | Either | Op
_SIGNS: dict[type[ast.operator], Literal["+", "-", "*", "/"]] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}


class NotAFormula(ValueError):
    """The text is not in the formula language; the message says what is allowed."""


@cache
def parse(text: str) -> Expr:
    """Read a formula. NotAFormula says what it found and what may stand there."""
    if len(text) > LONGEST:
        raise NotAFormula(f"the formula is longer than {LONGEST} characters; name its parts as metrics of their own")
    try:
        tree = ast.parse(text.strip(), mode="eval")
        return _expr(tree.body, text.strip(), 0)
    except (SyntaxError, RecursionError, MemoryError, ValueError) as error:
        if isinstance(error, NotAFormula):
            raise
        raise NotAFormula(f"{text[:80]!r} is not readable as a formula") from None


def walk(expr: Expr) -> Iterator[Expr]:
    """The expression and everything in it."""
    yield expr
    match expr:
        case Each(body):
            yield from walk(body)
        case Either(left, right) | Op(_, left, right):
            yield from walk(left)
            yield from walk(right)


def references(expr: Expr) -> frozenset[str]:
    """The activities and metrics that a formula names."""
    return frozenset(node.id for node in walk(expr) if isinstance(node, Ref))


def _expr(node: ast.expr, text: str, depth: int) -> Expr:
    if depth > DEEPEST:
        raise NotAFormula(f"the formula is nested deeper than {DEEPEST} levels; name its parts as metrics of their own")
    match node:
        case ast.Constant(value=bool()):
            pass
        case ast.Constant(value=int() | float()):
            return Number(Fraction(ast.get_source_segment(text, node) or ""))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _SIGNS:
            return Op(_SIGNS[type(op)], _expr(left, text, depth + 1), _expr(right, text, depth + 1))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Op("-", Number(Fraction(0)), _expr(operand, text, depth + 1))
        case ast.Name() | ast.Attribute():
            return _name(_dotted(node))
        case ast.Call(func=ast.Name(id="either"), args=[first, second], keywords=[]):
            return Either(_expr(first, text, depth + 1), _expr(second, text, depth + 1))
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]):
            return _call(name, argument, text, depth)
    raise NotAFormula(
        f"{(ast.get_source_segment(text, node) or text)[:60]!r} is not allowed in a formula; it may hold names of figures, "
        'factor.NAME, numbers, + - * /, parentheses, each(...), either(..., ...), total(...) and unit("...")'
    )


def _call(name: str, argument: ast.expr, text: str, depth: int) -> Expr:
    match name, argument:
        case "unit", ast.Constant(value=str() as unit):
            return OneOf(unit)
        case "total", ast.Name() | ast.Attribute():
            return Ref(_dotted(argument), total=True)
        case "each", _:
            return Each(_expr(argument, text, depth + 1))
    raise NotAFormula(
        f"{name}(...) is not understood here; there are each(expression), either(expression, expression), "
        'total(figure) and unit("name")'
    )


def _name(dotted: str) -> Expr:
    head, _, rest = dotted.partition(".")
    return FactorRef(rest) if head == "factor" and rest else Ref(dotted)


def _dotted(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=attr):
            return f"{_dotted(value)}.{attr}"
    raise NotAFormula("a name is written like energy.total")
