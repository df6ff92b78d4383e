"""Definitions: what is collected, what is computed, by which factors, and what each standard asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from leafledger.core.finding import Place
from leafledger.core.labels import NONE, Labels
from leafledger.core.quality import Scores
from leafledger.core.text import Text

NOWHERE = Place(name="")
STRICT = {"extra": "forbid"}
"""Read by the loader: a key that a noun does not have is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """A way to split figures. `closed`: every member must be collected for a split to add up to a total.

    A dot in a member's id puts it on a branch: `air.long_haul.economy`. branches: titles of those that are no members themselves.
    aliases: what else a member or a branch is called in any language: somebody looks for it by that, and nobody records it so.
    """

    __pydantic_config__ = STRICT

    id: str
    title: Text
    members: dict[str, Text]
    branches: dict[str, Text] = field(default_factory=dict)
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    closed: bool = False
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Something that is recorded. Flows add up over days; stocks stand at a day; both add up over sites and members.

    A `ratio` (a share, a density, a calendar year, an average) stands as it was recorded and never adds up.
    breakdowns: the sets of dimensions it is collected by. The first one is the total; each other one is a control
    total of the first. `[[]]` is collected without labels. counted: whole things, exact, with no rounding in the last digit.
    reads_at: whether a stock stands for a period as it was read on its first day, or last in it.
    way_of: what it is one of several ways to record (`fuel`, by mass or by energy), and counts once however it is recorded.
    """

    __pydantic_config__ = STRICT

    id: str
    title: Text
    unit: str
    kind: Literal["flow", "stock", "ratio"]
    breakdowns: tuple[tuple[str, ...], ...] = ((),)
    counted: bool = False
    reads_at: Literal["start", "end"] = "end"
    way_of: str = ""
    decimals: int = 0
    note: Text = field(default_factory=dict)
    place: Place = NOWHERE

    @property
    def dimensions(self) -> frozenset[str]:
        """By which it can be split."""
        return frozenset(dimension for breakdown in self.breakdowns for dimension in breakdown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A formula and the days, and the grain (`total`, `parts` or `any`), for which it is in force."""

    __pydantic_config__ = STRICT

    formula: str
    since: date | None = None
    until: date | None = None
    at: Literal["any", "total", "parts"] = "any"
    note: Text = field(default_factory=dict)
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A computed figure. `splits`: dimensions by which it is also computed, one at a time.

    kind: whether it is an amount that adds up (flow, stock) or a `ratio`; its formulas are held to it.
    """

    __pydantic_config__ = STRICT

    id: str
    title: Text
    unit: str
    kind: Literal["flow", "stock", "ratio"]
    formulas: tuple[Formula, ...]
    splits: tuple[str, ...] = ()
    decimals: int = 1
    note: Text = field(default_factory=dict)
    source: str = ""
    place: Place = NOWHERE

    @property
    def dimensions(self) -> frozenset[str]:
        """By which it can be split."""
        return frozenset(self.splits)


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorName:
    """What formulas call a factor (`factor.ID`), and the unit that each of its rows must fit. It may have no rows.

    by_gwp: each GWP set has rows of its own, and only those of the set in use serve (a global warming potential itself).
    """

    __pydantic_config__ = STRICT

    id: str
    title: Text
    unit: str
    by_gwp: bool = False
    note: Text = field(default_factory=dict)
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """One edition of one conversion or emission factor, with where it comes from and when it holds.

    name: the id of its FactorName. valid_*: the activity days it may serve. published: when it became known.
    An assumed factor has `reasoning` instead of a publisher and counts as estimated.
    gwp_basis: the GWP set (`SAR` to `AR6`) behind a value in CO2e; empty where none is. quality: five scores (see core.quality), or none.
    uncertainty: half the width of the 95 % interval, in percent of the value.
    """

    __pydantic_config__ = STRICT

    id: str
    name: str
    value: Decimal
    unit: str
    region: str = "WORLD"
    labels: Labels = NONE
    valid_from: date | None = None
    valid_to: date | None = None
    published: date | None = None
    data_year: int | None = None
    publisher: str = ""
    title: str = ""
    gases: str = ""
    gwp_basis: str = ""
    licence: str = ""
    source: str = ""
    verified: Literal["seen", "known", "assumed"] = "known"
    quality: Scores = ()
    uncertainty: Decimal | None = None
    reasoning: str = ""
    successor: str = ""
    note: str = ""
    place: Place = NOWHERE

    @property
    def assumed(self) -> bool:
        return bool(self.reasoning)


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A place that factors know, and the wider place to fall back to."""

    __pydantic_config__ = STRICT

    id: str
    title: Text
    parent: str = ""
    place: Place = NOWHERE


