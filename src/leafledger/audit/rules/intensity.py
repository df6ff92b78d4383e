"""Intensities: each is a figure over a denominator, and all intensities of a year share that denominator."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from leafledger.audit.labels import metric_named
from leafledger.audit.mention import Mention, Reading
from leafledger.audit.rules.alike import stem
from leafledger.audit.rules.facts import kind_of, measure, unit_of
from leafledger.audit.rules.ranges import Range, most_held, written
from leafledger.audit.rules.saying import named, number, verdict
from leafledger.audit.verdict import Certainty, Verdict, rule

TIGHT = Fraction(1, 5)
"""An intensity with so few digits that its denominator is open by a fifth tells nothing against others."""
REVENUE = "finance.revenue"
NEAR = Fraction(1, 50)
"""A factor this near a power of ten is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Implied:
    """An intensity, what it may be an intensity of, and the denominator that each of these implies."""

    intensity: Mention
    bases: tuple[tuple[Mention, Range], ...]

    def fits(self, point: Fraction) -> bool:
        return any(implied.holds(point) for _, implied in self.bases)

    @property
    def telling(self) -> bool:
        return any(implied.high - implied.low < TIGHT * implied.middle for _, implied in self.bases)

    def nearest(self, point: Fraction) -> tuple[Mention, Range]:
        return min(self.bases, key=lambda pair: abs(pair[1].middle - point))


@rule
def intensity(reading: Reading) -> Iterator[Verdict]:
    """An intensity is not its figure over the denominator that the other intensities of the year have."""
    for items in intensities(reading).values():
        printed = _denominators(reading, items)
        yield from _judge(items, printed)


def intensities(reading: Reading) -> dict[object, list[Implied]]:
    """Intensities of one year and one kind of denominator, each value once."""
    found: dict[object, list[Implied]] = defaultdict(list)
    seen: set[object] = set()
    tables = [m for m in reading.mentions if m.kind == "table" and m.amount.value and m.year is not None]
    alike: dict[object, list[Mention]] = defaultdict(list)
    for mention in tables:
        alike[mention.year, kind_of(mention), mention.labels, mention.basis].append(mention)
    for mention in tables:
        unit = unit_of(mention.unit)
        if unit is None or not unit.intensity:
            continue
        over, _, under = unit.dimension.partition("/")
        labels = tuple(pair for pair in mention.labels if pair[0] != "per")
        bases = tuple(_bases(mention, alike[mention.year, over, labels, mention.basis]))
        same = (stem(mention.label), mention.metric, mention.year, under, mention.amount.value)
        if bases and same not in seen:
            seen.add(same)
            found[mention.year, under, mention.basis].append(Implied(intensity=mention, bases=bases))
    return found


def _bases(intensity: Mention, alike: list[Mention]) -> Iterator[tuple[Mention, Range]]:
    """Figures of the same year whose label, or metric, says that this is their intensity."""
    wanted = stem(intensity.label)
    for base in alike:
        if measure(base).low <= 0:
            continue
        metric = metric_named(base.metric)
        related = bool(wanted) and stem(base.label) == wanted
        if related or (metric and intensity.metric and metric.intensity == intensity.metric):
            yield base, measure(base) / measure(intensity)


def _denominators(reading: Reading, items: list[Implied]) -> list[Mention]:
    """Revenue of that year, where the report prints it."""
    first = items[0].intensity
    unit = unit_of(first.unit)
    under = unit.dimension.partition("/")[2] if unit else ""
    return [
        m
        for m in reading.mentions
        if m.metric == REVENUE and m.year == first.year and kind_of(m) == under and m.amount.value is not None
    ]


def _judge(items: list[Implied], printed: list[Mention]) -> Iterator[Verdict]:
    known = [measure(one) for one in printed]
    ranges = [implied for item in items if item.telling for _, implied in item.bases]
    if len(ranges) + len(known) < 2:
        return
    point = most_held([*ranges, *known])
    fitting = [item for item in items if item.telling and item.fits(point)]
    witnesses = len(fitting) + sum(one.holds(point) for one in known)
    if witnesses < 2:
        return
    for item in items:
        if not item.fits(point):
            yield _say(item, point, fitting, witnesses)


def _say(item: Implied, point: Fraction, fitting: list[Implied], witnesses: int) -> Verdict:
    base, implied = item.nearest(point)
    power = _power(implied, point)
    certainty: Certainty = "certain" if witnesses > 2 else "likely"
    plain = "{label}: {intensity} is printed, but {base} over the denominator that {witnesses} other figures of {year} share ({denominator}) makes {made}."  # noqa: E501
    slip = "{label}: {intensity} is printed, which is {power} times what {base} over the denominator of {witnesses} other figures of {year} ({denominator}) makes: a unit or a decimal point slipped."  # noqa: E501
    unit = unit_of(item.intensity.unit)
    made = measure(base).middle / point / (unit.factor if unit else 1)
    text = written(made, item.intensity.amount.decimals + 2)
    return verdict(
        "intensity",
        certainty,
        "high",
        slip if power else plain,
        about=(item.intensity, base),
        places=tuple(one.intensity.where for one in fitting[:2]),
        proof=f"{number(base)} / {_denominator(item, point)} = {text} ≠ {number(item.intensity)}",
        settle="Recompute it from the figure and the denominator that the report uses; one of the two numbers is printed wrongly.",
        label=named(item.intensity),
        intensity=number(item.intensity),
        base=number(base),
        witnesses=witnesses,
        year=item.intensity.year,
        denominator=_denominator(item, point),
        made=text,
        power=power,
    )


def _denominator(item: Implied, point: Fraction) -> str:
    """In the denominator unit that the intensity names."""
    below = unit_of(item.intensity.unit.partition("/")[2])
    return written(point / below.factor if below else point, 1)


def _power(implied: Range, point: Fraction) -> str:
    """`10` where the intensity is printed that many times too large, `1/1,000` where it is too small."""
    ratio = point / implied.middle
    for exponent in range(1, 7):
        if abs(ratio / 10**exponent - 1) < NEAR:
            return written(Fraction(10**exponent))
        if abs(ratio * 10**exponent - 1) < NEAR:
            return f"1/{written(Fraction(10**exponent))}"
    return ""
