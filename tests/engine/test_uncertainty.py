"""Scores and uncertainty: weighted, propagated, drawn; a source counts once, and what is unknown stays unknown."""

from decimal import Decimal
from fractions import Fraction
from math import isclose, sqrt

import pytest
from engine_cases import activity, company, computed, dimension, entry, factor, library, metric, series
from hypothesis import given, settings
from hypothesis import strategies as st

from leafledger.core.definition import Factor
from leafledger.core.entry import Entry
from leafledger.core.fact import Fact
from leafledger.core.quality import percent_of
from leafledger.engine.books import Books, books
from leafledger.engine.cells import cells_from_entries
from leafledger.engine.compute import worked_out
from leafledger.engine.uncertainty import Uncertainty, uncertainty
from leafledger.engine.value import constant

BEST, FAIR = (1, 1, 1, 1, 1), (2, 2, 2, 2, 2)
LINEAR = 0.03
"""How far the two methods may be apart where sources enter linearly: three in a hundred, six times the sampling error."""
SOURCE = dimension("source", "grid roof heat", closed=False)
POWER = activity("power", "MWh", by="source")
EMISSIONS = metric("emissions", "tCO2", "each(power * factor.grid)")


def grid(value: str = "0.5", region: str = "WORLD", source: str = "", **more: object) -> Factor:
    labels = (("source", source),) if source else ()
    return factor(f"grid-{region}-{source}", "grid", value, "tCO2/MWh", region, labels=labels, **more)


def power(source: str, amount: str, site: str = "plant", **more: object) -> Entry:
    return entry(f"power {site} source={source}", "2024", f"{amount} MWh", **more)


def facts_of(entries: list[Entry], *factors: Factor, who: str = "plant:CN-SH") -> dict[str, Fact]:
    of = library(POWER, EMISSIONS, dimensions=[SOURCE], factors=factors)
    return computed(of, entries, who=company(*who.split()))


def spread(entries: list[Entry], *factors: Factor, formula: str = "", **more: object) -> Uncertainty:
    of = metric("emissions", "tCO2", formula) if formula else EMISSIONS
    fact, values = worked_out(_books(entries, of, factors), "emissions@2024")
    return uncertainty(fact, values, **more)  # type: ignore[arg-type]


def _books(entries: list[Entry], of: object, factors: tuple[Factor, ...]) -> Books:
    defined = library(POWER, of, dimensions=[SOURCE], factors=factors)  # type: ignore[arg-type]
    declared = [series(f"power {one.site} source={one.labels[0][1]}") for one in entries]
    return books(defined, company("plant:CN-SH", "mast:SG"), declared, cells_from_entries(entries))


def test_scores_are_means_weighted_by_the_amounts_behind_them() -> None:
    fact = facts_of([power("grid", "300", quality=BEST), power("roof", "100", quality=(5, 1, 1, 1, 1))], grid())[
        "power@2024"
    ]
    assert (fact.activity_quality, fact.activity_scored) == ((2, 1, 1, 1, 1), 1)
    assert (fact.factor_quality, fact.factor_scored) == ((), None)


def test_where_not_all_is_scored_there_is_no_mean_and_the_fact_says_how_much_is() -> None:
    fact = facts_of([power("grid", "300", quality=BEST), power("roof", "100")], grid())["power@2024"]
    assert (fact.activity_quality, fact.activity_scored) == ((), Decimal("0.75"))


def test_of_factors_that_are_multiplied_the_worse_score_counts_in_each_aspect() -> None:
    of = library(
        activity("fuel", "t"),
        metric("carbon", "tC", "each(fuel * factor.content * factor.oxidation)"),
        factors=[
            factor("content", "content", "0.8", "tC/t", quality=(1, 4, 1, 1, 1)),
            factor("oxidation", "oxidation", "98", "percent", quality=(3, 1, 1, 1, 1)),
        ],
    )
    fact = computed(of, [entry("fuel works", "2024", "10 t", quality=BEST)])["carbon@2024"]
    assert (fact.factor_quality, fact.activity_quality) == ((3, 4, 1, 1, 1), BEST)


def test_scores_go_on_through_figures_that_are_built_on_figures() -> None:
    of = library(
        activity("fuel", "t"),
        activity("people", "person", kind="stock"),
        metric("carbon", "t", "each(fuel * factor.share)"),
        metric("each_one", "t/person", "carbon / people", kind="ratio"),
        factors=[factor("share", "share", "50", "percent", quality=FAIR)],
    )
    heads = entry("people works", "2024-12-31", "5 person", quality=(1, 1, 1, 1, 4))
    facts = computed(of, [entry("fuel works", "2024", "10 t", quality=BEST), heads])
    assert facts["each_one@2024"].activity_quality == (1, 1, 1, 1, 4)
    assert facts["each_one@2024"].factor_quality == FAIR
    unscored = computed(of, [entry("fuel works", "2024", "10 t"), heads])["each_one@2024"]
    assert (unscored.activity_quality, unscored.activity_scored) == ((), 0)


