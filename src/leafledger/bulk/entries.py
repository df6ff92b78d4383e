"""Cells of a cube as entries, so that all that holds for entries (receipts, closes, bundles) holds for them too."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Context, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from leafledger.bulk import lies
from leafledger.bulk.cube import Cube, alike, cells_of
from leafledger.bulk.meaning import LEFT_OUT, Told, days_of, dictionary, multiplier, values_of
from leafledger.bulk.source import Source
from leafledger.core.definition import Activity, Library
from leafledger.core.entry import Entry, EntryKind
from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.labels import Labels, format_labels
from leafledger.core.org import Company
from leafledger.core.period import Period
from leafledger.library.entries import LARGEST, MOST_DECIMALS
from leafledger.library.units import same_kind

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SeriesKey = tuple[str, str, Labels]
MOST_MONTHS, MOST_CELLS = 200_000, 600_000
"""Of more cells than the first entries are made by calendar year; of more than the second none, as Python would take minutes for them."""
_WIDE = Context(prec=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfit:
    """Rows that are in no figure: why, how many, what their columns say, and in which stretch of days."""

    told: Told
    rows: int
    values: Mapping[str, str | None]
    period: Period | None


@dataclass(slots=True)
class Sum:
    """What cells of one series and stretch of days add up to, in the unit of the activity."""

    rows: int = 0
    amount: Fraction = Fraction(0)
    half_step: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A cube in our words: sums by series and days, and what fits nothing."""

    sums: Mapping[SeriesKey, Mapping[Period, Sum]]
    unfit: tuple[Unfit, ...]


def read_cube(source: Source, cube: Cube, company: Company, library: Library, duck: "DuckDBPyConnection") -> Read:
    """Every cell, by what it means. Units are turned exactly; what fits nothing is counted and keeps its values."""
    words = dictionary(source, company, library)
    days = Period(source.since, source.until)
    by_year = _by_year(source, cube, company)
    sums: dict[SeriesKey, dict[Period, Sum]] = defaultdict(lambda: defaultdict(Sum))
    unfit: dict[tuple[object, ...], Unfit] = {}
    told: dict[tuple[str | None, ...], Told] = {}
    for values, moment, rows, n, total in _cells(source, cube, duck, by_year=by_year):
        key = tuple(values.values())
        if key not in told:
            told[key] = words.told(values)
        meant, period = told[key], None if moment is None else _days(source, moment, by_year=by_year)
        wrong = meant.wrong or _outside(period, days) or ("no quantity" if n < rows else "")
        if wrong:
            odd = Unfit(
                told=_wrong(meant, wrong),
                rows=rows if meant.wrong or n == rows else rows - n,
                values=values,
                period=period,
            )
            _count(unfit, odd)
        if meant.wrong or _outside(period, days) or period is None or not n:
            continue
        at = sums[meant.activity, meant.site, meant.labels][period]
        into = multiplier(meant.unit, library.activities[meant.activity].unit)
        at.rows += n
        at.amount += Fraction(total) * into
        at.half_step += n * into / (2 * 10**cube.places)
    return Read(sums=sums, unfit=tuple(unfit.values()))


def entries_of(source: Source, read: Read, content: str, library: Library) -> list[Entry]:
    """An entry for each series and stretch of days, a nil for days in which a series had none, and one for each thing that fits
    nothing, of a series that nobody declares, so that the figures it touches are holes."""
    whole = Period(source.since, source.until)
    made = list(_strays(source, read, content, whole, library))
    for series, by_days in sorted(read.sums.items()):
        of = library.activities[series[0]]
        for period, amount in sorted(by_days.items()):
            value, unit, tolerance = held(amount, of)
            id = _id(source, series, period)
            made.append(_entry(source, content, id, series, period, value=value, unit=unit, tolerance=tolerance))
        for gap in _gaps(sorted(by_days), whole):
            id = _id(source, series, gap)
            made.append(_entry(source, content, id, series, gap, value=Decimal(0), unit=of.unit, kind="nil"))
    return made


