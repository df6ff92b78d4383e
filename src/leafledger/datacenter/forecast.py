"""What the load will be: damped persistence, a correction where it has proven itself, and bands that cover."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from leafledger.datacenter.clock import Floats, Ints

Simple = Literal["damped", "steady"]
Base = Callable[[Floats, Ints, int, int, int], Floats]
"""(history, origins, steps, steps a day, days) → forecasts by origin and step ahead."""
DAYS, WEEK = 7, 7
DAMPING = 24.0
"""Hours after which the last value counts for 1/e."""
TODAY, YESTERDAY = 0.7, 0.1
"""For a steady load: how far the usual day is moved to today's level, and the share of the day before (see docs/datacenter.md)."""
WEEKS_NEEDED, WEEKS_TRIED = 8, 3
BETTER = 0.98
"""A correction is let in where its error, on weeks that it was not fitted to, is at most this part of the error without it."""
RIDGE = 10.0
LOW, HIGH = 0.1, 0.9


@dataclass(frozen=True, kw_only=True)
class Band:
    """For each step ahead: the value in the middle, and those that one in ten stays below and above. In the unit of the history."""

    low: Floats
    middle: Floats
    high: Floats


@dataclass(frozen=True, kw_only=True)
class Model:
    """What was learnt from a history.

    base: the simple forecast that it corrects. weights: of the correction, by feature and step ahead, or None where it was not let in. spread: by
    step ahead, how far below and above the middle one in ten lies. tried: error with and without the correction, where it was tried.
    """

    a_day: int
    steps: int
    base: Simple
    weights: Floats | None
    spread: Floats
    tried: tuple[float, float] | None


def damped(history: Floats, steps: int, a_day: int) -> Floats:
    """The next `steps` values by damped persistence. history: all known values, the last one newest; a_day: steps in a day.

    w × last value + (1 - w) × mean of the same hour over the last seven days, w = exp(-hours ahead / 24). With less than a day of history it is
    the last value; ValueError without any.
    """
    return _based(_damped, history, steps, a_day)


def steady(history: Floats, steps: int, a_day: int) -> Floats:
    """The same for a load that is full most of the time and drains for an hour now and then: medians instead of means.

    The last value is the median of three hours, the usual day that of seven, moved most of the way to today's level; a tenth is the day before.
    """
    return _based(_steady, history, steps, a_day)


def seasonal_naive(history: Floats, steps: int, a_day: int) -> Floats:
    """The day before, again: what no forecast may be worse than."""
    if len(history) < a_day:
        return np.full(steps, history[-1])
    return np.resize(history[-a_day:], steps)


def fit(history: Floats, steps: int, a_day: int, base: Simple = "steady") -> Model:
    """Learn from a history: a correction of the simple forecast, if it proves better, and the bands.

    base: `damped` for the sum of many loads, which is smooth; `steady` for one that is full or drained, such as a queue. The correction is a
    ridge regression on what the simple one misses. The last three weeks are held back from it, and it has to lower their error; then it is
    fitted to all.
    """
    origins = np.arange(DAYS * a_day, len(history) - steps + 1)
    if len(origins) < a_day:
        return Model(a_day=a_day, steps=steps, base=base, weights=None, spread=_wide(history, steps), tried=None)
    missed, weights, tried = _missed(BASES[base], history, origins, steps, a_day), None, None
    if len(history) >= WEEKS_NEEDED * WEEK * a_day:
        features = _features(history, origins, a_day)
        held = origins > len(history) - steps - WEEKS_TRIED * WEEK * a_day
        early = origins + steps <= origins[held][0]
        corrected = missed[held] - features[held] @ _ridge(features[early], missed[early])
        tried = (float(np.abs(corrected).mean()), float(np.abs(missed[held]).mean()))
        if tried[0] <= BETTER * tried[1]:
            weights = _ridge(features, missed)
            missed = missed - features @ weights
    spread = np.quantile(missed, [LOW, HIGH], axis=0)
    return Model(a_day=a_day, steps=steps, base=base, weights=weights, spread=spread, tried=tried)


def predict(model: Model, history: Floats) -> Band:
    """The band for the steps after a history."""
    middle = _based(BASES[model.base], history, model.steps, model.a_day)
    if model.weights is not None and len(history) >= DAYS * model.a_day:
        middle = middle + (_features(history, np.array([len(history)]), model.a_day) @ model.weights)[0]
    low, high = middle + np.minimum(model.spread[0], 0), middle + np.maximum(model.spread[1], 0)
    return Band(low=low.clip(0), middle=middle.clip(0), high=high.clip(0))


