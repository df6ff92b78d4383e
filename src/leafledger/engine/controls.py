"""Holds a figure against its control totals: what somebody asserted it to be, and what its other splits add up to."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import reduce

from leafledger.core.definition import Activity
from leafledger.core.fact import Cell
from leafledger.core.finding import Finding
from leafledger.core.labels import NONE, Labels
from leafledger.core.period import Period
from leafledger.core.quantity import cut, plain
from leafledger.engine.books import Books
from leafledger.engine.collect import breakdown, sum_of_breakdown, take
from leafledger.engine.value import ONE, Hole, Value, add
from leafledger.library.units import unit


def against_controls(
    books: Books, activity: Activity, period: Period, labels: Labels, value: Value
) -> Iterator[Finding]:
    """Warnings where the figure and a control total differ by more than the digits of both leave open.

    An assertion is compared over its own days, and stands with the figure of the period in which they end.
    """
    for cell in books.assertions:
        if (cell.activity, cell.labels) == (activity.id, labels) and period.start <= cell.period.end <= period.end:
            yield from _against_assertion(books, activity, period, cell, value)
    if not labels and value.bound == "exact":
        for dimensions in activity.breakdowns:
            if dimensions and dimensions != breakdown(books, activity, period, NONE):
                yield from _against_breakdown(books, activity, period, dimensions, value)


def _against_assertion(books: Books, activity: Activity, period: Period, cell: Cell, value: Value) -> Iterator[Finding]:
    ours = value if not cell.site and cell.period == period else _comparable(books, activity, period, cell)
    if ours is None or ours.coverage != ONE:
        if value.coverage == ONE:  # an incomplete figure says so itself, and differs from any total
            yield _alone(activity, cell)
        return
    scale = unit(cell.unit).scale
    stated, open_ = Fraction(cell.value) * scale, Fraction(cell.half_step) * scale
    too_low = ours.high < stated - open_ if cell.bound != "over" else ours.high <= stated
    too_high = ours.low > stated + open_ and cell.bound != "over"
    if (too_low and cell.bound != "within") or too_high:
        yield _differs(activity, cell.period, ours.exact, stated, cell.entries[0])


def _comparable(books: Books, activity: Activity, period: Period, cell: Cell) -> Value | None:
    """Our value for the site and the days of an assertion; None where there is none, or where it was only apportioned by days."""
    days = cell.period if activity.kind == "flow" else replace(cell.period, start=period.start)
    whole = replace(books, boundary={}) if cell.site else books  # what is said of a site is said of all of it
    try:
        taken = take(whole, activity, days, cell.labels, cell.site)
    except Hole:
        return None
    if any(not counted.period.within(days) for one in taken for counted in one.cells if activity.kind == "flow"):
        return None
    return reduce(add, (one.value for one in taken))


def _against_breakdown(
    books: Books, activity: Activity, period: Period, dimensions: tuple[str, ...], value: Value
) -> Iterator[Finding]:
    """A split whose members are all collected adds up to the total; another one may only be less."""
    other = sum_of_breakdown(books, activity, period, dimensions)
    if other is None or other.bound != "exact":
        return
    whole = all(books.library.dimensions[dimension].closed for dimension in dimensions)
    if other.low > value.high or (whole and other.high < value.low):
        yield _differs(activity, period, value.exact, other.exact, "+".join(dimensions))


def _alone(activity: Activity, cell: Cell) -> Finding:
    template = "the assertion {entry} is compared with nothing, as no readings of {activity} stand for exactly its days ({days}); mend the days"
    values = {"entry": cell.entries[0], "activity": activity.id, "days": cell.period}
    return Finding(rule="control.alone", template=template, values=values, severity="warning")


def _differs(activity: Activity, period: Period, ours: Fraction, control: Fraction, by: str) -> Finding:
    template = "{activity} in {period} adds up to {ours}, but its control total ({by}) is {control}; find the entry that is wrong"
    scale = unit(activity.unit).scale
    values = {
        "activity": activity.id,
        "period": period,
        "ours": plain(cut(ours / scale)),
        "control": plain(cut(control / scale)),
        "by": by,
    }
    return Finding(rule="control.differs", template=template, values=values, severity="warning")
