"""Reads the ledger: entries, approvals, evidence, closed years and releases, as plain nouns."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from leafledger.base.append_only import OnlyGrows, seal_of
from leafledger.base.models import Approval as ApprovalRow
from leafledger.base.models import Evidence
from leafledger.core.approval import Approval
from leafledger.core.entry import Entry
from leafledger.core.fact import Fact, FactSet
from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.org import Company
from leafledger.core.period import Period
from leafledger.engine.frozen import facts_from_json
from leafledger.engine.restatement import RestatedYear, before_from_json, comparison_from_json
from leafledger.ledger.models import Attachment, Close, EntryRow, Release, Restatement
from leafledger.ledger.rows import COLUMNS, entry_of
from leafledger.ledger.standing import KIND, days_of, in_force, still_open

Sealed = TypeVar("Sealed", Release, Restatement)


def entries_in_force() -> list[Entry]:
    """The entries that count: approved, and not replaced by an approved one; in order of their ids."""
    return _entries(in_force())


def open_entries() -> list[Entry]:
    """The entries that wait for approval."""
    return _entries(still_open())


def all_entries() -> list[Entry]:
    """Every entry ever recorded."""
    return _entries(EntryRow.objects.all())


def recorded_ids() -> set[str]:
    """The id of every entry ever recorded, replaced ones too."""
    return set(EntryRow.objects.values_list("id", flat=True))


def approvals() -> dict[str, Approval]:
    """The approval of each approved entry, by its id."""
    rows = ApprovalRow.objects.filter(kind=KIND).order_by("subject")
    return {
        row.subject: Approval(entry=row.subject, hash=row.hash, by=row.by, at=row.at, own=row.own)
        for row in rows.iterator(2000)
    }


def evidence_hashes() -> dict[str, str]:
    """The SHA-256 of every file of evidence, by the name that entries call it."""
    return dict(Evidence.objects.order_by("name").values_list("name", "sha256"))


def attachments() -> dict[str, tuple[str, ...]]:
    """The names of files that were attached to entries after they had been recorded, by the entries' ids."""
    found: dict[str, tuple[str, ...]] = {}
    for entry, name in Attachment.objects.order_by("entry", "evidence").values_list("entry", "evidence"):
        found[entry] = (*found.get(entry, ()), name)
    return found


def evidence_of(entries: Iterable[Entry]) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """What was attached to these entries, by their ids, and the SHA-256 of every file that they rest on, by name.

    A file that only other entries name, such as one that was given by mistake and withdrawn, is not among them.
    """
    entries = list(entries)
    added, ids = attachments(), {entry.id for entry in entries}
    attached = {id: names for id, names in added.items() if id in ids}
    named = {name for entry in entries for name in entry.evidence} | {n for names in attached.values() for n in names}
    return attached, {name: sha256 for name, sha256 in evidence_hashes().items() if name in named}


def closed(year: int) -> FactSet | None:
    """The figures that a year was closed with; None while it is open."""
    return closed_years(year).get(year)


def closed_years(*years: int) -> Mapping[int, FactSet]:
    """The closed years, of those asked for or of all, with their figures: those of the last restatement, or those it was closed with."""
    rows = Close.objects.filter(year__in=years) if years else Close.objects.all()
    last = {row.year: _sealed(row) for row in Restatement.objects.order_by("year", "number")}
    return {row.year: _thawed(last.get(row.year, row)) for row in rows.order_by("year")}


def standing_digest(year: int) -> str:
    """The digest of the figures of a closed year that stand; empty where it is open."""
    last = Restatement.objects.filter(year=year).order_by("number").last() or Close.objects.filter(year=year).first()
    return last.digest if last else ""


def restatements() -> tuple[RestatedYear, ...]:
    """Every restatement, in the order in which they were made."""
    return tuple(_restated(_sealed(row)) for row in Restatement.objects.order_by("id"))


def open_in_closed_years(company: Company) -> dict[int, tuple[str, ...]]:
    """The entries that wait for a restatement, by the closed year that they would move."""
    years = {year: days_of(year, company) for year in Close.objects.order_by("year").values_list("year", flat=True)}
    if not years:
        return {}
    ends = ("first_day", "last_day", "replaces__first_day", "replaces__last_day")
    found: dict[int, list[str]] = {year: [] for year in years}
    for id, first, last, was_first, was_last in still_open().order_by("id").values_list("id", *ends):
        days = [Period(first, last), *([Period(was_first, was_last)] if was_first else [])]
        for year, whole in years.items():
            if any(one.overlap(whole) for one in days):
                found[year].append(id)
    return {year: tuple(ids) for year, ids in found.items() if ids}


def releases() -> list[Release]:
    """Every release, in the order in which they were made."""
    return list(Release.objects.order_by("id"))


def holds(release: Release) -> Mapping[str, str]:
    """The hash of each fact in a release, by its key."""
    return dict(json.loads(_sealed(release).holds))


def standing_ahead(company: Company, until: int | None = None) -> FactSet:
    """Released figures of years that are not closed, which stand as the first release (of a year up to `until`) had them.

    They are targets and what else was said of years that nobody reports on. Once somebody reports on such a year, only that
    stands which had been said before its days had come; the rest was still being collected, and is that year's own.
    """
    listed, done = {one.year for one in company.years}, set(Close.objects.values_list("year", flat=True))
    found: FactSet = {}
    for release in releases():
        if until is not None and release.year > until:
            continue
        for key, fact in facts_from_json(json.loads(_sealed(release).ahead)).items():
            year = fact.period.end.year
            if year not in done and (year not in listed or _foretold(fact, release)):
                found.setdefault(key, fact)
    return found


def _foretold(fact: Fact, release: Release) -> bool:
    first = EntryRow.objects.filter(id__in=fact.entries).order_by("last_day").values_list("last_day", flat=True).first()
    return first is not None and first > release.at.date()


def _entries(rows: OnlyGrows) -> list[Entry]:
    return [_entry(values) for values in rows.order_by("id").values_list(*COLUMNS)]


def _entry(values: tuple[Any, ...]) -> Entry:
    try:
        return entry_of(values)
    except (ValueError, ArithmeticError):
        raise Refused(_altered(f"entry {values[0]}")) from None


def _thawed(row: Close | Restatement) -> FactSet:
    if hashlib.sha256(row.facts.encode()).hexdigest() != row.digest:
        raise Refused(_altered(f"{row.year}"))
    return facts_from_json(json.loads(row.facts))


def _sealed(row: Sealed) -> Sealed:
    if seal_of(row) != row.seal:
        raise Refused(_altered(f"release {row.file}" if isinstance(row, Release) else f"the restatement of {row.year}"))
    return row


def _restated(row: Restatement) -> RestatedYear:
    return RestatedYear(
        year=row.year,
        number=row.number,
        was=row.was,
        digest=row.digest,
        comparison=comparison_from_json(json.loads(row.figures)),
        before=before_from_json(json.loads(row.before)),
        reason=json.loads(row.reason),
        approved=tuple(json.loads(row.entries)),
        by=row.by,
        at=row.at,
    )


def _altered(where: str) -> Finding:
    template = "this was changed in the database, past its guards, and is not what was written; bring back your copy of the ledger"
    return Finding(rule="ledger.altered", template=template, place=Place(name=where))
