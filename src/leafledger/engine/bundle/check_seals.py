"""Holds a bundle's signature and digest against its files, and against what a reader knows of them from elsewhere."""

from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from leafledger.engine.bundle.manifest import Manifest
from leafledger.engine.bundle.mismatch import mismatch
from leafledger.engine.bundle.seal import (
    CONTENT,
    MANIFEST,
    PUBLIC_KEY,
    SIGNATURE,
    digest_of,
    fingerprint_of,
    grouped,
    public_key,
    signed,
)


def signing_key(files: Mapping[str, bytes]) -> Ed25519PublicKey:
    try:
        return public_key(files[PUBLIC_KEY])
    except ValueError as error:
        raise mismatch(
            "signature",
            PUBLIC_KEY,
            "{problem}, so nobody can tell who signed",
            problem=error,
        ) from None


def check_signature(files: Mapping[str, bytes], key: Ed25519PublicKey, expected: str | None) -> None:
    found = fingerprint_of(key)
    if not signed(files[MANIFEST], files[SIGNATURE], key):
        template = "it is not a signature of the manifest by the key {key}: the manifest, the signature or the key was changed after signing"
        raise mismatch("signature", SIGNATURE, template, key=grouped(found))
    if expected and expected != found:
        template = "it is the key {found}, and the report you hold names {expected}: somebody else signed the bundle"
        raise mismatch("key", PUBLIC_KEY, template, found=grouped(found), expected=grouped(expected))


def check_digest(manifest: Manifest, expected: str | None) -> None:
    found = digest_of(manifest.hashes)
    if found != manifest.digest:
        template = "the digest of the content is {found} and the manifest says {stated}: the content is not the one that was released"
        raise mismatch("digest", MANIFEST, template, found=grouped(found), stated=grouped(manifest.digest))
    if expected and expected != found:
        template = "the digest of the content is {found}, and the report you hold names {expected}: this is another release, or a changed one"
        raise mismatch("digest", CONTENT, template, found=grouped(found), expected=grouped(expected))
