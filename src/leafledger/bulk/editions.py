"""The factors of an edition as a table, and which of them serves where: found once for each key in use, before any cell is met."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from math import lcm
from typing import TYPE_CHECKING

from leafledger.bulk import lies
from leafledger.core.definition import Factor, Library
from leafledger.core.labels import Labels
from leafledger.core.org import Company, View
from leafledger.library.units import unit

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_FIRST, _LAST = date(1, 1, 1), date(9998, 12, 31)
FACTORS = """
    CREATE OR REPLACE TEMP TABLE factors (
        id INTEGER, name INTEGER, labels INTEGER, region INTEGER, first_year INTEGER, last_year INTEGER, first_month INTEGER,
        last_month INTEGER, published DATE, rank BIGINT, number HUGEINT, twin BOOLEAN)"""
"""One row a factor. first_*, last_*: the whole years, and the whole months (year · 12 + month − 1), for which it
holds. labels: as a number. rank: the larger the better, among those of one region. number: the
value in root units, times what all values of its name are whole by."""


@dataclass(slots=True)
class Numbers:
    """Texts and labels as small numbers, given out as they come."""

    known: dict[object, int]

    def of(self, thing: object) -> int:
        return self.known.setdefault(thing, len(self.known))


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What the numbers in `factors` stand for. whole: what the values of each name were multiplied by. by_year: every factor begins
    and ends with a year, so that one factor serves a whole year."""

    names: Mapping[str, int]
    labels: Mapping[Labels, int]
    regions: Mapping[str, int]
    whole: Mapping[str, int]
    by_year: bool
    factors: tuple[Factor, ...] = ()


def edition(duck: "DuckDBPyConnection", library: Library, names: Iterable[str], view: View) -> Edition:
    """Put the factors of these names into the table `factors`."""
    wanted = sorted(set(names))
    rows = [library.factors[id] for id in sorted(library.factors) if library.factors[id].name in wanted]
    rows = [one for one in rows if not (library.factor_names[one.name].by_gwp and one.gwp_basis != view.gwp)]
    exact = [Fraction(one.value) * unit(one.unit).scale for one in rows]
    whole = {
        name: lcm(*(value.denominator for one, value in zip(rows, exact, strict=True) if one.name == name))
        for name in wanted
    }
    number = {name: n for n, name in enumerate(wanted)}
    labels = {found: n for n, found in enumerate(sorted({one.labels for one in rows}))}
    regions = {id: n for n, id in enumerate(sorted({*library.regions, *(one.region for one in rows)}))}
    twins = _twins(rows, view)
    duck.execute(FACTORS)
    lies.listed(
        duck,
        "factors",
        [
            (
                n,
                number[one.name],
                labels[one.labels],
                regions[one.region],
                *_held(one),
                one.published or _FIRST,
                rank(one, view),
                str(int(value * whole[one.name])),
                n in twins,
            )
            for n, (one, value) in enumerate(zip(rows, exact, strict=True))
        ],
    )
    return Edition(
        names=number,
        labels=labels,
        regions=regions,
        whole=whole,
        by_year=all(_whole_years(one) for one in rows),
        factors=tuple(rows),
    )


def _twins(rows: Sequence[Factor], view: View) -> set[int]:
    """Those that another one of the same name, labels and region ranks like, at the same time: it is unclear which one serves."""
    found: set[int] = set()
    alike: dict[tuple[object, ...], list[int]] = {}
    for n, one in enumerate(rows):
        alike.setdefault((one.name, one.labels, one.region, rank(one, view)), []).append(n)
    for numbers in alike.values():
        for n, other in combinations(numbers, 2):
            first, second = _held(rows[n]), _held(rows[other])
            if first[2] <= second[3] and second[2] <= first[3]:
                found |= {n, other}
    return found


def _held(of: Factor) -> tuple[int, int, int, int]:
    """The first and last whole year, and the first and last whole month, of a factor."""
    begins, after = of.valid_from or _FIRST, min(of.valid_to or _LAST, _LAST) + timedelta(days=1)
    first_month = begins.year * 12 + begins.month - 1 + (begins.day > 1)
    first_year = begins.year + ((begins.month, begins.day) > (1, 1))
    return first_year, after.year - 1, first_month, after.year * 12 + after.month - 2


def rank(factor: Factor, view: View) -> int:
    """The narrowest first, then one on the GWP set in use, then the newest data, then the newest publication."""
    fits = factor.gwp_basis in ("", view.gwp)
    published = (factor.published or _FIRST).toordinal()
    return ((len(factor.labels) * 2 + fits) * 16384 + (factor.data_year or 0)) * 2**22 + published


def regions_up(duck: "DuckDBPyConnection", of: Edition, library: Library) -> None:
    """The table `up`: each region with itself and every wider one, and how many steps up that is."""
    rows: list[tuple[int, int, int]] = []
    for region, number in of.regions.items():
        seen: list[str] = []
        at = region
        while at and at not in seen:
            rows.append((number, of.regions[at], len(seen)))
            seen.append(at)
            at = library.regions[at].parent if at in library.regions else ""
    duck.execute("CREATE OR REPLACE TEMP TABLE up (region INTEGER, wider INTEGER, level INTEGER)")
    lies.listed(duck, "up", rows)


def labels_met(
    duck: "DuckDBPyConnection", of: Edition, cells: Sequence[Labels], asked: Sequence[tuple[str, Labels]]
) -> None:
    """The table `met`: for each slot and labels of cells, the labels of factors that would serve: all of these are among the cell's."""
    more = sorted({labels for _, labels in asked})
    by_more = {labels: list(_met(of, cells, labels)) for labels in more}
    rows = [(slot, cell, number) for slot, (_, labels) in enumerate(asked) for cell, number in by_more[labels]]
    duck.execute("CREATE OR REPLACE TEMP TABLE met (slot INTEGER, cell INTEGER, labels INTEGER)")
    lies.listed(duck, "met", rows)


def _met(of: Edition, cells: Sequence[Labels], more: Labels) -> Iterator[tuple[int, int]]:
    """Numbers of cells' labels, each with those of a factor's: found by trying every part of the cell's."""
    for cell, own in enumerate(cells):
        said = sorted({**dict(own), **dict(more)}.items())
        for size in range(len(said) + 1):
            for part in combinations(said, size):
                if part in of.labels:
                    yield cell, of.labels[part]


def years_known(duck: "DuckDBPyConnection", company: Company, years: Iterable[int]) -> None:
    """The table `known`: for each year the day by which a factor had to be published."""
    as_of = {year.year: year.factors_as_of for year in company.years}
    duck.execute("CREATE OR REPLACE TEMP TABLE known (year INTEGER, as_of DATE)")
    lies.listed(duck, "known", [(year, as_of.get(year, _LAST)) for year in sorted(set(years))])


def _whole_years(of: Factor) -> bool:
    begins, ends = of.valid_from, of.valid_to
    return (begins is None or (begins.month, begins.day) == (1, 1)) and (
        ends is None or (ends.month, ends.day) == (12, 31)
    )
