"""Approaches side by side: what each site adds, and parts that add up to each total and each difference, to the last digit."""

from dataclasses import replace

from engine_cases import TITLE, company, entry, series
from hypothesis import given
from hypothesis import strategies as some
from test_boundary import PORT, owned

from leafledger.core.org import Site
from leafledger.engine.books import Books, books
from leafledger.engine.cells import cells_from_entries
from leafledger.engine.consolidation import APPROACHES, side_by_side


def harbour(*amounts: int) -> Books:
    """A wharf as a whole; a yard of a joint venture; a quay that was bought; a dock that was sold before."""
    owned_by = {
        "wharf": (),
        "yard": (owned("33.3", operational=False, financial=False),),
        "quay": (owned("70", "2024-05-16"),),
        "dock": (owned("100", until="2023-12-31"),),
    }
    sites = tuple(Site(id=id, title=TITLE, region="CN", ownership=own) for id, own in owned_by.items())
    who = replace(company("wharf:CN"), sites=sites)
    entries = [entry(f"power {site}", "2024", f"{kwh} kWh") for site, kwh in zip(owned_by, amounts, strict=False)]
    heads = [entry(f"heads {site}", "2024-12-31", "3 person") for site in ("wharf", "yard")]
    made = [*entries, *heads]
    declared = list({s.key: s for e in made for s in [series(f"{e.activity} {e.site}")]}.values())
    return books(PORT, who, declared, cells_from_entries(made, PORT.counted))


def test_each_site_stands_with_what_it_adds_by_each_approach() -> None:
    seen = side_by_side(harbour(366_000, 100_000, 366_000, 50_000), "power@2024")
    assert {one: str(seen.facts[one].value.normalize()) for one in APPROACHES if seen.facts[one].value} == {
        "operational_control": "596",
        "financial_control": "596",
        "equity_share": "560.3",
    }
    assert [part.site for part in seen.parts] == ["", "yard", "quay"]  # the dock counts by none of them
    assert {
        site: str(amount.normalize()) for site, amount in seen.difference("operational_control", "equity_share").items()
    } == {
        "": "0",
        "yard": "33.3",
        "quay": "-69",
    }


@given(some.lists(some.integers(0, 10**9), min_size=4, max_size=4))
def test_the_parts_add_up_to_every_total_and_every_difference(kwh: list[int]) -> None:
    for key in ("power@2024", "carbon@2024"):
        seen = side_by_side(harbour(*kwh), key)
        for one in APPROACHES:
            assert sum(part.amounts[one] for part in seen.parts) == seen.totals[one] == seen.facts[one].value
            for other in APPROACHES:
                assert sum(seen.difference(one, other).values()) == seen.totals[other] - seen.totals[one]


def test_a_ratio_is_shown_and_not_taken_apart() -> None:
    seen = side_by_side(harbour(366_000, 100_000, 366_000), "per_head@2024")
    assert seen.parts == ()
    assert all(fact.value is not None for fact in seen.facts.values())


def test_where_one_approach_has_nothing_inside_the_difference_still_has_its_site() -> None:
    made = harbour(0, 100_000)
    alone = replace(
        made, series={**made.series, "power": tuple(one for one in made.series["power"] if one.site == "yard")}
    )
    alone = replace(alone, cells={key: cells for key, cells in made.cells.items() if key[:2] != ("power", "wharf")})
    alone = replace(alone, recorded={**made.recorded, "power": (("power", "yard", ()),)})
    seen = side_by_side(alone, "power@2024")
    assert seen.facts["operational_control"].value is None
    assert seen.totals["operational_control"] == 0
    assert str(seen.difference("operational_control", "equity_share")["yard"].normalize()) == "33.3"
