"""What belongs to a release of a year: that year and those before it, and years that nobody reports on, such as target years."""

from collections.abc import Iterator, Mapping
from datetime import date

from leafledger.core.entry import Entry
from leafledger.core.fact import FactSet
from leafledger.core.labels import Labels
from leafledger.core.org import Company
from leafledger.core.period import Period, reporting_year


def facts_until(facts: FactSet, company: Company, year: int) -> FactSet:
    """The facts without those of later reporting years: what is still being collected is nobody else's yet."""
    later = _later(company, year)
    return {key: fact for key, fact in facts.items() if fact.period.end.year not in later}


def entries_until(entries: Mapping[str, Entry], company: Company, year: int) -> dict[str, Entry]:
    """The entries without those whose days all lie in later reporting years, but with those that earlier days depend on."""
    later, ends = _later(company, year), company.year_ends
    kept = {
        id: entry
        for id, entry in entries.items()
        if not {reporting_year(entry.period.start, ends), reporting_year(entry.period.end, ends)} <= later
    }
    return {**kept, **{entry.id: entry for entry in _needed(kept, entries)}}


def _needed(kept: Mapping[str, Entry], entries: Mapping[str, Entry]) -> Iterator[Entry]:
    """Of later entries: the next reading of each meter, and what was measured for days that an estimate reached over."""
    estimates: dict[tuple[str, str, Labels], list[Period]] = {}
    for entry in kept.values():
        if entry.estimated:
            estimates.setdefault((entry.activity, entry.site, entry.labels), []).append(entry.period)
    next_: dict[tuple[str, str, Labels], date] = {}
    later = sorted((one for id, one in entries.items() if id not in kept), key=lambda one: one.period.end)
    for one in later:
        key = (one.activity, one.site, one.labels)
        closes = one.kind == "register" and next_.setdefault(key, one.period.end) == one.period.end
        if closes or any(one.period.overlap(days) for days in estimates.get(key, ())):
            yield one


def _later(company: Company, year: int) -> set[int]:
    return {one.year for one in company.years if one.year > year}
