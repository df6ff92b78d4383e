"""Pictures of parts of a PDF's pages, drawn in a process of their own, so that a file made to crash takes down only that."""

import base64
import json
import os
import struct
import subprocess
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2

SECONDS, MEGABYTES = 120, 1500
SCALE = 1.6
MOST = 120
"""Pictures of one report; findings beyond have their quotes alone."""
TALLEST = 420.0


@dataclass(frozen=True, slots=True)
class Band:
    """A part of a page over its whole width, in points from the top."""

    page: int
    top: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """png in base64. width: of the page in points."""

    band: Band
    png: str
    width: float


def pictures(path: Path, bands: Sequence[Band]) -> dict[Band, Picture]:
    """A picture of each band; what cannot be drawn is left out."""
    wanted = list(dict.fromkeys(bands))[:MOST]
    if not wanted:
        return {}
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-m", "leafledger.audit.output.pictures", str(path)]
    asked = json.dumps([[band.page, band.top, band.bottom] for band in wanted])
    try:
        done = subprocess.run(command, input=asked.encode(), capture_output=True, env=env, timeout=SECONDS, check=False)
        out = done.stdout
    except subprocess.TimeoutExpired as late:
        out = late.stdout or b""
    found: dict[Band, Picture] = {}
    for line in out.splitlines():
        try:
            at, png, width = json.loads(line)
        except ValueError:
            break  # the last line of a process that was stopped in the middle of it
        found[wanted[at]] = Picture(band=wanted[at], png=png, width=width)
    return found


def _drawn(pdf: Any, band: Band) -> tuple[str, float]:
    page = pdf[band.page - 1]
    width, height = page.get_size()
    top, bottom = max(0.0, band.top), min(height, band.bottom)
    bitmap = page.render(scale=SCALE, crop=(0, height - bottom, 0, top), rev_byteorder=True, prefer_bgrx=False)
    try:
        return base64.b64encode(_png(bitmap)).decode(), width
    finally:
        bitmap.close()
        page.close()


def _png(bitmap: Any) -> bytes:
    """Eight bits a colour, as few bytes as zlib makes of them."""
    channels = bitmap.n_channels
    kind = {1: 0, 3: 2, 4: 6}[channels]
    raw = bytes(bitmap.buffer)
    used = bitmap.width * channels
    lines = b"".join(b"\x00" + raw[row * bitmap.stride : row * bitmap.stride + used] for row in range(bitmap.height))
    head = struct.pack(">IIBBBBB", bitmap.width, bitmap.height, 8, kind, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in parts)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _bound() -> None:
    """Let this process neither fill the memory nor run on for ever. Only POSIX systems have such bounds."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 1_000_000, MEGABYTES * 1_000_000))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(path: str) -> None:
    _bound()
    asked = json.loads(sys.stdin.buffer.read())
    with pypdfium2.PdfDocument(path) as pdf:
        for at, (page, top, bottom) in enumerate(asked):
            try:
                png, width = _drawn(pdf, Band(page, top, bottom))
            except (pypdfium2.PdfiumError, ValueError, MemoryError):
                continue
            print(json.dumps([at, png, width]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
