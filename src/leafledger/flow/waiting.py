"""What waits for approval, as an approver has to see it: what is said, how good it is, what shows it, and what stood there before."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from leafledger.base.permissions import may_approve_own
from leafledger.base.setup import open_ledger
from leafledger.core.definition import Activity
from leafledger.core.entry import Entry
from leafledger.core.labels import format_labels
from leafledger.core.org import Company
from leafledger.core.period import Period
from leafledger.core.quantity import plain
from leafledger.flow.places import ledger_place
from leafledger.flow.read import read_folder
from leafledger.ledger import read


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One entry that waits: its line, and under it whatever else there is to be seen."""

    entry: Entry
    line: str
    more: tuple[str, ...]


def waiting(path: Path) -> list[Waiting]:
    """The entries that nobody has approved yet."""
    folder = read_folder(path)
    open_ledger(ledger_place(path))
    there = {entry.id: entry for entry in read.all_entries()}
    attached, counted = read.attachments(), read.entries_in_force()
    closed = read.open_in_closed_years(folder.company)
    return [
        Waiting(
            entry=entry,
            line=line(entry),
            more=(
                *_more(entry, there, attached.get(entry.id, ()), counted, folder.library.activities),
                *(
                    f"{year} is closed: it waits for leaf restate {year}"
                    for year, ids in closed.items()
                    if entry.id in ids
                ),
            ),
        )
        for entry in read.open_entries()
    ]


def line(entry: Entry) -> str:
    """`e-1  energy.fuel head-office fuel=diesel 2025-03  12.5 MWh  by rui`"""
    series = " ".join(filter(None, (entry.activity, entry.site, format_labels(entry.labels), str(entry.period))))
    bound = "" if entry.bound == "exact" else f"{entry.bound} "
    return f"{entry.id}  {series}  {bound}{entry.value} {entry.unit}  by {entry.recorded_by}"


def may_approve(entries: Sequence[Entry], by: str, company: Company) -> list[Entry]:
    """Those that are somebody else's, and do not correct one that stays open."""
    own = set() if may_approve_own(company) else {entry.id for entry in entries if entry.recorded_by == by}
    while more := {entry.id for entry in entries if entry.replaces in own} - own:
        own |= more
    return [entry for entry in entries if entry.id not in own]


def _more(
    entry: Entry,
    there: Mapping[str, Entry],
    attached: Iterable[str],
    counted: Iterable[Entry],
    activities: Mapping[str, Activity],
) -> Iterator[str]:
    if entry.kind != "reading":
        yield f"kind: {entry.kind}"
    if entry.estimated:
        yield f"estimated: {entry.method}"
    if entry.tolerance is not None:
        yield f"tolerance: ± {plain(entry.tolerance)} {entry.unit}"
    if entry.worked_back_from:
        yield f"worked back from the printed {', '.join(entry.worked_back_from)}"
    if entry.source:
        yield f"source: {entry.source}"
    yield f"evidence: {', '.join(dict.fromkeys((*entry.evidence, *attached))) or 'none'}"
    if was := there.get(entry.replaces):
        yield f"replaces {was.id}: {was.value} {was.unit}, {was.period}, by {was.recorded_by}"
    if before := _last_year(entry, counted, activities):
        yield f"a year before: {before}"


def _last_year(entry: Entry, counted: Iterable[Entry], activities: Mapping[str, Activity]) -> str:
    """What the series had in the same days of the year before: added up of a flow, the last of anything else; empty where it had nothing."""
    days = _year_before(entry.period)
    same = [
        one
        for one in counted
        if (one.activity, one.site, one.labels) == (entry.activity, entry.site, entry.labels)
        and one.kind in ("reading", "nil", "adjustment")
        and one.period.within(days)
    ]
    if not same:
        return ""
    same.sort(key=lambda one: one.period.end)
    flow = entry.activity in activities and activities[entry.activity].kind == "flow"
    if flow and len({one.unit for one in same}) == 1:
        return f"{plain(sum((one.value for one in same[1:]), same[0].value))} {same[0].unit}"
    return f"{same[-1].value} {same[-1].unit} ({same[-1].period})"


def _year_before(period: Period) -> Period:
    """The same days a year before; a February is the whole of it."""
    start, end = period.start, period.end
    first = start.replace(year=start.year - 1, day=28 if (start.month, start.day) == (2, 29) else start.day)
    if (end.month, end.day) in ((2, 28), (2, 29)):
        leap = (end.year - 1) % 4 == 0 and ((end.year - 1) % 100 != 0 or (end.year - 1) % 400 == 0)
        return Period(first, end.replace(year=end.year - 1, day=29 if leap else 28))
    return Period(first, end.replace(year=end.year - 1))
