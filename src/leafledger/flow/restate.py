"""Restates closed years: what the corrections that wait, and the definitions as they are now, make of their figures, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from leafledger.base.database import one_view, writing
from leafledger.base.permissions import need
from leafledger.core.entry import Entry
from leafledger.core.fact import FactSet
from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.org import Company
from leafledger.core.prose import numbers_wrong
from leafledger.core.text import LANGUAGES, Text
from leafledger.engine.base_year import of_comparison, verdict
from leafledger.engine.books import books
from leafledger.engine.bundle.definitions import behind_figures
from leafledger.engine.bundle.recompute import differs
from leafledger.engine.cells import cells_from_entries, in_force
from leafledger.engine.compute import compute
from leafledger.engine.decompose import Comparison, decompose
from leafledger.engine.frozen import hash_of_fact
from leafledger.engine.restatement import back, difference
from leafledger.flow.calculate import Calculated, calculate
from leafledger.flow.gaps import check_whole, gaps
from leafledger.flow.keep import acting
from leafledger.flow.places import release_place, reporting_year
from leafledger.flow.states import Side, of_bundle, of_company, states
from leafledger.ledger import checks, intact, read, verbs
from leafledger.ledger.models import Restatement
from leafledger.ledger.standing import days_of
from leafledger.ledger.verbs import Restating


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a restatement would write, to be looked at first. approved: the entries that it lets count. verdict: of the base year."""

    calculated: Calculated
    years: tuple[Restating, ...]
    approved: tuple[Entry, ...]
    reason: Text
    by: str
    verdict: tuple[Finding, ...]


def proposed(
    path: Path,
    years: Iterable[int],
    *,
    reason: Mapping[str, str],
    by: str,
    entries: Sequence[str] = (),
    with_holes: bool = False,
) -> Proposal:
    """What would be restated, with nothing written. Refused where it cannot be.

    reason: in each of the three languages. entries: which of those that wait are to count; all that touch these years where none
    are named. with_holes: figures that would be lost are to be so.
    """
    calculated = calculate(path)
    company = calculated.folder.company
    listed, who = sorted({reporting_year(company, year) for year in years}), acting(company, "approver", by)
    need(company, who, "approver", "restate a closed year")
    _check_reason(reason)
    waiting = _chosen(company, listed, entries)
    with one_view():
        if altered := tuple(intact.altered()):
            raise Refused(altered)
        there = {entry.id: entry for entry in read.open_entries()}
        chosen = tuple(there[id] for id in waiting)
        checks.approvable(waiting, checks.held(waiting), who, company, {}, listed)
    after = _after(calculated, chosen)
    made = tuple(_restating(calculated, after, year, with_holes) for year in listed)
    moved = [one for each in made for one in of_comparison(each.comparison)]
    told = verdict(moved, company, restating=True)
    return Proposal(calculated=calculated, years=made, approved=chosen, reason=dict(reason), by=who, verdict=told)


def restate(of: Proposal, *, at: datetime) -> tuple[Restatement, ...]:
    """Write it down, as it was looked at: entries approved and new figures set beside the old ones, or none of it."""
    with writing():
        checks.unmoved(of.calculated.entries.values())
        return verbs.restate(
            of.years,
            reason=of.reason,
            by=of.by,
            at=at,
            company=of.calculated.folder.company,
            seen={entry.id: entry.hash for entry in of.approved},
        )


def _after(calculated: Calculated, chosen: Iterable[Entry]) -> Side:
    """The company as it will be: the chosen entries count, and those that they replace do not."""
    chosen = list(chosen)
    entries = {entry.id: entry for entry in in_force([*calculated.entries.values(), *chosen])}
    folder = calculated.folder
    cells = cells_from_entries(entries.values(), folder.library.counted)
    facts = compute(books(folder.library, folder.company, folder.series, cells))
    side = of_company(calculated, facts)
    return Side(name=side.name, files=side.files, entries=entries, facts=facts)


