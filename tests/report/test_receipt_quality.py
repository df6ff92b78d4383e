"""Receipts say in words how good the data are: scores, and how far up the regions a factor was found."""

from dataclasses import replace
from decimal import Decimal

import pytest
from company import harbour

from leafledger.core.definition import Region
from leafledger.report.reader import Reader
from leafledger.report.receipt_quality import fell_back, scores, uncertain

TITLE = {"zh-Hant": "某", "zh-Hans": "某", "en": "Somewhere"}


def reader(language: str = "en") -> Reader:
    sources = harbour()
    regions = {**sources.library.regions, "CN-TOY-1": Region(id="CN-TOY-1", title=TITLE, parent="CN-TOY")}
    return Reader(sources=replace(sources, library=replace(sources.library, regions=regions)), language=language)


def test_a_factor_from_several_steps_up_names_every_region_on_the_way() -> None:
    assert fell_back(reader(), "grid", "CN-TOY", "CN") == "asked for Toy Province; the wider Mainland China served"
    assert (
        fell_back(reader(), "grid", "CN-TOY-1", "CN")
        == "asked for Somewhere; the wider Mainland China served, 2 steps up (Somewhere → Toy Province → Mainland China)"
    )
    assert fell_back(reader(), "grid", "CN", "CN") == ""


def test_scores_are_said_or_how_much_is_scored() -> None:
    (fact,) = [fact for fact in harbour().facts.values() if fact.key == "ghg.power@2024"]
    means = tuple(map(Decimal, ("1", "1.25", "2", "2", "1")))
    fallen = tuple(replace(use, level=2 * (use.region == "CN")) for use in fact.factors)
    known = replace(
        fact, activity_quality=means, activity_scored=Decimal(1), factor_scored=Decimal("0.5"), factors=fallen
    )
    assert dict(scores(reader(), known)) == {
        "Scores of the records (1 best, 5 worst)": "reliability 1, completeness 1.3, time 2, geography 2, technology 1",
        "Scores of the factors (1 best, 5 worst)": "50% of the amount is scored, so there is no mean",
        "Factors from a wider region": "1 of 2, at most 2 steps up",
    }


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans", "en"])
def test_a_range_of_part_of_the_amount_says_so_in_each_language(language: str) -> None:
    _, whole = uncertain(reader(language), Decimal("0.048"), "417", "460", 20_000, Decimal(1))
    _, part = uncertain(reader(language), Decimal("0.048"), "417", "460", 20_000, Decimal("0.716"))
    assert "4.8%" in whole and "417" in whole and part.startswith(whole) and "71.6%" in part
