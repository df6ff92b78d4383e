"""A formula that is linear in the quantity of one activity: a sum of products of factors, each with an exact coefficient."""

from dataclasses import dataclass
from fractions import Fraction

from leafledger.core.labels import Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A factor that is asked for by name, as if the cell had the labels `of` beside (over) its own."""

    name: str
    of: Labels = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """coefficient × each of the factors, all in root units."""

    coefficient: Fraction
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Linear:
    """What one unit of an activity is of a metric. ways: sums of terms, of which the first counts whose factors can all be had.

    splits: the dimensions by which the metric is also wanted.
    """

    metric: str
    unit: str
    activity: str
    ways: tuple[tuple[Term, ...], ...]
    splits: tuple[str, ...] = ()
