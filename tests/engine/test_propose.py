"""Proposals for factors that are missing: the nearest first, each with how it differs, and a row that says so."""

from datetime import date

from engine_cases import activity, company, computed, dimension, entry, factor, library, metric, rules, value

from leafledger.core.definition import Factor, Library
from leafledger.engine.propose import Lacking, in_words, lacking, nearest, proposed

POWER = activity("power", "MWh", by="source")
SOURCE = dimension("source", "grid roof", closed=False)
EMISSIONS = metric("emissions", "tCO2", "each(power * factor.grid)")
BILL = [entry("power plant source=grid", "2024", "1000 MWh")]
WHO = company("plant:CN-SH", as_of="2025-04-30")


def grid(id: str, region: str, year: int = 2024, **more: object) -> Factor:
    dated = {"valid_from": date(year, 1, 1), "published": date(year, 12, 31), "data_year": year} | more
    return factor(id, "grid", "0.5", "tCO2/MWh", region, **dated)


def of(*factors: Factor) -> Library:
    return library(POWER, EMISSIONS, dimensions=[SOURCE], factors=factors)


def what_is_lacking(library: Library) -> Lacking:
    return lacking(computed(library, BILL, who=WHO)["emissions@2024"].findings[0])


def test_the_nearest_are_named_with_how_they_differ() -> None:
    known = of(
        grid("singapore", "SG"),
        grid("late", "CN", 2025, published=date(2026, 1, 1), valid_from=date(2024, 1, 1)),
        grid("next-year", "CN-EAST", 2025, published=date(2025, 1, 1)),
        grid("roof", "CN-SH", labels=(("source", "roof"),)),
        grid("city-next-to-it", "CN-ZJ"),
    )
    open_ = what_is_lacking(known)
    found = nearest(open_, known, most=4)
    assert [(one.factor.id, one.differs) for one in found] == [
        ("late", ("known",)),
        ("next-year", ("year",)),
        ("roof", ("labels",)),
    ]
    assert in_words(open_, found[0]) == "published after 2025-04-30, on 2026-01-01"
    assert in_words(open_, found[2]) == "for source=roof"


def test_what_is_proposed_serves_counts_as_estimated_and_says_why() -> None:
    known = of(grid("next-year", "CN", 2025))
    open_ = what_is_lacking(known)
    row = proposed(open_, nearest(open_, known)[0], known, open_.period, "Taken by ana.")
    fact = computed(of(grid("next-year", "CN", 2025), row), BILL, who=WHO)["emissions@2024"]
    assert (
        value(computed(of(grid("next-year", "CN", 2025), row), BILL, who=WHO), "emissions@2024"),
        fact.estimated_share,
    ) == ("500", 1)
    assert (row.id, row.region, row.assumed, row.quality) == ("proposed.grid.CN-SH.2024", "CN-SH", True, ())
    assert all(
        word in row.reasoning
        for word in ("no factor grid", "next-year", "for other days (2025-01-01 to …)", "Taken by ana.")
    )


def test_a_row_keeps_the_labels_that_make_it_narrow_and_an_assumption_is_never_proposed() -> None:
    known = of(
        grid("roof", "CN-SH", labels=(("source", "roof"),)),
        grid("guess", "SG", verified="assumed", reasoning="a guess"),
    )
    open_ = what_is_lacking(known)
    found = nearest(open_, known)
    assert [one.factor.id for one in found] == ["roof"]
    assert proposed(open_, found[0], known, open_.period, "").labels == (("source", "grid"),)


def test_a_factor_that_was_taken_says_when_a_published_one_would_serve() -> None:
    taken = factor("proposed.grid.CN-SH.2024", "grid", "1", "tCO2/MWh", "CN-SH", reasoning="none for the city")
    alone = computed(of(taken), BILL, who=WHO)
    assert (value(alone, "emissions@2024"), rules(alone, "emissions@2024")) == ("1000", [])
    both = computed(of(taken, grid("country", "CN")), BILL, who=WHO)
    assert (value(both, "emissions@2024"), rules(both, "emissions@2024")) == ("1000", ["factor.outdone"])
    late = computed(of(taken, grid("country", "CN", published=date(2026, 1, 1))), BILL, who=WHO)
    assert rules(late, "emissions@2024") == []


def test_a_factor_that_was_taken_and_stands_idle_is_told_with_the_one_that_serves() -> None:
    taken = factor("proposed.grid.CN-SH.2024", "grid", "1", "tCO2/MWh", "CN-SH", reasoning="none for the city")
    city = computed(of(taken, grid("city", "CN-SH")), BILL, who=WHO)
    assert (value(city, "emissions@2024"), rules(city, "emissions@2024")) == ("500", ["factor.outdone"])
    assert {"proposed.grid.CN-SH.2024", "city"} <= {*city["emissions@2024"].findings[0].values.values()}
