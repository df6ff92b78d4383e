"""Looks through the factors there are, and takes in a licensed set: read, proven and shown before it is written."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from leafledger.core.definition import Factor, FactorName, Library
from leafledger.core.finding import Finding, Place, Refused
from leafledger.flow.factor_file import as_csv, replaced
from leafledger.library.company import read_company
from leafledger.library.factors import FACTOR_COLUMNS, LICENSED, factor_of
from leafledger.library.load import LIBRARY, load
from leafledger.library.sound import unsound
from leafledger.library.strict_csv import Row, convert, read_rows

IGNORED = "*\n!.gitignore\n"
"""A set that may not be passed on does not go into git either; that it is missing there can be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The factors of one name."""

    name: FactorName
    factors: tuple[Factor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A licensed set as it was read. path: where it stands, or would; replaces: how many rows stood there before; written: it was done."""

    factors: tuple[Factor, ...]
    path: Path
    replaces: int
    written: bool


def known(path: Path) -> Library:
    """The factors of the company whose folder this is, or, where it is none, those that are shipped."""
    return load(LIBRARY, path) if (path / "company.yaml").is_file() else load(LIBRARY)


def search(library: Library, words: Sequence[str]) -> tuple[Listed, ...]:
    """Factors in which each word stands somewhere: name, title, region, labels, year, publisher, source or id, in any language.

    A name that no row has is listed too, with none, where each word stands in it: a company gives its own.
    """
    wanted = [word.casefold() for word in words]
    found: dict[str, list[Factor]] = defaultdict(list)
    for factor in library.factors.values():
        said = "\n".join(_said(factor, library)).casefold()
        if all(word in said for word in wanted):
            found[factor.name].append(factor)
    with_rows = {factor.name for factor in library.factors.values()}
    empty = [
        id
        for id, name in library.factor_names.items()
        if id not in with_rows and all(word in "\n".join((id, *name.title.values())).casefold() for word in wanted)
    ]
    return tuple(
        Listed(name=library.factor_names[name], factors=tuple(sorted(found.get(name, ()), key=_order)))
        for name in sorted({*found, *empty})
    )


def import_set(
    path: Path,
    file: Path,
    *,
    name: str = "",
    licence: str = "",
    columns: Mapping[str, str],
    fill: Mapping[str, str],
    leave: bool = False,
    write: bool = False,
) -> Imported:
    """Read a licensed set and, if `write`, keep it as `factors/licensed/NAME.csv`. Refused with every row that is wrong.

    columns: theirs by ours; fill: what stands in a column of every row; leave: columns of theirs that are not mapped are left out.
    """
    read_company(path)
    name = name or re.sub(r"[^a-z0-9]+", "-", file.stem.casefold()).strip("-") or "set"
    findings: list[Finding] = []
    given = {**fill, **({"licence": licence} if licence else {})}
    rows = _rows(file, columns, given, leave, findings)
    factors = convert(rows, factor_of, findings)
    target = path / LICENSED / f"{_plain(name)}.csv"
    library = known(path)
    old = {id: one for id, one in library.factors.items() if one.place.name == f"{LICENSED}/{target.name}"}
    others = {id: one for id, one in library.factors.items() if id not in old}
    findings.extend(_once(factors, others))
    findings.extend(_unlicensed(factors))
    new = replace(library, factors={**others, **{one.id: one for one in factors}})
    findings.extend(finding for finding in unsound(new) if finding.place and finding.place.name == file.name)
    if not factors and not findings:
        findings.append(_at(Place(name=file.name), "there are no rows in it, so there is nothing to import"))
    if findings:
        raise Refused(findings)
    if write:
        if not (ignored := target.parent / ".gitignore").exists():
            replaced(ignored, IGNORED)
        replaced(target, as_csv(factors))
    return Imported(factors=tuple(factors), path=target, replaces=len(old), written=write)


