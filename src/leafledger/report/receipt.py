"""A receipt: how one figure came about, down to the evidence, in one language and without any format."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the calculation or one input. depth: how far down it stands. fact_id: the receipt it leads to, if any."""

    what: str
    value: str
    note: str = ""
    depth: int = 0
    fact_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorLine:
    """One factor that served: its value with unit, the region it is for and any fall-back, and where it comes from."""

    id: str
    name: str
    value: str
    region: str
    source: str
    note: str = ""
    assumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of evidence: the name people gave it and the SHA-256 of its content."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """One record: what it says, how good it is, who recorded and who approved it, and its evidence."""

    id: str
    what: str
    value: str
    note: str = ""
    source: str = ""
    recorded_by: str = ""
    approved_by: str = ""
    evidence: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Everything that a reader needs to walk from a printed number to its evidence. Texts are ready to show.

    value: with its unit, or the words for a hole. formula: in titles, as people read it; `formula_source` as it is defined.
    quality and identity: pairs of a name and what it is. findings: what is missing and what to do.
    """

    fact_id: str
    key: str
    title: str
    subtitle: str
    value: str
    hole: bool
    formula: str = ""
    formula_source: str = ""
    method: str = ""
    source: str = ""
    steps: tuple[Line, ...] = ()
    inputs: tuple[Line, ...] = ()
    factors: tuple[FactorLine, ...] = ()
    entries: tuple[EntryLine, ...] = ()
    quality: tuple[tuple[str, str], ...] = ()
    identity: tuple[tuple[str, str], ...] = ()
    findings: tuple[str, ...] = ()
