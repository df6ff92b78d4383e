"""Meter readings by the million into hours: one pass of DuckDB over each file, then what flowed, how much of it was seen, and what is wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from leafledger.core.finding import Finding, Place, Refused
from leafledger.datacenter.clock import Clock, Floats, Ints
from leafledger.datacenter.meters import Meter, Tree
from leafledger.datacenter.readings import MILLIONTHS, Seen, flowed

HOUR_US = 3_600_000_000
MEMORY = "400MB"
GROUPED = """
    SELECT list_position([{ids}], meter) - 1 AS at, * EXCLUDE (meter) FROM (
        SELECT meter, us // {hour} AS hour, count(*) AS n, count(value) AS told, min(value) AS low, sum(value) AS total,
               max(shown) AS high, arg_min(shown, us) AS first, arg_max(shown, us) AS last, min(us) AS begins, max(us) AS ends
        FROM (SELECT {meter} AS meter, epoch_us({time}){ahead} AS us, {value} AS value, {shown} AS shown FROM {rows})
        GROUP BY ALL)
"""
"""One pass: of each meter (by its place in the tree) and hour. `shown` is the value of registers alone, of which it matters when they stood where.

The sum is then rounded to millionths: of readings with six decimals that is exactly their sum, in whatever order they were added, as an hour's
readings are too few for floats to be off by half a millionth.
"""
OUTSIDE = "{count} hours of readings lie outside the time that is asked for, and are left out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What the columns of a telemetry file are called."""

    meter: str = "meter"
    time: str = "time"
    value: str = "value"


@dataclass(frozen=True, kw_only=True)
class Hourly:
    """What each meter measured in each hour: kWh (or m3), NaN where it cannot be told; coverage: which part of its readings is there, 0..1."""

    tree: Tree
    clock: Clock
    flow: Floats
    coverage: Floats
    findings: tuple[Finding, ...]

    def of(self, meters: Iterable[Meter]) -> Floats:
        """The sum of some meters by hour; NaN where one of them is."""
        at = [self.tree.meters.index(meter) for meter in meters]
        total: Floats = self.flow[at].sum(axis=0)
        return total


def hourly(tree: Tree, files: Sequence[Path], first: datetime, hours: int, columns: Columns = Columns()) -> Hourly:
    """Read Parquet or CSV files one after another (best one for each month of a site) onto a grid of hours from `first`, an instant with its zone.

    Each file is grouped where it lies; what is kept of it is a row for each meter and hour. Refused where a file lacks a column, is of a type that
    is no time or number, or names a meter that the tree does not have: it would be left out in silence.
    """
    clock = Clock(start=first, minutes=60, steps=hours, zone=tree.zone)
    seen = Seen.empty(len(tree.meters), hours)
    findings: list[Finding] = []
    with _duck() as duck:
        for path in files:
            findings += _place(tree, clock, seen, _grouped(duck, tree, path, columns), path)
    flow, coverage, told = flowed(tree, clock, seen)
    return Hourly(tree=tree, clock=clock, flow=flow, coverage=coverage, findings=(*findings, *told))


def ends_of(tree: Tree, files: Sequence[Path], columns: Columns = Columns()) -> tuple[datetime, datetime]:
    """The first hour that the files hold readings of, and the end of the last one. Refused where there are none.

    A register's last reading ends an hour, if it lies on the full one; an interval begins there.
    """
    zone, ends = ZoneInfo(tree.zone), {meter.id: meter.reads == "interval" for meter in tree.meters}
    begins: list[datetime] = []
    lasts: list[datetime] = []
    with _duck() as duck:
        for path in files:
            _types(duck, path, columns)
            asked = f'SELECT "{columns.meter}", min("{columns.time}"), max("{columns.time}") FROM {_rows(path)} GROUP BY ALL'
            for id, first, last in duck.execute(asked).fetchall():
                if first is not None:
                    first, last = (
                        at.replace(tzinfo=zone) if at.tzinfo is None else at.astimezone(zone) for at in (first, last)
                    )
                    begins.append(first)
                    lasts.append(
                        last if ends.get(id, True) or last.minute or last.second else last - timedelta(hours=1)
                    )
    if not begins:
        template = "there are no readings in {files}; name files that hold some under telemetry"
        named = ", ".join(path.name for path in files) or "no file"
        raise Refused(
            Finding(rule="telemetry", template=template, values={"files": named}, place=Place(name="telemetry"))
        )
    first, last = (at.replace(minute=0, second=0, microsecond=0) for at in (min(begins), max(lasts)))
    return first, last + timedelta(hours=1)


