"""For whom a page is written: the sources of a report seen in one language, and what things are called there."""

from dataclasses import dataclass

from leafledger.core.definition import Activity, Metric
from leafledger.core.fact import Fact, fact_key, parse_key
from leafledger.core.labels import NONE, Labels
from leafledger.core.period import Period, meant, reporting_period, year_name
from leafledger.core.prose import unmarked
from leafledger.core.text import Text
from leafledger.report.sources import Sources
from leafledger.report.words import word


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A figure's name taken apart: what, for which labels, when. `key` is its one spelling."""

    metric: str
    period: Period
    labels: Labels = NONE

    @property
    def key(self) -> str:
        return fact_key(self.metric, self.period, self.labels)


def parse_name(text: str, year_ends: str = "12-31") -> Name:
    """Read `metric@2024[gender=male]`; a year is the reporting year that ends in it on that day. ValueError when it is not one."""
    metric, period, labels = parse_key(text)
    return Name(metric=metric, period=meant(period, year_ends), labels=labels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """The sources, and the language in which they are read."""

    sources: Sources
    language: str

    @property
    def years(self) -> list[int]:
        """The reporting years up to that of the report, oldest first; the report's own always among them."""
        known = {year.year for year in self.sources.company.years} | {self.sources.year}
        return sorted(year for year in known if year <= self.sources.year)

    def named(self, text: str) -> Name:
        """The figure that people name so. ValueError when it is not the name of one."""
        return parse_name(text, self.sources.company.year_ends)

    def days(self, year: int) -> Period:
        return reporting_period(year, self.sources.company.year_ends)

    def year(self, year: int) -> str:
        """What a reporting year is called, such as 2024 or 2023/24."""
        return year_name(year, self.sources.company.year_ends)

    def word(self, key: str, /, **values: object) -> str:
        return word(self.language, key, **values)

    def say(self, text: Text) -> str:
        """A text in this language, marked names without their marks; empty where there is none."""
        return unmarked(text.get(self.language, ""))

    def listed(self, items: list[str]) -> str:
        return self.word("list_comma").join(items)

    def definition(self, id: str) -> Activity | Metric | None:
        return self.sources.library.find(id)

    def fact(self, metric: str, labels: Labels, year: int) -> Fact | None:
        return self.sources.facts.get(fact_key(metric, self.days(year), labels))

    def title(self, metric: str, labels: Labels = NONE) -> str:
        """What a figure is called, with the members it is split by: `Employees: female`."""
        definition = self.definition(metric)
        name = self.say(definition.title) if definition else metric
        members = self.listed([self.member(*pair) for pair in labels])
        return f"{name}{self.word('colon')}{members}" if members else name

    def member(self, dimension: str, member: str) -> str:
        known = self.sources.library.dimensions.get(dimension)
        return self.say(known.members[member]) if known and member in known.members else member

    def dimension(self, id: str) -> str:
        known = self.sources.library.dimensions.get(id)
        return self.say(known.title) if known else id

    def members(self, metric: str, labels: Labels, dimension: str, years: list[int]) -> list[tuple[str, Labels]]:
        """The members of a split for which some year has a fact, be it a hole: each with the labels of its figure."""
        known = self.sources.library.dimensions.get(dimension)
        named = [(id, tuple(sorted((*labels, (dimension, id))))) for id in (known.members if known else ())]
        return [(id, of) for id, of in named if any(self.fact(metric, of, year) for year in years)]
