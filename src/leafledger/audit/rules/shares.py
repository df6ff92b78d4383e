"""Shares of one whole, which should make 100 %."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from leafledger.audit.mention import Mention, Reading
from leafledger.audit.rules.facts import has_value, is_percent, measure
from leafledger.audit.rules.grid import Line, rows
from leafledger.audit.rules.ranges import Range, telling, total, written
from leafledger.audit.rules.saying import named, number, plus, verdict
from leafledger.audit.verdict import Certainty, Verdict, rule

ALL = Range(Fraction(1), Fraction(1))
NEAR = Fraction(12, 100)
"""Shares that make less than 88 % or more than 112 % were never meant to make 100."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    lines: tuple[Line, ...]
    holds: tuple[int, ...]
    fails: tuple[int, ...]


@rule
def shares(reading: Reading) -> Iterator[Verdict]:
    """Shares of one whole do not make 100 %."""
    for table in reading.tables:
        for split in _splits(rows(table)):
            for column in split.fails:
                yield _say(_column(split.lines, column), len(split.holds))


def _splits(lines: list[Line]) -> Iterator[Split]:
    """Unbroken runs of percentages that make 100 in most columns, the longest that do."""
    taken: set[int] = set()
    runs = [(start, end) for start in range(len(lines)) for end in range(len(lines), start + 1, -1)]
    for start, end in sorted(runs, key=lambda run: run[0] - run[1]):
        run = tuple(lines[start:end])
        if len(run) > 25 or any(line.at in taken for line in run) or not all(map(_percents, run)):
            continue
        split = _weigh(run)
        if len(split.holds) >= max(1, len(split.fails)) and _telling(split):
            taken |= {line.at for line in run}
            yield split


def _percents(line: Line) -> bool:
    return all(is_percent(cell) for cell in line.cells if cell is not None and cell.amount.value is not None)


def _weigh(run: tuple[Line, ...]) -> Split:
    holds: list[int] = []
    fails: list[int] = []
    for column in range(max(len(line.cells) for line in run)):
        cells = _column(run, column)
        if len(cells) < len(run):
            continue
        made = total(measure(cell) for cell in cells)
        if made.meets(ALL):
            holds.append(column)
        elif abs(made.middle - 1) <= NEAR:
            fails.append(column)
    return Split(lines=run, holds=tuple(holds), fails=tuple(fails))


def _telling(split: Split) -> bool:
    """100 % and 0 % make 100 by chance; three shares with digits, or two in two columns, do not."""
    hits = [cell for column in split.holds for cell in _column(split.lines, column) if telling(cell.amount) > 0]
    plain = [cell for cell in hits if cell.amount.value not in (0, 100)]
    return len(plain) >= 3 and len(split.lines) > 1


def _column(run: tuple[Line, ...], column: int) -> list[Mention]:
    return [
        cell
        for line in run
        if column < len(line.cells) and (cell := line.cells[column]) is not None and has_value(cell)
    ]


def _say(cells: list[Mention], others: int) -> Verdict:
    made = total(measure(cell) for cell in cells)
    gap = abs(made.middle - 1)
    certainty: Certainty = "question" if gap <= 2 * made.half else "certain" if others > 1 else "likely"
    return verdict(
        "shares",
        certainty,
        "medium",
        "The shares from {first} to {last} make {sum} %, not 100; in other columns of the table ({others}×) they do make 100.",
        about=cells,
        proof=f"{plus(cells)} = {written(made.middle * 100, 2)} ≠ 100",
        settle="Look up each share; one of them is probably printed wrongly, or a group was left out.",
        first=f"{named(cells[0])} {number(cells[0])}",
        last=f"{named(cells[-1])} {number(cells[-1])}",
        sum=written(made.middle * 100, 2),
        others=others,
    )
