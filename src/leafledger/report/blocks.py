"""What a report is made of, in one language and without any format: chapters, blocks and the inlines in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Text that stands out."""

    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """A figure, written for the reader (`text`, with its unit where prose needs one) and named by its fact (`key`, `fact_id`)."""

    key: str
    fact_id: str
    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """A figure that could not be given: never a number, always visibly a hole. `text` says so in the reader's language."""

    key: str
    fact_id: str
    text: str


@dataclass(frozen=True, slots=True)
class PageRef:
    """Where a section stands: a page number on paper, a link on a screen. `text` is the section's number and title."""

    section: str
    text: str


Inline = Words | Strong | Number | Missing | PageRef
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """level 2 is a section of a chapter, 3 a part of it. `id` is what PageRef names."""

    id: str
    level: Literal[2, 3]
    text: str
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    inlines: Inlines


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    items: tuple[Inlines, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigure:
    """One large number with what it is, and what to compare it with."""

    value: Number | Missing
    unit: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigures:
    items: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of cells. A `group` row has one cell that spans the table; a `part` row is indented under the one above."""

    cells: tuple[Inlines, ...]
    kind: Literal["row", "group", "part"] = "row"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """widths: relative column widths. align: one of l, c, r for each column. notes: numbered under the table."""

    id: str
    caption: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    align: str
    notes: tuple[Inlines, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart: a Vega-Lite specification with its data and labels in the report's language; `alt` says what it shows.

    width, height: the drawing in points. table: the same data for those who do not see it.
    """

    id: str
    caption: str
    alt: str
    spec: Mapping[str, object]
    width: int
    height: int
    table: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout:
    """A note beside the text: `hole` for what is missing, `note` for an explanation."""

    kind: Literal["hole", "note"]
    title: str
    paragraphs: tuple[Inlines, ...]


Block = Heading | Paragraph | Bullets | KeyFigures | Table | Figure | Callout


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A chapter opens on its own page with its title and lead. goals: SDG goal numbers it answers to."""

    id: str
    number: str
    title: str
    lead: str = ""
    goals: tuple[int, ...] = ()
    blocks: tuple[Block, ...] = ()
    opener: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole report in one language. legal_name, contact: of who publishes it, for the imprint.

    words: the fixed words that a renderer needs (contents, notes, evidence …).
    """

    language: str
    company: str
    title: str
    period: str
    prevailing: str
    chapters: tuple[Chapter, ...]
    words: Mapping[str, str]
    digest: str = ""
    key_fingerprint: str = ""
    draft: bool = True
    cover_note: str = ""
    legal_name: str = ""
    contact: str = ""
