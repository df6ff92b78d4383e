"""What belongs to a release of a year: that year and those before it, and years that nobody reports on, such as target years."""

from collections.abc import Mapping

from leafledger.core.entry import Entry
from leafledger.core.fact import FactSet
from leafledger.core.org import Company


def facts_until(facts: FactSet, company: Company, year: int) -> FactSet:
    """The facts without those of later reporting years: what is still being collected is nobody else's yet."""
    later = _later(company, year)
    return {key: fact for key, fact in facts.items() if fact.period.end.year not in later}


def entries_until(entries: Mapping[str, Entry], company: Company, year: int) -> dict[str, Entry]:
    """The entries without those whose days all lie in later reporting years."""
    later = _later(company, year)
    return {id: entry for id, entry in entries.items() if not {entry.period.start.year, entry.period.end.year} <= later}


def _later(company: Company, year: int) -> set[int]:
    return {one.year for one in company.years if one.year > year}
