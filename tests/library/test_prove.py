"""Formulas are proven before anything is computed: what they name exists, the units come out, and nothing goes in a circle."""

from itertools import pairwise

import pytest
from library_cases import TITLE, problems, write

from leafledger.engine.formula import FORMS
from leafledger.engine.prove import proven
from leafledger.library.load import LIBRARY, load

SAME = "; all have to measure the same thing"
ALONE = ", and does not stand in another each(...)"
OUTSIDE = " stands in each(...), which goes over single cells; take it outside"
RATIO = ", which never adds up, and its kind is flow; say kind: ratio, or mend the formula"
ENDING = "; only like may be added to like"
CELLS = "; each(...) goes over the cells of one activity, or of a metric that only adds up cells, by each(...), recorded(...) and declared(...)"


def metric(id="fleet.total", unit="t", formula="water.consumption", more=""):
    return f"- id: {id}\n  title: {TITLE}\n  unit: {unit}\n  kind: flow\n  formula: {formula}\n{more}"


def told(folder, *metrics):
    own = write(folder / "harbour", metrics__own_yaml="".join(metrics))
    return problems(lambda: proven(load(LIBRARY, own)))


def test_the_shipped_library_is_proven():
    assert proven(load(LIBRARY)).metrics["ghg.scope1"].unit == "tCO2e"


@pytest.mark.parametrize(
    ("unit", "formula", "said"),
    [
        ("MWh", "water.consumption", "the formula gives t, which is not MWh; mend the formula or the unit"),
        ("t", "water.consumption + energy.fuel", f"it adds water.consumption (t) and energy.fuel (MWh){ENDING}"),
        ("t", "water.consumption - 1", f"it subtracts water.consumption (t) and a plain number{ENDING}"),
        ("t", "water.consumtion", "unknown figure 'water.consumtion'; did you mean 'water.consumption'?"),
        ("t", "nothing.like.it", "unknown figure 'nothing.like.it'; it is neither an activity nor a metric"),
        (
            "t",
            'water.consumption * unit("stone")',
            "'stone' is not a unit; units are written like MWh, GJ, t, m3, person or CNY_million",
        ),
        (
            "t",
            "each(water.consumption * factor.wastewater_shar)",
            "there is no factor called 'wastewater_shar'; did you mean 'wastewater_share'?",
        ),
        (
            "t",
            "each(water.consumption * factor.made_up)",
            "there is no factor called 'made_up'; declare its title and unit in factors/names.yaml",
        ),
        (
            "t",
            "water.consumption * factor.wastewater_share",
            "factor.wastewater_share stands outside each(...); a factor is chosen for one cell at a time",
        ),
        (
            "tCO2e",
            "each(energy.electricity * factor.grid_electricity)",
            "the formula gives tCO2, which is not tCO2e; mend the formula or the unit",
        ),
        ("MWh", "each(energy.intensity * 2)", f"energy.intensity is a metric{CELLS}"),
        (
            "MWh",
            "each(energy.fuel + energy.electricity)",
            "each(...) goes over exactly one activity, and does not stand in another each(...)",
        ),
        (
            "tCO2e",
            "each(energy.electricity * either(factor.grid_electricity_co2e, factor.grid_electricity))",
            "either(...) gives kgCO2e/kWh or kgCO2/kWh; both have to measure the same thing",
        ),
        (
            "MWh",
            "either(energy.fuel, energy.electricity)",
            "either(...) stands outside each(...); which of the two serves is found for one cell at a time",
        ),
        (
            "MWh",
            "each(each(energy.fuel))",
            "each(...) goes over exactly one activity, and does not stand in another each(...)",
        ),
        (
            "t",
            "max(water.consumption)",
            f"max(water.consumption) is not understood here; there are {FORMS}",
        ),
        (
            "MWh",
            "each(total(energy.fuel) * 2)",
            "total(energy.fuel) stands in each(...), which goes over single cells; take it outside",
        ),
        (
            "percent",
            "energy.fuel / energy.total",
            "the formula gives a ratio, which never adds up, and its kind is flow; say kind: ratio, or mend the formula",
        ),
        (
            "MWh",
            "recorded(energy.fuel, water.consumption)",
            f"recorded(...) has energy.fuel (MWh) and water.consumption (t){SAME}",
        ),
        ("MWh", "each(recorded(energy.fuel, energy.electricity))", f"each(...) goes over exactly one activity{ALONE}"),
        ("MWh", "each(recorded(energy.fuel))", f"recorded(...){OUTSIDE}"),
        ("MWh", "sources(energy.fuel * 2)", f"sources(energy.fuel * 2) is not understood here; there are {FORMS}"),
        (
            "MWh",
            'energy.electricity(fuel="diesel")',
            "energy.electricity is not split by fuel; take it without that label, or split it",
        ),
        ("MWh", 'energy.fuel(fuel="disel")', "fuel has no member 'disel'; did you mean 'diesel'?"),
        ("MWh", "energy.fuel(fuel=2)", 'labels are written like (gas="CH4", fuel="diesel")'),
        ("tCO2e", 'each(energy.fuel * factor.gwp(gass="CH4"))', "unknown dimension 'gass'"),
        (
            "MWh",
            "supplied(energy.electricity, each(energy.fuel * 1))",
            "energy.electricity and energy.fuel are collected by other labels, so neither could take the other's place",
        ),
        (
            "MWh",
            "supplied(energy.total, each(energy.fuel * 1))",
            "supplied(...) takes an activity that suppliers state, and each(...) over one activity",
        ),
        ("percent", "primary_share(energy.fuel)", f"the formula gives a ratio{RATIO}"),
        (
            "tCO2e",
            "market(energy.electricity, energy.fuel, factor.grid_electricity_co2e, ghg.scope2)",
            "energy.fuel is not collected by contract, so nobody could say which one is claimed",
        ),
        ("t", "(", "'(' is not readable as a formula"),
    ],
)
def test_each_mistake_in_a_formula_is_told_in_its_line(tmp_path, unit, formula, said):
    (only,) = told(tmp_path, metric(unit=unit, formula=formula))
    assert only == f"metrics/own.yaml:5: fleet.total: {said}"


