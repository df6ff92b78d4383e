"""What keeps a verb from acting, as the ledger stands. Each check reads the database and refuses with every reason at once."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.db.models import Exists, OuterRef

from leafledger.base.evidence import names_kept
from leafledger.base.models import Approval
from leafledger.base.permissions import may_approve_own
from leafledger.core.entry import Entry
from leafledger.core.fact import FactSet
from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.org import Company
from leafledger.core.period import Period
from leafledger.ledger import rules
from leafledger.ledger.models import Close, EntryRow
from leafledger.ledger.standing import KIND, chunks, in_force, still_open


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What matters of a recorded entry when it is to be approved. corrects: it replaces an entry that replaces another."""

    hash: str
    recorded_by: str
    approved: bool
    replaces: str | None
    corrects: bool


def not_recorded_yet(entries: Iterable[Entry], by: str) -> tuple[list[Entry], tuple[str, ...]]:
    """The entries that are new, with who records them, and the ids of those that are there and say the same."""
    new: list[Entry] = []
    known: list[str] = []
    findings: list[Finding] = []
    for piece in chunks(entries):
        there = {
            id: (hash, who)
            for id, hash, who in EntryRow.objects.filter(id__in=[entry.id for entry in piece]).values_list(
                "id", "hash", "recorded_by"
            )
        }
        for entry in piece:
            if entry.recorded_by not in ("", by):
                findings.append(rules.not_theirs(entry, by))
            elif entry.id not in there:
                new.append(replace(entry, recorded_by=by))
            elif replace(entry, recorded_by=there[entry.id][1]).hash == there[entry.id][0]:
                known.append(entry.id)
            else:
                findings.append(rules.changed(entry))
    if findings:
        raise Refused(findings)
    return new, tuple(known)


def recordable(new: Collection[Entry]) -> list[str]:
    """Refused where an entry does not fit; otherwise the names of the files that the entries rest on."""
    findings = [finding for entry in new for finding in rules.unfit(entry)]
    findings += rules.twice(new)
    years = list(Close.objects.values_list("year", flat=True))
    findings += [finding for entry in new for finding in rules.closed(entry, years)]
    findings += rules.corrections(new, _to_correct(new), years)
    if findings:
        raise Refused(findings)
    return sorted({name for entry in new for name in entry.evidence})


def found(names: Sequence[str], evidence: Path | Sequence[Path] | None) -> list[Path]:
    """Where the named files lie. Refused with every one that is neither there nor kept already."""
    if evidence is None or isinstance(evidence, Path):
        at = {name: evidence / name for name in names if evidence and (evidence / name).exists()}
    else:
        at = {path.name: path for path in evidence if path.name in names}
    kept = {name for piece in chunks(names) for name in names_kept(piece)}
    if missing := [name for name in names if name not in at and name not in kept]:
        raise Refused(_missing(name) for name in missing)
    return [at[name] for name in names if name in at]


def held(ids: Sequence[str]) -> dict[str, Recorded]:
    """What is recorded under the ids. Refused with every id that is not."""
    there: dict[str, Recorded] = {}
    approved = Exists(Approval.objects.filter(kind=KIND, subject=OuterRef("pk")))
    for piece in chunks(ids):
        rows = EntryRow.objects.filter(id__in=piece).annotate(approved=approved)
        for id, *rest, above in rows.values_list(
            "id", "hash", "recorded_by", "approved", "replaces_id", "replaces__replaces_id"
        ):
            hash, who, was, replaces = rest
            there[id] = Recorded(
                hash=hash, recorded_by=who, approved=was, replaces=replaces, corrects=above is not None
            )
    if missing := [id for id in ids if id not in there]:
        raise Refused(_not_recorded(id) for id in missing)
    return there


def approvable(
    new: Sequence[str], held: Mapping[str, Recorded], by: str, company: Company, seen: Mapping[str, str]
) -> None:
    """Refused where an entry is the approver's own, was seen otherwise, or corrects a correction that stays open."""
    findings: list[Finding] = []
    for id in new:
        if held[id].recorded_by == by and not may_approve_own(company):
            findings.append(_own(id, by))
        if seen.get(id, held[id].hash) != held[id].hash:
            findings.append(_seen_otherwise(id))
    findings += _over_open_corrections(new, held)
    if findings:
        raise Refused(findings)


