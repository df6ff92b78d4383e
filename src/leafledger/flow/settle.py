"""The last step of a release, and the only one that shows: file and ledger change together, or neither does."""

import fcntl
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from leafledger.base.database import one_view, writing
from leafledger.base.disk import sync
from leafledger.core.fact import FactSet
from leafledger.core.finding import Finding, Place, Refused
from leafledger.engine.restatement import RestatedYear
from leafledger.flow.calculate import Calculated
from leafledger.ledger import checks, intact, read, verbs
from leafledger.ledger.models import Release

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


def last_release(year: int) -> Release | None:
    """The release of the year that was made last."""
    return next((row for row in reversed(read.releases()) if row.year == year), None)


def released_before(year: int) -> int:
    """The number of the last release of the year; 0 before the first."""
    numbers = [_NUMBER.search(row.file) for row in read.releases() if row.year == year]
    return max((int(found[1]) for found in numbers if found), default=0)


def check_closable(calculated: Calculated, shown: FactSet, year: int) -> None:
    """Refused, before any work is done, where the ledger was altered, or what would be released or closed is not settled yet."""
    with one_view():
        if altered := tuple(intact.altered()):
            raise Refused(altered)
        checks.settled(shown.values())
        for each, figures in to_close(calculated, year).items():
            checks.closable(each, figures, calculated.folder.company)


def settle(
    calculated: Calculated,
    shown: FactSet,
    year: int,
    part: Path,
    path: Path,
    *,
    digest: str,
    key: str,
    by: str,
    at: datetime,
    restated: Iterable[RestatedYear] = (),
) -> None:
    """Close what is open, put the file into its place and write the release down, all in one transaction.

    shown: the released facts; restated: what the bundle proves.

    The file moves last but for the commit: whoever is killed before it leaves no release, whoever is killed in between leaves a
    whole bundle that the ledger does not know yet, and that the next release finds and settles.
    """
    company = calculated.folder.company
    with writing():
        checks.unmoved(calculated.entries.values())
        checks.settled(shown.values())
        for each, figures in to_close(calculated, year).items():
            verbs.close(each, figures, by=by, at=at, company=company)
        seals = {"digest": digest, "file": path.name, "key": key}
        verbs.released(year, shown, **seals, by=by, at=at, company=company, restated=restated)
        part.rename(path)
        sync(path.parent)


def to_close(calculated: Calculated, year: int) -> dict[int, FactSet]:
    """The reporting years up to this one that are still open, with their figures: a release has them all, and moves none of them again."""
    facts = calculated.facts
    years = {one.year for one in calculated.folder.company.years if one.year <= year}
    return {
        each: {key: fact for key, fact in facts.items() if fact.period.end.year == each}
        for each in sorted(years - set(read.closed_years()))
    }


def _finding(template: str, **values: object) -> Finding:
    return Finding(rule="release", template=template, values=values, place=Place(name=".leaf/releases"))
