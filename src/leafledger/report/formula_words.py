"""A formula as people read it: the titles of figures and factors in place of their ids, and the signs of arithmetic."""

from collections.abc import Sequence

from leafledger.core.labels import Labels
from leafledger.core.quantity import cut, plain
from leafledger.engine.formula import (
    Declared,
    Each,
    Either,
    Expr,
    FactorRef,
    Market,
    NotAFormula,
    Number,
    OneOf,
    Op,
    PrimaryShare,
    Recorded,
    Ref,
    Sources,
    Supplied,
    parse,
)
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
        case Ref(id, total, of):
            return (
                reader.word("whole_figure", title=reader.title(id))
                if total
                else _labelled(reader, reader.title(id), of)
            )
        case FactorRef(name, of):
            return _labelled(reader, factor_title(reader, name), of)
        case Each(body):
            return reader.word("for_each", formula=_said(reader, body))
        case Either(first, second):
            return reader.word("either", first=_said(reader, first), second=_said(reader, second))
        case Recorded() | Sources() | Declared() | Supplied() | PrimaryShare() | Market():
            return _several(reader, expr)
        case Op("*", left, OneOf()):
            return _said(reader, left)  # a conversion of units says nothing that the result's unit does not
        case Op(sign, left, right):
            return _side(reader, left, sign) + SIGNS[sign] + _side(reader, right, sign, right=True)


def _several(reader: Reader, expr: Recorded | Sources | Declared | Supplied | PrimaryShare | Market) -> str:
    match expr:
        case Recorded(ways):
            return reader.word("recorded_ways", all=_listed(reader, ways))
        case Sources(parts):
            return reader.word("of_sources", all=_listed(reader, parts))
        case Declared(methods):
            return reader.word("of_methods", all=_listed(reader, methods))
        case Supplied(activity, proxy):
            return reader.word("supplied_or", figure=reader.title(activity), proxy=_said(reader, proxy))
        case PrimaryShare(of):
            return reader.word("primary_share_of", figure=_said(reader, of))
        case Market(consumption, instruments, rest, substitute):
            said = {"consumption": consumption, "instruments": instruments, "rest": rest, "substitute": substitute}
            return reader.word("by_market", **{name: _said(reader, one) for name, one in said.items()})


def _listed(reader: Reader, some: Sequence[Expr]) -> str:
    return reader.word("semicolon").join(_said(reader, one) for one in some)


def _labelled(reader: Reader, title: str, of: Labels) -> str:
    """A title with the members it is taken for, by their titles."""
    if not of:
        return title
    dimensions = reader.sources.library.dimensions
    members = [reader.say(dimensions[key].members[member]) for key, member in of if key in dimensions]
    return reader.word("labelled_figure", title=title, labels=reader.listed(members))


def _side(reader: Reader, expr: Expr, sign: str, *, right: bool = False) -> str:
    """One side, in brackets where it would otherwise be read another way."""
    said = _said(reader, expr)
    if isinstance(expr, Either):
        return f"({said})"
    if not isinstance(expr, Op):
        return said
    looser = BINDS[expr.sign] < BINDS[sign] or (right and sign in "-/" and BINDS[expr.sign] == BINDS[sign])
    return f"({said})" if looser else said
