"""Bills divided by degree days: the parts add up to the bill to the last digit, and a day that is missing is a hole."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from engine_cases import activity, company, computed, entry, library, rules, series, value
from hypothesis import given
from hypothesis import strategies as some

from leafledger.core.entry import Entry
from leafledger.core.fact import FactSet
from leafledger.core.period import Period
from leafledger.engine.weigh import part_of

HEAT = library(activity("heat", "MWh"))
WINTER = entry("heat works", "2023-12/2024-01", "62 MWh")
REST = entry("heat works", "2024-02/2024-12", "100 MWh")
DECLARED = replace(series("heat works"), apportion="harbour")


def station(days: dict[str, int]) -> dict[str, dict[date, Decimal]]:
    """The degree days of each day of a month."""
    known: dict[date, Decimal] = {}
    for month, degrees in days.items():
        period = Period.parse(month)
        known |= {period.start + timedelta(days=n): Decimal(degrees) for n in range(period.days)}
    return {"harbour": known}


def heated(*entries: Entry, degrees: dict[str, dict[date, Decimal]]) -> FactSet:
    who = company("works:CN", years="2023 2024", degree_days=degrees)
    return computed(HEAT, entries, [DECLARED], who)


def test_a_bill_over_new_year_is_divided_by_how_cold_the_days_were() -> None:
    facts = heated(WINTER, REST, degrees=station({"2023-12": 10, "2024-01": 30}))
    assert (value(facts, "heat@2024"), facts["heat@2024"].status) == ("146.5", "figure")
    assert value(facts, "heat@2023") == "15.5"


def test_a_day_without_degree_days_is_a_hole_that_names_it() -> None:
    facts = heated(WINTER, REST, degrees=station({"2023-12": 10}))
    assert (value(facts, "heat@2024"), rules(facts, "heat@2024")) == (None, ["degree_days.missing"])
    assert "2024-01-01" in facts["heat@2024"].findings[0].message


def test_days_that_were_not_cold_at_all_divide_nothing() -> None:
    facts = heated(WINTER, REST, degrees=station({"2023-12": 0, "2024-01": 0}))
    assert rules(facts, "heat@2024") == ["degree_days.missing"]


def test_a_bill_that_lies_in_the_year_needs_no_degree_days() -> None:
    whole = entry("heat works", "2024", "366 MWh")
    assert value(heated(whole, degrees={"harbour": {}}), "heat@2024") == "366"


@given(some.lists(some.integers(0, 30), min_size=40, max_size=40), some.sets(some.integers(1, 39), max_size=5))
def test_the_parts_of_a_bill_add_up_to_the_bill(degrees: list[int], cuts: set[int]) -> None:
    first = date(2024, 1, 1)
    known = {first + timedelta(days=n): Decimal(each) for n, each in enumerate([*degrees[:-1], 1])}
    bill = Period(first, first + timedelta(days=39))
    part = part_of(company("works:CN", degree_days={"harbour": known}), DECLARED)
    edges = [0, *sorted(cuts), 40]
    parts = [part(bill, Period(first + timedelta(days=a), first + timedelta(days=b - 1))) for a, b in pairwise(edges)]
    assert sum(parts, Fraction(0)) == 1
