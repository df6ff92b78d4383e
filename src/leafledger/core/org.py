"""Who reports: the company, its sites, what it collects, its people and how it reports."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from leafledger.core.definition import NOWHERE, STRICT
from leafledger.core.finding import Place
from leafledger.core.labels import NONE, Labels
from leafledger.core.text import LANGUAGES, Language, Text

Approach = Literal["operational_control", "financial_control", "equity_share"]
GwpSet = Literal["SAR", "AR4", "AR5", "AR6"]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """On what basis figures are drawn up: how parts are consolidated, and which global warming potentials count."""

    approach: Approach = "operational_control"
    gwp: GwpSet = "AR6"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership:
    """How far a site is the company's, since a day until a day. equity: percent. Control is all or nothing."""

    __pydantic_config__ = STRICT

    equity: Decimal
    operational_control: bool
    financial_control: bool
    since: date | None = None
    until: date | None = None
    note: Text = field(default_factory=dict)
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place or unit that keeps records. `region` starts the search for factors.

    ownership: without any, the whole of it is the company's by every approach and on every day; with some, it is
    outside the boundary on all other days.
    """

    __pydantic_config__ = STRICT

    id: str
    title: Text
    region: str
    ownership: tuple[Ownership, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who records, approves or signs."""

    __pydantic_config__ = STRICT

    id: str
    name: str
    roles: tuple[Literal["recorder", "approver", "publisher"], ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A reporting year. factors_as_of: only factors published by this day are used for it."""

    __pydantic_config__ = STRICT

    year: int
    factors_as_of: date
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """Whether a source of emissions (a metric or an activity) is in the inventory, and why; one that is left out says so.

    standing: `relevant` sources are collected; one that is `not_relevant` (there is none, or it is too small to matter) or
    `excluded` (there is one, and it is left out) adds nothing and is listed with its reason.
    """

    __pydantic_config__ = STRICT

    source: str
    standing: Literal["relevant", "not_relevant", "excluded"]
    reason: Text = field(default_factory=dict)
    method: Text = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A contractual instrument for electricity: a certificate, a power purchase agreement, a green tariff, a supplier's rate.

    market: the region in which it can be used. vintage_*: when the power was generated. use_from, use_to: the consumption it may
    be claimed for. quantity (unit of energy): how much it is for; none for a supplier's rate, which covers all that is allocated to it.
    rate: emissions per unit of energy. serials: of the certificates; claimed_by: who else says that it uses them.
    """

    __pydantic_config__ = STRICT

    id: str
    kind: Literal["certificate", "ppa", "green_tariff", "supplier_rate"]
    title: str
    scheme: str = ""
    market: str
    vintage_from: date
    vintage_to: date
    use_from: date | None = None
    use_to: date | None = None
    quantity: Decimal | None = None
    unit: str = "MWh"
    rate: Decimal = Decimal(0)
    rate_unit: str = "kgCO2e/kWh"
    renewable: bool = True
    serials: str = ""
    claimed_by: str = ""
    retired: date | None = None
    note: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseYear:
    """The year that progress is measured from, and how large a change in it (percent) makes the company restate it.

    figures: the totals that are held against the threshold, of those that there are; what an inventory adds up to, by default.
    """

    __pydantic_config__ = STRICT

    year: int
    threshold: Decimal
    figures: tuple[str, ...] = ("ghg.scope1", "ghg.scope2", "ghg.scope2_market", "ghg.scope3", "ghg.total")
    policy: Text = field(default_factory=dict)
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Restatement:
    """A figure of an earlier year that was published with another value. An unrecorded old value is empty."""

    __pydantic_config__ = STRICT

    metric: str
    year: int
    reason: Text
    old_value: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The reporting company, as `company.yaml` states it. cover: what a reader should know before the first page.

    approach, gwp: on what basis its own figures are drawn up. methods: which of several methods for one figure is declared
    (figure → one of the figures in its formula). year_ends: the last month and day of a reporting year (`12-31`); year 2024 ends in 2024.
    issuer_class: which of the issuers that a standard tells apart it is (standard → class).
    screening, contracts and degree_days (of each station, by day) stand in files of their own, `screening.yaml`, `contracts.csv`
    and `degree_days.csv`.
    """

    __pydantic_config__ = STRICT

    id: str
    name: Text
    legal_name: Text
    sites: tuple[Site, ...]
    people: tuple[Person, ...]
    years: tuple[Year, ...]
    languages: tuple[Language, ...] = LANGUAGES
    prevailing: Language = "en"
    standards: tuple[str, ...] = ()
    issuer_class: dict[str, str] = field(default_factory=dict)
    invented: bool = False
    self_reviewed: bool = False
    contact: Text = field(default_factory=dict)
    cover: Text = field(default_factory=dict)
    restatements: tuple[Restatement, ...] = ()
    approach: Approach = "operational_control"
    gwp: GwpSet = "AR6"
    year_ends: str = "12-31"
    methods: dict[str, str] = field(default_factory=dict)
    base_year: BaseYear | None = None
    screening: tuple[Screening, ...] = ()
    contracts: tuple[Contract, ...] = ()
    degree_days: dict[str, dict[date, Decimal]] = field(default_factory=dict)
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What somebody has undertaken to collect: an activity at a site for some labels, since a day until a day.

    apportion: how a bill that reaches over the end of a period is divided: by day (empty), or by the degree days of a station of
    `degree_days.csv`. register_limit: the reading at which a cumulative meter starts again from 0.
    """

    __pydantic_config__ = STRICT

    activity: str
    site: str
    labels: Labels = NONE
    since: date | None = None
    until: date | None = None
    owner: str = ""
    apportion: str = ""
    register_limit: Decimal | None = None
    place: Place = NOWHERE

    @property
    def key(self) -> tuple[str, str, Labels]:
        return (self.activity, self.site, self.labels)
