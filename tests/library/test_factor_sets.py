"""The published sets of factors stand in the library as they were printed, each row under a name and labels that can be recorded."""

from collections import Counter
from decimal import Decimal

import pytest

from leafledger.core.definition import Factor
from leafledger.library.load import LIBRARY, load

SHIPPED = load(LIBRARY)


def factor(id: str) -> tuple[Decimal, str, str]:
    found = SHIPPED.factors[id]
    return found.value, found.unit, found.region


@pytest.mark.parametrize(
    ("id", "value", "unit", "region"),
    [
        ("desnz-2025.fuel_co2e_gross.natural_gas", "0.18296", "kgCO2e/kWh", "GB"),
        ("desnz-2024.fuel_co2e_gross.natural_gas", "0.1829", "kgCO2e/kWh", "GB"),
        ("desnz-2025.fuel_co2e_by_volume.diesel.biofuel_blend", "2.57082", "kgCO2e/L", "GB"),
        ("desnz-2025.vehicle_use_co2e.car.average.diesel", "0.17304", "kgCO2e/vehicle_km", "GB"),
        ("desnz-2025.vehicle_co2e.car.average.battery", "0.0", "kgCO2e/vehicle_km", "GB"),
        ("desnz-2025.vehicle_use_co2e.car.average.battery", "0.04047", "kgCO2e/vehicle_km", "GB"),
        ("desnz-2025.travel_wtt.air.long_haul.economy", "0.02461", "kgCO2e/pkm", "GB"),
        ("desnz-2025.water_supply_co2e", "191.30156", "kgCO2e/ML_water", "GB"),
        ("desnz-2025.electricity_td_co2e", "0.01853", "kgCO2e/kWh", "GB"),
        ("desnz-2025.homeworking_co2e.all", "0.33378", "kgCO2e/person_h", "GB"),
        ("desnz-2025.gwp.R410A", "1924.0", "kgCO2e/kg", "GB"),
        ("desnz-2025.gwp_kyoto_part.R401A", "18.0", "kgCO2e/kg", "GB"),
        ("desnz-2025.gwp_non_kyoto_part.R401A", "1112.0", "kgCO2e/kg", "GB"),
        ("desnz-2025.gwp.R403A", "3100.0", "kgCO2e/kg", "WORLD"),
        ("epa-2025.fuel_co2e_by_gas_volume.natural_gas", "0.054495", "kgCO2e/scf", "US"),
        ("epa-2025.fuel_co2_by_volume.petrol", "8.78", "kgCO2/gal_us", "US"),
        ("epa-2025.fuel_biogenic_co2_by_volume.biofuel.ethanol", "5.75", "kgCO2/gal_us", "US"),
        ("epa-2025.freight_co2e.rail", "0.021177", "kgCO2e/short_ton_mile", "US"),
        ("epa-2025.vehicle_use_co2e.car.average.unknown", "0.29857", "kgCO2e/vehicle_mile", "US"),
        ("epa-2025.heat_co2e", "66.39812", "kgCO2e/mmBtu", "US"),
        ("ipcc-2006.carbon_content.natural_gas", "15.3", "tC/TJ", "WORLD"),
        ("ipcc-2006.heating_value.diesel", "43.0", "GJ/t", "WORLD"),
        ("ipcc-2006.biogenic_carbon_content.biomass.charcoal", "30.5", "tC/TJ", "WORLD"),
        ("ndrc-2015.heat_co2", "110", "kgCO2/GJ", "CN"),
    ],
)
def test_a_factor_of_a_set_is_as_it_was_published(id, value, unit, region):
    assert factor(id) == (Decimal(value), unit, region)


def test_the_sets_are_whole():
    """3,177 rows of four publishers: two stood in the library before, and 42 are the same figure printed once more."""
    sets = Counter(id.partition(".")[0] for id, one in SHIPPED.factors.items() if not derived(one))
    shipped = {set: sets[set] for set in ("desnz-2024", "desnz-2025", "epa-2025")}
    assert shipped == {"desnz-2024": 1404, "desnz-2025": 1404, "epa-2025": 269}
    carbon = [id for id in SHIPPED.factors if id.startswith("ipcc-2006.") and "carbon_content" in id]
    assert (len(carbon), "ndrc-2015.heat_co2" in SHIPPED.factors) == (55, True)
    assert 3177 == 1404 + 1404 + 269 + 55 + 1 + 2 + 42