@pytest.mark.parametrize(("region", "geography"), [("CN-SH", 1), ("CN-EAST", 2), ("CN", 3), ("WORLD", 4)])
def test_each_step_up_the_regions_costs_a_point_of_geography(region: str, geography: int) -> None:
    elsewhere = grid("9", "SG", quality=BEST)
    fact = facts_of([power("grid", "1")], grid(region=region, quality=BEST), elsewhere)["emissions@2024"]
    assert fact.factor_quality == (1, 1, 1, geography, 1)
    assert fact.factors[0].level == geography - 1


def test_what_is_the_same_all_over_the_world_has_not_fallen_back() -> None:
    assert facts_of([power("grid", "1")], grid(quality=BEST))["emissions@2024"].factor_quality == BEST


def test_independent_sources_add_in_quadrature() -> None:
    found = spread(
        [power("grid", "300", uncertainty=Decimal(10)), power("roof", "400", uncertainty=Decimal(10))],
        grid(uncertainty=Decimal(0)),
    )
    assert found.propagated and isclose(found.propagated.percent, 100 * sqrt(15**2 + 20**2) / 350, rel_tol=1e-9)


def test_the_same_factor_used_twice_is_one_source() -> None:
    bills = [power("grid", "300", uncertainty=Decimal(0)), power("roof", "400", uncertainty=Decimal(0))]
    once = spread(bills, grid(uncertainty=Decimal(10)))
    apart = spread(bills, grid(source="grid", uncertainty=Decimal(10)), grid(source="roof", uncertainty=Decimal(10)))
    assert once.propagated and isclose(once.propagated.percent, 10, rel_tol=1e-9)
    assert apart.propagated and isclose(apart.propagated.percent, 10 * sqrt(300**2 + 400**2) / 700, rel_tol=1e-9)
    assert once.simulated and isclose(once.simulated.percent, 10, rel_tol=LINEAR)


def test_what_divides_itself_is_certain() -> None:
    found = spread(
        [power("grid", "300", uncertainty=Decimal(20))],
        grid(uncertainty=Decimal(20)),
        formula='each(power * power / power * unit("tCO2/MWh"))',
    )
    assert found.propagated and isclose(found.propagated.percent, 20, rel_tol=1e-9)
    assert found.simulated and isclose(found.simulated.percent, 20, rel_tol=LINEAR)


def test_what_is_unknown_stays_unknown_and_its_share_is_said() -> None:
    some = spread([power("grid", "300", uncertainty=Decimal(10)), power("roof", "100")], grid(uncertainty=Decimal(5)))
    assert (some.known, some.known_entries, some.known_factors) == (0.75, 0.75, 1)
    assert some.contributors[-1].variance is None
    none = spread([power("grid", "300", uncertainty=Decimal(10))], grid())
    assert (none.known, none.propagated, none.simulated) == (0, None, None)


def test_a_figure_that_names_no_source_is_not_certain() -> None:
    fact = facts_of([power("grid", "300")], grid())["power@2024"]
    found = uncertainty(fact, {fact.key: constant(Fraction(300))})
    assert (found.known, found.propagated, found.simulated) == (0, None, None)


def test_scores_stand_for_published_percentages_and_what_is_stated_goes_before() -> None:
    scores = (1, 1, 1, 1, 5)  # a variance of 0.1206: a geometric standard deviation of 1.4152
    assert percent_of(scores) == Decimal("70.17")
    assert percent_of(()) is None
    found = spread([power("grid", "1", quality=scores)], grid(uncertainty=Decimal(0)))
    assert found.propagated and isclose(found.propagated.percent, 70.17, rel_tol=1e-6)
    assert found.simulated and found.simulated.low > 0, "what cannot be negative is never drawn so"
    stated = spread([power("grid", "1", quality=scores, uncertainty=Decimal(3))], grid(uncertainty=Decimal(0)))
    assert stated.propagated and isclose(stated.propagated.percent, 3, rel_tol=1e-9)


def test_the_same_seed_draws_the_same_numbers() -> None:
    bills = [power("grid", "300", uncertainty=Decimal(10))]
    assert spread(bills, grid(uncertainty=Decimal(10))) == spread(bills, grid(uncertainty=Decimal(10)))


@settings(max_examples=12, deadline=None)
@given(
    amounts=st.lists(st.tuples(st.integers(1, 1000), st.integers(1, 55)), min_size=1, max_size=3),
    factor_percent=st.just(0),
)
def test_both_methods_agree_on_linear_cases(amounts: list[tuple[int, int]], factor_percent: int) -> None:
    bills = [
        power(source, str(amount), uncertainty=Decimal(percent))
        for source, (amount, percent) in zip(("grid", "roof", "heat"), amounts, strict=False)
    ]
    found = spread(bills, grid(uncertainty=Decimal(factor_percent)))
    assert found.propagated and found.simulated
    assert isclose(found.propagated.deviation, found.simulated.deviation, rel_tol=LINEAR)
    assert isclose(found.propagated.percent, found.simulated.percent, rel_tol=2 * LINEAR), (
        "percentiles are surer of less"
    )
