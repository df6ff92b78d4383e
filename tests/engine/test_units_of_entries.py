"""Units: whatever unit an entry is written in, the figures are the same to the last digit."""

from dataclasses import replace

import pytest
from engine_cases import activity, computed, entry, library, value

from issuer import facts, facts_of, issuer
from leafledger.core.entry import Entry
from leafledger.library.units import factor_between

SMALLER = {
    "MWh": "kWh",
    "t": "kg",
    "CNY_million": "CNY_10k",
    "CNY_10k": "CNY",
    "tCO2e": "kgCO2e",
    "kWh": "Wh",
    "h": "minute",
    "percent": "permille",
}


def test_the_issuer_written_in_smaller_units_gives_the_same_facts() -> None:
    assert {entry.unit for entry in issuer().entries} >= {"MWh", "t", "CNY_million", "h", "percent"}
    now = facts_of(replace(issuer(), entries=tuple(smaller(entry) for entry in issuer().entries)))
    assert {key: fact.id for key, fact in now.items()} == {key: fact.id for key, fact in facts().items()}
    assert {key: (fact.low, fact.high) for key, fact in now.items()} == {
        key: (fact.low, fact.high) for key, fact in facts().items()
    }


def smaller(of: Entry) -> Entry:
    """The same entry in a smaller unit, open as far as it was."""
    if of.unit not in SMALLER:
        return of
    from leafledger.engine.cells import left_open

    times = factor_between(of.unit, SMALLER[of.unit])
    assert times.denominator == 1
    open_ = left_open(of, issuer().library.counted)
    return replace(of, unit=SMALLER[of.unit], value=of.value * int(times), tolerance=open_ * int(times))


@pytest.mark.parametrize(
    ("amount", "shown"), [("1 GJ", "0.277777777778"), ("3.6 GJ", "1"), ("1 tce", "8.141"), ("2500 kWh", "2.5")]
)
def test_an_amount_in_another_unit_is_cut_at_the_named_grain_only(amount: str, shown: str) -> None:
    assert (
        value(computed(library(activity("power", "MWh")), [entry("power works", "2024", amount)]), "power@2024")
        == shown
    )
