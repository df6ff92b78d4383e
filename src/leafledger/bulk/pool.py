"""Cells that no factor can tell apart, added up: by activity, labels, region of the site and year (or month)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import lcm
from typing import TYPE_CHECKING

from leafledger.bulk import lies
from leafledger.bulk.cube import Cube, Segment, alike, cells_of
from leafledger.bulk.keys import Keys
from leafledger.bulk.meaning import LEFT_OUT, Dictionary, days_of
from leafledger.bulk.source import Source
from leafledger.core.definition import Library
from leafledger.core.labels import Labels
from leafledger.core.org import Company
from leafledger.core.period import Period, reporting_year
from leafledger.library.units import Unit, unit

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """The table `pooled` and what its numbers stand for: activity, labels, region, stretch, year, n, amount.

    amount: whole numbers; divided by `whole` of its activity they are in the activity's unit. stretch: the year, or year·12 + month − 1.
    unfit: rows that fit nothing, by the activity whose figures they may belong to (empty: any). keys: those whose meanings the tables hold.
    """

    activities: tuple[str, ...]
    labels: tuple[Labels, ...]
    regions: Mapping[str, int]
    whole: Mapping[str, int]
    by_year: bool
    unfit: Mapping[str, int]
    keys: tuple[Keys, ...] = ()


def pooled(
    duck: "DuckDBPyConnection",
    source: Source,
    cube: Cube,
    words: Dictionary,
    company: Company,
    library: Library,
    regions: Mapping[str, int],
    *,
    by_year: bool,
    segments: Sequence[Segment] | None = None,
    into: str = "pooled",
    like: Pool | None = None,
) -> Pool:
    """Make the table from the cube, or from some of its segments. like: a pool whose numbers go on meaning what they mean."""
    of = segments if segments is not None else cube.segments
    activities = tuple(sorted(id for id, one in library.activities.items() if one.kind == "flow"))
    number = {id: n for n, id in enumerate(activities)}
    labels: dict[Labels, int] = {of_cell: n for n, of_cell in enumerate(like.labels)} if like else {}
    held = like.keys if like else ()
    whole = (
        {id: of_unit // 10**cube.places for id, of_unit in like.whole.items()}
        if like
        else _wholes(_used(words, of), cube, words, library)
    )
    where = {site.id: regions[site.region] for site in company.sites}
    unfit: dict[str, int] = {}
    parts: list[str] = []
    for keys, some in alike(of):
        if keys != held:
            _what(duck, keys, some, words, number, labels)
            _places(duck, keys, words, where)
            _units(duck, keys, words, number, whole, library)
            held = keys
        stretch = _moments(duck, some, source, company, by_year=by_year)
        parts.append(_summed(duck, keys, some, cube, stretch, f"{into}_{len(parts)}", unfit, activities))
    by = "activity, labels, region, stretch, year"
    sql = f"SELECT * FROM {parts[0]}"
    if len(parts) > 1:
        every = " UNION ALL ".join(f"SELECT * FROM {part}" for part in parts)
        sql = f"SELECT {by}, sum(n)::BIGINT AS n, sum(amount)::HUGEINT AS amount FROM ({every}) GROUP BY {by}"
    duck.execute(f"CREATE OR REPLACE TEMP TABLE {into} AS {sql}")
    at = {id: 10**cube.places * of_unit for id, of_unit in whole.items()}
    return Pool(
        activities=activities, labels=tuple(labels), regions=regions, whole=at, by_year=by_year, unfit=unfit, keys=held
    )


def _used(words: Dictionary, segments: Iterable[Segment]) -> set[str]:
    """The activities that rows may be of."""
    if words.source.activity:
        return {words.source.activity}
    found: set[str] = set()
    for keys in {_of(one, "activity") for one in segments}:
        for key in range(len(keys)):
            meaning = words.meaning("activity", keys.value(key))
            if not isinstance(meaning, str) and meaning.means:
                found.add(meaning.means)
    return found


def _wholes(activities: Iterable[str], cube: Cube, words: Dictionary, library: Library) -> dict[str, int]:
    """For each activity, what every unit that its rows may be in is a whole number of: the activity's unit, divided by this."""
    met = [(name, unit(name)) for name in _units_met(cube, words)]
    found: dict[str, int] = {}
    for id in sorted(activities):
        kept = unit(library.activities[id].unit)
        given = [of.scale / kept.scale for _, of in met if of.dimensions == kept.dimensions]
        found[id] = lcm(*(one.denominator for one in given)) if given else 1
    return found


