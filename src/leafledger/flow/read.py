"""Reads a company folder: who reports, the definitions in force, proven, and what is collected."""

from dataclasses import dataclass
from pathlib import Path

from leafledger.core.org import Company, Series
from leafledger.engine.prove import proven
from leafledger.library.company import read_company, read_series
from leafledger.library.load import LIBRARY, Library, load


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A company folder as it was read: definitions proven, series checked."""

    path: Path
    company: Company
    library: Library
    series: tuple[Series, ...]


def read_folder(path: Path) -> Folder:
    """Refused with every error in the folder's definitions and series."""
    company = read_company(path)
    library = proven(load(LIBRARY, path))
    return Folder(path=path, company=company, library=library, series=read_series(path, company, library))
