"""What would make a site lead nowhere or stand for two things, found before anything is written."""

import re
from collections.abc import Iterator, Mapping

from leafledger.core.finding import Finding, Place
from leafledger.report.blocks import Missing, Number, Report
from leafledger.report.receipt import Receipt
from leafledger.report.render.whole import not_whole
from leafledger.report.walk import inlines_of

_FACT = re.compile(r"[A-Za-z0-9_-]{1,64}")
_HASH = re.compile(r"[0-9a-f]{64}")
_UP = frozenset({"", ".", ".."})


def check_site(
    reports: Mapping[str, Report],
    receipts: Mapping[str, Mapping[str, Receipt]],
    charts: Mapping[str, Mapping[str, bytes]],
) -> Iterator[Finding]:
    for language, report in reports.items():
        yield from _dead_ends(report, receipts[language])
        yield from not_whole(report, charts[language])
        yield from _unsafe(language, receipts[language])


def _dead_ends(report: Report, receipts: Mapping[str, Receipt]) -> Iterator[Finding]:
    for chapter in report.chapters:
        for it in (one for block in chapter.blocks for one in inlines_of(block)):
            if isinstance(it, Number | Missing) and it.fact_id and it.fact_id not in receipts:
                yield Finding(
                    rule="html.no_receipt",
                    template="{key} is printed but has no receipt, so its link would lead nowhere: make a receipt for every figure",
                    values={"key": it.key},
                    place=Place(name=f"{report.language}/{chapter.id}"),
                )
            elif isinstance(it, Number) and not it.fact_id:
                yield Finding(
                    rule="html.no_fact",
                    template="the number {text} has no fact behind it, so no one could check it: print a reference to a figure",
                    values={"text": it.text},
                    place=Place(name=f"{report.language}/{chapter.id}"),
                )


def _unsafe(language: str, receipts: Mapping[str, Receipt]) -> Iterator[Finding]:
    """Fact ids and hashes become names of files, so they may hold nothing that a path would understand."""
    for fact_id, receipt in receipts.items():
        files = [file for entry in receipt.entries for file in entry.evidence]
        bad = [] if _FACT.fullmatch(fact_id) else [fact_id]
        bad += [f"{file.sha256}/{file.name}" for file in files if not _HASH.fullmatch(file.sha256) or file.name in _UP]
        for name in bad:
            yield Finding(
                rule="html.unsafe_name",
                template="{name} cannot be the name of a file of the site; fact ids are letters and digits, evidence is named by its SHA-256",
                values={"name": name},
                place=Place(name=f"{language}/{receipt.key}"),
            )
