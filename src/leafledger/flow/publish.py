"""From figures and texts to the published pages: composed, checked, rendered in each language, and written as one."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from leafledger.base.evidence import read_kept
from leafledger.core.fact import Counts, counts
from leafledger.core.finding import Finding, Refused
from leafledger.flow.calculate import Calculated, calculate
from leafledger.flow.interrupts import unbroken, workers
from leafledger.flow.places import draft_place, reporting_year, site_place
from leafledger.flow.site import write
from leafledger.flow.tie_out import reasons
from leafledger.flow.warned import warned
from leafledger.ledger import read
from leafledger.library.company import read_company
from leafledger.report.answers import read_answers
from leafledger.report.blocks import Report
from leafledger.report.compose import compose
from leafledger.report.gathered import gathered
from leafledger.report.narrative import read_narratives
from leafledger.report.outline import read_outline
from leafledger.report.receipt import Receipt
from leafledger.report.receipts import receipts
from leafledger.report.render.charts import charts_of
from leafledger.report.render.html import render_html
from leafledger.report.render.pdf import render_pdf
from leafledger.report.render.pdf_conformance import conformance
from leafledger.report.render.pdf_pages import verify_page_refs
from leafledger.report.rules import check, parity
from leafledger.report.sources import Sources

Told = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The report in one language: composed, its receipts, its drawings and its pages."""

    report: Report
    receipts: Mapping[str, Receipt]
    charts: Mapping[str, bytes]
    pdf: bytes
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The files of the site by path, and everything that was found on the way; no finding is an error."""

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What `publish` wrote and where, and how many facts of each status there are. released: the file whose pages were left alone."""

    site: Path
    released: str
    pdfs: tuple[Path, ...]
    counts: Counts
    open: int
    findings: tuple[Finding, ...]


def publish(path: Path, year: int = 0, *, at: datetime, told: Told = lambda what: None) -> Written:
    """Compute, compose, render and write a year's report as a draft. Refused when a page would say what is not so.

    Pages that were released stay where they are: the draft goes beside them.
    """
    year = reporting_year(read_company(path), year)
    calculated = calculate(path)
    made = render(sources(calculated, year), at=at, told=told)
    files = {**made.files, **evidence_files(calculated.evidence)}
    released = next((row.file for row in reversed(read.releases()) if row.year == year), "")
    with unbroken():
        site = write(files, draft_place(path, year) if released else site_place(path, year))
    return Written(
        site=site,
        released=released,
        pdfs=tuple(site / name for name in sorted(made.files) if name.endswith(".pdf")),
        counts=counts(calculated.facts.values()),
        open=len(calculated.open),
        findings=(*calculated.findings, *warned(calculated.facts), *gathered(made.findings)),
    )


def evidence_files(of: Mapping[str, str]) -> dict[str, bytes]:
    """The files of evidence, by names and hashes, at the paths that receipts link to. Refused with each that is not what was given."""
    return {f"evidence/{of[name]}/{name}": content for name, content in read_kept(of).items()}


def sources(calculated: Calculated, year: int) -> Sources:
    """What a year's report is composed from. Refused when outline, narrative or disclosures cannot be read."""
    folder = calculated.folder
    return Sources(
        company=folder.company,
        library=folder.library,
        outline=read_outline(folder.path, folder.company.standards),
        answers=read_answers(folder.path),
        narratives=read_narratives(folder.path, folder.company.languages),
        facts=calculated.facts,
        year=year,
        entries=calculated.entries,
        approvals=calculated.approvals,
        evidence=calculated.evidence,
        attached=calculated.attached,
        differences=reasons(calculated),
        restated=calculated.restated,
    )


def render(
    of: Sources,
    *,
    at: datetime,
    digest: str = "",
    key_fingerprint: str = "",
    draft: bool = True,
    evidence: bool = True,
    told: Told = lambda done: None,
) -> Published:
    """Every file of the site. Refused with each thing that would make a page say what is not so.

    evidence: the files of evidence will lie beside the pages, so that receipts may link to them.
    """
    found = check(of)
    _refuse_errors(found)
    languages = of.company.languages
    # One process an edition, as many at a time as there are cores: typesetting is most of the time.
    with workers(min(len(languages), os.cpu_count() or 1)) as pool:
        work = {one: pool.submit(_edition, of, one, at, digest, key_fingerprint, draft) for one in languages}
        editions: dict[str, Edition] = {}
        for language, future in work.items():
            editions[language] = future.result()
            told(language)
    reports = {language: edition.report for language, edition in editions.items()}
    found += parity(reports) + tuple(f for edition in editions.values() for f in edition.findings)
    _refuse_errors(found)
    names: dict[str, str] = {language: f"{of.company.id}-{of.year}-{language}.pdf" for language in languages}
    site = render_html(
        reports,
        {language: edition.receipts for language, edition in editions.items()},
        {language: edition.charts for language, edition in editions.items()},
        names,
        evidence=evidence,
    )
    pages = {f"{language}/{names[language]}": edition.pdf for language, edition in editions.items()}
    return Published(files={**site, **pages}, findings=found)


def _edition(of: Sources, language: str, at: datetime, digest: str, key_fingerprint: str, draft: bool) -> Edition:
    report = compose(of, language, digest=digest, key_fingerprint=key_fingerprint, draft=draft)
    charts = charts_of(report)
    pdf = render_pdf(report, charts=charts, at=at.replace(microsecond=0))
    return Edition(
        report=report,
        receipts=receipts(of, language),
        charts=charts,
        pdf=pdf,
        findings=(*verify_page_refs(pdf, report), *conformance(pdf)),
    )


def _refuse_errors(found: tuple[Finding, ...]) -> None:
    if errors := [finding for finding in found if finding.severity == "error"]:
        raise Refused(errors)
