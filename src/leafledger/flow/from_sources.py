"""What approved bulk sources come to: entries like those of the ledger, from the cubes that are kept of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from leafledger.base.models import Approval as ApprovalRow
from leafledger.bulk import lies
from leafledger.bulk.cube import Cube, kept
from leafledger.bulk.declared import read_sources
from leafledger.bulk.entries import Read, entries_of, findings_of, read_cube
from leafledger.bulk.source import Source
from leafledger.core.approval import Approval
from leafledger.core.entry import Entry
from leafledger.core.finding import Finding, Place, Refused, Severity
from leafledger.flow.places import ledger_place
from leafledger.flow.read import Folder

KIND = "source"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What approved sources add to the ledger's entries, and what is to be said of the others."""

    entries: tuple[Entry, ...]
    approvals: Mapping[str, Approval]
    findings: tuple[Finding, ...]


def cube_place(company_folder: Path, source: Source) -> Path:
    return ledger_place(company_folder) / "cubes" / source.id


def counted(folder: Folder) -> Counted:
    """The entries that approved sources come to, from their kept cubes alone: no row is read for it."""
    entries: list[Entry] = []
    approvals: dict[str, Approval] = {}
    findings: list[Finding] = []
    for source in read_sources(folder.path, folder.company, folder.library):
        cube = kept(cube_place(folder.path, source))
        content = cube.content(source) if cube else ""
        approval = approval_of(source, content)
        if cube is None or approval is None:
            findings.append(_waits(source, there=cube is not None))
            continue
        try:
            read = cube_read(folder, source, cube)
        except Refused as refused:
            findings += refused.findings
            continue
        findings += [one for one in findings_of(source, read, cube) if one.severity != "note"]
        for entry in entries_of(source, read, content, folder.library):
            entries.append(entry)
            approvals[entry.id] = Approval(
                entry=entry.id, hash=entry.hash, by=approval.by, at=approval.at, own=approval.own
            )
        if source.is_files and _moved(source, cube, folder.path):
            template = "its files have changed since they were summed; `leaf sources` reads what is new, and it is to be approved again"
            findings.append(of_source(source.id, template, severity="warning"))
    return Counted(entries=tuple(entries), approvals=approvals, findings=tuple(findings))


def cube_read(folder: Folder, source: Source, cube: Cube) -> Read:
    with lies.duck() as duck:
        return read_cube(source, cube, folder.company, folder.library, duck)


def approval_of(source: Source, content: str) -> Approval | None:
    row = ApprovalRow.objects.filter(kind=KIND, subject=subject(source, content), hash=content).first()
    return row and Approval(entry=source.id, hash=row.hash, by=row.by, at=row.at, own=row.own)


def subject(source: Source, content: str) -> str:
    return f"{source.id}:{content[:32]}"


def _moved(source: Source, cube: Cube, folder: Path) -> bool:
    """Do the files look otherwise than those that were summed, by name, size and time?"""
    try:
        now = {
            (lies.name_of(path, folder), path.stat().st_size, path.stat().st_mtime_ns)
            for path in lies.paths(source, folder)
        }
    except Refused:
        return True
    return now != {(file.name, file.size, file.changed) for file in cube.files}


def _waits(source: Source, *, there: bool) -> Finding:
    template = "its rows do not count, as nobody has approved them as they are; `leaf sources` shows them, `leaf sources approve {id}` approves"
    if not there:
        template = "its rows do not count, as they have not been summed yet; `leaf sources` does that, `leaf sources approve {id}` approves"
    return of_source(source.id, template, id=source.id)


def of_source(id: str, template: str, /, *, severity: Severity = "error", **values: object) -> Finding:
    return Finding(
        rule="source", template=template, values=values, place=Place(name=f"sources/{id}.yaml"), severity=severity
    )
