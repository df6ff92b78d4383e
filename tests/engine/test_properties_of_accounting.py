"""Whatever is recorded: order, unit, a bill cut in two and threads change no fact; parts make the whole; what is missing never becomes 0."""

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from engine_cases import TITLE, activity, computed, dimension, entry, factor, library, metric, series
from hypothesis import given, settings
from hypothesis import strategies as some

from leafledger.core.definition import Library
from leafledger.core.entry import Entry
from leafledger.core.fact import FactSet
from leafledger.core.org import Company, Ownership, Series, Site, View, Year
from leafledger.core.period import Period
from leafledger.core.quantity import cut
from leafledger.engine.books import books
from leafledger.engine.cells import cells_from_entries
from leafledger.engine.compute import compute

SITES, FUELS = ("mill", "depot", "office"), ("coal", "gas")
FLOWS = ("fuel", "power", "direct", "indirect", "both")
SMALL = settings(max_examples=40, deadline=None, derandomize=True)

INVENTORY: Library = library(
    activity("fuel", "MWh", by="fuel"),
    activity("power", "MWh"),
    activity("staff", "person", kind="stock", counted=True),
    metric("direct", "tCO2e", "each(fuel * factor.burnt)", splits="fuel"),
    metric("indirect", "tCO2e", "each(power * factor.grid)"),
    metric("both", "tCO2e", "direct + indirect"),
    metric("density", "tCO2e/person", "both / staff", kind="ratio"),
    dimensions=[dimension("fuel", " ".join(FUELS), closed=False)],
    factors=[
        factor("coal", "burnt", "0.341", "tCO2e/MWh", labels=(("fuel", "coal"),)),
        factor("gas", "burnt", "0.2021", "tCO2e/MWh", labels=(("fuel", "gas"),)),
        factor("grid", "grid", "0.5366", "tCO2e/MWh", region="CN"),
    ],
)
DECLARED = [
    *(series(f"{what} {site}") for site in SITES for what in ("power", "staff")),
    *(series(f"fuel {site} fuel={fuel}") for site in SITES for fuel in FUELS),
]
amounts = some.decimals(min_value=0, max_value=99_999, places=3)


@some.composite
def recorded(draw: some.DrawFn) -> list[Entry]:
    """A year of bills for each series: a quarter each, of any amount, and heads at the end of the year."""
    bills = []
    for one in DECLARED:
        name = _named(one)
        if one.activity == "staff":
            bills.append(entry(name, "2024-12-31", f"{draw(some.integers(1, 500))} person"))
        else:
            bills.extend(entry(name, f"2024-Q{quarter}", f"{draw(amounts)} MWh") for quarter in (1, 2, 3, 4))
    return bills


def company(*sites: str, shares: dict[str, Decimal] | None = None) -> Company:
    made = tuple(Site(id=site, title=TITLE, region="CN-SH", ownership=_owned(site, shares)) for site in sites)
    year = Year(year=2024, factors_as_of=date(2025, 4, 30))
    return Company(id="works", name=TITLE, legal_name=TITLE, sites=made, people=(), years=(year,))


def _owned(site: str, shares: dict[str, Decimal] | None) -> tuple[Ownership, ...]:
    if shares is None:
        return ()
    of = shares[site]
    return (Ownership(equity=of, operational_control=of > 50, financial_control=of > 50),)


def facts(
    entries: Sequence[Entry], who: Company, view: View | None = None, declared: Sequence[Series] = DECLARED
) -> FactSet:
    here = {site.id for site in who.sites}
    cells = cells_from_entries([one for one in entries if one.site in here], INVENTORY.counted)
    return compute(books(INVENTORY, who, [one for one in declared if one.site in here], cells, view))


def ids(found: FactSet) -> dict[str, str]:
    return {key: fact.id for key, fact in found.items()}


@SMALL
@given(recorded(), some.randoms(use_true_random=False))
def test_the_order_in_which_things_were_recorded_changes_no_fact(bills: list[Entry], by: random.Random) -> None:
    shuffled, declared = list(bills), list(DECLARED)
    by.shuffle(shuffled)
    by.shuffle(declared)
    assert ids(facts(shuffled, company(*SITES), declared=declared)) == ids(facts(bills, company(*SITES)))


@SMALL
@given(recorded(), some.data())
def test_a_bill_cut_in_two_changes_no_fact(bills: list[Entry], data: some.DataObject) -> None:
    flows = [number for number, one in enumerate(bills) if one.unit == "MWh"]
    cut_one = data.draw(some.sampled_from(flows))
    whole = bills[cut_one]
    first_days = data.draw(some.integers(1, whole.period.days - 1))
    first_amount = data.draw(some.decimals(min_value=0, max_value=whole.value, places=3))
    middle = whole.period.start + timedelta(days=first_days)
    parts = [
        replace(
            whole, id=whole.id + "a", period=Period(whole.period.start, middle - timedelta(days=1)), value=first_amount
        ),
        replace(whole, id=whole.id + "b", period=Period(middle, whole.period.end), value=whole.value - first_amount),
    ]
    again = [*bills[:cut_one], *parts, *bills[cut_one + 1 :]]
    assert ids(facts(again, company(*SITES))) == ids(facts(bills, company(*SITES)))