def covered(bands: list[Band], actual: list[Floats]) -> float:
    """Which part of what happened lay within the bands; 0.8 is what they promise."""
    inside = [((band.low <= real) & (real <= band.high)).mean() for band, real in zip(bands, actual, strict=True)]
    return float(np.mean(inside))


def _based(base: Base, history: Floats, steps: int, a_day: int) -> Floats:
    if not len(history):
        raise ValueError("nothing was measured before, so nothing can be forecast")
    days = min(DAYS, len(history) // a_day)
    if not days:
        return np.full(steps, history[-1])
    forecast: Floats = base(history, np.array([len(history)]), steps, a_day, days)[0]
    return forecast


def _days(history: Floats, origins: Ints, a_day: int, days: int) -> Floats:
    """The days before each origin, by origin, day and step of the day, the day that begins at the origin first."""
    return np.lib.stride_tricks.sliding_window_view(history, days * a_day)[origins - days * a_day].reshape(
        -1, days, a_day
    )


def _damped(history: Floats, origins: Ints, steps: int, a_day: int, days: int) -> Floats:
    weight, usual = _weight(steps, a_day), _days(history, origins, a_day, days).mean(axis=1)
    forecast: Floats = weight * history[origins - 1][:, None] + (1 - weight) * usual[:, np.arange(steps) % a_day]
    return forecast


def _steady(history: Floats, origins: Ints, steps: int, a_day: int, days: int) -> Floats:
    ahead, week = np.arange(steps) % a_day, _days(history, origins, a_day, days)
    levels = np.median(week, axis=2, keepdims=True)
    usual = (1 - TODAY) * np.median(week, axis=1) + TODAY * (levels[:, -1] + np.median(week - levels, axis=1))
    hours = min(len(history), max(1, 3 * a_day // 24))
    last = np.median(np.lib.stride_tricks.sliding_window_view(history, hours)[origins - hours], axis=1, keepdims=True)
    weight = _weight(steps, a_day)
    near: Floats = weight * last + (1 - weight) * usual[:, ahead]
    return (1 - YESTERDAY) * near + YESTERDAY * week[:, -1][:, ahead]


def _weight(steps: int, a_day: int) -> Floats:
    weight: Floats = np.exp(-np.arange(1, steps + 1) * (24 / a_day) / DAMPING)
    return weight


BASES: dict[Simple, Base] = {"damped": _damped, "steady": _steady}


def _missed(base: Base, history: Floats, origins: Ints, steps: int, a_day: int) -> Floats:
    """What happened less what was forecast, by origin and step ahead."""
    windows = np.lib.stride_tricks.sliding_window_view(history, steps)
    missed: Floats = windows[origins] - base(history, origins, steps, a_day, DAYS)
    return missed


def _features(history: Floats, origins: Ints, a_day: int) -> Floats:
    """What is known at each origin: how the last hours and days stood against the same hours before, and the time of day and week."""
    last = history[origins - 1]
    hour = max(1, a_day // 24)
    means = np.mean([history[origins - 1 - day * a_day] for day in range(1, DAYS)], axis=0)
    week = np.lib.stride_tricks.sliding_window_view(history, DAYS * a_day)[origins - DAYS * a_day].mean(axis=1)
    day = np.lib.stride_tricks.sliding_window_view(history, a_day)[origins - a_day].mean(axis=1)
    turn = 2 * np.pi * (origins % a_day) / a_day
    round_week = 2 * np.pi * (origins % (WEEK * a_day)) / (WEEK * a_day)
    columns = [
        np.ones(len(origins)), last - means, last - history[origins - 1 - hour], last - history[origins - 1 - 3 * hour], day - week,
        last - week, np.sin(turn), np.cos(turn), np.sin(round_week), np.cos(round_week),
    ]  # fmt: skip
    return np.stack(columns, axis=1)


def _ridge(features: Floats, target: Floats) -> Floats:
    """Weights by feature and step ahead; features are put on one scale first, so that one penalty fits all."""
    scale = features.std(axis=0)
    scale[scale == 0] = 1.0
    scaled = features / scale
    weights: Floats = (
        np.linalg.solve(scaled.T @ scaled + RIDGE * np.eye(len(scale)), scaled.T @ target) / scale[:, None]
    )
    return weights


def _wide(history: Floats, steps: int) -> Floats:
    """Bands for too short a history: all that was seen."""
    centre = history - np.median(history) if len(history) else np.zeros(1)
    return np.repeat(np.quantile(centre, [LOW, HIGH])[:, None], steps, axis=1)
