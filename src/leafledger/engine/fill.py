"""Which consumption contracts cover: amounts allocated to stretches of days, put against what was used on these days, exactly."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from leafledger.core.period import Period

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """Something used, or allocated, evenly over these days."""

    days: Period
    amount: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """covered: for each use (first index) how much each allocation (second) covers. left: what of each allocation found no use."""

    covered: dict[tuple[int, int], Fraction]
    left: tuple[Fraction, ...]


def fill(used: Sequence[Amount], allocated: Sequence[Amount]) -> Filled:
    """Cover use by allocations within their days, none beyond either. What can be placed is placed, however days overlap.

    From day to day the allocation that ends first is used first, which leaves nothing over that some other order would place.
    """
    left = [one.amount for one in allocated]
    covered: dict[tuple[int, int], Fraction] = {}
    by_end = sorted(range(len(allocated)), key=lambda n: (allocated[n].days.end, allocated[n].days.start, n))
    for days in _segments(used, allocated):
        for use, one in enumerate(used):
            open_ = _on(one, days)
            for n in by_end:
                if open_ > 0 and left[n] > 0 and days.within(allocated[n].days):
                    taken = min(open_, left[n])
                    covered[use, n] = covered.get((use, n), ZERO) + taken
                    open_, left[n] = open_ - taken, left[n] - taken
    return Filled(covered=covered, left=tuple(left))


def _segments(used: Sequence[Amount], allocated: Sequence[Amount]) -> list[Period]:
    """The days of all, cut wherever one of them begins or ends."""
    all_days = [one.days for one in (*used, *allocated)]
    cuts = sorted({day for days in all_days for day in (days.start, days.end + timedelta(days=1))})
    return [Period(start, _before(end)) for start, end in pairwise(cuts)]


def _before(day: date) -> date:
    return day - timedelta(days=1)


def _on(one: Amount, days: Period) -> Fraction:
    """What of it falls on these days."""
    common = one.days.overlap(days)
    return one.amount * Fraction(common.days, one.days.days) if common else ZERO
