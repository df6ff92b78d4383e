"""Looks a company over: definitions, records, texts and disclosures, without writing anything."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from leafledger.base.database import one_view
from leafledger.core.fact import Counts, counts
from leafledger.core.finding import Finding, Place
from leafledger.flow.calculate import calculate
from leafledger.flow.places import reporting_year
from leafledger.flow.publish import sources
from leafledger.flow.warned import warned
from leafledger.ledger import intact, read
from leafledger.library.doubles import same_day
from leafledger.library.entries import read_entries
from leafledger.library.years import outside_years
from leafledger.report import rules
from leafledger.report.gathered import gathered


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was found, how many facts there are of each status, and how many records wait."""

    findings: tuple[Finding, ...]
    counts: Counts
    open: int


def check(path: Path) -> Looked:
    """Every finding of a company. Refused only where a file cannot be read at all."""
    calculated = calculate(path)
    folder = calculated.folder
    with one_view():
        known, altered = read.recorded_ids(), tuple(intact.altered())
        late = read.open_in_closed_years(folder.company)
    rows = read_entries(path, folder.series, folder.library, folder.company)
    unread = [entry for entry in rows if entry.id not in known]
    said = {**calculated.entries, **{entry.id: entry for entry in rows}}
    astray = outside_years(said.values(), folder.company, folder.library)
    replaced = {entry.replaces for entry in said.values() if entry.replaces}
    standing = [entry for entry in said.values() if entry.id not in replaced]
    of = sources(calculated, reporting_year(folder.company))
    return Looked(
        findings=(
            *altered,
            *_unread(len(unread)),
            *astray,
            *same_day(standing, folder.library),
            *calculated.findings,
            *_late(late),
            *warned(calculated.facts),
            *gathered(rules.check(of)),
        ),
        counts=counts(calculated.facts.values()),
        open=len(calculated.open),
    )


def _late(waiting: Mapping[int, tuple[str, ...]]) -> Iterator[Finding]:
    for year, ids in waiting.items():
        template = (
            "{count} entries wait for a restatement of {year}, such as {id}; `leaf restate {year}` shows what they would move before it writes"
            if len(ids) > 1
            else "1 entry waits for a restatement of {year}: {id}; `leaf restate {year}` shows what it would move before it writes"
        )
        values = {"count": len(ids), "year": year, "id": ids[0]}
        yield Finding(
            rule="restate.waiting", template=template, values=values, place=Place(name=str(year)), severity="note"
        )


def _unread(number: int) -> tuple[Finding, ...]:
    if not number:
        return ()
    template = "{number} rows of entries/*.csv are not in the ledger and do not count; take them in with `leaf load`"
    return (
        Finding(
            rule="entries.unread",
            template=template,
            values={"number": number},
            place=Place(name="entries/"),
            severity="warning",
        ),
    )
