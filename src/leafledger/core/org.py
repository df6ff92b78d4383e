"""Who reports: the company, its sites, what it collects, its people and how it reports."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from leafledger.core.definition import NOWHERE, STRICT
from leafledger.core.finding import Place
from leafledger.core.labels import NONE, Labels
from leafledger.core.text import LANGUAGES, Language, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place or unit that keeps records. `region` starts the search for factors."""

    __pydantic_config__ = STRICT

    id: str
    title: Text
    region: str
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
    """The reporting company, as `company.yaml` states it. cover: what a reader should know before the first page."""

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
    invented: bool = False
    self_reviewed: bool = False
    contact: Text = field(default_factory=dict)
    cover: Text = field(default_factory=dict)
    restatements: tuple[Restatement, ...] = ()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What somebody has undertaken to collect: an activity at a site for some labels, since a day until a day."""

    __pydantic_config__ = STRICT

    activity: str
    site: str
    labels: Labels = NONE
    since: date | None = None
    until: date | None = None
    owner: str = ""
    place: Place = NOWHERE

    @property
    def key(self) -> tuple[str, str, Labels]:
        return (self.activity, self.site, self.labels)
