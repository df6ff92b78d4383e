"""A company folder is read whole or refused with every error in it: each kind of refusal once, as people read it."""

import csv
from decimal import Decimal

import pytest
from library_cases import COMPANY, ENTRIES, SERIES, TITLE, harbour, problems, write

from leafledger.core.labels import labels
from leafledger.core.period import Period
from leafledger.library.company import read_company, read_entries, read_series
from leafledger.library.load import LIBRARY, load
from leafledger.library.years import outside_years

SHIPPED = load(LIBRARY)
FUELS = (
    "anthracite, bituminous_coal, sub_bituminous_coal, lignite, coking_coal, washed_coal "
    "and 120 more, which `leaf facts --list` names"
)
BY_USE = "energy_industry, industry, commercial, road, road_uncontrolled, road_low_mileage, off_road, rail, navigation, aviation"
PERIODS = "2025, 2025-Q1, 2025-03, 2025-03-15, 2025-01/2025-03 or 2025-01-05/2025-02-04"
HEADER = "id,activity,site,labels,period,value,unit,kind,bound,estimated,method,tolerance,source,worked_back_from,evidence,replaces\n"


def padded(row: str) -> str:
    """The row with a cell, if an empty one, for each column of the header."""
    return row + "," * (HEADER.count(",") + 1 - len(next(csv.reader([row])))) + "\n"


def read(folder):
    company = read_company(folder)
    series = read_series(folder, company, SHIPPED)
    return company, series, read_entries(folder, series, SHIPPED)


def told(folder, **changed):
    return problems(lambda: read(harbour(folder / "harbour", **changed)))


def test_a_sound_folder_is_read_as_it_was_written(tmp_path):
    row = (
        "x,energy.fuel,works,fuel=petrol,2024-01-05/2024-02-04,12.50,GJ,,over,yes,by tank,0.5,meter,"
        "energy.fuel@2024[fuel=petrol] energy.total@2024,a.pdf b.pdf,petrol-2024\n"
    )
    company, series, entries = read(harbour(tmp_path, entries__more_csv=HEADER + row))
    assert (company.sites[0].region, company.sites[0].place.line, series[0].owner) == ("CN", 5, "ana")
    one = entries[-1]
    assert (one.labels, one.period, one.value) == (
        labels(fuel="petrol"),
        Period.parse("2024-01-05/2024-02-04"),
        Decimal("12.50"),
    )
    assert (one.bound, one.estimated, one.tolerance, one.replaces) == ("over", True, Decimal("0.5"), "petrol-2024")
    assert one.worked_back_from == ("energy.fuel@2024[fuel=petrol]", "energy.total@2024")
    assert one.evidence == ("a.pdf", "b.pdf")


def test_a_folder_without_series_and_entries_is_a_company_that_has_recorded_nothing(tmp_path):
    company, series, entries = read(write(tmp_path, company_yaml=COMPANY))
    assert (company.id, series, entries) == ("harbour", (), [])


