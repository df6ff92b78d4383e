"""What would move: nothing where nothing is other, and else by how much and through what, summing exactly to the change."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from engine_cases import activity, company, dimension, entry, factor, library, metric, series
from hypothesis import given, settings
from hypothesis import strategies as st

from leafledger.core.definition import Factor
from leafledger.core.org import View
from leafledger.engine.cells import cells_from_entries
from leafledger.engine.what_if import Supposed, as_of, moves

FIGURES = (
    activity("power", "MWh"),
    metric("smoke", "tCO2", "each(power * factor.grid * factor.loss)"),
    metric("warmth", "tCO2", "smoke * 2"),
)
BILLS = [entry("power works", "2024", "1000 MWh"), entry("power office", "2024", "500 MWh")]
LOSS = factor("loss", "loss", "1.1", "MWh/MWh")
GRID = factor("grid-a", "grid", "0.5", "tCO2/MWh", "CN", data_year=2023, published=date(2024, 6, 30))
ELSEWHERE = factor("grid-sg", "grid", "0.4", "tCO2/MWh", "SG")
NEWER = factor("grid-b", "grid", "0.48", "tCO2/MWh", "CN", data_year=2024, published=date(2025, 6, 30))


def supposed(*factors: Factor, as_of: str = "2025-04-30") -> Supposed:
    who = company("works:CN", "office:SG", as_of=as_of)
    return Supposed(
        library=library(*FIGURES, factors=factors),
        company=who,
        series=(series("power works"), series("power office")),
        cells=cells_from_entries(BILLS),
        view=View(),
    )


NOW = supposed(GRID, ELSEWHERE, LOSS)


def test_the_same_factors_move_nothing() -> None:
    assert moves(NOW, supposed(GRID, ELSEWHERE, LOSS)) == ()
    again = [replace(one, id=f"{one.id}-renamed") for one in (GRID, ELSEWHERE, LOSS)]
    assert moves(NOW, supposed(*again)) == ()


def test_an_edition_that_is_not_known_yet_moves_nothing_until_it_is() -> None:
    then = supposed(GRID, ELSEWHERE, LOSS, NEWER)
    assert moves(NOW, then) == ()
    known = replace(then, company=as_of(then.company, date(2025, 12, 31)))
    smoke, warmth = moves(NOW, known)
    assert (smoke.before.key, smoke.change, warmth.change) == ("smoke@2024", Decimal("-22.0"), Decimal("-44.0"))
    (through,) = warmth.through
    assert [(was.id, would.id) for was, would in through.uses if was and would] == [("grid-a", "grid-b")]


def test_of_two_factors_each_has_its_part() -> None:
    then = supposed(replace(GRID, value=Decimal("0.6")), ELSEWHERE, replace(LOSS, value=Decimal("1.2")))
    smoke = moves(NOW, then)[0]
    assert [(one.what, one.amount) for one in smoke.through] == [("grid", Decimal(110)), ("loss", Decimal(80))]
    assert smoke.change == 190


def test_a_row_is_set_beside_the_one_that_serves_the_same_labels_and_no_other() -> None:
    gases = dimension("gas", "methane laughing")
    smoke = metric("smoke", "tCO2", 'each(power * (factor.grid(gas="methane") + factor.grid(gas="laughing")))')

    def of(rows: dict[str, tuple[str, str]]) -> Supposed:
        factors = [factor(id, "grid", value, "tCO2/MWh", labels=(("gas", gas),)) for id, (gas, value) in rows.items()]
        return replace(NOW, library=library(FIGURES[0], smoke, dimensions=[gases], factors=factors))

    was = of({"a": ("methane", "27"), "b": ("laughing", "273")})
    (move,) = moves(was, of({"z": ("methane", "28"), "c": ("laughing", "265")}))
    pairs = {(was.id, would.id) for one in move.through for was, would in one.uses if was and would}
    assert pairs == {("a", "z"), ("b", "c")}


def test_what_becomes_a_hole_or_is_one_no_longer_has_no_amount() -> None:
    gone = moves(NOW, supposed(GRID, LOSS))[0]
    assert (gone.after.value, gone.change, [one.what for one in gone.through]) == (None, None, ["grid"])
    come = moves(supposed(GRID, LOSS), NOW)[0]
    assert (come.before.value, come.after.value, come.change) == (None, Decimal(770), None)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.decimals("0.01", "9", places=2), min_size=3, max_size=3))
def test_the_parts_sum_exactly_to_the_change(values: list[Decimal]) -> None:
    then = supposed(*(replace(one, value=value) for one, value in zip((GRID, ELSEWHERE, LOSS), values, strict=True)))
    for move in moves(NOW, then):
        assert sum((one.amount or Decimal(0) for one in move.through), Decimal(0)) == move.change
