"""First cells of a table that reach over several rows: whose group of rows they are, told by where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from leafledger.audit.document import Box
from leafledger.audit.rows import Part, Raw, is_serial

MOST_ROWS = 80


@dataclass(frozen=True, slots=True)
class Side:
    """split: where the words of the rows begin, right of the cells that reach over several. groups: by the place of a row."""

    split: float
    groups: dict[int, tuple[str, float]]


@dataclass(slots=True)
class _Cell:
    text: str
    first: float
    last: float
    left: float

    @property
    def middle(self) -> float:
        return (self.first + self.last) / 2


def side_cells(
    raws: Sequence[Raw], rows: Sequence[int], lines: range, limit: float, unit: tuple[float, float] | None
) -> Side | None:
    """rows: the places of rows with numbers. lines: all that belong to the table. limit: where its numbers begin. None if there are no such cells."""
    parts = [
        (part.box, part)
        for at in lines
        for part in raws[at].head
        if part.box and part.box.left < limit and not (unit and part.box.left < unit[1] and part.box.right > unit[0])
    ]
    strips = _strips(parts)
    if len(strips) < 2 or not 2 <= len(rows) <= MOST_ROWS:
        return None
    split = strips[-1]
    cells = _cells([(box, part) for box, part in parts if box.left < split - 1])
    named = {" ".join(part.text for part in raws[at].head if part.box and part.box.left >= split - 1) for at in rows}
    if not cells or len(cells) * 2 > len(rows) or len(named) < 2:
        return None
    shares = _shared([_baseline(raws[at]) for at in rows], cells)
    if shares is None:
        return None
    return Side(split, {rows[n]: (cells[cell].text, cells[cell].left) for n, cell in enumerate(shares)})


def _baseline(raw: Raw) -> float:
    return max(span.box.bottom for span in raw.line.spans if span.box)


def _strips(parts: Sequence[tuple[Box, Part]]) -> list[float]:
    """Where the columns of words begin, those of serial numbers left out."""
    strips: list[list[float]] = []
    for box, part in sorted(parts, key=lambda pair: pair[0].left):
        serial = float(is_serial(part.text))
        if strips and box.left < strips[-1][1] + 2:
            strips[-1][1] = max(strips[-1][1], box.right)
            strips[-1][2] *= serial
        else:
            strips.append([box.left, box.right, serial])
    starts = []
    for at, (left, _, serial) in enumerate(strips):
        if serial and at + 1 < len(strips):
            strips[at + 1][0] = left
        else:
            starts.append(left)
    return starts


def _cells(parts: Sequence[tuple[Box, Part]]) -> list[_Cell]:
    """Lines that stand tightly below each other are one cell."""
    cells: list[_Cell] = []
    for box, part in sorted(parts, key=lambda pair: (pair[0].bottom, pair[0].left)):
        tight = cells and box.bottom - cells[-1].last < 1.17 * (box.bottom - box.top)
        if tight:
            cells[-1].text, cells[-1].last = f"{cells[-1].text} {part.text}", box.bottom
        else:
            cells.append(_Cell(part.text, box.bottom, box.bottom, box.left))
    return cells


def _shared(rows: Sequence[float], cells: Sequence[_Cell]) -> list[int] | None:
    """Which cell each row belongs to: runs of rows, one for each cell, in whose middle or at whose first row the cell stands best."""
    count, most = len(rows), len(cells)
    best = [[inf] * (most + 1) for _ in range(count + 1)]
    came = [[0] * (most + 1) for _ in range(count + 1)]
    best[0][0] = 0.0
    for end in range(1, count + 1):
        for cell in range(1, min(end, most) + 1):
            for start in range(cell - 1, end):
                cost = best[start][cell - 1] + _misfit(rows[start:end], cells[cell - 1])
                if cost < best[end][cell]:
                    best[end][cell], came[end][cell] = cost, start
    if best[count][most] == inf:
        return None
    shares: list[int] = []
    end = count
    for cell in range(most, 0, -1):
        start = came[end][cell]
        shares[:0] = [cell - 1] * (end - start)
        end = start
    pitch = min((b - a for a, b in pairwise(rows)), default=12.0)
    return shares if best[count][most] <= most * (0.6 * max(pitch, 8.0)) ** 2 else None


def _misfit(rows: Sequence[float], cell: _Cell) -> float:
    return min((cell.middle - (rows[0] + rows[-1]) / 2) ** 2, (cell.first - rows[0]) ** 2 + 4.0)
