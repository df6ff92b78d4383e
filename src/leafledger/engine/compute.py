"""Computes every figure of every year, each once, each with its reasons."""

from collections.abc import Iterable, Iterator, Sequence

from leafledger.core.definition import Activity, Metric
from leafledger.core.fact import Cell, Fact, FactSet, fact_key, parse_key
from leafledger.core.finding import Finding
from leafledger.core.labels import NONE, Labels
from leafledger.core.period import Period, reporting_period, reporting_year
from leafledger.core.quantity import cut
from leafledger.engine.books import Books
from leafledger.engine.cells import hash_of_hashes
from leafledger.engine.controls import against_controls
from leafledger.engine.evaluate import Receipt, Scope, collected, evaluate
from leafledger.engine.formula import parse
from leafledger.engine.quality import means, share
from leafledger.engine.screening import left_out, out_of_inventory
from leafledger.engine.spare import as_told
from leafledger.engine.there import formula_of, members_there, there
from leafledger.engine.value import Hole, Value
from leafledger.library.units import unit

Values = dict[str, Value]
"""What figures were worked out of, by key."""


def compute(books: Books, years: Iterable[int] | None = None) -> FactSet:
    """Every figure for the given years (the company's reporting years where none are given), by key.

    A figure that cannot be had is a fact without a value, with findings that say what to do. Years after the last
    reporting year, such as target years, have only the activities that were recorded wholly for them. A year before it that
    is no reporting year has no figures: an old bill or an opening stock promises nothing of it.
    """
    reporting = sorted({year.year for year in books.company.years} if years is None else set(years))
    ends = books.company.year_ends
    facts: FactSet = {}
    for year in reporting:
        period = reporting_period(year, ends)
        for id in sorted({*books.library.activities, *books.library.metrics}):
            for labels in _wanted(books, id, period):
                _fact(books, facts, id, period, labels)
    for year in sorted(_years_to_come(books, reporting)) if years is None else ():
        period = reporting_period(year, ends)
        for id in sorted(_recorded_in(books, period)):
            for labels in _wanted(books, id, period):
                _fact(books, facts, id, period, labels)
    return facts


def worked_out(books: Books, key: str) -> tuple[Fact, Values]:
    """One figure, computed anew, with what it and every figure behind it was worked out of."""
    metric, period, labels = parse_key(key)
    values: Values = {}
    return _fact(books, {}, metric, period, labels, values), values


def _wanted(books: Books, id: str, period: Period) -> Iterator[Labels]:
    """The total, and each member of each dimension by which something is collected; only the grains that have a formula."""
    figure = books.library.figure(id)
    grains = {formula.at for formula in figure.formulas} if isinstance(figure, Metric) else {"any"}
    if grains - {"parts"}:
        yield NONE
    if grains <= {"total"}:
        return
    asserted = {cell.labels for cell in _assertions(books, period) if cell.activity == id}
    dimensions = figure.splits if isinstance(figure, Metric) else sorted(figure.dimensions)
    for dimension in dimensions:
        possible = members_there(books, id, dimension)
        for member in books.library.dimensions[dimension].members:
            labels = ((dimension, member),)
            if labels in asserted or (member in possible and there(books, id, period, labels)):
                yield labels


def _years_to_come(books: Books, reporting: Sequence[int]) -> set[int]:
    """The years after the last reporting year for which something is recorded."""
    last_days = {cell.period.end for cells in books.cells.values() for cell in _flowing(cells)}
    last_days |= {cell.period.end for cell in books.assertions}
    years = {reporting_year(day, books.company.year_ends) for day in last_days}
    return {year for year in years if not reporting or year > reporting[-1]}


def _recorded_in(books: Books, period: Period) -> set[str]:
    """The activities with something whose days all lie in the period: the end of a bill of the year before is no target."""
    counting = {
        key[0] for key, cells in books.cells.items() if any(cell.period.within(period) for cell in _flowing(cells))
    }
    return counting | {cell.activity for cell in _assertions(books, period)}


