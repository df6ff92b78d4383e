"""Control totals: asserted ones and other splits warn where they differ by more than the digits leave open, and never count."""

import pytest
from engine_cases import HARBOUR, activity, computed, dimension, entry, library, rules, value

from leafledger.core.fact import FactSet

PEOPLE = library(
    activity("heads", "person", "stock", by="gender age task", counted=True),
    activity("power", "MWh"),
    dimensions=[
        dimension("gender", "female male"),
        dimension("age", "young old"),
        dimension("task", "write check", closed=False),
    ],
)
HEADS = [
    entry("heads works gender=female", "2024-12-31", "4 person"),
    entry("heads works gender=male", "2024-12-31", "6 person"),
]
BILLS = [
    entry("power works", "2024-01", "31.0 MWh"),
    entry("power works", "2024-02-01/2024-12-31", "335.0 MWh"),
    entry("power office", "2024", "36.6 MWh"),
]


def with_control(*controls: object, entries: list = HEADS) -> FactSet:  # type: ignore[type-arg]
    return computed(PEOPLE, [*entries, *controls], who=HARBOUR)  # type: ignore[list-item]


def asserted(text: str, period: str, amount: str, **more: object) -> object:
    return entry(text, period, amount, kind="assertion", **more)


@pytest.mark.parametrize(
    ("control", "holds"),
    [
        (asserted("heads *", "2024-12-31", "10 person"), True),
        (asserted("heads *", "2024", "10 person"), True),
        (asserted("heads *", "2024-12-31", "11 person"), False),
        (asserted("heads works", "2024-12-31", "11 person"), False),
        (asserted("heads * gender=male", "2024-12-31", "7 person"), False),
        (asserted("heads *", "2024-12-31", "9 person", bound="over"), True),
        (asserted("heads *", "2024-12-31", "10 person", bound="over"), False),
        (asserted("heads *", "2024-12-31", "10 person", bound="within"), True),
        (asserted("heads *", "2024-12-31", "9 person", bound="within"), False),
    ],
)
def test_an_assertion_about_heads(control: object, holds: bool) -> None:
    facts = with_control(control)
    told = rules(facts, "heads@2024") + rules(facts, "heads@2024[gender=male]")
    assert told == ([] if holds else ["control.differs"])
    assert value(facts, "heads@2024") == "10", "a control total never counts"


@pytest.mark.parametrize(
    ("control", "holds"),
    [
        (asserted("power *", "2024", "402.6 MWh"), True),
        (asserted("power *", "2024", "403 MWh"), True),  # ±0.5
        (asserted("power *", "2024", "404 MWh"), False),
        (asserted("power *", "2024", "404 MWh", tolerance=2), True),
        (asserted("power works", "2024", "366 MWh"), True),
        (asserted("power works", "2024", "402.6 MWh"), False),
        (asserted("power works", "2024-01", "31.0 MWh"), True),
        (asserted("power works", "2024-01", "30.0 MWh"), False),
    ],
)
def test_an_assertion_about_power_at_a_site_or_in_a_month(control: object, holds: bool) -> None:
    facts = with_control(control, entries=BILLS)
    assert rules(facts, "power@2024") == ([] if holds else ["control.differs"])


@pytest.mark.parametrize(
    ("control", "told"),
    [
        (asserted("power *", "2024-01", "99.0 MWh"), ["control.alone"]),  # the office's bill is not January's
        (asserted("power yard", "2024", "366 MWh"), ["control.alone"]),
        (asserted("power *", "2023-02-01/2024-12-31", "700.0 MWh"), ["control.alone"]),
    ],
)
def test_an_assertion_that_can_be_compared_with_nothing_says_so(control: object, told: list[str]) -> None:
    facts = with_control(control, entries=BILLS)
    assert rules(facts, "power@2024") == told
    assert "is compared with nothing" in facts["power@2024"].findings[0].message


@pytest.mark.parametrize(("amount", "told"), [("767.6 MWh", []), ("800.0 MWh", ["control.differs"])])
def test_an_assertion_over_two_years_is_compared_over_both(amount: str, told: list[str]) -> None:
    before = [entry("power works", "2023", "300.0 MWh"), entry("power office", "2023", "65.0 MWh")]
    facts = with_control(asserted("power *", "2023-01-01/2024-12-31", amount), entries=[*before, *BILLS])
    assert rules(facts, "power@2024") == told


def test_an_assertion_of_a_year_to_come_of_which_nothing_is_recorded_is_a_hole() -> None:
    facts = with_control(asserted("power *", "2030", "300 MWh"), entries=BILLS)
    assert facts["power@2030"].status == "hole" and rules(facts, "power@2030") == ["entry.missing"] * 2


def test_an_assertion_of_a_part_that_nobody_collects_is_a_hole() -> None:
    facts = with_control(asserted("heads * task=write", "2024-12-31", "3 person"))
    assert rules(facts, "heads@2024[task=write]") == ["series.none"]


def test_two_people_who_assert_the_same_do_not_assert_twice_as_much() -> None:
    both = [asserted("heads *", "2024-12-31", "10 person", id=by) for by in ("by-ana", "by-ben")]
    assert rules(with_control(*both), "heads@2024") == []


def test_another_closed_split_is_a_control_total() -> None:
    ages = [
        entry("heads works age=young", "2024-12-31", "3 person"),
        entry("heads works age=old", "2024-12-31", "8 person"),
    ]
    facts = with_control(*ages)
    assert rules(facts, "heads@2024") == ["control.differs"]
    assert "heads in 2024 adds up to 10, but its control total (age) is 11" in facts["heads@2024"].findings[0].message


@pytest.mark.parametrize(("writers", "holds"), [("9", True), ("11", False)])
def test_an_open_split_may_be_less_than_the_total_and_not_more(writers: str, holds: bool) -> None:
    facts = with_control(entry("heads works task=write", "2024-12-31", f"{writers} person"))
    assert rules(facts, "heads@2024") == ([] if holds else ["control.differs"])


def test_a_half_collected_split_warns_of_nothing() -> None:
    facts = with_control(entry("heads works age=young", "2024-12-31", "3 person"))
    assert rules(facts, "heads@2024") == [] and facts["heads@2024"].status == "figure"
    assert facts["heads@2024[age=old]"].status == "hole"


def test_an_incomplete_figure_is_not_held_against_a_total() -> None:
    facts = with_control(asserted("power *", "2024", "402.6 MWh"), entries=BILLS[:1])
    assert rules(facts, "power@2024") == ["entry.coverage"]


GRAINS = library(
    activity("fuel", "MWh", by="fuel fuel+use"),
    dimensions=[dimension("fuel", "gas diesel", closed=False), dimension("use", "road rail", closed=False)],
)
GAS = entry("fuel works fuel=gas", "2024", "100 MWh")


@pytest.mark.parametrize(
    ("finer", "says"),
    [
        ("fuel office fuel=gas;use=road", ["series.apart"]),
        ("fuel works fuel=diesel;use=road", ["series.apart"]),
        ("fuel works fuel=gas;use=road", []),
    ],
)
def test_a_finer_split_is_a_control_only_of_what_can_hold_it(finer: str, says: list[str]) -> None:
    facts = computed(GRAINS, [GAS, entry(finer, "2024", "50 MWh")])
    assert rules(facts, "fuel@2024") == says
    assert value(facts, "fuel@2024") == (None if says else "100")
