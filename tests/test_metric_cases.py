"""Every metric of the library has cases that its owner can read, and each case comes out."""

import pytest

from leafledger.core.quantity import rounded
from leafledger.engine.prove import proven
from leafledger.library.load import LIBRARY, load
from leafledger.library.units import factor_between
from metric_cases import Case, cases, expected, outcome

CASES = tuple(cases())
DEFINED = proven(load(LIBRARY))


@pytest.mark.parametrize("case", CASES, ids=[f"{case.place} {case.metric}" for case in CASES])
def test_a_case_comes_out(case: Case) -> None:
    fact = outcome(case, DEFINED)
    if case.expect == "hole":
        assert fact.status == "hole" and fact.findings, f"{case.what} ({fact.value} {fact.unit})"
        return
    value, unit = expected(case)
    assert fact.status == "figure", f"{case.what} {[finding.message for finding in fact.findings]}"
    scale = factor_between(fact.unit, unit)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int) and fact.value is not None
    assert rounded(fact.value * scale.numerator / scale.denominator, -exponent) == value, case.what
    assert fact.bound == "exact"


def test_every_metric_of_the_library_has_a_case() -> None:
    assert set(DEFINED.metrics) == {case.metric for case in CASES}
