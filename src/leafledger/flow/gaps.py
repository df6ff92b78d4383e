"""What a year still lacks before it is closed or released for ever; what nobody has undertaken to collect is no gap."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from leafledger.core.fact import FactSet
from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.period import reporting_period
from leafledger.report import rules
from leafledger.report.outline import items
from leafledger.report.sources import Sources

UNDECLARED = (
    "series.none", "series.open", "series.outside", "recorded.none", "method.none", "sources.none", "screening.out",
    "screening.empty", "screening.missing",
)  # fmt: skip
"""Why a figure is a hole that nobody has promised to fill, or that the company has left out and says so."""
STALE, UNANSWERED = "text.stale", "disclosure.unanswered"
"""Warnings of a report that a release takes for gaps."""
FEW = 4


def check_ended(year: int, at: datetime, year_ends: str) -> None:
    """Refused for a year that still has days to come: what happens in them could not be recorded any more."""
    last = reporting_period(year, year_ends).end
    if at.astimezone(UTC).date() <= last:
        template = "{year} has not ended, and what is closed stands for ever; close or release it from {next} on"
        values = {"year": year, "next": last + timedelta(days=1)}
        raise Refused(Finding(rule="close.early", template=template, values=values, place=Place(name=str(year))))


def check_whole(findings: Iterable[Finding]) -> None:
    """Refused with every gap, and with what to say where it is meant."""
    if found := tuple(findings):
        template = "what is closed or released stands for ever; fill what is listed above, or, if it is to stay as it is, say --with-holes"
        raise Refused((*found, Finding(rule="close.gaps", template=template, severity="note")))


def gaps(facts: FactSet, years: Iterable[int]) -> Iterator[Finding]:
    """Why figures of these years are holes or incomplete though they are collected: each reason once, with the figures that it spoils."""
    spoiled: dict[tuple[str, str], tuple[Finding, list[str]]] = {}
    years = set(years)
    for key in sorted(facts):
        fact = facts[key]
        if fact.period.end.year in years and fact.status != "figure":
            for finding in fact.findings:
                if finding.severity == "error" and finding.rule not in UNDECLARED:
                    spoiled.setdefault((finding.rule, finding.message), (finding, []))[1].append(key)
    for finding, keys in spoiled.values():
        yield Finding(
            rule="close.gap",
            template="{why} (figures: {figures})",
            values={"why": finding.message, "figures": _few(keys)},
            place=finding.place or Place(name=str(finding.values.get("series", keys[0]))),
        )


def unready(sources: Sources) -> tuple[Finding, ...]:
    """What is wrong, not written, not translated or not answered in a report that is to be released."""
    found = rules.check(sources)
    wrong = [replace(one, severity="error") for one in found if one.severity == "error" or one.rule == STALE]
    owed = [one for one in found if one.rule == UNANSWERED]
    return (*wrong, *_unwritten(sources), *_unanswered(owed))


def _unwritten(sources: Sources) -> Iterator[Finding]:
    """Sections that are to have a text and have none in any language, by their chapters."""
    written = {id for texts in sources.narratives.values() for id, text in texts.items() if text.parts}
    empty: dict[str, list[str]] = defaultdict(list)
    for section, item in items(sources.outline):
        if item.text and section.id not in written:
            empty[section.id.partition(".")[0]].append(section.id)
    for chapter, sections in empty.items():
        template = "no text is written for {sections}; write narrative/LANGUAGE/SECTION.md, or make a report.yaml without the section"
        yield Finding(
            rule="text.unwritten",
            template=template,
            values={"sections": ", ".join(dict.fromkeys(sections))},
            place=Place(name=chapter),
        )


def _unanswered(owed: Iterable[Finding]) -> Iterator[Finding]:
    """What binds and is not answered, by its standard."""
    ids: dict[str, list[str]] = defaultdict(list)
    for one in owed:
        ids[str(one.values["standard"])].append(str(one.values["id"]))
    for standard, asked in ids.items():
        template = (
            "{standard} asks for {ids}, and nothing says where they are answered, or why they are omitted; "
            "`leaf gaps {standard}` has their titles"
        )
        yield Finding(
            rule=UNANSWERED,
            template=template,
            values={"standard": standard, "ids": ", ".join(asked)},
            place=Place(name="disclosures.yaml"),
        )


def _few(names: list[str]) -> str:
    return ", ".join(names[:FEW]) + (f" and {len(names) - FEW} more" if len(names) > FEW else "")
