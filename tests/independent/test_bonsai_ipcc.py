"""Our formulas, run by our engine, come to what bonsai-ipcc comes to by the IPCC's equations; and our factors by IPCC are its data."""

import csv
import sys
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "engine"))
from engine_cases import activity, computed, entry, factor, library, metric

from leafledger.core.definition import Factor
from leafledger.library.load import LIBRARY, load
from leafledger.library.units import factor_between

if find_spec("bonsai_ipcc") is None:
    pytest.skip(
        "bonsai-ipcc is not installed: pip install -r tests/independent/requirements.txt", allow_module_level=True
    )

from bonsai_ipcc.industry.metal import elementary as metal
from bonsai_ipcc.industry.mineral import elementary as mineral
from bonsai_ipcc.waste.incineration import elementary as incineration

DATA = Path(str(find_spec("bonsai_ipcc").origin)).parent / "data" / "generic"  # type: ignore[union-attr]
SAME = {
    "diesel": "gas_diesel_oil",
    "gas_oil": "gas_diesel_oil",
    "petrol": "motor_gasoline",
    "lpg": "liquefied_petroleum_gases",
    "crude_oil": "oil",
    "fuel_oil": "residual_fuel_oil",
    "bituminous_coal": "other_bituminous_coal",
}
"""What is called otherwise here and there."""


def ours(amounts: dict[str, str], formula: str, unit: str, *factors: Factor) -> float:
    """The figure by our engine, of amounts such as `clinker: 1000 t`."""
    figures = [activity(id, amount.split()[1]) for id, amount in amounts.items()]
    of = library(*figures, metric("figure", unit, formula), factors=factors)
    entries = [entry(f"{id} works", "2024", amount) for id, amount in amounts.items()]
    value = computed(of, entries)["figure@2024"].value
    assert value is not None
    return float(value)


def share(name: str, value: str, unit: str = "ratio") -> Factor:
    return factor(name, name, value, unit)


def test_cement_by_clinker() -> None:
    theirs = mineral.co2_emissions_tier1_(800.0, 0.75, 40.0, 25.0, mineral.ef_clc(0.65, 1.02))
    found = ours(
        {"cement": "800 t", "clinker_in": "40 t", "clinker_out": "25 t"},
        "each(cement * factor.clinker_share * factor.cao / factor.cao_in_calcite * factor.co2_in_calcite * factor.dust)"
        " - each(clinker_in * factor.cao / factor.cao_in_calcite * factor.co2_in_calcite * factor.dust)"
        " + each(clinker_out * factor.cao / factor.cao_in_calcite * factor.co2_in_calcite * factor.dust)",
        "tCO2",
        share("clinker_share", "0.75"),
        share("cao", "0.65"),
        share("cao_in_calcite", "0.5603"),
        share("co2_in_calcite", "0.43971", "tCO2/t"),
        share("dust", "1.02"),
    )
    assert found == pytest.approx(theirs, rel=1e-12)


def test_waste_that_is_burnt() -> None:
    theirs = incineration.co2_emissions(1250.0, 0.9, 0.4, 0.75, 0.98)
    found = ours(
        {"waste": "1250 t"},
        'each(waste * factor.dry * factor.carbon * factor.fossil * factor.oxidation * 44 / 12 * unit("tCO2/tC"))',
        "tCO2",
        share("dry", "0.9"),
        share("carbon", "0.4", "tC/t"),
        share("fossil", "0.75"),
        share("oxidation", "0.98"),
    )
    assert found == pytest.approx(theirs, rel=1e-12)


@pytest.mark.parametrize(
    ("amount", "per", "theirs"),
    [
        ("1000", "1.35", metal.co2_pigiron),
        ("250", "0.70", metal.co2_dri_tier1_),
        ("640", "1.46", metal.co2_steelmaking_tier1_),
    ],
)
def test_iron_and_steel_by_product(amount: str, per: str, theirs) -> None:  # type: ignore[no-untyped-def]
    found = ours({"product": f"{amount} t"}, "each(product * factor.per)", "tCO2", share("per", per, "tCO2/t"))
    assert found == pytest.approx(theirs(float(amount), float(per)), rel=1e-12)


@pytest.mark.parametrize("of", ["carbon", "heat"])
def test_our_fuel_factors_by_ipcc_are_theirs(of: str) -> None:
    """NDRC's factors are not on this ground: China's coals are its own."""
    name, file, unit = {
        "carbon": ("carbon_content", "par_carbon_content_per_energy.csv", "kgC/GJ"),
        "heat": ("heating_value", "par_energy_content_per_mass.csv", "GJ/t"),
    }[of]
    listed = _listed(file)
    compared = 0
    for one in load(LIBRARY).factors.values():
        fuel = dict(one.labels).get("fuel", "")
        value = listed.get(SAME.get(fuel, fuel))
        if one.name == name and one.publisher == "IPCC" and value is not None:
            assert _in(one, unit) == value, one.id
            compared += 1
    if compared == 0:
        pytest.skip(f"the library has no {name} by IPCC")


def _in(one: Factor, unit: str) -> Decimal:
    scale = factor_between(one.unit, unit)
    return one.value * scale.numerator / scale.denominator


def _listed(file: str) -> dict[str, Decimal]:
    with (DATA / file).open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["property"] == "def" and row["region"] == "World"]
    return {row["product"]: Decimal(row["value"]) for row in rows}