def held(amount: Sum, activity: Activity) -> tuple[Decimal, str, Decimal | None]:
    """The sum as an entry can hold it: in the activity's unit, or in the first of its kind in which it has few enough decimals.

    Where there is none it is cut at the last decimal that an entry has: a grain of 10^-6 of the activity's unit.
    """
    for unit in (activity.unit, *same_kind(activity.unit)):
        into = multiplier(activity.unit, unit)
        value = amount.amount * into
        if (value * 10**MOST_DECIMALS).denominator == 1 and abs(value) < LARGEST:
            break
    else:
        unit, into, value = activity.unit, Fraction(1), amount.amount
    exact = _decimal(round(value * 10**MOST_DECIMALS), MOST_DECIMALS)
    if activity.counted:
        return exact, unit, None
    return exact, unit, _decimal(-int(-amount.half_step * into * 10 ** (MOST_DECIMALS + 1) // 1), MOST_DECIMALS + 1)


def findings_of(source: Source, read: Read, cube: Cube) -> Iterator[Finding]:
    """What is not in the figures, and why; and that rows were rounded, where they were."""
    place = Place(name=f"sources/{source.id}.yaml")
    together: dict[tuple[str, str], list[Unfit]] = defaultdict(list)
    for one in read.unfit:
        together[one.told.wrong, one.told.note].append(one)
    for (wrong, note), found in sorted(together.items()):
        rows = sum(one.rows for one in found)
        single = rows == 1
        values = {
            "rows": f"{rows:,} row{'' if single else 's'}",
            "fit": "fits" if single else "fit",
            "are": "is" if single else "are",
        }
        values |= {"wrong": wrong, "example": _spelled(found[0]), "note": note}
        if wrong == LEFT_OUT:
            template = "{rows} {are} left out on purpose: {note} (such as {example})"
            yield Finding(rule="source.left_out", template=template, values=values, place=place, severity="note")
        else:
            template = (
                "{rows} {fit} nothing ({wrong}; such as {example}), and every figure that they may belong to is a hole; say what "
                "the value means in sources/, or leave it out there with a reason"
            )
            yield Finding(rule="source.unfit", template=template, values=values, place=place)
    if cube.rounds:
        template = "each row was rounded once, to {places} decimals, as the column {column} does not hold decimals"
        said = {"places": cube.places, "column": source.columns.quantity}
        yield Finding(rule="source.rounded", template=template, values=said, place=place, severity="note")


def _by_year(source: Source, cube: Cube, company: Company) -> bool:
    """Are there so many cells that those of a calendar year become one? A factor that changes within it then serves none of them."""
    years = Period(date(source.since.year, 1, 1), date(source.until.year, 12, 31))
    whole = Period(source.since, source.until) == years and company.year_ends == "12-31"
    return whole and sum(segment.cells for segment in cube.segments) > MOST_MONTHS


def _days(source: Source, moment: int, *, by_year: bool) -> Period:
    return Period(date(moment, 1, 1), date(moment, 12, 31)) if by_year else days_of(source, moment)


def _cells(
    source: Source, cube: Cube, duck: "DuckDBPyConnection", *, by_year: bool
) -> Iterator[tuple[dict[str, str | None], int | None, int, int, Decimal]]:
    """The cells that there are, or those of each year together. Refused where they are too many."""
    moment = f"moment // {12 if source.grain == 'month' else 10000}" if by_year else "moment"
    for keys, segments in alike(cube.segments):
        names = "".join(f"k{n}, " for n in range(len(keys)))
        duck.execute(
            f"CREATE OR REPLACE TEMP TABLE taken AS SELECT {names}{moment} AS moment, sum(rows)::BIGINT AS rows, sum(n)::BIGINT AS n, "
            f"sum(total) AS total FROM {cells_of(segments)} GROUP BY ALL"
        )
        count = duck.execute("SELECT count(*) FROM taken").fetchall()[0][0]
        if count > MOST_CELLS:
            template = "it has {cells} cells, and at most {most} become entries, so its rows do not count here; see `leaf totals {id}`"
            raise Refused(lies.finding(source, template, cells=f"{count:,}", most=f"{MOST_CELLS:,}", id=source.id))
        for row in duck.execute("SELECT * FROM taken").fetchall():
            *key, moment_of_row, rows, n, total = row
            yield values_of(keys, tuple(key)), moment_of_row, rows, n, total


def _outside(period: Period | None, days: Period) -> str:
    if period is None:
        return "no date"
    return "" if period.within(days) else f"a date outside {days}"


def _wrong(told: Told, wrong: str) -> Told:
    return Told(activity=told.activity, site=told.site, labels=told.labels, unit=told.unit, wrong=wrong, note=told.note)


def _count(unfit: dict[tuple[object, ...], Unfit], one: Unfit) -> None:
    """Add rows to those that fit nothing for the same reason, with the same values."""
    key = (one.told.wrong, tuple(one.values.values()))
    if (there := unfit.get(key)) is None:
        unfit[key] = one
        return
    both = [period for period in (there.period, one.period) if period]
    period = Period(min(p.start for p in both), max(p.end for p in both)) if len(both) == 2 else None
    unfit[key] = Unfit(told=there.told, rows=there.rows + one.rows, values=there.values, period=period)


def _strays(source: Source, read: Read, content: str, whole: Period, library: Library) -> Iterator[Entry]:
    """Entries of series that nobody declares: for each activity, and each of its labels, that the rows may belong to."""
    known: dict[str, set[Labels]] = defaultdict(set)
    for activity, _, labels in read.sums:
        known[activity].add(labels)
    number = 0
    for one in read.unfit:
        if one.told.wrong == LEFT_OUT:
            continue
        period = (one.period and one.period.overlap(whole)) or whole
        for activity in [one.told.activity] if one.told.activity else sorted(known):
            for labels in [one.told.labels] if one.told.labels else sorted(known[activity]) or [()]:
                number += 1
                words = re.sub(r"[^\w]+", "-", f"{one.rows} rows {one.told.wrong}").strip("-")
                series = (activity, f"{one.told.site or 'unknown'} ({source.id})", labels)
                id, unit = f"{source.id}:{number}:{words}"[:200], library.activities[activity].unit
                yield _entry(source, content, id, series, period, value=Decimal(0), unit=unit)


def _entry(
    source: Source,
    content: str,
    id: str,
    series: SeriesKey,
    period: Period,
    *,
    value: Decimal,
    unit: str,
    kind: EntryKind = "reading",
    tolerance: Decimal | None = None,
) -> Entry:
    activity, site, labels = series
    return Entry(
        id=id,
        activity=activity,
        site=site,
        labels=labels,
        period=period,
        value=value,
        unit=unit,
        kind=kind,
        estimated=source.estimated,
        method=source.method,
        tolerance=tolerance,
        source=f"{source.id} {content[:16]}",
        recorded_by=source.owner,
    )


def _gaps(covered: Sequence[Period], whole: Period) -> Iterator[Period]:
    """The stretches of days in which there is nothing."""
    reached = whole.start
    for period in covered:
        if period.start > reached:
            yield Period(reached, period.start - timedelta(days=1))
        reached = period.end + timedelta(days=1)
    if reached <= whole.end:
        yield Period(reached, whole.end)


def _id(source: Source, series: SeriesKey, period: Period) -> str:
    activity, site, labels = series
    return ":".join(filter(None, (source.id, activity, site, format_labels(labels), str(period))))


def _decimal(number: int, places: int) -> Decimal:
    return _WIDE.scaleb(Decimal(number), -places)


def _spelled(one: Unfit) -> str:
    said = ", ".join(f"{role} {value if value is not None else 'empty'}" for role, value in one.values.items())
    return f"{said}, {one.period}" if one.period else said