def _units_met(cube: Cube, words: Dictionary) -> list[str]:
    if words.source.unit:
        return [words.source.unit]
    found: set[str] = set()
    for keys in {_of(one, "unit") for one in cube.segments}:
        for key in range(len(keys)):
            meaning = words.meaning("unit", keys.value(key))
            if not isinstance(meaning, str) and meaning.means:
                found.add(meaning.means)
    return sorted(found)


def _what(
    duck: "DuckDBPyConnection",
    keys: Sequence[Keys],
    segments: Sequence[Segment],
    words: Dictionary,
    number: Mapping[str, int],
    labels: dict[Labels, int],
) -> None:
    """The table `what`: the keys of all roles but site and unit → activity, labels, and whether they fit."""
    at = [n for n, one in enumerate(keys) if one.role not in ("site", "unit")]
    met = _met(duck, keys, segments, at)
    rows: list[tuple[object, ...]] = []
    plain = replace(words, source=replace(words.source, site=words.source.site or "?"))
    for said in met:
        values = {keys[n].role: None if key is None else keys[n].value(key) for n, key in zip(at, said, strict=True)}
        told = plain.what(values)
        known = labels.setdefault(told.labels, len(labels)) if not told.wrong else -1
        fits = 1 if not told.wrong else -1 if told.wrong == LEFT_OUT else 0
        rows.append((*(-1 if key is None else key for key in said), number.get(told.activity, -1), known, fits))
    columns = "".join(f"k{n} INTEGER, " for n in at)
    duck.execute(f"CREATE OR REPLACE TEMP TABLE what ({columns}activity INTEGER, labels INTEGER, fits INTEGER)")
    lies.listed(duck, "what", rows)


def _met(
    duck: "DuckDBPyConnection", keys: Sequence[Keys], segments: Sequence[Segment], at: Sequence[int]
) -> list[tuple[int | None, ...]]:
    """The combinations of keys that there are; of one column all that there may be, without looking."""
    if not at:
        return [()]
    if len(at) == 1:
        return [*((key,) for key in range(len(keys[at[0]]))), (None,)]
    names = ", ".join(f"k{n}" for n in at)
    return [tuple(row) for row in duck.execute(f"SELECT DISTINCT {names} FROM {cells_of(segments)}").fetchall()]


def _places(duck: "DuckDBPyConnection", of: Sequence[Keys], words: Dictionary, where: Mapping[str, int]) -> None:
    """The table `places`: the key of a site → its region, and whether it is one."""
    duck.execute("CREATE OR REPLACE TEMP TABLE places (k INTEGER, region INTEGER, fits INTEGER)")
    if words.source.site:
        lies.listed(duck, "places", [(-1, where[words.source.site], 1)])
        return
    keys = _of(of, "site")
    rows = []
    for key in [*range(len(keys)), None]:
        meaning = words.meaning("site", None if key is None else keys.value(key))
        known = None if isinstance(meaning, str) else meaning.means
        fits = -1 if known == "" else int(known is not None)
        rows.append((-1 if key is None else key, where[known] if known else -1, fits))
    lies.listed(duck, "places", rows)


def _units(
    duck: "DuckDBPyConnection",
    of: Sequence[Keys],
    words: Dictionary,
    number: Mapping[str, int],
    whole: Mapping[str, int],
    library: Library,
) -> None:
    """The table `units`: activity and key of a unit → how many of the activity's smallest parts one of it is."""
    duck.execute("CREATE OR REPLACE TEMP TABLE units (activity INTEGER, k INTEGER, times HUGEINT)")
    rows: list[tuple[int, int, str]] = []
    met = list(_met_units(of, words))
    for activity, parts in sorted(whole.items()):
        kept = unit(library.activities[activity].unit)
        for key, given in met:
            if given.dimensions == kept.dimensions:
                rows.append((number[activity], key, str(int(given.scale / kept.scale * parts))))
    lies.listed(duck, "units", rows)


def _met_units(of: Sequence[Keys], words: Dictionary) -> Iterator[tuple[int, Unit]]:
    """The key of each unit that is one."""
    if words.source.unit:
        yield -1, unit(words.source.unit)
        return
    keys = _of(of, "unit")
    for key in range(len(keys)):
        meaning = words.meaning("unit", keys.value(key))
        if not isinstance(meaning, str) and meaning.means:
            yield key, unit(meaning.means)


