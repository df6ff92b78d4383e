"""The tables of a report: rows with their words, units and numbers under the headings of their columns, whatever the file."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import count, pairwise

from leafledger.audit.cells import Value
from leafledger.audit.document import Document, Line
from leafledger.audit.drafts import Draft, DraftRow, nested
from leafledger.audit.flowing import flowing_tables
from leafledger.audit.furniture import furniture
from leafledger.audit.mention import Mention, Table, TableRow, Where
from leafledger.audit.placed import placed_tables
from leafledger.audit.rows import Raw, is_sentence, taken_apart
from leafledger.audit.units import unit_in
from leafledger.audit.wrapped import baseline
from leafledger.audit.years import year_in


def tables(document: Document) -> tuple[Table, ...]:
    """Every table, its numbers as Mentions that do not know their metric yet; their ids count from 1."""
    aside = furniture(document)
    raws = [taken_apart(line, document.language) for line in document.lines if line.number not in aside and line.spans]
    drafts = sorted(
        [*_placed(raws), *flowing_tables([raw for raw in raws if not raw.placed])], key=lambda draft: draft.first.number
    )
    for draft in drafts:
        draft.rows = [row for row in draft.rows if _is_named(row, len(draft.columns))]
    drafts = [draft for draft in drafts if is_table(draft)]
    ids = count(1)
    return tuple(_table(at, draft, ids) for at, draft in enumerate(drafts, 1))


def _placed(raws: Sequence[Raw]) -> list[Draft]:
    """The tables of every page. Where the place jumps up again, another column of text begins."""
    drafts: list[Draft] = []
    part: list[Raw] = []
    for raw in [raw for raw in raws if raw.placed]:
        if part and (raw.line.page != part[-1].line.page or baseline(raw) < baseline(part[-1]) - 3):
            drafts.extend(placed_tables(part))
            part = []
        part.append(raw)
    return [*drafts, *placed_tables(part)] if part else drafts


def _is_named(row: DraftRow, width: int) -> bool:
    """A row without words must fill its columns to be one."""
    return bool(row.label or row.group) or (len(row.values) > 1 and len(row.values) * 2 > width)


def is_table(draft: Draft) -> bool:
    """Rows without any header are a table where they have units or several values; a lone number beside words may be anything."""
    width = max((len(row.values) for row in draft.rows), default=0)
    if not draft.rows or _is_contents(draft):
        return False
    named = sum(1 for row in draft.rows if row.label or row.group)
    if named * 2 < len(draft.rows):
        return False
    if any(draft.columns) and not any(map(is_sentence, draft.columns)):
        return (
            len(draft.rows) > 1 or width > 1 or any(map(year_in, draft.columns)) or any(row.unit for row in draft.rows)
        )
    return len(draft.rows) >= 2 and (width >= 2 or all(row.unit for row in draft.rows))


def _is_contents(draft: Draft) -> bool:
    """Names and ever greater whole numbers: a list of pages."""
    numbers = [value.amount.value for row in draft.rows for value in row.values.values() if not value.amount.decimals]
    plain = not any(row.unit for row in draft.rows) and not any(
        value.unit for row in draft.rows for value in row.values.values()
    )
    if (
        not plain
        or len(numbers) < 4
        or len(numbers) != len(draft.rows)
        or any(_unit_named_in(column) for column in draft.columns)
    ):
        return False
    rising = sum(1 for a, b in pairwise(numbers) if a is not None and b is not None and a <= b <= a + 60)
    return rising >= 0.8 * (len(numbers) - 1)


def _table(id: int, draft: Draft, ids: "count[int]") -> Table:
    nested(draft.rows)
    width = max([len(draft.columns), *(max(row.values, default=-1) + 1 for row in draft.rows)])
    columns = [*draft.columns, *[""] * (width - len(draft.columns))]
    years = [year_in(column) for column in columns]
    rows = tuple(_row(id, at, row, columns, years, draft.title, ids) for at, row in enumerate(draft.rows, 1))
    return Table(
        id=id,
        title=draft.title,
        columns=tuple(columns),
        years=tuple(years),
        rows=rows,
        where=_where(draft.first, draft.title),
    )


def _row(
    table: int,
    number: int,
    row: DraftRow,
    columns: Sequence[str],
    years: Sequence[int | None],
    title: str,
    ids: "count[int]",
) -> TableRow:
    def mention(column: int, value: Value) -> Mention:
        return Mention(
            id=next(ids),
            amount=value.amount,
            unit=value.unit or _unit(row.unit) or _unit_named_in(columns[column]) or _unit_named_in(title),
            label=row.label,
            where=_where(row.line, row.line.text, value),
            year=years[column],
            table=table,
            row=number,
            column=column,
            confidence=Decimal(str(row.sure)),
        )

    cells = tuple(
        mention(column, row.values[column]) if column in row.values else None for column in range(len(columns))
    )
    return TableRow(
        number=number,
        label=row.label,
        unit=row.unit,
        cells=cells,
        where=_where(row.line, row.line.text),
        group=row.group,
        depth=row.depth,
    )


def _unit(printed: str) -> str:
    """The id of a unit that is known, or what is printed."""
    known = unit_in(printed) if printed else None
    return known.id if known else printed


def _unit_named_in(heading: str) -> str:
    """The unit that a heading names in brackets, or at its end as %."""
    for inner in re.findall(r"[(（\[]([^()（）\[\]]{1,40})[)）\]]", heading):
        known = unit_in(re.sub(r"^\s*(?:單位|单位|unit)s?\s*[::]?\s*", "", inner, flags=re.IGNORECASE))
        if known is not None:
            return known.id
    return "%" if heading.rstrip().endswith("%") or heading.lstrip().startswith("%") else ""


def _where(line: Line, quote: str, value: Value | None = None) -> Where:
    return Where(page=line.page, line=line.number, quote=quote[:240], box=value.box if value else None)
