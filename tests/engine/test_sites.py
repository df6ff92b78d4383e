"""Sites: what is recorded apart comes to what is recorded together; flows and stocks add up, ratios are computed again."""

from dataclasses import replace
from decimal import Decimal

import pytest
from engine_cases import activity, computed, dimension, entry, library, metric, rules, series, value

from issuer import facts, facts_of, issuer
from leafledger.core.org import Site
from leafledger.core.period import Period
from leafledger.library.units import unit

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


TWO = library(
    activity("heads", "person", "stock", by="gender+age", counted=True),
    dimensions=[dimension("gender", "female male"), dimension("age", "young old", closed=False)],
)
PAIRS = [
    entry("heads works age=young;gender=female", "2024-12-31", "4 person"),
    entry("heads works age=old;gender=male", "2024-12-31", "6 person"),
    entry("heads works age=old;gender=female", "2024-12-31", "1 person"),
    entry("heads works age=young;gender=male", "2024-12-31", "2 person"),
]


@pytest.mark.parametrize("age_closed", [True, False])
def test_each_combination_of_two_closed_splits_must_be_collected(age_closed: bool) -> None:
    age = dimension("age", "young old", closed=age_closed)
    of = replace(TWO, dimensions={**TWO.dimensions, "age": age})
    assert value(computed(of, PAIRS), "heads@2024") == "13"
    facts = computed(of, PAIRS[:3])
    assert facts["heads@2024"].status == facts["heads@2024[age=young]"].status == "hole"
    assert "heads is not collected for age=young;gender=male in 2024" in facts["heads@2024"].findings[0].message
    assert value(facts, "heads@2024[age=old]") == "7"


SHARES = library(
    activity("pue", "dimensionless", "ratio"),
    activity("women", "percent", "ratio", by="level"),
    metric("overhead", "percent", "pue - 1", "ratio"),
    dimensions=[dimension("level", "staff heads")],
)


@pytest.mark.parametrize(
    ("readings", "shown"),
    [
        (["pue works,2024,1.25"], "1.25"),
        (["pue works,2024-12-31,1.25"], "1.25"),
        (["pue works,2024,1.25", "pue office,2024,1.30"], None),
        (["pue works,2024-01-01/2024-06-30,1.25", "pue works,2024-07-01/2024-12-31,1.30"], None),
        (["pue works,2024-12-31,1.25", "pue works,2024-12-30,1.30"], None),
    ],
)
def test_a_ratio_that_was_recorded_is_never_added_up(readings: list[str], shown: str | None) -> None:
    made = [entry(text, period, f"{amount} dimensionless") for text, period, amount in (r.split(",") for r in readings)]
    facts = computed(SHARES, made)
    assert value(facts, "pue@2024") == shown
    for key in ("pue@2024", "overhead@2024"):
        assert rules(facts, key) == ([] if shown else ["ratio.parts"])
        assert (
            shown
            or "does not add up" in facts[key].findings[0].message
            or "do not add up" in facts[key].findings[0].message
        )


def test_a_ratio_of_a_month_is_not_that_of_the_year() -> None:
    facts = computed(SHARES, [entry("pue works", "2024-12", "1.25 dimensionless")])
    assert facts["pue@2024"].status == "incomplete" and rules(facts, "pue@2024") == ["entry.coverage"]


def test_the_ratio_of_a_part_is_not_that_of_the_whole() -> None:
    facts = computed(SHARES, [entry("women works level=staff", "2024-12-31", "40 percent")])
    assert value(facts, "women@2024[level=staff]") == "40"
    assert rules(facts, "women@2024") == ["ratio.parts"]


def test_every_shipped_share_is_a_ratio() -> None:
    shares = {one.id for one in issuer().library.activities.values() if not unit(one.unit).dimensions}
    assert len(shares) >= 11
    assert {issuer().library.activities[id].kind for id in shares} == {"ratio"}


def test_stocks_of_different_days_are_added_up_and_said_to_be() -> None:
    last = [
        entry("heads works age=old;gender=male", "2024-12-31", "100 person"),
        entry("heads works age=old;gender=female", "2024-12-31", "9 person"),
        entry("heads office age=old;gender=female", "2024-01-02", "50 person"),
    ]
    facts = computed(TWO, last)
    assert value(facts, "heads@2024") == "159" and facts["heads@2024"].status == "figure"
    (told,) = facts["heads@2024"].findings
    assert told.severity == "warning"
    assert "(2024-01-02, 2024-12-31)" in told.message and "heads office age=old;gender=female" in told.message
    assert rules(facts, "heads@2024[gender=male]") == []


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


def test_a_move_counts_in_each_year_by_its_days_as_readings_do() -> None:
    beyond = replace(TAKEN, period=Period.parse("2024-07-01/2025-06-30"))
    facts = computed(LIBRARY, [WORKS[0], OFFICE[0], MOVED, beyond])
    assert rules(facts, "power@2024") == ["entry.unbalanced"]
    assert value(facts, "power@2024") is None


@pytest.mark.parametrize("day", ["2024-08-31", "2024-10-31"])
def test_a_move_between_stocks_counts_on_both_sides_or_is_found(day: str) -> None:
    read = [
        entry("heads works gender=male", "2024-12-31", "6 person"),
        entry("heads office gender=male", "2024-09-30", "3 person"),
    ]
    moves = [
        entry("heads works gender=male", day, "-1 person", kind="adjustment"),
        entry("heads office gender=male", day, "1 person", kind="adjustment"),
    ]
    facts = computed(LIBRARY, [*read, *moves])
    counts_once = day > "2024-09-30"
    assert (value(facts, "heads@2024[gender=male]") is None) == counts_once


def test_an_adjustment_covers_no_days() -> None:
    facts = computed(LIBRARY, [WORKS[0], MOVED, TAKEN])
    assert "entry.missing" in rules(facts, "power@2024")
