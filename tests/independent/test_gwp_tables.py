"""Our global warming potentials are those of the table that openclimatedata keeps, gas by gas and report by report."""

from decimal import Decimal

import pytest

from leafledger.library.load import LIBRARY, load

theirs = pytest.importorskip("globalwarmingpotentials")

SETS = {"SAR": "SARGWP100", "AR4": "AR4GWP100", "AR5": "AR5GWP100", "AR6": "AR6GWP100"}
OURS = {
    (dict(factor.labels)["gas"], factor.gwp_basis): factor.value
    for factor in load(LIBRARY).factors.values()
    if factor.name == "gwp"
}
DIFFERENT: dict[tuple[str, str], str] = {}
"""Where the two differ, and why: nowhere."""


def of_theirs(gas: str, basis: str) -> Decimal | None:
    found = theirs.data[SETS[basis]].get(gas)
    return None if found is None or found != found else Decimal(str(found))


def test_each_gas_that_both_have_has_one_potential() -> None:
    both = {key: of_theirs(*key) for key in OURS if of_theirs(*key) is not None}
    assert len(both) > 120
    apart = {key: (OURS[key], value) for key, value in both.items() if OURS[key] != value}
    assert set(apart) == set(DIFFERENT), apart


def test_no_gas_of_the_kyoto_protocol_that_they_list_is_missing_here() -> None:
    families = ("CH4", "N2O", "SF6", "NF3", "HFC", "CF4", "C2F6", "C3F8", "cC4F8", "C4F10", "C5F12", "C6F14")
    listed = {gas for gas in theirs.data["AR6GWP100"] if gas.startswith(families)}
    assert len(listed) > 25 and {gas for gas, _ in OURS} >= listed
