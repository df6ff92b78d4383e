"""Looks into packed files without unpacking them to disk, and refuses those that would burst."""

import bz2
import gzip
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

MOST_UNPACKED = 500_000_000
MOST_MEMBERS = 10_000
_PIECE = 1 << 20
_CENTRAL = re.compile(rb"PK\x01\x02")
_STREAMS: dict[bytes, Any] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\x00": lzma.open,
}
_SEALED = {b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!\x1a\x07": "RAR", b"\x28\xb5\x2f\xfd": "Zstandard"}
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)


class Unfit(Exception):
    """Why a file cannot be kept as evidence, with what to do."""


def look_into(path: Path) -> None:
    """Unfit where the file is an archive that is too large by what it says or by what it holds, or cannot be looked into."""
    with path.open("rb") as file:
        start = file.read(8)
        file.seek(0)
        for magic, kind in _SEALED.items():
            if start.startswith(magic):
                raise Unfit(f"{kind} archives cannot be looked into; give the files themselves, or a zip")
        try:
            for magic, stream in _STREAMS.items():
                if start.startswith(magic):
                    with stream(path) as packed:
                        _measure(iter(lambda: packed.read(_PIECE), b""))  # read before the next one
            if start.startswith(b"PK") or zipfile.is_zipfile(path):
                _zip(file)
        except _DAMAGED as error:
            raise Unfit(f"it is a damaged archive ({error}); pack it anew, or give the files themselves") from None


def _zip(file: BinaryIO) -> None:
    if _members(file) > MOST_MEMBERS:  # before zipfile reads them all into memory
        raise Unfit(f"it holds more than {MOST_MEMBERS:,} files; give the ones that matter")
    with zipfile.ZipFile(file) as archive:
        members = archive.infolist()
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise _too_large()
    _measure(piece for member in members for piece in _member(file, member))


def _members(file: BinaryIO) -> int:
    """At most how many members a zip can have: what its directory says of itself may be a lie."""
    count, tail = 0, b""
    file.seek(0)
    while piece := file.read(_PIECE):
        count += len(_CENTRAL.findall(tail + piece))
        tail = piece[-3:]
    return count


def _member(file: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """What a member holds, read to the end of its stream, wherever the directory says that this is."""
    if member.flag_bits & 1:
        raise Unfit("it is locked with a password, so no auditor could read it; give it without")
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Unfit("it is packed in a way that cannot be looked into; pack it as a plain zip")
    file.seek(member.header_offset)
    header = file.read(30)
    if header[:4] != b"PK\x03\x04" or len(header) < 30:
        raise zipfile.BadZipFile("a file is not where it should be")
    file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), 1)
    size = member.compress_size
    if member.compress_type == zipfile.ZIP_DEFLATED:
        size = 0
        for piece in _deflated(file):
            size += len(piece)
            yield piece
    if size != member.file_size:
        raise zipfile.BadZipFile("a file is not as large as it says")


def _deflated(file: BinaryIO) -> Iterator[bytes]:
    unpack = zlib.decompressobj(wbits=-15)
    while not unpack.eof:
        data = unpack.unconsumed_tail or file.read(_PIECE)
        piece = unpack.decompress(data, _PIECE)
        if not data and not piece:
            raise EOFError("it ends too early")
        yield piece


def _measure(pieces: Iterable[bytes]) -> None:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MOST_UNPACKED:
            raise _too_large()


def _too_large() -> Unfit:
    return Unfit(f"unpacked it is larger than {MOST_UNPACKED // 1_000_000} MB; give the part that matters")
