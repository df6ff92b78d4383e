"""Days: bills that straddle year ends, years in parts, overlaps, gaps, events, and none said aloud against nothing said."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from engine_cases import HARBOUR, activity, company, computed, entry, library, metric, rules, series, value
from hypothesis import given
from hypothesis import strategies as some

from issuer import facts, facts_of, issuer
from leafledger.core.entry import Entry
from leafledger.core.period import Period

POWER = library(
    activity("power", "MWh"),
    activity("heads", "person", "stock", counted=True),
    metric("per_head", "MWh/person", "power / heads", "ratio"),
)
TWO_YEARS = company("works:CN", years="2023 2024")


def test_a_bill_over_new_year_is_apportioned_by_day() -> None:
    bills = [
        entry("power works", "2023-01-01/2023-12-15", "700 MWh"),
        entry("power works", "2023-12-16/2024-01-15", "31 MWh"),
        entry("power works", "2024-01-16/2024-12-31", "500 MWh"),
    ]
    facts = computed(POWER, bills, who=TWO_YEARS)
    assert (value(facts, "power@2023"), value(facts, "power@2024")) == ("716", "515")


@given(some.sets(some.integers(1, 365), max_size=11), some.integers(1, 10**9))
def test_a_year_in_parts_of_whole_days_keeps_its_total(cuts: set[int], kwh_per_day: int) -> None:
    edges = [0, *sorted(cuts), 366]
    parts = []
    for first, last in pairwise(edges):
        start = date(2024, 1, 1) + timedelta(days=first)
        end = date(2024, 1, 1) + timedelta(days=last - 1)
        parts.append(entry("power works", f"{start}/{end}", f"{kwh_per_day * (last - first)} kWh"))
    whole = entry("power works", "2024", f"{kwh_per_day * 366} kWh")
    split, at_once = (computed(POWER, entries)["power@2024"] for entries in (parts, [whole]))
    assert split.id == at_once.id
    assert split.status == "figure"


def test_the_issuers_flows_in_months_keep_every_figure() -> None:
    """Each yearly flow is cut into twelve months that share it by days; nothing that is computed from it moves."""
    flows = {id for id, one in issuer().library.activities.items() if one.kind == "flow"}
    monthly: list[Entry] = []
    for one in issuer().entries:
        yearly = one.activity in flows and one.kind in ("reading", "nil", "adjustment") and one.period.days > 360
        monthly += months(one) if yearly else [one]
    now = facts_of(replace(issuer(), entries=tuple(monthly)))
    assert {key: fact.id for key, fact in now.items()} == {key: fact.id for key, fact in facts().items()}


def months(of: Entry) -> list[Entry]:
    year, days = of.period.start.year, of.period.days
    parts = [Period.parse(f"{year}-{month:02d}") for month in range(1, 13)]
    return [
        replace(of, id=f"{of.id}-{part.start.month}", period=part, value=of.value * part.days, unit=of.unit)
        if of.value == 0
        else replace(of, id=f"{of.id}-{part.start.month}", period=part, value=of.value * part.days / days)
        for part in parts
    ]


def test_half_a_year_is_incomplete_and_says_how_much_is_covered() -> None:
    facts = computed(
        POWER,
        [entry("power works", "2024-01-01/2024-06-30", "182 MWh"), entry("heads works", "2024-12-31", "7 person")],
    )
    for key in ("power@2024", "per_head@2024"):
        assert facts[key].status == "incomplete"
        assert round(facts[key].coverage * 366) == 182
        assert rules(facts, key) == ["entry.coverage"]
    assert "covered for 182 of 366 days of 2024" in facts["power@2024"].findings[0].message


def test_a_gap_between_bills_is_incomplete() -> None:
    facts = computed(
        POWER, [entry("power works", "2024-01", "31 MWh"), entry("power works", "2024-03-01/2024-12-31", "306 MWh")]
    )
    assert facts["power@2024"].status == "incomplete"
    assert "covered for 337 of 366 days" in facts["power@2024"].findings[0].message


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2024", "2024-03"),  # a month within the year
        ("2024-01-01/2024-06-30", "2024-06-30/2024-12-31"),  # one day twice
        ("2024", "2024-03-15"),  # a day within the year
        ("2024", "2024"),
    ],
)
def test_days_that_two_readings_cover_would_count_twice(first: str, second: str) -> None:
    facts = computed(POWER, [entry("power works", first, "10 MWh"), entry("power works", second, "1 MWh", id="again")])
    assert facts["power@2024"].status == "hole"
    assert set(rules(facts, "power@2024")) == {"entry.overlap"}
    assert "again" in facts["power@2024"].findings[0].message


def test_an_overlap_is_found_behind_a_long_bill_that_holds_a_short_one() -> None:
    bills = [
        entry("power works", "2024-01-01/2024-12-31", "366 MWh"),
        entry("power works", "2024-02-01/2024-02-01", "0 MWh", kind="nil", id="nil-in-february"),
        entry("power works", "2024-12-01/2024-12-31", "31 MWh", id="december"),
    ]
    told = " ".join(finding.message for finding in computed(POWER, bills)["power@2024"].findings)
    assert "nil-in-february" in told and "december" in told


@pytest.mark.parametrize("second", [{}, {"estimated": True, "method": "By the size of the pump"}])
def test_events_may_share_a_day(second: dict[str, object]) -> None:
    year = [
        entry("power works", "2024-01-01/2024-03-14", "74 MWh"),
        entry("power works", "2024-03-16/2024-12-31", "291 MWh"),
    ]
    events = [entry("power works", "2024-03-15", "1 MWh"), entry("power works", "2024-03-15", "2 MWh", **second)]
    assert value(computed(POWER, [*year, *events]), "power@2024") == "368"


def test_none_is_a_figure_and_nothing_said_is_a_hole() -> None:
    nil = computed(POWER, [entry("power works", "2024", "0 MWh", kind="nil")])
    silent = computed(POWER, [], [series("power works")])
    assert (value(nil, "power@2024"), nil["power@2024"].status) == ("0", "figure")
    assert (value(silent, "power@2024"), silent["power@2024"].status) == (None, "hole")
    assert rules(silent, "power@2024") == ["entry.missing"]


def test_none_and_some_for_the_same_days_contradict_each_other() -> None:
    both = [entry("power works", "2024", "0 MWh", kind="nil"), entry("power works", "2024-05-02", "3 MWh")]
    assert rules(computed(POWER, both), "power@2024") == ["entry.overlap"]


def test_nothing_divided_by_none_is_a_hole_that_names_the_divisor() -> None:
    facts = computed(
        POWER, [entry("power works", "2024", "5 MWh"), entry("heads works", "2024-12-31", "0 person", kind="nil")]
    )
    assert facts["per_head@2024"].status == "hole"
    assert "heads is 0" in facts["per_head@2024"].findings[0].message


def test_a_stock_is_the_last_one_read_in_the_year() -> None:
    read = [
        entry("heads works", "2024-06-30", "9 person"),
        entry("heads works", "2024-12-31", "7 person"),
        entry("heads works", "2023-12-31", "5 person"),
    ]
    facts = computed(POWER, read, who=TWO_YEARS)
    assert (value(facts, "heads@2023"), value(facts, "heads@2024")) == ("5", "7")


def test_a_stock_read_twice_on_its_last_day_is_not_guessed() -> None:
    read = [entry("heads works", "2024-12-31", "7 person"), entry("heads works", "2024-12-31", "8 person")]
    assert rules(computed(POWER, read), "heads@2024") == ["entry.overlap"]


def test_a_series_that_began_in_the_year_is_complete_from_that_day() -> None:
    facts = computed(
        POWER, [entry("power works", "2024-07-01/2024-12-31", "184 MWh")], [series("power works", "2024-07-01")]
    )
    assert facts["power@2024"].status == "figure"


def test_what_is_recorded_outside_the_days_of_its_series_is_not_left_out_silently() -> None:
    recorded = [entry("power works", "2024", "366 MWh"), entry("power office", "2024", "5 MWh")]
    ended = [series("power works"), series("power office", "", "2023-12-31")]
    facts = computed(POWER, recorded, ended)
    assert facts["power@2024"].status == "hole"
    assert rules(facts, "power@2024") == ["series.undeclared"]


def test_the_days_of_a_bill_before_its_series_began_are_not_dropped() -> None:
    bills = [
        entry("power works", "2023", "365 MWh"),
        entry("power office", "2023-12-31/2024-12-30", "366 MWh"),
        entry("power office", "2024-12-31", "1 MWh"),
    ]
    facts = computed(
        POWER, bills, [series("power works", "", "2023-12-31"), series("power office", "2024-01-01")], TWO_YEARS
    )
    assert rules(facts, "power@2023") == ["series.undeclared"]
    assert value(facts, "power@2024") == "366"


def test_a_later_reading_replaces_and_the_first_one_stays_out() -> None:
    first = entry("power works", "2024", "10 MWh")
    second = entry("power works", "2024", "12 MWh", replaces=first.id)
    facts = computed(POWER, [first, second])
    assert value(facts, "power@2024") == "12"
    assert facts["power@2024"].entries == (second.id,)


def test_target_years_have_only_what_was_recorded_for_them() -> None:
    facts = computed(POWER, [entry("power works", "2024", "5 MWh"), entry("heads works", "2030-12-31", "9 person")])
    assert {key for key in facts if "@2030" in key} == {"heads@2030"}


def test_an_old_bill_or_stock_makes_no_figures_of_a_year_before_the_first() -> None:
    old = [entry("power works", "2023-11-20/2023-12-19", "30 MWh"), entry("heads works", "2023-12-31", "9 person")]
    facts = computed(
        POWER, [entry("power works", "2024", "5 MWh"), entry("heads works", "2024-12-31", "8 person"), *old]
    )
    assert {str(fact.period) for fact in facts.values()} == {"2024"}
    assert (value(facts, "power@2024"), value(facts, "heads@2024")) == ("5", "8")


def test_the_end_of_the_last_bill_is_no_target_of_the_year_after() -> None:
    facts = computed(POWER, [entry("power works", "2023-12-15/2025-01-14", "397 MWh")])
    assert {str(fact.period) for fact in facts.values()} == {"2024"}
    assert value(facts, "power@2024") == "366"


OPENING = library(
    activity("stored", "kg", kind="stock", reads_at="start"), metric("twice", "kg", "stored * 2", kind="stock")
)


def test_an_opening_stock_is_that_of_the_first_day_and_a_later_reading_says_that_it_does_not_count() -> None:
    read = [entry("stored works", "2024-01-01", "6 kg"), entry("stored works", "2024-06-30", "9 kg")]
    facts = computed(OPENING, read)
    assert (value(facts, "stored@2024"), value(facts, "twice@2024")) == ("6", "12")
    (told,) = facts["stored@2024"].findings
    assert (told.rule, told.severity) == ("stock.start", "warning")
    assert "on 2024-06-30, which does not count: it is read on 2024-01-01" in told.message


def test_an_opening_stock_that_was_not_read_on_the_first_day_is_a_hole_that_asks_for_that_day() -> None:
    facts = computed(OPENING, [entry("stored works", "2024-06-30", "9 kg")])
    missing, told = facts["stored@2024"].findings
    assert (facts["stored@2024"].status, missing.rule, told.rule) == ("hole", "entry.missing", "stock.start")
    assert str(missing.values["period"]) == "2024-01-01"


def test_a_company_of_one_says_that_nobody_reviewed() -> None:
    alone = replace(HARBOUR, self_reviewed=True)
    power = [entry("power works", "2024", "5 MWh")]
    assert {fact.reviewed for fact in computed(POWER, power, who=alone).values()} == {False}
    assert {fact.reviewed for fact in computed(POWER, power).values()} == {True}
    assert computed(POWER, power, who=alone)["power@2024"].id == computed(POWER, power)["power@2024"].id


def test_estimates_count_by_their_weight() -> None:
    half = [
        entry("power works", "2024-01-01/2024-06-30", "75 MWh"),
        entry("power works", "2024-07-01/2024-12-31", "25 MWh", estimated=True, method="As in the first half"),
    ]
    assert computed(POWER, half)["power@2024"].estimated_share == Decimal("0.25")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2024-01/2024-03", "2024-01-01/2024-03-31"),
        ("2024-11/2025-02", "2024-11-01/2025-02-28"),
        ("2023/2024", "2023-01-01/2024-12-31"),
        ("2024-Q1/2024-Q2", "2024-01-01/2024-06-30"),
        ("2024-01-15 / 2024-02", "2024-01-15/2024-02-29"),
    ],
)
def test_a_period_goes_from_the_first_day_of_one_stretch_to_the_last_of_another(text: str, days: str) -> None:
    assert Period.parse(text) == Period.parse(days)


@pytest.mark.parametrize(
    "text", ["31/12/2025", "2025-13", "2025/12", "2025-1", "Q1 2025", "12-2025", "2025-01/", "/2025", "", "٢٠٢٥"]
)
def test_what_is_no_period_is_told_whole_with_the_forms_that_are(text: str) -> None:
    with pytest.raises(
        ValueError, match="is not a period; write it as 2025, 2025-Q1, 2025-03, 2025-03-15, 2025-01/20"
    ) as told:
        Period.parse(text)
    assert repr(text) in str(told.value)


@pytest.mark.parametrize("text", ["2025-02-30", "2025-02-30/2025-03", "0000-01-01"])
def test_a_day_that_no_calendar_has_is_told_as_that(text: str) -> None:
    with pytest.raises(ValueError, match="is not a day of the calendar"):
        Period.parse(text)
