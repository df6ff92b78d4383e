"""The shipped factors are those that were published, and a factor that could serve wrongly is refused with its line."""

from decimal import Decimal

import pytest
from library_cases import COMPANY, harbour, problems, write

from leafledger.core.period import Period
from leafledger.engine.books import books
from leafledger.engine.choose import choose
from leafledger.engine.value import Hole
from leafledger.library.company import read_company
from leafledger.library.load import LIBRARY, load

SHIPPED = load(LIBRARY)
HEADER = "id,name,value,unit,region,labels,valid_from,valid_to,published,data_year,publisher,source,verified,reasoning,successor\n"
UNDATED = (
    ": which edition serves a year depends on what was known (factors_as_of), and on how new its data are; "
    "of a day that is not known, take the last it can have been, and say so in note"
)


@pytest.mark.parametrize(
    ("id", "value", "unit"),
    [
        ("ndrc-2015.petrol.heating_value", "44.800", "GJ/t"),
        ("ndrc-2015.petrol.carbon_content", "18.9", "tC/TJ"),
        ("ndrc-2015.petrol.oxidation", "98", "percent"),
        ("ndrc-2015.natural_gas.heating_value", "389.31", "GJ/Nm3_10k"),
        ("ndrc-2015.natural_gas.carbon_content", "15.3", "tC/TJ"),
        ("ndrc-2015.natural_gas.oxidation", "99", "percent"),
        ("ndrc-2015.diesel.carbon_content", "20.2", "tC/TJ"),
        ("grid-electricity.CN.2021", "0.5568", "kgCO2/kWh"),
        ("grid-electricity.CN.2022", "0.5366", "kgCO2/kWh"),
        ("grid-electricity.CN.2023", "0.5306", "kgCO2/kWh"),
        ("grid-electricity-co2e.GB.2024", "0.20705", "kgCO2e/kWh"),
        ("grid-electricity.US.2023", "771.523", "lbCO2/MWh"),
        ("gwp.CH4.SAR", "21", "kgCO2e/kg"),
        ("gwp.CH4.AR4", "25", "kgCO2e/kg"),
        ("gwp.CH4.AR5", "28", "kgCO2e/kg"),
        ("gwp.CH4.AR6", "27.9", "kgCO2e/kg"),
        ("gwp.N2O.AR5", "265", "kgCO2e/kg"),
        ("gwp.SF6.AR5", "23500", "kgCO2e/kg"),
    ],
)
def test_a_shipped_factor_is_as_it_was_published(id, value, unit):
    assert (SHIPPED.factors[id].value, SHIPPED.factors[id].unit) == (Decimal(value), unit)


def test_every_fuel_of_the_chinese_guideline_has_heat_carbon_and_oxidation():
    names: dict[str, set[str]] = {}
    for factor in SHIPPED.factors.values():
        if factor.id.startswith("ndrc-2015.") and factor.labels:
            names.setdefault(factor.labels[0][1], set()).add(factor.name.removesuffix("_by_volume"))
    assert len(names) == 27
    assert all(found == {"heating_value", "carbon_content", "oxidation"} for found in names.values())


def test_every_shipped_factor_says_where_it_comes_from():
    lacking = [
        f.id
        for f in SHIPPED.factors.values()
        if not (f.publisher and f.title and f.source and f.licence and f.published)
    ]
    assert lacking == []
    assert not any(factor.assumed for factor in SHIPPED.factors.values())


def chosen(folder, name, year, as_of, labels=(), region="CN"):
    """The id of the factor that serves a site in a region for a year, by what was published on a day."""
    text = (
        COMPANY.replace("year: 2024", f"year: {year}")
        .replace("2025-04-30", as_of)
        .replace("region: CN", f"region: {region}")
    )
    company = read_company(harbour(folder, company_yaml=text))
    return choose(books(SHIPPED, company, (), ()), name, "works", labels, Period.parse(str(year))).id


@pytest.mark.parametrize(
    ("year", "as_of", "id"),
    [
        (2022, "2024-04-30", "grid-electricity.CN.2021"),
        (2023, "2024-04-30", "grid-electricity.CN.2021"),
        (2024, "2024-12-19", "grid-electricity.CN.2021"),
        (2024, "2025-04-30", "grid-electricity.CN.2022"),
        (2022, "2025-04-30", "grid-electricity.CN.2022"),
        (2024, "2026-04-30", "grid-electricity.CN.2023"),
    ],
)
def test_a_year_uses_the_newest_grid_factor_that_was_known(tmp_path, year, as_of, id):
    assert chosen(tmp_path, "grid_electricity", year, as_of) == id


@pytest.mark.parametrize(
    ("region", "id"),
    [
        ("CN-SH", "grid-electricity.CN-SH.2022"),
        ("CN-XZ", "grid-electricity.CN.2022"),
        ("US-CAMX", "grid-electricity.US-CAMX.2023"),
    ],
)
def test_a_region_without_a_factor_falls_back_to_the_wider_one(tmp_path, region, id):
    assert chosen(tmp_path, "grid_electricity", 2024, "2025-04-30", region=region) == id


@pytest.mark.parametrize(("year", "as_of"), [(2020, "2025-04-30"), (2024, "2024-04-11")])
def test_a_factor_serves_no_day_before_its_data_and_no_year_that_could_not_know_it(tmp_path, year, as_of):
    with pytest.raises(Hole, match="there is no factor grid_electricity for any label in CN or a wider region"):
        chosen(tmp_path, "grid_electricity", year, as_of)


def test_a_life_cycle_factor_never_serves_by_the_name_of_the_grid():
    names = {factor.name for factor in SHIPPED.factors.values() if "life cycle" in factor.title}
    assert names == {"electricity_lifecycle", "electricity_footprint"}


