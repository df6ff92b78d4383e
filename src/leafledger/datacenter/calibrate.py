"""Fits uncertain parameters to several published anchors at once, near to where they usually lie, and shows what does not fit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from leafledger.datacenter.clock import Floats

TURNS = 60
Values = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """Something that is not known well: where it usually lies, how far it usually strays, and between which ends it must be."""

    name: str
    usual: float
    strays: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Something that was published: its value, how far off a model may be, and how the model says it. weight 0: shown, not fitted."""

    name: str
    value: float
    within: float
    unit: str
    of: Callable[[Values], float]
    fitted: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Residual:
    """What the fitted model says of an anchor, and by how many of its tolerances it is off."""

    anchor: Anchor
    says: float

    @property
    def off(self) -> float:
        return (self.says - self.anchor.value) / self.anchor.within


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibrated:
    """The parameters, each with how far it went from where it usually lies (in `strays`), and every residual, fitted or not."""

    values: Values
    strayed: Values
    residuals: tuple[Residual, ...]


def calibrate(parameters: tuple[Parameter, ...], anchors: tuple[Anchor, ...]) -> Calibrated:
    """Least squares over anchors (in their tolerances) and parameters (in what they stray), by Levenberg and Marquardt within the ends.

    Parameters that no anchor touches stay where they usually lie. Few anchors cannot tell many parameters apart: what is found is the least unusual
    plant that fits, and not the only one.
    """
    fitted = [anchor for anchor in anchors if anchor.fitted]
    usual, strays, low, high = (
        np.array([getattr(p, name) for p in parameters]) for name in ("usual", "strays", "low", "high")
    )

    def missed(at: Floats) -> Floats:
        values = _named(parameters, at)
        return np.concatenate(
            [[(anchor.of(values) - anchor.value) / anchor.within for anchor in fitted], (at - usual) / strays]
        )

    at, damping = usual.clip(low, high), 1.0
    now = missed(at)
    for _ in range(TURNS):
        slope = _slope(missed, at, now, strays, low, high)
        step = np.linalg.solve(slope.T @ slope + damping * np.diag(1 / strays**2), -slope.T @ now)
        tried = (at + step).clip(low, high)
        then = missed(tried)
        if then @ then < now @ now:
            at, now, damping = tried, then, damping / 3
        else:
            damping *= 4
        if damping > 1e9:
            break
    values = _named(parameters, at)
    return Calibrated(
        values=values,
        strayed={p.name: float((values[p.name] - p.usual) / p.strays) for p in parameters},
        residuals=tuple(Residual(anchor=anchor, says=anchor.of(values)) for anchor in anchors),
    )


def _slope(
    missed: Callable[[Floats], Floats], at: Floats, now: Floats, strays: Floats, low: Floats, high: Floats
) -> Floats:
    """By differences, over steps wide enough that a count of hours moves."""
    columns = []
    for n in range(len(at)):
        step = 0.05 * strays[n] if at[n] + 0.05 * strays[n] <= high[n] else -0.05 * strays[n]
        moved = at.copy()
        moved[n] += step
        columns.append((missed(moved) - now) / step)
    return np.stack(columns, axis=1)


def _named(parameters: tuple[Parameter, ...], at: Floats) -> Values:
    return {parameter.name: float(value) for parameter, value in zip(parameters, at, strict=True)}
