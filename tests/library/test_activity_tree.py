"""What can be recorded is a tree in three languages: every factor is reached from it, and every member of it leads somewhere."""

import pytest
from typer.testing import CliRunner

from leafledger.cli import app
from leafledger.core.labels import keys
from leafledger.core.text import LANGUAGES
from leafledger.engine.reach import names_by_activity
from leafledger.flow.activities import branches_of, found, recordables
from leafledger.library.load import LIBRARY, load

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
