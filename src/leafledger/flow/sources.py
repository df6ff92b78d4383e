"""A company's bulk sources: summed where they lie, approved as they were seen, and counted as entries from then on."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from leafledger.base.append_only import seal_of
from leafledger.base.database import writing
from leafledger.base.models import Approval as ApprovalRow
from leafledger.base.permissions import may_approve_own, need
from leafledger.base.setup import open_ledger
from leafledger.bulk.cube import Cube, summed
from leafledger.bulk.declared import read_sources
from leafledger.bulk.entries import Read, findings_of
from leafledger.bulk.source import Source
from leafledger.core.approval import Approval
from leafledger.core.finding import Finding, Refused
from leafledger.core.labels import format_labels
from leafledger.flow.from_sources import KIND, approval_of, cube_place, cube_read, of_source, subject
from leafledger.flow.keep import acting
from leafledger.flow.places import ledger_place
from leafledger.flow.read import Folder, read_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A source as it lies now. content: what an approval is of; approval: of exactly that, if there is one; missing: series that its
    rows are of and that nobody has declared, as lines of series.csv."""

    source: Source
    cube: Cube
    content: str
    approval: Approval | None
    read: Read
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]


def states(path: Path) -> list[State]:
    """Every source that the folder declares, read and summed as far as it has not been."""
    folder = read_folder(path)
    open_ledger(ledger_place(path))
    return [_state(folder, source) for source in read_sources(path, folder.company, folder.library)]


def approve(path: Path, id: str, *, by: str, at: datetime) -> State:
    """Let the rows of a source count as they lie now. Refused where they are the approver's own."""
    folder = read_folder(path)
    who = acting(folder.company, "approver", by)
    need(folder.company, who, "approver", "approve a source")
    found = {source.id: source for source in read_sources(path, folder.company, folder.library)}
    if id not in found:
        template = "there is no source {id}; sources/ declares {known}"
        raise Refused(of_source(id, template, id=id, known=", ".join(sorted(found)) or "none"))
    source = found[id]
    if who == source.owner and not may_approve_own(folder.company):
        template = "{by} answers for its rows, and nobody approves their own (law 7); ask somebody else"
        raise Refused(of_source(id, template, by=who))
    open_ledger(ledger_place(path))
    state = _state(folder, source)
    if state.approval is None:
        with writing():
            row = ApprovalRow(
                kind=KIND,
                subject=subject(source, state.content),
                hash=state.content,
                by=who,
                at=at,
                own=who == source.owner,
            )
            row.seal = seal_of(row)
            row.save()
    return _state(folder, source)


def _state(folder: Folder, source: Source) -> State:
    cube = summed(source, folder.path, cube_place(folder.path, source))
    content = cube.content(source)
    read = cube_read(folder, source, cube)
    declared = {series.key for series in folder.series}
    missing = [key for key in sorted(read.sums) if key not in declared]
    lines = tuple(f"{activity},{site},{format_labels(labels)},,,{source.owner}" for activity, site, labels in missing)
    return State(
        source=source,
        cube=cube,
        content=content,
        approval=approval_of(source, content),
        read=read,
        missing=lines,
        findings=tuple(findings_of(source, read, cube)),
    )
