"""Rates and averages of a whole against those of its parts: between them, and their weighted mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from leafledger.audit.labels import metric_named
from leafledger.audit.mention import Mention, Reading
from leafledger.audit.rules.facts import is_percent, is_ratio, kind_of, measure, unit_of
from leafledger.audit.rules.once import once
from leafledger.audit.rules.partitions import Partition, complete, member_of, partitions
from leafledger.audit.rules.ranges import Range, total, written
from leafledger.audit.rules.saying import named, number, verdict
from leafledger.audit.verdict import Certainty, Verdict, rule

HUNDRED = Range(Fraction(1), Fraction(1))
SURE, LIKELY, POSSIBLE = 3, Fraction(3, 2), Fraction(11, 10)
"""By how much each group may weigh more or less than heads at the end of the year say (leavers, part of a year)."""


@rule
def outside_parts(reading: Reading) -> Iterator[Verdict]:
    """An average or a rate of all lies outside those of every group that makes up the whole."""
    every = partitions(reading)
    heads = [one for one in every if not is_ratio(one.whole) and kind_of(one.whole) == "count"]
    found: dict[object, list[Partition]] = {}
    for one in every:
        if _averages(one) and _outside(one):
            found.setdefault((one.whole.metric, one.whole.year, one.whole.amount.value), []).append(one)
    for group in found.values():
        yield _say_outside(_by_members(group), heads)


def _averages(one: Partition) -> bool:
    """A rate within each group: not a share of one whole, whose parts make 100 %, and no intensity, which is weighed by other things."""
    metric, unit = metric_named(one.whole.metric), unit_of(one.whole.unit)
    of_itself = metric is None or (bool(metric.of) and metric.of == metric.over)
    per = unit is not None and unit.intensity and unit.dimension != "time/count"
    whole = is_shares(one.parts) and measure(one.whole).meets(HUNDRED)
    return is_ratio(one.whole) and not (of_itself or per or whole)


def is_shares(parts: Sequence[Mention]) -> bool:
    return all(map(is_percent, parts)) and total(measure(part) for part in parts).meets(HUNDRED)


def _outside(one: Partition) -> bool:
    whole, parts = measure(one.whole), [measure(part) for part in one.parts]
    return whole.high < min(p.low for p in parts) or whole.low > max(p.high for p in parts)


def _by_members(group: list[Partition]) -> list[Partition]:
    """One of each split: the same table printed twice is one contradiction."""
    kept = {(one.dimension, tuple(sorted(str(p.amount.value) for p in one.parts))): one for one in reversed(group)}
    return list(kept.values())


def _say_outside(group: list[Partition], heads: list[Partition]) -> Verdict:
    one = group[0]
    shares = [p for p in group if is_shares(p.parts)]
    certainty: Certainty = "certain" if any(complete(p, heads) for p in group) else "likely"
    plain = "{label}: {whole} for all, but {parts}; the figure for all must lie between those of the groups."
    split = "{label}: {whole} for all, but {parts}, which together make 100 %: these seem to be shares of those counted, not rates within each group, so they are no breakdown of {whole}."  # noqa: E501
    return verdict(
        "outside-parts",
        "likely" if shares and len(shares) == len(group) else certainty,
        "high",
        split if shares and len(shares) == len(group) else plain,
        about=[mention for p in group for mention in p.all],
        proof="; ".join(_proof(p) for p in group),
        settle="Recompute each rate from the numbers of people behind it, and state one formula for all of them.",
        label=named(one.whole),
        whole=number(one.whole),
        parts=", ".join(f"{named(part)} {number(part)}" for p in group for part in p.parts),
    )


def _proof(one: Partition) -> str:
    ordered = sorted(one.parts, key=lambda part: measure(part).middle)
    low, high = ordered[0], ordered[-1]
    return f"{number(one.whole)} ∉ [{number(low)}, {number(high)}]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """Rates of groups with the heads that weigh them, and what they make together."""

    rates: Partition
    heads: Partition
    made: Range

    @property
    def apart(self) -> bool:
        return not self.made.meets(measure(self.rates.whole))

    def apart_by(self, factor: Fraction | int) -> bool:
        """Still apart, however much any group weighs more or less within this factor?"""
        reach = _reach(self.rates, self.heads, Fraction(factor))
        return not reach.meets(measure(self.rates.whole))


@rule
def weighted_mean(reading: Reading) -> Iterator[Verdict]:
    """An average or a rate of all is not the mean of its groups, each weighed by its heads."""
    done: set[object] = set()
    for mean in means(reading):
        one = mean.rates
        key = (one.whole.metric, one.whole.year, one.dimension, one.whole.amount.value, mean.made)
        if key in done or not mean.apart or _outside(one) or not mean.apart_by(POSSIBLE):
            continue
        done.add(key)
        yield _say_mean(mean)


@once
def means(reading: Reading) -> tuple[Mean, ...]:
    """Every rate by a split for which the heads by the same split are printed."""
    return tuple(_means(partitions(reading)))


def _means(every: tuple[Partition, ...]) -> Iterator[Mean]:
    for one in every:
        heads = next((p for p in every if _weighs(p, one)), None)
        if heads is None or not _averages(one) or not complete(one, [heads]):
            continue
        yield Mean(rates=one, heads=heads, made=_reach(one, heads, Fraction(1)))


def _weighs(heads: Partition, rates: Partition) -> bool:
    whole = heads.whole
    return (
        whole.metric == HEADS
        and whole.labels == rates.whole.labels
        and whole.year == rates.whole.year
        and whole.basis == rates.whole.basis
        and heads.dimension == rates.dimension
        and heads.members == rates.members
        and all(part.amount.value for part in heads.parts)
    )


HEADS = "people.employees"


def _reach(rates: Partition, heads: Partition, factor: Fraction) -> Range:
    """The lowest and highest mean when each weight may be off by a factor."""
    weights = {member_of(part, heads.dimension): measure(part).middle for part in heads.parts}
    lows = sorted((measure(part).low, weights[member_of(part, rates.dimension)]) for part in rates.parts)
    highs = sorted((measure(part).high, weights[member_of(part, rates.dimension)]) for part in rates.parts)
    return Range(
        min(_mean(lows, cut, factor, low=True) for cut in range(len(lows) + 1)),
        max(_mean(highs, cut, factor, low=False) for cut in range(len(highs) + 1)),
    )


def _mean(pairs: list[tuple[Fraction, Fraction]], cut: int, factor: Fraction, *, low: bool) -> Fraction:
    """Those before the cut weigh more (for the lowest mean) or less (for the highest), the others the other way."""
    more, less = (factor, 1 / factor) if low else (1 / factor, factor)
    weighed = [(rate, weight * (more if at < cut else less)) for at, (rate, weight) in enumerate(pairs)]
    return sum((rate * weight for rate, weight in weighed), Fraction(0)) / sum(weight for _, weight in weighed)


def _say_mean(mean: Mean) -> Verdict:
    one = mean.rates
    certainty: Certainty = "certain" if mean.apart_by(SURE) else "likely" if mean.apart_by(LIKELY) else "question"
    return verdict(
        "weighted-mean",
        certainty,
        "high" if certainty == "certain" else "medium",
        "{label}: {whole} is printed for all, but weighed by heads its groups make {mean}.",
        about=(*one.all, *mean.heads.parts),
        proof=mean_proof(mean),
        settle="Recompute the figure of each group from the records; if they were weighed by anything but heads at the end of the year, say by what.",
        label=named(one.whole),
        whole=number(one.whole),
        mean=mean_text(mean),
    )


def mean_text(mean: Mean) -> str:
    unit = unit_of(mean.rates.whole.unit)
    made = mean.made.middle / unit.factor if unit else mean.made.middle
    return written(made, mean.rates.whole.amount.decimals + 2)


def mean_proof(mean: Mean) -> str:
    """The sum of rate times heads, over all heads."""
    heads = {member_of(part, mean.heads.dimension): part for part in mean.heads.parts}
    pairs = [(part, heads[member_of(part, mean.rates.dimension)]) for part in mean.rates.parts]
    above = " + ".join(f"{number(rate)} × {number(weight)}" for rate, weight in pairs)
    below = " + ".join(number(weight) for _, weight in pairs)
    relation = "≠" if mean.apart else "="
    return f"({above}) / ({below}) = {mean_text(mean)} {relation} {number(mean.rates.whole)}"
