"""Is a figure collected at all, for some labels and days? What is not has to be screened out, or is another way of recording the same."""

from collections.abc import Collection, Iterable
from datetime import date

from leafledger.core.definition import Formula, Library, Metric
from leafledger.core.fact import Cell
from leafledger.core.labels import Labels, matches
from leafledger.core.period import Period
from leafledger.engine.books import Books
from leafledger.engine.collect import breakdown
from leafledger.engine.formula import (
    Declared,
    Expr,
    Market,
    Recorded,
    Ref,
    Sources,
    Supplied,
    parse,
    walk,
)
from leafledger.engine.nodes import parts


def there(books: Books, id: str, period: Period, labels: Labels) -> bool:
    """Is something declared or recorded that the figure is made of? Of ways, sources and methods one is enough."""
    if id in books.library.activities:
        return _recorded(books, id, period, labels)
    formula = formula_of(books.library.metrics[id], period, labels)
    return formula is None or made_there(books, parse(formula.formula), period, labels)


def made_there(books: Books, expr: Expr, period: Period, labels: Labels) -> bool:
    """The same of an expression. What needs nothing collected is there."""
    match expr:
        case Ref(id, total, of):
            return total or there(books, id, period, with_labels(labels, of))
        case Recorded(some) | Sources(some) | Declared(some):
            return any(made_there(books, one, period, labels) for one in some)
        case Supplied():
            return any(made_there(books, one, period, labels) for one in parts(expr))
        case Market(consumption):
            return made_there(books, consumption, period, labels)
        case _:
            return all(made_there(books, one, period, labels) for one in parts(expr))


def members_there(books: Books, id: str, dimension: str) -> Collection[str]:
    """Members of a dimension for which the figure could be there: those of its series and cells; all where each of them is owed."""
    known = books.library.dimensions[dimension]
    activities = leaves(books.library, id)
    if known.closed or not activities:
        return known.members
    keys = [series.key for activity in activities for series in books.series.get(activity, ())]
    keys += [key for activity in activities for key in books.recorded.get(activity, ())]
    return {member for key in keys for split, member in key[2] if split == dimension}


def leaves(library: Library, id: str) -> frozenset[str]:
    """The activities that a figure takes by its labels, by any of its formulas, through other metrics too."""
    if id in library.activities:
        return frozenset((id,))
    nodes = [node for formula in library.metrics[id].formulas for node in walk(parse(formula.formula))]
    taken = {node.id for node in nodes if isinstance(node, Ref) and not node.total}
    return frozenset().union(*(leaves(library, one) for one in taken))


def formula_of(metric: Metric, period: Period, labels: Labels) -> Formula | None:
    """The first formula in force over the whole period, for a total or for parts."""
    grain = "parts" if labels else "total"
    for formula in metric.formulas:
        covers = (formula.since or date.min) <= period.start and period.end <= (formula.until or date.max)
        if covers and formula.at in ("any", grain):
            return formula
    return None


def with_labels(labels: Labels, of: Labels) -> Labels:
    """The labels with others beside them, or over them."""
    return tuple(sorted({**dict(labels), **dict(of)}.items())) if of else labels


def within(cells: Iterable[Cell], period: Period) -> bool:
    """Does any of them say something of the period?"""
    return any(cell.period.overlap(period) for cell in cells)


def _recorded(books: Books, activity: str, period: Period, labels: Labels) -> bool:
    """Is something declared or recorded for these labels, or promised because the split is closed and others of it are?"""
    found = [key[2] for key in books.recorded.get(activity, ()) if within(books.cells[key], period)]
    if breakdown(books, books.library.activities[activity], period, labels) is not None:
        if all(books.library.dimensions[dimension].closed for dimension, _ in labels):
            return True
        found += [series.labels for series in books.series[activity]]
    return any(matches(one, labels) for one in found)
