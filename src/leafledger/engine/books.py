"""What a calculation stands on: definitions, series and cells, indexed once and never changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leafledger.core.definition import Factor
from leafledger.core.fact import Cell
from leafledger.core.labels import Labels
from leafledger.core.org import Company, Series, Site
from leafledger.library.load import Library

SeriesKey = tuple[str, str, Labels]


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """Everything that facts are computed from."""

    library: Library
    company: Company
    sites: Mapping[str, Site]
    series: Mapping[str, tuple[Series, ...]]
    cells: Mapping[SeriesKey, tuple[Cell, ...]]
    assertions: tuple[Cell, ...]
    factors: Mapping[str, tuple[Factor, ...]]


def books(library: Library, company: Company, series: Iterable[Series], cells: Iterable[Cell]) -> Books:
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
    by_name: dict[str, list[Factor]] = defaultdict(list)
    for id in sorted(library.factors):
        by_name[library.factors[id].name].append(library.factors[id])
    return Books(
        library=library,
        company=company,
        sites={site.id: site for site in company.sites},
        series={activity: tuple(found) for activity, found in by_activity.items()},
        cells={key: tuple(found) for key, found in by_key.items()},
        assertions=tuple(assertions),
        factors={name: tuple(found) for name, found in by_name.items()},
    )
