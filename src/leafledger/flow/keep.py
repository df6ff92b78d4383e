"""What people do to a company's ledger, from its folder: load, record, attach, approve, close."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Literal

from leafledger.base.database import writing
from leafledger.base.models import Evidence
from leafledger.base.permissions import need
from leafledger.base.setup import open_ledger
from leafledger.core.entry import Entry
from leafledger.core.fact import Counts, counts
from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.org import Company
from leafledger.flow.calculate import calculate
from leafledger.flow.gaps import check_ended, check_whole, gaps
from leafledger.flow.places import ledger_place, reporting_year
from leafledger.flow.read import Folder, read_folder
from leafledger.flow.waiting import may_approve
from leafledger.flow.warned import warned
from leafledger.ledger import checks, read, verbs
from leafledger.ledger.verbs import Done
from leafledger.library.entries import check_entries, entry_of, read_entries


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An entry that is in the ledger; known: it was there before, and approved if somebody had done that.

    closed: the closed years that it would move, so that it waits for a restatement of them.
    """

    entry: Entry
    known: bool
    approved: bool
    closed: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """What somebody approved, what was approved before, and what still waits for somebody else, or for a restatement of a closed year."""

    by: str
    done: Done
    left: tuple[Entry, ...]
    closed: Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """How many facts of each status a year was closed with, and how many warnings they carry."""

    counts: Counts
    warnings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What was recorded, and what of it waits for a restatement, by closed year."""

    done: Done
    closed: Mapping[int, tuple[str, ...]]


NEW = "new"
AS_OWNERS = "; or load with --as-owners, where the owner of each series has answered for its rows"


def load(path: Path, *, by: str, at: datetime, as_owners: bool = False) -> Loaded:
    """Record every row of `entries/*.csv` that the ledger does not have yet. Refused, with nothing recorded, for any error in them.

    by: who records. as_owners: each row is recorded by the owner of its series instead, who has answered for the file.
    """
    folder = read_folder(path)
    if as_owners and by:
        template = "the owners of the series record, or {by} does; leave out --by or --as-owners"
        raise Refused(Finding(rule="people", template=template, values={"by": by}, place=Place(name="leaf load")))
    rows: dict[str, list[Entry]] = defaultdict(list)
    for entry in read_entries(path, folder.series, folder.library, folder.company):
        who = _owner(folder, entry) if as_owners else by
        rows[acting(folder.company, "recorder", who, AS_OWNERS)].append(entry)
    open_ledger(ledger_place(path))
    done: list[Done] = []
    with writing():
        for who, entries in sorted(rows.items()):
            done.append(verbs.record(entries, by=who, at=at, company=folder.company, evidence=path / "evidence"))
        new = {id for one in done for id in one.new}
        waiting = read.open_in_closed_years(folder.company)
    all_done = Done(
        new=tuple(id for one in done for id in one.new), known=tuple(id for one in done for id in one.known)
    )
    closed = {year: tuple(id for id in ids if id in new) for year, ids in waiting.items()}
    return Loaded(done=all_done, closed={year: ids for year, ids in closed.items() if ids})


def _owner(folder: Folder, entry: Entry) -> str:
    """Who has undertaken to collect this series; for a control total, the activity."""
    series = [one for one in folder.series if one.activity == entry.activity and one.owner]
    exact = [one for one in series if one.key == (entry.activity, entry.site, entry.labels)]
    return (exact or series)[0].owner if series else ""


def record(path: Path, row: Mapping[str, str], evidence: Sequence[Path], *, by: str, at: datetime) -> Recorded:
    """Record one entry, given as a row of an entries file. Without an id it gets one made from what it says."""
    folder = read_folder(path)
    who = acting(folder.company, "recorder", by)
    place = Place(name="leaf record")
    try:
        entry = replace(
            entry_of({**row, "id": row["id"] or NEW}), evidence=tuple(file.name for file in evidence), recorded_by=who
        )
    except ValueError as error:
        raise Refused(
            Finding(rule="file.value", template="{problem}", values={"problem": error}, place=place)
        ) from None
    if entry.id == NEW:
        entry = replace(entry, id=f"e-{entry.hash[:10]}")
    if findings := list(check_entries([(entry, place)], folder.series, folder.library, folder.company)):
        raise Refused(findings)
    open_ledger(ledger_place(path))
    done = verbs.record([entry], by=who, at=at, company=folder.company, evidence=tuple(evidence))
    waiting = read.open_in_closed_years(folder.company)
    return Recorded(
        entry=entry,
        known=bool(done.known),
        approved=bool(done.known) and entry.id in read.approvals(),
        closed=tuple(year for year, ids in waiting.items() if entry.id in ids),
    )


def attach(path: Path, entry: str, file: Path, *, by: str, at: datetime) -> Evidence:
    """Attach a file of evidence to an entry that is recorded."""
    company = _open(path).company
    return verbs.attach([entry], file, by=acting(company, "recorder", by), at=at, company=company)


def approve(path: Path, ids: Sequence[str] | None, *, by: str, at: datetime) -> Approved:
    """Approve the entries of these ids, or every one that waits and is for neither somebody else nor a restatement."""
    company = _open(path).company
    who = acting(company, "approver", by)
    with writing():
        closed = read.open_in_closed_years(company)
        late = {id for waiting in closed.values() for id in waiting}
        others = [entry for entry in read.open_entries() if entry.id not in late]
        wanted = [entry.id for entry in may_approve(others, who, company)] if ids is None else ids
        done = verbs.approve(wanted, by=who, at=at, company=company)
        left = tuple(entry for entry in read.open_entries() if entry.id not in late) if ids is None else ()
    return Approved(by=who, done=done, left=left, closed=closed if ids is None else {})


def close(path: Path, year: int, *, by: str, at: datetime, with_holes: bool = False) -> Closed:
    """Close a year with the figures it has now. Refused while it has days to come, or gaps, unless these are to stay."""
    calculated = calculate(path)
    company = calculated.folder.company
    year, who = reporting_year(company, year), acting(company, "publisher", by)
    need(company, who, "publisher", "close a year")
    check_ended(year, at, company.year_ends)
    figures = {key: fact for key, fact in calculated.facts.items() if fact.period.end.year == year}
    if not with_holes and year not in read.closed_years():
        check_whole(gaps(figures, [year]))
    with writing():
        checks.unmoved(calculated.entries.values())
        verbs.close(year, figures, by=who, at=at, company=company)
    return Closed(counts=counts(figures.values()), warnings=len(warned(figures)))


def acting(company: Company, role: Literal["recorder", "approver", "publisher"], by: str, or_else: str = "") -> str:
    """Who acts: the person named, or the only one with that role. Refused when that leaves a choice; `or_else`: what else helps."""
    able = [person.id for person in company.people if role in person.roles]
    if by or len(able) == 1:
        return by or able[0]
    template = "{count} people of company.yaml have the role {role} ({able}); say who does this with --by{or_else}"
    values = {"or_else": or_else, "count": len(able), "role": role, "able": ", ".join(able) or "nobody"}
    raise Refused(Finding(rule="people", template=template, values=values, place=Place(name="company.yaml")))


def _open(path: Path) -> Folder:
    folder = read_folder(path)
    open_ledger(ledger_place(path))
    return folder
