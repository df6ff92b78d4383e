"""Cells that no factor can tell apart, added up: by activity, labels, region of the site and year (or month)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from leafledger.bulk import lies
from leafledger.bulk.cube import Cube, Segment
from leafledger.bulk.keys import Keys
from leafledger.bulk.meaning import LEFT_OUT, Dictionary, days_of, multiplier
from leafledger.bulk.source import Source
from leafledger.core.definition import Library
from leafledger.core.labels import Labels
from leafledger.core.org import Company
from leafledger.core.period import Period, reporting_year
from leafledger.library.units import UnknownUnit, same_kind

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
        else {id: _whole(id, cube, words, library) for id in _used(words, of)}
    )
    where = {site.id: regions[site.region] for site in company.sites}
    unfit: dict[str, int] = {}
    parts: list[str] = []
    for keys, alike in _alike_keys(of):
        if keys != held:
            _what(duck, keys, alike, words, number, labels)
            _places(duck, keys, words, where)
            _units(duck, keys, words, number, whole, library)
            held = keys
        _moments(duck, alike, source, company, by_year=by_year)
        parts.append(_summed(duck, keys, alike, cube, f"{into}_{len(parts)}", unfit, activities))
    by = "activity, labels, region, stretch, year"
    duck.execute(
        f"CREATE OR REPLACE TEMP TABLE {into} AS SELECT {by}, sum(n)::BIGINT AS n, sum(amount)::HUGEINT AS amount "
        f"FROM ({' UNION ALL '.join(f'SELECT * FROM {part}' for part in parts)}) GROUP BY {by}"
    )
    at = {id: 10**cube.places * of_unit for id, of_unit in whole.items()}
    return Pool(activities=activities, labels=tuple(labels), regions=regions, whole=at, by_year=by_year, unfit=unfit)


def _alike_keys(segments: Sequence[Segment]) -> list[tuple[tuple[Keys, ...], list[Segment]]]:
    """Segments whose keys mean the same, together."""
    found: dict[tuple[Keys, ...], list[Segment]] = {}
    for one in segments:
        found.setdefault(one.keys, []).append(one)
    return list(found.items())


def _cells(segments: Sequence[Segment]) -> str:
    return "read_parquet([" + ", ".join(lies.quoted(str(one.place / one.name)) for one in segments) + "])"


def _used(words: Dictionary, segments: Iterable[Segment]) -> set[str]:
    """The activities that rows may be of."""
    if words.source.activity:
        return {words.source.activity}
    found: set[str] = set()
    for keys in (_of(one, "activity") for one in segments):
        for key in range(len(keys)):
            meaning = words.meaning("activity", keys.value(key))
            if not isinstance(meaning, str) and meaning.means:
                found.add(meaning.means)
    return found


def _whole(activity: str, cube: Cube, words: Dictionary, library: Library) -> int:
    """What every unit that its rows may be in is a whole number of: the activity's unit, divided by this."""
    wanted = library.activities[activity].unit
    given = [multiplier(unit, wanted) for unit in _units_met(cube, words) if unit in _alike(wanted, cube, words)]
    return lcm(*(one.denominator for one in given)) if given else 1


def _alike(wanted: str, cube: Cube, words: Dictionary) -> set[str]:
    fitting = set(same_kind(wanted))
    for unit in _units_met(cube, words):
        if unit not in fitting:
            try:
                multiplier(unit, wanted)
            except (UnknownUnit, ValueError):
                continue
            fitting.add(unit)
    return fitting


def _units_met(cube: Cube, words: Dictionary) -> list[str]:
    if words.source.unit:
        return [words.source.unit]
    found: set[str] = set()
    for keys in (_of(one, "unit") for one in cube.segments):
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
    return [tuple(row) for row in duck.execute(f"SELECT DISTINCT {names} FROM {_cells(segments)}").fetchall()]


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
    keys = None if words.source.unit else _of(of, "unit")
    rows: list[tuple[int, int, str]] = []
    for activity, parts in sorted(whole.items()):
        for key in range(len(keys)) if keys is not None else [-1]:
            meaning = words.meaning("unit", keys.value(key)) if keys is not None else words.source.unit
            name = meaning if isinstance(meaning, str) and keys is None else getattr(meaning, "means", "")
            try:
                times: Fraction = multiplier(name, library.activities[activity].unit) * parts
            except ValueError:
                continue
            rows.append((number[activity], key, str(int(times))))
    lies.listed(duck, "units", rows)


def _moments(
    duck: "DuckDBPyConnection", of: Sequence[Segment], source: Source, company: Company, *, by_year: bool
) -> None:
    """The table `moments`: each that there is → its stretch and reporting year, if it lies in the days of the source."""
    days = Period(source.since, source.until)
    rows = []
    for (moment,) in duck.execute(f"SELECT DISTINCT moment FROM {_cells(of)} WHERE moment IS NOT NULL").fetchall():
        period = days_of(source, moment)
        if period.within(days):
            year = reporting_year(period.end, company.year_ends)
            rows.append((moment, year if by_year else period.start.year * 12 + period.start.month - 1, year))
    duck.execute("CREATE OR REPLACE TEMP TABLE moments (moment INTEGER, stretch INTEGER, year INTEGER)")
    lies.listed(duck, "moments", rows)


def _summed(
    duck: "DuckDBPyConnection",
    keys: Sequence[Keys],
    segments: Sequence[Segment],
    cube: Cube,
    into: str,
    unfit: dict[str, int],
    activities: Sequence[str],
) -> str:
    """The cells of segments in our terms, as a table; rows that fit nothing are counted by activity.

    Quantities are added up first, by unit too, and turned into the activity's smallest parts then, once for each sum.
    """
    at = {one.role: f"coalesce(c.k{n}, -1)" for n, one in enumerate(keys)}
    numbers = [(n, one.role) for n, one in enumerate(keys) if one.role not in ("site", "unit")]
    what = " AND ".join(f"{at[role]} = w.k{n}" for n, role in numbers) or "true"
    joined = f"""
        FROM {_cells(segments)} c LEFT JOIN what w ON {what} LEFT JOIN places s ON s.k = {at.get("site", "-1")}
        LEFT JOIN units u ON u.activity = w.activity AND u.k = {at.get("unit", "-1")} LEFT JOIN moments m ON m.moment = c.moment"""
    fits = "w.fits = 1 AND s.fits = 1 AND u.times IS NOT NULL AND m.year IS NOT NULL"
    duck.execute(f"""
        CREATE OR REPLACE TEMP TABLE {into} AS
        WITH sums AS (SELECT w.activity, w.labels, s.region, m.stretch, m.year, u.times, sum(c.n)::BIGINT AS n, sum(c.total) AS total
                      {joined} WHERE {fits} GROUP BY ALL)
        SELECT activity, labels, region, stretch, year, n, (total * {10**cube.places})::HUGEINT * times AS amount FROM sums""")
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
