"""Tables whose cells have places (PDF, HTML, XLSX): columns by where numbers stand, rows by lines and what is wrapped around them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from leafledger.audit.drafts import Draft
from leafledger.audit.headers import Column, header_of
from leafledger.audit.rows import Part, Raw, is_sentence, serial_free
from leafledger.audit.units import unit_in
from leafledger.audit.wrapped import baseline, framed, grouped_cells, rows_of, shares_of, size_of, under

_SERIAL_WORDS = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]\s")
FAR = 7.0
"""So many letter heights without a row end a table."""


@dataclass(slots=True)
class _Block:
    """Rows of one table while they are gathered: their place in the list of lines, and the columns of their numbers."""

    at: list[int]
    columns: list[Column]


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
    frame = framed(raws, block.at, block.columns, range(start + header.bottom, end), header.unit or _units(raws, block))
    found, rest = rows_of(frame)
    rows = shares_of(grouped_cells(found, raws, block.at))
    return Draft(
        first=raws[start + header.top].line,
        corner=header.corner,
        places=[(column.left, column.right) for column in block.columns],
        title=_title(above),
        columns=header.columns,
        rows=rows,
        rest=rest,
    )


def _title(above: Sequence[Raw]) -> str:
    """The words right above the table: a line, with those before it that it goes on from."""
    lines: list[str] = []
    for raw in above[:-4:-1]:
        lines.insert(0, raw.line.text)
        if _SERIAL_WORDS.match(raw.line.text) or not raw.line.text[:1].islower():
            break
    text = " ".join(lines)
    return text if not is_sentence(text) or text.endswith((":", "：")) else ""


def _units(raws: Sequence[Raw], block: _Block) -> Column | None:
    """The column right before the numbers, where most of its words are units."""
    last = [parts[-1] for at in block.at if len(parts := serial_free(raws[at].head)) > 1]
    units = [part.box for part in last if part.box and unit_in(part.text) is not None]
    if len(units) * 2 <= len(block.at):
        return None
    return Column(min(box.left for box in units), max(box.right for box in units))


def _of_numbers(raws: Sequence[Raw], block: _Block) -> list[Column]:
    """The columns without those of remarks, in which there is a number now and then."""
    inside = raws[block.at[0] : block.at[-1] + 1]
    kept = []
    for column in block.columns:
        numbers = sum(1 for at in block.at for value in raws[at].values if under(value.box, column))
        words = sum(1 for raw in inside for part in (*raw.head[1:], *raw.tail) if under(part.box, column))
        if numbers * 3 > len(block.at) or words < numbers:
            kept.append(column)
    return kept or block.columns
