"""What holds a bundle together: the digest of its content, the manifest of every file, and the signature over the manifest."""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CONTENT = "content/"
REPORT = "report/"
EVIDENCE_FILES = f"{REPORT}evidence/"
MANIFEST, SIGNATURE, PUBLIC_KEY = "manifest.json", "manifest.sig", "public_key.pem"
LOOSE = frozenset({MANIFEST, SIGNATURE, PUBLIC_KEY})
"""The three files that the manifest cannot list."""

_PEM = "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n"
_DER_HEAD = bytes.fromhex("302a300506032b6570032100")  # RFC 8410: an Ed25519 key as SubjectPublicKeyInfo
_GROUP = 8


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def digest_of(hashes: Mapping[str, str]) -> str:
    """SHA-256 over the lines that `sha256sum` prints for the files under content/, in the order of their names."""
    lines = (f"{hashes[name]}  {name}\n" for name in sorted(hashes, key=str.encode) if name.startswith(CONTENT))
    return sha256("".join(lines).encode())


def fingerprint_of(public: Ed25519PublicKey) -> str:
    """SHA-256 over the key as `openssl pkey -pubin -outform DER` writes it."""
    return sha256(_der(public))


def grouped(digits: str) -> str:
    """A digest or fingerprint as it is printed: eight groups of eight, which an eye can compare."""
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def ungrouped(text: str) -> str:
    """The 64 hex digits of a printed digest or fingerprint. ValueError when it is not one."""
    digits = re.sub(r"[\s:-]", "", text).lower()
    if not re.fullmatch(r"[0-9a-f]{64}", digits):
        raise ValueError(f"{text[:90]!r} is not 64 hex digits")
    return digits


def sign(manifest: bytes, key: Ed25519PrivateKey) -> dict[str, bytes]:
    """The two files that prove who wrote the manifest."""
    return {SIGNATURE: key.sign(manifest), PUBLIC_KEY: pem(key.public_key())}


def signed(manifest: bytes, signature: bytes, key: Ed25519PublicKey) -> bool:
    try:
        key.verify(signature, manifest)
    except InvalidSignature:
        return False
    return True


def pem(public: Ed25519PublicKey) -> bytes:
    return _PEM.format(base64.b64encode(_der(public)).decode()).encode()


def public_key(text: bytes) -> Ed25519PublicKey:
    """The key in a PEM file, in the one spelling that `pem` writes. ValueError otherwise."""
    try:
        der = base64.b64decode(b"".join(text.split(b"\n")[1:-2]), validate=True)
        public = Ed25519PublicKey.from_public_bytes(der.removeprefix(_DER_HEAD))
    except (binascii.Error, ValueError):
        raise ValueError("it is not an Ed25519 public key in PEM") from None
    if pem(public) != text:
        raise ValueError("it is not spelled as a bundle spells it")
    return public


def _der(public: Ed25519PublicKey) -> bytes:
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
