"""However a year is written down, it is the same year: daily, monthly or any bills, a meter, in any order and any unit, whatever the boundary."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from engine_cases import TITLE, company, computed, entry, series
from hypothesis import given
from hypothesis import strategies as some
from test_boundary import PORT, owned

from leafledger.core.entry import Entry
from leafledger.core.fact import FactSet
from leafledger.core.org import Approach, Company, Site
from leafledger.core.period import Period

APPROACHES: tuple[Approach, ...] = ("operational_control", "financial_control", "equity_share")
FIRST = date(2024, 1, 1)
CUTS = some.sets(some.integers(1, 365), max_size=8)


def owned_by_halves(approach: Approach) -> Company:
    growing = (owned("40", "2024-02-10", "2024-08-31", financial=False), owned("75.5", "2024-09-01"))
    yard = Site(id="yard", title=TITLE, region="CN", ownership=growing)
    return replace(company("wharf:CN"), sites=(Site(id="wharf", title=TITLE, region="CN"), yard), approach=approach)


def parts(site: str, cuts: set[int], kwh_a_day: int) -> list[Entry]:
    """A year in bills of whole days, each for as much a day."""
    edges = [0, *sorted(cuts), 366]
    days = [Period(FIRST + timedelta(days=a), FIRST + timedelta(days=b - 1)) for a, b in pairwise(edges)]
    return [entry(f"power {site}", f"{one.start}/{one.end}", f"{kwh_a_day * one.days} kWh") for one in days]


def meter(site: str, cuts: set[int], kwh_a_day: int) -> list[Entry]:
    """The same, as a meter showed it at the ends of these days."""
    return [
        entry(f"power {site}", str(FIRST + timedelta(days=at - 1)), f"{kwh_a_day * at} kWh", kind="register")
        for at in [0, *sorted(cuts), 366]
    ]


def ids(facts: FactSet) -> dict[str, str]:
    return {key: fact.id for key, fact in facts.items()}


@pytest.mark.parametrize("approach", APPROACHES)
@given(cuts=CUTS, kwh=some.integers(1, 10**6), turned=some.randoms(use_true_random=False))
def test_bills_of_any_days_in_any_order_and_a_meter_are_one_year(approach, cuts, kwh, turned) -> None:  # type: ignore[no-untyped-def]
    who = owned_by_halves(approach)
    declared = [series("power wharf"), series("power yard")]
    whole = computed(PORT, parts("wharf", set(), kwh) + parts("yard", set(), kwh), declared, who)
    bills = parts("wharf", cuts, kwh) + parts("yard", cuts, kwh)
    turned.shuffle(bills)
    shown = meter("wharf", cuts, kwh) + meter("yard", set(), kwh)
    assert ids(computed(PORT, bills, declared, who)) == ids(whole)
    assert ids(computed(PORT, shown, declared, who)) == ids(whole)


def test_every_day_and_every_month_are_one_year() -> None:
    who = owned_by_halves("equity_share")
    declared = [series("power wharf"), series("power yard")]
    months = {(date(2024, month, 1) - FIRST).days for month in range(2, 13)}
    found = [
        ids(computed(PORT, parts("wharf", cuts, 24) + parts("yard", cuts, 24), declared, who))
        for cuts in (set(range(1, 366)), months, {100, 101, 200})
    ]
    assert found[0] == found[1] == found[2]


@given(some.integers(1, 10**9), some.sampled_from(["kWh", "MWh", "GJ", "MJ"]))
def test_the_unit_that_a_bill_is_written_in_does_not_matter(kwh: int, unit: str) -> None:
    of_one = {"kWh": Decimal(1), "MWh": Decimal("0.001"), "GJ": Decimal("0.0036"), "MJ": Decimal("3.6")}[unit]
    who = owned_by_halves("equity_share")
    declared = [series("power wharf"), series("power yard")]
    found = [
        ids(
            computed(
                PORT,
                [entry(f"power {site}", "2024", f"{amount:f} {called}") for site in ("wharf", "yard")],
                declared,
                who,
            )
        )
        for amount, called in ((Decimal(kwh), "kWh"), (kwh * of_one, unit))
    ]
    assert found[0] == found[1]


@pytest.mark.parametrize("approach", APPROACHES)
@given(gone=some.sampled_from(["wharf", "yard"]))
def test_what_is_not_recorded_is_never_0(approach: Approach, gone: str) -> None:
    declared = [series("power wharf"), series("power yard")]
    kept = [one for site in ("wharf", "yard") if site != gone for one in parts(site, {31, 60}, 24)]
    facts = computed(PORT, kept, declared, owned_by_halves(approach))
    assert {key: fact.value for key, fact in facts.items() if key.startswith(("power@", "carbon@"))} == {
        "power@2024": None,
        "carbon@2024": None,
    }
