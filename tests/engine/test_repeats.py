"""A bill that came twice: the same amount for days that follow each other is a warning, and nothing else is."""

import pytest
from engine_cases import activity, computed, entry, library, value

POWER = library(activity("power", "MWh"))
REST = entry("power works", "2024-03/2024-12", "300 MWh")


def told(first: str, second: str, **more: object) -> list[tuple[str, str]]:
    bills = [entry("power works", "2024-01", first), entry("power works", "2024-02", second, **more), REST]
    facts = computed(POWER, bills)
    assert facts["power@2024"].status == "figure"
    return [(one.rule, one.severity) for one in facts["power@2024"].findings]


def test_the_same_amount_for_the_next_month_is_a_warning_and_still_counts() -> None:
    assert told("12345.6 kWh", "12345.6 kWh") == [("entry.double", "warning")]
    bills = [entry("power works", "2024-01", "30.5 MWh"), entry("power works", "2024-02", "30.5 MWh"), REST]
    assert value(computed(POWER, bills), "power@2024") == "361"


@pytest.mark.parametrize(
    ("first", "second", "more"),
    [
        ("12345.6 kWh", "12345.7 kWh", {}),
        ("30 MWh", "30 MWh", {}),  # few digits may well come twice
        ("12000 kWh", "12000 kWh", {}),
        ("12345.6 kWh", "12345.6 kWh", {"estimated": True, "method": "As in the month before"}),
    ],
)
def test_what_may_well_be_two_bills_is_not(first: str, second: str, more: dict[str, object]) -> None:
    assert told(first, second, **more) == []