def _duck() -> Any:
    """A cursor on the one database in memory of this process; making one for each month of a site would be a tenth of the work."""
    return _database().cursor()


@cache
def _database() -> Any:
    try:
        import duckdb
    except ImportError:
        template = "telemetry is read by DuckDB, which is not installed; pip install 'leafledger[datacenter]'"
        raise Refused(Finding(rule="telemetry", template=template, place=Place(name="telemetry"))) from None
    duck = duckdb.connect()
    duck.execute(f"SET threads = 2; SET memory_limit = '{MEMORY}'; SET preserve_insertion_order = false")
    return duck


def _rows(path: Path) -> str:
    named = str(path).replace("'", "''")
    return f"read_csv('{named}')" if path.suffix.lower() == ".csv" else f"read_parquet('{named}')"


def _types(duck: Any, path: Path, columns: Columns) -> dict[str, str]:
    """The columns of a file with their types. Refused where one that is needed is not there, or is no time."""
    try:
        types = {name: str(kind) for name, kind, *_ in duck.execute(f"DESCRIBE SELECT * FROM {_rows(path)}").fetchall()}
    except Exception as error:
        raise _refused(path, "the file cannot be read: {problem}", problem=str(error).splitlines()[0][:200]) from None
    for role, name in (("meter", columns.meter), ("time", columns.time), ("value", columns.value)):
        if name not in types:
            raise _refused(
                path,
                "there is no column {name!r} for the {role}; it has {has}",
                name=name,
                role=role,
                has=", ".join(types),
            )
    if not types[columns.time].startswith("TIMESTAMP"):
        raise _refused(
            path,
            "the column {name!r} holds {kind} and no times; write times such as 2025-03-01 00:05:00",
            name=columns.time,
            kind=types[columns.time],
        )
    return types


def _grouped(duck: Any, tree: Tree, path: Path, columns: Columns) -> dict[str, Any]:
    """One row for each meter and hour, as columns of numpy; `zoned`: the times are instants and not read on a wall."""
    rows, types = _rows(path), _types(duck, path, columns)
    meter, time, value = (f'"{name}"' for name in (columns.meter, columns.time, columns.value))
    fast = " ".join(f"WHEN {_quoted(m.id)} THEN {m.ahead * 1_000_000}" for m in tree.meters if m.ahead)
    registers = ", ".join(_quoted(m.id) for m in tree.meters if m.reads == "register")
    asked = GROUPED.format(
        ids=", ".join(_quoted(m.id) for m in tree.meters), meter=meter, time=time, value=value, rows=rows, hour=HOUR_US,
        ahead=f" - CASE {meter} {fast} ELSE 0 END" if fast else "",
        shown=f"CASE WHEN {meter} IN ({registers}) THEN {value} END" if registers else "CAST(NULL AS DOUBLE)",
    )  # fmt: skip
    try:
        found: dict[str, Any] = duck.execute(asked).fetchnumpy()
    except Exception as error:
        raise _refused(
            path, "its readings cannot be added up: {problem}", problem=str(error).splitlines()[0][:200]
        ) from None
    if np.ma.is_masked(found["at"]):
        _astray(duck, tree, path, rows, meter)
    total = np.rint(np.ma.filled(found["total"].astype(float), 0.0) * MILLIONTHS)
    return {
        **found,
        "hour": found["hour"].astype(np.int64),
        "total": total,
        "zoned": "WITH TIME ZONE" in types[columns.time],
    }


