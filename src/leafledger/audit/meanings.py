"""Gives the numbers of tables their metric, split, unit, year and basis, from the words of their row, group, column and title."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from leafledger.audit.explained import rest_of, unexplained, words_of
from leafledger.audit.fold import fold
from leafledger.audit.labels import meaning
from leafledger.audit.mention import Mention, Table, TableRow
from leafledger.audit.normal import normal
from leafledger.audit.splits import members
from leafledger.audit.units import unit_in, unit_named
from leafledger.audit.wording import any_of
from leafledger.audit.years import year_in

_OF = re.compile(r"\(\s*([A-Z])\s*/\s*[A-Z]\s*\)")
_LETTER = re.compile(r"\(\s*([A-Z])\s*\)")
_BRACKET = re.compile(r"\(([^()]{1,30})\)")
_TARGET = re.compile(r"目标|target|goal|计划|预算|budget", re.IGNORECASE)
_ALONE = re.compile(r"standalone|stand-alone|母公司|本公司单独|单体", re.IGNORECASE)
_TOGETHER = re.compile(r"consolidated|合并", re.IGNORECASE)
_YEARLIKE = re.compile(
    r"(?:FY|CY|fiscal year|financial year)?\s*'?(?:19|20)\d\d(?:\s*[-/]\s*(?:20)?\d\d)?\s*年?度?"
    r"|\((?:current|previous) financial year\)|FY\s?'?\d\d",
    re.IGNORECASE,
)
_AGES = re.compile(r"\d\d\+?$")
UNDATED = Decimal("0.95")
"""How sure the year of a column is that names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Above:
    """What stands around the rows of a table. year: of columns that name none. report: of the report."""

    table: Table
    head: str
    year: int | None
    report: int | None


def understood(table: Table, report: int | None, line: str = "") -> Table:
    """The same table, its numbers knowing what they are of. report: the year of the report. line: the line of its headers."""
    dated = any(table.years)
    year = None if dated else year_in(table.title) or report
    above = _Above(table=table, head=_head(line, table), year=year, report=report)
    return replace(table, rows=tuple(_rows(table, above)))


def _rows(table: Table, above: _Above) -> Iterator[TableRow]:
    """Each row under the words it stands under: its group, the row it is indented below, or the one that it splits."""
    passed: list[TableRow] = []
    leader = ""
    for printed in table.rows:
        row = _parted(printed)
        parent = next((one.label for one in reversed(passed) if one.depth < row.depth), "") if row.depth else ""
        splits = _only_splits(row.label)
        group = row.group or parent or (leader if splits else "")
        leader = leader if splits else row.label
        yield replace(row, cells=tuple(cell and _understood(cell, row, group, above) for cell in row.cells))
        passed.append(row)


def _only_splits(label: str) -> bool:
    """Is a label nothing but a member of a split of people: 女性, Male, 30-50?"""
    return (
        not words_of(label).metric
        and bool(members("people.employees", label))
        and not rest_of(label, "people.employees")
    )


def _head(line: str, table: Table) -> str:
    """What stands over the labels: the line of the headers without the columns, the years and a word such as Unit."""
    if not line or line == table.title:
        return ""
    words = f" {fold(line)} "
    for column in sorted(table.columns, key=len, reverse=True):
        for part in fold(column).split():
            words = words.replace(f" {part} ", " ", 1)
    return re.sub(any_of("head_of_labels"), " ", words, flags=re.IGNORECASE).strip(" .")


def _parted(row: TableRow) -> TableRow:
    """Words that were taken for a unit are a label with a unit behind: `Other tonnes`, `20-30 | Years`."""
    if row.label and unit_named(_unit(row.unit)) == unit_named("year") and _AGES.search(row.label):
        return replace(row, label=f"{row.label} {row.unit}", unit="")
    if row.label or not row.unit or unit_in(row.unit):
        return row
    words = row.unit.split(" ")
    at = next((n for n in range(1, len(words)) if unit_in(" ".join(words[n:]))), 0)
    return replace(row, label=" ".join(words[:at]), unit=" ".join(words[at:])) if at else row


def _understood(cell: Mention, row: TableRow, group: str, above: _Above) -> Mention:
    table, at = above.table, cell.column or 0
    column = _column(table.columns, at)
    unit = _unit(row.unit if row.label and not cell.label else cell.unit)
    found = meaning(row.label, group=group, column=column, head=above.head, title=table.title, unit=unit)
    year = cell.year if cell.year is not None else above.year
    sure = (found.confidence if found.metric else Decimal(1)) * (Decimal(1) if cell.year is not None else UNDATED)
    header = fold(table.columns[at]) if at < len(table.columns) else ""
    return replace(
        cell,
        label=row.label,
        metric=found.metric,
        labels=found.labels,
        unit=found.unit or unit,
        year=year,
        basis=_basis(
            f"{fold(row.label)} {header}", fold(table.title), late=bool(year and above.report and year > above.report)
        ),
        confidence=(cell.confidence * sure).quantize(Decimal("0.01")),
    )


def _unit(printed: str) -> str:
    """The id of a unit however the table says it; what is printed where nobody knows it."""
    if not printed or unit_named(printed) is not None:
        return printed
    known = unit_in(printed)
    return known.id if known else printed


def _column(columns: Sequence[str], at: int) -> str:
    """The header of a column without its year and unit; a share (B / A) is of what column B is of."""
    header = fold(columns[at]) if at < len(columns) else ""
    owner = header
    if share := _OF.search(header):
        letters = ((fold(one), _LETTER.search(fold(one))) for one in columns)
        owner = next((one for one, letter in letters if letter and letter.group(1) == share.group(1)), "")
        own = _OF.sub("", header)
        header = f"{owner} %" if set(own.replace("%", " ").split()) <= set(owner.split()) else f"{owner} {own}"
    if _of_total(owner, columns):
        header = f"{header} of which"
    header = _BRACKET.sub(lambda found: " " if unit_in(found.group(1)) else found.group(), header)
    return _YEARLIKE.sub(" ", header).strip(" -/")


def _of_total(header: str, columns: Sequence[str]) -> bool:
    """`No. (B)` beside `Total (A)` is some of it, whatever was said in a header that is lost."""
    letter = _LETTER.search(header)
    return (
        bool(letter)
        and not unexplained(normal(_YEARLIKE.sub(" ", header)))
        and "total" not in header.lower()
        and any("total" in one.lower() for one in columns)
    )


def _basis(words: str, title: str, *, late: bool) -> str:
    """Target, or of one company or the whole group, where row, column or title say so. late: a year yet to come."""
    if late or _TARGET.search(words):
        return "target"
    alone, together = (bool(pattern.search(f"{words} {title}")) for pattern in (_ALONE, _TOGETHER))
    if alone == together:
        return ""
    return "standalone" if alone else "consolidated"
