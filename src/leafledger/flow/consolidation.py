"""The figures of a year by every consolidation approach, what each site makes of the difference, and what is out of them and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from leafledger.base.database import one_view
from leafledger.base.setup import open_ledger
from leafledger.core.fact import fact_key, parse_figure
from leafledger.core.finding import Finding, Refused
from leafledger.core.labels import Labels
from leafledger.core.org import Approach, Screening
from leafledger.core.period import Period, reporting_period, year_name
from leafledger.core.text import Text
from leafledger.engine.books import Books, books
from leafledger.engine.boundary import WHOLE, Stretch, boundary, within
from leafledger.engine.consolidation import APPROACHES, SideBySide, side_by_side
from leafledger.flow.places import ledger_place, reporting_year
from leafledger.flow.read import read_folder
from leafledger.ledger import roll_up
from leafledger.library.naming import did_you_mean

USUAL = ("ghg.scope1", "ghg.scope2", "ghg.scope3", "energy.total")
"""What is shown where nothing is asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a site stands in the year by each approach: the days on which it counts, with their shares; and what is noted of it."""

    site: str
    title: Text
    by: dict[Approach, tuple[Stretch, ...]]
    notes: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure by each approach."""

    metric: str
    labels: Labels
    title: Text
    unit: str
    decimals: int
    seen: SideBySide


@dataclass(frozen=True, slots=True, kw_only=True)
class Consolidation:
    """own: the approach by which the company's own figures are drawn up. sites: those that do not count alike as a whole."""

    year: str
    days: Period
    own: Approach
    figures: tuple[Figure, ...]
    sites: tuple[Standing, ...]
    titles: dict[str, Text]
    out: tuple[Screening, ...]


def consolidation(path: Path, figures: Sequence[str] = (), year: int = 0) -> Consolidation:
    """Read and compute; nothing is written. Refused for a figure or a year that there is not."""
    folder = read_folder(path)
    company, library = folder.company, folder.library
    year = reporting_year(company, year)
    days = reporting_period(year, company.year_ends)
    asked = [_asked(figure, [*library.activities, *library.metrics]) for figure in figures]
    open_ledger(ledger_place(path))
    with one_view():
        cells = roll_up.cells(library.counted)
    made = books(library, company, folder.series, cells)
    shown = asked or [(id, ()) for id in USUAL if library.find(id)]
    found = [_figure(made, metric, labels, days) for metric, labels in shown]
    return Consolidation(
        year=year_name(year, company.year_ends),
        days=days,
        own=company.approach,
        figures=tuple(one for one in found if asked or any(fact.value is not None for fact in one.seen.facts.values())),
        sites=_standing(made, days),
        titles={site.id: site.title for site in company.sites},
        out=tuple(one for one in company.screening if one.standing != "relevant" and _holds(one, days)),
    )


def _asked(text: str, known: Sequence[str]) -> tuple[str, Labels]:
    try:
        metric, labels = parse_figure(text)
    except ValueError as error:
        raise _refused("{problem}", problem=error) from None
    if metric not in known:
        hint = did_you_mean(metric, known) or "`leaf facts --list` names them all"
        raise _refused("there is no figure {id!r}; {hint}", id=metric, hint=hint)
    return metric, labels


def _figure(made: Books, metric: str, labels: Labels, days: Period) -> Figure:
    definition = made.library.figure(metric)
    return Figure(
        metric=metric,
        labels=labels,
        title=definition.title,
        unit=definition.unit,
        decimals=definition.decimals,
        seen=side_by_side(made, fact_key(metric, days, labels)),
    )


def _standing(made: Books, days: Period) -> tuple[Standing, ...]:
    by = {one: boundary(made.company.sites, one) for one in APPROACHES}
    whole = within(WHOLE, days)
    found: list[Standing] = []
    for site in made.company.sites:
        seen = {one: within(where.get(site.id, WHOLE), days) for one, where in by.items()}
        if any(part != whole for part in seen.values()):
            notes = tuple(own.note for own in site.ownership if own.note)
            found.append(Standing(site=site.id, title=site.title, by=seen, notes=notes))
    return tuple(found)


def _holds(one: Screening, days: Period) -> bool:
    return (one.since is None or one.since <= days.end) and (one.until is None or one.until >= days.start)


def _refused(template: str, **values: object) -> Refused:
    return Refused(Finding(rule="consolidation", template=template, values=values))