def test_a_folder_without_a_company_is_told_how_to_get_one(tmp_path):
    (only,) = problems(lambda: read_company(write(tmp_path / "empty")))
    assert only.startswith("empty: there is no company.yaml here, so this is not a company folder; `leaf init")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "id: harbour",
            "id: harbour\nid: x",
            "company.yaml:2: the key 'id' is already given in line 1; keep one of them",
        ),
        ("id: harbour\n", "", "company.yaml:1: the key 'id' is missing"),
        ("people:", "persons:", "company.yaml:1: the key 'people' is missing"),
        (
            "roles: [recorder]",
            "roles: [boss]",
            "company.yaml:7: people.0.roles.0: Input should be 'recorder', 'approver' or 'publisher' (found 'boss')",
        ),
        (
            "2025-04-30",
            "30 April",
            "company.yaml:9: years.0.factors_as_of: '30 April' is not a date such as 2024-03-15",
        ),
        ("id: works", "titel: works, id: works", "company.yaml:5: unknown key 'sites.0.titel'; did you mean 'title'?"),
        (
            "years:",
            "years:\n  - {year: 2024, factors_as_of: 2025-01-31}",
            "company.yaml:10: the year 2024 is already given at company.yaml:9; keep one of them",
        ),
        (
            "standards:",
            "languages: [zh-Hant]\nstandards:",
            "company.yaml:1: the prevailing language en is not among the languages zh-Hant; add it there",
        ),
        (
            "region: CN",
            "region: CHN",
            "company.yaml:5: unknown region 'CHN'; use one of library/regions.csv, or add regions.csv",
        ),
        (
            "gri-2021",
            "gri",
            f"company.yaml:1: unknown standard 'gri'; there are {', '.join(sorted(load(LIBRARY).standards))}",
        ),
        (
            "standards:",
            f"restatements:\n  - {{metric: energy.totals, year: 2024, reason: {TITLE}}}\nstandards:",
            "company.yaml:11: unknown figure 'energy.totals'; did you mean 'energy.total'?",
        ),
        (
            "standards:",
            "base_year: {year: 1999, threshold: 5}\nstandards:",
            "company.yaml:10: the base year is 1999, which is none of the years; name one of them, or add it to years",
        ),
        (
            "standards:",
            "base_year: {year: 2024, threshold: 5, figures: [ghg.scope4]}\nstandards:",
            "company.yaml:1: base_year: unknown figure 'ghg.scope4'; did you mean 'ghg.scope3'?",
        ),
        (
            "standards:",
            "base_year: {year: 2024, threshold: -5}\nstandards:",
            "company.yaml:10: the threshold of the base year is -5; it is by how many percent the year may move before it is restated, 0 or more",
        ),
        (
            "standards:",
            f"restatements:\n  - {{metric: energy.total, year: 1999, reason: {TITLE}}}\nstandards:",
            "company.yaml:11: energy.total is restated for 1999, which is none of the years; name one of them, or add it to years",
        ),
        *(
            (
                "standards:",
                f"restatements:\n  - {{metric: energy.total, year: 2024, old_value: '{value}', reason: {TITLE}}}\nstandards:",
                f"company.yaml:11: old_value: {value!r} is not a plain decimal number such as 1234.5; "
                "write it as it was published, without separators, or leave it out if it is not known",
            )
            for value in ("3,405.8", "NaN", "1E+400")
        ),
    ],
)
def test_each_mistake_in_company_yaml_is_told_in_its_line(tmp_path, old, new, said):
    assert said in told(tmp_path, company_yaml=COMPANY.replace(old, new))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("energy.electrcity,works,,,,", "unknown activity 'energy.electrcity'; did you mean 'energy.electricity'?"),
        ("energy.electricity,wroks,,,,", "unknown site 'wroks'; did you mean 'works'?"),
        ("energy.electricity,yard,,,,", "unknown site 'yard'; company.yaml lists works"),
        (
            "energy.total,works,,,,",
            "energy.total is computed, so nobody records it; record what it is computed from, which `leaf facts --list` names",
        ),
        ("water.consumption,works,,,,bob", "unknown owner 'bob'; company.yaml lists ana"),
        (
            "energy.fuel,works,,,,",
            f"energy.fuel is collected by fuel ({FUELS}) or fuel+use ({BY_USE}), not by no labels; write labels such as fuel=anthracite",
        ),
        (
            "people.part_time,works,gender=male,,,",
            "people.part_time is collected by no labels, not by gender; leave the labels empty",
        ),
        (
            "training.people,works,,,,",
            "training.people is collected by gender (male, female) or level (management, non_management), not by no labels; "
            "write labels such as gender=male",
        ),
        ("energy.fuel,works,fuel=wood,,,", f"fuel has no member 'wood'; it has {FUELS}"),
        ("energy.fuel,works,fuel=desel,,,", "fuel has no member 'desel'; did you mean 'diesel'?"),
        ("training.people,works,gender=men,,,", "gender has no member 'men'; it has male, female"),
        ("energy.fuel,works,fuel,,,", "'fuel' is not a list of labels such as gender=female;age=under_30"),
        ("water.consumption,works,,2024,,", "'2024' is not a date such as 2024-03-15"),
        (
            "water.consumption,works,,2024-06-01,2024-01-01,",
            "the series ends on 2024-01-01, before it begins on 2024-06-01; turn the two days round",
        ),
        ("energy.electricity,works,,,,", "this series is already declared at series.csv:2"),
    ],
)
def test_each_mistake_in_series_csv_is_told_in_its_line(tmp_path, row, said):
    assert told(tmp_path, series_csv=f"{SERIES}{row}\n") == [f"series.csv:4: {said}"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "power-2024,energy.electricity,works,,2024,1,MWh",
            "the id power-2024 is already used at entries/all.csv:2; each entry has its own id",
        ),
        (",energy.electricity,works,,2024,1,MWh", "the entry has no id"),
        (
            "x,energy.electrcity,works,,2024,1,MWh",
            "unknown activity 'energy.electrcity'; did you mean 'energy.electricity'?",
        ),
        (
            "x,water.consumption,works,,2024,1,t",
            "no series water.consumption works is declared; add it to series.csv, so that a missing month can be noticed, or mend the entry",
        ),
        ("x,energy.electricity,wroks,,2024,1,MWh", "unknown site 'wroks'; did you mean 'works'?"),
        ("x,energy.electricity,yard,,2024,1,MWh", "unknown site 'yard'; the sites are works"),
        ("x,energy.fuel,works,fuel=desel,2024,1,MWh", "fuel has no member 'desel'; did you mean 'diesel'?"),
        (
            "x,energy.fuel,works,,2024,1,MWh",
            f"energy.fuel is collected by fuel ({FUELS}) or fuel+use ({BY_USE}), not by no labels; write labels such as fuel=anthracite",
        ),
        (
            "x,energy.electricity,works,,2024,1,t",
            "'t' cannot be turned into 'MWh': they do not measure the same thing; energy.electricity is kept in MWh, "
            "and may be written in J, kJ, MJ, GJ, TJ, Wh, kWh, GWh, TWh, Btu, mmBtu, therm, kgce, tce",
        ),
        (
            "x,energy.electricity,works,,2024,1,Mwh",
            "'Mwh' is not a unit; did you mean 'MWh'? energy.electricity is kept in MWh",
        ),
        ("x,energy.electricity,works,,2024-13,1,MWh", f"'2024-13' is not a period; write it as {PERIODS}"),
        ("x,energy.electricity,works,,31/12/2024,1,MWh", f"'31/12/2024' is not a period; write it as {PERIODS}"),
        ("x,energy.electricity,works,,2024-02-30,1,MWh", "'2024-02-30' is not a day of the calendar"),
        (
            "x,energy.electricity,works,,2024-02-04/2024-01-05,1,MWh",
            "a period cannot end (2024-01-05) before it starts (2024-02-04)",
        ),
        ("x,energy.electricity,works,,2024,,MWh", "'' is not a plain decimal number such as 1234.5"),
        ("x,energy.electricity,works,,2024,n/a,MWh", "'n/a' is not a plain decimal number such as 1234.5"),
        ('x,energy.electricity,works,,2024,"1,200",MWh', "'1,200' is not a plain decimal number such as 1234.5"),
        (
            "x,energy.electricity,works,,2024,1000000000000,MWh",
            "the value 1000000000000 cannot be held exactly (at most 6 decimals, below 10^12); use a larger unit",
        ),
        (
            "x,energy.electricity,works,,2024,0.0000001,MWh",
            "the value 1E-7 cannot be held exactly (at most 6 decimals, below 10^12); use a larger unit",
        ),
        ("x,energy.electricity,works,,2024,-1,MWh", "a reading cannot be negative (-1); an adjustment can"),
        (
            "x,energy.electricity,works,,2024,1,MWh,nil",
            "a nil entry says that there was none, so its value is 0, not 1",
        ),
        (
            "x,energy.electricity,works,,2024,0,MWh,nil,over",
            "a nil entry says that there was none, and cannot be 'over'; leave its bound empty, or record a reading",
        ),
        (
            "x,energy.electricity,works,,2024,1,MWh,guess",
            "kind is 'guess'; it may be reading, adjustment, assertion, nil, register",
        ),
        ("x,energy.electricity,works,,2024,1,MWh,,more", "bound is 'more'; it may be exact, over, within, about"),
        ("x,energy.electricity,works,,2024,1,MWh,,,perhaps", "estimated is 'perhaps'; it may be yes, no or empty"),
        (
            "x,energy.electricity,works,,2024,1,MWh,,,yes",
            "an estimated value needs its method, so that a reader can judge it",
        ),
        ("x,energy.electricity,works,,2024,1,MWh,,,,,-1", "a tolerance is a half-width, so it cannot be negative (-1)"),
        (
            "x,energy.electricity,yard,,2024,1,MWh,assertion",
            "energy.electricity is not collected at yard, so this assertion would be compared with nothing; leave its site empty, or mend it",
        ),
        (
            "x,energy.fuel,,fuel=wood,2024,1,MWh,assertion",
            f"fuel has no member 'wood'; it has {FUELS}",
        ),
        (
            "x,energy.fuel,,gender=male,2024,1,MWh,assertion",
            "energy.fuel has no figure for gender=male, so this assertion would be compared with nothing; give at most one label, of fuel, use",
        ),
        (
            "x,energy.electricity,works,,2024,1,MWh,,,,,,,energy.totals@2024",
            "worked_back_from: 'energy.totals@2024' names no figure; write it like people.turnover_rate@2024[gender=male]",
        ),
        (
            "x,energy.electricity,works,,2024,1,MWh,,,,,,,energy.fuel@2024[fuel=petrol",
            "worked_back_from: 'energy.fuel@2024[fuel=petrol' names no figure; write it like people.turnover_rate@2024[gender=male]",
        ),
    ],
)
def test_each_mistake_in_an_entry_is_told_in_its_line(tmp_path, row, said):
    assert told(tmp_path, entries__more_csv=HEADER + padded(row)) == [f"entries/more.csv:2: {said}"]


