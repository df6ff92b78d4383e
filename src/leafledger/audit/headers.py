"""What stands over the columns of a table: headings of one or several lines, some over several columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from leafledger.audit.cells import unraised
from leafledger.audit.rows import Raw, is_sentence

MOST = 12
"""Lines that a heading of columns has at the most."""
UNIT_WORDS = frozenset(
    {"單位", "单位", "計量單位", "计量单位", "unit", "units", "uom", "unit of measure", "units of measure"}
)


@dataclass(slots=True)
class Column:
    """How far the numbers of a column reach."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


@dataclass(slots=True, kw_only=True)
class Header:
    """columns: the words over each. corner: those over the words of the rows. unit: the column called one of units.

    top, bottom: the lines it is, as places in the list given.
    """

    columns: list[str]
    corner: str = ""
    top: int = 0
    bottom: int = 0
    unit: Column | None = None


@dataclass(slots=True)
class _Piece:
    """A cell of the heading: words on one line or, where lines are tight, on several."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    columns: list[int] = field(default_factory=list)

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def header_of(above: Sequence[Raw], columns: Sequence[Column]) -> Header:
    """above: the lines above the first row, from top to bottom."""
    header = Header(columns=[""] * len(columns), top=len(above), bottom=len(above))
    lines: list[list[_Piece]] = []
    skipped, below = 0, None
    for at in range(len(above) - 1, max(-1, len(above) - 1 - MOST), -1):
        pieces = _pieces(above[at])
        if not pieces or (
            below is not None and not 0 <= below - pieces[0].bottom < _most(pieces, columns, bool(lines))
        ):
            break
        titled = any(_is_title(piece, columns) for piece in pieces)
        if titled and (lines or len(pieces) > 1 or is_sentence(pieces[0].text)):
            break
        fall, below = below - pieces[0].bottom if below is not None else 0.0, pieces[0].bottom
        over = not titled and any(_over(piece, columns) for piece in pieces)
        skipped = 0 if over else skipped + 1
        if skipped > 2 or (skipped and lines and fall > 1.7 * _height(pieces[0])):
            break
        if over:
            header.top, header.bottom = at, header.bottom if lines else at + 1
        if over or lines:
            lines.insert(0, pieces)
    cells = _merged(lines[len(lines) - (header.bottom - header.top) :], columns)
    header.unit = next(
        (Column(c.left - 4, c.right + 4) for c in cells if c.text.strip(" :").lower() in UNIT_WORDS), None
    )
    _fill(header, [cell for cell in cells if _over(cell, columns)], columns)
    beside = [cell.text for cell in cells if not cell.columns and cell.middle < columns[0].left]
    header.corner = " ".join(text for text in beside if text.strip(" :").lower() not in UNIT_WORDS)
    return header


def _pieces(raw: Raw) -> list[_Piece]:
    boxed = [(span, span.box) for span in raw.line.spans if span.box]
    return [_Piece(unraised(span), box.left, box.top, box.right, box.bottom, span.size) for span, box in boxed]


def _most(pieces: Sequence[_Piece], columns: Sequence[Column], begun: bool) -> float:
    """How far above the line below it a line of a heading may stand; further if it is the lowest or is over the columns alone."""
    if not begun:
        return 2.8 * _height(pieces[0])
    return (3.2 if len(pieces) > 1 and all(_over(piece, columns) for piece in pieces) else 2.2) * _height(pieces[0])


def _height(piece: _Piece) -> float:
    return max(piece.bottom - piece.top, 6.0)


def _over(piece: _Piece, columns: Sequence[Column]) -> bool:
    """Does it stand over the columns? At the outer sides it may hang out by half a gap."""
    inner = [b.left - a.right for a, b in pairwise(columns)]
    hang = max(8.0, min([*inner, 60.0]) * 0.5) if inner else 45.0
    return (
        columns[0].left - hang < piece.right and columns[0].left - hang * 1.5 < piece.middle < columns[-1].right + hang
    )


def _reach(columns: Sequence[Column]) -> float:
    """How far left of its numbers the heading of the first column may begin."""
    if len(columns) == 1:
        return 60.0
    return max(8.0, (columns[1].middle - columns[0].middle) * 0.5)


def _is_title(piece: _Piece, columns: Sequence[Column]) -> bool:
    """Words that begin well left of the numbers and go on over them head the table, not a column."""
    if is_sentence(piece.text):
        return True
    return piece.left < columns[0].left - 1.6 * _reach(columns) - 20 and piece.right > columns[0].middle


def _fill(header: Header, cells: Sequence[_Piece], columns: Sequence[Column]) -> None:
    for cell in cells:
        cell.columns = _block(cell, cells, columns)
    for cell in sorted(cells, key=lambda cell: cell.top):
        for column in cell.columns:
            header.columns[column] = f"{header.columns[column]} {cell.text}".strip()


def _merged(lines: Sequence[Sequence[_Piece]], columns: Sequence[Column]) -> list[_Piece]:
    """Pieces that stand tightly below each other are one cell, unless one of them stands over several."""
    cells: list[_Piece] = []
    ends: list[_Piece] = []
    for line in lines:
        now: list[_Piece] = []
        if _heads([end for end in ends if _over(end, columns)], [piece for piece in line if _over(piece, columns)]):
            ends = []
        for piece in line:
            home = [cell for cell in ends if _tight(cell, piece) and _meets(cell, piece) > 0.5]
            if len(home) == 1 and sum(1 for other in line if _meets(home[0], other) > 0) == 1:
                cell = home[0]
                cell.text, cell.bottom = f"{cell.text} {piece.text}", piece.bottom
                cell.left, cell.right = min(cell.left, piece.left), max(cell.right, piece.right)
                now.append(cell)
            else:
                cells.append(piece)
                now.append(piece)
        ends = now + [cell for cell in ends if all(cell is not other for other in now)]
    return cells


def _heads(upper: Sequence[_Piece], lower: Sequence[_Piece]) -> bool:
    """Does each piece above stand in the middle of as many pieces below as the others, two or more?"""
    tight = min((piece.bottom for piece in lower), default=0) - max((piece.bottom for piece in upper), default=0)
    if len(upper) == 1 and tight < 1.4 * upper[0].size:
        return False  # the first line of a cell that is wrapped
    if not upper or len(lower) % len(upper) or len(lower) <= len(upper):
        return False
    each = len(lower) // len(upper)
    lower = sorted(lower, key=lambda piece: piece.left)
    blocks = [lower[n * each : (n + 1) * each] for n in range(len(upper))]
    return all(
        abs(piece.middle - (block[0].left + block[-1].right) / 2) < 0.15 * (block[-1].right - block[0].left)
        for piece, block in zip(sorted(upper, key=lambda piece: piece.left), blocks, strict=True)
    )


def _tight(cell: _Piece, piece: _Piece) -> bool:
    return 0 < piece.bottom - cell.bottom < 1.5 * max(piece.size, 6.0)


def _meets(cell: _Piece, piece: _Piece) -> float:
    """How much of the narrower of two pieces stands under or over the other."""
    shared = min(cell.right, piece.right) - max(cell.left, piece.left)
    return shared / max(min(cell.right - cell.left, piece.right - piece.left), 1.0)


def _block(cell: _Piece, cells: Sequence[_Piece], columns: Sequence[Column]) -> list[int]:
    """The columns that a cell stands over: those it touches, or all in whose middle it stands and that have cells below it."""
    direct = [n for n, c in enumerate(columns) if cell.left < c.right + 1 and cell.right > c.left - 1]
    beside = [
        other for other in cells if other is not cell and other.top < cell.bottom - 1 and other.bottom > cell.top + 1
    ]
    low = max([(o.middle + cell.middle) / 2 for o in beside if o.middle < cell.middle], default=float("-inf"))
    high = min([(o.middle + cell.middle) / 2 for o in beside if o.middle > cell.middle], default=float("inf"))
    block = [n for n, c in enumerate(columns) if low < c.middle < high]
    if len(block) > max(1, len(direct)) and _in_middle(cell, columns, block):
        below = [other for other in cells if other.top > cell.bottom - 2]
        if all(any(o.left < columns[n].right + 1 and o.right > columns[n].left - 1 for o in below) for n in block):
            return block
    return direct or _nearest(cell, columns)


def _in_middle(piece: _Piece, columns: Sequence[Column], block: Sequence[int]) -> bool:
    left, right = columns[block[0]].left, columns[block[-1]].right
    return abs(piece.middle - (left + right) / 2) < 0.25 * (right - left)


def _nearest(piece: _Piece, columns: Sequence[Column]) -> list[int]:
    best = min(range(len(columns)), key=lambda n: abs(columns[n].middle - piece.middle))
    return [best] if abs(columns[best].middle - piece.middle) < _reach(columns) * 1.2 else []
