"""Freezes what a release says before it has pages: everything that counts up to its year, its number, and the key that will sign it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from leafledger import __version__
from leafledger.base.permissions import need
from leafledger.core.fact import Fact
from leafledger.core.finding import Finding, Place, Refused
from leafledger.engine.bundle.content import Content, Kept, content_files
from leafledger.engine.bundle.manifest import Manifest, manifest_of
from leafledger.engine.bundle.recompute import differs
from leafledger.engine.bundle.restated import Proven
from leafledger.engine.bundle.scope import entries_until, facts_until
from leafledger.engine.bundle.seal import EVIDENCE_FILES, fingerprint_of, grouped
from leafledger.engine.compute import compute
from leafledger.engine.frozen import hash_of_fact
from leafledger.flow.calculate import Calculated, calculate, shown
from leafledger.flow.gaps import check_ended, check_whole, gaps, unready
from leafledger.flow.keep import acting
from leafledger.flow.keys import company_key
from leafledger.flow.places import reporting_year
from leafledger.flow.publish import sources
from leafledger.flow.settle import check_closable, last_release, released_before, to_close
from leafledger.flow.verify import verify
from leafledger.ledger import read
from leafledger.ledger.models import Release
from leafledger.library.load import LIBRARY

SOFTWARE = f"leafledger {__version__}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A release before it has a number. calculated: everything there is; shown: without what is of later years.

    made: the key is new, and not kept yet.
    """

    calculated: Calculated
    shown: Calculated
    content: Content
    year: int
    by: str
    at: datetime
    key: Ed25519PrivateKey
    made: bool

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.key.public_key())


def planned(folder: Path, year: int, by: str, at: datetime, new_key: bool, with_holes: bool) -> Plan:
    """What would be released. Refused where it cannot be, before any work is done for it, and before a key is made.

    with_holes: what is missing is to stay so.
    """
    calculated = calculate(folder)
    company = calculated.folder.company
    year, by = reporting_year(company, year), acting(company, "publisher", by)
    need(company, by, "publisher", "release a report")
    check_ended(year, at, company.year_ends)
    until = _until(calculated, year)
    check_closable(calculated, until.facts, year)
    years = {year, *to_close(calculated, year)}
    if not with_holes:
        check_whole((*gaps(calculated.facts, years), *unready(sources(until, year))))
    before = company_key(folder)
    key = before or Ed25519PrivateKey.generate()
    _check_key(fingerprint_of(key.public_key()), new_key, there=before is not None)
    content = _content(until, year)
    return Plan(
        calculated=calculated, shown=until, content=content, year=year, by=by, at=at, key=key, made=before is None
    )


def unchanged(plan: Plan, folder: Path, place: Path, with_evidence: bool) -> Manifest | None:
    """The last release of the year, where another one would say the same; None where there is none, or where it would not."""
    row = last_release(plan.year)
    if row is None or row.key != plan.fingerprint or not (place / row.file).is_file():
        return None
    found = verify(place / row.file, expect_digest=row.digest, expect_key=row.key)
    if found.manifest is None or found.manifest.software != SOFTWARE:
        return None
    had = any(name.startswith(EVIDENCE_FILES) for name in found.manifest.files)
    if had != (with_evidence and bool(plan.shown.evidence)):
        return None
    before = (one for one in read.releases() if one.id < row.id)
    restated = _proven(plan.shown, before)
    content = replace(plan.content, release=found.manifest.release, restated=restated)
    about, _ = _described(plan, content, folder)
    return found.manifest if about.digest == row.digest else None


def numbered(plan: Plan, folder: Path, place: Path) -> tuple[Manifest, dict[str, bytes]]:
    """The content with the first number that is free, or whose bundle a killed release left whole, with this very content."""
    content = plan.content
    while True:
        about, files = _described(plan, content, folder)
        path = place / about.name
        if not path.exists() or not verify(path, expect_digest=about.digest, expect_key=plan.fingerprint).findings:
            return about, files
        content = replace(content, release=content.release + 1)


def _described(plan: Plan, content: Content, folder: Path) -> tuple[Manifest, dict[str, bytes]]:
    files = content_files(content, LIBRARY, folder)
    said = {"company": content.company, "year": content.year, "release": content.release}
    return manifest_of(files, software=SOFTWARE, by=plan.by, at=_moment(plan.at), **said), files


