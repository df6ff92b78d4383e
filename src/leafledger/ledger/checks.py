"""What keeps a verb from acting, as the ledger stands. Each check reads the database and refuses with every reason at once."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.db.models import Exists, OuterRef

from leafledger.base.evidence import names_kept
from leafledger.base.models import Approval
from leafledger.base.permissions import may_approve_own
from leafledger.core.entry import Entry
from leafledger.core.fact import Fact, FactSet
from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.org import Company
from leafledger.core.period import Period
from leafledger.ledger import read, rules
from leafledger.ledger.models import Close, EntryRow
from leafledger.ledger.standing import KIND, chunks, days_of, in_force, still_open, touching

MANY = 5_000
"""As many ids as one query is asked for where there may be a million; SQLite takes some 32,000 at once, PostgreSQL 65,000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What matters of a recorded entry when it is to be approved. corrects: it replaces an entry that replaces another.

    periods: its own days, and those of the entry that it replaces.
    """

    hash: str
    recorded_by: str
    approved: bool
    replaces: str | None
    corrects: bool
    periods: tuple[Period, ...]


def not_recorded_yet(entries: Iterable[Entry], by: str) -> tuple[list[Entry], tuple[str, ...]]:
    """The entries that are new, with who records them, and the ids of those that are there and say the same."""
    new: list[Entry] = []
    known: list[str] = []
    findings: list[Finding] = []
    for piece in chunks(entries, MANY):
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


def recordable(new: Collection[Entry], company: Company) -> list[str]:
    """Refused where an entry does not fit; otherwise the names of the files that the entries rest on."""
    findings = [finding for entry in new for finding in rules.unfit(entry)]
    findings += rules.twice(new)
    findings += rules.corrections(new, _to_correct(new, _released(company)))
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
    below = ("replaces__replaces", "replaces__first_day", "replaces__last_day")
    wanted = ("id", "hash", "recorded_by", "approved", "replaces", "first_day", "last_day", *below)
    for piece in chunks(ids, MANY):
        rows = EntryRow.objects.filter(id__in=piece).annotate(approved=approved).values_list(*wanted)
        for id, hash, who, done, replaces, first, last, under, was_first, was_last in rows:
            days = (Period(first, last), *((Period(was_first, was_last),) if replaces else ()))
            there[id] = Recorded(
                hash=hash, recorded_by=who, approved=done, replaces=replaces, corrects=under is not None, periods=days
            )
    if missing := [id for id in ids if id not in there]:
        raise Refused(_not_recorded(id) for id in missing)
    return there


def approvable(
    new: Sequence[str],
    held: Mapping[str, Recorded],
    by: str,
    company: Company,
    seen: Mapping[str, str],
    restated: Collection[int] = (),
) -> None:
    """Refused where an entry is the approver's own, was seen otherwise, moves what is closed or released, or corrects an open correction.

    restated: closed years that may move, because new figures for them are written down in the same act.
    """
    findings: list[Finding] = []
    years = [year for year in Close.objects.order_by("year").values_list("year", flat=True) if year not in restated]
    released = _released(company)
    for id in new:
        if held[id].recorded_by == by and not may_approve_own(company):
            findings.append(_own(id, by))
        if seen.get(id, held[id].hash) != held[id].hash:
            findings.append(_seen_otherwise(id))
        findings += [
            _moves(id, year)
            for year in years
            if any(period.overlap(days_of(year, company)) for period in held[id].periods)
        ]
        if held[id].replaces in released:
            findings.append(_moves_released(id, released[held[id].replaces or ""]))
    findings += _over_open_corrections(new, held)
    if findings:
        raise Refused(findings)


def unmoved(entries: Iterable[Entry]) -> None:
    """Refused where the entries that stand are no longer those: what was computed from them may be out of date."""
    standing, computed = dict(in_force().values_list("id", "hash")), {entry.id: entry.hash for entry in entries}
    if standing != {id: hash for id, hash in computed.items() if id in standing} or _ever_recorded(
        set(computed) - set(standing)
    ):
        template = "entries were approved while this was computed, so that it is out of date; do it again"
        raise Refused(Finding(rule="ledger.moved", template=template, place=Place(name="ledger")))


def closable(year: int, figures: FactSet, company: Company) -> None:
    """Refused where the year is closed, has nothing to close, has entries that wait, or its figures are not of this ledger."""
    findings: list[Finding] = []
    if Close.objects.filter(year=year).exists():
        findings.append(
            _year(
                year,
                "{year} is closed already, and its figures stand; to set new ones beside them, say why: leaf restate {year} --reason …",
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
    waiting = still_open().filter(touching(days_of(year, company))).order_by("id")
    findings += [_waits(id, year) for id in waiting.values_list("id", flat=True)]
    standing = set(in_force().values_list("id", flat=True))
    if stale := sorted(_ever_recorded({id for fact in figures.values() for id in fact.entries} - standing)):
        template = "the figures rest on {id}, which does not stand (any more); compute them again"
        findings.append(_year(year, template, id=stale[0]))
    if findings:
        raise Refused(findings)


def restatable(year: int, was: str, figures: FactSet) -> None:
    """Refused where the year is open, has no figures, or those that stand (of the digest `was`) are not those that were compared with."""
    if not Close.objects.filter(year=year).exists():
        template = "{year} is open, so that there is nothing to restate: what is approved moves its figures until `leaf close {year}`"
        raise Refused(_restating(year, template))
    if not figures:
        raise Refused(
            _restating(
                year,
                "no figures are given for {year}, so that nothing would stand; see that company.yaml lists the year",
            )
        )
    if read.standing_digest(year) != was:
        raise Refused(
            _restating(year, "{year} was restated while this was computed; look at its new figures, then do it again")
        )


def settled(figures: Iterable[Fact]) -> None:
    """Refused where a correction of an entry that these figures rest on still waits: once they are released, it would come too late.

    Not so for figures of closed years: what waits for them waits for a restatement, which may come after the release as well.
    """
    closed = set(Close.objects.values_list("year", flat=True))
    ids = sorted({id for fact in figures if fact.period.end.year not in closed for id in fact.entries})
    waiting = sorted(
        id for piece in chunks(ids) for id in still_open().filter(replaces__in=piece).values_list("id", flat=True)
    )
    if waiting:
        template = "it corrects what a figure to be released rests on, and waits for approval; approve it, or an adjustment of 0 that withdraws it"
        raise Refused(_finding("open", id, template) for id in waiting)


def _ever_recorded(ids: Collection[str]) -> set[str]:
    """Those of the ids that the ledger has; the cells of a bulk source are entries that were never recorded here."""
    return {
        id for piece in chunks(sorted(ids)) for id in EntryRow.objects.filter(id__in=piece).values_list("id", flat=True)
    }


def _to_correct(new: Iterable[Entry], released: Collection[str]) -> dict[str, rules.Held]:
    targets = sorted({entry.replaces for entry in new if entry.replaces})
    found: dict[str, rules.Held] = {}
    for piece in chunks(targets):
        rows = EntryRow.objects.filter(id__in=piece).values_list(
            "id", "activity", "site", "labels", "first_day", "last_day", "replaced_by"
        )
        for id, activity, site, labels, first, last, by in rows:
            series, days = (activity, site, labels), Period(first, last)
            found[id] = rules.Held(series=series, period=days, replaced_by=by, released=id in released)
    return found


def _released(company: Company) -> dict[str, str]:
    """The entries that released figures rest on which no closed year keeps, each with one of these figures."""
    return {id: key for key, fact in read.standing_ahead(company).items() for id in fact.entries}


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


def _moves(id: str, year: int) -> Finding:
    template = (
        "it would move {year}, which is closed: only a restatement lets it count, which sets the new figures beside the old ones and says why "
        "(leaf restate {year} --reason …); to be rid of this one, leave it unapproved"
    )
    return _finding("closed", id, template, year=year)


def _moves_released(id: str, figure: str) -> Finding:
    template = "it would move {figure}, which is released. {stands}; to be rid of this one, leave it unapproved"
    return _finding("closed", id, template, figure=figure, stands=rules.AHEAD)


def _waits(id: str, year: int) -> Finding:
    template = "it, or what it replaces, has days in {year}, and it waits for approval; approve it, or an adjustment of 0 that withdraws it"
    return _finding("open", id, template, year=year)


def _finding(rule: str, entry: str, template: str, /, **values: object) -> Finding:
    return Finding(rule=f"ledger.{rule}", template=template, values=values, place=Place(name=f"entry {entry[:60]}"))


def _restating(year: int, template: str) -> Finding:
    return Finding(rule="ledger.restate", template=template, values={"year": year}, place=Place(name=str(year)))


def _year(closing: int, template: str, /, **values: object) -> Finding:
    return Finding(rule="ledger.close", template=template, values=values, place=Place(name=str(closing)))