def _moments(
    duck: "DuckDBPyConnection", of: Sequence[Segment], source: Source, company: Company, *, by_year: bool
) -> str:
    """The table `moments`: each stretch of moments that there is → its number and reporting year, if it lies in the days of the source.

    Whole calendar years are told from the moment by itself; the answer is how.
    """
    whole = by_year and (source.since.month, source.since.day, source.until.month, source.until.day) == (1, 1, 12, 31)
    each = 12 if source.grain == "month" else 10000
    days = Period(source.since, source.until)
    rows: list[tuple[int, int, int]] = []
    if whole:
        rows = [(year, year, year) for year in range(days.start.year, days.end.year + 1)]
    else:
        for (moment,) in duck.execute(
            f"SELECT DISTINCT moment FROM {cells_of(of)} WHERE moment IS NOT NULL"
        ).fetchall():
            period = days_of(source, moment)
            if period.within(days):
                year = reporting_year(period.end, company.year_ends)
                rows.append((moment, year if by_year else period.start.year * 12 + period.start.month - 1, year))
    duck.execute("CREATE OR REPLACE TEMP TABLE moments (moment INTEGER, stretch INTEGER, year INTEGER)")
    lies.listed(duck, "moments", rows)
    return f"moment // {each}" if whole else "moment"


def _summed(
    duck: "DuckDBPyConnection",
    keys: Sequence[Keys],
    segments: Sequence[Segment],
    cube: Cube,
    stretch: str,
    into: str,
    unfit: dict[str, int],
    activities: Sequence[str],
) -> str:
    """The cells of segments in our terms, as a table; rows that fit nothing are counted by activity.

    Quantities are added up first, by unit too, and turned into the activity's smallest parts then, once for each sum. stretch: how a
    moment is made one of those that the table `moments` has.
    """
    at = {one.role: f"coalesce(c.k{n}, -1)" for n, one in enumerate(keys)}
    numbers = [(n, one.role) for n, one in enumerate(keys) if one.role not in ("site", "unit")]
    what = " AND ".join(f"{at[role]} = w.k{n}" for n, role in numbers) or "true"
    by = ", ".join([*(f"k{n}" for n in range(len(keys))), "stretch"])
    duck.execute(f"""
        CREATE OR REPLACE TEMP TABLE narrowed AS
        SELECT {by.replace("stretch", f"{stretch} AS stretch")}, sum(rows)::BIGINT AS rows, sum(n)::BIGINT AS n, sum(total) AS total
        FROM {cells_of(segments)} GROUP BY ALL""")
    joined = f"""
        FROM narrowed c LEFT JOIN what w ON {what} LEFT JOIN places s ON s.k = {at.get("site", "-1")}
        LEFT JOIN units u ON u.activity = w.activity AND u.k = {at.get("unit", "-1")} LEFT JOIN moments m ON m.moment = c.stretch"""
    fits = "w.fits = 1 AND s.fits = 1 AND u.times IS NOT NULL AND m.year IS NOT NULL"
    duck.execute(f"""
        CREATE OR REPLACE TEMP TABLE {into} AS
        SELECT w.activity, w.labels, s.region, m.stretch, m.year, sum(c.n)::BIGINT AS n,
               sum((c.total * {10**cube.places})::HUGEINT * u.times)::HUGEINT AS amount
        {joined} WHERE {fits} GROUP BY ALL""")
    taken = duck.execute(f"SELECT sum(n)::BIGINT FROM {into}").fetchall()[0][0] or 0
    if taken < sum(one.rows for one in segments):
        odd = f"coalesce(w.fits, 0) >= 0 AND coalesce(s.fits, 0) >= 0 AND (NOT coalesce({fits}, false) OR c.n < c.rows)"
        query = f"SELECT w.activity, sum(c.rows - CASE WHEN coalesce({fits}, false) THEN c.n ELSE 0 END)::BIGINT {joined} WHERE {odd} GROUP BY 1"
        for activity, rows in duck.execute(query).fetchall():
            id = "" if activity is None or activity < 0 else activities[activity]
            unfit[id] = unfit.get(id, 0) + rows
    return into


def _of(keys: "Segment | Sequence[Keys]", role: str) -> Keys:
    (found,) = (one for one in (keys.keys if isinstance(keys, Segment) else keys) if one.role == role)
    return found
