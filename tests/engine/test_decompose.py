"""A difference between two states of the books is taken apart into causes that sum exactly to it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import get_args

from engine_cases import TITLE, activity, company, dimension, entry, factor, library, metric, series
from hypothesis import given, settings
from hypothesis import strategies as st

from leafledger.core.definition import FactorName, Formula
from leafledger.core.org import Ownership, Year
from leafledger.core.quantity import plain
from leafledger.engine.compute import compute
from leafledger.engine.decompose import CAUSES, Cause, Comparison, State, decompose, state_books, total

ASIA = company("works:CN", "office:SG", gwp="AR5")
ROWS = (
    factor("ch4-5", "gwp_ch4", "28", "tCO2e/t", gwp_basis="AR5"),
    factor("ch4-6", "gwp_ch4", "29.8", "tCO2e/t", gwp_basis="AR6"),
    factor("grid-cn", "grid", "0.5703", "tCO2e/MWh", "CN"),
    factor("grid-sg", "grid", "0.4168", "tCO2e/MWh", "SG"),
)
POWER = "each(energy.electricity * factor.grid)"


def definitions(*rows, formula: str = POWER):
    made = library(
        activity("energy.electricity", "MWh"),
        activity("methane.leaked", "t"),
        metric("ghg.power", "tCO2e", formula),
        metric("ghg.leaks", "tCO2e", "each(methane.leaked * factor.gwp_ch4)"),
        metric("ghg.all", "tCO2e", "ghg.power + ghg.leaks"),
        factors=rows or ROWS,
    )
    names = {**made.factor_names, "gwp_ch4": FactorName(id="gwp_ch4", title=TITLE, unit="tCO2e/t", by_gwp=True)}
    return replace(made, factor_names=names)


def named(*entries):
    return {one.id: one for one in entries}


def state(*entries, **more) -> State:
    said = {"library": definitions(), "company": ASIA, "series": declared("works", "office"), **more}
    return State(entries=named(*entries), **said)


def declared(*sites: str):
    return tuple(series(f"{what} {site}") for what in ("energy.electricity", "methane.leaked") for site in sites)


YEAR = (
    entry("energy.electricity works", "2024", "100 MWh", id="w"),
    entry("energy.electricity office", "2024", "50 MWh", id="o"),
    entry("methane.leaked works", "2024", "0.2 t", id="lw"),
    entry("methane.leaked office", "2024", "0.1 t", id="lo"),
)
BEFORE = state(*YEAR)


def parts(found: Comparison, key: str) -> dict[str, str]:
    """The causes that made a difference, with their amounts."""
    (change,) = [one for one in found.changes if one.key == key]
    assert total(change.parts.values()) == change.difference
    return {cause: plain(amount) for cause, amount in change.parts.items() if amount}


def only(found: Comparison) -> set[str]:
    return {cause for one in found.changes for cause, amount in one.parts.items() if amount}


def replacing(id: str, amount: str, by: str, **more):
    (was,) = [one for one in YEAR if one.id == id]
    return replace(was, id=by, replaces=id, value=Decimal(amount), **more)


def without(*ids: str):
    return tuple(one for one in YEAR if one.id not in ids)


def owned(share: str):
    (works, office) = ASIA.sites
    bought = Ownership(equity=Decimal(share), operational_control=False, financial_control=False)
    return replace(ASIA, sites=(works, replace(office, ownership=(bought,))))


def test_nothing_differs_between_a_state_and_itself():
    found = decompose(BEFORE, state(*YEAR))
    assert (found.changes, found.appeared, found.gone, found.unchanged) == ((), (), (), 5)


def test_an_entry_replaced_for_the_same_days_is_a_correction():
    found = decompose(BEFORE, state(*without("w"), replacing("w", "120", "w2")))
    assert parts(found, "ghg.power@2024") == {"correction": "11.406"}
    assert parts(found, "energy.electricity@2024") == {"correction": "20"}
    assert found.unchanged == 2


def test_a_correction_of_a_correction_is_one_too():
    last = replacing("w", "130", "w3")
    found = decompose(BEFORE, state(*without("w"), replace(last, replaces="w2")))
    assert parts(found, "energy.electricity@2024") == {"correction": "30"}


def test_an_entry_for_other_days_is_activity():
    half = replacing("w", "40", "w2", period=entry("energy.electricity works", "2024-01/2024-06", "1 MWh").period)
    rest = entry("energy.electricity works", "2024-07/2024-12", "70 MWh")
    assert parts(decompose(BEFORE, state(*without("w"), half, rest)), "energy.electricity@2024") == {"activity": "10"}


def test_a_site_that_only_one_side_has_is_boundary():
    wide = replace(ASIA, sites=(*ASIA.sites, replace(ASIA.sites[0], id="mill")))
    more = (entry("energy.electricity mill", "2024", "10 MWh"), entry("methane.leaked mill", "2024", "0.01 t"))
    after = state(*YEAR, *more, company=wide, series=declared("works", "office", "mill"))
    assert only(decompose(BEFORE, after)) == {"boundary"}
    assert only(decompose(after, BEFORE)) == {"boundary"}


def test_a_share_that_was_sold_is_boundary():
    shares = replace(ASIA, approach="equity_share")
    after = state(*YEAR, company=replace(owned("40"), approach="equity_share"))
    found = decompose(state(*YEAR, company=shares), after)
    assert parts(found, "energy.electricity@2024") == {"boundary": "-30"}
    assert only(found) == {"boundary"}


def test_a_new_edition_of_a_factor_is_factor():
    newer = (*ROWS[:2], factor("grid-cn-2", "grid", "0.6", "tCO2e/MWh", "CN"), ROWS[3])
    found = decompose(BEFORE, state(*YEAR, library=definitions(*newer)))
    assert parts(found, "ghg.all@2024") == {"factor": "2.97"}


def test_a_later_day_of_what_is_known_is_factor():
    rows = (*ROWS, factor("new", "grid", "0.5", "tCO2e/MWh", "CN", published=date(2025, 6, 1), data_year=2024))
    old, later = (replace(ASIA, years=(Year(year=2024, factors_as_of=date(2025, month, 2)),)) for month in (5, 7))
    made = definitions(*rows)
    found = decompose(state(*YEAR, library=made, company=old), state(*YEAR, library=made, company=later))
    assert parts(found, "ghg.power@2024") == {"factor": "-7.03"}


def test_another_gwp_set_is_gwp():
    found = decompose(BEFORE, state(*YEAR, company=replace(ASIA, gwp="AR6")))
    assert parts(found, "ghg.all@2024") == {"gwp": "0.54"}
    assert only(found) == {"gwp"}


def test_another_formula_is_method():
    found = decompose(BEFORE, state(*YEAR, library=definitions(formula=f"{POWER} * 2")))
    assert parts(found, "ghg.power@2024") == {"method": "77.87"}


def test_a_formula_with_a_factor_of_its_own_is_method_too():
    after = definitions(
        *ROWS, factor("loss", "loss", "0.05", "tCO2e/MWh"), formula="each(energy.electricity * factor.loss)"
    )
    assert only(decompose(BEFORE, state(*YEAR, library=after))) == {"method"}
    assert only(decompose(state(*YEAR, library=after), BEFORE)) == {"method"}


def test_several_causes_each_have_their_part():
    newer = (*ROWS[:2], factor("grid-cn-2", "grid", "0.6", "tCO2e/MWh", "CN"), ROWS[3])
    after = state(
        *without("w", "lo"), replacing("w", "120", "w2"), entry("methane.leaked office", "2024", "0.3 t"),
        company=replace(ASIA, gwp="AR6"), library=definitions(*newer),
    )  # fmt: skip
    assert parts(decompose(BEFORE, after), "ghg.all@2024") == {
        "correction": "11.406", "activity": "5.6", "factor": "3.564", "gwp": "0.9"
    }  # fmt: skip


def test_what_appears_or_goes_is_said_and_not_taken_apart_from_nothing():
    found = decompose(state(*without("lo")), BEFORE)
    assert found.appeared == ("ghg.all@2024", "ghg.leaks@2024", "methane.leaked@2024")
    assert (found.gone, found.changes, found.unchanged) == ((), (), 2)
    assert decompose(BEFORE, state(*without("lo"))).gone == found.appeared


def test_a_figure_in_another_unit_is_another_figure():
    after = definitions()
    after = replace(after, metrics={**after.metrics, "ghg.power": replace(after.metrics["ghg.power"], unit="kgCO2e")})
    found = decompose(BEFORE, state(*YEAR, library=after))
    assert (found.changes, found.appeared, found.gone) == ((), ("ghg.power@2024",), ("ghg.power@2024",))


def test_causes_without_a_figure_between_them_are_said_to_be_joint():
    """The split is closed: with the new series and the old definitions nothing adds up to a total."""
    grain = dimension("fuel", "coal gas")
    one = library(activity("energy.fuel", "MWh"), dimensions=[grain])
    two = library(activity("energy.fuel", "MWh", by="fuel"), dimensions=[grain])
    whole = State(
        library=one, company=ASIA, series=(series("energy.fuel works"),),
        entries=named(entry("energy.fuel works", "2024", "10 MWh")),
    )  # fmt: skip
    split = State(
        library=two, company=ASIA, series=(series("energy.fuel works fuel=coal"), series("energy.fuel works fuel=gas")),
        entries=named(entry("energy.fuel works fuel=coal", "2024", "7 MWh"), entry("energy.fuel works fuel=gas", "2024", "8 MWh")),
    )  # fmt: skip
    (change,) = decompose(whole, split).changes
    assert change.joint == ("activity", "method")
    assert total(change.parts.values()) == change.difference == 5


def test_a_figure_that_a_state_does_not_give_is_not_taken_apart():
    facts, after = compute(state_books(BEFORE)), state(*without("w"), replacing("w", "120", "w2"))
    key = "energy.electricity@2024"
    other = {**facts, key: replace(facts[key], value=Decimal(1))}
    found = decompose(BEFORE, after, stated=(other, compute(state_books(after))))
    (change,) = [one for one in found.changes if one.key == key]
    assert (change.parts, change.difference) == ({}, 169)


AMOUNT = st.decimals(min_value=0, max_value=10**6, places=3)


def changed(state: State, cause: Cause, amount: Decimal) -> State:
    """The state with one thing more changed."""
    rate = 1 + amount / 10**6
    match cause:
        case "correction":
            (was,) = [
                one for one in state.entries.values() if one.activity == "energy.electricity" and one.site == "works"
            ]
            made = replace(was, id=f"{was.id}'", replaces=was.id, value=amount)
            entries = {id: one for id, one in state.entries.items() if id != was.id}
            return replace(state, entries={**entries, made.id: made})
        case "activity":
            (was,) = [
                one for one in state.entries.values() if one.activity == "methane.leaked" and one.site == "office"
            ]
            made = replace(was, id=f"{was.id}+", value=amount)
            entries = {id: one for id, one in state.entries.items() if id != was.id}
            return replace(state, entries={**entries, made.id: made})
        case "boundary":
            share = Ownership(equity=amount / 10**4, operational_control=False, financial_control=False)
            works, office = state.company.sites
            sites = (replace(works, ownership=(share,)), office)
            return replace(state, company=replace(state.company, sites=sites, approach="equity_share"))
        case "factor":
            rows = {id: replace(one, value=one.value * rate) if one.name == "grid" else one for id, one in state.library.factors.items()}  # fmt: skip
            return replace(state, library=replace(state.library, factors=rows))
        case "gwp":
            return replace(state, company=replace(state.company, gwp="AR6"))
        case "method":
            power = replace(state.library.metrics["ghg.power"], formulas=(Formula(formula=f"{POWER} * {rate:f}"),))
            return replace(state, library=replace(state.library, metrics={**state.library.metrics, "ghg.power": power}))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(get_args(Cause)), AMOUNT), min_size=1, max_size=6))
def test_parts_sum_exactly_to_the_difference_whatever_changed(changes):
    after = BEFORE
    for cause, amount in changes:
        after = changed(after, cause, amount)
    found = decompose(BEFORE, after)
    for one in found.changes:
        assert list(one.parts) == list(CAUSES)
        assert one.old + total(one.parts.values()) == one.new and not one.joint
    assert only(found) <= {cause for cause, _ in changes}


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(get_args(Cause)), AMOUNT)
def test_a_single_cause_has_the_whole_difference(cause, amount):
    assert only(decompose(BEFORE, changed(BEFORE, cause, amount))) <= {cause}
    assert only(decompose(changed(BEFORE, cause, amount), BEFORE)) <= {
        cause,
        *({"activity"} if cause == "correction" else ()),
    }
