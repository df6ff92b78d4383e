"""The rows of a placed table: words that are wrapped around their numbers, groups above rows, units in a column of their own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from leafledger.audit.cells import Value, is_share, unbracketed
from leafledger.audit.document import Box
from leafledger.audit.drafts import DraftRow
from leafledger.audit.headers import Column
from leafledger.audit.rows import Part, Raw, is_sentence, is_serial, is_unit, serial_free, split_unit
from leafledger.audit.spanning import Side, side_cells

NEAR = 0.86
"""Of the usual distance between rows: words that are nearer than that to a row are part of it."""


def box_of(raw: Raw) -> Box:
    boxes = [span.box for span in raw.line.spans if span.box]
    return Box(
        min(b.left for b in boxes), min(b.top for b in boxes), max(b.right for b in boxes), max(b.bottom for b in boxes)
    )


def size_of(raw: Raw) -> float:
    return max(span.size for span in raw.line.spans) or 10.0


def baseline(raw: Raw) -> float:
    return box_of(raw).bottom


def under(box: Box | None, column: Column) -> bool:
    return box is not None and box.left < column.right and box.right > column.left


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A table on its page. rows: the places of its rows among the lines. lines: all lines that may belong to it."""

    raws: Sequence[Raw]
    rows: Sequence[int]
    columns: Sequence[Column]
    lines: range
    unit: Column | None
    side: Side | None

    def parts(self, at: int) -> list[Part]:
        """The words of a line that stand between the cells that reach over several rows and the numbers."""
        left = self.side.split - 1 if self.side else float("-inf")
        return [part for part in self.raws[at].head if part.box and left <= part.box.left < self.columns[0].left]

    def words(self, at: int) -> str:
        return " ".join(part.text for part in self.parts(at))


@dataclass(slots=True)
class _Shared:
    """Which lines each row is made of; the group that begins at a row, or after the last, with how far left it stands."""

    taken: dict[int, list[int]]
    groups: dict[int, tuple[str, float]] = field(default_factory=dict)
    rest: tuple[str, float] | None = None


def framed(
    raws: Sequence[Raw], rows: Sequence[int], columns: Sequence[Column], lines: range, unit: Column | None
) -> Frame:
    """lines: from below the heading to the next table; those after the last row are cut where something else begins."""
    rest = range(rows[-1] + 1, min(lines.stop, rows[-1] + 4))
    stop = next(
        (at for at in rest if raws[at].values or any(under(p.box, c) for p in raws[at].head for c in columns)),
        rest.stop,
    )
    lines = range(lines.start, stop)
    side = side_cells(raws, rows, lines, columns[0].left, (unit.left, unit.right) if unit else None)
    return Frame(raws=raws, rows=rows, columns=columns, lines=lines, unit=unit, side=side)


def rows_of(frame: Frame) -> tuple[list[DraftRow], tuple[str, float] | None]:
    """The rows, and words after the last that may head rows on the next page."""
    shared = _Shared(taken={at: [at] for at in frame.rows})
    pitch = _pitch(frame)
    for above, below in pairwise([None, *frame.rows, None]):
        start = frame.lines.start if above is None else above + 1
        _share(frame, list(range(start, frame.lines.stop if below is None else below)), above, below, pitch, shared)
    rows = []
    for at in frame.rows:
        row = _row(frame, at, sorted(shared.taken[at]))
        if at in shared.groups:
            row.group, row.group_left = shared.groups[at]
        elif frame.side is not None:
            (row.group, row.group_left), row.spanned = frame.side.groups[at], True
        if row.values:
            rows.append(row)
    return rows, shared.rest


def _pitch(frame: Frame) -> float:
    """How far rows stand apart that have nothing between them."""
    raws = frame.raws
    falls = [baseline(raws[b]) - baseline(raws[a]) for a, b in pairwise(frame.rows) if b == a + 1 and frame.words(b)]
    return median(falls) if falls else 1.9 * size_of(raws[frame.rows[0]])