def test_a_ratio_has_no_amounts_to_move(tmp_path):
    row = padded("x,datacenter.pue,works,,2024,0.1,dimensionless,adjustment")
    said = told(tmp_path, series_csv=SERIES + "datacenter.pue,works,,,,\n", entries__more_csv=HEADER + row)
    assert said == [
        "entries/more.csv:2: a ratio has no amounts to move; record a reading that replaces the one that is wrong"
    ]


def test_a_stock_does_not_stand_over_years(tmp_path):
    row = padded("x,people.employees,works,gender=male,2022-01-01/2024-12-31,7,person")
    said = told(tmp_path, series_csv=SERIES + "people.employees,works,gender=male,,,\n", entries__more_csv=HEADER + row)
    assert said == ["entries/more.csv:2: a stock stands at a day or in a year, not over 1096 days"]


def test_every_mistake_of_every_file_of_entries_is_told_at_once(tmp_path):
    said = told(
        tmp_path,
        entries__all_csv=ENTRIES.replace("MWh", "t"),
        entries__broken_csv="id,activity\nx,energy.fuel\n",
        entries__late_csv=HEADER + padded("y,energy.fuel,works,fuel=petrol,soon,1,MWh"),
    )
    assert [line.split(": ")[0] for line in said] == [
        "entries/broken.csv:1", "entries/late.csv:2", "entries/all.csv:2", "entries/all.csv:3",
    ]  # fmt: skip


