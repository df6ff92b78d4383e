"""Percentages beside the counts that they were worked out from: columns of one table, row by row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import permutations

from leafledger.audit.mention import Mention, Reading, Table
from leafledger.audit.rules.facts import is_percent, is_ratio, kind_of, measure
from leafledger.audit.rules.ranges import Range, written
from leafledger.audit.rules.saying import named, number, verdict
from leafledger.audit.verdict import Certainty, Verdict, rule

WIDEST = 16
"""Columns of a table beyond which it is no table of counts and rates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a percentage comes from two numbers beside it."""

    make: Callable[[Range, Range], Range]
    sign: str


WAYS = (
    Way(make=lambda over, under: over / under, sign="{over} / {under}"),
    Way(make=lambda new, old: (new - old) / old, sign="({over} − {under}) / {under}"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Columns of which one is worked out from two others, and the rows where it is, and is not."""

    way: Way
    holds: tuple[int, ...]
    fails: tuple[tuple[Mention, Mention, Mention], ...]
    telling: int

    @property
    def proven(self) -> bool:
        return self.telling > 1 and len(self.holds) > 2 * len(self.fails)


@rule
def rates(reading: Reading) -> Iterator[Verdict]:
    """A percentage is not what the two numbers beside it make."""
    for table in reading.tables:
        for link in _links(table):
            for rate, over, under in link.fails:
                yield _say(link, rate, over, under)


def _links(table: Table) -> Iterator[Link]:
    """For each column of percentages the pair of columns that explains most of it."""
    width = len(table.columns)
    if not 2 < width <= WIDEST or len(table.rows) < 3:
        return
    for column in range(width):
        if not _all(table, column, is_percent):
            continue
        counts = [other for other in range(width) if _all(table, other, lambda cell: not is_ratio(cell))]
        links = [
            link
            for over, under in permutations(counts, 2)
            if table.years[over] == table.years[under] or table.years[column] is None
            for way in WAYS
            if (link := _link(table, way, column, over, under)).proven
        ]
        if links:
            yield max(links, key=lambda link: (len(link.holds) - len(link.fails), link.telling))


def _all(table: Table, column: int, holds: Callable[[Mention], bool]) -> bool:
    cells = [row.cells[column] for row in table.rows if column < len(row.cells)]
    there = [cell for cell in cells if cell is not None and cell.amount.value is not None]
    return bool(there) and all(map(holds, there))


def _link(table: Table, way: Way, column: int, over: int, under: int) -> Link:
    holds: list[int] = []
    fails: list[tuple[Mention, Mention, Mention]] = []
    telling = 0
    for row in table.rows:
        rate, top, below = (row.cells[at] if at < len(row.cells) else None for at in (column, over, under))
        if rate is None or top is None or below is None or None in (m.amount.value for m in (rate, top, below)):
            continue
        if measure(below).low <= 0 or kind_of(top) != kind_of(below):
            continue
        if way.make(measure(top), measure(below)).meets(_cut(measure(rate))):
            holds.append(row.number)
            telling += rate.amount.value not in (0, 100)
        else:
            fails.append((rate, top, below))
    return Link(way=way, holds=tuple(holds), fails=tuple(fails), telling=telling)


def _cut(rate: Range) -> Range:
    """People cut percentages as often as they round them."""
    return Range(rate.low, rate.high + rate.half)


def _say(link: Link, rate: Mention, over: Mention, under: Mention) -> Verdict:
    made = link.way.make(measure(over), measure(under)).middle * 100
    printed = measure(rate)
    barely = abs(made / 100 - printed.middle) <= 4 * printed.half
    certainty: Certainty = "question" if barely else "certain" if len(link.holds) > 3 else "likely"
    sign = link.way.sign.format(over=number(over), under=number(under))
    return verdict(
        "rates",
        certainty,
        "high" if certainty == "certain" else "medium",
        "{label}: {rate} is printed, but {over} and {under} beside it make {made} %; in other rows ({others}×) the percentage is worked out so.",
        about=(rate, over, under),
        proof=f"{sign} = {written(made, rate.amount.decimals + 2)} % ≠ {number(rate)}",
        settle="One of the three numbers is wrong: look them up.",
        label=named(rate),
        rate=number(rate),
        over=number(over),
        under=number(under),
        made=written(made, rate.amount.decimals + 2),
        others=len(link.holds),
    )