def _share(
    frame: Frame, between: Sequence[int], above: int | None, below: int | None, pitch: float, shared: _Shared
) -> None:
    """Give the lines of words between two rows to the row above, the row below, or make them a group of what follows."""
    words = [at for at in between if frame.words(at)]
    if above is not None:
        at = above
        while words and _fall(frame, at, words[0]) < NEAR * pitch and not _nearer_below(frame, words, at, below):
            at = words.pop(0)
            shared.taken[above].append(at)
    if below is not None:
        at, bare = below, all(is_serial(part.text) or _is_bare_unit(part, frame.unit) for part in frame.parts(below))
        while words and (_fall(frame, words[-1], at) < NEAR * pitch or (bare and at == below)):
            at = words.pop()
            shared.taken[below].append(at)
    if words and not is_sentence(frame.words(words[-1])):
        group = frame.words(words[-1]), box_of(frame.raws[words[-1]]).left
        if below is not None:
            shared.groups[below] = group
        elif len(words) == 1 and _fall(frame, frame.rows[-1], words[0]) < 1.6 * pitch:
            shared.rest = group


def _fall(frame: Frame, upper: int, lower: int) -> float:
    return baseline(frame.raws[lower]) - baseline(frame.raws[upper])


def _nearer_below(frame: Frame, words: list[int], above: int, below: int | None) -> bool:
    """Does the first line of words hang together with the row below more closely than with the one above?"""
    if below is None:
        return False
    falls = [_fall(frame, a, b) for a, b in pairwise([above, *words, below])]
    return falls[0] > min(falls[1:]) * 1.05 and max(falls) == falls[0]


def _row(frame: Frame, at: int, lines: Sequence[int]) -> DraftRow:
    label: list[str] = []
    units: list[str] = []
    for line in lines:
        for part in serial_free(frame.parts(line)):
            (units if _in_unit(part, frame.unit) else label).append(part.text)
    own = serial_free(frame.parts(at))
    if not units and len(own) > 1 and is_unit(own[-1].text, counts=False) and own[-1].text in label:
        label.remove(own[-1].text)
        units.append(own[-1].text)
    if units and not label:
        label, units = units, []
    text, printed = " ".join(label), " ".join(units)
    if not printed:
        text, printed = split_unit(text, counts=False)
    left = min((part.box.left for part in own if part.box), default=0.0)
    return DraftRow(line=frame.raws[at].line, label=text, unit=printed, values=_values(frame, at), left=left)


def _in_unit(part: Part, unit: Column | None) -> bool:
    return unit is not None and part.box is not None and under(part.box, unit) and part.box.left > unit.left - 30


def _is_bare_unit(part: Part, unit: Column | None) -> bool:
    return _in_unit(part, unit) and (is_unit(part.text, counts=True) or part.text.endswith("/"))


def _values(frame: Frame, at: int) -> dict[int, Value]:
    values: dict[int, Value] = {}
    for value in frame.raws[at].values:
        column = _column_of(value, frame.columns)
        if column is not None:
            values.setdefault(column, value)
    return values


def _column_of(value: Value, columns: Sequence[Column]) -> int | None:
    """The column a number stands under; a stroke may stand beside it, in the middle of its heading."""
    assert value.box is not None
    middle = (value.box.left + value.box.right) / 2
    best = min(range(len(columns)), key=lambda n: abs(columns[n].middle - middle))
    for n, column in enumerate(columns):
        if under(value.box, column):
            return n
    near = columns[best]
    beside = near.left - (near.right - near.left) < middle < near.right + (near.right - near.left)
    return best if value.amount.absent and beside else None


def grouped_cells(rows: list[DraftRow], raws: Sequence[Raw], places: Sequence[int]) -> list[DraftRow]:
    """A first cell that the file says of each of several rows (in HTML and XLSX) is the group of these rows."""
    firsts = {raws[at].line.number: [p.text for p in raws[at].head if p.box] for at in places if raws[at].line.cells}
    heads = [firsts.get(row.line.number, []) for row in rows]
    for at, (row, own) in enumerate(zip(rows, heads, strict=True)):
        near = [heads[n][0] for n in (at - 1, at + 1) if 0 <= n < len(rows) and heads[n]]
        if len(own) > 1 and own[0] in near and row.label.startswith(own[0] + " "):
            row.label = row.label[len(own[0]) + 1 :]
            row.group, row.group_left, row.spanned = own[0], row.left, True
    return rows


def shares_of(rows: list[DraftRow]) -> list[DraftRow]:
    """Percentages in brackets are shares, not negative, where every number of their row or column has brackets."""
    for number in {column for row in rows for column in row.values}:
        column = [row.values[number] for row in rows if number in row.values and not row.values[number].amount.absent]
        for row in rows:
            line = [value for value in row.values.values() if not value.amount.absent]
            if number in row.values and (all(map(is_share, column)) or all(map(is_share, line))):
                row.values[number] = unbracketed(row.values[number])
    return rows
