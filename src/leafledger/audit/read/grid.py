"""Rows of cells to lines whose cells have places: columns beside each other, tables well apart, as if on one long page."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from leafledger.audit.document import Box, Line, Span
from leafledger.audit.read.clean import Raised, clean

WIDTH, PITCH, SIZE, APART = 100.0, 14.0, 10.0, 100.0
"""Of a column, between lines, of letters, and before and after a table: only their proportions matter."""
MOST_COLUMNS = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a grid: the column it begins in and how many it covers."""

    column: int
    text: str
    span: int = 1
    raised: Raised = ()


@dataclass(slots=True)
class Sheet:
    """Lines while they are laid down the long page."""

    page: int
    lines: list[Line] = field(default_factory=list)
    y: float = 0.0
    number: int = 0

    def prose(self, text: str, size: float = SIZE, raised: Raised = ()) -> None:
        """A line of text that is in no table; it stands left of every table, so that it is no cell of one."""
        self.y += PITCH
        left = -3 * WIDTH
        right = min(left + 0.6 * size * len(text), 9 * WIDTH)
        self._line(
            [Span(text=text, box=Box(left, self.y - SIZE, right, self.y), size=size, raised=raised)], cells=False
        )

    def row(self, cells: Iterable[Cell]) -> None:
        self.y += PITCH
        spans = []
        for cell in cells:
            if cell.text and cell.column < MOST_COLUMNS:
                left, right = cell.column * WIDTH, (cell.column + max(cell.span, 1)) * WIDTH
                spans.append(
                    Span(
                        text=cell.text,
                        box=Box(left + 4, self.y - SIZE, right - 4, self.y),
                        size=SIZE,
                        raised=cell.raised,
                    )
                )
        if spans:
            self._line(spans, cells=True)

    def gap(self) -> None:
        self.y += APART

    def _line(self, spans: list[Span], *, cells: bool) -> None:
        self.number += 1
        self.lines.append(Line(page=self.page, number=self.number, spans=tuple(spans), cells=cells))


def cell(column: int, text: str, span: int = 1) -> Cell:
    plain, raised = clean(text)
    return Cell(column=column, text=plain, span=span, raised=raised)
