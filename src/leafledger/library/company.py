"""Reads a company folder: who reports, what is collected, and what was recorded."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from leafledger.core.definition import Library
from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.labels import parse_labels
from leafledger.core.org import BaseYear, Company, Restatement, Series
from leafledger.core.period import parse_date
from leafledger.core.quantity import parse_decimal
from leafledger.library.build import build
from leafledger.library.contracts import read_contracts
from leafledger.library.degree_days import read_degree_days
from leafledger.library.entries import LARGEST, MOST_DECIMALS, check_entries, read_entries
from leafledger.library.naming import did_you_mean, nearest_of
from leafledger.library.ownership import contradictions
from leafledger.library.screening import read_screening, unknown_sources
from leafledger.library.splits import not_recorded, unfit
from leafledger.library.strict_csv import Row, convert, read_rows
from leafledger.library.strict_yaml import NotStrict, parse, read_text

__all__ = ["LARGEST", "MOST_DECIMALS", "check_entries", "read_company", "read_entries", "read_series"]

NAME = "company.yaml"
SERIES_COLUMNS = ("activity", "site", "labels", "since", "until", "owner", "apportion", "register_limit")
YEAR_ENDS = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


def read_company(folder: Path) -> Company:
    """`company.yaml` of the folder. Refused with every error in it, or when the folder has none."""
    findings: list[Finding] = []
    path = folder / NAME
    if not path.is_file():
        template = "there is no company.yaml here, so this is not a company folder; `leaf init {folder}` makes one"
        raise Refused(_at(Place(name=folder.name or str(folder)), template, folder=folder))
    try:
        document = parse(read_text(path, NAME), NAME)
    except NotStrict as error:
        raise Refused(error.finding) from None
    company = build(Company, document.data, (), document, NAME, findings)
    screening, contracts = read_screening(folder, findings), read_contracts(folder, findings)
    degree_days = read_degree_days(folder, findings)
    if company is not None:
        findings.extend((*_consistent(company), *contradictions(company)))
        company = replace(company, screening=screening, contracts=contracts, degree_days=degree_days)
    if company is None or findings:
        raise Refused(findings)
    return company


def read_series(folder: Path, company: Company, library: Library) -> tuple[Series, ...]:
    """`series.csv` of the folder, proven against company and library. Refused with every error in it, and in what company.yaml names."""
    findings = list(_fits_company(company, library))
    path = folder / "series.csv"
    rows = (
        read_rows(path, "series.csv", SERIES_COLUMNS, findings, ("activity", "site", "labels")) if path.exists() else []
    )
    series = convert(rows, _series, findings)
    first: dict[object, Series] = {}
    for one in series:
        findings.extend(_fits_library(one, company, library))
        if one.key in first:
            findings.append(_at(one.place, "this series is already declared at {first}", first=first[one.key].place))
        first.setdefault(one.key, one)
    if findings:
        raise Refused(findings)
    return tuple(series)


def _consistent(company: Company) -> Iterator[Finding]:
    """What company.yaml says twice, or against itself."""
    named: list[tuple[str, object, Place]] = [("site", site.id, site.place) for site in company.sites]
    named += [("person", person.id, person.place) for person in company.people]
    named += [("year", year.year, year.place) for year in company.years]
    first: dict[tuple[str, object], Place] = {}
    for what, id, place in named:
        if (what, id) in first:
            template = "the {what} {id} is already given at {first}; keep one of them"
            yield _at(place, template, what=what, id=id, first=first[what, id])
        first.setdefault((what, id), place)
    for restated in company.restatements:
        yield from _restatement(restated, company)
    if company.base_year:
        yield from _base_year(company.base_year, company)
    if not YEAR_ENDS.fullmatch(company.year_ends):
        template = "year_ends is {ends!r}; it is the last month and day of a reporting year, such as 12-31 or 03-31"
        yield _at(company.place, template, ends=company.year_ends)
    if company.degree_days:
        template = (
            "degree days stand in a file of their own, degree_days.csv (station,day,degree_days); move them there"
        )
        yield _at(company.place, template)
    if company.prevailing not in company.languages:
        template = "the prevailing language {language} is not among the languages {listed}; add it there"
        yield _at(company.place, template, language=company.prevailing, listed=", ".join(company.languages))


def _base_year(one: BaseYear, company: Company) -> Iterator[Finding]:
    """A policy that could never ask for anything, as nothing is known of its year, or always would."""
    if one.year not in {year.year for year in company.years}:
        template = "the base year is {year}, which is none of the years; name one of them, or add it to years"
        yield _at(one.place if one.place.name else company.place, template, year=one.year)
    if one.threshold < 0:
        template = "the threshold of the base year is {threshold}; it is by how many percent the year may move before it is restated, 0 or more"
        yield _at(one.place if one.place.name else company.place, template, threshold=one.threshold)


def _restatement(one: Restatement, company: Company) -> Iterator[Finding]:
    if one.year not in {year.year for year in company.years}:
        template = "{metric} is restated for {year}, which is none of the years; name one of them, or add it to years"
        yield _at(one.place, template, metric=one.metric, year=one.year)
    try:
        if one.old_value:
            parse_decimal(one.old_value)
    except ValueError as error:
        template = (
            "old_value: {problem}; write it as it was published, without separators, or leave it out if it is not known"
        )
        yield _at(one.place, template, problem=error)


def _fits_company(company: Company, library: Library) -> Iterator[Finding]:
    """What company.yaml names and the library does not know."""
    for site in company.sites:
        if site.region not in library.regions:
            hint = did_you_mean(site.region, library.regions) or "use one of library/regions.csv, or add regions.csv"
            yield _at(site.place, "unknown region {region!r}; {hint}", region=site.region, hint=hint)
    for standard in company.standards:
        if standard not in library.standards:
            known = ", ".join(sorted(library.standards))
            yield _at(company.place, "unknown standard {id!r}; there are {known}", id=standard, known=known)
    yield from unknown_sources(company.screening, library)
    yield from _methods(company, library)
    for contract in company.contracts:
        if contract.market not in library.regions:
            hint = did_you_mean(contract.market, library.regions) or "use one of library/regions.csv"
            yield _at(contract.place, "unknown market {market!r}; {hint}", market=contract.market, hint=hint)
    for id in company.base_year.figures if company.base_year else ():
        if library.find(id) is None:
            hint = did_you_mean(id, library.metrics) or "name a total, such as ghg.scope1"
            yield _at(company.place, "base_year: unknown figure {id!r}; {hint}", id=id, hint=hint)
    for restated in company.restatements:
        if restated.metric not in library.metrics and restated.metric not in library.activities:
            hint = did_you_mean(restated.metric, {**library.metrics, **library.activities}) or "name one that is"
            yield _at(restated.place, "unknown figure {id!r}; {hint}", id=restated.metric, hint=hint)


def _methods(company: Company, library: Library) -> Iterator[Finding]:
    """Methods of figures, or as methods, that are none."""
    for of, method in company.methods.items():
        for id in (of, method):
            if library.find(id) is None:
                hint = did_you_mean(id, library.metrics) or "name a metric, and one of those in its formula"
                yield _at(company.place, "methods: unknown figure {id!r}; {hint}", id=id, hint=hint)


def _series(row: Row, place: Place) -> Series:
    since, until = (parse_date(row[column]) if row.get(column) else None for column in ("since", "until"))
    if since and until and until < since:
        raise ValueError(f"the series ends on {until}, before it begins on {since}; turn the two days round")
    return Series(
        activity=row["activity"],
        site=row["site"],
        labels=parse_labels(row["labels"]),
        since=since,
        until=until,
        owner=row.get("owner", ""),
        apportion=row.get("apportion", ""),
        register_limit=parse_decimal(row["register_limit"]) if row.get("register_limit") else None,
        place=place,
    )


def _fits_library(series: Series, company: Company, library: Library) -> Iterator[Finding]:
    activity = library.activities.get(series.activity)
    if activity is None:
        yield _at(series.place, "{problem}", problem=not_recorded(series.activity, library))
        return
    if series.site not in {site.id for site in company.sites}:
        hint = nearest_of(series.site, [site.id for site in company.sites], "company.yaml lists")
        yield _at(series.place, "unknown site {site!r}; {hint}", site=series.site, hint=hint)
    if series.owner and series.owner not in {person.id for person in company.people}:
        hint = nearest_of(series.owner, [person.id for person in company.people], "company.yaml lists")
        yield _at(series.place, "unknown owner {owner!r}; {hint}", owner=series.owner, hint=hint)
    if series.apportion and (series.apportion not in company.degree_days or activity.kind != "flow"):
        known = ", ".join(sorted(company.degree_days)) or "no station"
        template = "a flow may be apportioned by the degree days of a station of degree_days.csv, which has {known}, not {apportion!r}"
        yield _at(series.place, template, known=known, apportion=series.apportion)
    if series.register_limit is not None and series.register_limit <= 0:
        template = "register_limit is {limit}; it is the reading, above 0, at which the meter starts again from 0"
        yield _at(series.place, template, limit=series.register_limit)
    for problem in unfit(series.labels, activity, library):
        yield _at(series.place, "{problem}", problem=problem)


def _at(place: Place, template: str, **values: object) -> Finding:
    return Finding(rule="company", template=template, values=values, place=place)
