"""The reference issuer as it is read: for tests that compute it again after something was moved, shuffled or taken away."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from leafledger.core.entry import Entry
from leafledger.core.fact import FactSet
from leafledger.core.org import Company, Series
from leafledger.engine.books import books
from leafledger.engine.cells import cells_from_entries, in_force
from leafledger.engine.compute import compute
from leafledger.engine.prove import proven
from leafledger.engine.tie_out import Tied, tie_out
from leafledger.library.company import read_company, read_entries, read_series
from leafledger.library.load import LIBRARY, Library, load
from leafledger.library.published import Difference, Published, read_differences, read_published

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "examples" / "sensetime-2024"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    library: Library
    company: Company
    series: tuple[Series, ...]
    entries: tuple[Entry, ...]
    published: tuple[Published, ...]
    differences: tuple[Difference, ...]


@cache
def issuer() -> Issuer:
    library = proven(load(LIBRARY, FOLDER))
    company = read_company(FOLDER)
    series = read_series(FOLDER, company, library)
    return Issuer(
        library=library,
        company=company,
        series=series,
        entries=tuple(read_entries(FOLDER, series, library)),
        published=read_published(FOLDER, library),
        differences=read_differences(FOLDER, library),
    )


def facts_of(of: Issuer, years: Iterable[int] | None = None) -> FactSet:
    cells = cells_from_entries(in_force(of.entries), of.library.counted)
    return compute(books(of.library, of.company, of.series, cells), years)


@cache
def facts() -> FactSet:
    return facts_of(issuer())


def tied_of(of: Issuer) -> tuple[Tied, ...]:
    return tie_out(facts_of(of), of.published, of.differences, {entry.id: entry for entry in of.entries})
