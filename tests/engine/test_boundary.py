"""The boundary: what counts of a site that was bought, sold, shared or left out, and what is then owed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from engine_cases import TITLE, activity, company, dimension, entry, factor, library, metric, rules, series, value
from hypothesis import given
from hypothesis import strategies as some

from leafledger.core.entry import Entry
from leafledger.core.fact import FactSet
from leafledger.core.org import Approach, Company, Ownership, Series, Site, View
from leafledger.core.period import Period, reporting_period
from leafledger.engine.books import books
from leafledger.engine.cells import cells_from_entries
from leafledger.engine.compute import compute

PORT = library(
    activity("power", "MWh"),
    activity("fuel", "MWh", by="fuel"),
    activity("heads", "person", "stock", counted=True),
    activity("accidents", "case", counted=True),
    activity("area", "m3", "stock"),
    activity("mix", "percent", "ratio"),
    metric("carbon", "tCO2", "each(power * factor.grid)"),
    metric("energy", "MWh", "sources(power, fuel)"),
    metric("per_head", "MWh/person", "power / heads", "ratio"),
    dimensions=[dimension("fuel", "gas oil", closed=False)],
    factors=[factor("g", "grid", "0.5", "tCO2/MWh")],
)


def owned(
    equity: str, since: str = "", until: str = "", *, operational: bool = True, financial: bool = True
) -> Ownership:
    days = [date.fromisoformat(day) if day else None for day in (since, until)]
    return Ownership(
        equity=Decimal(equity),
        operational_control=operational,
        financial_control=financial,
        since=days[0],
        until=days[1],
    )


def port(*ownership: Ownership, approach: Approach = "operational_control") -> Company:
    """A wharf that is all the company's, and a yard that is owned so."""
    sites = (
        Site(id="wharf", title=TITLE, region="CN"),
        Site(id="yard", title=TITLE, region="CN", ownership=ownership),
    )
    return replace(company("wharf:CN"), sites=sites, approach=approach)


def seen(who: Company, *entries: Entry, declared: list[Series] | None = None, by: Approach | None = None) -> FactSet:
    found = declared or list({s.key: s for e in entries for s in [series(f"{e.activity} {e.site}")]}.values())
    view = View(approach=by) if by else None
    return compute(books(PORT, who, found, cells_from_entries(entries, PORT.counted), view))


BOUGHT = owned("60", "2024-05-16")
WHARF = entry("power wharf", "2024", "366 MWh")


def test_a_site_bought_in_the_middle_of_a_month_counts_from_that_day_on() -> None:
    facts = seen(
        port(BOUGHT),
        WHARF,
        entry("power yard", "2024-05", "310 MWh"),
        entry("power yard", "2024-06/2024-12", "214 MWh"),
    )
    assert value(facts, "power@2024") == str(366 + 160 + 214)  # 16 of 31 days of May
    assert facts["power@2024"].status == "figure"
    assert [step.note for step in facts["power@2024"].steps] == ["", "100% of 2024-05-16/2024-12-31"]
    assert {fact.approach for fact in facts.values()} == {"operational_control"}


