"""Where the state comes from that figures were computed in: a release's bundle, or the company as it is now."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from leafledger.core.entry import Entry
from leafledger.core.fact import FactSet
from leafledger.core.finding import Finding, Place, Refused
from leafledger.engine.bundle.archive import MOST_BYTES
from leafledger.engine.bundle.check_seals import check_digest, check_signature, signing_key
from leafledger.engine.bundle.content import APPROVALS, ENTRIES, read_facts
from leafledger.engine.bundle.definitions import COMPANY_IN, LIBRARY_IN, UNITS, definition_files, definitions_of
from leafledger.engine.bundle.licensed import needed_by
from leafledger.engine.bundle.manifest import read_manifest
from leafledger.engine.bundle.recompute import check_counting
from leafledger.engine.bundle.records import read_approval_lines, read_entry_lines
from leafledger.engine.bundle.unpack import unpacked
from leafledger.engine.decompose import State
from leafledger.flow.calculate import Calculated
from leafledger.library.load import LIBRARY


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of two states that are compared. files: its definitions, by their names in a bundle; entries: those that count;
    facts: the figures that stand, which are not always those that the state gives."""

    name: str
    files: Mapping[str, bytes]
    entries: Mapping[str, Entry]
    facts: FactSet


def of_bundle(path: Path) -> Side:
    """A release, once its seals hold and each of its records may count. Refused otherwise."""
    files = unpacked(read_bytes(path))
    manifest = read_manifest(files)
    check_signature(files, signing_key(files), None)
    check_digest(manifest, None)
    entries = read_entry_lines(files.get(ENTRIES, b""), ENTRIES)
    # Whether the company lets people approve their own is not asked here: `leaf verify` does.
    check_counting(entries, read_approval_lines(files.get(APPROVALS, b""), APPROVALS), own_allowed=True)
    return Side(name=manifest.name, files=_definitions(files), entries=entries, facts=read_facts(files))


def of_company(calculated: Calculated, behind: FactSet | None = None) -> Side:
    """The company as it is now: its folder, the installed library, and the entries that count.

    behind: of sets under a licence only the rows that these figures need, as what is kept of a restatement is passed on in bundles.
    """
    files = definition_files(LIBRARY, calculated.folder.path, None if behind is None else needed_by(behind))
    return Side(name="now", files=files, entries=calculated.entries, facts=calculated.facts)


@contextmanager
def states(old: Side, new: Side) -> Iterator[tuple[State, State]]:
    """Both states, read from their definitions and in force within the block, with the units of the new one."""
    units = {UNITS: new.files[UNITS]}
    with definitions_of({**old.files, **units}) as before, definitions_of(new.files) as after:
        yield (
            State(library=before.library, company=before.company, series=before.series, entries=old.entries),
            State(library=after.library, company=after.company, series=after.series, entries=new.entries),
        )


def read_bytes(path: Path) -> bytes:
    """The bytes of a bundle. Refused where there is no such file, or one that is none."""
    try:
        size = path.stat().st_size
        if path.is_file() and size <= MOST_BYTES:
            return path.read_bytes()
        problem = f"it is no file, or larger than {MOST_BYTES:,} bytes ({size:,})"
    except OSError as error:
        problem = error.strerror or str(error)
    template = "it cannot be read ({problem}); name a .leaf file, or `now` for the company as it is"
    raise Refused(
        Finding(rule="bundle.file", template=template, values={"problem": problem}, place=Place(name=path.name))
    )


def _definitions(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name.startswith((LIBRARY_IN, COMPANY_IN))}
