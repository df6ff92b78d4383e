"""What a calculation stands on: definitions, series and cells, indexed once and never changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leafledger.core.definition import Factor
from leafledger.core.fact import Cell
from leafledger.core.labels import Labels
from leafledger.core.org import Company, Series, Site, View
from leafledger.engine.boundary import Boundary, boundary
from leafledger.engine.readings import Told, settled
from leafledger.library.load import Library

WORLD = "WORLD"
SeriesKey = tuple[str, str, Labels]


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """Everything that facts are computed from.

    recorded: for each activity, the keys of the series that have cells. factors: by name and region.
    local: names of factors that differ from place to place, as some row of theirs is for less than the world.
    """

    library: Library
    company: Company
    sites: Mapping[str, Site]
    series: Mapping[str, tuple[Series, ...]]
    cells: Mapping[SeriesKey, tuple[Cell, ...]]
    told: Mapping[SeriesKey, tuple[Told, ...]]
    recorded: Mapping[str, tuple[SeriesKey, ...]]
    assertions: tuple[Cell, ...]
    view: View
    boundary: Boundary
    factors: Mapping[tuple[str, str], tuple[Factor, ...]]
    local: frozenset[str]


def books(
    library: Library, company: Company, series: Iterable[Series], cells: Iterable[Cell], view: View | None = None
) -> Books:
    """Everything indexed. view: the basis on which figures are drawn up; the company's own where none is given."""
    by_activity: dict[str, list[Series]] = defaultdict(list)
    for one in sorted(series, key=lambda s: s.key):
        by_activity[one.activity].append(one)
    by_key: dict[SeriesKey, list[Cell]] = defaultdict(list)
    assertions = []
    for cell in sorted(cells):
        if cell.kind == "assertion":
            assertions.append(cell)
        else:
            by_key[cell.activity, cell.site, cell.labels].append(cell)
    limits = {one.key: one.register_limit for found in by_activity.values() for one in found}
    ready = {key: settled(found, library.activities.get(key[0]), limits.get(key)) for key, found in by_key.items()}
    view = view or View(approach=company.approach, gwp=company.gwp)
    recorded: dict[str, list[SeriesKey]] = defaultdict(list)
    for key in by_key:
        recorded[key[0]].append(key)
    by_name: dict[tuple[str, str], list[Factor]] = defaultdict(list)
    for id in sorted(library.factors):
        by_name[library.factors[id].name, library.factors[id].region].append(library.factors[id])
    return Books(
        library=library,
        company=company,
        sites={site.id: site for site in company.sites},
        series={activity: tuple(found) for activity, found in by_activity.items()},
        cells={key: one.cells for key, one in ready.items()},
        told={key: one.told for key, one in ready.items() if one.told},
        recorded={activity: tuple(sorted(found)) for activity, found in recorded.items()},
        assertions=tuple(assertions),
        view=view,
        boundary=boundary(company.sites, view.approach),
        factors={where: tuple(found) for where, found in by_name.items()},
        local=frozenset(name for name, region in by_name if region != WORLD),
    )
