"""Looks into packed files without unpacking them to disk, and refuses those that would burst."""

import bz2
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol

MOST_UNPACKED = 500_000_000
MOST_MEMBERS = 10_000
_PIECE = 1 << 20
_MEMORY = 200_000_000
_CENTRAL = re.compile(rb"PK\x01\x02")
_SEALED = {b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!\x1a\x07": "RAR", b"\x28\xb5\x2f\xfd": "Zstandard"}


class Unfit(Exception):
    """Why a packed file cannot be kept as evidence, with what to do."""


class _Unpacks(Protocol):
    eof: bool
    unused_data: bytes

    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes: ...


def look_into(path: Path) -> None:
    """Unfit where the file is an archive that is too large by what it declares or by what it holds, or cannot be looked into."""
    with path.open("rb") as file:
        start = file.read(8)
        for magic, kind in _SEALED.items():
            if start.startswith(magic):
                raise Unfit(f"{kind} archives cannot be looked into; give the files themselves, or a zip")
        file.seek(0)
        if start.startswith(b"\x1f\x8b"):
            _measure(_stream(file, _Gzip))
        elif start.startswith(b"BZh"):
            _measure(_stream(file, bz2.BZ2Decompressor))
        elif start.startswith(b"\xfd7zXZ\x00"):
            _measure(_stream(file, lambda: lzma.LZMADecompressor(memlimit=_MEMORY)))
        elif start.startswith(b"PK") or zipfile.is_zipfile(path):
            _zip(file)


def _zip(file: BinaryIO) -> None:
    file.seek(0)
    if _members(file) > MOST_MEMBERS:  # before zipfile reads them all into memory
        raise Unfit(f"it holds more than {MOST_MEMBERS:,} files; give the ones that matter")
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
            if sum(info.file_size for info in infos) > MOST_UNPACKED:
                raise _too_large()
            _measure(piece for info in infos for piece in _member(archive, info))
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError) as error:
        raise Unfit(f"it is a damaged archive ({error}); pack it anew, or give the files themselves") from None
    except NotImplementedError:
        raise Unfit("it is packed in a way that cannot be looked into; pack it as a plain zip") from None


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    if info.flag_bits & 1:
        raise Unfit("it is locked with a password, so no auditor could read it; give it without")
    with archive.open(info) as member:
        while piece := member.read(_PIECE):
            yield piece


def _members(file: BinaryIO) -> int:
    """At most how many members a zip can have: what its directory says of itself may be a lie."""
    count, tail = 0, b""
    while piece := file.read(_PIECE):
        count += len(_CENTRAL.findall(tail + piece))
        tail = piece[-3:]
    file.seek(0)
    return count


def _stream(file: BinaryIO, make: type[_Unpacks] | object) -> Iterator[bytes]:
    """What a packed stream holds, piece by piece; it may be several streams behind each other."""
    try:
        unpack: _Unpacks = make()  # type: ignore[operator]
        while data := file.read(_PIECE):
            while data or not getattr(unpack, "needs_input", True):
                yield unpack.decompress(data, _PIECE)
                data = b""
                if unpack.eof:
                    data, unpack = unpack.unused_data, make()  # type: ignore[operator]
                    if not data.strip(b"\x00"):
                        break
    except (lzma.LZMAError, OSError, zlib.error, EOFError, ValueError) as error:
        raise Unfit(f"it is a damaged archive ({error}); pack it anew, or give the files themselves") from None


class _Gzip:
    """zlib's decompressor with the manners of the other two."""

    def __init__(self) -> None:
        self._z = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._z.eof

    @property
    def unused_data(self) -> bytes:
        return self._z.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._z.unconsumed_tail

    def decompress(self, data: bytes, max_length: int, /) -> bytes:
        return self._z.decompress(self._z.unconsumed_tail + data, max_length)


def _measure(pieces: Iterator[bytes]) -> None:
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > MOST_UNPACKED:
            raise _too_large()


def _too_large() -> Unfit:
    return Unfit(f"unpacked it is larger than {MOST_UNPACKED // 1_000_000} MB; give the part that matters")
