"""Which sources of emissions a company left out of its inventory, and why."""

from leafledger.core.finding import Finding
from leafledger.core.org import Screening
from leafledger.core.period import Period
from leafledger.engine.books import Books

MISSING = "screening.missing"
STANDINGS = {"relevant": "relevant", "not_relevant": "not relevant", "excluded": "left out"}


def screened(books: Books, source: str, period: Period) -> Screening | None:
    """What the company says of a source for all days of the period, if it says anything."""
    for one in books.company.screening:
        begun = one.since is None or one.since <= period.start
        if one.source == source and begun and (one.until is None or period.end <= one.until):
            return one
    return None


def left_out(books: Books, source: str, period: Period) -> Screening | None:
    """The record by which a source is not in the inventory; None where it is, or where nobody has said."""
    one = screened(books, source, period)
    return None if one is None or one.standing == "relevant" else one


def in_words(one: Screening) -> str:
    """`not relevant: no vehicles are owned`, in English, as a note of a receipt."""
    return f"{STANDINGS[one.standing]}: {one.reason.get('en', '')}".removesuffix(": ")


def out_of_inventory(one: Screening, period: Period) -> Finding:
    """Why a figure that was screened out is not there."""
    template = "{source} is screened out of the inventory in {period} ({why}); record it and screen it as relevant if that changes"
    values = {"source": one.source, "period": period, "why": in_words(one)}
    return Finding(rule="screening.out", template=template, values=values, place=one.place)


def unscreened(source: str, of: str, period: Period) -> Finding:
    template = (
        "{source} is a part of {of} that is neither collected nor screened out in {period}; collect it, or say in "
        "screening.yaml that it is not relevant or excluded, and why"
    )
    values = {"source": source, "of": of, "period": period}
    return Finding(rule=MISSING, template=template, values=values)


def contradicted(one: Screening, period: Period) -> Finding:
    template = "{source} is recorded in {period} and screened out by {place}; screen it as relevant, or replace what was recorded"
    values = {"source": one.source, "period": period, "place": one.place}
    return Finding(rule="screening.contradicted", template=template, values=values, place=one.place)


def left_at_nothing(one: Screening, of: str, period: Period) -> Finding:
    """Of a computed source: what it is made of may be recorded for other figures too, so this is a warning and no hole."""
    template = (
        "{source} is not relevant, says {place}, and what it is computed from is recorded in {period}, so {of} leaves out what is there; "
        "screen it as relevant, or as excluded with the reason"
    )
    values = {"source": one.source, "place": one.place, "period": period, "of": of}
    return Finding(rule="screening.recorded", template=template, values=values, place=one.place, severity="warning")
