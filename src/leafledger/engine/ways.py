"""Notices what was recorded in two ways at once: the mass of a fuel and its energy say the same, and count once."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from leafledger.core.fact import Cell
from leafledger.core.finding import Finding
from leafledger.core.labels import Labels, format_labels, matches
from leafledger.core.period import Period
from leafledger.engine.books import Books
from leafledger.engine.boundary import WHOLE, within
from leafledger.engine.formula import Ref, walk
from leafledger.engine.nodes import Expr
from leafledger.engine.there import with_labels

Where = tuple[str, Labels]


def recorded_twice(books: Books, ways: Sequence[Expr], period: Period, labels: Labels) -> Iterator[Finding]:
    """The entries of two ways of recording the same, for one site, the same labels and some of the same days."""
    for (first, at_first), (second, at_second) in combinations(dict.fromkeys(_taken(books, ways, labels)), 2):
        of = books.library.activities[first].way_of
        if first == second or not of or books.library.activities[second].way_of != of:
            continue
        theirs = dict(_cells(books, second, at_second))
        for where, cells in _cells(books, first, at_first):
            pair = _same_days(books, where[0], cells, theirs.get(where, ()), period)
            if pair:
                yield _twice(*pair, where, of)


def _taken(books: Books, ways: Sequence[Expr], labels: Labels) -> Iterator[tuple[str, Labels]]:
    """The activities that the ways add up themselves. A metric among them has its own formula, and notices for itself."""
    for way in ways:
        for node in walk(way):
            if isinstance(node, Ref) and not node.total and node.id in books.library.activities:
                yield node.id, with_labels(labels, node.of)


def _cells(books: Books, activity: str, labels: Labels) -> Iterator[tuple[Where, Sequence[Cell]]]:
    for key in books.recorded.get(activity, ()):
        if matches(key[2], labels):
            yield (key[1], key[2]), [cell for cell in books.cells[key] if cell.value]


def _same_days(
    books: Books, site: str, some: Iterable[Cell], others: Sequence[Cell], period: Period
) -> tuple[Cell, Cell] | None:
    """The first two that share a day of the period inside the boundary. An entry of nothing adds nothing twice."""
    where = [one.days for one in within(books.boundary.get(site, WHOLE), period)]
    for one in some:
        for other in others:
            both = one.period.overlap(other.period)
            if both and any(both.overlap(days) for days in where):
                return one, other
    return None


def _twice(one: Cell, other: Cell, where: Where, of: str) -> Finding:
    template = (
        "{first} ({activity}) and {second} ({other}) record {what} at {site} on the same days in two ways, and it would count twice; "
        "let a nil replace one of them, or, where they are not the same, tell them apart by a label such as use"
    )
    values = {
        "first": one.entries[0],
        "activity": one.activity,
        "second": other.entries[0],
        "other": other.activity,
        "what": format_labels(where[1]) or of,
        "site": where[0] or "-",
    }
    return Finding(rule="recorded.twice", template=template, values=values)
