"""What people do to the ledger: record, attach, approve, close, restate, release. Each act is written as a whole or not at all."""

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
from leafledger.core.text import Text
from leafledger.engine.decompose import Comparison
from leafledger.engine.frozen import facts_to_json, hash_of_fact
from leafledger.engine.restatement import Before, RestatedYear, before_to_json, comparison_to_json
from leafledger.ledger import checks
from leafledger.ledger.models import Attachment, Close, EntryRow, Release, Restatement
from leafledger.ledger.rows import WRITTEN, moment, written
from leafledger.ledger.standing import KIND, chunks, still_open

BATCH = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """Which entries a verb made new, and which it found done already."""

    new: tuple[str, ...]
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restating:
    """New figures for a closed year. was: the digest of those that stand until now; before: the state that these came from."""

    year: int
    was: str
    facts: FactSet
    comparison: Comparison
    before: Before


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
        when = moment(at)
        for piece in chunks(new, BATCH):
            EntryRow.objects.write(WRITTEN, [written(entry, when) for entry in piece])
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
        _approve(new, held, by, at)
    return Done(new=tuple(new), known=tuple(id for id in wanted if held[id].approved))


def close(year: int, facts: FactSet, *, by: str, at: datetime, company: Company) -> Close:
    """Freeze the figures of a year, with every reason. Refused while entries of it wait, and where it is closed already."""
    need(company, by, "publisher", "close a year")
    figures = {key: fact for key, fact in facts.items() if fact.period.end.year == year}
    with writing():
        checks.closable(year, figures, company)
        text = canonical(facts_to_json(figures))
        row = Close(year=year, facts=text, digest=hashlib.sha256(text.encode()).hexdigest(), by=by, at=at)
        row.save()
    return row


def restate(
    what: Iterable[Restating], *, reason: Text, by: str, at: datetime, company: Company, seen: Mapping[str, str]
) -> tuple[Restatement, ...]:
    """Set new figures beside those of closed years, and let the entries count that make the difference: all of it or nothing.

    seen: the hash of each entry to be approved, as it was shown. Refused where one is the approver's own, or moves a closed year
    that is not among these, and where the figures that stand are not those that were compared with.
    """
    what = list(what)
    need(company, by, "approver", "restate a closed year")
    with writing():
        for one in what:
            checks.restatable(one.year, one.was, one.facts)
        held = checks.held(sorted(seen))
        new = [id for id in sorted(seen) if not held[id].approved]
        checks.approvable(new, held, by, company, seen, {one.year for one in what})
        _approve(new, held, by, at)
        return tuple(_restated(one, new, reason, by, at) for one in what)


def _restated(one: Restating, approved: Sequence[str], reason: Text, by: str, at: datetime) -> Restatement:
    text = canonical(facts_to_json(one.facts))
    row = Restatement(
        year=one.year,
        number=Restatement.objects.filter(year=one.year).count() + 1,
        was=one.was,
        facts=text,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        figures=canonical(comparison_to_json(one.comparison)),
        before=canonical(before_to_json(one.before)),
        reason=canonical(dict(reason)),
        entries=canonical(list(approved)),
        by=by,
        at=at,
    )
    row.seal = seal_of(row)
    row.save()
    return row


def released(
    year: int,
    facts: FactSet,
    *,
    digest: str,
    file: str,
    key: str,
    by: str,
    at: datetime,
    company: Company,
    restated: Iterable[RestatedYear] = (),
) -> Release:
    """Write down that a bundle was released: its digest, its file's name, the fingerprint of the key that signed it, and its facts.

    restated: the restatements that the bundle proves.

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
            holds=canonical(
                {key: hash_of_fact(fact) for key, fact in facts.items()} | {one.name: one.digest for one in restated}
            ),
            ahead=canonical(facts_to_json(ahead)),
        )
        row.seal = seal_of(row)
        row.save()
    return row


def _approve(ids: Sequence[str], held: Mapping[str, checks.Recorded], by: str, at: datetime) -> None:
    for piece in chunks(ids, BATCH):
        Approval.objects.bulk_create([_approval(id, held[id], by, at) for id in piece])


def _approval(id: str, of: checks.Recorded, by: str, at: datetime) -> Approval:
    row = Approval(kind=KIND, subject=id, hash=of.hash, by=by, at=at, own=of.recorded_by == by)
    row.seal = seal_of(row)
    return row
