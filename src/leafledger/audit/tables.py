"""The tables of a report: rows with their words, units and numbers under the headings of their columns, whatever the file."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import count

from leafledger.audit.assembled import drafts_of
from leafledger.audit.cells import Value
from leafledger.audit.document import Document, Line
from leafledger.audit.drafts import Draft, DraftRow, nested, title_of
from leafledger.audit.furniture import furniture
from leafledger.audit.mention import Mention, Table, TableRow, Where
from leafledger.audit.rows import taken_apart, unit_named_in
from leafledger.audit.units import unit_in
from leafledger.audit.years import year_in


def tables(document: Document) -> tuple[Table, ...]:
    """Every table, its numbers as Mentions that do not know their metric yet; their ids count from 1."""
    aside = furniture(document)
    lines = [line for line in document.lines if line.number not in aside and line.spans]
    drafts = drafts_of([taken_apart(line, document.language) for line in lines])
    ids = count(1)
    return tuple(_table(at, draft, ids) for at, draft in enumerate(drafts, 1))


def _table(id: int, draft: Draft, ids: "count[int]") -> Table:
    nested(draft.rows)
    title = title_of(draft)
    width = max([len(draft.columns), *(max(row.values, default=-1) + 1 for row in draft.rows)])
    columns = [*draft.columns, *[""] * (width - len(draft.columns))]
    years = [year_in(column) for column in columns]
    rows = tuple(_row(id, at, row, columns, years, title, ids) for at, row in enumerate(draft.rows, 1))
    return Table(
        id=id,
        title=title,
        columns=tuple(columns),
        years=tuple(years),
        rows=rows,
        where=_where(draft.first, title),
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
            unit=value.unit or _unit(row.unit) or unit_named_in(columns[column]) or unit_named_in(title),
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


def _where(line: Line, quote: str, value: Value | None = None) -> Where:
    return Where(page=line.page, line=line.number, quote=quote[:240], box=value.box if value else None)
