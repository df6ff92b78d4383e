"""A figure against its own other years: repeated values, slips of the decimal point, jumps, ratios that never move."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from leafledger.audit.mention import Mention, Reading, Table, TableRow
from leafledger.audit.rules.alike import core
from leafledger.audit.rules.facts import is_count, is_percent, is_ratio, measure, series_of
from leafledger.audit.rules.ranges import Range, digits, shared, telling, written
from leafledger.audit.rules.saying import named, number, verdict
from leafledger.audit.verdict import Verdict, rule

Year = tuple[int, Mention]
NEAR = Fraction(5, 4)


@rule
def repeated_years(reading: Reading) -> Iterator[Verdict]:
    """A measured value is the same to the last digit in two years."""
    for table in reading.tables:
        for row in table.rows:
            for (year, one), (next_year, other) in pairwise(series_of(row, table)):
                if next_year != year + 1 or one.amount.value != other.amount.value or not _measured(one):
                    continue
                yield verdict(
                    "repeated-years",
                    "question",
                    "low",
                    "{label} is {value} in {year} and again in {next_year}: was it measured anew?",
                    about=(one, other),
                    proof=f"{year}: {number(one)}; {next_year}: {number(other)}",
                    settle="Show the records of both years.",
                    label=named(one),
                    value=number(one),
                    year=year,
                    next_year=next_year,
                )


def _measured(mention: Mention) -> bool:
    """Digits enough that two years would not agree by chance, and not a rate, which may well stand still."""
    enough = telling(mention.amount) >= 3 and digits(mention.amount) >= 3
    return enough and not is_ratio(mention) and mention.basis != "target"


@rule
def slipped_point(reading: Reading) -> Iterator[Verdict]:
    """A value is a power of ten away from all other years of its row."""
    for table in reading.tables:
        for row in table.rows:
            series = series_of(row, table)
            for year, odd in series:
                others = [measure(m).middle for y, m in series if y != year]
                power = _power(measure(odd).middle, others) if not (is_count(odd) or is_percent(odd)) else 0
                if power:
                    yield _say_slip(year, odd, [m for y, m in series if y != year], power)


def _power(value: Fraction, others: list[Fraction]) -> int:
    """The power of ten that puts it among the others, 0 if there is none or they disagree among themselves."""
    if len(others) < 2 or value <= 0 or min(others) <= 0 or max(others) / min(others) > 2:
        return 0
    for power in (-4, -3, -2, 2, 3, 4):
        moved = value / Fraction(10) ** power
        if min(others) / NEAR <= moved <= max(others) * NEAR:
            return power
    return 0


def _say_slip(year: int, odd: Mention, others: list[Mention], power: int) -> Verdict:
    return verdict(
        "slipped-point",
        "likely",
        "medium",
        "{label} of {year} is {value}, about {power} times the other years: a unit or a decimal point may have slipped.",
        about=(odd, *others),
        proof=f"{number(odd)} / {number(others[0])} = {written(measure(odd).middle / measure(others[0]).middle, 4)}",
        settle="Check the unit and the digits of this year's value.",
        label=named(odd),
        year=year,
        value=number(odd),
        power=10**power if power > 0 else f"1/{10**-power}",
    )


JUMP = 5


@rule
def jumps(reading: Reading) -> Iterator[Verdict]:
    """A value is far from its other years, and nothing beside it says why."""
    for table in reading.tables:
        found: dict[tuple[int, str], list[list[Year]]] = {}
        for row in table.rows:
            series = series_of(row, table)
            odd = _outlier(series)
            if odd is None or _power(measure(odd[1]).middle, [measure(m).middle for y, m in series if y != odd[0]]):
                continue
            found.setdefault((odd[0], odd[1].metric or odd[1].label), []).append(series)
        for (year, _), several in found.items():
            yield _say_jump(year, several)


def _say_jump(year: int, several: list[list[Year]]) -> Verdict:
    """Rows of one figure that jump together are one question."""
    first = several[0]
    odd = next(m for y, m in first if y == year)
    return verdict(
        "jumps",
        "question",
        "low",
        "{label} is {value} in {year}, but {others} in the other years: is it the same boundary and method?",
        about=[m for series in several for _, m in series],
        proof="; ".join(", ".join(f"{y}: {number(m)}" for y, m in series) for series in several),
        settle="Explain the change beside the table, or correct the value.",
        label=", ".join(dict.fromkeys(named(series[0][1]) for series in several)),
        value=number(odd),
        year=year,
        others=", ".join(number(m) for y, m in first if y != year),
    )


def _outlier(series: list[Year]) -> Year | None:
    """The one value that lies five times or more away from all others, which are near each other."""
    if len(series) < 3 or any(m.basis == "target" for _, m in series):
        return None
    for year, mention in series:
        value = measure(mention).middle
        others = [measure(m).middle for y, m in series if y != year]
        if min(others) <= 0 or value <= 0 or max(others) / min(others) > 2:
            continue
        low, high = min(others) / JUMP, max(others) * JUMP
        small = is_count(mention) and max(value, *others) < 20
        if not low < value < high and not small:
            return year, mention
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A row of years with what each number leaves open."""

    row: TableRow
    years: list[Year]
    ranges: dict[int, Range]

    @property
    def first(self) -> Mention:
        return self.years[0][1]


