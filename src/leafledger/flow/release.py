"""Releases a year: its figures, all they stand on and the pages that print them become one signed file, whole or not at all."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from leafledger.core.fact import Counts, counts
from leafledger.core.finding import Finding, Refused
from leafledger.engine.bundle.manifest import Manifest, sealed
from leafledger.engine.bundle.seal import REPORT, grouped
from leafledger.engine.bundle.unpack import unpacked
from leafledger.flow.calculate import Calculated
from leafledger.flow.freeze import Plan, numbered, planned, unchanged
from leafledger.flow.interrupts import unbroken
from leafledger.flow.keys import keep_key, key_file
from leafledger.flow.places import release_place, site_place
from leafledger.flow.publish import evidence_files, render, sources
from leafledger.flow.settle import alone, settle, written
from leafledger.flow.site import write
from leafledger.flow.verify import verify
from leafledger.flow.warned import warned

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """A release that stands in the ledger. digest, key_fingerprint: as they are printed in its report; site: its pages, to be read.

    again: it stood there before, and nothing has changed since. new_key: where the key lies that was made for it, if one was.
    """

    path: Path
    site: Path
    digest: str
    key_fingerprint: str
    counts: Counts
    warnings: int
    again: bool = False
    new_key: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seals:
    """What a report that is released prints of itself: `at`, digest and fingerprint; and whether files of evidence come with it."""

    at: datetime
    digest: str
    key_fingerprint: str
    evidence: bool = False


Pages = Callable[[Calculated, int, Seals, Told], Mapping[str, bytes]]


def pages_of(calculated: Calculated, year: int, seals: Seals, told: Told) -> Mapping[str, bytes]:
    """The report as it is released, in every language of the company."""
    of = sources(calculated, year)
    made = render(
        of,
        at=seals.at,
        digest=seals.digest,
        key_fingerprint=seals.key_fingerprint,
        draft=False,
        evidence=seals.evidence,
        told=told,
    )
    return made.files


def release(
    company_folder: Path,
    year: int,
    *,
    by: str,
    at: datetime,
    with_evidence: bool = False,
    new_key: bool = False,
    with_holes: bool = False,
    told: Told = lambda what: None,
    pages: Pages = pages_of,
) -> Released:
    """Make a bundle of the year, close the year and each reporting year before it, and write the release down.

    Refused, with nothing released, while records of those years wait for approval, where the year has not ended or something is
    missing (unless with_holes), where a page would say what is not so, and where the bundle does not verify. Who is killed in it
    leaves a release or none; called again, it finishes what was begun.
    Where nothing has changed since the last release of the year, that one stands, and no other is made.
    new_key: earlier releases were signed with another key, and that is meant.
    """
    folder = company_folder.resolve()
    with alone(release_place(folder)) as place:
        told("Computing")
        plan = planned(folder, year, by, at, new_key, with_holes)
        told("Freezing")
        if same := unchanged(plan, folder, place, with_evidence):
            return _released(plan, same, folder, place, again=True)
        about, files = numbered(plan, folder, place)
        path = place / about.name
        if path.exists():
            with unbroken():
                _settle(plan, about, path, path)
                return _released(plan, about, folder, place)
        told("Composing")
        files |= _report(plan, about, with_evidence, told, pages)
        told("Signing")
        with ExitStack() as last:
            with written(place, sealed(files, plan.key, **about.said)) as part:
                told("Verifying")
                check_holds(part, about.digest, plan.fingerprint)
                told("Closing")
                last.enter_context(unbroken())
                keep_key(folder, plan.key)
                _settle(plan, about, part, path)
            return _released(plan, about, folder, place)


def _released(plan: Plan, about: Manifest, folder: Path, place: Path, *, again: bool = False) -> Released:
    """What was released, with its pages put where they are read. They are those of the bundle, and so is the evidence."""
    path = place / about.name
    return Released(
        path=path,
        site=write(pages_in(path), site_place(folder, plan.year)),
        digest=grouped(about.digest),
        key_fingerprint=grouped(plan.fingerprint),
        counts=counts(plan.shown.facts.values()),
        warnings=len(warned(plan.shown.facts)),
        again=again,
        new_key=key_file(folder) if plan.made and not again else None,
    )


def pages_in(bundle: Path) -> dict[str, bytes]:
    """The report of a bundle, by paths from its own root."""
    return {
        name.removeprefix(REPORT): page
        for name, page in unpacked(bundle.read_bytes()).items()
        if name.startswith(REPORT)
    }


def _report(plan: Plan, about: Manifest, with_evidence: bool, told: Told, pages: Pages) -> dict[str, bytes]:
    seals = Seals(
        at=plan.at,
        digest=grouped(about.digest),
        key_fingerprint=grouped(plan.fingerprint),
        evidence=with_evidence,
    )
    rendered = dict(pages(plan.shown, plan.year, seals, told))
    rendered |= evidence_files(plan.shown.evidence) if with_evidence else {}
    return {REPORT + name: page for name, page in rendered.items()}


def _settle(plan: Plan, about: Manifest, part: Path, path: Path) -> None:
    settle(
        plan.calculated,
        plan.shown.facts,
        plan.year,
        part,
        path,
        digest=about.digest,
        key=plan.fingerprint,
        by=plan.by,
        at=plan.at,
        restated=[one.of for one in plan.content.restated if not one.release],
    )


def check_holds(bundle: Path, digest: str, fingerprint: str) -> None:
    """Refused unless the bundle proves itself: what does not verify is not released."""
    findings = verify(bundle, expect_digest=digest, expect_key=fingerprint).findings
    if findings:
        template = "the bundle that was made does not hold, so nothing is released; if a definition was edited meanwhile, release again"
        raise Refused((Finding(rule="release.proof", template=template), *findings))
