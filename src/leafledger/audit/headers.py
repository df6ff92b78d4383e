"""What stands over the columns of a table: headings of one or several lines, some over several columns."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from leafledger.audit.document import Box
from leafledger.audit.rows import Raw, is_sentence

MOST = 10
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
    """columns: the words over each. top, bottom: the lines it is, as places in the list given. unit: the column called one of units."""

    columns: list[str]
    top: int = 0
    bottom: int = 0
    unit: Column | None = None


@dataclass(slots=True)
class _Piece:
    text: str
    box: Box
    columns: list[int] = field(default_factory=list)


def header_of(above: Sequence[Raw], columns: Sequence[Column]) -> Header:
    """above: the lines above the first row, from top to bottom."""
    header = Header(columns=[""] * len(columns), top=len(above), bottom=len(above))
    taken: list[list[_Piece]] = []
    skipped, below = 0, None
    for at in range(len(above) - 1, max(-1, len(above) - 1 - MOST), -1):
        pieces = _pieces(above[at])
        if not pieces or (below is not None and not 0 <= below - pieces[0].box.bottom < 2.6 * _height(pieces[0].box)):
            break
        if any(_is_title(piece, columns) for piece in pieces):
            break
        below = pieces[0].box.bottom
        over = [piece for piece in pieces if _over(piece, columns)]
        skipped = 0 if over else skipped + 1
        if skipped > 2:
            break
        if over:
            header.top, header.bottom = at, header.bottom if taken else at + 1
            _place(over, columns)
        if over or taken:
            taken.insert(0, pieces)
    for pieces in taken:
        for piece in pieces:
            if piece.text.strip(" :").lower() in UNIT_WORDS:
                header.unit = Column(piece.box.left - 4, piece.box.right + 4)
            for column in piece.columns:
                header.columns[column] = f"{header.columns[column]} {piece.text}".strip()
    return header


def _over(piece: _Piece, columns: Sequence[Column]) -> bool:
    """Does it stand over the columns? At the outer sides it may hang out by half a gap."""
    inner = [b.left - a.right for a, b in pairwise(columns)]
    hang = max(8.0, min([*inner, 60.0]) * 0.5) if inner else 45.0
    middle = (piece.box.left + piece.box.right) / 2
    return (
        columns[0].left - hang < piece.box.right
        and middle < columns[-1].right + hang
        and middle > columns[0].left - hang * 1.5
    )


def _pieces(raw: Raw) -> list[_Piece]:
    return [_Piece(span.text, span.box) for span in raw.line.spans if span.box]


def _height(box: Box) -> float:
    return max(box.bottom - box.top, 6.0)


def _reach(columns: Sequence[Column]) -> float:
    """How far left of its numbers the heading of the first column may begin."""
    if len(columns) == 1:
        return 60.0
    return max(8.0, (columns[1].middle - columns[0].middle) * 0.5)


def _is_title(piece: _Piece, columns: Sequence[Column]) -> bool:
    """Words that begin well left of the numbers and go on over them head the table, not a column."""
    if is_sentence(piece.text):
        return True
    return piece.box.left < columns[0].left - 1.6 * _reach(columns) - 20 and piece.box.right > columns[0].middle


def _place(pieces: Sequence[_Piece], columns: Sequence[Column]) -> None:
    """Say over which columns each piece stands."""
    if _evenly(pieces, columns):
        return
    for piece in pieces:
        direct = [n for n, c in enumerate(columns) if piece.box.left < c.right + 1 and piece.box.right > c.left - 1]
        if len(direct) > 1 or (direct and _centred(piece, columns[direct[0]], columns)):
            piece.columns = direct
            continue
        others = {
            n
            for other in pieces
            if other is not piece
            for n, c in enumerate(columns)
            if other.box.left < c.right and other.box.right > c.left
        }
        piece.columns = _symmetric(piece, columns, others) or direct or _nearest(piece, columns, others)


def _evenly(pieces: Sequence[_Piece], columns: Sequence[Column]) -> bool:
    """Pieces that each stand in the middle of as many columns as the others."""
    if not pieces or len(columns) % len(pieces) or len(pieces) == len(columns):
        return False
    each = len(columns) // len(pieces)
    blocks = [list(range(n * each, (n + 1) * each)) for n in range(len(pieces))]
    if not all(_in_middle(piece, columns, block) for piece, block in zip(pieces, blocks, strict=True)):
        return False
    for piece, block in zip(pieces, blocks, strict=True):
        piece.columns = block
    return True


def _in_middle(piece: _Piece, columns: Sequence[Column], block: Sequence[int]) -> bool:
    left, right = columns[block[0]].left, columns[block[-1]].right
    middle, width = (piece.box.left + piece.box.right) / 2, right - left
    return abs(middle - (left + right) / 2) < 0.18 * width and (len(block) == 1 or width > 10)


def _centred(piece: _Piece, column: Column, columns: Sequence[Column]) -> bool:
    pitch = min((abs(other.middle - column.middle) for other in columns if other is not column), default=200.0)
    return abs((piece.box.left + piece.box.right) / 2 - column.middle) < 0.34 * pitch


def _symmetric(piece: _Piece, columns: Sequence[Column], others: set[int]) -> list[int]:
    """The fewest neighbouring columns, two or more, in whose middle the piece stands and over which no other does."""
    for each in range(2, len(columns) + 1):
        for start in range(len(columns) - each + 1):
            block = list(range(start, start + each))
            if not others & set(block) and _in_middle(piece, columns, block):
                return block
    return []


def _nearest(piece: _Piece, columns: Sequence[Column], others: set[int]) -> list[int]:
    middle = (piece.box.left + piece.box.right) / 2
    best = min(range(len(columns)), key=lambda n: abs(columns[n].middle - middle))
    return [best] if best not in others and abs(columns[best].middle - middle) < _reach(columns) * 1.2 else []
