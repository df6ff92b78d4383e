"""How much of an incomplete figure is covered is said of the days that were to be covered, not of a year that was not."""

from dataclasses import replace
from datetime import date

import pytest
from company import harbour

from leafledger.core.entry import Entry
from leafledger.core.org import Series
from leafledger.core.period import Period
from leafledger.engine.books import books
from leafledger.engine.cells import cells_from_entries
from leafledger.engine.compute import compute
from leafledger.report.figures import instead
from leafledger.report.reader import Reader

SAMPLE = next(e for e in harbour().entries.values() if e.activity == "water.use")


def water(last_day: str, until: str = "") -> str:
    """What is said of water that was read from New Year to a day, by a series that ends on a day, if it does."""
    reading: Entry = replace(SAMPLE, period=Period.parse(f"2024-01-01/{last_day}"))
    end = date.fromisoformat(until) if until else None
    series = Series(activity=reading.activity, site=reading.site, labels=reading.labels, until=end)
    facts = compute(books(harbour().library, harbour().company, [series], cells_from_entries([reading])), [2024])
    return instead(Reader(sources=harbour(), language="en"), facts[f"{reading.activity}@2024"])


@pytest.mark.parametrize(
    ("last_day", "until", "said"),
    [
        ("2024-03-31", "", "incomplete: 3 of 12 months covered"),
        ("2024-03-31", "2024-06-30", "incomplete: 50% covered"),
        ("2024-03-15", "", "incomplete: 20.5% covered"),
    ],
)
def test_months_are_said_only_of_a_year(last_day: str, until: str, said: str) -> None:
    assert water(last_day, until) == said
