"""A figure against its own other years: repeated values, slips of the decimal point, jumps, ratios that never move."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, pairwise

from leafledger.audit.mention import Mention, Reading, TableRow
from leafledger.audit.rules.alike import core
from leafledger.audit.rules.facts import is_count, is_percent, is_ratio, measure, series_of
from leafledger.audit.rules.ranges import digits, shared, telling, written
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


@rule
def constant_ratio(reading: Reading) -> Iterator[Verdict]:
    """Two figures keep one exact ratio through all years: one of them was computed from the other."""
    for table in reading.tables:
        rows = [(row, series_of(row, table)) for row in table.rows]
        usable = [(row, series) for row, series in rows if _varies(series)]
        for pair in combinations(usable, 2):
            (one, ours), (other, theirs) = sorted(pair, key=lambda part: measure(part[1][0][1]).middle)
            ratio = _constant(ours, theirs)
            if ratio is not None and core(one.label) != core(other.label):
                yield _say_constant(one, other, ours, theirs, ratio)


def _varies(series: list[Year]) -> bool:
    """Three years or more, each with four digits, that are not all one value."""
    values = [measure(m).middle for _, m in series]
    plain = all(not is_ratio(m) and not is_percent(m) and digits(m.amount) > 3 for _, m in series)
    return len(series) > 2 and plain and min(values) > 0 and max(values) / min(values) > Fraction(11, 10)


def _constant(ours: list[Year], theirs: list[Year]) -> Decimal | None:
    """A short ratio such as 0.9 that every year allows; one is no ratio but the same figure twice."""
    there = dict(theirs)
    if {year for year, _ in ours} != set(there):
        return None
    ratios = [measure(m) / measure(there[year]) for year, m in ours]
    common = shared(ratios)
    if common is None:
        return None
    for decimals in (1, 2, 3):
        short = Decimal(round(common.middle * 10**decimals)).scaleb(-decimals)
        if common.holds(Fraction(short)) and short not in (0, 1):
            return short
    return None


def _say_constant(one: TableRow, other: TableRow, ours: list[Year], theirs: list[Year], ratio: Decimal) -> Verdict:
    there = dict(theirs)
    return verdict(
        "constant-ratio",
        "question",
        "low",
        "{one} is {ratio} times {other} in every year: it seems to be worked out from it, not measured.",
        about=[m for _, m in (*ours, *theirs)],
        places=(one.where, other.where),
        proof="; ".join(f"{year}: {number(m)} / {number(there[year])} = {ratio}" for year, m in ours),
        settle="Say beside the table that it is estimated, and how.",
        one=named(ours[0][1]),
        other=named(theirs[0][1]),
        ratio=ratio,
    )
