"""Takes what was collected: for one activity, period and labels, the value of each series that was declared, or why there is none."""

from collections.abc import Iterator, Sequence
from functools import reduce

from leafledger.core.definition import Activity
from leafledger.core.fact import Cell
from leafledger.core.finding import Finding
from leafledger.core.labels import NONE, Labels, format_labels, keys, matches
from leafledger.core.org import Series
from leafledger.core.period import Period
from leafledger.engine.books import Books
from leafledger.engine.boundary import all_outside
from leafledger.engine.one_series import Taken, active, finding, name, owed, take_one
from leafledger.engine.value import Hole, Value, add
from leafledger.engine.whole import lacking, not_declared, of_one_day, ratio_of_parts, unbalanced


def take(books: Books, activity: Activity, period: Period, labels: Labels, site: str = "") -> tuple[Taken, ...]:
    """Every series that counts for these labels (and this site). A Hole naming all that is missing: no sum is silently partial.

    A series of a site that is outside the boundary all the time is not taken, and no hole.
    """
    dimensions = breakdown(books, activity, period, labels)
    declared = _of(books, activity, dimensions, period) if dimensions is not None else []
    asked = [series for series in declared if matches(series.labels, labels) and site in ("", series.site)]
    found = _inside(books, activity, asked, period)
    if asked and not found:
        raise Hole(all_outside(activity, asked, period, books.view.approach))
    missing = [
        *_undeclared(books, activity, dimensions, period, labels),
        *_apart(books, activity, dimensions, declared, period, labels),
        *not_declared(books, activity, dimensions, found, period, labels),
        *unbalanced(books, activity, declared, period),
        *ratio_of_parts(activity, found, period, labels),
    ]
    taken: list[Taken] = []
    for series in found:
        try:
            taken.append(take_one(books, activity, series, period))
        except Hole as hole:
            missing.extend(hole.findings)
    if missing:
        raise Hole(*missing)
    return tuple(of_one_day(activity, taken, period))


def breakdown(books: Books, activity: Activity, period: Period, labels: Labels) -> tuple[str, ...] | None:
    """The first breakdown that has these labels and for which something is declared."""
    for dimensions in activity.breakdowns:
        if keys(labels) <= set(dimensions) and _of(books, activity, dimensions, period):
            return dimensions
    return None


def sum_of_breakdown(books: Books, activity: Activity, period: Period, dimensions: Sequence[str]) -> Value | None:
    """What one breakdown adds up to; None where it is not fully there, which other findings say."""
    found = _inside(books, activity, _of(books, activity, dimensions, period), period)
    if not found or activity.kind == "ratio" or lacking(books, dimensions, found, NONE):
        return None
    try:
        values = [take_one(books, activity, series, period).value for series in found]
    except Hole:
        return None
    return reduce(add, values)


def outside(books: Books, activity: Activity, period: Period, labels: Labels = NONE) -> bool:
    """Is it collected, and only at sites that are outside the boundary all the time?"""
    dimensions = breakdown(books, activity, period, labels)
    declared = _of(books, activity, dimensions, period) if dimensions is not None else []
    asked = [series for series in declared if matches(series.labels, labels)]
    return bool(asked) and not _inside(books, activity, asked, period)


def _inside(books: Books, activity: Activity, declared: Sequence[Series], period: Period) -> list[Series]:
    if not books.boundary:
        return list(declared)
    return [series for series in declared if owed(books, activity, series, period)]


def _of(books: Books, activity: Activity, dimensions: Sequence[str], period: Period) -> list[Series]:
    """The declared series of one breakdown that are collected in the period."""
    split = set(dimensions)
    found = books.series.get(activity.id, ())
    return [series for series in found if keys(series.labels) == split and active(series, period)]


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


def _apart(
    books: Books,
    activity: Activity,
    dimensions: Sequence[str] | None,
    declared: Sequence[Series],
    period: Period,
    labels: Labels,
) -> Iterator[Finding]:
    """Series of a later breakdown that none of the one taken can hold at their site: no control of it, and not in the sum either."""
    if dimensions is None:
        return
    split = [set(known) for known in activity.breakdowns]
    for later in activity.breakdowns[split.index(set(dimensions)) + 1 :]:
        others = [one for one in _of(books, activity, later, period) if matches(one.labels, labels)]
        for one in _inside(books, activity, others, period):
            if not any(one.site == taken.site and _agree(one.labels, taken.labels) for taken in declared):
                template = (
                    "{series} is collected by {later} in {period} and the total is taken by {by}, which has nothing there that it could be a part "
                    "of; declare the series by {by} too, or all of {activity} by {later}"
                )
                by = "+".join(dimensions) or "no labels"
                values = {
                    "series": name(one),
                    "later": "+".join(later),
                    "period": period,
                    "by": by,
                    "activity": activity.id,
                }
                yield finding("series.apart", template, **values)


def _agree(some: Labels, others: Labels) -> bool:
    """Do they name the same members of the dimensions that both have?"""
    known = dict(others)
    return all(known.get(dimension, member) == member for dimension, member in some)


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