def _until(calculated: Calculated, year: int) -> Calculated:
    """The same without what is only of later reporting years; what was released of them before, such as targets, stays."""
    company = calculated.folder.company
    ahead = {key: calculated.facts[key] for key in read.standing_ahead(company, year) if key in calculated.facts}
    below = {id for fact in ahead.values() for id in fact.entries}
    until = {*entries_until(calculated.entries, company, year), *below}
    entries = {id: entry for id, entry in calculated.entries.items() if id in until}
    attached = {id: names for id, names in calculated.attached.items() if id in entries}
    named = {name for entry in entries.values() for name in entry.evidence}.union(*attached.values())
    return replace(
        calculated,
        facts={**facts_until(calculated.facts, company, year), **ahead},
        entries=entries,
        approvals={id: approval for id, approval in calculated.approvals.items() if id in entries},
        attached=attached,
        evidence={name: sha256 for name, sha256 in calculated.evidence.items() if name in named},
        restated=tuple(one for one in calculated.restated if one.year <= year),
    )


def _content(calculated: Calculated, year: int) -> Content:
    """What is released: everything that counts, and the figures that it gives."""
    return Content(
        company=calculated.folder.company.id,
        year=year,
        release=released_before(year) + 1,
        entries=calculated.entries,
        approvals=calculated.approvals,
        facts=calculated.facts,
        evidence=calculated.evidence,
        attached=calculated.attached,
        kept=_kept(calculated, year),
        restated=_proven(calculated, read.releases()),
    )


def _proven(calculated: Calculated, releases: Iterable[Release]) -> tuple[Proven, ...]:
    """Each restatement with the release that proves it, which is the first one that has it."""
    held = [(row.digest, read.holds(row)) for row in releases]
    first = {
        one.name: next((digest for digest, holds in held if holds.get(one.name) == one.digest), "")
        for one in calculated.restated
    }
    return tuple(Proven(of=one, release=first[one.name]) for one in calculated.restated)


def _kept(calculated: Calculated, year: int) -> dict[str, Kept]:
    """What is not what the entries give now, because it was closed or released. Refused for a figure that no release has."""
    now = facts_until(compute(calculated.books), calculated.folder.company, year)
    before = calculated.facts
    released = [(row.digest, read.holds(row)) for row in read.releases()]
    kept: dict[str, Kept] = {}
    findings: list[Finding] = []
    for key in sorted({*now, *before}):
        there, then = now.get(key), before.get(key)
        if then is not None and not differs(then, there):
            continue
        digest = _first_with(then, released) if then else ""
        kept[key] = Kept(now=there.id if there else "", release=digest)
        if then and not digest:
            findings.append(_unproven(then, there))
    if findings:
        raise Refused(findings)
    return kept


def _first_with(fact: Fact, released: Iterable[tuple[str, Mapping[str, str]]]) -> str:
    """The digest of the first release that has exactly this fact; empty where none has."""
    hash = hash_of_fact(fact)
    return next((digest for digest, holds in released if holds.get(fact.key) == hash), "")


def _unproven(then: Fact, now: Fact | None) -> Finding:
    template = (
        "it was closed as {then} and would now be {now}, and no release has it as it was closed, so nothing could prove it; bring back the "
        "definition, factor or software it was closed with and release, then change them: what is released stands"
    )
    return Finding(
        rule="release.unproven",
        template=template,
        values={"then": shown(then), "now": shown(now)},
        place=Place(name=then.key),
    )


def _check_key(fingerprint: str, new_key: bool, *, there: bool) -> None:
    """Refused when the key is not the one of the release before, unless that is meant: readers compare fingerprints."""
    before = [row.key for row in read.releases()][-1:]
    if before and before != [fingerprint] and not new_key:
        template = (
            "the release before was signed with the key {before}, and {now}; bring back your copy of that key to .leaf/keys/release.pem, "
            "or, if it is lost, release with --new-key and tell your readers its fingerprint"
        )
        values = {
            "before": grouped(before[0]),
            "now": f"the key in .leaf/keys is {grouped(fingerprint)}" if there else "there is no key",
        }
        raise Refused(Finding(rule="release.key", template=template, values=values, place=Place(name=".leaf/keys")))


def _moment(at: datetime) -> str:
    """A time as the manifest says it: in UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds")
