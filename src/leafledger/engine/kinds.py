"""Holds a metric to the kind it says it has: an amount, which adds up over sites and parts, or a ratio, which never does."""

from leafledger.core.definition import Library, Metric
from leafledger.engine.formula import Declared, Each, Either, Expr, Market, Op, Recorded, Ref, Sources, Supplied


def wrong_kind(metric: Metric, expr: Expr, library: Library) -> str:
    """What is wrong with the kind of a metric that has this formula; empty where nothing is."""
    is_ratio = _degree(expr, library) <= 0
    if is_ratio and metric.kind != "ratio":
        return f"the formula gives a ratio, which never adds up, and its kind is {metric.kind}; say kind: ratio, or mend the formula"
    if not is_ratio and metric.kind == "ratio":
        return "the formula gives an amount, which adds up, and its kind is ratio; say kind: flow or stock, or mend the formula"
    return ""


def _degree(expr: Expr, library: Library) -> int:
    """How many amounts are multiplied, less those that divide: a ratio has 0, as it stays the same when all of them double."""
    match expr:
        case Ref(id):
            return int(library.figure(id).kind != "ratio")
        case Each(body):
            return _degree(body, library)
        case Recorded(some) | Sources(some) | Declared(some):
            return max(_degree(one, library) for one in some)
        case Supplied(_, proxy):
            return _degree(proxy, library)
        case Market():
            return 1
        case Either(left, right):
            return max(_degree(left, library), _degree(right, library))
        case Op(sign, left, right):
            first, second = _degree(left, library), _degree(right, library)
            return {"*": first + second, "/": first - second}.get(sign, max(first, second))
        case _:
            return 0
