"""What there is in all against what was new in the year: patents, courses, suppliers."""

from collections.abc import Iterator

from leafledger.audit.mention import Mention, Reading
from leafledger.audit.rules.facts import kind_meant, measure, tabled
from leafledger.audit.rules.saying import named, number, verdict
from leafledger.audit.verdict import Verdict, rule

SPAN, NEW, ALL = "span", "new", "cumulative"


@rule
def stock_and_flow(reading: Reading) -> Iterator[Verdict]:
    """More were new in a year than there are in all, or all of them grew by more than were new."""
    for (metric, year), mentions in tabled(reading).items():
        for new in (one for one in mentions if dict(one.labels).get(SPAN) == NEW and not one.basis):
            stock = _stock(reading, new, metric, year)
            before = _stock(reading, new, metric, year - 1) if year else None
            if stock is None:
                continue
            if measure(new).low > measure(stock).high:
                yield _say_more(new, stock)
            elif before is not None and (measure(stock) - measure(before)).low > measure(new).high:
                yield _say_grew(new, stock, before)


def _stock(reading: Reading, new: Mention, metric: str, year: int | None) -> Mention | None:
    """All of them at the end of a year, by the same labels."""
    rest = {pair for pair in new.labels if pair[0] != SPAN}
    for one in tabled(reading).get((metric, year), ()):
        own = {pair for pair in one.labels if pair[0] != SPAN}
        said = dict(one.labels).get(SPAN)
        if own == rest and said == ALL and not one.basis and kind_meant(one) == kind_meant(new):
            return one
    return None


def _say_more(new: Mention, stock: Mention) -> Verdict:
    return verdict(
        "stock-and-flow",
        "likely",
        "medium",
        "{label} of {year}: {new} are new, but there are {stock} in all.",
        about=(new, stock),
        proof=f"{number(new)} > {number(stock)}",
        settle="Look up both; the columns may have changed places.",
        label=named(new),
        year=new.year or "",
        new=number(new),
        stock=number(stock),
    )


def _say_grew(new: Mention, stock: Mention, before: Mention) -> Verdict:
    return verdict(
        "stock-and-flow",
        "question",
        "low",
        "{label}: {before} grew to {stock} in {year}, but only {new} are new.",
        about=(new, stock, before),
        proof=f"{number(stock)} − {number(before)} > {number(new)}",
        settle="Say what else was added, or correct one of the numbers.",
        label=named(stock),
        before=number(before),
        stock=number(stock),
        year=stock.year or "",
        new=number(new),
    )
