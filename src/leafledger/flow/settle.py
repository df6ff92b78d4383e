"""The last step of a release, and the only one that shows: file and ledger change together, or neither does."""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from leafledger.base.database import one_view, writing
from leafledger.core.fact import FactSet
from leafledger.core.finding import Finding, Place, Refused
from leafledger.flow.calculate import Calculated
from leafledger.flow.keys import sync
from leafledger.ledger import checks, read, verbs

_PART = ".part-"
_NUMBER = re.compile(r"-r(\d+)\.leaf$")


@contextmanager
def alone(place: Path) -> Iterator[Path]:
    """The folder of releases, for one releasing process at a time; what a killed one left half-written is swept. Refused if taken."""
    try:
        place.mkdir(parents=True, exist_ok=True)
        lock = (place / ".lock").open("w")
    except OSError as error:
        raise Refused(
            _finding("the folder of releases cannot be written ({problem})", problem=error.strerror)
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused(
                _finding("another release of this company is being made; let it finish, then release again")
            ) from None
        for part in place.glob(f"{_PART}*"):
            part.unlink(missing_ok=True)
        yield place


@contextmanager
def written(place: Path, data: bytes) -> Iterator[Path]:
    """The bytes as a file that is safe on disk and not yet a release; gone afterwards, unless it was made one."""
    part = place / f"{_PART}{os.getpid()}"
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield part
    except OSError as error:
        raise Refused(
            _finding("the bundle cannot be written ({problem}); make room, then release again", problem=error.strerror)
        ) from None
    finally:
        part.unlink(missing_ok=True)


def released_before(year: int) -> int:
    """The number of the last release of the year; 0 before the first."""
    numbers = [_NUMBER.search(row.file) for row in read.releases() if row.year == year]
    return max((int(found[1]) for found in numbers if found), default=0)


def check_closable(calculated: Calculated, year: int) -> None:
    """Refused, before any work is done, where a year that the release would close cannot be closed."""
    with one_view():
        for each, figures in _to_close(calculated, year).items():
            checks.closable(each, figures)


def settle(
    calculated: Calculated, year: int, part: Path, path: Path, *, digest: str, key: str, by: str, at: datetime
) -> None:
    """Close what is open, put the file into its place and write the release down, all in one transaction.

    The file moves last but for the commit: whoever is killed before it leaves no release, whoever is killed in between leaves a
    whole bundle that the ledger does not know yet, and that the next release finds and settles.
    """
    company = calculated.folder.company
    with writing():
        if {entry.id: entry.hash for entry in read.entries_in_force()} != {
            e.id: e.hash for e in calculated.entries.values()
        }:
            raise Refused(
                _finding(
                    "the ledger changed while the release was being made, so it would be out of date; release again"
                )
            )
        for each, figures in _to_close(calculated, year).items():
            verbs.close(each, figures, by=by, at=at, company=company)
        verbs.released(year, digest=digest, file=path.name, key=key, by=by, at=at, company=company)
        part.rename(path)
        sync(path.parent)


def _to_close(calculated: Calculated, year: int) -> dict[int, FactSet]:
    """The reporting years up to this one that are still open, with their figures: a release prints them all."""
    closed = read.closed_years()
    years = sorted({one.year for one in calculated.folder.company.years if one.year <= year} - set(closed))
    return {each: {key: f for key, f in calculated.facts.items() if f.period.end.year == each} for each in years}


def _finding(template: str, **values: object) -> Finding:
    return Finding(rule="release", template=template, values=values, place=Place(name=".leaf/releases"))
