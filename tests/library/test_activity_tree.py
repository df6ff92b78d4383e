"""What can be recorded is a tree in three languages: every factor is reached from it, and every member of it leads somewhere."""

from dataclasses import replace

import pytest
from typer.testing import CliRunner

from leafledger.cli import app
from leafledger.core.labels import keys, parse_labels
from leafledger.core.text import LANGUAGES
from leafledger.engine.reach import names_by_activity
from leafledger.flow.activities import branches_of, found, recordables
from leafledger.library.load import LIBRARY, load
from leafledger.library.sound import unsound
from leafledger.library.splits import folded, unknown_members

SHIPPED = load(LIBRARY)
NAMES = names_by_activity(SHIPPED)
KEPT = {
    "electricity_lifecycle": "an estimate where no official factor exists, which a company declares for itself",
    "electricity_footprint": "for footprints of products, never for Scope 2",
    "grid_electricity_residual": "published beside the average",
    "grid_electricity_fossil": "published beside the average",
    "grid_electricity_ets": "for reports to the emissions market",
}
"""Names that no activity of the library reaches, and why they are shipped."""
WITHOUT_FACTORS = {
    "gas": {"IG541"},
    "waste": {"other.hazardous", "other.non_hazardous"},
    "process_output": {"other"},
}
"""Members that can be recorded and for which the library has no factor: a company gives its own."""


def shown(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["activities", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


def test_every_factor_is_reached_from_something_that_can_be_recorded():
    lost = {
        factor.name
        for factor in SHIPPED.factors.values()
        if factor.name not in KEPT
        and not any(
            factor.name in names and keys(factor.labels) <= SHIPPED.activities[id].dimensions
            for id, names in NAMES.items()
        )
    }
    assert lost == set()


def test_what_is_kept_beside_the_tree_is_reached_from_nothing():
    reached = frozenset().union(*NAMES.values())
    assert {name for name in KEPT if name in reached} == set()


def test_no_member_of_a_split_with_factors_is_without_one():
    labelled: dict[str, set[str]] = {}
    for factor in SHIPPED.factors.values():
        for dimension, member in factor.labels:
            labelled.setdefault(dimension, set()).add(member)
    idle = {id: set(SHIPPED.dimensions[id].members) - members for id, members in labelled.items()}
    assert {id: members for id, members in idle.items() if members - WITHOUT_FACTORS.get(id, set())} == {}


def test_every_member_and_branch_has_a_title_in_each_language():
    for dimension in SHIPPED.dimensions.values():
        for text in (*dimension.members.values(), *dimension.branches.values()):
            assert all(text[language].strip() for language in LANGUAGES)


def test_every_branch_bears_members_and_every_dotted_member_is_on_one():
    for dimension in SHIPPED.dimensions.values():
        on = {member[:at] for member in dimension.members for at, sign in enumerate(member) if sign == "."}
        assert set(dimension.branches) - on == set(), dimension.id
        assert on - set(dimension.branches) - set(dimension.members) == set(), dimension.id


def test_members_that_are_not_the_same_are_not_called_the_same():
    for dimension in SHIPPED.dimensions.values():
        for language in LANGUAGES:
            called = [text[language] for text in dimension.members.values()]
            assert len(called) == len(set(called)), f"{dimension.id} in {language}"


@pytest.mark.parametrize("search", ["long-haul business", "長途 商務客位", "长途 公务舱", "air.long_haul.business"])
def test_a_flight_is_found_in_each_language_and_by_its_id(search):
    hits = {(hit.activity.id, hit.labels) for hit in found(SHIPPED, search)}
    labels = (("travel", "air.long_haul.business"),)
    assert hits == {("travel.distance", labels), ("commuting.distance", labels)}


def test_words_of_the_activity_narrow_a_search():
    assert {hit.activity.id for hit in found(SHIPPED, "coach commuting")} == {"commuting.distance"}


def test_a_member_shows_the_regions_and_editions_of_its_factors():
    (hit,) = [one for one in recordables(SHIPPED, ["travel.nights"]) if one.labels == (("country", "CN"),)]
    assert [(one.name, one.regions) for one in hit.editions] == [("hotel_co2e", (("WORLD", (2025, 2024)),))]


def test_a_tree_tells_each_branch_before_what_is_on_it():
    lines = list(branches_of(SHIPPED.dimensions["travel"]))
    ids = [id for _, id, _ in lines]
    assert len(ids) == len(set(ids))
    assert ids.index("air") < ids.index("air.long_haul") < ids.index("air.long_haul.economy")
    assert [depth for depth, id, _ in lines if id in ("air", "air.long_haul", "air.long_haul.economy")] == [0, 1, 2]


def test_the_command_lists_finds_and_draws_the_tree():
    assert "freight.work  Freight, by mass and distance  [tkm]" in shown()
    said = shown("商務客位 國際航班")
    assert "travel=air.international.business" in said
    assert "travel_co2e: WORLD 2025, 2024" in said
    assert "          air.long_haul.economy  长途航班，经济舱" in shown("--tree", "--language", "zh-Hans")
    assert "Nothing that can be recorded is called so" in shown("zzz")


@pytest.mark.parametrize(
    ("word", "what"),
    [
        ("R32", "gas=HFC32"),
        ("R-134a", "gas=HFC134a"),
        ("R134a", "gas=HFC134a"),
        ("R22", "gas=HCFC22"),
        ("R125", "gas=HFC125"),
        ("R744", "gas=CO2"),
        ("R410A", "gas=R410A"),
        ("HFC-32", "gas=HFC32"),
        ("HGV", "vehicle=truck.articulated_33"),
        ("heavy goods", "freight=road.truck.average"),
        ("重型货车", "freight=road.truck.rigid_17"),
        ("重型貨車", "vehicle=truck_refrigerated.average"),
    ],
)
def test_a_thing_is_found_by_what_the_trade_calls_it(word, what):
    assert what in shown(*word.split())


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("gas=R134a", "R134a is HFC134a here"),
        ("gas=R-32", "R-32 is HFC32 here"),
        ("gas=hfc-125", "hfc-125 is HFC125 here"),
        ("gas=R433A1", "did you mean 'R433A'?"),
        ("gas=Methane", "Methane is CH4 here"),
    ],
)
def test_a_label_that_is_another_name_is_told_what_it_is_called_here(said, hint):
    (problem,) = unknown_members(parse_labels(said), SHIPPED)
    assert problem.endswith(hint)


def test_no_other_name_is_that_of_two_members_or_the_id_of_another():
    gas = SHIPPED.dimensions["gas"]
    others = [folded(one) for names in gas.aliases.values() for one in names]
    assert len(others) == len({*others})
    assert {*others} & {folded(member) for member in gas.members} == set()


def test_another_name_of_nothing_is_told():
    slip = replace(SHIPPED.dimensions["gas"], aliases={"HFC134b": ("R134b",)})
    told = [str(one) for one in unsound(replace(SHIPPED, dimensions={**SHIPPED.dimensions, "gas": slip}))]
    assert any("'HFC134b'" in one for one in told)
