"""What somebody printed: numbers with the interval their decimals allow, and the tables and sections they stand in."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from leafledger.audit.document import Box, Document
from leafledger.core.entry import Bound
from leafledger.core.labels import NONE, Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where it stands: page as a viewer counts, line of the document, and the words around it."""

    page: int
    line: int
    quote: str
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A printed number: `value` in `unit` as printed and rounded, `low`..`high` what its last digit leaves open, scaled words applied.

    value is None where it is absent (a stroke, n/a): absent is not zero. bound: "over 90", "within 1.285", "about 60".
    text: as printed. scale: what the words 萬, 億, thousand, million, % and ×10ⁿ multiplied it by.
    """

    text: str
    value: Decimal | None
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(0)
    decimals: int = 0
    bound: Bound = "exact"
    scale: Fraction = Fraction(1)

    @property
    def absent(self) -> bool:
        return self.value is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A number that somebody printed and what it is of. metric: an id of the label dictionary, or empty where unknown.

    label: the words it was printed under, cleaned. labels: its split (gender=male). basis: standalone, consolidated, target …
    confidence: 0..1, how sure the reading is.
    """

    id: int
    amount: Amount
    unit: str
    label: str
    where: Where
    metric: str = ""
    labels: Labels = NONE
    year: int | None = None
    basis: str = ""
    table: int | None = None
    row: int | None = None
    column: int | None = None
    kind: Literal["table", "prose"] = "table"
    confidence: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row: its words, unit, one cell for each column (None where the column has none), and how deep it stands below a group."""

    number: int
    label: str
    unit: str
    cells: tuple[Mention | None, ...]
    where: Where
    group: str = ""
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """columns: the header of each column; years: the year of each column, None where it has none."""

    id: int
    title: str
    columns: tuple[str, ...]
    years: tuple[int | None, ...]
    rows: tuple[TableRow, ...]
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading: its number (5.1) where it has one, its words, its level, and where its section ends (last line)."""

    number: str
    text: str
    level: int
    where: Where
    last_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One line of a content index: what a standard asks, and where the report says it is answered."""

    standard: str
    disclosure: str
    asked: str
    target: str
    where: Where


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything that the rules look at."""

    document: Document
    tables: tuple[Table, ...]
    mentions: tuple[Mention, ...]
    headings: tuple[Heading, ...]
    references: tuple[Reference, ...]
    year: int | None
