"""Factors: the edition that was known, for the narrowest place and the days of the cell; never a silent choice."""

from dataclasses import replace
from datetime import date

import pytest
from engine_cases import activity, company, computed, dimension, entry, factor, library, metric, rules, value

from leafledger.core.definition import Factor
from leafledger.core.fact import FactSet

EMISSIONS = metric("emissions", "tCO2", "each(power * factor.grid)")
POWER = [entry("power plant", "2024", "1000 MWh")]


def emissions(*factors: Factor, region: str = "CN-SH", as_of: str = "2025-04-30", power: list = POWER) -> FactSet:  # type: ignore[type-arg]
    of = library(activity("power", "MWh"), EMISSIONS, factors=factors)
    return computed(of, power, who=company(f"plant:{region}", as_of=as_of))


def grid(id: str, kg_per_kwh: str, region: str = "CN", **more: object) -> Factor:
    return factor(id, "grid", kg_per_kwh, "kgCO2/kWh", region, **more)


def test_the_factor_of_the_site_s_own_region_wins_over_a_wider_one() -> None:
    facts = emissions(grid("china", "0.5"), grid("shanghai", "0.4", "CN-SH"))
    assert value(facts, "emissions@2024") == "400"


def test_falling_back_to_a_wider_region_is_written_into_the_fact() -> None:
    (use,) = emissions(grid("china", "0.5"))["emissions@2024"].factors
    assert (use.id, use.asked_region, use.region) == ("china", "CN-SH", "CN")
    assert any(step.note == "CN-SH → CN" for step in emissions(grid("china", "0.5"))["emissions@2024"].steps)


def test_the_newest_edition_that_was_known_serves() -> None:
    editions = [
        grid("of-2021", "0.5", data_year=2021, published=date(2024, 4, 12)),
        grid("of-2022", "0.4", data_year=2022, published=date(2024, 12, 20)),
    ]
    assert value(emissions(*editions, as_of="2024-06-30"), "emissions@2024") == "500"
    assert value(emissions(*editions, as_of="2024-12-31"), "emissions@2024") == "400"
    assert emissions(*editions, as_of="2024-01-01")["emissions@2024"].status == "hole"


@pytest.mark.parametrize(
    "factors",
    [
        [],
        [grid("elsewhere", "0.4", "SG")],
        [grid("later", "0.4", valid_from=date(2025, 1, 1))],
        [grid("earlier", "0.4", valid_to=date(2023, 12, 31))],
        [grid("other-label", "0.4", labels=(("source", "roof"),))],
    ],
)
def test_without_a_factor_that_fits_the_figure_is_a_hole_that_says_where_and_when(factors: list[Factor]) -> None:
    facts = emissions(*(factors or [grid("unused", "1", "SG")]))
    assert facts["emissions@2024"].status == "hole"
    assert "no factor grid" in facts["emissions@2024"].findings[0].message
    assert all(
        word in facts["emissions@2024"].findings[0].message
        for word in ("CN-SH", "2024", "2025-04-30", "add one to factors/")
    )


def test_two_factors_that_serve_equally_well_are_not_guessed() -> None:
    facts = emissions(grid("one", "0.5"), grid("another", "0.4"))
    assert "serve equally well" in facts["emissions@2024"].findings[0].message


def test_a_factor_that_changes_in_the_year_serves_each_bill_by_its_days() -> None:
    halves = [grid("spring", "0.5", valid_to=date(2024, 6, 30)), grid("autumn", "0.4", valid_from=date(2024, 7, 1))]
    bills = [
        entry("power plant", "2024-01-01/2024-06-30", "1000 MWh"),
        entry("power plant", "2024-07-01/2024-12-31", "1000 MWh"),
    ]
    facts = emissions(*halves, power=bills)
    assert value(facts, "emissions@2024") == "900"
    assert {use.id for use in facts["emissions@2024"].factors} == {"spring", "autumn"}
    assert emissions(*halves)["emissions@2024"].status == "hole", "one bill for the year is served by neither"


def test_narrower_labels_win() -> None:
    source = dimension("source", "grid roof", closed=False)
    roof = grid("roof", "0", labels=(("source", "roof"),))
    of = library(
        activity("power", "MWh", by="source"), EMISSIONS, dimensions=[source], factors=[grid("any", "0.5"), roof]
    )
    bought = [entry("power plant source=grid", "2024", "100 MWh"), entry("power plant source=roof", "2024", "900 MWh")]
    assert value(computed(of, bought, who=company("plant:CN")), "emissions@2024") == "50"


def test_an_assumed_factor_counts_as_estimated() -> None:
    assumed = replace(grid("assumed", "0.4"), verified="assumed", reasoning="A mix of three grids")
    assert emissions(assumed)["emissions@2024"].estimated_share == 1
    assert emissions(grid("printed", "0.4"))["emissions@2024"].estimated_share == 0


