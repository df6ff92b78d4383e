"""Reads a company folder: who reports, what is collected, what was recorded and what was printed."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import cast, get_args

from leafledger.core.entry import Bound, Entry, EntryKind
from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.labels import format_labels, parse_labels
from leafledger.core.org import Company, Series
from leafledger.core.period import Period, parse_date
from leafledger.core.quantity import parse_decimal
from leafledger.library.build import build
from leafledger.library.load import Library
from leafledger.library.strict_csv import Row, convert, read_rows
from leafledger.library.strict_yaml import NotStrict, parse, read_text
from leafledger.library.units import factor_between

SERIES_COLUMNS = ("activity", "site", "labels", "since", "until", "owner")
ENTRY_COLUMNS = (
    "id", "activity", "site", "labels", "period", "value", "unit", "kind", "bound", "estimated", "method", "tolerance",
    "source", "worked_back_from", "evidence", "replaces",
)  # fmt: skip
LARGEST = Decimal(10) ** 12
MOST_DECIMALS = 6


def read_company(folder: Path) -> Company:
    """`company.yaml` of the folder. Refused with every error in it, or when the folder has none."""
    findings: list[Finding] = []
    path = folder / "company.yaml"
    if not path.is_file():
        template = "there is no company.yaml here, so this is not a company folder; `leaf init {folder}` makes one"
        raise Refused(
            Finding(rule="company", template=template, values={"folder": folder.name}, place=Place(name=folder.name))
        )
    try:
        document = parse(read_text(path, "company.yaml"), "company.yaml")
    except NotStrict as error:
        raise Refused(error.finding) from None
    company = build(Company, document.data, (), document, "company.yaml", findings)
    if company is None:
        raise Refused(findings)
    return company


def read_series(folder: Path, company: Company, library: Library) -> tuple[Series, ...]:
    """`series.csv` of the folder, proven against the library. Refused with every error in it."""
    findings: list[Finding] = []
    path = folder / "series.csv"
    rows = (
        read_rows(path, "series.csv", SERIES_COLUMNS, findings, ("activity", "site", "labels")) if path.exists() else []
    )
    series = convert(rows, _series, findings)
    first: dict[object, Series] = {}
    for one in series:
        findings.extend(_fits_library(one, company, library))
        if one.key in first and first[one.key] is not one:
            findings.append(_at(one.place, "this series is already declared at {first}", first=first[one.key].place))
        first.setdefault(one.key, one)
    if findings:
        raise Refused(findings)
    return tuple(series)


def read_entries(folder: Path, series: tuple[Series, ...], library: Library) -> list[Entry]:
    """Every row of the folder's `entries/*.csv`, proven against series and units. Refused with every error at once."""
    findings: list[Finding] = []
    entries: list[tuple[Entry, Place]] = []
    for path in sorted((folder / "entries").glob("*.csv")):
        rows = read_rows(path, f"entries/{path.name}", ENTRY_COLUMNS, findings, ENTRY_COLUMNS[:7])
        entries += convert(rows, lambda row, place: (_entry(row), place), findings)
    findings.extend(check_entries(entries, series, library))
    if findings:
        raise Refused(findings)
    return [entry for entry, _ in entries]


def check_entries(
    entries: list[tuple[Entry, Place]], series: tuple[Series, ...], library: Library
) -> Iterator[Finding]:
    """What keeps entries from being recorded: unknown series, wrong units, repeated ids, values that cannot be held exactly."""
    declared = {one.key for one in series}
    first: dict[str, Place] = {}
    for entry, place in entries:
        if entry.id in first:
            yield _at(
                place,
                "the id {id} is already used at {first}; each entry has its own id",
                id=entry.id,
                first=first[entry.id],
            )
        first.setdefault(entry.id, place)
        activity = library.activities.get(entry.activity)
        if activity is None:
            yield _at(
                place,
                "unknown activity {activity!r}; see `leaf facts --list`, or define it in activities/",
                activity=entry.activity,
            )
            continue
        if entry.kind != "assertion" and (entry.activity, entry.site, entry.labels) not in declared:
            template = "no series {series} is declared; add it to series.csv, so that a missing month can be noticed, or mend the entry"
            yield _at(place, template, series=f"{entry.activity} {entry.site} {format_labels(entry.labels)}".strip())
        try:
            factor_between(entry.unit, activity.unit)
        except ValueError as error:
            yield _at(
                place,
                "{problem}; {activity} is kept in {unit}",
                problem=error,
                activity=activity.id,
                unit=activity.unit,
            )
        yield from _holds(entry, place, activity.kind)


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
    if entry.value < 0 and entry.kind != "adjustment":
        yield _at(place, "a {kind} cannot be negative ({value}); an adjustment can", kind=entry.kind, value=entry.value)
    if kind == "stock" and entry.period.days > 366:
        yield _at(place, "a stock stands at a day or in a year, not over {days} days", days=entry.period.days)


def _series(row: Row, place: Place) -> Series:
    return Series(
        activity=row["activity"],
        site=row["site"],
        labels=parse_labels(row["labels"]),
        since=parse_date(row["since"]) if row.get("since") else None,
        until=parse_date(row["until"]) if row.get("until") else None,
        owner=row.get("owner", ""),
        place=place,
    )


def _fits_library(series: Series, company: Company, library: Library) -> Iterator[Finding]:
    activity = library.activities.get(series.activity)
    if activity is None:
        yield _at(
            series.place, "unknown activity {id!r}; define it in activities/, or use one that is", id=series.activity
        )
        return
    if series.site not in {site.id for site in company.sites}:
        yield _at(series.place, "unknown site {site!r}; company.yaml lists the sites", site=series.site)
    given = tuple(sorted(key for key, _ in series.labels))
    allowed = [tuple(sorted(breakdown)) for breakdown in activity.breakdowns]
    if given not in allowed:
        listed = " or ".join("+".join(breakdown) or "no labels" for breakdown in activity.breakdowns)
        yield _at(
            series.place,
            "{id} is collected by {listed}, not by {given}",
            id=activity.id,
            listed=listed,
            given="+".join(given) or "no labels",
        )
    for dimension, member in series.labels:
        if dimension in library.dimensions and member not in library.dimensions[dimension].members:
            yield _at(series.place, "{dimension} has no member {member!r}", dimension=dimension, member=member)


def _entry(row: Row) -> Entry:
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
        source=row.get("source", ""),
        worked_back_from=tuple(row.get("worked_back_from", "").split()),
        evidence=tuple(row.get("evidence", "").split()),
        replaces=row.get("replaces", ""),
    )


def _at(place: Place, template: str, **values: object) -> Finding:
    return Finding(rule="company", template=template, values=values, place=place)
