"""Is what was found the whole: every member of a closed split, both sides of every move, one day, and never a sum of ratios."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product

from leafledger.core.definition import Activity
from leafledger.core.fact import Cell
from leafledger.core.finding import Finding
from leafledger.core.labels import Labels, format_labels, keys
from leafledger.core.org import Series
from leafledger.core.period import Period
from leafledger.core.quantity import cut, plain
from leafledger.engine.books import Books
from leafledger.engine.one_series import Taken, finding, name
from leafledger.engine.value import ONE, ZERO
from leafledger.engine.weigh import counted, part_of
from leafledger.library.units import factor_between

MOST_NAMED = 6


def not_declared(
    books: Books,
    activity: Activity,
    dimensions: Sequence[str] | None,
    found: Sequence[Series],
    period: Period,
    labels: Labels,
) -> Iterator[Finding]:
    """Nothing is collected for these labels; or a closed split lacks a member, so that it does not add up to a total."""
    if not found:
        template = "nobody collects {activity}{labels} in {period}; declare a series in series.csv and record it, or record that there is none (nil)"
        shown = f" for {format_labels(labels)}" if labels else ""
        yield finding("series.none", template, activity=activity.id, labels=shown, period=period)
        return
    if activity.kind != "ratio" and (gaps := lacking(books, dimensions or (), found, labels)):
        template = "{activity} is not collected for {missing} in {period}, so it does not add up to a total; declare the series"
        missing = _few([format_labels(one) for one in gaps])
        yield finding("series.open", template, activity=activity.id, missing=missing, period=period)


def lacking(books: Books, dimensions: Sequence[str], found: Sequence[Series], labels: Labels) -> list[Labels]:
    """Which combinations of the members of closed splits nothing is declared for, beside each member of the open ones."""
    closed = [d for d in dimensions if books.library.dimensions[d].closed and d not in keys(labels)]
    there = {series.labels for series in found}
    beside = {tuple((d, member) for d, member in one if d not in closed) for one in there}
    members = [[(dimension, member) for member in books.library.dimensions[dimension].members] for dimension in closed]
    wanted = {tuple(sorted((*open_, *combination))) for open_ in beside for combination in product(*members)}
    return sorted(wanted - there)


def ratio_of_parts(activity: Activity, found: Sequence[Series], period: Period, labels: Labels) -> Iterator[Finding]:
    """Ratios of sites or of parts do not add up (law 5): a recorded ratio is that of one series or there is none."""
    if activity.kind == "ratio" and found and [series.labels for series in found] != [labels]:
        template = "{activity} is a ratio, and those of {series} do not add up to one for {period}; record that of the whole, or what it divides"
        parts = _few([name(one) for one in found])
        yield finding("ratio.parts", template, activity=activity.id, series=parts, period=period)


def of_one_day(activity: Activity, taken: Sequence[Taken], period: Period) -> Sequence[Taken]:
    """Stocks that were last read on different days are added up as if of one, and each says so."""
    last = [max(cell.period.end for cell in one.cells if cell.kind != "adjustment") for one in taken]
    if activity.kind != "stock" or len(set(last)) < 2:
        return taken
    early = [name(one.series) for one, day in zip(taken, last, strict=True) if day < max(last)]
    days = ", ".join(str(day) for day in sorted(set(last)))
    template = "{activity} in {period} adds up readings of different days ({days}) as if of one; read {series} on the last of them too"
    told = finding("stock.days", template, activity=activity.id, period=period, days=days, series=_few(early))
    warning = replace(told, severity="warning")
    return [replace(one, findings=(*one.findings, warning)) for one in taken]


def unbalanced(books: Books, activity: Activity, declared: Sequence[Series], period: Period) -> Iterator[Finding]:
    """Adjustments move an amount from one series to another, so those of an activity add up to nothing, whoever owns the sites."""
    moved: list[Cell] = []
    amount = ZERO
    for series in declared:
        part = part_of(books.company, series)
        for cell in counted(activity, books.cells.get(series.key, ()), period):
            if cell.kind == "adjustment":
                moved.append(cell)
                counts = part(cell.period, period) if activity.kind == "flow" else ONE
                amount += Fraction(cell.value) * factor_between(cell.unit, activity.unit) * counts
    if amount:
        template = "the adjustments of {activity} in {period} ({entries}) move {amount} {unit} out of nowhere; record the other side of the move"
        listed = ", ".join(sorted(id for cell in moved for id in cell.entries))
        values = {"activity": activity.id, "period": period, "unit": activity.unit, "entries": listed}
        yield finding("entry.unbalanced", template, amount=plain(cut(amount)), **values)


def _few(names: Sequence[str]) -> str:
    return ", ".join([*names[:MOST_NAMED], *["…"] * (len(names) > MOST_NAMED)])
