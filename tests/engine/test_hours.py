"""Hourly matching: what falls in one hour counts, what a month evens out does not."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from leafledger.engine.hours import by_month, match, unlike

FIRST = datetime(2024, 1, 31, 12, tzinfo=UTC)


def hours(*amounts: int) -> dict[datetime, Fraction]:
    return {FIRST + timedelta(hours=n): Fraction(amount) for n, amount in enumerate(amounts)}


def test_noon_does_not_light_the_night() -> None:
    used, generated = hours(10, 10, 10, 10), hours(30, 10, 0, 0)
    assert (match(used, generated).matched, match(used, generated).share) == (20, Fraction(1, 2))
    assert match(used, generated, "day").share == 1
    assert (match(used, generated).short, match(used, generated).spare) == (20, 20)


def test_each_month_is_matched_by_itself() -> None:
    used, generated = hours(*[1] * 24), hours(*[2] * 12, *[0] * 12)
    assert {month: found.share for month, found in by_month(used, generated).items()} == {"2024-01": 1, "2024-02": 0}


def test_an_hour_without_a_reading_is_not_one_without_generation() -> None:
    (finding,) = unlike(hours(1, 1, 1), hours(1, 1))
    assert (
        "1 hours of what was used have no reading of what was generated, first 2024-01-31T14:00:00+00:00"
        in finding.message
    )


def test_nothing_used_has_no_share() -> None:
    assert match(hours(0, 0), hours(1, 1)).share is None


def test_less_than_nothing_is_told() -> None:
    assert [finding.rule for finding in unlike(hours(1, -1), hours(1, 1))] == ["hours.negative"]


AMOUNTS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=60)


@given(pairs=AMOUNTS)
def test_a_coarser_grain_never_matches_less(pairs: list[tuple[int, int]]) -> None:
    used, generated = hours(*(a for a, _ in pairs)), hours(*(b for _, b in pairs))
    matched = [match(used, generated, grain).matched for grain in ("hour", "day", "month", "year")]  # type: ignore[arg-type]
    assert matched == sorted(matched) and matched[-1] <= min(sum(used.values()), sum(generated.values()))
