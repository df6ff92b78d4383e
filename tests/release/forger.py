"""What a forger could do to a bundle: with more and more skill, but without the company's key."""

import json
import struct
import zlib
from typing import cast

import lighthouse
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from leafledger.engine.bundle.archive import packed
from leafledger.engine.bundle.manifest import manifest_of, written
from leafledger.engine.bundle.seal import LOOSE, MANIFEST, fingerprint_of, grouped, sign

FORGER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
Files = dict[str, bytes]


def digit_changed(content: bytes) -> bytes:
    """The content with the middle one of its digits another one."""
    digits = [n for n, byte in enumerate(content) if 48 <= byte <= 57]
    at = digits[len(digits) // 2]
    return content[:at] + (b"1" if content[at] != 49 else b"7") + content[at + 1 :]


def swapped(data: bytes, files: Files, name: str, content: bytes) -> bytes:
    """The bundle's bytes with the file overwritten where it lies, and nothing else touched."""
    at = data.index(name.encode()) + len(name.encode())
    assert data[at : at + len(files[name])] == files[name] and len(content) == len(files[name])
    return data[:at] + content + data[at + len(content) :]


def repacked(files: Files) -> bytes:
    """By somebody who knows zips, and no hashes."""
    return packed(files)


def rehashed(files: Files, key: Ed25519PrivateKey | None = None) -> bytes:
    """By somebody who also makes the manifest and the digest fit, and signs anew if given a key."""
    listed = {name: content for name, content in files.items() if name not in LOOSE}
    about = {
        name: said for name, said in json.loads(files[MANIFEST]).items() if name not in ("format", "digest", "files")
    }
    manifest = written(manifest_of(listed, **about))
    loose = {name: files[name] for name in LOOSE} | {MANIFEST: manifest}
    return packed({**listed, **loose, **(sign(manifest, key) if key else {})})


def resealed(files: Files, key: Ed25519PrivateKey = FORGER) -> bytes:
    """By somebody who also prints the new digest and their own fingerprint into every page: the bundle holds in itself."""
    content = {name: said for name, said in files.items() if name.startswith("content/")}
    old = grouped(json.loads(files[MANIFEST])["digest"]), lighthouse.FINGERPRINT
    new = (
        grouped(manifest_of(content, **lighthouse.said(lighthouse.content())).digest),
        grouped(fingerprint_of(key.public_key())),
    )
    pages = {}
    for name, page in files.items():
        if name.endswith(".pdf"):
            pages[name] = lighthouse.pdf(" ".join(new))
        if name.endswith(".html"):
            pages[name] = page.replace(old[0].encode(), new[0].encode()).replace(old[1].encode(), new[1].encode())
    return rehashed({**files, **pages}, key)


def zipped(*members: tuple[str | bytes, bytes], method: int = 0) -> bytes:
    """A zip of stored members with any names, in any order, however often."""
    local = directory = b""
    for called, data in members:
        name = cast(bytes, called.encode() if isinstance(called, str) else called)
        said = (20, 0x800, method, 0, 33, zlib.crc32(data), len(data), len(data), len(name), 0)
        entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 788, *said, 0, 0, 0, 0o100644 << 16, len(local)) + name
        local += struct.pack("<4s5H3L2H", b"PK\x03\x04", *said) + name + data
        directory += entry
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(members), len(members), len(directory), len(local), 0)
    return local + directory + end
