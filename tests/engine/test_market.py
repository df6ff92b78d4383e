"""Scope 2 by contracts: what they cover, what they may not, and what is left; and the filling of days underneath."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from engine_cases import TITLE, activity, company, computed, entry, factor, library, metric, rules, value
from hypothesis import given
from hypothesis import strategies as st

from leafledger.core.entry import Entry
from leafledger.core.fact import FactSet
from leafledger.core.org import Company, Contract, Screening
from leafledger.core.period import Period
from leafledger.engine.fill import Amount, fill
from leafledger.library.contracts import dimension_of, factors_of

RATE = {"kind": "supplier_rate", "rate": Decimal("0.3"), "renewable": False}
USED = [entry("power works", "2024-01/2024-06", "600 MWh"), entry("power works", "2024-07/2024-12", "400 MWh")]


def contract(id: str, quantity: str = "1000", **more: object) -> Contract:
    given_: dict[str, object] = {
        "kind": "certificate",
        "title": id,
        "market": "CN",
        "vintage_from": date(2024, 1, 1),
        "vintage_to": date(2024, 12, 31),
        "quantity": Decimal(quantity),
        "scheme": "GEC",
    }
    return Contract(id=id, **{"retired": date(2025, 1, 31), **given_, **more})  # type: ignore[arg-type]


def facts(
    *entries: Entry, contracts: tuple[Contract, ...] = (), who: Company | None = None, residual: str = "CN"
) -> FactSet:
    contracts = contracts or (contract("gec"),)
    of = library(
        activity("power", "MWh"),
        activity("claimed", "MWh", by="contract"),
        metric("located", "tCO2e", "each(power * factor.grid)"),
        metric("market", "tCO2e", "market(power, claimed, factor.residual, located)"),
        metric("green", "MWh", "each(claimed * factor.contract_renewable)"),
        dimensions=[dimension_of(contracts)],
        factors=[
            factor("grid", "grid", "0.5", "kgCO2e/kWh"),
            factor("residual", "residual", "0.6", "kgCO2e/kWh", residual),
            *factors_of((*contracts, contract("unused", rate_unit="kgCO2e/kWh"))),
        ],
    )
    made = replace(who or company("works:CN-SH"), contracts=contracts)
    return computed(of, entries or USED, who=made)


def claim(id: str, amount: str, period: str = "2024", site: str = "works") -> Entry:
    return entry(f"claimed {site} contract={id}", period, amount)


def why(*entries: Entry, **more: object) -> list[str]:
    return rules(facts(*USED, *entries, **more), "market@2024")  # type: ignore[arg-type]


def test_what_a_certificate_covers_counts_by_its_rate_and_the_rest_by_the_residual_mix() -> None:
    found = facts(*USED, claim("gec", "250 MWh"))
    assert value(found, "market@2024") == "450"
    assert {use.id for use in found["market@2024"].factors} == {"contract.gec.rate", "residual"}


def test_the_receipt_is_the_waterfall_in_its_order() -> None:
    contracts = (contract("a-rate", **RATE), contract("b-ppa", kind="ppa"), contract("gec"))  # type: ignore[arg-type]
    steps = facts(
        *USED, claim("a-rate", "100 MWh"), claim("b-ppa", "200 MWh"), claim("gec", "250 MWh"), contracts=contracts
    )["market@2024"].steps
    assert [(step.what, step.value) for step in steps if step.unit == "MWh"] == [
        ("power · works", "1000"),
        ("claimed · works · contract=gec", "250"),
        ("claimed · works · contract=b-ppa", "200"),
        ("claimed · works · contract=a-rate", "100"),
        ("not covered by a contract", "450"),
    ]
    assert steps[1].note == "contract gec"


def test_what_is_left_is_estimated_as_far_as_that_from_which_contracts_took() -> None:
    guess = entry("power works", "2024-01/2024-06", "600 MWh", estimated=True)
    found = facts(guess, entry("power works", "2024-07/2024-12", "600 MWh"), claim("gec", "600 MWh"))
    assert value(found, "market@2024") == "360"
    assert {found[key].estimated_share for key in ("power@2024", "located@2024", "market@2024")} == {Decimal("0.5")}


def test_a_contract_for_days_that_were_measured_leaves_the_estimate_of_others_as_it_is() -> None:
    guess = entry("power works", "2024-01/2024-06", "600 MWh", estimated=True)
    measured = entry("power works", "2024-07/2024-12", "600 MWh")
    found = facts(guess, measured, claim("gec", "400 MWh", "2024-07/2024-12"))
    assert found["market@2024"].estimated_share == Decimal("0.75")


def test_no_residual_mix_is_asked_for_where_all_is_covered() -> None:
    assert value(facts(*USED, claim("gec", "1000 MWh"), residual="SG"), "market@2024") == "0"


def test_without_a_residual_mix_the_company_has_to_declare_what_stands_in_for_it() -> None:
    none = facts(*USED, claim("gec", "250 MWh"), residual="SG")
    assert set(rules(none, "market@2024")) == {"factor.missing", "market.no_residual"}
    declared = replace(company("works:CN-SH"), methods={"market": "located"})
    found = facts(*USED, claim("gec", "250 MWh"), residual="SG", who=declared)
    assert (value(found, "market@2024"), rules(found, "market@2024")) == ("375", ["market.substitute"])


def test_nobody_is_taken_to_have_no_contract() -> None:
    assert rules(facts(*USED), "market@2024") == ["screening.missing"]
    said = replace(
        company("works:CN-SH"), screening=(Screening(source="claimed", standing="not_relevant", reason=TITLE),)
    )
    assert value(facts(*USED, who=said), "market@2024") == "600"


@pytest.mark.parametrize(
    ("claims", "contracts", "rule"),
    [
        ([claim("gec", "1001 MWh")], [contract("gec", "2000")], "market.over_use"),
        ([claim("gec", "601 MWh", "2024-01/2024-06")], [contract("gec", "2000")], "market.over_use"),
        ([claim("gec", "401 MWh")], [contract("gec", "400")], "market.over_contract"),
        ([claim("gec", "100 MWh")], [contract("gec", market="SG")], "market.other_market"),
        (
            [claim("gec", "100 MWh")],
            [contract("gec", vintage_from=date(2022, 1, 1), vintage_to=date(2022, 12, 31))],
            "market.other_days",
        ),
        (
            [claim("gec", "100 MWh")],
            [contract("gec", use_from=date(2024, 7, 1), use_to=date(2024, 12, 31))],
            "market.other_days",
        ),
        (
            [claim("gec", "100 MWh", "2024-01")],
            [contract("gec", vintage_from=date(2024, 6, 1))],
            "market.vintage",
        ),
        ([claim("gec", "100 MWh")], [contract("gec", claimed_by="Another company")], "market.claimed_twice"),
    ],
)
def test_a_claim_that_may_not_stand_leaves_a_hole_that_says_why(
    claims: list[Entry], contracts: list[Contract], rule: str
) -> None:
    assert why(*claims, contracts=tuple(contracts)) == [rule]


def test_what_may_not_be_claimed_is_no_renewable_electricity_either() -> None:
    sound = facts(*USED, claim("gec", "300 MWh"))
    assert value(sound, "green@2024") == "300"
    for wrong in (facts(*USED, claim("gec", "1100 MWh"), contracts=(contract("gec", "2000"),)),
                  facts(*USED, claim("gec", "300 MWh"), contracts=(contract("gec", claimed_by="another"),))):  # fmt: skip
        assert wrong["green@2024"].value is None
        assert rules(wrong, "green@2024") == rules(wrong, "market@2024")


def test_what_a_contract_is_for_is_held_against_all_sites_and_years_so_far() -> None:
    two_years = company("works:CN-SH", years="2024 2025")
    bought = (contract("gec", "500", use_to=date(2025, 12, 31)),)
    claims = [claim("gec", "300 MWh"), claim("gec", "300 MWh", "2025")]
    both = facts(*USED, entry("power works", "2025", "600 MWh"), *claims, contracts=bought, who=two_years)
    assert value(both, "market@2024") == value(facts(*USED, claims[0], contracts=bought), "market@2024") is not None
    assert rules(both, "market@2025") == ["market.over_contract"]


@pytest.mark.parametrize(
    ("one", "other", "scheme", "twice"),
    [
        ("GEC-001 - GEC-400", "GEC-400 - GEC-500", "GEC", True),
        ("GEC-001 - GEC-400", "GEC-401 - GEC-500", "GEC", False),
        ("GEC-001; GEC-009", "GEC-009", "GEC", True),
        ("GEC-001 - GEC-400", "GEC-400", "I-REC", False),
    ],
)
def test_the_same_serials_in_two_contracts_count_twice(one: str, other: str, scheme: str, twice: bool) -> None:
    contracts = (contract("a", serials=one), contract("b", serials=other, scheme=scheme))
    assert why(claim("a", "10 MWh"), claim("b", "10 MWh"), contracts=contracts) == (
        ["market.same_serials"] if twice else []
    )


def test_a_contract_is_claimed_where_it_was_allocated_and_nowhere_else() -> None:
    two = company("works:CN-SH", "mill:CN-SH")
    found = facts(*USED, entry("power mill", "2024", "100 MWh"), claim("gec", "101 MWh", site="mill"), who=two)
    assert rules(found, "market@2024") == ["market.over_use"]
    found = facts(*USED, entry("power mill", "2024", "100 MWh"), claim("gec", "100 MWh", site="mill"), who=two)
    assert value(found, "market@2024") == "600"


def test_what_is_left_keeps_the_range_that_the_digits_of_the_bill_leave_open() -> None:
    fact = facts(entry("power works", "2024", "1000.0 MWh"), claim("gec", "400 MWh"))["market@2024"]
    assert fact.low is not None and fact.high is not None and fact.low < 360 < fact.high


DAY = date(2024, 1, 1)
SPANS = st.tuples(st.integers(0, 20), st.integers(1, 10), st.integers(0, 40))


def amounts(spans: list[tuple[int, int, int]]) -> list[Amount]:
    return [
        Amount(days=Period(DAY + timedelta(start), DAY + timedelta(start + length - 1)), amount=Fraction(amount))
        for start, length, amount in spans
    ]


@given(used=st.lists(SPANS, max_size=4), allocated=st.lists(SPANS, max_size=4))
def test_filling_keeps_every_amount_and_goes_beyond_none(
    used: list[tuple[int, int, int]], allocated: list[tuple[int, int, int]]
) -> None:
    uses, claims = amounts(used), amounts(allocated)
    filled = fill(uses, claims)
    for n, one in enumerate(claims):
        placed = sum((part for (_, at), part in filled.covered.items() if at == n), Fraction(0))
        assert placed + filled.left[n] == one.amount and filled.left[n] >= 0
    for n, one in enumerate(uses):
        assert sum((part for (at, _), part in filled.covered.items() if at == n), Fraction(0)) <= one.amount


def _share(use: Amount, day: date) -> Fraction:
    return use.amount / use.days.days if use.days.start <= day <= use.days.end else Fraction(0)


@given(used=st.lists(SPANS, min_size=1, max_size=3), allocated=st.lists(SPANS, min_size=1, max_size=3))
def test_what_is_left_over_is_what_no_order_could_place(
    used: list[tuple[int, int, int]], allocated: list[tuple[int, int, int]]
) -> None:
    """The most that can be placed, by the smallest cut: for each choice of allocations, the rest plus the use on the days of these."""
    uses, claims = amounts(used), amounts(allocated)
    on = {n: sum((_share(use, DAY + timedelta(n)) for use in uses), Fraction(0)) for n in range(40)}

    def cut(chosen: set[int]) -> Fraction:
        days = {
            n for at in chosen for n in range(40) if claims[at].days.start <= DAY + timedelta(n) <= claims[at].days.end
        }
        return sum((claims[at].amount for at in range(len(claims)) if at not in chosen), Fraction(0)) + sum(
            (on[n] for n in days), Fraction(0)
        )

    most = min(cut({at for at in range(len(claims)) if mask >> at & 1}) for mask in range(1 << len(claims)))
    assert sum((one.amount for one in claims), Fraction(0)) - sum(fill(uses, claims).left, Fraction(0)) == most


def test_a_certificate_that_nobody_retired_counts_and_is_told() -> None:
    assert why(claim("gec", "100 MWh"), contracts=(contract("gec", retired=None),)) == ["market.unretired"]
    assert why(claim("gec", "100 MWh"), contracts=(contract("gec", kind="ppa", retired=None),)) == []
