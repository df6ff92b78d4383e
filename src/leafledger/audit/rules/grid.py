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

    ranges: what each of its numbers leaves open, worked out once; floats: about the same, to look fast.
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
    floats: tuple[tuple[float, float] | None, ...] = ()

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
    ranges = tuple(measure(cell) if _filled(cell) and cell is not None else None for cell in cells)
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
        ranges=ranges,
        floats=tuple((float(one.low), float(one.high)) if one else None for one in ranges),
    )


MOST_PARTS = 40
"""Lines that one total may add up."""


def runs(lines: list[Line], at: int) -> Iterator[tuple[int, ...]]:
    """Unbroken runs of its kind that end just before a line or begin just after it, and make it in some column."""
    whole = lines[at]
    for step in (1, -1):
        run: list[int] = []
        made: list[tuple[float, float] | None] = [(0.0, 0.0)] * len(whole.floats)
        place = at + step
        while 0 <= place < len(lines) and len(run) < MOST_PARTS:
            line = lines[place]
            if line.kind != whole.kind or line.ratio:
                break
            run.append(place)
            made = [_more(sum_, line.floats[n] if n < len(line.floats) else None) for n, sum_ in enumerate(made)]
            if len(run) > 1 and any(map(_near, whole.floats, made)):
                yield tuple(sorted(run))
            place += step


def _more(made: tuple[float, float] | None, more: tuple[float, float] | None) -> tuple[float, float] | None:
    return (made[0] + more[0], made[1] + more[1]) if made and more else None


def _near(top: tuple[float, float] | None, made: tuple[float, float] | None) -> bool:
    """May they meet? Exact ranges decide; this only spares them the hopeless ones."""
    if not top or not made:
        return False
    slack = 1e-9 * (abs(top[1]) + abs(made[1]) + 1)
    return top[0] <= made[1] + slack and made[0] <= top[1] + slack
