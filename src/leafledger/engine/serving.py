"""Finds what serves one cell: the factors of a formula, and of each either(...) the side that can be had."""

from collections.abc import Callable

from leafledger.core.fact import FactorUse
from leafledger.core.finding import Finding
from leafledger.engine.choose import MISSING
from leafledger.engine.formula import Either, Expr, FactorRef, Op, walk
from leafledger.engine.value import Hole

Find = Callable[[FactorRef], FactorUse]
"""The factor that is asked for, for the cell at hand. A Hole when there is none."""

Found = tuple[tuple[FactorRef, FactorUse], ...]
"""What a formula asked for, each with the factor that serves."""


def serving(body: Expr, find: Find) -> tuple[Expr, Found]:
    """The formula with one side of each either(...) taken, and the factors it then needs. A Hole with every reason."""
    served = _taken(body, find)
    found: list[tuple[FactorRef, FactorUse]] = []
    missing: list[Finding] = []
    asked = {node for node in walk(served) if isinstance(node, FactorRef)}
    for one in sorted(asked, key=lambda of: (of.name, of.of)):
        try:
            found.append((one, find(one)))
        except Hole as hole:
            missing.extend(hole.findings)
    if missing:
        raise Hole(*missing)
    return served, tuple(found)


def _taken(expr: Expr, find: Find) -> Expr:
    match expr:
        case Op(sign, left, right):
            return Op(sign, _taken(left, find), _taken(right, find))
        case Either(first, second):
            return _side(first, second, find)
        case _:
            return expr


def _side(first: Expr, second: Expr, find: Find) -> Expr:
    """The second serves only where there is none for the first: of two that serve equally well neither is passed over."""
    try:
        return serving(first, find)[0]
    except Hole as hole:
        lacking = hole.findings
        if any(finding.rule != MISSING for finding in lacking):
            raise
    try:
        return serving(second, find)[0]
    except Hole as hole:
        raise Hole(*lacking, *(finding for finding in hole.findings if finding not in lacking)) from None
