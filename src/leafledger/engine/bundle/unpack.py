"""Reads a bundle's bytes and believes nothing: every byte is what packing the same files would have written, or is named."""

import struct
import zlib
from collections.abc import Iterator
from itertools import pairwise

from leafledger.engine.bundle.archive import (
    DIRECTORY_ENTRY,
    END,
    END_RECORD,
    MOST_BYTES,
    MOST_FILES,
    OWN_HEADER,
    Member,
    clash,
    end_record,
)
from leafledger.engine.bundle.mismatch import damaged, shown
from leafledger.engine.bundle.names import fault_of_name

DIRECTORY = "the zip's directory"
_OWN_FIELDS = (
    "mark", "version", "flags", "method", "time", "date", "checksum", "size", "full size", "name length", "extra length",
)  # fmt: skip
_DIRECTORY_FIELDS = (
    "mark", "maker", "version", "flags", "method", "time", "date", "checksum", "size", "full size", "name length",
    "extra length", "comment length", "disk", "inner attributes", "attributes", "position",
)  # fmt: skip


def unpacked(data: bytes) -> dict[str, bytes]:
    """Every file of the bundle by name. Refused, naming the file into which the first wrong byte falls, unless all bytes are canonical."""
    _check_end(data)
    members = tuple(_members(data))
    for before, after in pairwise(members):
        _in_order(before.name, after.name)
    if same := clash(member.name for member in members):
        template = (
            "it cannot be unpacked beside {first} on every machine: they differ only in A and a, or one is a folder"
        )
        raise damaged("name", same[1], template, first=same[0])
    files = {}
    for member in members:
        content = data[member.content]
        if (crc := zlib.crc32(content)) != member.crc:
            template = "its content has the checksum {found:08x} and the zip says {stated:08x}, so bytes of this file were changed"
            raise damaged("bytes", member.name, template, found=crc, stated=member.crc)
        files[member.name] = content
    return files