def test_one_cell_without_a_factor_leaves_no_partial_sum() -> None:
    of = library(activity("power", "MWh"), EMISSIONS, factors=[grid("china", "0.5")])
    facts = computed(of, [*POWER, entry("power mast", "2024", "1 MWh")], who=company("plant:CN", "mast:SG"))
    assert facts["emissions@2024"].value is None
    assert rules(facts, "emissions@2024") == ["factor.missing"]
    assert value(facts, "power@2024") == "1001"


EITHER = metric("emissions", "tCO2e", "each(power * either(factor.grid_co2e, factor.grid * factor.gwp))")
GWP = factor("gwp-of-co2", "gwp", "1", "tCO2e/tCO2")
ELSEWHERE = [
    grid("elsewhere", "9", "SG"),
    factor("elsewhere-e", "grid_co2e", "9", "kgCO2e/kWh", "SG", valid_to=date(2020, 1, 1)),
]


def either(*factors: Factor, power: list = POWER, who: str = "plant:CN-SH") -> FactSet:  # type: ignore[type-arg]
    of = library(activity("power", "MWh"), EITHER, factors=[GWP, *ELSEWHERE, *factors])
    return computed(of, power, who=company(*who.split()))


def co2e(id: str, kg_per_kwh: str, region: str = "CN", **more: object) -> Factor:
    return factor(id, "grid_co2e", kg_per_kwh, "kgCO2e/kWh", region, **more)


def test_of_either_the_first_serves_where_it_can_be_had_and_alone_stands_in_the_receipt() -> None:
    fact = either(co2e("whole", "0.6"), grid("co2", "0.5"))["emissions@2024"]
    assert (fact.value, [use.id for use in fact.factors]) == (600, ["whole"])
    assert [step.what for step in fact.steps] == ["power · plant", "factor.grid_co2e"]


def test_of_either_the_second_serves_where_the_first_cannot_be_had() -> None:
    fact = either(grid("co2", "0.5"))["emissions@2024"]
    assert (fact.value, [use.id for use in fact.factors]) == (500, ["co2", "gwp-of-co2"])
    assert [step.what for step in fact.steps] == ["power · plant", "factor.grid", "factor.gwp"]


def test_where_neither_can_be_had_the_hole_says_why_of_both() -> None:
    fact = either()["emissions@2024"]
    assert fact.value is None
    assert ["no factor grid_co2e" in fact.findings[0].message, "no factor grid " in fact.findings[1].message] == [
        True,
        True,
    ]


def test_which_of_either_serves_is_found_for_each_site_and_each_bill() -> None:
    bills = [
        entry("power plant", "2024-01-01/2024-06-30", "1000 MWh"),
        entry("power plant", "2024-07-01/2024-12-31", "1000 MWh"),
        entry("power mast", "2024", "1000 MWh"),
    ]
    factors = [co2e("spring", "0.6", valid_to=date(2024, 6, 30)), grid("co2", "0.5"), co2e("singapore", "0.4", "SG")]
    fact = either(*factors, power=bills, who="plant:CN mast:SG")["emissions@2024"]
    assert (fact.value, {use.id for use in fact.factors}) == (1500, {"spring", "co2", "gwp-of-co2", "singapore"})


def test_two_first_factors_that_serve_equally_well_are_not_passed_over_for_the_second() -> None:
    fact = either(co2e("one", "0.6"), co2e("another", "0.7"), grid("co2", "0.5"))["emissions@2024"]
    assert (fact.value, rules({"it": fact}, "it")) == (None, ["factor.unclear"])


def test_a_hole_names_the_parts_of_the_region_that_have_the_factor() -> None:
    (only,) = emissions(grid("east", "0.5", "CN-EAST"), grid("shanghai", "0.4", "CN-SH"), region="CN")[
        "emissions@2024"
    ].findings
    assert "parts of CN have factors (CN-EAST, CN-SH): give the site the one in which it lies" in only.message


def test_when_it_was_published_says_what_was_known_and_when_it_is_valid_which_days_it_serves() -> None:
    late = grid("late", "0.4", valid_from=date(2024, 1, 1), valid_to=date(2024, 12, 31), published=date(2026, 3, 1))
    assert emissions(late, as_of="2025-12-31")["emissions@2024"].status == "hole", "nobody knew it then"
    assert value(emissions(late, as_of="2026-03-01"), "emissions@2024") == "400", (
        "it serves days before its own publication"
    )
    known = replace(late, valid_to=date(2024, 6, 30), published=date(2024, 1, 1))
    assert emissions(known)["emissions@2024"].status == "hole", "known, but not valid for all days of the bill"
