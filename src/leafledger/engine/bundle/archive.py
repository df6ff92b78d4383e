"""Many files in one, byte for byte the same whenever the files are the same: a zip, stored, in the order of names."""

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from leafledger.core.finding import Finding, Place, Refused
from leafledger.engine.bundle.names import fault_of_name, same_elsewhere

MOST_BYTES = 1_000_000_000
MOST_FILES = 60_000
END = b"PK\x05\x06"
OWN_HEADER, DIRECTORY_ENTRY, END_RECORD = (
    struct.Struct("<4s5H3L2H"),
    struct.Struct("<4s6H3L5H2L"),
    struct.Struct("<4s4H2LH"),
)
_VERSION, _UNIX, _UTF8, _STORED, _TIME, _DATE, _MODE = 20, 3 << 8, 0x0800, 0, 0, 33, 0o100644 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file as the zip's directory describes it: `start` is where its own header begins."""

    name: str
    crc: int
    size: int
    start: int

    @property
    def header(self) -> bytes:
        """What stands before the file itself."""
        raw = self.name.encode()
        said = _VERSION, _UTF8, _STORED, _TIME, _DATE, self.crc, self.size, self.size, len(raw), 0
        return OWN_HEADER.pack(b"PK\x03\x04", *said) + raw

    @property
    def entry(self) -> bytes:
        """What the directory at the end of the zip says of it."""
        raw = self.name.encode()
        said = _UNIX | _VERSION, _VERSION, _UTF8, _STORED, _TIME, _DATE, self.crc, self.size, self.size, len(raw)
        return DIRECTORY_ENTRY.pack(b"PK\x01\x02", *said, 0, 0, 0, 0, _MODE, self.start) + raw

    @property
    def content(self) -> slice:
        first = self.start + OWN_HEADER.size + len(self.name.encode())
        return slice(first, first + self.size)


def packed(files: Mapping[str, bytes]) -> bytes:
    """The files as one zip: no times, no rights, no compression, nothing that depends on a machine. Refused beyond the bounds."""
    _check(files)
    pieces: list[bytes] = []
    entries: list[bytes] = []
    at = 0
    for name in sorted(files, key=str.encode):
        member = Member(name=name, crc=zlib.crc32(files[name]), size=len(files[name]), start=at)
        pieces += member.header, files[name]
        entries.append(member.entry)
        at = member.content.stop
    return b"".join((*pieces, *entries, end_record(len(entries), sum(map(len, entries)), at)))


def end_record(count: int, size: int, at: int) -> bytes:
    """The last bytes of a zip: how many files, and how long its directory is and where it begins."""
    return END_RECORD.pack(END, 0, 0, count, count, size, at, 0)


def clash(names: Iterable[str]) -> tuple[str, str] | None:
    """Two names that cannot both be unpacked on every machine: they differ only in A and a, or one is a folder of the other."""
    seen: dict[str, str] = {}
    for name in names:
        if (first := seen.setdefault(same_elsewhere(name), name)) != name:
            return first, name
    for name in seen.values():
        for folder in PurePosixPath(name).parents:
            if same_elsewhere(str(folder)) in seen:
                return seen[same_elsewhere(str(folder))], name
    return None


def _check(files: Mapping[str, bytes]) -> None:
    for name in files:
        if fault := fault_of_name(name):
            raise _refused(name, "a file of this name cannot stand in a bundle: {fault}; rename it", fault=fault)
    if same := clash(files):
        template = "it cannot be unpacked beside {first} on every machine: they differ only in A and a, or one is a folder; rename one"
        raise _refused(same[1], template, first=same[0])
    size = sum(map(len, files.values())) + 400 * len(files)
    if len(files) > MOST_FILES or size > MOST_BYTES:
        template = "{files:,} files of {size:,} bytes are more than a bundle holds ({most:,} files, {bytes:,} bytes); leave evidence files out"
        raise _refused("", template, files=len(files), size=size, most=MOST_FILES, bytes=MOST_BYTES)


def _refused(where: str, template: str, /, **values: object) -> Refused:
    return Refused(
        Finding(rule="bundle.write", template=template, values=values, place=Place(name=where) if where else None)
    )
