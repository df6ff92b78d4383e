"""A small company in words: figures, series, entries and factors, computed in one line."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from leafledger.core.definition import Activity, Dimension, Factor, FactorName, Formula, Metric, Region
from leafledger.core.entry import Entry
from leafledger.core.fact import FactSet
from leafledger.core.labels import parse_labels
from leafledger.core.org import Company, Person, Series, Site, Year
from leafledger.core.period import Period
from leafledger.core.quantity import parse_decimal, plain
from leafledger.engine.books import books
from leafledger.engine.cells import cells_from_entries, in_force
from leafledger.engine.compute import compute
from leafledger.engine.prove import proven
from leafledger.library.load import Library

TITLE = {"zh-Hant": "名", "zh-Hans": "名", "en": "Name"}


def activity(id: str, unit: str, kind: str = "flow", by: str = "", **more: object) -> Activity:
    """`by`: breakdowns such as `gender age`, `- gender` (first without labels), or nothing."""
    splits = tuple(() if word == "-" else tuple(word.split("+")) for word in by.split()) or ((),)
    return Activity(id=id, title=TITLE, unit=unit, kind=kind, breakdowns=splits, **more)  # type: ignore[arg-type]


def metric(id: str, unit: str, formula: str, kind: str = "flow", splits: str = "", **more: object) -> Metric:
    formulas = (Formula(formula=formula),)
    return Metric(id=id, title=TITLE, unit=unit, kind=kind, formulas=formulas, splits=tuple(splits.split()), **more)  # type: ignore[arg-type]


def dimension(id: str, members: str, *, closed: bool = True) -> Dimension:
    return Dimension(id=id, title=TITLE, members=dict.fromkeys(members.split(), TITLE), closed=closed)


def factor(id: str, name: str, value: str, unit: str, region: str = "WORLD", **more: object) -> Factor:
    return Factor(id=id, name=name, value=Decimal(value), unit=unit, region=region, **more)  # type: ignore[arg-type]


def library(
    *figures: Activity | Metric, dimensions: Iterable[Dimension] = (), factors: Iterable[Factor] = ()
) -> Library:
    factors = list(factors)
    names = {one.name: FactorName(id=one.name, title=TITLE, unit=one.unit) for one in factors}
    places = [("WORLD", ""), ("CN", "WORLD"), ("CN-EAST", "CN"), ("CN-SH", "CN-EAST"), ("SG", "WORLD")]
    return proven(
        Library(
            dimensions={one.id: one for one in dimensions},
            activities={one.id: one for one in figures if isinstance(one, Activity)},
            metrics={one.id: one for one in figures if isinstance(one, Metric)},
            regions={id: Region(id=id, title=TITLE, parent=parent) for id, parent in places},
            factor_names=names,
            factors={one.id: one for one in factors},
        )
    )


def company(*sites: str, years: str = "2024", as_of: str = "2025-04-30", **more: object) -> Company:
    """Sites as `works:CN`."""
    made = tuple(Site(id=id, title=TITLE, region=region) for id, _, region in (site.partition(":") for site in sites))
    return Company(
        id="harbour",
        name=TITLE,
        legal_name=TITLE,
        sites=made,
        people=(Person(id="ana", name="Ana", roles=("recorder",)),),
        years=tuple(Year(year=int(year), factors_as_of=date.fromisoformat(as_of)) for year in years.split()),
        **more,  # type: ignore[arg-type]
    )


HARBOUR = company("works:CN", "office:SG")


def series(text: str, since: str = "", until: str = "") -> Series:
    """`heads works gender=male`."""
    activity, site, labels = (*text.split(), "")[:3]
    days = [date.fromisoformat(day) if day else None for day in (since, until)]
    return Series(activity=activity, site=site, labels=parse_labels(labels), since=days[0], until=days[1])


def entry(text: str, period: str, amount: str, **more: object) -> Entry:
    """`heads works gender=male`, `2024-12-31`, `40 person`. The site may be `*` for none."""
    activity, site, labels = (*text.split(), "")[:3]
    value, unit = amount.split()
    site = "" if site == "*" else site
    made = Entry(
        id=f"{text} {period} {amount}".replace(" ", "_"),
        activity=activity,
        site=site,
        labels=parse_labels(labels),
        period=Period.parse(period),
        value=parse_decimal(value),
        unit=unit,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def computed(
    of: Library, entries: Iterable[Entry], declared: Iterable[Series] | None = None, who: Company = HARBOUR
) -> FactSet:
    """The facts. Without `declared`, every series that has an entry is declared."""
    entries = list(entries)
    if declared is None:
        kept = [one for one in entries if one.kind != "assertion"]
        declared = {
            s.key: s for e in kept for s in [Series(activity=e.activity, site=e.site, labels=e.labels)]
        }.values()
    return compute(books(of, who, declared, cells_from_entries(in_force(entries), of.counted)))


def rules(facts: FactSet, key: str) -> list[str]:
    """The rules of the findings of one fact."""
    return [finding.rule for finding in facts[key].findings]


def value(facts: FactSet, key: str) -> str | None:
    """The value, as short as it can be written."""
    found = facts[key].value
    return None if found is None else plain(found)
