"""From a company folder and its ledger to figures: what was approved is summed, and every figure computed with its reasons."""

from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

from leafledger.base.database import one_view
from leafledger.base.setup import open_ledger
from leafledger.core.approval import Approval
from leafledger.core.entry import Entry
from leafledger.core.fact import Fact, FactSet
from leafledger.core.finding import Finding, Place
from leafledger.engine.base_year import of_facts, verdict
from leafledger.engine.books import Books, books
from leafledger.engine.bundle.recompute import differs
from leafledger.engine.cells import cells_from_entries
from leafledger.engine.compute import compute
from leafledger.engine.restatement import RestatedYear
from leafledger.flow.from_sources import counted
from leafledger.flow.places import ledger_place
from leafledger.flow.read import Folder, read_folder
from leafledger.ledger import read, roll_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Calculated:
    """Every figure, and what it stands on. entries: those that count; evidence: the files of these, by name; open: ids that wait;
    restated: what was done to closed years, in order."""

    folder: Folder
    books: Books
    facts: FactSet
    entries: Mapping[str, Entry]
    approvals: Mapping[str, Approval]
    evidence: Mapping[str, str]
    attached: Mapping[str, tuple[str, ...]]
    open: tuple[str, ...]
    findings: tuple[Finding, ...]
    restated: tuple[RestatedYear, ...] = ()


def calculate(path: Path, years: Iterable[int] | None = None) -> Calculated:
    """Read the folder, open its ledger and compute. What was closed or released stands as it was (law 8)."""
    folder = read_folder(path)
    open_ledger(ledger_place(path))
    with one_view():
        entries, waiting, approvals = read.entries_in_force(), read.open_entries(), read.approvals()
        cells, closed = roll_up.cells(folder.library.counted), read.closed_years()
        ahead = read.standing_ahead(folder.company)
        attached, evidence = read.evidence_of(entries)
        restated = read.restatements()
        bulk = counted(folder)
    entries, approvals = [*entries, *bulk.entries], {**approvals, **bulk.approvals}
    cells += cells_from_entries(bulk.entries, folder.library.counted)
    made = books(folder.library, folder.company, folder.series, cells)
    facts, moved = _keep(compute(made, years), made, closed, ahead, None if years is None else set(years))
    return Calculated(
        folder=folder,
        books=made,
        facts=facts,
        entries={entry.id: entry for entry in entries},
        approvals=approvals,
        evidence=evidence,
        attached=attached,
        open=tuple(entry.id for entry in waiting),
        findings=(*moved, *bulk.findings),
        restated=restated,
    )


def _keep(
    computed: FactSet, of: Books, closed: Mapping[int, FactSet], ahead: FactSet, asked: Set[int] | None
) -> tuple[FactSet, tuple[Finding, ...]]:
    """The facts with what was closed or released as it was, and a warning for each figure that would now come out otherwise."""
    closed = {year: facts for year, facts in closed.items() if asked is None or year in asked}
    facts = {key: fact for key, fact in computed.items() if fact.period.end.year not in closed}
    kept = {key: fact for key, fact in ahead.items() if asked is None or fact.period.end.year in asked}
    for year in closed:
        kept.update(closed[year])
    other = [(kept[key], computed.get(key)) for key in sorted(kept) if differs(kept[key], computed.get(key))]
    moved = [_moved(then, now, closed) for then, now in other]
    return {**facts, **kept}, (*moved, *verdict(of_facts(other), of.company))


def _moved(kept: Fact, now: Fact | None, closed: Collection[int]) -> Finding:
    year = kept.period.end.year
    if shown(kept) == shown(now):
        template = "it was closed as {kept}, and would now be worked out otherwise; it stands as it was closed"
    elif year in closed:
        template = "it was closed as {kept} and would now be {now}; the closed figure stands, unless you restate it: leaf restate {year} --reason …"
    else:
        template = "it was released as {kept} and would now be {now}; what was released of a year to come stands until that year is closed"
    values = {"kept": shown(kept), "now": shown(now), "year": year}
    return Finding(
        rule="closed.moved", template=template, values=values, place=Place(name=kept.key), severity="warning"
    )


def shown(fact: Fact | None) -> str:
    """A fact's value in a message."""
    return "no figure" if fact is None or fact.value is None else f"{fact.value.normalize():f} {fact.unit}"
