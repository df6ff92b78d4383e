"""The catalogue says of each figure what someone needs who records it or names it."""

from leafledger.library.catalogue import catalogue
from leafledger.library.load import LIBRARY, load

LISTED = {one.id: one for one in catalogue(load(LIBRARY))}


def test_every_figure_is_listed_once_with_its_unit_and_kind():
    library = load(LIBRARY)
    assert list(LISTED) == [*sorted(library.activities), *sorted(library.metrics)]
    pue, scope = LISTED["datacenter.pue"], LISTED["ghg.scope1"]
    assert (pue.how, pue.kind, pue.unit, pue.by) == ("recorded", "ratio", "dimensionless", "")
    assert (scope.how, scope.kind, scope.unit) == ("computed", "flow", "tCO2e")


def test_what_it_is_collected_by_is_told_with_every_member():
    assert LISTED["training.people"].by == "gender (male, female) or level (management, non_management)"
    assert LISTED["energy.fuel"].by.startswith("fuel (anthracite, ") and LISTED["energy.fuel"].by.endswith(
        ", biogas.other) or fuel+use (energy_industry, industry, commercial, road, road_uncontrolled, road_low_mileage, "
        "off_road, rail, navigation, aviation)"
    )


def test_what_a_metric_is_split_by_is_told_with_every_member():
    assert LISTED["energy.fuel"].by.startswith(LISTED["energy.direct"].by)
    assert LISTED["energy.direct"].by.endswith(", biogas.other)")
    assert LISTED["ghg.scope1_2"].by == ""
