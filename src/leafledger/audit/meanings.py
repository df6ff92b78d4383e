"""Gives the numbers of tables their metric, split, unit, year and basis, from the words of their row, group, column and title."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from leafledger.audit.fold import fold
from leafledger.audit.labels import Meaning, meaning
from leafledger.audit.mention import Mention, Table, TableRow
from leafledger.audit.units import unit_in, unit_named
from leafledger.audit.years import year_in

_OF = re.compile(r"\(\s*([A-Z])\s*/\s*[A-Z]\s*\)")
_LETTER = re.compile(r"\(\s*([A-Z])\s*\)")
_BRACKET = re.compile(r"\(([^()]{1,30})\)")
_TARGET = re.compile(r"目标|target|goal|计划|预算|budget", re.IGNORECASE)
_ALONE = re.compile(r"standalone|stand-alone|母公司|本公司单独|单体", re.IGNORECASE)
_TOGETHER = re.compile(r"consolidated|合并", re.IGNORECASE)
_YEARLIKE = re.compile(
    r"(?:FY|CY|fiscal year|financial year)?\s*'?(?:19|20)\d\d(?:\s*[-/]\s*(?:20)?\d\d)?\s*年?度?|\((?:current|previous) financial year\)|FY\s?'?\d\d",
    re.IGNORECASE,
)


def understood(table: Table, year: int | None, line: str = "") -> Table:
    """The same table, its numbers knowing what they are of. year: of the report, for columns that name none. line: of its header."""
    head = _head(line, table)
    dated = any(table.years)
    said = year_in(table.title) if not dated else None
    rows: list[TableRow] = []
    for printed in table.rows:
        row = _parted(printed)
        group = _group(row, rows)
        cells = tuple(
            cell and _understood(cell, row, group, head, table, said or (year if not dated else None), year)
            for cell in row.cells
        )
        rows.append(replace(row, cells=cells))
    return replace(table, rows=tuple(rows))


def _head(line: str, table: Table) -> str:
    """What stands over the labels: the line of the headers without the columns, the years and a word such as Unit."""
    words = f" {fold(line)} "
    for column in sorted(table.columns, key=len, reverse=True):
        for part in filter(None, fold(column).split()):
            words = words.replace(f" {part} ", " ", 1)
    return _UNIT_HEAD.sub(" ", words).strip() if line and line != table.title else ""


_UNIT_HEAD = re.compile(
    r"(?<![a-z])(?:unit of measurement|units?|metrics?|indicators?|particulars|parameters?|sr\.?|no\.?|category|description|year)(?![a-z])|指标|单位|项目|类别|关键绩效",
    re.IGNORECASE,
)


def _parted(row: TableRow) -> TableRow:
    """Words that were taken for a unit are a label with a unit behind: `Other tonnes`, `20-30 | Years`."""
    if row.label and unit_named(_unit(row.unit)) == unit_named("year") and re.search(r"\d\d\+?$", row.label):
        return replace(row, label=f"{row.label} {row.unit}", unit="")
    if row.label or not row.unit or unit_in(row.unit):
        return row
    words = row.unit.split(" ")
    at = next((n for n in range(1, len(words)) if unit_in(" ".join(words[n:]))), 0)
    return replace(row, label=" ".join(words[:at]), unit=" ".join(words[at:])) if at else row


def _group(row: TableRow, above: Sequence[TableRow]) -> str:
    """The words it stands under: of its group, and of the row that it is indented below."""
    parent = next((one.label for one in reversed(above) if one.depth < row.depth), "") if row.depth else ""
    return row.group or parent


def _understood(
    cell: Mention, row: TableRow, group: str, head: str, table: Table, undated: int | None, report: int | None
) -> Mention:
    column = _column(table.columns, cell.column or 0)
    unit = _unit(row.unit if row.label and not cell.label else cell.unit)
    found = meaning(row.label, group=group, column=column, head=head, title=table.title, unit=unit)
    year = cell.year if cell.year is not None else undated
    sure = Decimal(1) if cell.year is not None else Decimal("0.95")
    return replace(
        cell,
        label=row.label,
        metric=found.metric,
        labels=found.labels,
        unit=found.unit or unit,
        year=year,
        basis=_basis(row.label, table, cell.column or 0, found, year, report),
        confidence=(cell.confidence * found.confidence * sure if found.metric else cell.confidence).quantize(
            Decimal("0.01")
        ),
    )


def _unit(printed: str) -> str:
    """The id of a unit however the table says it; what is printed where nobody knows it."""
    if not printed or unit_named(printed) is not None:
        return printed
    known = unit_in(printed)
    return known.id if known else printed


def _column(columns: Sequence[str], at: int) -> str:
    """The header of a column without its year; a share (B / A) is of what column B is of."""
    header = columns[at] if at < len(columns) else ""
    share = _OF.search(fold(header))
    if share:
        owner = next(
            (one for one in columns if (letter := _LETTER.search(fold(one))) and letter.group(1) == share.group(1)), ""
        )
        header = f"{owner} {_OF.sub('', fold(header))}"
    header = _BRACKET.sub(lambda found: " " if unit_in(found.group(1)) else found.group(), fold(header))
    return _YEARLIKE.sub(" ", header).strip(" -/()")


def _basis(label: str, table: Table, column: int, found: Meaning, year: int | None, report: int | None) -> str:
    header = fold(table.columns[column]) if column < len(table.columns) else ""
    words = f"{fold(label)} {header}"
    if _TARGET.search(words) or (year and report and year > report):
        return "target"
    everything = f"{words} {fold(table.title)}"
    if _ALONE.search(everything) != _TOGETHER.search(everything):
        return "standalone" if _ALONE.search(everything) else "consolidated"
    return ""
