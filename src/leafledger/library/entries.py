"""Reads recorded entries from CSV, and says of each why it could not count."""

from collections.abc import Collection, Iterator
from decimal import Decimal
from pathlib import Path
from typing import cast, get_args

from leafledger.core.definition import Activity, Library
from leafledger.core.entry import Bound, Entry, EntryKind
from leafledger.core.fact import parse_key
from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.labels import format_labels, keys, parse_labels
from leafledger.core.org import Company, Series
from leafledger.core.period import Period
from leafledger.core.quality import parse_scores
from leafledger.core.quantity import parse_decimal
from leafledger.library.naming import nearest_of
from leafledger.library.splits import not_recorded, unfit, unknown_members
from leafledger.library.strict_csv import Row, convert, read_rows
from leafledger.library.units import UnknownUnit, factor_between, same_kind
from leafledger.library.unread import unread

ENTRY_COLUMNS = (
    "id", "activity", "site", "labels", "period", "value", "unit", "kind", "bound", "estimated", "method", "tolerance",
    "quality", "uncertainty", "source", "worked_back_from", "evidence", "replaces",
)  # fmt: skip
LARGEST = Decimal(10) ** 12
MOST_DECIMALS = 6


def read_entries(
    folder: Path, series: tuple[Series, ...], library: Library, company: Company | None = None
) -> list[Entry]:
    """Every row of the folder's `entries/*.csv`, proven against series and units. Refused with every error at once.

    company: whose sites are known, beside those of the series.
    """
    findings = list(unread(folder / "entries"))
    entries: list[tuple[Entry, Place]] = []
    for path in sorted((folder / "entries").glob("*.csv")):
        rows = read_rows(path, f"entries/{path.name}", ENTRY_COLUMNS, findings, ENTRY_COLUMNS[:7])
        entries += convert(rows, lambda row, place: (entry_of(row), place), findings)
    findings.extend(check_entries(entries, series, library, company))
    if findings:
        raise Refused(findings)
    return [entry for entry, _ in entries]


def check_entries(
    entries: list[tuple[Entry, Place]],
    series: tuple[Series, ...],
    library: Library,
    company: Company | None = None,
) -> Iterator[Finding]:
    """What keeps entries from being recorded: unknown series, wrong units, repeated ids, values that cannot be held exactly."""
    declared = {one.key for one in series}
    sites = dict.fromkeys((*(site.id for site in (company.sites if company else ())), *(one.site for one in series)))
    first: dict[str, Place] = {}
    for entry, place in entries:
        if entry.id in first:
            template = "the id {id} is already used at {first}; each entry has its own id"
            yield _at(place, template, id=entry.id, first=first[entry.id])
        first.setdefault(entry.id, place)
        activity = library.activities.get(entry.activity)
        if activity is None:
            yield _at(place, "{problem}", problem=not_recorded(entry.activity, library))
            continue
        if entry.kind == "assertion":
            yield from _comparable(entry, place, activity, series, library)
        elif (entry.activity, entry.site, entry.labels) not in declared:
            yield from _undeclared(entry, place, activity, sites, library)
        yield from _measurable(entry, place, activity)
        yield from _whole(entry, place, activity)
        yield from _holds(entry, place, activity.kind)
        yield from _worked_back(entry, place, library)


def _undeclared(
    entry: Entry, place: Place, activity: Activity, sites: Collection[str], library: Library
) -> Iterator[Finding]:
    """Why there is no such series: a slip in the site or the labels, or nobody has undertaken to collect it."""
    slips = list(unfit(entry.labels, activity, library))
    if entry.site not in sites:
        hint = nearest_of(entry.site, sites, "the sites are")
        slips.insert(0, f"unknown site {entry.site!r}; {hint}")
    for slip in slips:
        yield _at(place, "{problem}", problem=slip)
    if not slips:
        template = "no series {series} is declared; add it to series.csv, so that a missing month can be noticed, or mend the entry"
        yield _at(place, template, series=f"{entry.activity} {entry.site} {format_labels(entry.labels)}".strip())


def _comparable(
    entry: Entry, place: Place, activity: Activity, series: tuple[Series, ...], library: Library
) -> Iterator[Finding]:
    """A control total that no figure meets would be compared with nothing, and nobody would notice."""
    if entry.site and not any((one.activity, one.site) == (activity.id, entry.site) for one in series):
        template = "{activity} is not collected at {site}, so this assertion would be compared with nothing; leave its site empty, or mend it"
        yield _at(place, template, activity=activity.id, site=entry.site)
    for slip in unknown_members(entry.labels, library):
        yield _at(place, "{problem}", problem=slip)
    known = activity.dimensions
    if len(entry.labels) > 1 or any(dimension not in known for dimension, _ in entry.labels):
        template = "{activity} has no figure for {labels}, so this assertion would be compared with nothing; give at most one label, of {known}"
        listed = ", ".join(sorted(known)) or "none, as it has no breakdown"
        yield _at(place, template, activity=activity.id, labels=format_labels(entry.labels), known=listed)


