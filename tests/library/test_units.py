"""Units are exact, and what must not be added to one another is not the same thing."""

from fractions import Fraction

import pytest

from leafledger.library.units import UNITS_FILE, UnknownUnit, factor_between, unit


@pytest.mark.parametrize(
    ("given", "wanted", "times"),
    [
        ("MWh", "GJ", Fraction(18, 5)),
        ("tC/TJ", "kgC/MWh", Fraction(18, 5)),
        ("Nm3_10k", "Nm3", Fraction(10_000)),
        ("percent", "ratio", Fraction(1, 100)),
        ("lbCO2/MWh", "kgCO2/kWh", Fraction(45_359_237, 100_000_000_000)),
        ("tce", "GJ", Fraction(293_076, 10_000)),
        ("h", "minute", Fraction(60)),
        ("m3_water", "t", Fraction(1)),
        ("L_water", "kg", Fraction(1)),
    ],
)
def test_one_unit_is_an_exact_number_of_another(given, wanted, times):
    assert factor_between(given, wanted) == times


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("tCO2", "t"),
        ("tCO2", "tCO2e"),
        ("tC", "tCO2"),
        ("person", "supplier"),
        ("person", "ratio"),
        ("CNY", "HKD"),
        ("day", "h"),
        ("m3", "Nm3"),
        ("m3", "t"),
        ("m3", "m3_water"),
        ("MWh", "MW"),
    ],
)
def test_what_is_not_the_same_thing_is_not_converted(given, wanted):
    with pytest.raises(ValueError, match=f"'{given}' cannot be turned into '{wanted}'"):
        factor_between(given, wanted)


def test_a_compound_is_read_from_left_to_right():
    assert unit("kWh/m2/day") == unit("kWh / m2 / day") == unit("kWh") / unit("m2") / unit("day")


@pytest.mark.parametrize("name", ["MHw", "Mwh", "1/kWh", "kWh^2", "", "kWh//day", "__import__", "kilogram", "x" * 61])
def test_a_name_that_is_not_there_is_not_a_unit(name):
    with pytest.raises(UnknownUnit, match="is not a unit; "):
        unit(name)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("kwh", "kWh"), ("KWH", "kWh"), ("MWhh", "MWh"), ("gj", "GJ"), ("KG", "kg"), ("m³", "m3"), ("tonnes", "t"),
        ("persons", "person"), ("%", "percent"), ("RMB", "CNY"), ("度", "kWh"), ("kgCO2/kwh", "kWh"),
    ],
)  # fmt: skip
def test_a_unit_as_bills_write_it_is_led_to_ours(given, meant):
    with pytest.raises(UnknownUnit, match=f"did you mean '{meant}'"):
        unit(given)


def test_a_unit_that_is_like_no_other_is_told_how_units_are_written():
    with pytest.raises(
        UnknownUnit, match="'stone' is not a unit; units are written like MWh, GJ, t, m3, person or CNY_m"
    ):
        unit("stone")


def test_no_unit_is_read_as_another_with_a_prefix():
    names = [
        line.split(" = ")[0] for line in UNITS_FILE.read_text("utf-8").splitlines() if " = " in line and line[0] != "#"
    ]
    assert len(names) == len(set(names)) > 100
    assert all(unit(name).scale > 0 for name in names)
