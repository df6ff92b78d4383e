"""What a printed number leaves open, as a range, and arithmetic with ranges: the only tolerance that the rules know."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from leafledger.audit.mention import Amount
from leafledger.core.quantity import cut, rounded


@dataclass(frozen=True, slots=True)
class Range:
    """Everything from low to high, both included."""

    low: Fraction
    high: Fraction

    def __add__(self, other: "Range") -> "Range":
        return Range(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Range") -> "Range":
        return Range(self.low - other.high, self.high - other.low)

    def __mul__(self, other: "Range") -> "Range":
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Range(min(ends), max(ends))

    def __truediv__(self, other: "Range") -> "Range":
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("a range that holds nought cannot divide")
        return self * Range(1 / other.high, 1 / other.low)

    def times(self, factor: Fraction) -> "Range":
        low, high = self.low * factor, self.high * factor
        return Range(low, high) if factor >= 0 else Range(high, low)

    def meets(self, other: "Range") -> bool:
        return self.low <= other.high and other.low <= self.high

    def holds(self, value: Fraction) -> bool:
        return self.low <= value <= self.high

    @property
    def middle(self) -> Fraction:
        return (self.low + self.high) / 2

    @property
    def half(self) -> Fraction:
        return (self.high - self.low) / 2


def total(ranges: Iterable[Range]) -> Range:
    ranges = tuple(ranges)
    return Range(sum((r.low for r in ranges), Fraction(0)), sum((r.high for r in ranges), Fraction(0)))


def open_range(amount: Amount) -> Range:
    """The range of a printed number. What was said to be over, within or about says less than its digits do."""
    low, high = amount.low, amount.high
    far = max(abs(low), abs(high), Fraction(1)) * 10**9
    if amount.bound == "over":
        return Range(low, far)
    if amount.bound == "within":
        return Range(-far, high)
    if amount.bound == "about":
        slack = max(abs(low), abs(high)) / 10
        return Range(low - slack, high + slack)
    return Range(low, high)


def shared(ranges: Iterable[Range]) -> Range | None:
    """What all of them hold, or None."""
    ranges = tuple(ranges)
    low, high = max(r.low for r in ranges), min(r.high for r in ranges)
    return Range(low, high) if low <= high else None


def most_held(ranges: Iterable[Range]) -> Fraction:
    """The middle of the stretch that as many of the ranges as possible hold."""
    ranges = tuple(ranges)
    ends = sorted({end for r in ranges for end in (r.low, r.high)})
    points = sorted({*ends, *((a + b) / 2 for a, b in pairwise(ends))})
    best = max(points, key=lambda point: sum(r.holds(point) for r in ranges))
    there = [r for r in ranges if r.holds(best)]
    return (max(r.low for r in there) + min(r.high for r in there)) / 2


def written(value: Fraction, decimals: int = 2) -> str:
    """A computed number for a proof: with separators, cut to so many decimals, no idle zeros."""
    text = f"{rounded(cut(value), decimals):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def digits(amount: Amount) -> int:
    """How many digits of it were written from its first that is not nought: 0.030 has two, 1,200 has four."""
    return len(_plain(amount).lstrip("0"))


def telling(amount: Amount) -> int:
    """How many digits tell it apart from a round number: 1,200 has two, 1,054.1 has five, 100 has one."""
    return len(_plain(amount).strip("0"))


def noughts(amount: Amount) -> int:
    """How many noughts a whole number ends in, before the words that multiply it: 8,000 億 in three."""
    whole = Fraction(amount.value or 0) / amount.scale
    text = str(abs(whole.numerator)) if whole.denominator == 1 and not amount.decimals else "1"
    return len(text) - len(text.rstrip("0")) if text != "0" else 0


def _plain(amount: Amount) -> str:
    return "".join(c for c in format(abs(amount.value or 0), "f") if c.isdigit())
