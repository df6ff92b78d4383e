"""Releases a year: its figures, all they stand on and the pages that print them become one signed file, whole or not at all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from leafledger import __version__
from leafledger.base.permissions import need
from leafledger.core.finding import Finding, Place, Refused
from leafledger.engine.bundle.content import Content, content_files
from leafledger.engine.bundle.manifest import Manifest, manifest_of, sealed
from leafledger.engine.bundle.recompute import differs
from leafledger.engine.bundle.seal import REPORT, fingerprint_of, grouped
from leafledger.engine.compute import compute
from leafledger.flow.calculate import Calculated, calculate
from leafledger.flow.keep import acting
from leafledger.flow.keys import company_key
from leafledger.flow.places import release_place, reporting_year
from leafledger.flow.publish import evidence_files, render, sources
from leafledger.flow.settle import alone, check_closable, released_before, settle, written
from leafledger.flow.verify import verify
from leafledger.ledger import read
from leafledger.library.load import LIBRARY

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A release that stands in the ledger. digest, key_fingerprint: as they are printed in its report."""

    path: Path
    digest: str
    key_fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seals:
    """What a report that is released prints of itself: `at`, digest and fingerprint."""

    at: datetime
    digest: str
    key_fingerprint: str


Pages = Callable[[Calculated, int, Seals, Told], Mapping[str, bytes]]


def pages_of(calculated: Calculated, year: int, seals: Seals, told: Told) -> Mapping[str, bytes]:
    """The report as it is released, in every language of the company."""
    of = sources(calculated, year)
    made = render(of, at=seals.at, digest=seals.digest, key_fingerprint=seals.key_fingerprint, draft=False, told=told)
    return made.files


def release(
    company_folder: Path,
    year: int,
    *,
    by: str,
    at: datetime,
    with_evidence: bool = False,
    new_key: bool = False,
    told: Told = lambda what: None,
    pages: Pages = pages_of,
) -> Released:
    """Make a bundle of the year, close the year and each reporting year before it, and write the release down.

    Refused, with nothing released, while records of those years wait for approval, where a page would say what is not so, and
    where the bundle does not verify. Who is killed in it leaves a release or none; called again, it finishes what was begun.
    new_key: earlier releases were signed with another key, and that is meant.
    """
    folder = company_folder.resolve()
    with alone(release_place(folder)) as place:
        told("Computing")
        plan = _planned(folder, year, by, at, new_key)
        told("Freezing")
        about, files = _numbered(plan, folder, place)
        done = Released(
            path=place / about.name, digest=grouped(about.digest), key_fingerprint=grouped(plan.fingerprint)
        )
        if done.path.exists():
            _settle(plan, about, done.path, done.path)
            return done
        told("Composing")
        seals = Seals(at=at, digest=done.digest, key_fingerprint=done.key_fingerprint)
        rendered = pages(plan.calculated, plan.year, seals, told)
        files |= {REPORT + name: page for name, page in rendered.items()}
        if with_evidence:
            files |= {REPORT + name: file for name, file in evidence_files(plan.content.evidence).items()}
        told("Signing")
        with written(place, sealed(files, plan.key, **about.said)) as part:
            told("Verifying")
            check_holds(part, about.digest, plan.fingerprint)
            told("Closing")
            _settle(plan, about, part, done.path)
    return done


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A release before it has a number."""

    calculated: Calculated
    content: Content
    year: int
    by: str
    at: datetime
    key: Ed25519PrivateKey

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.key.public_key())


def _planned(folder: Path, year: int, by: str, at: datetime, new_key: bool) -> Plan:
    """What would be released. Refused where it cannot be, before any work is done for it."""
    calculated = calculate(folder)
    company = calculated.folder.company
    year, by = reporting_year(company, year), acting(company, "publisher", by)
    need(company, by, "publisher", "release a report")
    check_closable(calculated, year)
    plan = Plan(
        calculated=calculated, content=content_of(calculated, year), year=year, by=by, at=at, key=company_key(folder)
    )
    check_key(plan.fingerprint, new_key)
    return plan


def _numbered(plan: Plan, folder: Path, place: Path) -> tuple[Manifest, dict[str, bytes]]:
    """The content with the first number that is free, or whose bundle a killed release left whole, with this very content."""
    content = plan.content
    while True:
        files = content_files(content, LIBRARY, folder)
        said = {
            "company": content.company,
            "year": content.year,
            "release": content.release,
            "by": plan.by,
            "at": moment(plan.at),
        }
        about = manifest_of(files, software=f"leafledger {__version__}", **said)
        path = place / about.name
        if not path.exists() or not verify(path, expect_digest=about.digest, expect_key=plan.fingerprint).findings:
            return about, files
        content = replace(content, release=content.release + 1)


def _settle(plan: Plan, about: Manifest, part: Path, path: Path) -> None:
    settle(plan.calculated, plan.year, part, path, digest=about.digest, key=plan.fingerprint, by=plan.by, at=plan.at)


def content_of(calculated: Calculated, year: int) -> Content:
    """What is released: everything that counts, and which figures of closed years do not follow from it any more."""
    now = compute(calculated.books)
    closed = set(read.closed_years())
    kept = {
        key: now[key].id if key in now else ""
        for key, fact in calculated.facts.items()
        if fact.period.end.year in closed and differs(fact, now.get(key))
    }
    return Content(
        company=calculated.folder.company.id,
        year=year,
        release=released_before(year) + 1,
        entries=calculated.entries,
        approvals=calculated.approvals,
        facts=calculated.facts,
        evidence=calculated.evidence,
        attached=calculated.attached,
        kept=kept,
    )


def check_key(fingerprint: str, new_key: bool) -> None:
    """Refused when the key is not the one of the release before, unless that is meant: readers compare fingerprints."""
    before = [row.key for row in read.releases()][-1:]
    if before and before != [fingerprint] and not new_key:
        template = (
            "the release before was signed with the key {before}, and the key in .leaf/keys is {now}; bring back your copy of that key, "
            "or, if it is lost, release with a new key and tell your readers its fingerprint"
        )
        values = {"before": grouped(before[0]), "now": grouped(fingerprint)}
        raise Refused(Finding(rule="release.key", template=template, values=values, place=Place(name=".leaf/keys")))


def check_holds(bundle: Path, digest: str, fingerprint: str) -> None:
    """Refused unless the bundle proves itself: what does not verify is not released."""
    findings = verify(bundle, expect_digest=digest, expect_key=fingerprint).findings
    if findings:
        template = "the bundle that was made does not hold, so nothing is released; if a definition was edited meanwhile, release again"
        raise Refused((Finding(rule="release.proof", template=template), *findings))


def moment(at: datetime) -> str:
    """A time as the manifest says it: in UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds")