@pytest.mark.parametrize(
    "formula",
    [
        "water.consumption ** 2",
        "water.consumption if 1 else 2",
        "[1]",
        "True",
        "'text'",
        "water.consumption.__class__",
        "1 < 2",
    ],
)
def test_a_formula_is_not_a_program(tmp_path, formula):
    (only,) = told(tmp_path, metric(formula=f'"{formula}"'))
    assert only.startswith("metrics/own.yaml:5: fleet.total: ")


def test_a_figure_is_split_only_by_what_its_parts_are_split_by(tmp_path):
    part = metric(unit="MWh", formula="energy.fuel + energy.electricity", more="  splits: [fuel]\n")
    assert told(tmp_path, part) == [
        "metrics/own.yaml:5: fleet.total is split by fuel, but energy.electricity is not; "
        "drop the split or take total(energy.electricity)"
    ]


def test_a_formula_for_the_total_alone_need_not_be_split(tmp_path):
    formulas = "  formulas:\n    - {formula: energy.fuel, at: parts}\n    - {formula: energy.electricity, at: total}\n"
    assert (
        told(tmp_path, f"- id: fleet.total\n  title: {TITLE}\n  unit: MWh\n  kind: flow\n  splits: [fuel]\n{formulas}")
        == []
    )


def test_an_amount_is_not_called_a_ratio(tmp_path):
    for formula in ("energy.fuel + energy.electricity", "energy.fuel * economy.revenue / economy.donations"):
        (said,) = told(tmp_path, metric(unit="MWh", formula=formula).replace("kind: flow", "kind: ratio"))
        assert "the formula gives an amount, which adds up, and its kind is ratio" in said


def dated(*formulas):
    return f"- id: fleet.total\n  title: {TITLE}\n  unit: MWh\n  kind: flow\n  splits: [fuel]\n  formulas:\n" + "".join(
        f"    - {{formula: energy.fuel{more}}}\n" for more in formulas
    )


@pytest.mark.parametrize(
    "formulas",
    [
        ("", ""),
        (", since: 2023-01-01", ", until: 2023-01-01"),
        (", at: parts", ""),
        (", at: total", ", at: parts", ", since: 2024-01-01, at: total"),
    ],
)
def test_two_formulas_in_force_at_once_are_not_chosen_between(tmp_path, formulas):
    (said,) = told(tmp_path, dated(*formulas))
    assert said == (
        f"metrics/own.yaml:{6 + len(formulas)}: fleet.total: the formula at metrics/own.yaml:7 "
        "is in force for the same days and parts; tell them apart by since, until or at"
    )


@pytest.mark.parametrize(
    "formulas",
    [
        (", since: 2023-01-02", ", until: 2023-01-01"),
        (", at: parts", ", at: total"),
        (", until: 2022-12-31", ", since: 2023-01-01, at: parts", ", since: 2023-01-01, at: total"),
    ],
)
def test_formulas_that_follow_one_another_or_serve_different_parts_are_proven(tmp_path, formulas):
    assert told(tmp_path, dated(*formulas)) == []


def test_a_circle_is_told_as_a_circle(tmp_path):
    said = told(
        tmp_path,
        metric("a.one", formula="a.two"),
        metric("a.two", formula="a.three"),
        metric("a.three", formula="a.one"),
    )
    assert len(said) == 1
    assert said[0].endswith(": a figure cannot be computed from itself; take one of them out of the circle")
    around = said[0].split(": ")[1].split(" → ")
    assert around[0] == around[-1]
    assert {tuple(pair) for pair in pairwise(around)} == {
        ("a.one", "a.two"), ("a.two", "a.three"), ("a.three", "a.one"),
    }  # fmt: skip


def test_a_metric_without_a_formula_is_told(tmp_path):
    said = told(tmp_path, f"- {{id: fleet.total, title: {TITLE}, unit: t, kind: flow, formulas: []}}\n")
    assert said == ["metrics/own.yaml:1: fleet.total has no formula"]
