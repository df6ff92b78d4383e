"""A formula as people read it: the titles of figures and factors in place of their ids, and the signs of arithmetic."""

from leafledger.core.quantity import cut, plain
from leafledger.engine.formula import Each, Either, Expr, FactorRef, NotAFormula, Number, OneOf, Op, Ref, parse
from leafledger.report.reader import Reader
from leafledger.report.words import unit_name

SIGNS = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}
BINDS = {"+": 1, "-": 1, "*": 2, "/": 2}


def in_words(reader: Reader, formula: str) -> str:
    """The formula in titles; empty when it cannot be read, which a frozen formula of another edition may."""
    try:
        return _said(reader, parse(formula)) if formula else ""
    except NotAFormula:
        return ""


def factor_title(reader: Reader, name: str) -> str:
    known = reader.sources.library.factor_names.get(name)
    return reader.say(known.title) if known else name


def _said(reader: Reader, expr: Expr) -> str:
    match expr:
        case Number(value):
            return plain(cut(value))
        case OneOf(unit):
            return f"1 {unit_name(unit, reader.language, one=True)}"
        case Ref(id, total):
            return reader.word("whole_figure", title=reader.title(id)) if total else reader.title(id)
        case FactorRef(name):
            return factor_title(reader, name)
        case Each(body):
            return reader.word("for_each", formula=_said(reader, body))
        case Either(first, second):
            return reader.word("either", first=_said(reader, first), second=_said(reader, second))
        case Op("*", left, OneOf()):
            return _said(reader, left)  # a conversion of units says nothing that the result's unit does not
        case Op(sign, left, right):
            return _side(reader, left, sign) + SIGNS[sign] + _side(reader, right, sign, right=True)


def _side(reader: Reader, expr: Expr, sign: str, *, right: bool = False) -> str:
    """One side, in brackets where it would otherwise be read another way."""
    said = _said(reader, expr)
    if isinstance(expr, Either):
        return f"({said})"
    if not isinstance(expr, Op):
        return said
    looser = BINDS[expr.sign] < BINDS[sign] or (right and sign in "-/" and BINDS[expr.sign] == BINDS[sign])
    return f"({said})" if looser else said
