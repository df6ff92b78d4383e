"""Cells going into the calculation and facts coming out of it."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from leafledger.core.entry import Bound, EntryKind, canonical
from leafledger.core.finding import Finding
from leafledger.core.labels import NONE, Labels, format_labels, parse_labels
from leafledger.core.period import Period
from leafledger.core.quality import Scores


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Entries of one series, period and quality, summed exactly. `half_step`: the sum of what their last digits leave open.

    value and half_step are in `unit`, as the entries were written. `entries`: their ids, sorted; `hashes` one SHA-256 over their hashes.
    """

    activity: str
    site: str
    labels: Labels
    period: Period
    kind: EntryKind
    unit: str
    bound: Bound
    estimated: bool
    quality: Scores = ()
    uncertainty: Decimal | None = None
    value: Decimal
    half_step: Decimal
    entries: tuple[str, ...]
    hashes: str

    def __lt__(self, other: "Cell") -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[object, ...]:
        """A fixed order: by series and days, then by what else the cells say."""
        uncertainty = Decimal(-1) if self.uncertainty is None else self.uncertainty
        said = (self.kind, self.unit, self.bound, self.estimated, self.quality, uncertainty)
        return (self.activity, self.site, self.labels, self.period, *said, self.value, self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorUse:
    """Which factor served where: asked for in `asked_region`, found in the factor's own, `level` steps up the chain of regions."""

    id: str
    name: str
    value: Decimal
    unit: str
    region: str
    asked_region: str
    assumed: bool
    level: int = 0
    gwp_basis: str = ""
    quality: Scores = ()
    uncertainty: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of a receipt: what was taken or done, and what it came to. depth: how far down it stands."""

    depth: int
    what: str
    value: str
    unit: str = ""
    note: str = ""
    fact_id: str = ""
    entries: tuple[str, ...] = ()
    factor: str = ""


Status = Literal["figure", "incomplete", "hole"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One figure and how it came about.

    value: in `unit`, cut at the named grain; None where it is a hole. low/high: the interval that the digits of its
    parts allow. coverage, estimated_share: 0..1. approach: the consolidation approach it was drawn up by. gwp: the GWP sets
    behind it, empty where none is. activity_quality, factor_quality: five mean scores each, weighted by the amounts they
    stand behind; empty where not all of them are scored. activity_scored, factor_scored: which share of those amounts is
    scored, None where nothing of the kind stands behind. primary_share: which part rests on suppliers' own data, None where that is no question.
    findings: why it is a hole or incomplete, and what to do.
    entries: every entry it stands on, through other facts too.
    """

    metric: str
    labels: Labels = NONE
    period: Period
    value: Decimal | None
    unit: str
    low: Decimal | None = None
    high: Decimal | None = None
    bound: Bound = "exact"
    coverage: Decimal = Decimal(0)
    estimated_share: Decimal = Decimal(0)
    approach: str = ""
    gwp: str = ""
    activity_quality: tuple[Decimal, ...] = ()
    factor_quality: tuple[Decimal, ...] = ()
    activity_scored: Decimal | None = None
    factor_scored: Decimal | None = None
    primary_share: Decimal | None = None
    formula: str = ""
    factors: tuple[FactorUse, ...] = ()
    inputs: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    entry_hashes: str = ""
    steps: tuple[Step, ...] = field(default=(), compare=False)
    findings: tuple[Finding, ...] = field(default=(), compare=False)
    reviewed: bool = True

    @property
    def status(self) -> Status:
        if self.value is None:
            return "hole"
        return "figure" if self.coverage == 1 else "incomplete"

    @property
    def key(self) -> str:
        """How people and narratives name it: `metric@2024[gender=male]`."""
        return fact_key(self.metric, self.period, self.labels)

    @property
    def id(self) -> str:
        """SHA-256 (first 16 hex digits) over what the fact says: metric, labels, period, value, formula, factors."""
        said = [
            self.metric,
            self.labels,
            str(self.period),
            None if self.value is None else format(self.value.normalize(), "f"),
            self.unit,
            self.bound,
            str(self.coverage.normalize()),
            self.approach,
            self.gwp,
            self.formula,
            sorted((f.id, str(f.value), f.unit, f.region, f.asked_region) for f in self.factors),
        ]
        return hashlib.sha256(canonical(said).encode()).hexdigest()[:16]

    @property
    def provenance(self) -> str:
        """SHA-256 over the id and the hashes of every entry it stands on."""
        return hashlib.sha256(canonical([self.id, self.entry_hashes]).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many facts there are of each status. Only those that are whole are called figures, as only they are printed as such."""

    figures: int
    incomplete: int
    holes: int

    def __str__(self) -> str:
        figures, holes = ("" if number == 1 else "s" for number in (self.figures, self.holes))
        return f"{self.figures:,} figure{figures}, {self.incomplete:,} incomplete, {self.holes:,} hole{holes}"


def counts(facts: Iterable[Fact]) -> Counts:
    """The one count of facts, for whoever says how many there are."""
    number = Counter(fact.status for fact in facts)
    return Counts(figures=number["figure"], incomplete=number["incomplete"], holes=number["hole"])


def fact_key(metric: str, period: Period, of: Labels = NONE) -> str:
    return f"{metric}@{period}" + (f"[{format_labels(of)}]" if of else "")


def parse_key(text: str) -> tuple[str, Period, Labels]:
    """Metric, period and labels of `metric@2024[gender=male]`. ValueError when it is not the name of a figure."""
    metric, at, rest = text.partition("@")
    if not (metric.strip() and at):
        raise ValueError(f"{text[:60]!r} is not the name of a figure, such as energy.total@2024[fuel=petrol]")
    period, labels = parse_figure(rest)
    return metric.strip(), Period.parse(period), labels


def parse_figure(text: str) -> tuple[str, Labels]:
    """Metric and labels of `metric[gender=male]`, the name of a figure without its days. ValueError when it is not one."""
    metric, bracket, labels = text.partition("[")
    if not metric.strip() or bool(bracket) != labels.endswith("]"):
        raise ValueError(f"{text[:60]!r} is not the name of a figure, such as energy.total[fuel=petrol]")
    return metric.strip(), parse_labels(labels.removesuffix("]"))


FactSet = dict[str, Fact]
"""Facts by key."""
