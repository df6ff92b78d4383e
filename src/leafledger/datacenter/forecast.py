"""What the load will be: damped persistence with the mean of the same hour, a correction where it has proven itself, and bands that cover."""

import numpy as np

from leafledger.datacenter.clock import Floats

DAYS = 7
DAMPING = 24.0
"""Hours after which the last value counts for 1/e. Set once, not tuned."""


def damped(history: Floats, steps: int, a_day: int) -> Floats:
    """The next `steps` values. history: all known values, the last one newest; a_day: steps in a day.

    w × last value + (1 - w) × mean of the same hour of the last seven days, w = exp(-hours ahead / 24). With less than a day of history it
    is the last value; ValueError without any.
    """
    if not len(history):
        raise ValueError("nothing was measured before, so nothing can be forecast")
    ahead = np.arange(1, steps + 1)
    weight = np.exp(-ahead * (24 / a_day) / DAMPING)
    forecast: Floats = weight * history[-1] + (1 - weight) * same_hour(history, steps, a_day)
    return forecast


def same_hour(history: Floats, steps: int, a_day: int) -> Floats:
    """For each of the next steps, the mean over the last days at the same hour; the last value where no day is known."""
    days = min(DAYS, len(history) // a_day)
    if not days:
        return np.full(steps, history[-1])
    daily = history[len(history) - days * a_day :].reshape(days, a_day).mean(axis=0)
    return np.resize(daily, steps)


def seasonal_naive(history: Floats, steps: int, a_day: int) -> Floats:
    """The day before, again: what no forecast may be worse than."""
    if len(history) < a_day:
        return np.full(steps, history[-1])
    return np.resize(history[-a_day:], steps)
