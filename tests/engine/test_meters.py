"""Cumulative meters: what flowed is the difference of two readings, and a meter that does not make sense is a hole with its place."""

from dataclasses import replace
from decimal import Decimal

import pytest
from engine_cases import activity, company, computed, entry, library, rules, series, value

from leafledger.core.entry import Entry
from leafledger.core.fact import FactSet

POWER = library(activity("power", "MWh"))
WORKS = company("works:CN", years="2023 2024")


def shown(day: str, kwh: str, **more: object) -> Entry:
    return entry("power works", day, f"{kwh} kWh", kind="register", **more)


def read(*entries: Entry, limit: str = "") -> FactSet:
    declared = replace(series("power works"), register_limit=Decimal(limit) if limit else None)
    return computed(POWER, entries, [declared], WORKS)


def test_what_flowed_is_the_difference_of_the_readings() -> None:
    facts = read(shown("2023-12-31", "1000"), shown("2024-06-30", "183000"), shown("2024-12-31", "367000"))
    assert (value(facts, "power@2024"), facts["power@2024"].status) == ("366", "figure")
    assert len(facts["power@2024"].entries) == 3


def test_readings_that_do_not_fall_on_the_year_are_apportioned_by_the_days_between() -> None:
    facts = read(shown("2023-12-21", "0"), shown("2024-01-10", "2000"), shown("2024-12-31", "357600"))
    assert (value(facts, "power@2023"), value(facts, "power@2024")) == ("1", "356.6")


def test_a_reading_in_between_changes_nothing_where_each_day_is_alike() -> None:
    two = [shown("2023-12-31", "0"), shown("2024-12-31", "366000")]
    assert read(*two)["power@2024"].id == read(*two, shown("2024-03-31", "91000"))["power@2024"].id


def test_a_meter_rolls_over_only_where_its_limit_is_declared() -> None:
    over = [shown("2023-12-31", "99500"), shown("2024-12-31", "600")]
    assert rules(read(*over), "power@2024") == ["meter.backwards"]
    assert value(read(*over, limit="100000"), "power@2024") == "1.1"
    assert "meter.limit" in rules(read(*over, limit="90000"), "power@2024")


def test_a_meter_that_goes_back_a_little_has_not_run_through_its_whole_scale() -> None:
    facts = read(shown("2023-12-31", "50000"), shown("2024-12-31", "49990"), limit="100000")
    assert rules(facts, "power@2024") == ["meter.backwards"]
    told = facts["power@2024"].findings[0]
    assert str(told.place) == "power works" and "49990 kWh" in told.message


def test_the_days_of_another_year_stand_although_the_meter_ran_backwards_later() -> None:
    facts = read(shown("2022-12-31", "0"), shown("2023-12-31", "365000"), shown("2024-12-31", "100"))
    assert (value(facts, "power@2023"), facts["power@2024"].status) == ("365", "hole")


def test_an_exchanged_meter_goes_on_with_what_was_recorded_for_the_day_of_the_exchange() -> None:
    facts = read(
        shown("2023-12-31", "9000"),
        shown("2024-05-09", "9845"),
        entry("power works", "2024-05-10", "20 kWh", kind="reading"),
        shown("2024-05-10", "12"),
        shown("2024-12-31", "1012"),
    )
    assert (value(facts, "power@2024"), facts["power@2024"].status) == ("1.865", "figure")


def test_two_readings_on_one_day_and_a_bill_over_the_same_days_count_nothing_twice() -> None:
    both = read(shown("2023-12-31", "0"), shown("2024-12-31", "10"), shown("2024-12-31", "11"))
    assert rules(both, "power@2024") == ["meter.twice"]
    bill = read(shown("2023-12-31", "0"), shown("2024-12-31", "10"), entry("power works", "2024-03", "5 kWh"))
    assert rules(bill, "power@2024") == ["entry.overlap"]


def test_a_daily_meter_shares_no_day_with_another_reading() -> None:
    facts = read(shown("2024-03-14", "0"), shown("2024-03-15", "10"), entry("power works", "2024-03-15", "5 kWh"))
    assert value(facts, "power@2024") == "0.005"  # the reading says itself what flowed on that day


def test_one_reading_alone_says_nothing_and_no_reading_is_missing() -> None:
    assert rules(read(shown("2024-06-30", "10")), "power@2024") == ["meter.alone"]
    assert value(read(shown("2024-06-30", "10")), "power@2024") is None
    assert rules(read(), "power@2024") == ["entry.missing"]


def test_readings_in_two_units_are_not_subtracted() -> None:
    facts = read(shown("2023-12-31", "10"), entry("power works", "2024-12-31", "1 MWh", kind="register"))
    assert rules(facts, "power@2024") == ["meter.backwards"]
    assert "one unit" in facts["power@2024"].findings[0].message


def test_a_jump_is_a_warning_that_names_the_readings() -> None:
    months = [
        shown("2023-12-31", "0"),
        shown("2024-01-31", "310"),
        shown("2024-02-29", "600"),
        shown("2024-03-31", "910"),
    ]
    facts = read(*months, shown("2024-12-31", "91000"))
    (told,) = facts["power@2024"].findings
    assert (told.rule, told.severity, facts["power@2024"].status) == ("meter.jump", "warning", "figure")
    assert "power_works_2024-12-31_91000_kWh" in told.message and "33 times" in told.message


def test_an_estimated_reading_gives_way_to_the_measured_ones_round_it() -> None:
    guess = shown("2024-06-30", "200000", estimated=True, method="By last year")
    facts = read(shown("2023-12-31", "0"), guess, shown("2024-12-31", "366000"))
    fact = facts["power@2024"]
    assert (value(facts, "power@2024"), fact.estimated_share) == ("366", 0)
    assert [(told.rule, told.severity) for told in fact.findings] == [("estimate.replaced", "note")]
    assert "182000 kWh there, -18000 kWh to it" in fact.findings[0].message
    still = read(shown("2023-12-31", "0"), replace(guess, period=shown("2024-12-31", "1").period))
    assert still["power@2024"].estimated_share == 1


@pytest.mark.parametrize("unit", ["kWh", "MWh", "GJ"])
def test_the_unit_of_the_meter_does_not_matter(unit: str) -> None:
    amounts = {"kWh": "3600", "MWh": "3.6", "GJ": "12.96"}
    facts = read(
        entry("power works", "2023-12-31", f"0 {unit}", kind="register"),
        entry("power works", "2024-12-31", f"{amounts[unit]} {unit}", kind="register"),
    )
    assert value(facts, "power@2024") == "3.6"
