"""The work queue: everything that keeps a figure from being whole, each once, with the figures it spoils and one step out of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from leafledger.core.definition import Factor
from leafledger.core.fact import FactSet
from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.period import Period, reporting_period, reporting_year
from leafledger.engine.choose import MISSING
from leafledger.engine.propose import Lacking, Nearest, lacking, nearest, proposed
from leafledger.flow.calculate import Calculated, calculate
from leafledger.flow.factor_file import appended
from leafledger.flow.gaps import UNDECLARED
from leafledger.flow.keep import acting
from leafledger.flow.places import reporting_years
from leafledger.ledger import read
from leafledger.library.factors import LICENSED

PROPOSED = "factors/proposed.csv"
UNSCREENED = "screening.missing"
PROMISED_BY_NOBODY = frozenset(UNDECLARED) - {UNSCREENED}
"""What is not told here. A source that waits for a word keeps no year open, and the total lacks it all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """One thing that is open. figures: the keys of those it spoils; step: a command or an act that closes it.

    lacking, near: of a missing factor, what is asked for and what could stand in, nearest first.
    """

    finding: Finding
    figures: tuple[str, ...]
    step: str
    lacking: Lacking | None = None
    near: tuple[Nearest, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A proposal that was taken: the row that was written, where, and how many of the figures that it was for are whole now."""

    factor: Factor
    path: Path
    figures: int
    whole: int


def holes(path: Path, years: Iterable[int] | None = None) -> tuple[Open, ...]:
    """What is open in years that are not closed, those first that spoil the most, sources that wait for a word in screening.yaml last.

    What nobody has undertaken to collect is not open.
    """
    return _open(calculate(path, reporting_years(path, years)))


def take(path: Path, which: str, *, by: str, at: datetime, years: Iterable[int] | None = None) -> Taken:
    """Write a proposed factor (`3`, or `3b` for the second one) as the company's assumption. Refused where there is no such proposal."""
    calculated = calculate(path, reporting_years(path, years))
    folder = calculated.folder
    hole, near = _chosen(_open(calculated), which)
    assert hole.lacking is not None
    by = acting(folder.company, "recorder", by)
    says = f"Taken by {by} on {at.date()}."
    days = _whole_years(hole.lacking.period, folder.company.year_ends)
    row = proposed(hole.lacking, near, folder.library, days, says)
    licensed = near.factor.place.name.startswith(LICENSED)
    file = path / (f"{LICENSED}/proposed.csv" if licensed else PROPOSED)
    appended(file, [row])
    now = calculate(path, reporting_years(path, years)).facts
    whole = sum(key in now and now[key].status == "figure" for key in hole.figures)
    return Taken(factor=row, path=file, figures=len(hole.figures), whole=whole)


def _open(calculated: Calculated) -> tuple[Open, ...]:
    ends = calculated.folder.company.year_ends
    reasons = _reasons(calculated.facts, set(read.closed_years()), ends)
    found = [_made(findings, keys, calculated) for findings, keys in reasons]
    return tuple(
        sorted(found, key=lambda one: (one.finding.rule == UNSCREENED, -len(one.figures), one.finding.message))
    )


def _reasons(facts: FactSet, closed: set[int], ends: str) -> list[tuple[list[Finding], list[str]]]:
    """Each reason once: a factor that is missing on several stretches of a year is one."""
    spoiled: dict[tuple[object, ...], tuple[list[Finding], list[str]]] = {}
    for key in sorted(facts):
        fact = facts[key]
        if fact.status == "figure" or fact.period.end.year in closed:
            continue
        for finding in fact.findings:
            if finding.severity == "error" and finding.rule not in PROMISED_BY_NOBODY:
                findings, keys = spoiled.setdefault(_same(finding, ends), ([], []))
                if finding not in findings:
                    findings.append(finding)
                if key not in keys:
                    keys.append(key)
    return list(spoiled.values())


def _same(finding: Finding, ends: str) -> tuple[object, ...]:
    if finding.rule == MISSING:
        of = lacking(finding)
        return (finding.rule, of.name, of.labels, of.region, of.gwp, reporting_year(of.period.end, ends))
    if finding.rule == UNSCREENED:
        return (finding.rule, str(finding.values["source"]), str(finding.values["period"]))
    return (finding.rule, finding.message)


def _made(findings: list[Finding], keys: list[str], calculated: Calculated) -> Open:
    first = findings[0]
    if first.rule != MISSING:
        return Open(finding=first, figures=tuple(keys), step=_step(first, calculated))
    asked = [lacking(finding) for finding in findings]
    days = Period(min(one.period.start for one in asked), max(one.period.end for one in asked))
    of = Lacking(
        name=asked[0].name,
        labels=asked[0].labels,
        region=asked[0].region,
        period=days,
        as_of=asked[0].as_of,
        gwp=asked[0].gwp,
    )
    return Open(finding=first, figures=tuple(keys), step="", lacking=of, near=nearest(of, calculated.folder.library))


def _step(finding: Finding, calculated: Calculated) -> str:
    """The command that would fill it, where a record is missing; what else to do, the finding says."""
    activity, site, labels = (*str(finding.values.get("series", "")).split(), "", "", "")[:3]
    known = calculated.folder.library.activities.get(activity)
    if known is None or finding.rule not in ("entry.missing", "entry.coverage"):
        return (
            ""
            if finding.rule != UNSCREENED
            else f"- {{source: {finding.values['source']}, standing: not_relevant, reason: …}}"
        )
    days = str(finding.values.get("missing") or finding.values["period"]).split(",")[0]
    labelled = f" --labels '{labels}'" if labels else ""
    return f"leaf record {activity} VALUE {known.unit} --site {site}{labelled} --period {days}"


def _chosen(open_: tuple[Open, ...], which: str) -> tuple[Open, Nearest]:
    number, letter = which.rstrip("abcdefghijkl"), which[len(which.rstrip("abcdefghijkl")) :] or "a"
    at = ord(letter) - ord("a") if len(letter) == 1 else 99
    if not number.isascii() or not number.isdigit() or not 1 <= int(number) <= len(open_):
        template = "there is no number {which} among the {count} that are open; `leaf holes` lists them"
        raise Refused(_finding(template, which=which[:20], count=len(open_)))
    hole = open_[int(number) - 1]
    if at >= len(hole.near):
        template = "nothing can be taken for number {number}: {why}"
        raise Refused(_finding(template, number=number, why=hole.finding.message))
    return hole, hole.near[at]


def _whole_years(period: Period, year_ends: str) -> Period:
    """The reporting years in which the days lie."""
    first, last = (reporting_year(day, year_ends) for day in (period.start, period.end))
    return Period(reporting_period(first, year_ends).start, reporting_period(last, year_ends).end)


def _finding(template: str, **values: object) -> Finding:
    return Finding(rule="holes", template=template, values=values, place=Place(name="leaf holes"))
