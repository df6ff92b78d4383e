"""A forecast leans on what was just seen and on the usual day, corrects itself only where that has proven better, and gives bands that hold."""

import numpy as np
import pytest

from leafledger.datacenter.forecast import covered, damped, fit, predict, seasonal_naive, steady

DAY = 24


def weeks(count: int, *, noise: float = 1.0, seed: int = 5) -> np.ndarray:
    """Hours of a load with a day, a weekend and some memory."""
    rng = np.random.default_rng(seed)
    hours = np.arange(count * 7 * DAY)
    drift = np.zeros(len(hours))
    for n in range(1, len(hours)):
        drift[n] = 0.95 * drift[n - 1] + rng.normal(0, noise)
    return 50 + 8 * np.sin(hours * 2 * np.pi / DAY) - 6 * (hours // DAY % 7 >= 5) + drift


def error(forecast, series: np.ndarray, since: int) -> float:
    return float(
        np.mean(
            [np.abs(forecast(series[:at]) - series[at : at + DAY]).mean() for at in range(since, len(series) - DAY, 6)]
        )
    )


@pytest.mark.parametrize("simple", [damped, steady])
def test_what_never_changes_is_forecast_to_stay(simple) -> None:
    assert simple(np.full(8 * DAY, 7.0), 30, DAY) == pytest.approx(np.full(30, 7.0))


@pytest.mark.parametrize("simple", [damped, steady])
def test_it_is_better_than_the_day_before(simple) -> None:
    series = weeks(6, noise=4.0)
    assert error(lambda h: simple(h, DAY, DAY), series, 14 * DAY) < error(
        lambda h: seasonal_naive(h, DAY, DAY), series, 14 * DAY
    )


def test_an_hour_in_which_a_queue_drains_does_not_move_the_steady_forecast() -> None:
    series = np.full(10 * DAY, 8.0)
    series[-30], series[-1] = 0.0, 0.0
    assert np.abs(steady(series, DAY, DAY) - 8).max() < 1 < np.abs(damped(series, DAY, DAY) - 8).max()


def test_the_correction_is_let_in_where_it_proves_better() -> None:
    model = fit(weeks(10), DAY, DAY, "damped")
    assert model.weights is not None and model.tried is not None and model.tried[0] < model.tried[1]


def test_it_is_kept_out_where_there_is_too_little_to_prove_it_on() -> None:
    assert fit(weeks(7), DAY, DAY).weights is None


def test_it_is_kept_out_where_the_last_weeks_are_unlike_those_it_learnt_from() -> None:
    series = weeks(10)
    series[7 * 7 * DAY :] = 50 + np.where(np.arange(3 * 7 * DAY) % 2, 3.0, -3.0)
    model = fit(series, DAY, DAY)
    assert model.weights is None and model.tried is not None and model.tried[0] > model.tried[1]


def test_the_bands_hold_about_what_they_promise() -> None:
    series = weeks(14)
    model = fit(series[: 10 * 7 * DAY], DAY, DAY)
    at = range(10 * 7 * DAY, len(series) - DAY, 6)
    assert 0.7 < covered([predict(model, series[:n]) for n in at], [series[n : n + DAY] for n in at]) < 0.9


def test_a_forecast_uses_nothing_that_comes_after() -> None:
    series = weeks(10)
    model = fit(series[:1500], DAY, DAY)
    later = series.copy()
    later[1500:] = 0
    assert (predict(model, series[:1500]).middle == predict(model, later[:1500]).middle).all()


@pytest.mark.parametrize("known", [1, 5, 30])
def test_a_short_history_gives_a_wide_band(known: int) -> None:
    band = predict(fit(weeks(1)[:known], DAY, DAY), weeks(1)[:known])
    assert (band.low <= band.middle).all() and (band.middle <= band.high).all()


def test_nothing_can_be_forecast_from_nothing() -> None:
    with pytest.raises(ValueError, match="nothing was measured before"):
        damped(np.zeros(0), 3, DAY)