def unmoved(entries: Iterable[Entry]) -> None:
    """Refused where the entries that stand are no longer those: what was computed from them may be out of date."""
    if dict(in_force().values_list("id", "hash")) != {entry.id: entry.hash for entry in entries}:
        template = "entries were approved while this was computed, so that it is out of date; do it again"
        raise Refused(Finding(rule="ledger.moved", template=template, place=Place(name="ledger")))


def closable(year: int, figures: FactSet) -> None:
    """Refused where the year is closed, has nothing to close, has entries that wait, or its figures are not of this ledger."""
    findings: list[Finding] = []
    if Close.objects.filter(year=year).exists():
        findings.append(
            _year(
                year,
                "{year} is closed already, and closed is closed; have the figure restated that was wrong",
                year=year,
            )
        )
    elif not figures:
        findings.append(
            _year(
                year,
                "no figures are given for {year}, so nothing would be closed; see that company.yaml lists the year",
                year=year,
            )
        )
    whole = Period.parse(f"{year:04d}")
    waiting = still_open().filter(first_day__lte=whole.end, last_day__gte=whole.start).order_by("id")
    findings += [_waits(id, year) for id in waiting.values_list("id", flat=True)]
    standing = set(in_force().values_list("id", flat=True))
    if stale := sorted({id for fact in figures.values() for id in fact.entries} - standing):
        template = "the figures rest on {id}, which does not stand (any more); compute them again"
        findings.append(_year(year, template, id=stale[0]))
    if findings:
        raise Refused(findings)


def _to_correct(new: Iterable[Entry]) -> dict[str, rules.Held]:
    targets = sorted({entry.replaces for entry in new if entry.replaces})
    found: dict[str, rules.Held] = {}
    for piece in chunks(targets):
        rows = EntryRow.objects.filter(id__in=piece).values_list(
            "id", "activity", "site", "labels", "first_day", "last_day", "replaced_by"
        )
        for id, activity, site, labels, first, last, by in rows:
            found[id] = rules.Held(series=(activity, site, labels), period=Period(first, last), replaced_by=by)
    return found


def _over_open_corrections(new: Sequence[str], held: Mapping[str, Recorded]) -> Iterator[Finding]:
    """Approving C, which replaces B, which replaces A: with B left open, A would count beside C."""
    below = {id: held[id].replaces or "" for id in new if held[id].corrects}
    others = sorted(set(below.values()) - set(new))
    approved = {
        id
        for piece in chunks(others)
        for id in Approval.objects.filter(kind=KIND, subject__in=piece).values_list("subject", flat=True)
    }
    for id, other in below.items():
        if other in others and other not in approved:
            template = "it corrects {other}, a correction that nobody approved; approve both at once, so that neither counts beside what it replaced"
            yield _finding("approve", id, template, other=other)


def _not_recorded(id: str) -> Finding:
    return _finding("unknown", id, "no entry of this id is recorded; `leaf approve` without ids lists those that wait")


def _missing(name: str) -> Finding:
    template = "an entry names this file as its evidence, and it is neither in evidence/ nor kept already; put it there, or mend the name"
    return Finding(rule="ledger.evidence", template=template, place=Place(name=f"evidence/{name}"))


def _own(id: str, by: str) -> Finding:
    template = "{by} recorded it, and nobody approves their own (law 7); ask somebody else, or state self_reviewed: true in company.yaml"
    return _finding("own", id, template, by=by)


def _seen_otherwise(id: str) -> Finding:
    return _finding(
        "seen", id, "what was seen is not what is recorded; look at the entry as it stands, then approve it"
    )


def _waits(id: str, year: int) -> Finding:
    template = (
        "it has days in {year} and waits for approval; approve it, or an adjustment of 0 that replaces (withdraws) it"
    )
    return _finding("open", id, template, year=year)


def _finding(rule: str, entry: str, template: str, /, **values: object) -> Finding:
    return Finding(rule=f"ledger.{rule}", template=template, values=values, place=Place(name=f"entry {entry[:60]}"))


def _year(closing: int, template: str, /, **values: object) -> Finding:
    return Finding(rule="ledger.close", template=template, values=values, place=Place(name=str(closing)))