def _flowing(cells: Iterable[Cell]) -> list[Cell]:
    """All but readings of meters: where one stands alone, at the end of the year before, nothing was recorded of that year."""
    return [cell for cell in cells if cell.kind != "register"]


def _assertions(books: Books, period: Period) -> list[Cell]:
    """Assertions whose days end in the period: they need a figure to be compared with, or a hole that says so."""
    return [cell for cell in books.assertions if period.start <= cell.period.end <= period.end]


def _fact(books: Books, facts: FactSet, id: str, period: Period, labels: Labels, values: Values | None = None) -> Fact:
    """The fact of that name, computed at most once. values: where to keep what it was worked out of, if anybody asks."""
    key = fact_key(id, period, labels)
    if key not in facts:
        facts[key] = _computed(books, facts, id, period, labels, values)
    return facts[key]


def _computed(books: Books, facts: FactSet, id: str, period: Period, labels: Labels, values: Values | None) -> Fact:
    figure = books.library.figure(id)
    receipt = Receipt()
    scope = Scope(
        books=books,
        figure=id,
        period=period,
        labels=labels,
        fact=lambda ref, of: _fact(books, facts, ref, period, of, values),
        receipt=receipt,
    )
    text = ""
    try:
        screening = left_out(books, id, period)
        if screening and (isinstance(figure, Metric) or not there(books, id, period, labels)):
            raise Hole(out_of_inventory(screening, period))
        if isinstance(figure, Activity):
            value = collected(figure, scope)
            receipt.findings.extend(against_controls(books, figure, period, labels, value))
        else:
            formula = formula_of(figure, period, labels)
            if formula is None:
                raise Hole(_no_formula(figure, period))
            text = formula.formula
            value = evaluate(parse(text), scope)
    except Hole as hole:
        return Fact(
            metric=id,
            labels=labels,
            period=period,
            value=None,
            unit=figure.unit,
            approach=books.view.approach,
            formula=text,
            findings=as_told(books, id, hole.findings),
            reviewed=not books.company.self_reviewed,
        )
    if values is not None:
        values[fact_key(id, period, labels)] = value
    return _made(books, figure, period, labels, value, text, receipt, facts)


def _made(
    books: Books,
    figure: Activity | Metric,
    period: Period,
    labels: Labels,
    value: Value,
    text: str,
    receipt: Receipt,
    facts: FactSet,
) -> Fact:
    scale = unit(figure.unit).scale
    inputs = [facts[key] for key in sorted(receipt.inputs)]
    hashes = {cell.hashes for cell in receipt.cells} | {fact.entry_hashes for fact in inputs}
    entries = {id for cell in receipt.cells for id in cell.entries} | {id for fact in inputs for id in fact.entries}
    factors = set(receipt.factors)
    bases = {use.gwp_basis for use in factors} | {basis for fact in inputs for basis in fact.gwp.split(", ")}
    return Fact(
        metric=figure.id,
        labels=labels,
        period=period,
        value=cut(value.exact / scale),
        unit=figure.unit,
        low=cut(value.low / scale),
        high=cut(value.high / scale),
        bound=value.bound,
        coverage=cut(value.coverage),
        estimated_share=cut(value.estimated),
        approach=books.view.approach,
        gwp=", ".join(sorted(filter(None, bases))),
        primary_share=None if value.primary is None else cut(value.primary),
        activity_quality=means(value.activity),
        factor_quality=means(value.factor),
        activity_scored=share(value.activity),
        factor_scored=share(value.factor),
        formula=text,
        factors=tuple(sorted(factors, key=lambda f: (f.name, f.id, f.asked_region))),
        inputs=tuple(sorted(receipt.inputs)),
        entries=tuple(sorted(entries)),
        entry_hashes=hash_of_hashes(hashes),
        steps=tuple(receipt.steps),
        findings=tuple(receipt.findings),
        reviewed=not books.company.self_reviewed,
    )


def _no_formula(metric: Metric, period: Period) -> Finding:
    template = "{id} has no formula in force for {period}; date one in metrics/"
    return Finding(
        rule="metric.formula", template=template, values={"id": metric.id, "period": period}, place=metric.place
    )