@SMALL
@given(recorded(), some.data())
def test_another_unit_and_back_changes_no_fact(bills: list[Entry], data: some.DataObject) -> None:
    exact = {
        "MWh": Decimal(1),
        "kWh": Decimal(1000),
        "GJ": Decimal("3.6"),
        "MJ": Decimal(3600),
        "GWh": Decimal("0.001"),
    }
    units = data.draw(some.lists(some.sampled_from(sorted(exact)), min_size=len(bills), max_size=len(bills)))
    other = [
        replace(one, value=one.value * exact[unit], unit=unit) if one.unit == "MWh" else one
        for one, unit in zip(bills, units, strict=True)
    ]
    assert ids(facts(other, company(*SITES))) == ids(facts(bills, company(*SITES)))


@settings(max_examples=8, deadline=None, derandomize=True)
@given(recorded())
def test_two_threads_at_once_change_no_fact(bills: list[Entry]) -> None:
    with ThreadPoolExecutor(2) as threads:
        both = list(threads.map(lambda _: ids(facts(bills, company(*SITES))), range(4)))
    assert all(one == both[0] for one in both)


@SMALL
@given(recorded())
def test_the_whole_is_the_sum_of_its_sites(bills: list[Entry]) -> None:
    whole = facts(bills, company(*SITES))
    parts = [facts(bills, company(site)) for site in SITES]
    for figure in (*FLOWS, "staff"):
        assert value(whole, figure) == sum(value(part, figure) for part in parts), figure


@SMALL
@given(recorded(), some.data())
def test_an_equity_share_is_each_site_times_its_share_and_control_is_all_or_nothing(
    bills: list[Entry], data: some.DataObject
) -> None:
    shares = {site: data.draw(some.decimals(min_value=1, max_value=100, places=2)) for site in SITES}
    who, parts = company(*SITES, shares=shares), {site: facts(bills, company(site)) for site in SITES}
    equity = facts(bills, who, View(approach="equity_share"))
    controlled = [site for site in SITES if shares[site] > 50]
    for figure in FLOWS:
        by_share = sum(Fraction(shares[site]) / 100 * Fraction(value(parts[site], figure)) for site in SITES)
        assert value(equity, figure) == cut(by_share), figure
    if controlled:
        control = facts(bills, who, View(approach="operational_control"))
        for figure in FLOWS:
            assert value(control, figure) == sum(value(parts[site], figure) for site in controlled), figure


@SMALL
@given(recorded())
def test_a_part_of_each_figure_by_fuel_makes_the_whole(bills: list[Entry]) -> None:
    found = facts(bills, company(*SITES))
    for figure in ("fuel", "direct"):
        parts = [found[f"{figure}@2024[fuel={fuel}]"].value for fuel in FUELS]
        assert value(found, figure) == sum(part for part in parts if part is not None)


@SMALL
@given(recorded(), some.data())
def test_a_bill_that_is_missing_leaves_no_figure_that_needs_it_and_no_0(
    bills: list[Entry], data: some.DataObject
) -> None:
    gone = data.draw(some.sampled_from(bills))
    found = facts([one for one in bills if one is not gone], company(*SITES))
    needs = {"fuel": ("fuel", "direct", "both"), "power": ("power", "indirect", "both"), "staff": ("staff",)}
    for figure in (*needs[gone.activity], "density"):
        fact = found[f"{figure}@2024"]
        assert fact.status != "figure" and fact.findings, figure
        assert fact.value is None or fact.coverage < 1


@pytest.mark.parametrize("gone", ["coal", "gas", "grid"])
def test_a_factor_that_is_missing_leaves_a_hole(gone: str) -> None:
    bills = [entry(_named(one), "2024", "10 MWh") for one in DECLARED if one.activity != "staff"]
    kept = {id: one for id, one in INVENTORY.factors.items() if id != gone}
    found = computed(replace(INVENTORY, factors=kept), bills, who=company(*SITES))
    for figure in ("indirect", "both") if gone == "grid" else ("direct", "both"):
        assert found[f"{figure}@2024"].status == "hole" and found[f"{figure}@2024"].findings


def _named(one: Series) -> str:
    return " ".join([one.activity, one.site, *(f"{key}={value}" for key, value in one.labels)])


def value(found: FactSet, figure: str) -> Decimal:
    fact = found[f"{figure}@2024"]
    assert fact.status == "figure" and fact.value is not None, fact.findings
    return fact.value
