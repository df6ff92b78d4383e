"""Sites: what is recorded apart comes to what is recorded together; flows and stocks add up, ratios are computed again."""

from dataclasses import replace
from decimal import Decimal

import pytest
from engine_cases import activity, computed, dimension, entry, library, metric, rules, series, value

from issuer import facts, facts_of, issuer
from leafledger.core.org import Site

LIBRARY = library(
    activity("power", "MWh", by="source"),
    activity("heads", "person", "stock", by="gender age", counted=True),
    metric("per_head", "MWh/person", "power / heads", "ratio"),
    metric("twice", "MWh/person", "per_head + per_head", "ratio"),
    dimensions=[
        dimension("source", "grid roof", closed=False),
        dimension("gender", "female male"),
        dimension("age", "young old"),
    ],
)
WORKS = [
    entry("power works source=grid", "2024", "90 MWh"),
    entry("heads works gender=female", "2024-12-31", "4 person"),
    entry("heads works gender=male", "2024-12-31", "6 person"),
]
OFFICE = [
    entry("power office source=grid", "2024", "10 MWh"),
    entry("heads office gender=female", "2024-12-31", "15 person"),
    entry("heads office gender=male", "2024-12-31", "25 person"),
]


def test_flows_and_stocks_add_up_over_sites_and_ratios_are_computed_again() -> None:
    works, office, both = computed(LIBRARY, WORKS), computed(LIBRARY, OFFICE), computed(LIBRARY, [*WORKS, *OFFICE])
    assert [value(facts, "per_head@2024") for facts in (works, office, both)] == ["9", "0.25", "2"]
    assert value(both, "power@2024") == "100" and value(both, "heads@2024") == "50"
    assert value(both, "heads@2024[gender=female]") == "19"
    assert value(both, "twice@2024") == "4"


def test_one_site_missing_makes_the_group_a_hole_that_names_the_site() -> None:
    declared = [series(f"power {site} source=grid") for site in ("works", "office")]
    facts = computed(LIBRARY, WORKS[:1], declared)
    assert facts["power@2024"].status == "hole"
    assert "power office source=grid" in facts["power@2024"].findings[0].message


def test_the_issuer_recorded_at_two_sites_comes_to_the_same_figures() -> None:
    """Every flow of the group is halved between two sites (exactly: twice the digits); heads move whole, some here, some there."""
    other = Site(id="elsewhere", title=issuer().company.sites[0].title, region="WORLD")
    who = replace(issuer().company, sites=(*issuer().company.sites, other))
    entries, declared = [], list(issuer().series)
    for one in issuer().entries:
        if one.site == "group" and one.activity in (
            "economy.revenue",
            "water.consumption",
            "materials.packaging",
            "waste.non_hazardous",
        ):
            half, open_ = one.value / 2, Decimal("0.025")
            entries += [
                replace(one, value=half, tolerance=open_),
                replace(one, id=f"{one.id}-2", site="elsewhere", value=half, tolerance=open_),
            ]
            declared += [replace(s, site="elsewhere") for s in issuer().series if s.activity == one.activity]
        else:
            entries.append(one)
    unique = tuple({s.key: s for s in declared}.values())
    now = facts_of(replace(issuer(), company=who, series=unique, entries=tuple(entries)))
    assert {key: fact.value for key, fact in now.items()} == {key: fact.value for key, fact in facts().items()}
    assert {key: (fact.low, fact.high) for key, fact in now.items()} == {
        key: (fact.low, fact.high) for key, fact in facts().items()
    }


def test_the_parts_of_a_closed_split_must_all_be_collected() -> None:
    facts = computed(LIBRARY, [WORKS[1]])
    assert facts["heads@2024"].status == "hole" and rules(facts, "heads@2024") == ["series.open"]
    assert facts["heads@2024[gender=male]"].status == "hole", (
        "the other half is expected, so it is a hole and not nowhere"
    )
    assert value(facts, "heads@2024[gender=female]") == "4"


def test_the_parts_of_an_open_split_add_up_as_they_are() -> None:
    facts = computed(LIBRARY, [WORKS[0]])
    assert value(facts, "power@2024") == "90" and "power@2024[source=roof]" not in facts


def test_what_no_series_declares_is_not_left_out_silently() -> None:
    facts = computed(
        LIBRARY, [*WORKS, entry("power works source=roof", "2024", "3 MWh")], [series("power works source=grid")]
    )
    assert rules(facts, "power@2024") == ["series.undeclared"]
    assert (
        "power_works_source=roof_2024_3_MWh is recorded for power works source=roof"
        in facts["power@2024"].findings[0].message
    )
    assert facts["power@2024[source=roof]"].status == "hole"
    assert value(facts, "power@2024[source=grid]") == "90"


MOVED = entry("power office source=grid", "2024", "20 MWh", kind="adjustment", id="to-office")
TAKEN = entry("power works source=grid", "2024", "-20 MWh", kind="adjustment", id="from-works")


def test_an_adjustment_moves_an_amount_and_keeps_the_total() -> None:
    facts = computed(LIBRARY, [WORKS[0], OFFICE[0], MOVED, TAKEN])
    assert value(facts, "power@2024") == "100"
    steps = {step.what: step.value for step in facts["power@2024"].steps}
    assert steps == {"power · works · source=grid": "70", "power · office · source=grid": "30"}


@pytest.mark.parametrize("alone", [MOVED, TAKEN])
def test_a_move_without_its_other_side_is_found(alone: object) -> None:
    facts = computed(LIBRARY, [WORKS[0], OFFICE[0], alone])  # type: ignore[list-item]
    assert rules(facts, "power@2024") == ["entry.unbalanced"]
    assert "20 MWh out of nowhere" in facts["power@2024"].findings[0].message


def test_an_adjustment_covers_no_days() -> None:
    facts = computed(LIBRARY, [WORKS[0], MOVED, TAKEN])
    assert "entry.missing" in rules(facts, "power@2024")
