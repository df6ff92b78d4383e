"""An accrual gives way to the bill by itself, and says by how much it was off."""

import pytest
from engine_cases import activity, company, computed, entry, library, rules, value

POWER = library(activity("power", "MWh"), activity("area", "m3", "stock"))
WORKS = company("works:CN", years="2024")
GUESS = {"estimated": True, "method": "By the year before"}
UNTIL_NOVEMBER = entry("power works", "2024-01/2024-11", "335 MWh")
ACCRUAL = entry("power works", "2024-12", "40 MWh", id="accrual", **GUESS)


def test_without_the_bill_the_estimate_counts_and_is_flagged() -> None:
    facts = computed(POWER, [UNTIL_NOVEMBER, ACCRUAL], who=WORKS)
    assert (value(facts, "power@2024"), rules(facts, "power@2024")) == ("375", [])
    assert 0 < facts["power@2024"].estimated_share < 1


@pytest.mark.parametrize(
    "bills",
    [
        [entry("power works", "2024-12", "31 MWh", id="bill")],
        [
            entry("power works", "2024-12-01/2024-12-20", "20 MWh", id="bill"),
            entry("power works", "2024-12-21/2024-12-31", "11 MWh"),
        ],
    ],
)
def test_the_bill_takes_its_place_and_the_effect_is_told(bills: list) -> None:  # type: ignore[type-arg]
    facts = computed(POWER, [UNTIL_NOVEMBER, ACCRUAL, *bills], who=WORKS)
    fact = facts["power@2024"]
    assert (value(facts, "power@2024"), fact.status, fact.estimated_share) == ("366", "figure", 0)
    assert [(told.rule, told.severity) for told in fact.findings] == [("estimate.replaced", "note")]
    assert (
        "accrual (40 MWh for 2024-12)" in fact.findings[0].message
        and "31 MWh, -9 MWh to it" in fact.findings[0].message
    )
    assert "accrual" not in fact.entries


def test_a_bill_for_some_of_its_days_is_an_overlap() -> None:
    facts = computed(
        POWER, [UNTIL_NOVEMBER, ACCRUAL, entry("power works", "2024-12-01/2024-12-20", "20 MWh")], who=WORKS
    )
    assert rules(facts, "power@2024") == ["entry.overlap"]


def test_a_bill_for_more_than_its_days_takes_its_place_too() -> None:
    whole = entry("power works", "2024", "366 MWh")
    assert value(computed(POWER, [ACCRUAL, whole], who=WORKS), "power@2024") == "366"


def test_one_estimate_does_not_replace_another() -> None:
    again = entry("power works", "2024-12", "35 MWh", id="second guess", **GUESS)
    assert rules(computed(POWER, [UNTIL_NOVEMBER, ACCRUAL, again], who=WORKS), "power@2024") == ["entry.overlap"]


def test_a_stock_that_was_estimated_gives_way_to_that_read_on_its_day() -> None:
    facts = computed(
        POWER,
        [entry("area works", "2024-12-31", "9 m3", **GUESS), entry("area works", "2024-12-31", "7 m3")],
        who=WORKS,
    )
    assert (value(facts, "area@2024"), rules(facts, "area@2024")) == ("7", ["estimate.replaced"])
