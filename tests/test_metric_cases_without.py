"""Take anything away from a case of any metric of the library: what is left is a hole or incomplete, and never 0 out of something missing."""

from dataclasses import replace

import pytest

from leafledger.core.definition import Library
from leafledger.core.fact import Fact
from leafledger.engine.formula import Declared, Either, PrimaryShare, Recorded, Supplied, parse, walk
from leafledger.engine.prove import proven
from leafledger.library.load import LIBRARY, load
from metric_cases import Case, cases, outcome

DEFINED = proven(load(LIBRARY))
CASES = tuple(case for case in cases() if case.expect != "hole" and case.given)
"""Those of a figure made of something; where all sources are screened out nothing can be missing."""
SHARES_OF_PRIMARY = {
    id
    for id, one in DEFINED.metrics.items()
    if any(isinstance(node, PrimaryShare) for formula in one.formulas for node in walk(parse(formula.formula)))
}
"""Without any figure of a supplier the share of their figures is rightly 0: the amounts are there, by the proxy."""


@pytest.mark.parametrize("case", CASES, ids=[f"{case.place} {case.metric}" for case in CASES])
def test_a_metric_without_an_entry_is_no_figure(case: Case) -> None:
    """Its series stays declared, so that it is known to be missing."""
    used = outcome(case, DEFINED).entries
    assert used
    for gone in used:
        fact = outcome(case, DEFINED, without=gone)
        assert missing(fact) or takes_another_way(fact), f"{gone}: {fact.value} {fact.unit}"


@pytest.mark.parametrize("case", CASES, ids=[f"{case.place} {case.metric}" for case in CASES])
def test_a_metric_without_a_factor_is_no_figure(case: Case) -> None:
    """All editions of a factor that served are taken away, in each region. What a contract states goes with the contract."""
    before = outcome(case, DEFINED)
    for name in {use.name for use in before.factors if not use.name.startswith("contract_")}:
        own = tuple(line for line in case.factors if line.split()[0] != name)
        fact = outcome(replace(case, factors=own), without_factor(name))
        assert missing(fact) or takes_another_way(fact), f"{name}: {fact.value}"


def missing(fact: Fact) -> bool:
    """Not a figure, and it says why."""
    return fact.status != "figure" and any(finding.severity == "error" for finding in fact.findings)


def takes_another_way(fact: Fact) -> bool:
    """Another way of working it out served, as its formula says, and it is not 0, but for the share that suppliers stated."""
    made = fact.status == "figure" and (bool(fact.value) or fact.metric in SHARES_OF_PRIMARY)
    return made and has_another_way(fact.metric, DEFINED)


def has_another_way(id: str, library: Library) -> bool:
    """Whether its formula, or one that it builds on, says in so many words what serves where something is not there."""
    metric = library.metrics.get(id)
    nodes = [node for formula in metric.formulas for node in walk(parse(formula.formula))] if metric else []
    return any(isinstance(node, Either | Recorded | Declared | Supplied) for node in nodes) or any(
        has_another_way(node.id, library) for node in nodes if hasattr(node, "id")
    )


def without_factor(name: str) -> Library:
    kept = {id: factor for id, factor in DEFINED.factors.items() if factor.name != name}
    return replace(DEFINED, factors=kept)
