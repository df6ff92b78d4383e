"""Says where the ownership of a site contradicts itself: days that come twice, days that end before they begin, more than all of it."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from leafledger.core.finding import Finding, Place
from leafledger.core.org import Company, Ownership, Site


def contradictions(company: Company) -> Iterator[Finding]:
    """What is wrong with what company.yaml says of whose its sites are."""
    for site in company.sites:
        for own in site.ownership:
            yield from _odd(site, own)
        ordered = sorted(site.ownership, key=_begins)
        for first, second in pairwise(ordered):
            if _begins(second) <= (first.until or date.max):
                template = "{site}: the ownership from {second} begins before that from {first} has ended; end that one the day before"
                values = {"site": site.id, "first": first.since or "the beginning", "second": second.since or "ever"}
                yield _at(second.place, template, **values)


def _odd(site: Site, own: Ownership) -> Iterator[Finding]:
    if own.since and own.until and own.until < own.since:
        template = "{site}: the ownership ends on {until}, before it begins on {since}; turn the two days round"
        yield _at(own.place, template, site=site.id, until=own.until, since=own.since)
    if not 0 <= own.equity <= 100:
        template = "{site}: equity is {equity}; it is the percentage owned, from 0 to 100"
        yield _at(own.place, template, site=site.id, equity=own.equity)


def _begins(own: Ownership) -> date:
    return own.since or date.min


def _at(place: Place, template: str, **values: object) -> Finding:
    return Finding(rule="company.ownership", template=template, values=values, place=place)
