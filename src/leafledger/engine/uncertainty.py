"""How uncertain a figure is, worked out in two ways: by error propagation, and by drawing all of its sources again and again.

First-order error propagation is approach 1 of the IPCC 2006 Guidelines, volume 1, chapter 3, and Monte Carlo its approach 2; sources
are independent of each other, and one source is fully correlated with itself wherever it stands. Where the sources enter linearly
the two give one standard deviation, but for the sampling error: about 1 in the square root of twice the number of draws.
What has no known uncertainty is not taken for certain: the range says of which share of the amount it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import floor, fsum, log10, sqrt
from random import Random

from leafledger.core.fact import Fact
from leafledger.core.quality import HALF_WIDTH
from leafledger.engine.independent import Kind, Source
from leafledger.engine.simulate import figures
from leafledger.engine.trace import Leaf, Step, Trace, known_share, laid_out, worths
from leafledger.engine.value import Value
from leafledger.library.units import unit

SEED = 20_060_103
DRAWS, FEWEST, MOST_WORK = 20_000, 2_000, 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Where 95 in 100 lie. percent: half its width, of the figure; all in the figure's unit but that."""

    low: float
    high: float
    deviation: float
    percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor:
    """One source. effect: by how much the figure moves when all of it is off by 100 percent, in the figure's unit.

    variance: which share of the variance that is known comes from it; None where its uncertainty is unknown.
    """

    source: Source
    effect: float
    variance: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertainty:
    """known: the share of the amount all of whose sources have an uncertainty, 0..1; without any there is no range.

    known_entries, known_factors: the same of what was recorded and of factors by themselves; None where there are none.
    contributors: by their share of the variance, largest first, then those of unknown uncertainty by effect.
    """

    key: str
    value: Decimal
    unit: str
    known: float
    known_entries: float | None
    known_factors: float | None
    propagated: Range | None
    simulated: Range | None
    draws: int
    contributors: tuple[Contributor, ...]


def uncertainty(fact: Fact, values: Mapping[str, Value], draws: int = 0, seed: int = SEED) -> Uncertainty:
    """Of a figure that is there, and `values` it was worked out of. draws: as many as are worth while where none are asked for."""
    assert fact.value is not None
    trace, scale = laid_out(fact.key, values), float(unit(fact.unit).scale)
    effects = [effect / scale for effect in sensitivities(trace)]
    known = known_share(trace) if trace.sources else 0.0
    variances = [(effect * source.deviation) ** 2 for effect, source in zip(effects, trace.sources, strict=True)]
    total = fsum(variances)
    draws = draws or max(FEWEST, min(DRAWS, MOST_WORK // max(1, len(trace.steps) + len(trace.sources))))
    value = float(fact.value)
    drawn = sorted(one / scale for one in figures(trace, draws, Random(seed))) if known else []
    return Uncertainty(
        key=fact.key,
        value=fact.value,
        unit=fact.unit,
        known=known,
        known_entries=_of_kind(trace, "entries"),
        known_factors=_of_kind(trace, "factor"),
        propagated=_around(value, sqrt(total)) if known else None,
        simulated=_spread(value, drawn) if drawn else None,
        draws=len(drawn),
        contributors=_ranked(trace, effects, variances, total),
    )


def places_of(of: Uncertainty) -> int:
    """How many decimals show two digits of how uncertain it is."""
    deviation = of.propagated.deviation if of.propagated else 0.0
    return max(0, min(6, 1 - floor(log10(deviation)))) if deviation else 1


def sensitivities(trace: Trace) -> list[float]:
    """By how much the figure moves, to first order, when each source is off by 100 percent; in root units."""
    worth = worths(trace)
    slopes = [0.0] * len(worth)
    slopes[-1] = 1.0
    effects = [0.0] * len(trace.sources)
    for at in range(len(worth) - 1, -1, -1):
        match trace.steps[at]:
            case Leaf(parts):
                for source, amount in parts:
                    effects[source] += slopes[at] * amount
            case Step(sign, left, right):
                first, second = _slopes(sign, worth[left], worth[right])
                slopes[left] += slopes[at] * first
                slopes[right] += slopes[at] * second
    return effects


def _slopes(sign: str, left: float, right: float) -> tuple[float, float]:
    match sign:
        case "*":
            return right, left
        case "/":
            return 1 / right, -left / right**2
        case _:
            return 1.0, 1.0 if sign == "+" else -1.0


def _around(value: float, deviation: float) -> Range:
    half = HALF_WIDTH * deviation
    return Range(low=value - half, high=value + half, deviation=deviation, percent=_percent(half, value))


def _spread(value: float, drawn: list[float]) -> Range:
    """Between the percentiles 2.5 and 97.5 of what was drawn."""
    mean = fsum(drawn) / len(drawn)
    deviation = sqrt(fsum((one - mean) ** 2 for one in drawn) / (len(drawn) - 1))
    low, high = (drawn[round(share * (len(drawn) - 1))] for share in (0.025, 0.975))
    return Range(low=low, high=high, deviation=deviation, percent=_percent((high - low) / 2, value))


def _percent(half: float, value: float) -> float:
    return 100 * half / abs(value) if value else 0.0


def _ranked(trace: Trace, effects: list[float], variances: list[float], total: float) -> tuple[Contributor, ...]:
    found = [
        Contributor(
            source=source,
            effect=effect,
            variance=None if source.percent is None else variance / total if total else 0.0,
        )
        for source, effect, variance in zip(trace.sources, effects, variances, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (one.variance is None, -(one.variance or 0), -abs(one.effect))))


def _of_kind(trace: Trace, kind: Kind) -> float | None:
    return known_share(trace, kind) if any(source.kind == kind for source in trace.sources) else None