def _rows(
    file: Path, columns: Mapping[str, str], fill: Mapping[str, str], leave: bool, findings: list[Finding]
) -> list[tuple[Row, Place]]:
    """The rows with our columns."""
    for column in sorted({*columns, *fill} - set(FACTOR_COLUMNS)):
        template = "{column} is not a column of factors; there are {columns}"
        findings.append(_at(Place(name=file.name), template, column=column, columns=", ".join(FACTOR_COLUMNS)))
    header = _header(file, findings)
    ours = {column: columns.get(column, column) for column in FACTOR_COLUMNS if columns.get(column, column) in header}
    for column, theirs in sorted(columns.items()):
        if header and theirs not in header:
            template = "there is no column {theirs!r} to take {column} from; the file has {columns}"
            findings.append(
                _at(Place(name=file.name, line=1), template, theirs=theirs, column=column, columns=", ".join(header))
            )
    if header and not leave and (stray := [one for one in header if one not in ours.values()]):
        template = "nobody says what these columns are: {columns}; map them with --column OURS=THEIRS, or leave them out with --only-mapped"
        findings.append(_at(Place(name=file.name, line=1), template, columns=", ".join(stray)))
    if header and (lacking := [one for one in ("id", "name", "value", "unit") if one not in ours and one not in fill]):
        template = "nothing gives {columns}; map a column with --column OURS=THEIRS, or say it for every row with --fill OURS=TEXT"
        findings.append(_at(Place(name=file.name, line=1), template, columns=", ".join(lacking)))
    if findings:
        return []
    rows = read_rows(file, file.name, tuple(header), findings)
    blank = dict.fromkeys(("id", "name", "value", "unit"), "")
    return [
        ({**blank, **fill} | {our: row[their] for our, their in ours.items() if row[their]}, place)
        for row, place in rows
    ]


def _header(file: Path, findings: list[Finding]) -> list[str]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return [cell.strip() for cell in next(csv.reader(lines), [])]
    except (UnicodeDecodeError, csv.Error):
        findings.append(_at(Place(name=file.name), "it is not a CSV file in UTF-8; export it as one"))
        return []


def _once(factors: Sequence[Factor], others: Mapping[str, Factor]) -> Iterator[Finding]:
    first: dict[str, Place] = {}
    for factor in factors:
        if (before := first.get(factor.id)) or (before := getattr(others.get(factor.id), "place", None)):
            template = "the factor {id} is already given at {first}; each edition has an id of its own"
            yield _at(factor.place, template, id=factor.id, first=before)
        first.setdefault(factor.id, factor.place)


def _unlicensed(factors: Sequence[Factor]) -> Iterator[Finding]:
    if lacking := [factor for factor in factors if not factor.licence]:
        template = "{count} rows, this first, do not say under which licence they may be used; say it with --licence, or map a column to licence"
        yield _at(lacking[0].place, template, count=len(lacking))


def _plain(name: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,60}", name):
        template = "{name!r} cannot be the name of a set; use letters, digits and . _ -"
        raise Refused(_at(Place(name="--name"), template, name=name[:40]))
    return name


def _said(factor: Factor, library: Library) -> Iterator[str]:
    """Everything that somebody may look for it by."""
    name, region = library.factor_names.get(factor.name), library.regions.get(factor.region)
    yield from (factor.id, factor.name, factor.region, factor.title, factor.publisher, factor.source, factor.unit)
    yield from (str(factor.data_year or ""), factor.gwp_basis, factor.gases)
    yield from (name.title if name else {}).values()
    yield from (region.title if region else {}).values()
    for dimension, member in factor.labels:
        yield member
        known = library.dimensions.get(dimension)
        yield from (known.members.get(member, {}) if known else {}).values()


def _order(factor: Factor) -> tuple[str, object, int, str]:
    return (factor.region, factor.labels, -(factor.data_year or 0), factor.id)


def _at(place: Place, template: str, **values: object) -> Finding:
    return Finding(rule="factors.import", template=template, values=values, place=place)