def test_by_equity_share_only_the_share_counts_and_the_receipt_says_which() -> None:
    facts = seen(port(BOUGHT), WHARF, entry("power yard", "2024-05-16/2024-12-31", "230 MWh"), by="equity_share")
    assert value(facts, "power@2024") == str(366 + 138)
    assert value(facts, "carbon@2024") == str((366 + 138) // 2)
    assert "60% of 2024-05-16/2024-12-31" in [step.note for step in facts["carbon@2024"].steps]


def test_days_outside_the_boundary_are_not_owed() -> None:
    facts = seen(port(BOUGHT), WHARF, entry("power yard", "2024-05-16/2024-11-30", "199 MWh"))
    assert facts["power@2024"].status == "incomplete"
    assert "covered for 199 of 230 days of 2024, without 2024-12" in facts["power@2024"].findings[0].message


def test_a_site_that_is_outside_all_the_year_is_no_hole_and_adds_nothing() -> None:
    before = port(owned("60", "2023-01-01", "2023-06-30"))
    facts = seen(before, WHARF, declared=[series("power wharf"), series("power yard")])
    assert (value(facts, "power@2024"), facts["power@2024"].status) == ("366", "figure")


def test_where_nothing_is_inside_there_is_no_figure_rather_than_0() -> None:
    outside = port(owned("60", operational=False))
    facts = seen(outside, entry("power yard", "2024", "366 MWh"))
    assert facts["power@2024"].value is None
    assert rules(facts, "power@2024") == ["series.outside"]
    assert rules(facts, "carbon@2024") == ["series.outside"]


def test_a_source_that_is_only_collected_outside_adds_nothing_and_the_receipt_says_so() -> None:
    outside = port(owned("60", operational=False))
    entries = [WHARF, entry("fuel yard fuel=gas", "2024", "100 MWh")]
    declared = [series("power wharf"), series("fuel yard fuel=gas")]
    facts = seen(outside, *entries, declared=declared)
    assert (value(facts, "energy@2024"), value(facts, "fuel@2024")) == ("366", None)
    assert [(step.what, step.note) for step in facts["energy@2024"].steps][1:] == [("fuel", "outside the boundary")]
    assert value(seen(outside, *entries, declared=declared, by="equity_share"), "energy@2024") == "426"


def test_control_is_all_or_nothing_and_each_kind_its_own() -> None:
    joint = port(owned("40", operational=False, financial=True))
    entries = [WHARF, entry("power yard", "2024", "100 MWh")]
    found = {
        by: value(seen(joint, *entries, by=by), "power@2024")
        for by in ("operational_control", "financial_control", "equity_share")
    }
    assert found == {"operational_control": "366", "financial_control": "466", "equity_share": "406"}


def test_a_share_that_changes_counts_each_day_by_its_own() -> None:
    growing = port(owned("40", until="2024-06-30"), owned("60", "2024-07-01"), approach="equity_share")
    facts = seen(growing, WHARF, entry("power yard", "2024", "366 MWh"))
    assert value(facts, "power@2024") == str(Decimal(366) + Decimal("72.8") + Decimal("110.4"))
    assert facts["power@2024"].steps[1].note == "40% of 2024-01/2024-06; 60% of 2024-07/2024-12"


def test_a_stock_counts_by_the_share_on_the_last_day() -> None:
    growing = port(owned("40", until="2024-06-30"), owned("60", "2024-07-01"), approach="equity_share")
    facts = seen(growing, entry("area wharf", "2024-12-31", "100 m3"), entry("area yard", "2024-12-31", "50 m3"))
    assert value(facts, "area@2024") == "130"
    sold = port(owned("60", until="2024-11-30"), approach="equity_share")
    facts = seen(sold, entry("area wharf", "2024-12-31", "100 m3"), entry("area yard", "2024-10-31", "50 m3"))
    assert (value(facts, "area@2024"), facts["area@2024"].status) == ("100", "figure")


def test_a_stock_that_was_read_before_the_site_came_inside_is_still_owed() -> None:
    facts = seen(
        port(BOUGHT), entry("heads wharf", "2024-12-31", "7 person"), entry("heads yard", "2024-03-31", "5 person")
    )
    assert rules(facts, "heads@2024") == ["entry.missing"]


def test_counted_things_are_in_or_out_and_never_split() -> None:
    shared = port(owned("40"), approach="equity_share")
    facts = seen(shared, entry("heads wharf", "2024-12-31", "7 person"), entry("heads yard", "2024-12-31", "5 person"))
    assert value(facts, "heads@2024") == "12"
    straddling = seen(
        port(BOUGHT), entry("accidents wharf", "2024", "1 case"), entry("accidents yard", "2024", "3 case")
    )
    assert rules(straddling, "accidents@2024") == ["boundary.whole"]
    apart = seen(
        port(BOUGHT),
        entry("accidents wharf", "2024", "1 case"),
        entry("accidents yard", "2024-01-01/2024-05-15", "2 case"),
        entry("accidents yard", "2024-05-16/2024-12-31", "1 case"),
    )
    assert value(apart, "accidents@2024") == "2"


def test_a_ratio_needs_the_whole_of_its_days_at_one_share() -> None:
    half = port(BOUGHT)
    assert rules(seen(half, entry("mix yard", "2024", "30 percent")), "mix@2024") == ["boundary.whole"]
    facts = seen(half, entry("mix yard", "2024-05-16/2024-12-31", "30 percent"))
    assert (value(facts, "mix@2024"), facts["mix@2024"].status) == ("30", "figure")


def test_a_ratio_of_figures_is_worked_out_anew_from_what_is_inside() -> None:
    shared = port(owned("50"), approach="equity_share")
    facts = seen(shared, WHARF, entry("power yard", "2024", "100 MWh"), entry("heads wharf", "2024-12-31", "8 person"))
    assert value(facts, "per_head@2024") == "52"


@given(
    some.integers(0, 100),
    some.integers(0, 100),
    some.integers(1, 365),
    some.lists(some.integers(1, 9_000), min_size=2, max_size=2),
)
def test_the_parts_of_two_owners_add_up_to_the_whole(mine: int, later: int, day: int, kwh: list[int]) -> None:
    """What one owner counts of a site and what the other does, by equity on each day, is all of it."""
    change = date.fromordinal(date(2024, 1, 1).toordinal() + day)
    before = date.fromordinal(change.toordinal() - 1)

    def of(first: int, second: int) -> Fraction:
        who = port(owned(str(first), until=str(before)), owned(str(second), str(change)), approach="equity_share")
        bills = [
            entry("power yard", "2024-01/2024-05", f"{kwh[0]} kWh"),
            entry("power yard", "2024-06/2024-12", f"{kwh[1]} kWh"),
        ]
        facts = seen(who, entry("power wharf", "2024", "0 MWh", kind="nil"), *bills)
        return Fraction(facts["power@2024"].value or 0)

    together = of(mine, later) + of(100 - mine, 100 - later)
    assert abs(together - Fraction(sum(kwh), 1000)) <= Fraction(2, 10**12)  # each figure is cut at its twelfth decimal


@pytest.mark.parametrize("approach", ["operational_control", "financial_control", "equity_share"])
def test_each_approach_has_the_same_figures_by_name(approach: Approach) -> None:
    joint = port(owned("40", operational=False))
    entries = [WHARF, entry("power yard", "2024", "100 MWh"), entry("fuel yard fuel=gas", "2024", "1 MWh")]
    declared = [series("power wharf"), series("power yard"), series("fuel yard fuel=gas")]
    own = seen(joint, *entries, declared=declared)
    assert set(seen(joint, *entries, declared=declared, by=approach)) == set(own)


def test_without_ownership_every_approach_gives_the_same_values() -> None:
    who = replace(company("wharf:CN"), sites=(Site(id="wharf", title=TITLE, region="CN"),))
    found = [seen(who, WHARF, by=by) for by in ("operational_control", "financial_control", "equity_share")]
    assert {value(facts, "carbon@2024") for facts in found} == {"183"}
    assert len({facts["carbon@2024"].id for facts in found}) == 3  # the approach is part of what a figure says


def test_a_year_of_three_months_before_and_nine_after_is_that_of_the_days() -> None:
    assert reporting_period(2024, "03-31") == Period.parse("2023-04/2024-03")
