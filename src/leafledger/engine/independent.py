"""Independent sources of uncertainty: each record and each factor once, how far it may be off, and by which distribution.

Normal where half the 95 % interval is at most 60 percent of the value (a standard deviation of 30 percent), else lognormal, as
uncertainties that large about a quantity that cannot be negative are skewed (IPCC 2006 Guidelines, volume 1, section 3.2.2.4). What is
derived from scores is lognormal, as the pedigree matrix defines it (GHG Protocol, Quantitative Inventory Uncertainty).
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from math import exp, log, sqrt
from random import Random
from typing import Literal

from leafledger.core.fact import Cell, FactorUse
from leafledger.core.quality import HALF_WIDTH, Scores, percent_of

NORMAL_UP_TO = Decimal(60)
Basis = Literal["stated", "scores", "unknown"]
Kind = Literal["entries", "factor"]
Draw = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Cells that were recorded together, or one factor. percent: half the width of its 95 % interval; None where it is unknown."""

    id: str
    kind: Kind
    of: Cell | FactorUse
    percent: Decimal | None
    basis: Basis

    @property
    def deviation(self) -> float:
        """Its standard deviation, as a share of its value; 0 where it is unknown, which no range may pass over in silence."""
        return 0.0 if self.percent is None else float(self.percent) / 100 / HALF_WIDTH

    @property
    def skewed(self) -> bool:
        return self.basis == "scores" or (self.percent is not None and self.percent > NORMAL_UP_TO)


def of_cell(cell: Cell) -> Source:
    percent, basis = _known(cell.uncertainty, cell.quality)
    return Source(id=f"entries {cell.hashes}", kind="entries", of=cell, percent=percent, basis=basis)


def of_factor(use: FactorUse) -> Source:
    """The same factor is one source wherever it serves: where it is too high, it is too high everywhere."""
    percent, basis = _known(use.uncertainty, use.quality)
    return Source(id=f"factor {use.id}", kind="factor", of=use, percent=percent, basis=basis)


def drawing(source: Source, random: Random) -> Draw:
    """Draws what the source may be in place of 1: with a mean of 1 and its standard deviation."""
    if source.skewed:
        spread = log(1 + source.deviation**2)
        return lambda: exp(random.gauss(-spread / 2, sqrt(spread)))
    return partial(random.gauss, 1.0, source.deviation)


def _known(stated: Decimal | None, scores: Scores) -> tuple[Decimal | None, Basis]:
    if stated is not None:
        return stated, "stated"
    return (percent_of(scores), "scores") if scores else (None, "unknown")