@rule
def constant_ratio(reading: Reading) -> Iterator[Verdict]:
    """Two figures keep one exact ratio through all years: one of them was computed from the other."""
    for table in reading.tables:
        usable = [series for row in table.rows if (series := _varied(row, table))]
        near = ((one, other) for at, one in enumerate(usable) for other in usable[at + 1 : at + NEIGHBOURS])
        for pair in near:
            small, large = sorted(pair, key=lambda series: next(iter(series.ranges.values())).low)
            ratio = _constant(small, large)
            if ratio is not None and core(small.row.label) != core(large.row.label):
                yield _say_constant(small, large, ratio)


NEIGHBOURS = 30
"""Rows that are further apart are not worked out from one another."""


def _varied(row: TableRow, table: Table) -> Series | None:
    """Three years or more, each with four digits, that are not all one value."""
    years = series_of(row, table)
    if len(years) < 3 or any(is_ratio(m) or is_percent(m) or digits(m.amount) < 4 for _, m in years):
        return None
    ranges = {year: measure(m) for year, m in years}
    middles = [one.middle for one in ranges.values()]
    varies = min(middles) > 0 and max(middles) / min(middles) > Fraction(11, 10)
    return Series(row=row, years=years, ranges=ranges) if varies else None


def _constant(small: Series, large: Series) -> Decimal | None:
    """A short ratio such as 0.9 that every year allows; one is no ratio but the same figure twice."""
    if small.ranges.keys() != large.ranges.keys():
        return None
    common = shared(small.ranges[year] / large.ranges[year] for year in small.ranges)
    for decimals in (1, 2, 3) if common else ():
        assert common is not None
        short = Decimal(round(common.middle * 10**decimals)).scaleb(-decimals)
        if common.holds(Fraction(short)) and short not in (0, 1):
            return short
    return None


def _say_constant(small: Series, large: Series, ratio: Decimal) -> Verdict:
    there = dict(large.years)
    return verdict(
        "constant-ratio",
        "question",
        "low",
        "{one} is {ratio} times {other} in every year: it seems to be worked out from it, not measured.",
        about=[m for _, m in (*small.years, *large.years)],
        places=(small.row.where, large.row.where),
        proof="; ".join(f"{year}: {number(m)} / {number(there[year])} = {ratio}" for year, m in small.years),
        settle="Say beside the table that it is estimated, and how.",
        one=named(small.first),
        other=named(large.first),
        ratio=ratio,
    )
