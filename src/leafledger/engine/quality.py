"""Scores on their way through a formula: means weighted by the amounts behind them, and how much of the amount is scored.

Added amounts mix their scores by their size. Of two that are multiplied each stands behind the whole product, so of each aspect the
worse score counts: a chain is as good as its weakest link. Who has not scored is unknown, never best.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from leafledger.core.quality import ASPECTS, Scores
from leafledger.core.quantity import cut

GEOGRAPHY = ASPECTS.index("geography")
WORST = 5
ZERO = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """How good what stands behind an amount is. weight: its size; scored: how much of that has scores.

    sums: each score times the size that has it, added up; empty where nothing is scored.
    """

    weight: Fraction
    scored: Fraction = ZERO
    sums: tuple[Fraction, ...] = ()


def scored(amount: Fraction, scores: Scores | tuple[Decimal, ...]) -> Scored:
    """The scores of one amount; without any it is unknown."""
    size = abs(amount)
    return Scored(weight=size, scored=size if scores else ZERO, sums=tuple(Fraction(one) * size for one in scores))


def carried(amount: Fraction, means: tuple[Decimal, ...], share: Decimal | None) -> Scored | None:
    """What `means` and `share` say of an amount, taken up again."""
    if share is None:
        return None
    if means:
        return scored(amount, means)
    return Scored(weight=abs(amount), scored=abs(amount) * Fraction(share) if share < 1 else ZERO)


def mixed(left: Scored | None, right: Scored | None) -> Scored | None:
    """Of two amounts that are added up. None has nothing of the kind behind it and says nothing."""
    if left is None or right is None:
        return left or right
    if not (left.sums and right.sums):
        sums = left.sums or right.sums
    else:
        sums = tuple(a + b for a, b in zip(left.sums, right.sums, strict=True))
    return Scored(weight=left.weight + right.weight, scored=left.scored + right.scored, sums=sums)


def chained(left: Scored | None, right: Scored | None, left_size: Fraction, right_size: Fraction) -> Scored | None:
    """Of two amounts that are multiplied; the sizes are those of the amounts themselves."""
    if left is None or right is None:
        return _sized(left, right_size) or _sized(right, left_size)
    weight = left.weight * right.weight
    share = min(_share(left), _share(right))
    if not (share and left.sums and right.sums):
        return Scored(weight=weight, scored=weight * share)
    pairs = zip(left.sums, right.sums, strict=True)
    worse = (max(a / left.scored, b / right.scored) for a, b in pairs)
    return Scored(weight=weight, scored=weight * share, sums=tuple(mean * weight * share for mean in worse))


def inverse(of: Scored | None, size: Fraction) -> Scored | None:
    """Of what divides: as good as it was, and as much of it scored."""
    return None if of is None else _sized(of, 1 / size**2)


def means(of: Scored | None) -> tuple[Decimal, ...]:
    """Five mean scores; empty where not all of the amount is scored, or where there is no amount."""
    if of is None or not of.weight or of.scored != of.weight or not of.sums:
        return ()
    return tuple(cut(one / of.scored) for one in of.sums)


def share(of: Scored | None) -> Decimal | None:
    """Which share of the amount is scored, 0..1; None where nothing of the kind stands behind it, or no amount does."""
    return None if of is None or not of.weight else cut(_share(of))


def served(scores: Scores, level: int) -> Scores:
    """A factor's scores where it serves: each step up the chain of regions costs a point of geography, so one step up has 2 at best.

    After the pedigree matrix (Weidema 1996), where 2 is the mean of a larger area that holds the one asked for, and 5 is unknown.
    """
    if not scores or not level:
        return scores
    fallen = max(scores[GEOGRAPHY], min(1 + level, WORST))
    return (*scores[:GEOGRAPHY], fallen, *scores[GEOGRAPHY + 1 :])


def _share(of: Scored) -> Fraction:
    return of.scored / of.weight if of.weight else ZERO


def _sized(of: Scored | None, by: Fraction) -> Scored | None:
    by = abs(by)
    if of is None:
        return None
    return Scored(weight=of.weight * by, scored=of.scored * by, sums=tuple(one * by for one in of.sums))
