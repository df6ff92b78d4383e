"""A bulk source as a company declares it: where its rows lie, what its columns mean, and who answers for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from leafledger.core.definition import NOWHERE, STRICT
from leafledger.core.finding import Place
from leafledger.core.labels import NONE, Labels
from leafledger.core.text import Text

NULL = ""
"""How a column's empty value is written in a table of codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which column says what. A role without a column is the same for all rows, and stands in the source itself."""

    __pydantic_config__ = STRICT

    date: str
    quantity: str
    activity: str = ""
    site: str = ""
    unit: str = ""
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a value of a column is called here. Without `means`, rows that have it are left out on purpose, and `note` says why."""

    value: str
    means: str
    labels: Labels = NONE
    note: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Rows of activity data that lie in files or in a database, `sources/<id>.yaml`.

    url: files (`data/*.parquet`, `data/*.csv`, from the company's folder), or a database (`postgresql://…`, `clickhouse://…`,
    `spark://…`) with its `table`. owner: who answers for the rows, and cannot approve them. since, until: the days for which the
    source is complete: a month in which a series has no rows had none. grain: months, or days where factors change within a month.
    decimals: at how many places each quantity of a column of floats or texts is rounded, once a row. codes: by role (activity, site,
    unit or a dimension), what values mean, from `sources/<id>.<role>.csv`; a value that is not there must be an id as it stands.
    """

    __pydantic_config__ = STRICT

    id: str = ""
    title: Text
    url: str
    table: str = ""
    owner: str
    since: date
    until: date
    columns: Columns
    activity: str = ""
    site: str = ""
    unit: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    grain: Literal["month", "day"] = "month"
    decimals: int | None = None
    estimated: bool = False
    method: str = ""
    codes: dict[str, dict[str, Meaning]] = field(default_factory=dict)
    place: Place = NOWHERE

    @property
    def roles(self) -> Mapping[str, str]:
        """The columns by which rows are told apart, by role, in a fixed order: activity, site, unit, then dimensions."""
        of = {"activity": self.columns.activity, "site": self.columns.site, "unit": self.columns.unit}
        return {**{role: column for role, column in of.items() if column}, **dict(sorted(self.columns.labels.items()))}

    @property
    def is_files(self) -> bool:
        return "://" not in self.url
