"""Ways of recording, sources and screening, methods, suppliers' figures, and labels in a formula."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from engine_cases import (
    TITLE,
    activity,
    company,
    computed,
    dimension,
    entry,
    factor,
    library,
    metric,
    rules,
    series,
    value,
)

from leafledger.core.definition import Library
from leafledger.core.fact import FactSet
from leafledger.core.org import Company, Screening

SPLIT = dimension("fuel", "diesel petrol", closed=False)
HEAT = factor("heat", "heat", "2", "MWh/t")
CARBON = [
    factor("carbon.d", "carbon", "3", "tCO2/MWh", labels=(("fuel", "diesel"),)),
    factor("carbon.p", "carbon", "5", "tCO2/MWh", labels=(("fuel", "petrol"),)),
]
WORKS = company("works:CN")


def screening(source: str, standing: str = "not_relevant", **more: object) -> Screening:
    return Screening(source=source, standing=standing, reason=TITLE, **more)  # type: ignore[arg-type]


def who(*screened: Screening, **methods: str) -> Company:
    return replace(WORKS, screening=screened, methods={key.replace("_", "."): one for key, one in methods.items()})


FUELS = library(
    activity("mass", "t", by="fuel"),
    activity("energy", "MWh", by="fuel"),
    activity("other", "MWh"),
    metric("burnt", "MWh", "recorded(energy, each(mass * factor.heat))", splits="fuel"),
    metric("emitted", "tCO2", "each(burnt * factor.carbon)", splits="fuel"),
    metric("only", "MWh", 'burnt(fuel="diesel")'),
    metric("as_petrol", "tCO2", 'each(burnt * factor.carbon(fuel="petrol"))'),
    dimensions=[SPLIT],
    factors=[HEAT, *CARBON],
)


def test_what_is_recorded_in_several_ways_adds_up_whichever_are_used() -> None:
    both = computed(
        FUELS,
        [entry("mass works fuel=diesel", "2024", "10 t"), entry("energy works fuel=petrol", "2024", "7 MWh")],
        who=WORKS,
    )
    assert (
        value(both, "burnt@2024"),
        value(both, "burnt@2024[fuel=diesel]"),
        value(both, "burnt@2024[fuel=petrol]"),
    ) == ("27", "20", "7")
    assert value(computed(FUELS, [entry("mass works fuel=diesel", "2024", "10 t")], who=WORKS), "burnt@2024") == "20"


def test_what_is_recorded_in_no_way_is_a_hole_that_names_the_ways() -> None:
    facts = computed(FUELS, [entry("other works", "2024", "1 MWh")], who=WORKS)
    assert rules(facts, "burnt@2024") == ["recorded.none"]
    assert "none of energy, mass is collected in 2024" in facts["burnt@2024"].findings[0].message


def test_a_way_that_was_promised_and_is_missing_is_not_left_out() -> None:
    declared = [series("mass works fuel=diesel"), series("energy works fuel=petrol")]
    facts = computed(FUELS, [entry("mass works fuel=diesel", "2024", "10 t")], declared, who=WORKS)
    assert rules(facts, "burnt@2024") == ["entry.missing"]


def test_each_goes_over_the_cells_behind_a_metric_each_with_its_own_factors() -> None:
    facts = computed(
        FUELS,
        [entry("mass works fuel=diesel", "2024", "10 t"), entry("energy works fuel=petrol", "2024", "7 MWh")],
        who=WORKS,
    )
    assert value(facts, "emitted@2024") == "95"
    assert {use.id for use in facts["emitted@2024"].factors} == {"heat", "carbon.d", "carbon.p"}
    assert [step.what for step in facts["emitted@2024[fuel=diesel]"].steps] == [
        "mass · works · fuel=diesel",
        "factor.heat",
        "factor.carbon",
    ]


def test_labels_in_a_formula_narrow_a_figure_and_choose_a_factor() -> None:
    facts = computed(
        FUELS,
        [entry("energy works fuel=diesel", "2024", "10 MWh"), entry("energy works fuel=petrol", "2024", "7 MWh")],
        who=WORKS,
    )
    assert value(facts, "only@2024") == "10"
    assert value(facts, "as_petrol@2024") == "85"


PARTS = library(
    activity("a", "t"),
    activity("b", "t"),
    metric("c", "t", "a * 2"),
    metric("all", "t", "sources(a, b)"),
    metric("deep", "t", "sources(all, c)"),
)
A = entry("a works", "2024", "5 t")


def test_a_source_that_is_neither_collected_nor_screened_out_leaves_a_hole_that_says_so() -> None:
    facts = computed(PARTS, [A], who=WORKS)
    assert rules(facts, "all@2024") == ["screening.missing"]
    assert (
        "b is a part of all that is neither collected nor screened out in 2024" in facts["all@2024"].findings[0].message
    )


def test_a_source_that_is_screened_out_adds_nothing_and_stands_in_the_receipt_with_its_reason() -> None:
    facts = computed(PARTS, [A], who=who(screening("b", "excluded")))
    assert value(facts, "all@2024") == "5"
    first = facts["all@2024"].steps[0]
    assert (first.what, first.value, first.note) == ("b", "", "screened out: left out")
    assert rules(facts, "b@2024") == ["screening.out"]


def test_a_screening_counts_for_its_days_only() -> None:
    facts = computed(PARTS, [A], who=who(screening("b", until=date(2024, 6, 30))))
    assert rules(facts, "all@2024") == ["screening.missing"]


def test_what_is_screened_out_and_recorded_all_the_same_is_not_left_out() -> None:
    facts = computed(PARTS, [A, entry("b works", "2024", "1 t")], who=who(screening("b")))
    assert rules(facts, "all@2024") == ["screening.contradicted"]


def test_a_computed_source_that_is_not_relevant_and_recorded_all_the_same_is_told() -> None:
    parts = library(
        activity("a", "t"), activity("b", "t"), metric("of.b", "t", "b * 2"), metric("all", "t", "sources(a, of.b)")
    )
    both = [A, entry("b works", "2024", "1 t")]
    told = computed(parts, both, who=who(screening("of.b")))
    assert (value(told, "all@2024"), rules(told, "all@2024")) == ("5", ["screening.recorded"])
    assert rules(computed(parts, both, who=who(screening("of.b", "excluded"))), "all@2024") == []
    assert rules(computed(parts, [A], who=who(screening("of.b"))), "all@2024") == []


def test_nothing_relevant_is_none_and_something_left_out_is_not() -> None:
    nothing = computed(PARTS, [], [], who=who(screening("a"), screening("b")))
    assert value(nothing, "all@2024") == "0"
    left = computed(PARTS, [], [], who=who(screening("a"), screening("b", "excluded")))
    assert (value(left, "all@2024"), rules(left, "all@2024")) == (None, ["screening.empty"])


METHODS = library(
    activity("a", "t"),
    activity("b", "t"),
    metric("by.a", "t", "a * 2"),
    metric("by.b", "t", "b * 3"),
    metric("the.one", "t", "declared(by.a, by.b)"),
)
B = entry("b works", "2024", "7 t")


@pytest.mark.parametrize(
    ("entries", "methods", "said", "why"),
    [
        ([A], {}, "10", []),
        ([A, B], {}, None, ["method.open"]),
        ([A, B], {"the_one": "by.b"}, "21", []),
        ([A], {"the_one": "by.b"}, None, ["series.none"]),
        ([], {}, None, ["method.none"]),
        ([A], {"the_one": "a"}, None, ["method.unknown"]),
    ],
)
def test_of_two_methods_the_declared_one_counts_and_both_stand_side_by_side(entries, methods, said, why) -> None:  # type: ignore[no-untyped-def]
    facts = computed(METHODS, entries, who=who(**methods))
    assert (value(facts, "the.one@2024"), rules(facts, "the.one@2024")) == (said, why)
    if len(entries) == 2:
        assert (value(facts, "by.a@2024"), value(facts, "by.b@2024")) == ("10", "21")


BOUGHT = dimension("what", "servers software paper", closed=False)
CHAIN = library(
    activity("spend", "CNY", by="what"),
    activity("stated", "tCO2e", by="what"),
    activity("travel", "tCO2e"),
    metric("c1", "tCO2e", "supplied(stated, each(spend * factor.rate))", splits="what"),
    metric("chain", "tCO2e", "c1 + travel"),
    metric("primary", "percent", "primary_share(chain)", kind="ratio"),
    dimensions=[BOUGHT],
    factors=[factor("rate", "rate", "0.1", "tCO2e/CNY")],
)
SPENT = [entry("spend works what=servers", "2024", "100 CNY"), entry("spend works what=software", "2024", "50 CNY")]
STATED = entry("stated works what=servers", "2024", "4 tCO2e")


def chain(*entries: object) -> FactSet:
    return computed(CHAIN, [*SPENT, *entries, entry("travel works", "2024", "1 tCO2e")], who=WORKS)  # type: ignore[list-item]


def test_without_a_supplier_the_estimate_stands_and_none_of_it_is_primary() -> None:
    facts = chain()
    assert (value(facts, "c1@2024"), facts["c1@2024"].primary_share) == ("15", 0)
    assert value(facts, "primary@2024") == "0"


def test_a_suppliers_figure_takes_the_place_of_the_estimate_by_itself() -> None:
    facts = chain(STATED)
    assert value(facts, "c1@2024") == "9"
    assert round(facts["c1@2024"].primary_share or 0, 4) == Decimal("0.4444")
    notes = [step.note for step in facts["c1@2024"].steps]
    assert notes[:3] == ["supplier's own figure", "replaced", ""]
    assert (value(facts, "chain@2024"), value(facts, "primary@2024")) == ("10", "40")


def test_a_supplier_without_an_estimate_beside_it_counts_too() -> None:
    facts = chain(STATED, entry("stated works what=paper", "2024", "2 tCO2e"))
    assert value(facts, "c1@2024") == "11"
    assert "supplier.beside" in [one.rule for one in facts["c1@2024"].findings]


def test_until_a_suppliers_figure_covers_the_year_the_estimate_stands_and_the_receipt_says_so() -> None:
    facts = chain(entry("stated works what=servers", "2024-01/2024-06", "2 tCO2e"))
    assert value(facts, "c1@2024") == "15"
    assert [(one.rule, one.severity) for one in facts["c1@2024"].findings] == [("supplier.waiting", "note")]


def test_what_a_supplier_replaces_needs_no_factor() -> None:
    without: Library = replace(CHAIN, factors={"rate": replace(CHAIN.factors["rate"], labels=(("what", "software"),))})
    assert value(computed(without, [*SPENT, STATED], who=WORKS), "c1@2024") == "9"
    assert value(computed(without, SPENT, who=WORKS), "c1@2024") is None


GASES = library(
    activity("gas", "kg"),
    metric("co2e", "kgCO2e", "each(gas * factor.gwp)"),
    metric("grid", "kgCO2e", "each(gas * factor.published)"),
    metric("both", "kgCO2e", "co2e + grid"),
    factors=[
        factor("gwp.5", "gwp", "28", "kgCO2e/kg", gwp_basis="AR5"),
        factor("gwp.6", "gwp", "27", "kgCO2e/kg", gwp_basis="AR6"),
        factor("published.5", "published", "10", "kgCO2e/kg", gwp_basis="AR5"),
    ],
)
BY_SET = replace(GASES, factor_names={**GASES.factor_names, "gwp": replace(GASES.factor_names["gwp"], by_gwp=True)})


@pytest.mark.parametrize(("gwp", "said", "basis"), [("AR5", "28", "AR5"), ("AR6", "27", "AR6"), ("SAR", None, "")])
def test_a_potential_is_taken_from_the_set_in_use_only(gwp: str, said: str | None, basis: str) -> None:
    facts = computed(BY_SET, [entry("gas works", "2024", "1 kg")], who=replace(WORKS, gwp=gwp))  # type: ignore[arg-type]
    assert (value(facts, "co2e@2024"), facts["co2e@2024"].gwp) == (said, basis)


def test_a_published_factor_of_another_set_serves_with_a_warning_and_the_figure_names_both() -> None:
    facts = computed(BY_SET, [entry("gas works", "2024", "1 kg")], who=WORKS)
    assert (value(facts, "grid@2024"), rules(facts, "grid@2024")) == ("10", ["factor.other_gwp"])
    assert facts["both@2024"].gwp == "AR5, AR6"


def test_the_set_is_part_of_what_a_figure_is() -> None:
    one, other = (
        computed(BY_SET, [entry("gas works", "2024", "1 kg")], who=replace(WORKS, gwp=gwp)) for gwp in ("AR5", "AR6")
    )  # type: ignore[arg-type]
    assert one["co2e@2024"].id != other["co2e@2024"].id and one["gas@2024"].id == other["gas@2024"].id


IN_TWO_WAYS = library(
    activity("mass", "t", by="fuel fuel+use", way_of="fuel"),
    activity("energy", "MWh", by="fuel fuel+use", way_of="fuel"),
    activity("leaked", "MWh", by="fuel"),
    metric("burnt", "MWh", "recorded(energy, each(mass * factor.heat))", splits="fuel use"),
    metric("gone", "MWh", "recorded(energy, leaked)", splits="fuel"),
    metric("doubled", "MWh", "each(burnt * factor.twice)", splits="fuel"),
    dimensions=[SPLIT, dimension("use", "road heating", closed=False)],
    factors=[HEAT, factor("twice", "twice", "2", "ratio")],
)
BY_MASS = entry("mass works fuel=diesel", "2024", "10 t")


def test_a_fuel_that_is_recorded_by_mass_and_by_energy_does_not_count_twice() -> None:
    facts = computed(IN_TWO_WAYS, [BY_MASS, entry("energy works fuel=diesel", "2024-12", "20 MWh")], who=WORKS)
    assert rules(facts, "burnt@2024") == rules(facts, "doubled@2024") == ["recorded.twice"]
    message = facts["burnt@2024"].findings[0].message
    assert "mass_works_fuel=diesel_2024_10_t (mass)" in message and "energy_works_fuel=diesel_2024-12_20_MWh" in message


@pytest.mark.parametrize(
    "other",
    [
        entry("energy works fuel=petrol", "2024", "20 MWh"),
        entry("energy works fuel=diesel", "2024", "0 MWh", kind="nil"),
        entry("energy works fuel=diesel", "2024", "0 MWh", kind="adjustment"),
    ],
)
def test_another_fuel_or_a_nil_is_not_the_same_recorded_in_another_way(other) -> None:  # type: ignore[no-untyped-def]
    facts = computed(IN_TWO_WAYS, [BY_MASS, other], who=WORKS)
    assert "recorded.twice" not in rules(facts, "burnt@2024")


def test_the_same_fuel_at_another_site_or_for_another_use_is_another() -> None:
    facts = computed(IN_TWO_WAYS, [BY_MASS, entry("energy office fuel=diesel", "2024", "7 MWh")])
    assert value(facts, "burnt@2024") == "27"
    by_use = [
        entry("mass works fuel=diesel;use=road", "2024", "10 t"),
        entry("energy works fuel=diesel;use=heating", "2024", "7 MWh"),
    ]
    assert value(computed(IN_TWO_WAYS, by_use, who=WORKS), "burnt@2024") == "27"


def test_different_things_that_add_up_are_not_two_ways_of_the_same() -> None:
    some = [entry("energy works fuel=diesel", "2024", "7 MWh"), entry("leaked works fuel=diesel", "2024", "1 MWh")]
    assert value(computed(IN_TWO_WAYS, some, who=WORKS), "gone@2024") == "8"


def test_a_figure_that_replaces_a_whole_kind_of_spending_says_so() -> None:
    facts = chain(STATED)
    (told,) = facts["c1@2024"].findings
    assert (told.rule, told.severity) == (
        "supplier.whole",
        "warning",
    ) and "all 100 CNY of spend works what=servers" in told.message


def test_only_the_part_of_a_supplier_that_states_its_own_is_replaced() -> None:
    split = library(
        activity("spend", "CNY", by="what+supplier"),
        activity("stated", "tCO2e", by="what+supplier"),
        metric("c1", "tCO2e", "supplied(stated, each(spend * factor.rate))", splits="what"),
        dimensions=[BOUGHT, dimension("supplier", "acme other", closed=False)],
        factors=[factor("rate", "rate", "0.1", "tCO2e/CNY")],
    )
    of_acme = "works what=servers;supplier=acme"
    entries = [
        entry(f"spend {of_acme}", "2024", "10 CNY"),
        entry("spend works what=servers;supplier=other", "2024", "990 CNY"),
        entry(f"stated {of_acme}", "2024", "0.3 tCO2e"),
    ]
    facts = computed(split, entries, who=WORKS)
    assert (value(facts, "c1@2024"), facts["c1@2024"].findings) == ("99.3", ())
