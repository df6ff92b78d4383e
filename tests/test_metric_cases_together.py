"""Two sites that each have what a case gives: together they make twice its figure, and two that are owned in part their share of it."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from leafledger.core.definition import Library
from leafledger.core.fact import Fact, fact_key
from leafledger.core.labels import NONE, parse_labels
from leafledger.core.org import Ownership, Site, View
from leafledger.core.period import Period
from leafledger.core.quantity import cut
from leafledger.engine.books import books
from leafledger.engine.cells import cells_from_entries
from leafledger.engine.compute import worked_out
from leafledger.engine.prove import proven
from leafledger.library.load import LIBRARY, load
from metric_cases import YEAR, Case, cases, company_of, entry_of, factor_of, outcome, series_of

DEFINED = proven(load(LIBRARY))


def adds_up(case: Case) -> bool:
    """A flow of flows that were recorded exactly; whole things, stocks and contracts are not divided by a share."""
    given = [DEFINED.activities[line.split()[0]] for line in case.given]
    plain = all(one.kind == "flow" and not one.counted for one in given) and not case.contracts
    return bool(given) and case.expect != "hole" and DEFINED.metrics[case.metric].kind == "flow" and plain


CASES = tuple(case for case in cases() if adds_up(case))


def together(case: Case, library: Library, shares: dict[str, int]) -> Fact:
    """The figure of a company of these sites, by equity share, each with all that the case gives."""
    own = {one.id: one for one in map(factor_of, case.factors)}
    library = replace(library, factors={**library.factors, **own})
    at = [replace(entry_of(line, library), site=site, id=f"{site} {line}") for site in shares for line in case.given]
    declared = [replace(series_of(line), site=site) for site in shares for line in (*case.given, *case.declared)]
    company = company_of(case)
    sites = tuple(_site(company.sites[0], id, Decimal(share)) for id, share in shares.items())
    key = fact_key(case.metric, Period.parse(str(YEAR)), parse_labels(case.of) if case.of else NONE)
    view = View(approach="equity_share", gwp=case.gwp)
    made = books(library, replace(company, sites=sites), declared, cells_from_entries(at, library.counted), view)
    return worked_out(made, key)[0]


def _site(like: Site, id: str, share: Decimal) -> Site:
    owned = Ownership(equity=share, operational_control=True, financial_control=True)
    return replace(like, id=id, ownership=(owned,))


@pytest.mark.parametrize("case", CASES, ids=[f"{case.place} {case.metric}" for case in CASES])
@pytest.mark.parametrize(
    ("shares", "times"), [({"one": 100, "two": 100}, 2), ({"one": 30, "two": 70}, 1), ({"one": 45}, Fraction(9, 20))]
)
def test_the_whole_is_the_sum_of_its_parts(case: Case, shares: dict[str, int], times: Fraction) -> None:
    alone, all_of_them = outcome(case, DEFINED), together(case, DEFINED, shares)
    assert alone.value is not None and all_of_them.status == "figure", all_of_them.findings
    assert abs(all_of_them.value - cut(Fraction(alone.value) * times)) <= Decimal("1e-11"), all_of_them.value


def test_these_are_most_of_the_flows() -> None:
    flows = {id for id, one in DEFINED.metrics.items() if one.kind == "flow"}
    tried = {case.metric for case in CASES}
    assert len(tried) > 0.8 * len(flows), sorted(flows - tried)
