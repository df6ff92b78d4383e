"""May a contract be claimed: in its market, for power of its vintage, within its days, for no more than it is for, and by nobody else."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import combinations
from typing import TypeVar

from leafledger.core.finding import Finding, Place
from leafledger.core.org import Contract, Series
from leafledger.core.period import Period
from leafledger.core.quantity import cut, plain
from leafledger.engine.books import Books
from leafledger.engine.choose import wider
from leafledger.engine.value import Hole
from leafledger.library.contracts import KINDS, serial_ranges
from leafledger.library.units import factor_between, unit

T = TypeVar("T")
REFUSED = frozenset({
    "market.other_market", "market.other_days", "market.vintage", "market.over_contract", "market.claimed_twice",
    "market.same_serials", "market.over_use",
})  # fmt: skip
"""The rules by which a claim may not stand."""


def of_series(books: Books, series: Series) -> Contract:
    """The contract that a series allocates."""
    id = dict(series.labels)["contract"]
    for one in books.company.contracts:
        if one.id == id:
            return one
    template = (
        "{entry} allocates the contract {id}, which contracts.csv does not have; bring it back, or replace the entry"
    )
    cells = books.cells.get(series.key, ())
    values = {"entry": cells[0].entries[0] if cells else "series.csv", "id": id}
    raise Hole(Finding(rule="market.no_contract", template=template, values=values, place=Place(name="contracts.csv")))


def in_order(books: Books, some: Iterable[T], series: Callable[[T], Series]) -> list[T]:
    """In the order of the waterfall: certificates, power purchase agreements, green tariffs, suppliers' rates; then by id."""
    return sorted(some, key=lambda one: (KINDS.index(of_series(books, series(one)).kind), series(one).labels))


def said(books: Books, series: Series) -> str:
    """`contract gec-2024`: what a receipt then tells of it in the reader's language."""
    return f"contract {of_series(books, series).id}"


def wrong_use(books: Books, series: Series, days: Period, entries: Sequence[str]) -> Iterator[Finding]:
    """Why a contract may not be claimed at this site on these days."""
    one = of_series(books, series)
    values = {"entry": ", ".join(entries), "contract": one.id, "site": series.site, "days": days}
    region = books.sites[series.site].region
    if one.market not in wider(books, region):
        template = "{entry} claims {contract} at {site}, which lies in {region}, and its market is {market}; allocate it to a site in that market"
        yield _at(one, "market.other_market", template, **values, region=region, market=one.market)
    window = usable(one)
    if not days.within(window):
        template = (
            "{entry} claims {contract} at {site} for {days}, and it can be claimed for {window} only (its vintage is {vintage}); "
            "allocate it to these days, or state use_from and use_to as its scheme has them"
        )
        vintage = Period(one.vintage_from, one.vintage_to)
        yield _at(one, "market.other_days", template, **values, window=window, vintage=vintage)
    if days.end < one.vintage_from:
        template = (
            "{entry} claims {contract} at {site} for {days}, before its power was generated (from {start}); "
            "use a contract of an earlier vintage"
        )
        yield _at(one, "market.vintage", template, **values, start=one.vintage_from)


def usable(one: Contract) -> Period:
    """The days whose consumption it may be claimed for: as it states them, else the calendar years of its vintage."""
    return Period(one.use_from or date(one.vintage_from.year, 1, 1), one.use_to or date(one.vintage_to.year, 12, 31))


def unsound(books: Books, instruments: str, until: date) -> Iterator[Finding]:
    """What is wrong with the contracts that are claimed anywhere: claimed beyond what they are for, by others too, or twice.

    Claims that begin after `until` are not asked: a year that was released would move with them, and it is they that go too far.
    """
    claimed: dict[str, Fraction] = defaultdict(Fraction)
    scale = unit(books.library.activities[instruments].unit).scale
    for key in books.recorded.get(instruments, ()):
        for cell in (one for one in books.cells[key] if one.period.start <= until):
            claimed[dict(key[2])["contract"]] += Fraction(cell.value) * unit(cell.unit).scale / scale
    contracts = [one for one in books.company.contracts if one.id in claimed]
    for one in contracts:
        yield from _beyond(one, claimed[one.id], books.library.activities[instruments].unit, until)
        if one.claimed_by:
            template = "{contract} is claimed by {other} too, and a certificate counts once; settle who uses it, then mend claimed_by"
            yield _at(one, "market.claimed_twice", template, contract=one.id, other=one.claimed_by)
    for one, other in combinations(contracts, 2):
        if one.scheme == other.scheme and (same := common(one, other)):
            template = "{first} and {second} hold the same certificates of {scheme} ({same}), which count once; mend the serials of one"
            values = {"first": one.id, "second": other.id, "scheme": one.scheme or "one scheme", "same": same}
            yield _at(one, "market.same_serials", template, **values)


def unretired(contracts: Iterable[Contract]) -> Iterator[Finding]:
    """Certificates that are claimed and that nobody has retired: until then they can be sold and claimed again."""
    for one in contracts:
        if one.kind == "certificate" and one.retired is None:
            template = (
                "{contract} is claimed and not retired, so it could be sold and claimed again; retire it in its registry, "
                "and state the day under retired"
            )
            yield replace(_at(one, "market.unretired", template, contract=one.id), severity="warning")


def common(one: Contract, other: Contract) -> str:
    """A serial that stands in both, or nothing."""
    for prefix, first, last in serial_ranges(one.serials):
        for also, start, end in serial_ranges(other.serials):
            if prefix == also and first <= end and start <= last:
                return f"{prefix}{max(first, start)}"
    return ""


def _beyond(one: Contract, claimed: Fraction, unit_of: str, until: date) -> Iterator[Finding]:
    if one.quantity is None:
        return
    quantity = Fraction(one.quantity) * factor_between(one.unit, unit_of)
    if claimed > quantity:
        template = (
            "{contract} is for {quantity} {unit} and {claimed} {unit} of it are claimed over all sites up to {until}; "
            "allocate no more than it is for"
        )
        values = {
            "contract": one.id,
            "quantity": plain(cut(quantity)),
            "claimed": plain(cut(claimed)),
            "unit": unit_of,
            "until": until,
        }
        yield _at(one, "market.over_contract", template, **values)


def _at(one: Contract, rule: str, template: str, **values: object) -> Finding:
    return Finding(rule=rule, template=template, values=values, place=one.place)
