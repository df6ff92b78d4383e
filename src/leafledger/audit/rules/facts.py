"""Printed numbers as the rules compare them: of one kind, in one unit, with a key that says what they are of."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from leafledger.audit.labels import metric_named
from leafledger.audit.mention import Mention, Reading, Table, TableRow
from leafledger.audit.rules.once import once
from leafledger.audit.rules.ranges import Range, open_range
from leafledger.audit.units import Unit, unit_in, unit_named
from leafledger.core.labels import Labels

SURE = Decimal("0.8")
"""Below this confidence nothing that hangs on the number is certain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What a number is of. Two numbers with one key say the same thing."""

    metric: str
    labels: Labels
    year: int | None
    basis: str
    kind: str


@lru_cache(maxsize=4096)
def unit_of(name: str) -> Unit | None:
    return unit_named(name) or unit_in(name) if name else None


def kind_of(mention: Mention) -> str:
    """What it measures: energy, mass, count … or the unit's own words where nobody knows them."""
    unit = unit_of(mention.unit)
    return unit.dimension if unit else mention.unit


def kind_meant(mention: Mention) -> str:
    """What it measures, or where no unit was printed what its metric is measured in."""
    metric = metric_named(mention.metric) if not mention.unit else None
    return metric.units[0] if metric and metric.units else kind_of(mention)


def meet(one: Mention, other: Mention) -> bool:
    """May they be the same value? Where the unit of one is not printed it is taken to be that of the other."""
    if unit_of(one.unit) and unit_of(other.unit):
        return measure(one).meets(measure(other))
    return printed(one).meets(printed(other))


def is_ratio(mention: Mention) -> bool:
    """A rate, a share or an amount for each of something: parts of it do not add up."""
    unit, metric = unit_of(mention.unit), metric_named(mention.metric)
    by_unit = bool(unit and (unit.dimension in ("ratio", "point") or unit.intensity))
    return by_unit or bool(metric and metric.kind in ("ratio", "average"))


def is_percent(mention: Mention) -> bool:
    unit = unit_of(mention.unit)
    return unit is not None and unit.id == "percent"


def is_count(mention: Mention) -> bool:
    """A whole number of persons, cases, things: printed in full it is exact."""
    amount = mention.amount
    return kind_of(mention) == "count" and amount.decimals == 0 and amount.scale == 1 and amount.bound == "exact"


def measure(mention: Mention) -> Range:
    """What it leaves open, in the first unit of its dimension, so that kilograms compare with tonnes."""
    amount, unit = mention.amount, unit_of(mention.unit)
    if is_count(mention) and amount.value is not None:
        return Range(Fraction(amount.value), Fraction(amount.value))
    return open_range(amount).times(unit.factor if unit else Fraction(1))


def printed(mention: Mention) -> Range:
    """What it leaves open, in the unit it is printed in."""
    amount = mention.amount
    if is_count(mention) and amount.value is not None:
        return Range(Fraction(amount.value), Fraction(amount.value))
    return open_range(amount)


def has_value(mention: Mention | None) -> bool:
    return mention is not None and mention.amount.value is not None


def key_of(mention: Mention) -> Key | None:
    """None where nobody knows what it is of."""
    if not mention.metric or mention.year is None or mention.amount.value is None:
        return None
    return Key(
        metric=mention.metric,
        labels=mention.labels,
        year=mention.year,
        basis=mention.basis,
        kind=kind_meant(mention),
    )


def by_key(mentions: Iterable[Mention]) -> dict[Key, list[Mention]]:
    found: dict[Key, list[Mention]] = defaultdict(list)
    for mention in mentions:
        key = key_of(mention)
        if key is not None:
            found[key].append(mention)
    return found


def sure(*mentions: Mention) -> bool:
    return all(mention.confidence >= SURE for mention in mentions)


def series_of(row: TableRow, table: Table) -> list[tuple[int, Mention]]:
    """The numbers of a row whose columns are years, oldest first. Empty where a year comes twice."""
    pairs = [
        (year, cell)
        for year, cell in zip(table.years, row.cells, strict=False)
        if year is not None and cell is not None and cell.amount.value is not None
    ]
    years = [year for year, _ in pairs]
    return sorted(pairs, key=lambda pair: pair[0]) if len(set(years)) == len(years) else []


@once
def tabled(reading: Reading) -> dict[tuple[str, int | None], list[Mention]]:
    """The numbers of tables by metric and year."""
    found: dict[tuple[str, int | None], list[Mention]] = defaultdict(list)
    for mention in reading.mentions:
        if mention.kind == "table" and mention.metric and mention.amount.value is not None:
            found[mention.metric, mention.year].append(mention)
    return found


def for_all(reading: Reading, metric: str, year: int | None) -> Mention | None:
    """The value of a figure for all, as tables print it; None where they differ."""
    found = [one for one in tabled(reading).get((metric, year), ()) if not one.labels and not one.basis]
    return found[0] if found and all(meet(found[0], other) for other in found) else None