def _astray(duck: Any, tree: Tree, path: Path, rows: str, meter: str) -> None:
    """Refused, as the file names meters that the tree does not have."""
    known = {one.id for one in tree.meters}
    stray = sorted(
        str(id) for (id,) in duck.execute(f"SELECT DISTINCT {meter} FROM {rows}").fetchall() if id not in known
    )
    template = "{count} meters are not in the tree ({ids}), and would be left out; add them to it"
    raise _refused(path, template, count=len(stray), ids=", ".join(stray[:5]))


def _quoted(id: str) -> str:
    return "'" + id.replace("'", "''") + "'"


def _place(tree: Tree, clock: Clock, seen: Seen, rows: dict[str, Any], path: Path) -> list[Finding]:
    """Put grouped rows into the grid; what lies outside it, or twice in it, is said."""
    meter = rows["at"].astype(np.int64)
    hour, doubled = _utc_hours(rows["hour"], tree, zoned=rows["zoned"])
    start = int(clock.start.astimezone(UTC).timestamp()) // 3600
    at = hour - start
    inside = (at >= -1) & (at <= clock.steps)
    findings = (
        [
            _note(
                path,
                OUTSIDE,
                count=int((~inside).sum()),
            )
        ]
        if (~inside).any()
        else []
    )
    if doubled:
        findings.append(
            _note(
                path,
                "{count} hours of readings lie where clocks go back, and the two hours of one name are told apart by half",
                count=doubled,
            )
        )
    within = {
        name: rows[name].astype(np.int64) - rows["hour"].astype(np.int64) * HOUR_US for name in ("begins", "ends")
    }
    seen.put(
        meter[inside],
        at[inside] + 1,
        {name: np.asarray(values)[inside] for name, values in {**_plain(rows), **within}.items()},
    )
    return findings


def _plain(rows: dict[str, Any]) -> dict[str, Any]:
    """The columns as numbers, NaN where DuckDB has none."""
    kept = {name: values for name, values in rows.items() if name not in ("at", "hour", "zoned")}
    return {
        name: values.filled(np.nan)
        if isinstance(values, np.ma.MaskedArray) and values.dtype.kind == "f"
        else np.asarray(values)
        for name, values in kept.items()
    }


def _utc_hours(hours: Ints, tree: Tree, *, zoned: bool) -> tuple[Ints, int]:
    """Hours since 1970 in UTC. Times on a wall are turned by the zone; where clocks go back the first of the two hours is taken."""
    if zoned:
        return hours, 0
    zone = ZoneInfo(tree.zone)
    found, doubled = hours.copy(), 0
    days = hours // 24
    for day in np.unique(days).tolist():
        first, next_ = (
            datetime.fromtimestamp(one * 86_400, UTC).replace(tzinfo=zone).utcoffset() for one in (day, day + 1)
        )
        here = days == day
        if first == next_:  # no clock is turned twice in a day
            assert first is not None
            found[here] -= int(first.total_seconds()) // 3600
            continue
        for hour in np.unique(hours[here]).tolist():
            wall = datetime.fromtimestamp(hour * 3600, UTC).replace(tzinfo=zone)
            found[hours == hour] = int(wall.timestamp()) // 3600
            doubled += wall.utcoffset() != wall.replace(fold=1).utcoffset()
    return found, doubled


def _note(path: Path, template: str, **values: object) -> Finding:
    return Finding(rule="telemetry", template=template, values=values, place=Place(name=path.name), severity="warning")


def _refused(path: Path, template: str, **values: object) -> Refused:
    return Refused(Finding(rule="telemetry", template=template, values=values, place=Place(name=path.name)))