def _restating(calculated: Calculated, after: Side, year: int, with_holes: bool) -> Restating:
    """The new figures of one year beside the old ones. Refused where they are the same, or the old ones follow from nothing at hand."""
    stood = read.closed_years(year).get(year, {})
    figures = {key: fact for key, fact in after.facts.items() if fact.period.end.year == year}
    was = read.standing_digest(year)
    checks.restatable(year, was, figures)
    if not any(differs(fact, figures.get(key)) for key, fact in stood.items()) and set(stood) == set(figures):
        template = "every figure of {year} comes out as it stands, so there is nothing to restate; record what was wrong, or mend the definition"
        raise Refused(_finding(year, template, year=year))
    if not with_holes:
        had = {key for key, fact in stood.items() if fact.status == "figure"}
        check_whole(gaps({key: fact for key, fact in figures.items() if key in had}, [year]))
    before = _closed_with(calculated, stood, after.facts)
    undo = difference(
        (behind_figures(before.files), before.entries),
        (behind_figures(after.files), after.entries),
        days_of(year, calculated.folder.company),
    )
    files, entries = back(after.files, after.entries, undo)
    old = Side(name=before.name, files=files, entries=entries, facts=stood)
    with states(old, after) as (state, now):
        found = decompose(state, now, [year], (stood, figures))
    _check_taken_apart(found, before.name, year)
    return Restating(year=year, was=was, facts=figures, comparison=found, before=undo)


def _closed_with(calculated: Calculated, stood: FactSet, figures: FactSet) -> Side:
    """The state that gave the figures which stood: that of the first release which has them, or else what there is now."""
    hashes = {key: hash_of_fact(fact) for key, fact in stood.items()}
    for row in read.releases():
        if hashes.items() <= read.holds(row).items():
            path = release_place(calculated.folder.path) / row.file
            if path.is_file():
                return of_bundle(path)
    return of_company(calculated, figures)


def _check_taken_apart(found: Comparison, name: str, year: int) -> None:
    """Refused where the old figures do not follow from the state that they are said to come from."""
    lost = [one for one in found.changes if not one.parts]
    if not lost:
        return
    template = (
        "{count} figures of {year}, such as {key} ({old}), do not follow from {source}, so nobody could say what made the difference; "
        "bring back the definitions it was closed with and release it, then change them and restate"
    )
    source = "the company as it is" if name == "now" else f"the release {name}"
    old = f"{lost[0].old.normalize():f} {lost[0].unit}"
    raise Refused(_finding(year, template, count=len(lost), year=year, key=lost[0].key, old=old, source=source))


def _chosen(company: Company, years: Sequence[int], named: Sequence[str]) -> list[str]:
    """The ids of waiting entries that are to count. Refused with each named one that does not wait for these years."""
    waiting = read.open_in_closed_years(company)
    touching = sorted({id for year in years for id in waiting.get(year, ())})
    if strange := [id for id in named if id not in touching]:
        template = "it does not wait for a restatement of {years}; `leaf approve` lists what waits"
        listed = ", ".join(map(str, years))
        raise Refused(
            Finding(rule="restate.entry", template=template, values={"years": listed}, place=Place(name=f"entry {id}"))
            for id in strange
        )
    return sorted(set(named)) if named else touching


def _check_reason(reason: Mapping[str, str]) -> None:
    """Refused unless it stands in every language, with no number that has no figure behind it (law 11)."""
    place = Place(name="--reason")
    if missing := [language for language in LANGUAGES if not reason.get(language, "").strip()]:
        template = "the report says why in three languages, and the reason is missing in {missing}; give each, or --reasons FILE"
        raise Refused(
            Finding(rule="restate.reason", template=template, values={"missing": ", ".join(missing)}, place=place)
        )
    if wrong := list(numbers_wrong(dict(reason))):
        raise Refused(
            Finding(rule="restate.reason", template="{problem}", values={"problem": problem}, place=place)
            for problem in wrong
        )


def _finding(year: int, template: str, /, **values: object) -> Finding:
    return Finding(rule="restate", template=template, values=values, place=Place(name=str(year)))
