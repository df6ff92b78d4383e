"""The formula language: restricted Python expressions, read into nodes."""

import ast
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from typing import Literal

from leafledger.core.labels import NONE, Labels
from leafledger.engine.nodes import (
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
    references,
    walk,
)

__all__ = [
    "Declared", "Each", "Either", "Expr", "FactorRef", "Market", "NotAFormula", "Number", "OneOf", "Op", "PrimaryShare",
    "Recorded", "Ref", "Sources", "Supplied", "parse", "references", "walk",
]  # fmt: skip

LONGEST = 2000
DEEPEST = 60
FORMS = (
    'each(expression), either(expression, expression), total(figure), unit("name"), recorded(expression, ...), '
    "sources(figure, ...), declared(figure, ...), supplied(activity, each(...)), primary_share(figure) and "
    "market(consumption, instruments, rate, figure)"
)
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
        case ast.Call(func=ast.Name() | ast.Attribute(), args=[], keywords=[_, *_] as given):
            return _with_labels(_name(_dotted(node.func)), given)
        case ast.Call(func=ast.Name(id=name), args=[_, *_] as given, keywords=[]):
            return _call(name, given, text, lambda one: _expr(one, text, depth + 1))
    raise NotAFormula(
        f"{(ast.get_source_segment(text, node) or text)[:60]!r} is not allowed in a formula; it may hold names of figures, "
        f'factor.NAME, either of them with labels such as (gas="CH4"), numbers, + - * /, parentheses, {FORMS}'
    )


def _call(name: str, given: Sequence[ast.expr], text: str, read: Callable[[ast.expr], Expr]) -> Expr:
    if name == "unit" and len(given) == 1 and isinstance(given[0], ast.Constant) and isinstance(given[0].value, str):
        return OneOf(given[0].value)
    match name, [read(one) for one in given] if name in _KNOWN else []:
        case "total", [Ref(id, False, of)] if of == NONE:
            return Ref(id, total=True)
        case "each", [body]:
            return Each(body)
        case "either", [first, second]:
            return Either(first, second)
        case "recorded", ways:
            return Recorded(tuple(ways))
        case "sources" | "declared", figures if plain := _figures(figures):
            return Sources(plain) if name == "sources" else Declared(plain)
        case "supplied", [Ref(id, False, of), Each() as proxy] if of == NONE:
            return Supplied(id, proxy)
        case "primary_share", [Ref() as of]:
            return PrimaryShare(of)
        case "market", [Ref() as consumption, Ref() as instruments, rest, Ref() as substitute]:
            return Market(consumption, instruments, rest, substitute)
    said = ", ".join((ast.get_source_segment(text, one) or "")[:30] for one in given)
    raise NotAFormula(f"{name}({said[:60]}) is not understood here; there are {FORMS}")


_KNOWN = {"total", "each", "either", "recorded", "sources", "declared", "supplied", "primary_share", "market"}


def _figures(given: Sequence[Expr]) -> tuple[Ref, ...]:
    """Names of figures, and nothing else; none otherwise."""
    figures = tuple(one for one in given if isinstance(one, Ref) and not one.total)
    return figures if len(figures) == len(given) else ()


def _with_labels(of: Expr, given: Sequence[ast.keyword]) -> Expr:
    """`energy.fuel(use="road")`, `factor.gwp(gas="CH4")`."""
    pairs: dict[str, str] = {}
    for one in given:
        if one.arg is None or not isinstance(one.value, ast.Constant) or not isinstance(one.value.value, str):
            raise NotAFormula('labels are written like (gas="CH4", fuel="diesel")')
        pairs[one.arg] = one.value.value
    labels: Labels = tuple(sorted(pairs.items()))
    return FactorRef(of.name, labels) if isinstance(of, FactorRef) else Ref(of.id, of=labels)  # type: ignore[union-attr]


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
