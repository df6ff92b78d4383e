"""The company's signing key: kept once it signs, where only its owner can read it, and shown to nobody."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from leafledger.base.disk import sync
from leafledger.core.finding import Finding, Place, Refused
from leafledger.flow.places import ledger_place

NAME = "release.pem"


def key_file(company_folder: Path) -> Path:
    return ledger_place(company_folder) / "keys" / NAME


def company_key(company_folder: Path) -> Ed25519PrivateKey | None:
    """The key of the company; None while it has none. Refused when it is there and cannot be used."""
    path = key_file(company_folder)
    with _translated(path):
        return _read(path) if os.path.lexists(path) else None


def keep_key(company_folder: Path, key: Ed25519PrivateKey) -> Ed25519PrivateKey:
    """Keep a new key as the company's; where there is one already, that one stands. Gives back the key that is kept."""
    path = key_file(company_folder)
    with _translated(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.path.lexists(path):
            _write(path, key)
        return _read(path)


def _write(path: Path, key: Ed25519PrivateKey) -> None:
    """Write the key beside its place and link it there whole: who is killed leaves none, who comes second takes the first one's."""
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    part = path.with_name(f".{NAME}-{os.getpid()}")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        path.hardlink_to(part)
    part.unlink()
    sync(path.parent)


def _read(path: Path) -> Ed25519PrivateKey:
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(handle, "rb") as file:
        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
        text = file.read(10_000)
    if mode & 0o077:
        template = "others on this machine may read the signing key (mode {mode:o}); if nobody did, `chmod 600` it, else release with a new one"
        raise Refused(_finding(path, template, mode=mode))
    try:
        key = load_pem_private_key(text, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise Refused(_finding(path, "the file holds no key that can be read; bring back your copy of it")) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise Refused(
            _finding(
                path,
                "the key is not an Ed25519 key; bring back your copy of the one that earlier releases were signed with",
            )
        )
    return key


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """What the system refuses becomes a finding that names the key's place, never its content."""
    try:
        yield
    except OSError as error:
        template = "the signing key cannot be read or made ({problem}); it belongs to whoever releases, with the right to read it (0600)"
        raise Refused(_finding(path, template, problem=error.strerror)) from None


def _finding(path: Path, template: str, **values: object) -> Finding:
    return Finding(rule="release.key", template=template, values=values, place=Place(name=f".leaf/keys/{path.name}"))