def test_a_name_without_rows_is_a_hole_where_it_is_asked_for(tmp_path):
    with pytest.raises(Hole, match="there is no factor wastewater_share"):
        chosen(tmp_path, "wastewater_share", 2024, "2025-04-30")


def test_two_editions_that_serve_equally_well_are_not_chosen_between(tmp_path):
    rows = "a,wastewater_share,90,percent,,,,,2024-01-01,2023,P,S,seen,,\nb,wastewater_share,80,percent,,,,,2024-01-01,2023,P,S,seen,,\n"
    own = write(tmp_path / "own", factors__own_csv=HEADER + rows)
    company = read_company(harbour(tmp_path / "harbour"))
    with pytest.raises(Hole, match=r"the factors [ab] and [ab] serve equally well"):
        choose(books(load(LIBRARY, own), company, (), ()), "wastewater_share", "works", (), Period.parse("2024"))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "a,grid_electricty,1,kgCO2/kWh,CN,,,,2024-01-01,2023,P,S,seen,,",
            "unknown factor name 'grid_electricty'; did you mean 'grid_electricity'?",
        ),
        (
            "a,steam,1,GJ/t,CN,,,,2024-01-01,2023,P,S,seen,,",
            "unknown factor name 'steam'; declare it in factors/names.yaml with title and unit",
        ),
        (
            "a,grid_electricity,1,kgCO2e/kWh,CN,,,,2024-01-01,2023,P,S,seen,,",
            "kgCO2e/kWh does not fit the factor grid_electricity, which is in kgCO2/kWh; mend the unit, or give the row another name",
        ),
        (
            "a,gwp,1,kgco2e/kg,CN,,,,2024-01-01,2023,P,S,seen,,",
            "'kgco2e' is not a unit; did you mean 'kgCO2e'?",
        ),
        (
            "a,gwp,1.2e3,kgCO2e/kg,CN,,,,2024-01-01,2023,P,S,seen,,",
            "'1.2e3' is not a plain decimal number such as 1234.5",
        ),
        (
            'a,gwp,"1,200",kgCO2e/kg,CN,,,,2024-01-01,2023,P,S,seen,,',
            "'1,200' is not a plain decimal number such as 1234.5",
        ),
        ("a,gwp,1,kgCO2e/kg,CNN,,,,2024-01-01,2023,P,S,seen,,", "unknown region 'CNN'; define it, or use one that is"),
        (
            "a,gwp,1,kgCO2e/kg,CN,gas,,,2024-01-01,2023,P,S,seen,,",
            "'gas' is not a list of labels such as gender=female;age=under_30",
        ),
        (
            "a,gwp,1,kgCO2e/kg,CN,gass=CH4,,,2024-01-01,2023,P,S,seen,,",
            "unknown dimension 'gass'; define it, or use one that is",
        ),
        (
            "a,gwp,1,kgCO2e/kg,CN,gas=CH44,,,2024-01-01,2023,P,S,seen,,",
            "unknown member of gas 'CH44'; define it, or use one that is",
        ),
        ("a,gwp,1,kgCO2e/kg,CN,,2024-02-30,,2024-01-01,2023,P,S,seen,,", "'2024-02-30' is not a day of the calendar"),
        (
            "a,gwp,1,kgCO2e/kg,CN,,2025-01-01,2024-01-01,2024-01-01,2023,P,S,seen,,",
            "it ends on 2024-01-01, before it begins on 2025-01-01; turn the two days round",
        ),
        (
            "a,gwp,1,kgCO2e/kg,CN,,,,2024-01-01,2023,,S,seen,,",
            "a factor needs a publisher and a source, or, if it is assumed, its reasoning",
        ),
        (
            "a,gwp,1,kgCO2e/kg,CN,,,,2024-01-01,2023,P,S,assumed,,",
            "an assumed factor needs its reasoning, and only an assumed one has it",
        ),
        ("a,gwp,1,kgCO2e/kg,CN,,,,2024-01-01,2023,P,S,read,,", "verified is 'read'; it may be seen, known or assumed"),
        ("a,gwp,1,kgCO2e/kg,CN,,,,2024-01-01,2023,P,S,seen,,zz", "unknown factor 'zz'; define it, or use one that is"),
        (
            "a,gwp,1,kgCO2e/kg,CN,,,,,2023,P,S,seen,,",
            f"a factor needs published{UNDATED}",
        ),
        ("a,gwp,1,kgCO2e/kg,CN,,,,,,P,S,seen,,", f"a factor needs published and data_year{UNDATED}"),
        (",gwp,1,kgCO2e/kg,CN,,,,2024-01-01,2023,P,S,seen,,", "the column id is empty"),
    ],
)
def test_a_factor_that_could_serve_wrongly_is_refused_with_its_line(tmp_path, row, said):
    own = write(tmp_path / "harbour", factors__own_csv=HEADER + row + "\n")
    assert problems(lambda: load(LIBRARY, own)) == [f"factors/own.csv:2: {said}"]


def test_an_edition_has_one_row(tmp_path):
    row = "a,gwp,1,kgCO2e/kg,CN,,,,2024-01-01,2023,P,S,seen,,\n"
    own = write(tmp_path / "harbour", factors__own_csv=HEADER + row + row)
    assert problems(lambda: load(LIBRARY, own)) == [
        "factors/own.csv:3: the factor a is already given at factors/own.csv:2; each edition has its own id"
    ]


def test_a_company_gives_the_factor_that_the_library_leaves_to_it(tmp_path):
    row = "own.share,wastewater_share,90,percent,,,,,,,,,assumed,As the water permit assumes.,\n"
    library = load(LIBRARY, write(tmp_path, factors__own_csv=HEADER + row))
    assert library.factors["own.share"].assumed