def _measurable(entry: Entry, place: Place, activity: Activity) -> Iterator[Finding]:
    try:
        factor_between(entry.unit, activity.unit)
    except ValueError as error:
        problem = f"{error}" if f"{error}".endswith("?") else f"{error};"
        others = "" if isinstance(error, UnknownUnit) else _others(entry.unit, activity.unit)
        template = "{problem} {activity} is kept in {unit}{others}"
        yield _at(place, template, problem=problem, activity=activity.id, unit=activity.unit, others=others)


def _others(given: str, kept: str) -> str:
    """The other units that it may be written in; a volume that may be one of water first, with what it then says."""
    alike = [one for one in same_kind(kept) if one != kept]
    if f"{given}_water" in alike:
        return f"; a volume of water is written in {given}_water, by which 1 m3 is 1 t"
    return f", and may be written in {', '.join(alike)}" if alike else ""


def _whole(entry: Entry, place: Place, activity: Activity) -> Iterator[Finding]:
    """Part of a person or of a case is a slip, or an average, which is not what was counted."""
    if activity.counted and entry.value % 1:
        template = "{activity} is counted in whole {unit}s, so {value} cannot be right; record the whole number"
        yield _at(place, template, activity=activity.id, unit=activity.unit, value=entry.value)


def _holds(entry: Entry, place: Place, kind: str) -> Iterator[Finding]:
    exponent = entry.value.as_tuple().exponent
    if abs(entry.value) >= LARGEST or (isinstance(exponent, int) and -exponent > MOST_DECIMALS):
        template = (
            "the value {value} cannot be held exactly (at most {decimals} decimals, below 10^12); use a larger unit"
        )
        yield _at(place, template, value=entry.value, decimals=MOST_DECIMALS)
    if entry.estimated and not entry.method:
        yield _at(place, "an estimated value needs its method, so that a reader can judge it")
    if entry.kind == "nil" and entry.value != 0:
        yield _at(place, "a nil entry says that there was none, so its value is 0, not {value}", value=entry.value)
    if entry.kind == "nil" and entry.bound != "exact":
        template = (
            "a nil entry says that there was none, and cannot be {bound!r}; leave its bound empty, or record a reading"
        )
        yield _at(place, template, bound=entry.bound)
    if entry.kind == "register" and (kind != "flow" or entry.period.days != 1):
        template = "a register is what the meter of a flow showed at the end of one day, not over {period} for a {kind}; give that day"
        yield _at(place, template, period=entry.period, kind=kind)
    if entry.kind == "register" and entry.bound != "exact":
        yield _at(place, "a meter shows a number, and cannot be {bound!r}; leave its bound empty", bound=entry.bound)
    if entry.kind == "adjustment" and kind == "ratio":
        yield _at(place, "a ratio has no amounts to move; record a reading that replaces the one that is wrong")
    if entry.value < 0 and entry.kind != "adjustment":
        yield _at(place, "a {kind} cannot be negative ({value}); an adjustment can", kind=entry.kind, value=entry.value)
    if entry.tolerance is not None and entry.tolerance < 0:
        yield _at(place, "a tolerance is a half-width, so it cannot be negative ({value})", value=entry.tolerance)
    if kind != "flow" and entry.period.days > 366:
        template = "a {kind} stands at a day or in a year, not over {days} days"
        yield _at(place, template, kind=kind, days=entry.period.days)


def _worked_back(entry: Entry, place: Place, library: Library) -> Iterator[Finding]:
    """A printed figure that is named wrongly would make agreement with it look like a proof."""
    for key in entry.worked_back_from:
        try:
            metric, _, labels = parse_key(key)
            known = library.find(metric) is not None and keys(labels) <= set(library.dimensions)
        except ValueError:
            known = False
        if not known:
            template = "worked_back_from: {key!r} names no figure; write it like people.turnover_rate@2024[gender=male]"
            yield _at(place, template, key=key[:80])


def entry_of(row: Row) -> Entry:
    kind, bound = row.get("kind") or "reading", row.get("bound") or "exact"
    if kind not in get_args(EntryKind):
        raise ValueError(f"kind is {kind!r}; it may be {', '.join(get_args(EntryKind))}")
    if bound not in get_args(Bound):
        raise ValueError(f"bound is {bound!r}; it may be {', '.join(get_args(Bound))}")
    if row.get("estimated", "") not in ("", "yes", "no"):
        raise ValueError(f"estimated is {row['estimated']!r}; it may be yes, no or empty")
    if not row["id"]:
        raise ValueError("the entry has no id")
    return Entry(
        id=row["id"],
        activity=row["activity"],
        site=row["site"],
        labels=parse_labels(row["labels"]),
        period=Period.parse(row["period"]),
        value=parse_decimal(row["value"]),
        unit=row["unit"],
        kind=cast(EntryKind, kind),
        bound=cast(Bound, bound),
        estimated=row.get("estimated") == "yes",
        method=row.get("method", ""),
        tolerance=parse_decimal(row["tolerance"]) if row.get("tolerance") else None,
        quality=parse_scores(row.get("quality", "")),
        uncertainty=parse_decimal(row["uncertainty"]) if row.get("uncertainty") else None,
        source=row.get("source", ""),
        worked_back_from=tuple(row.get("worked_back_from", "").split()),
        evidence=tuple(row.get("evidence", "").split()),
        replaces=row.get("replaces", ""),
    )


def _at(place: Place, template: str, **values: object) -> Finding:
    return Finding(rule="entries", template=template, values=values, place=place)
