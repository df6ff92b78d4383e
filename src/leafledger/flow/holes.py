"""The work queue: everything that keeps a figure from being whole, each once, with the figures it spoils and one step out of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
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
SHORTEST, LONGEST = 4, 20
"""Digits of a number."""
PROMISED_BY_NOBODY = frozenset(UNDECLARED) - {UNSCREENED}
"""What is not told here. A source that waits for a word keeps no year open, and the total lacks it all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """One thing that is open. figures: the keys of those it spoils; step: a command or an act that closes it.

    number: from what it is, so it stays the same while other things are closed. lacking, near, sites: of a missing factor, what is
    asked for in each region, what could stand in, nearest first, and where it is wanted.
    """

    finding: Finding
    figures: tuple[str, ...]
    step: str
    number: str
    lacking: tuple[Lacking, ...] = ()
    near: tuple[Nearest, ...] = ()
    sites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A proposal that was taken: the rows that were written, where, and how many of the figures that it was for are whole now."""

    factors: tuple[Factor, ...]
    path: Path
    figures: int
    whole: int


def holes(path: Path, years: Iterable[int] | None = None) -> tuple[Open, ...]:
    """What is open in years that are not closed, those first that spoil the most, sources that wait for a word in screening.yaml last.

    What nobody has undertaken to collect is not open.
    """
    return _open(calculate(path, reporting_years(path, years)))


def take(
    path: Path, which: Sequence[str], *, by: str, at: datetime, years: Iterable[int] | None = None
) -> tuple[Taken, ...]:
    """Write proposed factors (`4821`, or `4821b` for the second one) as the company's assumptions, for each region that asks for one.

    Refused, all of them, where one is no such proposal or one thing is named twice.
    """
    years = tuple(years) if years is not None else None
    calculated = calculate(path, reporting_years(path, years))
    folder = calculated.folder
    open_ = _open(calculated)
    chosen = [_chosen(open_, one) for one in which]
    twice = [number for number, times in Counter(hole.number for hole, _ in chosen).items() if times > 1]
    if twice:
        raise Refused(_finding("number {number} is named twice; one proposal is taken for it", number=twice[0]))
    by = acting(folder.company, "recorder", by)
    says = f"Taken by {by} on {at.date()}."
    written: list[tuple[Open, tuple[Factor, ...], Path]] = []
    library = folder.library
    for hole, near in chosen:
        rows: list[Factor] = []
        for of in hole.lacking:
            rows.append(proposed(of, near, library, _whole_years(of.period, folder.company.year_ends), says))
            library = replace(library, factors={**library.factors, rows[-1].id: rows[-1]})
        licensed = near.factor.place.name.startswith(LICENSED)
        file = path / (f"{LICENSED}/proposed.csv" if licensed else PROPOSED)
        written.append((hole, tuple(rows), file))
    for file in dict.fromkeys(file for _, _, file in written):
        appended(file, [row for _, rows, at_ in written if at_ == file for row in rows])
    now = calculate(path, reporting_years(path, years)).facts
    return tuple(
        Taken(
            factors=rows,
            path=file,
            figures=len(hole.figures),
            whole=sum(key in now and now[key].status == "figure" for key in hole.figures),
        )
        for hole, rows, file in written
    )


def _open(calculated: Calculated) -> tuple[Open, ...]:
    ends = calculated.folder.company.year_ends
    reasons = _reasons(calculated.facts, set(read.closed_years()), ends)
    found = [_made(findings, keys, calculated) for findings, keys in reasons]
    there = _together(found, ends)
    return tuple(
        sorted(
            _numbered(there), key=lambda one: (one.finding.rule == UNSCREENED, -len(one.figures), one.finding.message)
        )
    )


def _together(found: Iterable[Open], ends: str) -> list[Open]:
    """One factor that several regions lack, and for which the same could stand in, is one thing."""
    by_what: dict[object, list[Open]] = {}
    for one in found:
        of = one.lacking[0] if one.lacking else None
        year = reporting_year(of.period.end, ends) if of else 0
        what = (of.name, of.labels, of.gwp, year, tuple(near.factor.id for near in one.near)) if of else id(one)
        by_what.setdefault(what, []).append(one)
    return [
        replace(
            some[0],
            figures=tuple(dict.fromkeys(key for one in some for key in one.figures)),
            lacking=tuple(of for one in some for of in one.lacking),
            sites=tuple(dict.fromkeys(site for one in some for site in one.sites)),
        )
        for some in by_what.values()
    ]


def _numbered(found: Sequence[Open]) -> list[Open]:
    """The first four digits of its hash, and of two that share them as many more as tell them apart."""
    shared = {length: Counter(one.number[:length] for one in found) for length in range(SHORTEST, LONGEST)}
    return [
        replace(
            one,
            number=next(
                (one.number[:length] for length in shared if shared[length][one.number[:length]] == 1), one.number
            ),
        )
        for one in found
    ]


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
    company = calculated.folder.company
    number = str(int(sha256(repr(_same(first, company.year_ends)).encode()).hexdigest(), 16))
    if first.rule != MISSING:
        return Open(finding=first, figures=tuple(keys), step=_step(first, calculated), number=number)
    asked = [lacking(finding) for finding in findings]
    days = Period(min(one.period.start for one in asked), max(one.period.end for one in asked))
    of = replace(asked[0], period=days)
    return Open(
        finding=first,
        figures=tuple(keys),
        step="",
        number=number,
        lacking=(of,),
        near=nearest(of, calculated.folder.library),
        sites=tuple(site.id for site in company.sites if site.region == of.region),
    )


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


def _chosen(open_: Sequence[Open], which: str) -> tuple[Open, Nearest]:
    number, letter = which.rstrip("abcdefghijkl"), which[len(which.rstrip("abcdefghijkl")) :] or "a"
    at = ord(letter) - ord("a") if len(letter) == 1 else 99
    hole = next((one for one in open_ if one.number == number), None)
    if hole is None:
        template = "there is no number {which} among the {count} that are open; `leaf holes` lists them"
        raise Refused(_finding(template, which=which[:20], count=len(open_)))
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
