"""Reads `cases/*.yaml`: what is given, in words that a metric's owner can check, and the figure that should come of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from leafledger.core.definition import Activity, Factor, Library
from leafledger.core.entry import Entry
from leafledger.core.fact import Fact, fact_key
from leafledger.core.labels import NONE, parse_labels
from leafledger.core.org import Company, Contract, GwpSet, Screening, Series, Site, Year
from leafledger.core.period import Period
from leafledger.engine.books import books
from leafledger.engine.cells import cells_from_entries
from leafledger.engine.compute import worked_out
from leafledger.library.contracts import dimension_of, factors_of
from leafledger.library.strict_yaml import parse, read_text

CASES = Path(__file__).resolve().parent / "cases"
KEYS = {
    "metric", "what", "given", "declared", "factors", "region", "known", "of", "expect", "screened", "methods", "gwp", "contracts",
}  # fmt: skip
LISTS = ("given", "declared", "factors", "screened", "contracts")
TITLE = {"zh-Hant": "此處", "zh-Hans": "此处", "en": "Here"}
YEAR = 2024
LINE = re.compile(r"(?P<id>\S+)(?: \[(?P<labels>[^]]+)\])?(?: (?P<sign>[><≈]?)(?P<value>[\d.]+|none) (?P<unit>\S+))?")
BOUNDS = {"": "exact", ">": "over", "<": "within", "≈": "about"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case. expect: `hole`, or a value with the digits that matter and its unit.

    screened: sources of which there are none. methods: which one of a figure is declared. contracts: `id kind quantity unit rate unit`,
    of the vintage of the year in the market of the region.
    """

    place: str
    metric: str
    what: str
    given: tuple[str, ...]
    declared: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    screened: tuple[str, ...] = ()
    contracts: tuple[str, ...] = ()
    methods: dict[str, str] = field(default_factory=dict)
    gwp: GwpSet = "AR6"
    region: str = "CN"
    known: str = "2025-03-31"
    of: str = ""
    expect: str


def cases() -> Iterator[Case]:
    for path in sorted(CASES.glob("*.yaml")):
        document = parse(read_text(path, path.name), path.name)
        for number, block in enumerate(document.data):
            unknown = set(block) - KEYS
            assert not unknown, (
                f"{path.name}:{document.line((number,))}: {', '.join(sorted(unknown))} means nothing here"
            )
            lists = {key: tuple(block.get(key, ())) for key in LISTS}
            place = f"{path.name}:{document.line((number,))}"
            yield Case(place=place, **{**block, **lists})


def outcome(case: Case, library: Library, without: str = "") -> Fact:
    """The figure of the case: one site in its region, one year, the library's factors and the case's own.

    without: the id of an entry that is taken away, while its series stays declared.
    """
    contracts = [_contract(line, case) for line in case.contracts]
    own = {one.id: one for one in (*map(factor_of, case.factors), *factors_of(contracts))}
    dimensions = {**library.dimensions, "contract": dimension_of(contracts)}
    library = replace(library, factors={**library.factors, **own}, dimensions=dimensions)
    entries = [entry for entry in (entry_of(line, library) for line in case.given) if entry.id != without]
    declared = [series_of(line) for line in (*case.given, *case.declared)]
    cells = cells_from_entries(entries, library.counted)
    company = replace(company_of(case), contracts=tuple(contracts))
    key = fact_key(case.metric, Period.parse(str(YEAR)), parse_labels(case.of) if case.of else NONE)
    return worked_out(books(library, company, declared, cells), key)[0]


def expected(case: Case) -> tuple[Decimal, str]:
    value, unit = case.expect.split()
    return Decimal(value), unit


def entry_of(line: str, library: Library) -> Entry:
    read = _read(line)
    activity: Activity = library.activities[read["id"]]
    nil = read["value"] == "none"
    return Entry(
        id=line,
        activity=activity.id,
        site="here",
        labels=parse_labels(read["labels"] or ""),
        period=Period.parse(_days(activity)),
        value=Decimal(0) if nil else Decimal(read["value"]),
        unit=read["unit"],
        kind="nil" if nil else "reading",
        bound=BOUNDS[read["sign"]],  # type: ignore[arg-type]
    )


def _days(activity: Activity) -> str:
    """A stock is read on the last day of the year, or on its first."""
    if activity.kind != "stock":
        return str(YEAR)
    return f"{YEAR}-01-01" if activity.reads_at == "start" else f"{YEAR}-12-31"


def series_of(line: str) -> Series:
    read = _read(line)
    return Series(activity=read["id"], site="here", labels=parse_labels(read["labels"] or ""))


def factor_of(line: str) -> Factor:
    read = _read(line)
    labels = parse_labels(read["labels"] or "")
    return Factor(id=f"own {line}", name=read["id"], value=Decimal(read["value"]), unit=read["unit"], labels=labels)


def _read(line: str) -> dict[str, Any]:
    match = LINE.fullmatch(line)
    assert match, f"{line!r} is not like 'energy.fuel [fuel=diesel] 163.8 MWh'"
    return match.groupdict()


def company_of(case: Case) -> Company:
    year = Year(year=YEAR, factors_as_of=date.fromisoformat(case.known))
    site = Site(id="here", title=TITLE, region=case.region)
    screening = tuple(Screening(source=source, standing="not_relevant", reason=TITLE) for source in case.screened)
    return Company(
        id="case",
        name=TITLE,
        legal_name=TITLE,
        sites=(site,),
        people=(),
        years=(year,),
        gwp=case.gwp,
        methods=case.methods,
        screening=screening,
    )


def _contract(line: str, case: Case) -> Contract:
    id, kind, quantity, unit, rate, rate_unit = line.split()
    return Contract(
        id=id,
        kind=kind,  # type: ignore[arg-type]
        title=id,
        market=case.region,
        vintage_from=date(YEAR, 1, 1),
        vintage_to=date(YEAR, 12, 31),
        quantity=Decimal(quantity),
        unit=unit,
        rate=Decimal(rate),
        rate_unit=rate_unit,
    )