def test_part_of_a_counted_thing_is_refused(tmp_path):
    row = padded("x,people.part_time,works,,2024-12-31,100.5,person")
    said = told(tmp_path, series_csv=SERIES + "people.part_time,works,,,,\n", entries__more_csv=HEADER + row)
    assert said == [
        "entries/more.csv:2: people.part_time is counted in whole persons, so 100.5 cannot be right; record the whole number"
    ]


def test_a_whole_number_of_counted_things_may_be_written_with_a_nought_behind_the_point(tmp_path):
    row = padded("x,people.part_time,works,,2024-12-31,100.0,person")
    assert told(tmp_path, series_csv=SERIES + "people.part_time,works,,,,\n", entries__more_csv=HEADER + row) == []


def test_a_bill_of_water_is_recorded_in_cubic_metres_of_water(tmp_path):
    series, bill = SERIES + "water.consumption,works,,,,\n", "x,water.consumption,works,,2024,20,"
    assert told(tmp_path / "a", series_csv=series, entries__more_csv=HEADER + padded(bill + "m3")) == [
        "entries/more.csv:2: 'm3' cannot be turned into 't': they do not measure the same thing; water.consumption is kept in t; "
        "a volume of water is written in m3_water, by which 1 m3 is 1 t"
    ]
    assert told(tmp_path / "b", series_csv=series, entries__more_csv=HEADER + padded(bill + "m3_water")) == []


