"""Methods that stand beside the declared one: what they lack is worth knowing, and nobody owes it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from leafledger.core.finding import Finding
from leafledger.engine.books import Books
from leafledger.engine.formula import Declared, parse, walk


def as_told(books: Books, id: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Why a figure is a hole: notes where it is that of a method which the company has not declared."""
    if id not in books.library.metrics or not is_spare(books, id):
        return tuple(findings)
    return tuple(replace(finding, severity="note") for finding in findings)


def is_spare(books: Books, id: str) -> bool:
    """Is it one of several methods, each time beside another that the company has declared?"""
    chosen = [books.company.methods.get(figure) for figure in _offered(books, id)]
    return bool(chosen) and all(one is not None and one != id for one in chosen)


def _offered(books: Books, id: str) -> Iterator[str]:
    """The figures that have it as one of their methods."""
    for metric in books.library.metrics.values():
        for formula in metric.formulas:
            for node in walk(parse(formula.formula)):
                if isinstance(node, Declared) and id in {method.id for method in node.methods}:
                    yield metric.id
