"""Where an expression is evaluated, and what is written down meanwhile for the receipt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from leafledger.core.fact import Cell, Fact, FactorUse, Step
from leafledger.core.finding import Finding
from leafledger.core.labels import Labels, format_labels
from leafledger.core.period import Period
from leafledger.core.quantity import cut, plain
from leafledger.engine.books import Books
from leafledger.engine.choose import choose
from leafledger.engine.formula import Expr, FactorRef
from leafledger.engine.one_series import Taken
from leafledger.engine.there import with_labels
from leafledger.engine.value import Value
from leafledger.library.units import unit

FactOf = Callable[[str, Labels], Fact]
ValueOf = Callable[[Expr, "Scope"], Value]
"""Evaluates an expression: what one node needs of those in it."""


@dataclass(slots=True)
class Receipt:
    """What an evaluation used, in the order it was used. The only thing here that changes while it runs."""

    steps: list[Step] = field(default_factory=list)
    factors: set[FactorUse] = field(default_factory=set)
    inputs: set[str] = field(default_factory=set)
    cells: set[Cell] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    def tell(self, *findings: Finding) -> None:
        """Add what is not there yet."""
        self.findings.extend(f for f in findings if f not in self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Cells of one series that the same factors serve, those factors, and what is computed with them."""

    taken: Taken
    body: Expr
    uses: Mapping[FactorRef, FactorUse]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where an expression is evaluated. figure: whose formula it is. `at`: the part of a series that each(...) stands at."""

    books: Books
    figure: str = ""
    period: Period
    labels: Labels
    fact: FactOf
    receipt: Receipt
    at: Part | None = None


def note_taken(one: Taken, unit_of: str, scope: Scope, depth: int, note: str = "") -> None:
    """Write down a series, its cells and what was found about it."""
    receipt = scope.receipt
    receipt.cells.update(one.cells)
    receipt.tell(*one.findings)
    entries = tuple(sorted(id for cell in one.cells for id in cell.entries))
    notes = ("estimated" if one.value.estimated else "", getattr(one, "note", ""), note)
    what = " · ".join(filter(None, (one.series.activity, one.series.site, format_labels(one.series.labels))))
    amount = plain(cut(one.value.exact / unit(unit_of).scale))
    said = "; ".join(filter(None, notes))
    receipt.steps.append(Step(depth=depth, what=what, value=amount, unit=unit_of, note=said, entries=entries))


def for_cell(of: FactorRef, one: Taken, cell: Cell, scope: Scope) -> FactorUse:
    """The factor that serves a cell of a series. A Hole when there is none."""
    days = cell.period.overlap(scope.period) or scope.period
    labels = with_labels(one.series.labels, of.of)
    return choose(scope.books, of.name, site=one.series.site, labels=labels, period=days)