def _check_end(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise damaged(
            "size",
            "the bundle",
            "it has {size:,} bytes, and a bundle at most {most:,}",
            size=len(data),
            most=MOST_BYTES,
        )
    end = data[-END_RECORD.size :]
    if len(end) < END_RECORD.size or not (data.startswith(b"PK") or end.startswith(END)):
        template = (
            "it begins with {found!r} and not, as a bundle does, with b'PK': it is another kind of file, or damaged"
        )
        raise damaged("zip", "the bundle", template, found=data[:2])
    if not end.startswith(END):
        _no_end(data)
    count, size = end_says(data)
    if count > MOST_FILES:
        raise damaged(
            "size",
            DIRECTORY,
            "it claims {count:,} files, and a bundle has at most {most:,}",
            count=count,
            most=MOST_FILES,
        )
    wanted = end_record(count, size, max(len(data) - END_RECORD.size - size, 0))
    if end != wanted:
        template = "the end of the zip is {found} where {wanted} belongs: bytes were changed, added or cut"
        raise damaged("zip", DIRECTORY, template, found=end.hex(" "), wanted=wanted.hex(" "))


def _no_end(data: bytes) -> None:
    at = data.rfind(END)
    if 0 <= at < len(data) - END_RECORD.size:
        count = len(data) - at - END_RECORD.size
        raise damaged(
            "zip", "the bundle", "{count:,} bytes stand after the end of the zip, where nothing belongs", count=count
        )
    template = (
        "the end of the zip is not there ({found} where {wanted} belongs): the file was cut, or its last bytes changed"
    )
    found = data[len(data) - END_RECORD.size : len(data) - END_RECORD.size + len(END)]
    raise damaged("zip", DIRECTORY, template, found=found.hex(" "), wanted=END.hex(" "))


def end_says(data: bytes) -> tuple[int, int]:
    """How many files there are said to be, and how many bytes of directory."""
    _, _, _, _, count, size, _, _ = END_RECORD.unpack(data[-END_RECORD.size :])
    return count, size


def _members(data: bytes) -> Iterator[Member]:
    """The directory, each entry held against the header that stands before the file itself."""
    count, size = end_says(data)
    begin = len(data) - END_RECORD.size - size
    at, expected, last = begin, 0, "the beginning"
    for number in range(1, count + 1):
        member = _entry(data, at, f"{DIRECTORY}, entry {number} (after {last})")
        _check_own_header(data, member)
        if member.start != expected or member.content.stop > begin:
            template = "it is said to stand at byte {found:,} with {size:,} bytes, and belongs at {wanted:,}: files overlap, or bytes lie between"
            raise damaged("zip", member.name, template, found=member.start, size=member.size, wanted=expected)
        _check_entry(data, at, member)
        at, expected, last = at + len(member.entry), member.content.stop, member.name
        yield member
    if at != len(data) - END_RECORD.size or expected != begin:
        template = "{count:,} files end at byte {end:,} and the directory is said to stand from {begin:,} for {size:,} bytes: bytes lie between"
        raise damaged("zip", f"{DIRECTORY}, after {last}", template, count=count, end=expected, begin=begin, size=size)


def _entry(data: bytes, at: int, place: str) -> Member:
    """What one entry of the directory says, once it can be read and its name is one."""
    fixed = data[at : at + DIRECTORY_ENTRY.size]
    fields = DIRECTORY_ENTRY.unpack(fixed.ljust(DIRECTORY_ENTRY.size, b"\x00"))
    begin = at + DIRECTORY_ENTRY.size
    raw = data[begin : min(begin + fields[10], len(data) - END_RECORD.size)]
    if len(fixed) < DIRECTORY_ENTRY.size or fields[0] != b"PK\x01\x02":
        template = "{found} stands where the entry of {file!r} begins with {wanted}: bytes were changed or cut"
        raise damaged(
            "zip",
            place,
            template,
            found=fixed[:4].hex(" "),
            wanted=b"PK\x01\x02".hex(" "),
            file=shown(raw.decode(errors="replace")),
        )
    own = _own_name(data, fields[16])
    if own is not None and own != raw:
        template = (
            "the zip's directory calls the file {found!r} and the header before it {own!r}: one of the two was changed"
        )
        said = {"found": shown(raw.decode(errors="replace")), "own": shown(own.decode(errors="replace"))}
        raise damaged("name", place, template, **said)
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        raise damaged("name", place, "its name {found!r} is not UTF-8 text", found=raw[:80]) from None
    if fields[4] != 0:
        template = "{file} is compressed (method {method}); a bundle never unpacks to more than itself"
        raise damaged("zip", place, template, file=shown(name), method=fields[4])
    if fault := fault_of_name(name):
        raise damaged(
            "name", place, "the name {found!r} cannot stand in a bundle: {fault}", found=shown(name), fault=fault
        )
    return Member(name=name, crc=fields[7], size=fields[8], start=fields[16])


def _own_name(data: bytes, at: int) -> bytes | None:
    """The name in the header at this byte; None where no header is."""
    fixed = data[at : at + OWN_HEADER.size]
    if len(fixed) < OWN_HEADER.size or not fixed.startswith(b"PK\x03\x04"):
        return None
    begin = at + OWN_HEADER.size
    return data[begin : begin + OWN_HEADER.unpack(fixed)[9]]


def _check_own_header(data: bytes, member: Member) -> None:
    wanted = member.header
    said = _first_difference(OWN_HEADER, _OWN_FIELDS, data[member.start : member.start + len(wanted)], wanted)
    if said:
        template = "the header before the file gives {found!r} as its {field} and the zip's directory {wanted!r}: one of the two was changed"
        raise damaged("bytes", member.name, template, field=said[0], found=said[1], wanted=said[2])


def _check_entry(data: bytes, at: int, member: Member) -> None:
    wanted = member.entry
    said = _first_difference(DIRECTORY_ENTRY, _DIRECTORY_FIELDS, data[at : at + len(wanted)], wanted)
    if said:
        template = "its entry in the zip's directory gives {found!r} as its {field} where {wanted!r} belongs: it was changed, or packed anew"
        raise damaged("bytes", member.name, template, field=said[0], found=said[1], wanted=said[2])


def _first_difference(
    of: struct.Struct, names: tuple[str, ...], found: bytes, wanted: bytes
) -> tuple[str, object, object] | None:
    if len(found) < of.size:
        return ("length", len(found), len(wanted))
    fields = zip(names, of.unpack(found[: of.size]), of.unpack(wanted[: of.size]), strict=True)
    return next((said for said in fields if said[1] != said[2]), None)


def _in_order(before: str, after: str) -> None:
    if before == after:
        raise damaged("name", after, "the bundle has two files of this name, so nobody knows which one counts")
    if before.encode() > after.encode():
        raise damaged("name", after, "it stands after {before}; files stand in the order of their names", before=before)