def test_a_site_of_the_company_that_has_no_series_is_no_slip(tmp_path):
    yard = COMPANY.replace("people:", f"  - {{id: work, title: {TITLE}, region: CN}}\npeople:")
    folder = harbour(
        tmp_path / "harbour",
        company_yaml=yard,
        entries__more_csv=HEADER + padded("x,energy.electricity,work,,2024,1,MWh"),
    )
    company = read_company(folder)
    series = read_series(folder, company, SHIPPED)
    (said,) = problems(lambda: read_entries(folder, series, SHIPPED, company))
    assert said.startswith("entries/more.csv:2: no series energy.electricity work is declared")


def test_what_lies_in_entries_and_is_not_read_is_named(tmp_path):
    said = told(
        tmp_path,
        entries__more_CSV=ENTRIES,
        entries__bills_xlsx="not text",
        entries__march__power_csv=ENTRIES,
        entries__README_md="How we record.",
        entries__pictures__meter_png="a picture",
    )
    assert said == [
        "entries/bills.xlsx: this is not read, so what it records would not count; "
        "save each sheet as CSV (UTF-8) in entries/, and keep the file itself in evidence/",
        "entries/march: this is not read, so what it records would not count; move the CSV files of the folder up into entries/",
        "entries/more.CSV: this is not read, so what it records would not count; only names that end in .csv are: rename it more.csv",
    ]


def test_a_flow_of_no_reporting_year_is_told_and_the_stock_of_a_target_year_is_not(tmp_path):
    rows = padded("old,energy.electricity,works,,2023-12,1,MWh") + padded(
        "new,energy.electricity,works,,2023-12-15/2024-01-14,1,MWh"
    )
    target = padded("heads,people.part_time,works,,2023-12-31,4,person") + padded(
        "target,people.part_time,works,,2030-12-31,5,person"
    )
    folder = harbour(
        tmp_path, series_csv=SERIES + "people.part_time,works,,,,\n", entries__more_csv=HEADER + rows + target
    )
    company, _, entries = read(folder)
    (told, also) = outside_years(entries, company, SHIPPED)
    assert (str(told.place), told.severity) == ("entry old", "warning")
    assert told.message.startswith("2023-12 lies in no reporting year (2024), so no figure counts it")
    assert str(also.place) == "entry heads", "nor does anything count a stock of a year before"


def test_what_a_meter_showed_on_the_day_before_the_first_year_is_counted_from_and_not_told(tmp_path):
    rows = padded("before,energy.electricity,works,,2023-12-31,100,MWh,register")
    after = padded("after,energy.electricity,works,,2024-12-31,250,MWh,register")
    company, _, entries = read(harbour(tmp_path, series_csv=SERIES, entries__more_csv=HEADER + rows + after))
    assert not list(outside_years(entries, company, SHIPPED))
    alone, _, entries = read(harbour(tmp_path / "alone", series_csv=SERIES, entries__more_csv=HEADER + rows))
    assert [str(told.place) for told in outside_years(entries, alone, SHIPPED)] == ["entry before"]
