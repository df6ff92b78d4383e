"""Reporting years that do not end in December: their days, their names, and the factors known for them."""

from dataclasses import replace
from datetime import date

import pytest
from engine_cases import activity, company, computed, entry, factor, library, metric, value

from leafledger.core.org import Year
from leafledger.core.period import Period, meant, reporting_period, reporting_year, year_name

POWER = library(
    activity("power", "MWh"),
    metric("carbon", "tCO2", "each(power * factor.grid)"),
    factors=[
        factor("old", "grid", "0.5", "tCO2/MWh", published=date(2023, 5, 1), data_year=2022),
        factor("new", "grid", "0.4", "tCO2/MWh", published=date(2024, 5, 1), data_year=2023),
    ],
)
MARCH = replace(
    company("works:CN", year_ends="03-31"),
    years=(Year(year=2024, factors_as_of=date(2023, 12, 31)), Year(year=2025, factors_as_of=date(2024, 12, 31))),
)


@pytest.mark.parametrize(
    ("ends", "days"),
    [
        ("12-31", "2024"),
        ("03-31", "2023-04/2024-03"),
        ("06-30", "2023-07/2024-06"),
        ("02-29", "2023-03/2024-02"),
        ("09-15", "2023-09-16/2024-09-15"),
    ],
)
def test_a_reporting_year_ends_in_the_year_that_it_is_named_after(ends: str, days: str) -> None:
    assert reporting_period(2024, ends) == Period.parse(days)
    assert {
        reporting_year(day, ends) for day in (reporting_period(2024, ends).start, reporting_period(2024, ends).end)
    } == {2024}


def test_february_has_its_last_day_in_each_year() -> None:
    assert reporting_period(2023, "02-29") == Period.parse("2022-03/2023-02")


def test_figures_are_of_its_days_and_their_names_read_back() -> None:
    year = [entry("power works", "2023-04/2024-03", "366 MWh"), entry("power works", "2024-04/2025-03", "730 MWh")]
    facts = computed(POWER, year, who=MARCH)
    assert (value(facts, "power@2023-04/2024-03"), value(facts, "power@2024-04/2025-03")) == ("366", "730")
    assert not any(str(fact.period) in ("2024", "2025") for fact in facts.values())


def test_a_bill_over_its_last_day_is_apportioned_and_each_year_has_the_factors_known_for_it() -> None:
    facts = computed(POWER, [entry("power works", "2023-04-01/2025-03-31", "731 MWh")], who=MARCH)
    assert (value(facts, "power@2023-04/2024-03"), value(facts, "carbon@2023-04/2024-03")) == ("366", "183")
    assert value(facts, "carbon@2024-04/2025-03") == "146"


def test_a_year_by_itself_names_the_reporting_year_and_other_days_name_themselves() -> None:
    assert meant(Period.parse("2024"), "03-31") == Period.parse("2023-04/2024-03")
    assert meant(Period.parse("2024"), "12-31") == Period.parse("2024")
    assert meant(Period.parse("2024-03"), "03-31") == Period.parse("2024-03")
    assert (year_name(2024, "03-31"), year_name(2024)) == ("2023/24", "2024")
