"""What the keys of a cube mean here: series, sites, units and days, each found once; and what fits nothing, counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from leafledger.bulk.keys import Keys
from leafledger.bulk.source import NULL, Meaning, Source
from leafledger.core.definition import Library
from leafledger.core.labels import Labels
from leafledger.core.org import Company
from leafledger.core.period import Period
from leafledger.library.splits import unfit
from leafledger.library.units import UnknownUnit, factor_between, unit

LEFT_OUT = "left out on purpose"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one combination of values means; wrong: why it fits nothing, or that it is LEFT_OUT, with the reason in `note`."""

    activity: str = ""
    site: str = ""
    labels: Labels = ()
    unit: str = ""
    wrong: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dictionary:
    """Proves values against the company and the library, each combination once."""

    source: Source
    sites: frozenset[str]
    library: Library

    def told(self, values: Mapping[str, str | None]) -> Told:
        """What the values of one cell mean, by role."""
        told = self.what(values)
        if told.wrong:
            return told
        try:
            factor_between(told.unit, self.library.activities[told.activity].unit)
        except ValueError as error:
            return Told(activity=told.activity, site=told.site, labels=told.labels, wrong=str(error))
        return told

    def what(self, values: Mapping[str, str | None]) -> Told:
        """The same, whether or not the unit measures the activity."""
        said: dict[str, str] = {role: getattr(self.source, role) for role in ("activity", "site", "unit")}
        labels = dict(self.source.labels)
        for role, value in values.items():
            meaning = self.meaning(role, value)
            if isinstance(meaning, str):
                return Told(activity=said["activity"], site=said["site"], wrong=meaning)
            if not meaning.means:
                return Told(activity=said["activity"], wrong=LEFT_OUT, note=meaning.note)
            if role in said:
                said[role] = meaning.means
            else:
                labels[role] = meaning.means
            labels.update(meaning.labels)
        of = tuple(sorted(labels.items()))
        for problem in unfit(of, self.library.activities[said["activity"]], self.library):
            return Told(activity=said["activity"], site=said["site"], wrong=problem)
        return Told(**said, labels=of)

    def meaning(self, role: str, value: str | None) -> Meaning | str:
        """The meaning of a value, or why it has none."""
        known = self.source.codes.get(role, {})
        if (value or NULL) in known:
            return known[value or NULL]
        if value is None:
            return f"no {role}"
        if self._is_one(role, value):
            return Meaning(value=value, means=value)
        return f"unknown {role} {value[:60]!r}"

    def _is_one(self, role: str, value: str) -> bool:
        match role:
            case "activity":
                return value in self.library.activities and self.library.activities[value].kind == "flow"
            case "site":
                return value in self.sites
            case "unit":
                return _is_unit(value)
            case _:
                return role in self.library.dimensions and value in self.library.dimensions[role].members


def dictionary(source: Source, company: Company, library: Library) -> Dictionary:
    return Dictionary(source=source, sites=frozenset(site.id for site in company.sites), library=library)


def days_of(source: Source, moment: int) -> Period:
    """The month or the day of a cell."""
    if source.grain == "day":
        day = date(moment // 10000, moment // 100 % 100, moment % 100)
        return Period(day, day)
    year, month = divmod(moment, 12)
    after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return Period(date(year, month + 1, 1), after - timedelta(days=1))


def moment_of(source: Source, day: date) -> int:
    """The moment of the cell that a day's rows are in."""
    if source.grain == "day":
        return day.year * 10000 + day.month * 100 + day.day
    return day.year * 12 + day.month - 1


def values_of(keys: tuple[Keys, ...], row: tuple[int | None, ...]) -> dict[str, str | None]:
    """The values of a cell's keys, by role."""
    return {of.role: None if key is None else of.value(key) for of, key in zip(keys, row, strict=True)}


def multiplier(given: str, wanted: str) -> Fraction:
    """How many `wanted` one `given` is: exact, and the only place where units are turned."""
    return factor_between(given, wanted)


def _is_unit(name: str) -> bool:
    try:
        unit(name)
    except UnknownUnit:
        return False
    return True
