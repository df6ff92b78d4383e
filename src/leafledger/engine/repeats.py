"""Notices a bill that seems to have been recorded twice: the same amount again for the days that follow."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from leafledger.core.fact import Cell
from leafledger.core.finding import Finding
from leafledger.core.quantity import plain
from leafledger.engine.told import Told

FEWEST_DIGITS = 3
"""An amount of fewer digits, without the noughts at its end, may well come twice."""


def repeated(cells: Sequence[Cell]) -> Iterator[Told]:
    """A warning for each measured bill whose amount, to the digit, is also that of the days right before it."""
    bills = [cell for cell in cells if cell.kind == "reading" and not cell.estimated and cell.period.days > 1]
    for first, second in pairwise(sorted(bills, key=lambda cell: cell.period)):
        adjacent = (second.period.start - first.period.end).days == 1
        if adjacent and (first.value, first.unit) == (second.value, second.unit) and _telling(second):
            template = (
                "the bills {first} and {second} have the same amount ({value} {unit}) for days that follow each other; see that "
                "it is not one bill recorded twice, and if it is, record a nil or the right amount that replaces the second"
            )
            values = {
                "first": first.entries[0],
                "second": second.entries[0],
                "value": plain(second.value),
                "unit": second.unit,
            }
            found = Finding(rule="entry.double", template=template, values=values, severity="warning")
            yield Told(days=second.period, finding=found)


def _telling(cell: Cell) -> bool:
    digits = "".join(map(str, cell.value.normalize().as_tuple().digits))
    return len(digits) >= FEWEST_DIGITS
