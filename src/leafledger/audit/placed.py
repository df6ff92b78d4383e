"""Tables whose cells have places (PDF, HTML, XLSX): columns by where numbers stand, rows by lines and what is wrapped around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from leafledger.audit.cells import Value, is_share, unbracketed
from leafledger.audit.document import Box
from leafledger.audit.drafts import Draft, DraftRow
from leafledger.audit.headers import Column, header_of
from leafledger.audit.rows import Part, Raw, is_sentence, serial_free, split_unit
from leafledger.audit.units import unit_in

_SERIAL_WORDS = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s")
FAR = 7.0
"""So many letter heights without a row end a table."""


@dataclass(slots=True)
class _Block:
    """Rows of one table while they are gathered: their place in the list of lines, and the columns of their numbers."""

    at: list[int]
    columns: list[Column]


@dataclass(slots=True)
class _Shared:
    """Which lines each row is made of, and the group that begins at a row, with how far left it stands."""

    taken: dict[int, list[int]]
    groups: dict[int, tuple[str, float]] = field(default_factory=dict)


def placed_tables(raws: Sequence[Raw]) -> list[Draft]:
    """raws: the lines of one column of one page, from top to bottom."""
    blocks: list[_Block] = []
    for at, raw in enumerate(raws):
        if not is_row(raw):
            continue
        if blocks and _continues(raws, blocks[-1], at):
            _join(blocks[-1].columns, raw)
            blocks[-1].at.append(at)
        else:
            columns: list[Column] = []
            _join(columns, raw)
            blocks.append(_Block([at], columns))
    drafts, start = [], 0
    for number, block in enumerate(blocks):
        end = blocks[number + 1].at[0] if number + 1 < len(blocks) else len(raws)
        drafts.append(_draft(raws, block, start, end))
        start = block.at[-1] + 1
    return drafts


def is_row(raw: Raw) -> bool:
    """Words, then numbers that are not all years."""
    if not raw.values or (raw.head and is_sentence(raw.words)):
        return False
    return (
        not is_header(raw)
        and not all(raw.years)
        and any(not value.amount.absent for value in raw.values) | bool(raw.head)
    )


def is_header(raw: Raw) -> bool:
    years = [year for year in raw.years if year]
    return len(years) >= 2 and len(years) * 2 >= len(raw.values)


def box_of(raw: Raw) -> Box:
    boxes = [span.box for span in raw.line.spans if span.box]
    return Box(
        min(b.left for b in boxes), min(b.top for b in boxes), max(b.right for b in boxes), max(b.bottom for b in boxes)
    )


def size_of(raw: Raw) -> float:
    return max(span.size for span in raw.line.spans) or 10.0


def baseline(raw: Raw) -> float:
    return box_of(raw).bottom


def _continues(raws: Sequence[Raw], block: _Block, at: int) -> bool:
    """Does the row at `at` go on with the table?"""
    last, here = raws[block.at[-1]], raws[at]
    fall = baseline(here) - baseline(last)
    between = raws[block.at[-1] + 1 : at]
    if fall <= 0 or fall > FAR * size_of(here) + 14 * len(between) or len(between) > 8:
        return False
    if any(is_header(raw) or is_sentence(raw.line.text) for raw in between) or _titled(between, block.columns):
        return False
    return _fits(block.columns, here)


def _titled(between: Sequence[Raw], columns: Sequence[Column]) -> bool:
    """Is there a line over the columns between two rows, below a line of words alone? Then another table begins."""
    over = [at for at, raw in enumerate(between) if any(_over(part, columns) for part in (*raw.head[1:], *raw.tail))]
    return bool(over) and any(
        len(raw.line.spans) <= 2 and at < over[-1] for at, raw in enumerate(between) if at not in over
    )


def _over(part: Part, columns: Sequence[Column]) -> bool:
    return part.box is not None and any(part.box.left < c.right and part.box.right > c.left for c in columns)


def _fits(columns: Sequence[Column], raw: Raw) -> bool:
    """Its numbers stand below those of the table: one in a column, and most of them in columns that are there."""
    held = [
        [n for n, c in enumerate(columns) if v.box and v.box.left < c.right and v.box.right > c.left]
        for v in raw.values
    ]
    single = [found[0] for found in held if len(found) == 1]
    if any(len(found) > 1 for found in held) or len(set(single)) < len(single):
        return False
    return len(single) * 2 >= len(raw.values) and len(single) > 0


def _join(columns: list[Column], raw: Raw) -> None:
    """Widen the columns by the numbers of a row. Strokes widen no column and make none beside others."""
    for value in raw.values:
        if value.box is None or (value.amount.absent and any(not other.amount.absent for other in raw.values)):
            continue
        for column in columns:
            if value.box.left < column.right and value.box.right > column.left:
                column.left, column.right = min(column.left, value.box.left), max(column.right, value.box.right)
                break
        else:
            columns.append(Column(value.box.left, value.box.right))
    columns.sort(key=lambda column: column.left)


def _draft(raws: Sequence[Raw], block: _Block, start: int, end: int) -> Draft:
    first = block.at[0]
    block.columns = _of_numbers(raws, block)
    header = header_of(raws[start:first], block.columns)
    above = raws[start : start + header.top]
    rows = _rows(raws, block, start + header.bottom, end, header.unit)
    return Draft(first=raws[start + header.top].line, title=_title(above), columns=header.columns, rows=rows)


def _title(above: Sequence[Raw]) -> str:
    """The words right above the table: a line, with those before it that it goes on from."""
    lines: list[str] = []
    for raw in above[:-4:-1]:
        lines.insert(0, raw.line.text)
        if _SERIAL_WORDS.match(raw.line.text) or not raw.line.text[:1].islower():
            break
    text = " ".join(lines)
    return text if not is_sentence(text) or text.endswith((":", "：")) else ""


def _of_numbers(raws: Sequence[Raw], block: _Block) -> list[Column]:
    """The columns without those of remarks, in which there is a number now and then."""
    inside = raws[block.at[0] : block.at[-1] + 1]
    kept = []
    for column in block.columns:
        numbers = sum(1 for at in block.at for value in raws[at].values if _under(value.box, column))
        words = sum(1 for raw in inside for part in (*raw.head[1:], *raw.tail) if _under(part.box, column))
        if numbers * 3 > len(block.at) or words < numbers:
            kept.append(column)
    return kept or block.columns


def _under(box: Box | None, column: Column) -> bool:
    return box is not None and box.left < column.right and box.right > column.left


def _rows(raws: Sequence[Raw], block: _Block, first: int, end: int, unit: Column | None) -> list[DraftRow]:
    limit = block.columns[0].left
    pitch = _pitch(raws, block)
    shared = _Shared(taken={at: [at] for at in block.at})
    for above, below in pairwise([None, *block.at]):
        between = list(range((above + 1) if above is not None else first, below)) if below is not None else []
        _share(raws, between, above, below, pitch, limit, shared)
    last = block.at[-1]
    rest = range(last + 1, min(end, last + 4))
    stop = next(
        (at for at in rest if raws[at].values or any(_over(part, block.columns) for part in raws[at].head)), rest.stop
    )
    _share(raws, list(range(last + 1, stop)), last, None, pitch, limit, shared)
    rows = []
    for at in block.at:
        row = _row(raws, at, sorted(shared.taken[at]), block.columns, limit, unit)
        if at in shared.groups:
            row.group, row.group_left = shared.groups[at]
        if row.values:
            rows.append(row)
    return _shares(_spanned(rows, raws, block))


def _spanned(rows: list[DraftRow], raws: Sequence[Raw], block: _Block) -> list[DraftRow]:
    """A first cell that reaches over several rows, which the file says of each, is the group of these rows."""
    firsts = {raws[at].line.number: [p.text for p in raws[at].head if p.box] for at in block.at if raws[at].line.cells}
    for row, near in zip(rows, [*rows[1:], *rows[-2:-1]], strict=False):
        own, other = firsts.get(row.line.number, []), firsts.get(near.line.number, [])
        if (
            len(own) > 1
            and other
            and (own[0] == other[0] or row.group == own[0])
            and row.label.startswith(own[0] + " ")
        ):
            row.label = row.label[len(own[0]) + 1 :]
            row.group, row.group_left = own[0], row.left
    for row, before in zip(rows[1:], rows, strict=False):
        own = firsts.get(row.line.number, [])
        if len(own) > 1 and before.group == own[0] and row.label.startswith(own[0] + " "):
            row.label, row.group, row.group_left = row.label[len(own[0]) + 1 :], own[0], row.left
    return rows


def _shares(rows: list[DraftRow]) -> list[DraftRow]:
    """Percentages in brackets are shares, not negative, where every number of their row or column has brackets."""
    for number in {column for row in rows for column in row.values}:
        column = [row.values[number] for row in rows if number in row.values and not row.values[number].amount.absent]
        for row in rows:
            line = [value for value in row.values.values() if not value.amount.absent]
            if number in row.values and (all(map(is_share, column)) or all(map(is_share, line))):
                row.values[number] = unbracketed(row.values[number])
    return rows


def _pitch(raws: Sequence[Raw], block: _Block) -> float:
    """How far rows stand apart that have nothing between them."""
    falls = [
        baseline(raws[b]) - baseline(raws[a]) for a, b in pairwise(block.at) if b == a + 1 and _label(raws[b], block)
    ]
    return median(falls) if falls else 1.9 * size_of(raws[block.at[0]])


def _label(raw: Raw, block: _Block) -> str:
    return " ".join(part.text for part in raw.head if part.box and part.box.left < block.columns[0].left)


def _share(
    raws: Sequence[Raw],
    between: list[int],
    above: int | None,
    below: int | None,
    pitch: float,
    limit: float,
    shared: _Shared,
) -> None:
    """Give the lines of words between two rows to the row above, the row below, or make them a group of what follows."""
    words = [at for at in between if _words(raws[at], limit)]
    near = 0.86 * pitch
    if above is not None:
        at = above
        while (
            words and baseline(raws[words[0]]) - baseline(raws[at]) < near and not _nearer_below(raws, words, at, below)
        ):
            at = words.pop(0)
            shared.taken[above].append(at)
    if below is not None:
        at = below
        bare = not any(part.box and part.box.left < limit for part in raws[below].head if len(part.text) > 3)
        while words and (baseline(raws[at]) - baseline(raws[words[-1]]) < near or (bare and at == below)):
            at = words.pop()
            shared.taken[below].append(at)
        if words and not is_sentence(_words(raws[words[-1]], limit)):
            shared.groups[below] = _words(raws[words[-1]], limit), box_of(raws[words[-1]]).left


def _nearer_below(raws: Sequence[Raw], words: list[int], above: int, below: int | None) -> bool:
    """Does the first line of words hang together with the row below more closely than with the one above?"""
    if below is None:
        return False
    chain = [above, *words, below]
    falls = [baseline(raws[b]) - baseline(raws[a]) for a, b in pairwise(chain)]
    return falls[0] > min(falls[1:]) * 1.05 and max(falls) == falls[0]


def _words(raw: Raw, limit: float) -> str:
    """What of a line stands left of the numbers."""
    return " ".join(part.text for part in raw.head if part.box and part.box.left < limit)


def _row(
    raws: Sequence[Raw], at: int, lines: list[int], columns: Sequence[Column], limit: float, unit: Column | None
) -> DraftRow:
    label: list[str] = []
    units: list[str] = []
    for line in lines:
        parts = [part for part in raws[line].head if part.box and part.box.left < limit]
        for part in serial_free(parts):
            in_unit = (
                unit is not None and part.box is not None and _under(part.box, unit) and part.box.left > unit.left - 30
            )
            (units if in_unit else label).append(part.text)
    own = serial_free(raws[at].head)
    if not units and len(own) > 1 and unit_in(own[-1].text) is not None and own[-1].text in label:
        label.remove(own[-1].text)
        units.append(own[-1].text)
    text, printed = " ".join(label), " ".join(units)
    if not printed:
        text, printed = split_unit(text, counts=False)
    values: dict[int, Value] = {}
    for value in raws[at].values:
        column = _column_of(value, columns)
        if column is not None:
            values.setdefault(column, value)
    left = min((part.box.left for part in own if part.box), default=0.0)
    return DraftRow(line=raws[at].line, label=text, unit=printed, values=values, left=left)


def _column_of(value: Value, columns: Sequence[Column]) -> int | None:
    """The column a number stands under; a stroke may stand beside it, in the middle of its heading."""
    assert value.box is not None
    middle = (value.box.left + value.box.right) / 2
    best = min(range(len(columns)), key=lambda n: abs(columns[n].middle - middle))
    for n, column in enumerate(columns):
        if _under(value.box, column):
            return n
    near = columns[best]
    beside = near.left - (near.right - near.left) < middle < near.right + (near.right - near.left)
    return best if value.amount.absent and beside else None
