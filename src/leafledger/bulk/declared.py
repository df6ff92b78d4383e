"""Reads the sources of a company folder, and proves them against its library."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from leafledger.bulk.source import Meaning, Source
from leafledger.core.definition import Library
from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.labels import parse_labels
from leafledger.core.org import Company
from leafledger.library.build import build
from leafledger.library.naming import nearest_of
from leafledger.library.splits import called, not_recorded
from leafledger.library.strict_csv import Row, convert, read_rows
from leafledger.library.strict_yaml import NotStrict, parse, read_text
from leafledger.library.units import UnknownUnit, unit

FOLDER = "sources"
CODE_COLUMNS = ("value", "means", "labels", "note")
MOST_PLACES = 6


def read_sources(folder: Path, company: Company, library: Library) -> tuple[Source, ...]:
    """Every source that the folder declares, in order of ids. Refused with every error in them."""
    findings: list[Finding] = []
    found = [_source(path, folder, findings) for path in sorted((folder / FOLDER).glob("*.yaml"))]
    sources = tuple(source for source in found if source is not None)
    for source in sources:
        findings.extend(_unsound(source, company, library))
    if findings:
        raise Refused(findings)
    return sources


def _source(path: Path, folder: Path, findings: list[Finding]) -> Source | None:
    name = f"{FOLDER}/{path.name}"
    try:
        document = parse(read_text(path, name), name)
    except NotStrict as error:
        findings.append(error.finding)
        return None
    made = build(Source, document.data, (), document, name, findings)
    if made is None:
        return None
    if made.id not in ("", path.stem):
        findings.append(_at(made.place, "the source is called {id}, as its file is; leave its id out", id=path.stem))
    source = replace(made, id=path.stem)
    return replace(source, codes={role: _codes(source, role, folder, findings) for role in source.roles})


def _codes(source: Source, role: str, folder: Path, findings: list[Finding]) -> dict[str, Meaning]:
    """What the values of one column mean, by value; nothing where there is no table of them."""
    name = f"{FOLDER}/{source.id}.{role}.csv"
    if not (folder / name).is_file():
        return dict(source.codes.get(role, {}))
    rows = read_rows(folder / name, name, CODE_COLUMNS, findings, ("value", "means"))
    meanings: dict[str, Meaning] = {}
    for one in convert(rows, _meaning, findings):
        if one.value in meanings:
            template = "the value {value!r} already has a meaning at {first}; keep one of them"
            findings.append(_at(one.place, template, value=one.value, first=meanings[one.value].place))
        meanings.setdefault(one.value, one)
    return meanings


def _meaning(row: Row, place: Place) -> Meaning:
    if not row["means"] and not row.get("note"):
        raise ValueError(
            f"the value {row['value']!r} has no meaning, so its rows are left out; the note has to say why"
        )
    return Meaning(
        value=row["value"],
        means=row["means"],
        labels=parse_labels(row.get("labels", "")),
        note=row.get("note", ""),
        place=place,
    )


def _unsound(source: Source, company: Company, library: Library) -> Iterator[Finding]:
    """What the source names that company.yaml or the library does not have."""
    people = [person.id for person in company.people]
    if source.owner not in people:
        hint = nearest_of(source.owner, people, "company.yaml lists")
        yield _at(source.place, "unknown owner {owner!r}; {hint}", owner=source.owner, hint=hint)
    if source.until < source.since:
        yield _at(source.place, "the source ends ({until}) before it begins; turn the days round", until=source.until)
    if source.grain == "month" and not (_first(source.since) and _first(source.until + timedelta(days=1))):
        template = "a source of months is complete from the first of a month to the last of one; move since and until, or say grain: day"
        yield _at(source.place, template)
    if source.estimated and not source.method:
        yield _at(source.place, "an estimated source needs its method, so that a reader can judge it")
    if source.decimals is not None and not 0 <= source.decimals <= MOST_PLACES:
        yield _at(source.place, "decimals may be 0 to {most}", most=MOST_PLACES)
    if not source.is_files and not source.table:
        yield _at(source.place, "a database has many tables; say which one with table:")
    yield from _said_once(source)
    for role in ("activity", "site", "unit"):
        if said := getattr(source, role):
            yield from _unknown(role, said, source.place, company, library)
    for dimension, member in source.labels.items():
        yield from _unknown(dimension, member, source.place, company, library)
    for role, meanings in source.codes.items():
        for meaning in meanings.values():
            if meaning.means:
                yield from _unknown(role, meaning.means, meaning.place, company, library)
            for dimension, member in meaning.labels:
                yield from _unknown(dimension, member, meaning.place, company, library)


def _said_once(source: Source) -> Iterator[Finding]:
    """Activity, site and unit each stand in a column or in the source, and not in both."""
    for role in ("activity", "site", "unit"):
        if bool(getattr(source, role)) == bool(getattr(source.columns, role)):
            template = "the {role} of a row is said by a column (columns.{role}) or is the same for all rows ({role}); give one of the two"
            yield _at(source.place, template, role=role)


def _first(day: date) -> bool:
    return day.day == 1


def _unknown(role: str, said: str, place: Place, company: Company, library: Library) -> Iterator[Finding]:
    """Why a name is none: of an activity, a site, a unit, or a member of a dimension."""
    if role == "activity":
        if said not in library.activities:
            yield _at(place, "{problem}", problem=not_recorded(said, library))
        elif library.activities[said].kind != "flow":
            template = "{id} is a {kind}, and rows add up to flows only; record it by entries"
            yield _at(place, template, id=said, kind=library.activities[said].kind)
    elif role == "site":
        sites = [site.id for site in company.sites]
        if said not in sites:
            yield _at(
                place, "unknown site {site!r}; {hint}", site=said, hint=nearest_of(said, sites, "company.yaml lists")
            )
    elif role == "unit":
        try:
            unit(said)
        except UnknownUnit as error:
            yield _at(place, "{problem}", problem=error)
    elif role not in library.dimensions:
        hint = nearest_of(role, library.dimensions, "the dimensions are")
        yield _at(place, "unknown dimension {dimension!r}; {hint}", dimension=role, hint=hint)
    elif said not in library.dimensions[role].members:
        members = library.dimensions[role].members
        hint = called(said, library.dimensions[role]) or nearest_of(said, members, "its members are")
        yield _at(place, "{dimension} has no member {member!r}; {hint}", dimension=role, member=said, hint=hint)


def _at(place: Place, template: str, /, **values: object) -> Finding:
    return Finding(rule="source", template=template, values=values, place=place)
