"""A table as plain lines of cells, its rows or its columns, so that one search serves both."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from leafledger.audit.fold import fold
from leafledger.audit.mention import Mention, Table
from leafledger.audit.rules.facts import is_ratio, kind_of, measure
from leafledger.audit.rules.ranges import Range
from leafledger.core.labels import NONE, Labels

TOTAL = re.compile(
    r"总计|合计|总量|总数|总额|总人数|总和|小计|总消耗|总耗|总排放|^总|全部|\btotal\b|\bsub-?total\b|\bsum\b|\boverall\b|\ball\b",
    re.I,
)
PART = re.compile(r"其中|当中|of which|thereof|including|其中包括", re.I)
LETTERED = re.compile(r"\(\s*([A-Z])\s*\)\s*$|^\(?([A-Z]|[ivx]{1,4})[.)]\s")
FORMULA = re.compile(r"\(?\s*=?\s*\b((?:[A-Z]|[ivx]{1,4})(?:\s*\+\s*(?:[A-Z]|[ivx]{1,4}))+)\s*\)?\s*[:：*]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row or a column. kind: what all its numbers measure, None where they differ; metric, labels: likewise.

    ranges: what each of its numbers leaves open, worked out once.
    """

    at: int
    label: str
    cells: tuple[Mention | None, ...]
    depth: int = 0
    group: str = ""
    kind: str | None = None
    ratio: bool = False
    metric: str = ""
    labels: Labels = NONE
    ranges: tuple[Range | None, ...] = ()

    @property
    def folded(self) -> str:
        return fold(self.label)

    @property
    def is_total(self) -> bool:
        return bool(TOTAL.search(self.folded))

    @property
    def is_of_which(self) -> bool:
        return bool(PART.search(self.folded))

    @property
    def letter(self) -> str:
        found = LETTERED.search(self.folded)
        return found.group(1) or found.group(2) if found else ""

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters that its label says it adds: `Total (A + B)`."""
        found = FORMULA.search(self.folded)
        return tuple(re.findall("[A-Z]|[ivx]+", found.group(1))) if found else ()


def rows(table: Table) -> list[Line]:
    return [
        _line(at, row.label, row.cells, depth=row.depth, group=row.group)
        for at, row in enumerate(table.rows)
        if any(_filled(cell) for cell in row.cells)
    ]


def columns(table: Table) -> list[list[Line]]:
    """Its columns as lines, those of one year together; cell k of each is that of row k."""
    found: dict[int | None, list[Line]] = {}
    for at, header in enumerate(table.columns):
        cells = tuple(row.cells[at] if at < len(row.cells) else None for row in table.rows)
        year = table.years[at] if at < len(table.years) else None
        if any(_filled(cell) for cell in cells):
            found.setdefault(year, []).append(_line(at, header, cells))
    return [lines for lines in found.values() if len(lines) > 2]


def _filled(cell: Mention | None) -> bool:
    return cell is not None and cell.amount.value is not None


def _line(at: int, label: str, cells: tuple[Mention | None, ...], *, depth: int = 0, group: str = "") -> Line:
    there = [cell for cell in cells if cell is not None and cell.amount.value is not None]
    kinds = {kind_of(cell) for cell in there}
    said = {(cell.metric, cell.labels) for cell in there}
    metric, labels = said.pop() if len(said) == 1 else ("", NONE)
    return Line(
        at=at,
        label=label,
        cells=cells,
        depth=depth,
        group=group,
        kind=kinds.pop() if len(kinds) == 1 else None,
        ratio=any(is_ratio(cell) for cell in there),
        metric=metric,
        labels=labels,
        ranges=tuple(measure(cell) if _filled(cell) and cell is not None else None for cell in cells),
    )


def runs(lines: list[Line], at: int) -> Iterator[tuple[int, ...]]:
    """Every unbroken run of two lines or more of its kind that ends just before a line or begins just after it."""
    kind = lines[at].kind
    for step in (1, -1):
        run: list[int] = []
        place = at + step
        while 0 <= place < len(lines) and lines[place].kind == kind and not lines[place].ratio:
            run.append(place)
            if len(run) > 1:
                yield tuple(sorted(run))
            place += step
