"""What people do to the ledger: record, attach, approve, close. Each act is written as a whole or not at all."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from leafledger.base import evidence as files
from leafledger.base.append_only import seal_of
from leafledger.base.database import writing
from leafledger.base.models import Approval, Evidence
from leafledger.base.permissions import need
from leafledger.core.entry import Entry, canonical
from leafledger.core.fact import FactSet
from leafledger.core.org import Company
from leafledger.engine.frozen import facts_to_json, hash_of_fact
from leafledger.ledger import checks
from leafledger.ledger.models import Attachment, Close, EntryRow, Release
from leafledger.ledger.rows import row_of
from leafledger.ledger.standing import KIND, chunks, still_open

BATCH = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Which entries a verb made new, and which it found done already."""

    new: tuple[str, ...]
    known: tuple[str, ...]


def record(
    entries: Iterable[Entry],
    *,
    by: str,
    at: datetime,
    company: Company,
    evidence: Path | Sequence[Path] | None = None,
) -> Done:
    """Write entries down, all of them or none. An entry that is there already, and says the same, is left as it is.

    evidence: the folder, or the files, in which names are found that entries give as evidence and the ledger does not keep yet.
    """
    need(company, by, "recorder", "record entries")
    with writing():
        new, known = checks.not_recorded_yet(entries, by)
        names = checks.recordable(new, company)
        files.keep(files.stage(checks.found(names, evidence)), by=by, at=at)
        for piece in chunks(new, BATCH):
            EntryRow.objects.bulk_create([row_of(entry, at) for entry in piece])
    return Done(new=tuple(entry.id for entry in new), known=known)


def attach(entry_ids: Iterable[str], file: Path, *, by: str, at: datetime, company: Company) -> Evidence:
    """Add a file of evidence to entries that are recorded already. The entries say what they said before."""
    need(company, by, "recorder", "attach evidence")
    ids = sorted(set(entry_ids))
    with writing():
        checks.held(ids)
        files.keep(files.stage([file]), by=by, at=at)
        kept = Evidence.objects.get(name=file.name)
        had = set(Attachment.objects.filter(evidence=kept).values_list("entry", flat=True))
        Attachment.objects.bulk_create(
            [Attachment(entry_id=id, evidence=kept, by=by, at=at) for id in ids if id not in had], BATCH
        )
    return kept


def approve(
    entry_ids: Iterable[str] | None, *, by: str, at: datetime, company: Company, seen: Mapping[str, str] | None = None
) -> Done:
    """Let entries count: those named, or (None) every one that waits.

    seen: the hash of each entry as it was shown to the approver; without it, what the ledger holds is what was seen.
    """
    need(company, by, "approver", "approve entries")
    with writing():
        wanted = sorted(set(still_open().values_list("id", flat=True) if entry_ids is None else entry_ids))
        held = checks.held(wanted)
        new = [id for id in wanted if not held[id].approved]
        checks.approvable(new, held, by, company, seen or {})
        for piece in chunks(new, BATCH):
            Approval.objects.bulk_create([_approval(id, held[id], by, at) for id in piece])
    return Done(new=tuple(new), known=tuple(id for id in wanted if held[id].approved))


def close(year: int, facts: FactSet, *, by: str, at: datetime, company: Company) -> Close:
    """Freeze the figures of a year, with every reason. Refused while entries of it wait, and where it is closed already."""
    need(company, by, "publisher", "close a year")
    figures = {key: fact for key, fact in facts.items() if fact.period.end.year == year}
    with writing():
        checks.closable(year, figures)
        text = canonical(facts_to_json(figures))
        row = Close(year=year, facts=text, digest=hashlib.sha256(text.encode()).hexdigest(), by=by, at=at)
        row.save()
    return row


def released(
    year: int, facts: FactSet, *, digest: str, file: str, key: str, by: str, at: datetime, company: Company
) -> Release:
    """Write down that a bundle was released: its digest, its file's name, the fingerprint of the key that signed it, and its facts.

    To be called once its years are closed: figures of other years, such as targets, are kept with the release and stand from then on.
    """
    need(company, by, "publisher", "release a report")
    with writing():
        closed = set(Close.objects.values_list("year", flat=True))
        ahead = {
            key: fact for key, fact in facts.items() if fact.status == "figure" and fact.period.end.year not in closed
        }
        row = Release(
            digest=digest,
            year=year,
            file=file,
            key=key,
            by=by,
            at=at,
            holds=canonical({key: hash_of_fact(fact) for key, fact in facts.items()}),
            ahead=canonical(facts_to_json(ahead)),
        )
        row.seal = seal_of(row)
        row.save()
    return row


def _approval(id: str, of: checks.Recorded, by: str, at: datetime) -> Approval:
    row = Approval(kind=KIND, subject=id, hash=of.hash, by=by, at=at, own=of.recorded_by == by)
    row.seal = seal_of(row)
    return row