Level = Literal["", "mandatory", "comply_or_explain", "recommended", "voluntary"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """What answers a disclosure: figures, each of which is needed, and words, where the standard asks for a text too.

    figures: `energy.total`, or `people.employees[gender]` where it is asked for by a split. sections: where in the shipped outline such
    a text stands. beyond: what else is asked for, for which there is no figure, so that somebody has to say it in words.
    """

    __pydantic_config__ = STRICT

    figures: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    beyond: Text = field(default_factory=dict)
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """One thing a standard asks for, in our own words. Without dates of its own it holds for as long as its standard.

    level: how binding it is; empty where the standard leaves the choice to the reporter. verified: whether what it asks
    was `seen` in a source, or is `known` in general and should be compared with the standard first.
    replaces: ids of the same standard whose place it took.
    """

    __pydantic_config__ = STRICT

    id: str
    title: Text
    group: str = ""
    level: Level = ""
    effective_from: date | None = None
    effective_to: date | None = None
    replaces: tuple[str, ...] = ()
    answered_by: Answering = Answering()
    verified: Literal["seen", "known"] = "known"
    note: Text = field(default_factory=dict)
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """For one class of issuer, how binding the disclosures of some groups are that have the level `was`, in years that begin since a day."""

    __pydantic_config__ = STRICT

    issuer: str
    groups: tuple[str, ...]
    was: Level
    level: Level
    since: date | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """An edition of a standard and what it asks for, under `groups` of its own.

    effective_*: the days between which the standard says that it applies, to reporting years that begin then or, as
    GRI does, to reports that are published then. asks_as: the standard that asks for the same, whose groups and disclosures are its own too.
    succeeds: the edition before, whose ids still mean the same; what a company answered there counts here until it answers anew.
    issuers: the classes of reporters that it tells apart by `phases`; who names none of them meets the levels as they are given.
    """

    __pydantic_config__ = STRICT

    id: str
    title: Text
    edition: str
    effective_from: date | None = None
    effective_to: date | None = None
    asks_as: str = ""
    succeeds: str = ""
    groups: dict[str, Text] = field(default_factory=dict)
    issuers: dict[str, Text] = field(default_factory=dict)
    phases: tuple[Phase, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    source: str = ""
    note: Text = field(default_factory=dict)
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Every definition in force, by id."""

    dimensions: Mapping[str, Dimension] = field(default_factory=dict)
    activities: Mapping[str, Activity] = field(default_factory=dict)
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    regions: Mapping[str, Region] = field(default_factory=dict)
    standards: Mapping[str, Standard] = field(default_factory=dict)
    factor_names: Mapping[str, FactorName] = field(default_factory=dict)
    factors: Mapping[str, Factor] = field(default_factory=dict)

    def figure(self, id: str) -> Activity | Metric:
        """The activity or metric of that id. KeyError when there is none."""
        return self.activities.get(id) or self.metrics[id]

    def find(self, id: str) -> Activity | Metric | None:
        """The activity or metric of that id, if there is one."""
        return self.activities.get(id) or self.metrics.get(id)

    @property
    def counted(self) -> frozenset[str]:
        return frozenset(a.id for a in self.activities.values() if a.counted)
