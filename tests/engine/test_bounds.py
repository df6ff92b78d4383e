"""Bounds and intervals: "over 90" stays over, what cannot be bounded is a hole, and the digits given say how far a figure is open."""

from decimal import Decimal

import pytest
from engine_cases import activity, computed, entry, library, metric, value
from hypothesis import given
from hypothesis import strategies as some

from leafledger.core.fact import Fact, FactSet

RATES = library(
    activity("sold", "item"),
    activity("recalled", "item"),
    metric("sum", "item", "sold + recalled"),
    metric("rest", "item", "sold - recalled"),
    metric("share", "percent", "recalled / sold", "ratio"),
    metric("area", "item*item", "sold * recalled"),
)


def with_bounds(sold: str, recalled: str) -> FactSet:
    """`over 100` and `exact 3`."""
    made = []
    for name, text in (("sold", sold), ("recalled", recalled)):
        bound, amount = text.split()
        made.append(entry(f"{name} works", "2024", f"{amount} item", bound=bound, tolerance=0))
    return computed(RATES, made)


@pytest.mark.parametrize(
    ("sold", "recalled", "figure", "bound"),
    [
        ("over 100", "exact 3", "sum", "over"),
        ("over 100", "exact 3", "rest", "over"),
        ("exact 100", "over 3", "rest", "within"),
        ("over 100", "exact 3", "share", "within"),
        ("within 100", "exact 3", "share", "over"),
        ("exact 100", "over 3", "share", "over"),
        ("about 100", "exact 3", "share", "about"),
        ("over 100", "over 3", "sum", "over"),
        ("over 100", "within 3", "rest", "over"),
        ("over 100", "exact 0", "share", "exact"),  # none of however many is none
    ],
)
def test_a_bound_is_carried(sold: str, recalled: str, figure: str, bound: str) -> None:
    assert with_bounds(sold, recalled)[f"{figure}@2024"].bound == bound


@pytest.mark.parametrize(
    ("sold", "recalled", "figure"),
    [("over 100", "within 3", "sum"), ("over 100", "over 3", "rest"), ("over 100", "over 3", "share")],
)
def test_bounds_that_leave_nothing_to_state_make_a_hole(sold: str, recalled: str, figure: str) -> None:
    fact = with_bounds(sold, recalled)[f"{figure}@2024"]
    assert fact.status == "hole"
    assert "leaves no bound that can be stated" in fact.findings[0].message


def test_nothing_is_divided_by_what_may_be_nothing() -> None:
    made = [
        entry("sold works", "2024", "0.3 item", tolerance=Decimal("0.5")),
        entry("recalled works", "2024", "3 item"),
    ]
    fact = computed(RATES, made)["share@2024"]
    assert fact.status == "hole"
    assert "sold may be 0" in fact.findings[0].message


def interval(fact: Fact) -> tuple[Decimal, Decimal]:
    assert fact.low is not None and fact.high is not None
    return fact.low, fact.high


@pytest.mark.parametrize(
    ("amount", "low", "high"),
    [("36.1 item", "36.05", "36.15"), ("30 item", "29.5", "30.5"), ("1.20 item", "1.195", "1.205")],
)
def test_the_last_digit_given_leaves_half_of_itself_open(amount: str, low: str, high: str) -> None:
    facts = computed(RATES, [entry("sold works", "2024", amount)])
    assert interval(facts["sold@2024"]) == (Decimal(low), Decimal(high))


def test_a_tolerance_is_taken_as_it_is_given_and_counted_things_are_exact() -> None:
    heads = library(activity("heads", "person", "stock", counted=True))
    facts = computed(heads, [entry("heads works", "2024-12-31", "40 person")])
    assert interval(facts["heads@2024"]) == (40, 40)
    facts = computed(heads, [entry("heads works", "2024-12-31", "40 person", tolerance=Decimal(3))])
    assert interval(facts["heads@2024"]) == (37, 43)


NUMBERS = some.decimals(min_value=1, max_value=10**6, places=2)


@given(NUMBERS, NUMBERS, some.floats(-1, 1), some.floats(-1, 1))
def test_whatever_was_true_within_the_digits_lies_in_the_interval(
    sold: Decimal, recalled: Decimal, left: float, right: float
) -> None:
    facts = computed(
        RATES, [entry("sold works", "2024", f"{sold} item"), entry("recalled works", "2024", f"{recalled} item")]
    )
    true_sold, true_recalled = (
        n + Decimal(round(by, 3)) * Decimal("0.005") for n, by in ((sold, left), (recalled, right))
    )
    truth = {
        "sum": true_sold + true_recalled,
        "rest": true_sold - true_recalled,
        "share": true_recalled / true_sold * 100,
        "area": true_sold * true_recalled,
    }
    for figure, true in truth.items():
        low, high = interval(facts[f"{figure}@2024"])
        assert low - Decimal("1e-9") <= true <= high + Decimal("1e-9"), figure


def test_bounds_of_one_series_are_not_mixed() -> None:
    mixed = [
        entry("sold works", "2024-01-01/2024-06-30", "5 item", bound="over"),
        entry("sold works", "2024-07-01/2024-12-31", "5 item"),
    ]
    assert value(computed(RATES, mixed), "sold@2024") is None