def derived(one: Factor) -> bool:
    return one.name in ("fuel_density", "net_per_gross", "heating_value_by_volume")


def test_each_edition_of_2024_names_that_of_2025():
    old = [one for id, one in SHIPPED.factors.items() if id.startswith("desnz-2024.")]
    assert {one.successor == one.id.replace("desnz-2024.", "desnz-2025.") for one in old} == {True}
    assert {one.labels == SHIPPED.factors[one.successor].labels for one in old} == {True}


def test_a_density_is_what_two_printed_factors_of_one_fuel_come_to():
    density = SHIPPED.factors["desnz-2025.fuel_density.diesel"]
    by_volume, by_mass = (SHIPPED.factors[f"desnz-2025.fuel_co2e_by_{how}.diesel"] for how in ("volume", "mass"))
    assert abs(by_volume.value / (by_mass.value / 1000) - density.value) < Decimal("0.00005")
    assert "Worked out" in density.note


def test_no_two_rows_of_the_library_could_serve_equally_well():
    """Of one name, region, labels and set of potentials there is one row for each year of data."""
    count = Counter(
        (one.name, one.region, one.labels, one.gwp_basis, one.data_year, one.published)
        for one in SHIPPED.factors.values()
    )
    assert [key for key, rows in count.items() if rows > 1] == []


def test_biogenic_carbon_is_never_under_the_name_of_fossil_carbon():
    fossil = {one.labels[0][1] for one in SHIPPED.factors.values() if one.name == "carbon_content"}
    assert not {fuel for fuel in fossil if fuel.startswith(("biofuel.", "biomass.", "biogas."))}


def test_what_a_fuel_is_counted_as_is_said_of_each_but_blends():
    said = {one.labels[0][1] for one in SHIPPED.factors.values() if one.name == "renewable_share"}
    unsaid = set(SHIPPED.dimensions["fuel"].members) - said
    assert unsaid == {"petrol.biofuel_blend", "diesel.biofuel_blend", "waste_fuel.municipal", "waste_fuel.industrial"}


@pytest.mark.parametrize(
    ("id", "percent"),
    [
        ("gwp-co2", "0"),
        ("gwp.CO2.AR6", "0"),
        ("gri-302.renewable_share.anthracite", "0"),
        ("ipcc-2006.combustion_co2.natural_gas", "3.9"),  # 54,300 to 58,300 around 56,100
        ("ipcc-2006.carbon_content.natural_gas", "3.9"),  # 14.8 to 15.9 around 15.3
        ("ipcc-2006.heating_value.diesel", "3.7"),  # 41.4 to 43.3 around 43.0
        ("gwp.CH4_fossil.AR6", None),
        ("gwp.FK5112.AR5", None),  # a value of 1 that was measured, not agreed
        ("desnz-2025.fuel_co2e_gross.natural_gas", None),
    ],
)
def test_an_uncertainty_is_shipped_where_it_is_printed_or_by_definition(id, percent):
    assert SHIPPED.factors[id].uncertainty == (None if percent is None else Decimal(percent))


def test_what_is_so_by_definition_is_certain():
    exact = [one for one in SHIPPED.factors.values() if one.licence == "Definition"]
    assert exact and {one.uncertainty for one in exact} == {Decimal(0)}


def test_the_rows_of_one_british_set_became_known_on_one_day():
    for year in ("2024", "2025"):
        others = {one.published for id, one in SHIPPED.factors.items() if id.startswith(f"desnz-{year}.")}
        assert others == {SHIPPED.factors[f"grid-electricity-co2e.GB.{year}"].published}


def test_british_electricity_of_past_years_never_goes_before_that_of_2024():
    """One on the set in use goes before a newer one. It is valid into the next year for bills that reach into it."""
    old, last, new = (SHIPPED.factors[f"grid-electricity-co2e.GB.{year}"] for year in ("2022", "2023", "2024"))
    assert (str(old.valid_to), str(last.valid_to)) == ("2023-12-31", "2024-12-31")
    assert last.gwp_basis == new.gwp_basis
