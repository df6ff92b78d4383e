"""Takes what was collected: for one activity, period and labels, the value of each series that was declared, or why there is none."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import reduce

from leafledger.core.definition import Activity
from leafledger.core.fact import Cell
from leafledger.core.finding import Finding
from leafledger.core.labels import Labels, format_labels, keys, matches
from leafledger.core.org import Series
from leafledger.core.period import Period
from leafledger.core.quantity import cut, plain
from leafledger.engine.books import Books
from leafledger.engine.one_series import Taken, active, finding, take_one
from leafledger.engine.value import ZERO, Hole, Value, add
from leafledger.library.units import factor_between


def take(books: Books, activity: Activity, period: Period, labels: Labels, site: str = "") -> tuple[Taken, ...]:
    """Every series that counts for these labels (and this site). A Hole naming all that is missing: no sum is silently partial."""
    dimensions = breakdown(books, activity, period, labels)
    declared = _of(books, activity, dimensions, period) if dimensions is not None else []
    found = [series for series in declared if matches(series.labels, labels) and site in ("", series.site)]
    missing = [
        *_undeclared(books, activity, dimensions, period, labels),
        *_not_declared(books, activity, dimensions, found, period, labels),
        *_unbalanced(books, activity, declared, period),
    ]
    taken: list[Taken] = []
    for series in found:
        try:
            taken.append(take_one(activity, series, books.cells.get(series.key, ()), period))
        except Hole as hole:
            missing.extend(hole.findings)
    if missing:
        raise Hole(*missing)
    return tuple(taken)


def breakdown(books: Books, activity: Activity, period: Period, labels: Labels) -> tuple[str, ...] | None:
    """The first breakdown that has these labels and for which something is declared."""
    for dimensions in activity.breakdowns:
        if keys(labels) <= set(dimensions) and _of(books, activity, dimensions, period):
            return dimensions
    return None


def sum_of_breakdown(books: Books, activity: Activity, period: Period, dimensions: Sequence[str]) -> Value | None:
    """What one breakdown adds up to; None where it is not fully there, which other findings say."""
    found = _of(books, activity, dimensions, period)
    if not found or any(_lacking(books, dimension, found) for dimension in dimensions):
        return None
    try:
        values = [take_one(activity, series, books.cells.get(series.key, ()), period).value for series in found]
    except Hole:
        return None
    return reduce(add, values)


def _of(books: Books, activity: Activity, dimensions: Sequence[str], period: Period) -> list[Series]:
    """The declared series of one breakdown that are collected in the period."""
    split = set(dimensions)
    found = books.series.get(activity.id, ())
    return [series for series in found if keys(series.labels) == split and active(series, period)]


def _not_declared(
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
    for dimension in dimensions or ():
        lacking = _lacking(books, dimension, found)
        if lacking and dimension not in keys(labels):
            template = "{activity} is not collected for {dimension}={members} in {period}, so it does not add up to a total; declare the series"
            values = {"activity": activity.id, "dimension": dimension, "period": period}
            yield finding("series.open", template, members=", ".join(lacking), **values)


def _lacking(books: Books, dimension: str, found: Sequence[Series]) -> list[str]:
    """Members of a closed split for which nothing is declared."""
    definition = books.library.dimensions[dimension]
    return (
        sorted(set(definition.members) - {dict(series.labels)[dimension] for series in found})
        if definition.closed
        else []
    )


def _undeclared(
    books: Books, activity: Activity, dimensions: Sequence[str] | None, period: Period, labels: Labels
) -> Iterator[Finding]:
    """Entries whose series nobody declares any more (or not for these days): leaving them out would be a silent zero."""
    declared = {series.key: series for series in books.series.get(activity.id, ())}
    for key in books.recorded.get(activity.id, ()):
        stray = [cell for cell in books.cells[key] if _stray(cell, declared.get(key), period)]
        if stray and matches(key[2], labels) and _takes_part(activity, dimensions, key[2]):
            template = "{entry} is recorded for {series} in {period}, and series.csv does not declare that; declare the series for these days"
            series = " ".join(filter(None, (key[0], key[1], format_labels(key[2]))))
            yield finding("series.undeclared", template, entry=stray[0].entries[0], series=series, period=period)


def _stray(cell: Cell, series: Series | None, period: Period) -> bool:
    """Do days of the cell lie in the period, and none of them in those of a declared series?"""
    days = cell.period.overlap(period)
    return days is not None and (series is None or active(series, days) is None)


def _takes_part(activity: Activity, dimensions: Sequence[str] | None, labels: Labels) -> bool:
    """Would entries with these labels be taken, had they been declared: by this breakdown or by an earlier one?"""
    split = [set(known) for known in activity.breakdowns]
    if keys(labels) not in split:
        return dimensions is None
    return dimensions is None or split.index(set(keys(labels))) <= split.index(set(dimensions))


def _unbalanced(books: Books, activity: Activity, declared: Sequence[Series], period: Period) -> Iterator[Finding]:
    """Adjustments move an amount from one series to another, so those of an activity add up to nothing."""
    moved = [
        cell
        for series in declared
        for cell in books.cells.get(series.key, ())
        if cell.kind == "adjustment" and cell.period.overlap(period)
    ]
    amount = sum((Fraction(cell.value) * factor_between(cell.unit, activity.unit) for cell in moved), ZERO)
    if amount:
        template = "the adjustments of {activity} in {period} ({entries}) move {amount} {unit} out of nowhere; record the other side of the move"
        listed = ", ".join(sorted(id for cell in moved for id in cell.entries))
        values = {"activity": activity.id, "period": period, "unit": activity.unit, "entries": listed}
        yield finding("entry.unbalanced", template, amount=plain(cut(amount)), **values)
