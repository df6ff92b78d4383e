"""The rows behind a figure, found where they lie when somebody asks for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from leafledger.bulk import lies
from leafledger.bulk.cube import Cube, alike, cells_of
from leafledger.bulk.meaning import Dictionary, days_of, moment_of
from leafledger.bulk.source import NULL, Source
from leafledger.core.finding import Refused
from leafledger.core.labels import Labels, matches
from leafledger.core.period import Period

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


Fitting = dict[str, list[str] | None]
"""By role, the values that what is asked for may have; None where any would do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a source: all its columns as texts, and what it was read as."""

    values: Mapping[str, str]
    roles: Mapping[str, str | None]
    day: date


def rows_of(
    duck: "DuckDBPyConnection",
    source: Source,
    cube: Cube,
    words: Dictionary,
    folder: Path,
    *,
    activity: str,
    labels: Labels,
    period: Period,
    sites: Sequence[str] = (),
    limit: int = 20,
) -> list[Row]:
    """The first rows, by day, that an activity with these labels has in a period (at these sites). Refused for a table of a database."""
    if (source.activity and source.activity != activity) or (source.site and sites and source.site not in sites):
        return []
    values: Fitting = {role: _values(cube, words, role, activity, labels, sites) for role in source.roles}
    if not source.is_files:
        template = "its rows lie in a database; ask there for {wanted}"
        raise Refused(lies.finding(source, template, wanted=_where(source, cube, values, period)))
    period = _first_rows(duck, source, cube, values, period, limit)
    where = _where(source, cube, values, period)
    said = [_name(source.columns.date) + "::DATE", *(f"{_name(column)}::VARCHAR" for column in source.roles.values())]
    listed = ", ".join(f"{column} AS leaf_{n}" for n, column in enumerate(said))
    query = f"SELECT {listed}, * FROM {lies.scan(source, lies.paths(source, folder))} WHERE {where} ORDER BY ALL LIMIT {int(limit)}"
    answer = duck.execute(query)
    names = [column[0] for column in answer.description or ()][len(said) :]
    return [
        Row(
            values={
                name: "" if value is None else str(value) for name, value in zip(names, row[len(said) :], strict=True)
            },
            roles=dict(zip(source.roles, row[1 : len(said)], strict=True)),
            day=row[0],
        )
        for row in answer.fetchall()
    ]


def _first_rows(
    duck: "DuckDBPyConnection", source: Source, cube: Cube, values: Fitting, period: Period, limit: int
) -> Period:
    """The part of the period in which the first rows lie: the cube knows how many there are in each month, so no later one is read."""
    counts: dict[int, int] = {}
    for keys, segments in alike(cube.segments):
        where = [f"moment BETWEEN {moment_of(source, period.start)} AND {moment_of(source, period.end)}"]
        for n, of in enumerate(keys):
            if (fitting := values[of.role]) is not None:
                found = [str(key) for key in map(of.key, fitting) if key is not None]
                where.append(f"k{n} IN ({', '.join(found)})" if found else "false")
        query = f"SELECT moment, sum(rows)::BIGINT FROM {cells_of(segments)} WHERE {' AND '.join(where)} GROUP BY 1"
        for moment, rows in duck.execute(query).fetchall():
            counts[moment] = counts.get(moment, 0) + rows
    held = 0
    for moment in sorted(counts):
        held += counts[moment]
        if held >= limit:
            return Period(period.start, min(period.end, days_of(source, moment).end))
    return period


def _where(source: Source, cube: Cube, values: Fitting, period: Period) -> str:
    """A condition on the columns alone, so that the files' own statistics tell which parts need not be read."""
    day = _name(source.columns.date)
    if "read_csv" in lies.scan(source, ()):
        day += "::DATE"
    parts = [f"{day} >= DATE '{period.start}'", f"{day} < DATE '{period.end}' + 1"]
    for role, column in source.roles.items():
        if (fitting := values[role]) is not None:
            bare = _is_whole(cube, role) and "read_csv" not in lies.scan(source, ())
            said = ", ".join(value if bare else lies.quoted(value) for value in fitting)
            parts.append(f"{_name(column)} IN ({said})" if fitting else "false")
    return " AND ".join(parts)


def _values(
    cube: Cube, words: Dictionary, role: str, activity: str, labels: Labels, sites: Sequence[str]
) -> list[str] | None:
    """The values of a role that fit; None where any would."""
    wanted = dict(labels)
    if role == "unit" or (role == "site" and not sites) or (role not in ("activity", "site") and role not in wanted):
        return None
    found: set[str] = set()
    for keys in {of for segment in cube.segments for of in segment.keys if of.role == role}:
        found.update(keys.value(key) for key in range(len(keys)))
    return sorted(value for value in found if _fits(words, role, value, activity, labels, sites))


def _is_whole(cube: Cube, role: str) -> bool:
    return all(of.least is not None for segment in cube.segments for of in segment.keys if of.role == role)


def _fits(words: Dictionary, role: str, value: str, activity: str, labels: Labels, sites: Sequence[str]) -> bool:
    meaning = words.meaning(role, value or NULL)
    if isinstance(meaning, str) or not meaning.means:
        return False
    if role == "activity":
        more = tuple(pair for pair in labels if pair[0] in dict(meaning.labels))
        return meaning.means == activity and matches(meaning.labels, more)
    return meaning.means in sites if role == "site" else meaning.means == dict(labels)[role]


def _name(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'
