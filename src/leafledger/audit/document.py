"""A report as it was read: pages of lines, each with where it stands, whatever the file was."""

from dataclasses import dataclass
from typing import Literal

from leafledger.core.text import Language

Kind = Literal["pdf", "html", "xlsx", "text"]


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page, in points from its top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of text that no wide gap parts: a cell of a table, or a line of prose. size: of its letters, in points; 0 if unknown.

    raised: where in `text` letters stand raised (start, end), as exponents and footnote marks do.
    """

    text: str
    box: Box | None = None
    size: float = 0
    raised: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line, its text NFKC-normalised. number: from 1, through the whole document. cells: known from the file, as in HTML."""

    page: int
    number: int
    spans: tuple[Span, ...]
    cells: bool = False

    @property
    def text(self) -> str:
        return " ".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """number: from 1 as a viewer counts. label: as printed on it, where that was found. Text files are one page.

    turn: quarter turns clockwise by which it was turned to be read, its words running sideways as a viewer shows it;
    width, height and every box are of the turned page.
    """

    number: int
    lines: tuple[Line, ...]
    width: float = 0
    height: float = 0
    label: str = ""
    turn: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole report. warnings: what of it could not be read, in words for the user."""

    name: str
    kind: Kind
    language: Language
    pages: tuple[Page, ...]
    warnings: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for page in self.pages for line in page.lines)
