"""Proves a bundle with nothing but itself: no database, no company folder, and the library that it was released with."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from leafledger.core.finding import Finding, Place, Refused
from leafledger.engine.bundle.archive import MOST_BYTES
from leafledger.engine.bundle.content import (
    ABOUT,
    APPROVALS,
    ENTRIES,
    EVIDENCE,
    FACTS,
    read_about,
    read_evidence,
    read_facts,
)
from leafledger.engine.bundle.definitions import COMPANY_IN, LIBRARY_IN, definitions_of
from leafledger.engine.bundle.manifest import Manifest, read_manifest
from leafledger.engine.bundle.mismatch import mismatch
from leafledger.engine.bundle.recompute import compare, recomputed
from leafledger.engine.bundle.records import read_approval_lines, read_entry_lines
from leafledger.engine.bundle.seal import (
    CONTENT,
    MANIFEST,
    PUBLIC_KEY,
    REPORT,
    SIGNATURE,
    digest_of,
    fingerprint_of,
    grouped,
    public_key,
    sha256,
    signed,
    ungrouped,
)
from leafledger.engine.bundle.unpack import unpacked
from leafledger.flow.printed import check_numbers, check_seals
from leafledger.flow.verified import Counts, Verified, sentences

T = TypeVar("T")
_KNOWN = frozenset({ABOUT, ENTRIES, APPROVALS, FACTS, EVIDENCE})
_EVIDENCE_IN = f"{REPORT}evidence/"


def verify(path: Path, *, expect_digest: str | None = None, expect_key: str | None = None) -> Verified:
    """Check a bundle from its bytes to its printed numbers, and compute every figure again.

    expect_digest, expect_key: as printed in the report that the reader holds. Refused, with nothing verified, where the file
    cannot be read or what is expected is no digest. What does not match is in the findings, the first thing first: nothing is
    read from files that are not those of the manifest, but a wrong signature does not keep us from naming what was forged.
    """
    expected = {name: _expected(name, text) for name, text in (("digest", expect_digest), ("key", expect_key)) if text}
    data = _read(path)
    try:
        files = unpacked(data)
        manifest = read_manifest(files)
        key = _key(files)
    except Refused as refused:
        return Verified(findings=refused.findings)
    fingerprint = fingerprint_of(key)
    found: list[Finding] = []
    _try(found, lambda: _signature(files, key, expected.get("key")))
    _try(found, lambda: _digest(manifest, expected.get("digest")))
    counts = _try(found, lambda: _recompute(files, manifest, fingerprint))
    if found or counts is None:
        return Verified(findings=tuple(found))
    return Verified(
        said=tuple(sentences(manifest, fingerprint, counts, expected)),
        manifest=manifest,
        digest=grouped(manifest.digest),
        key_fingerprint=grouped(fingerprint),
    )


def _try(found: list[Finding], check: Callable[[], T]) -> T | None:
    try:
        return check()
    except Refused as refused:
        found.extend(refused.findings)
        return None


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if path.is_file() and size <= MOST_BYTES:
            return path.read_bytes()
        problem = f"it is no file, or larger than {MOST_BYTES:,} bytes ({size:,})"
    except OSError as error:
        problem = error.strerror or str(error)
    template = "it cannot be read ({problem}); name a .leaf file"
    raise Refused(
        Finding(rule="bundle.file", template=template, values={"problem": problem}, place=Place(name=path.name))
    )


def _expected(name: str, text: str) -> str:
    try:
        return ungrouped(text)
    except ValueError as error:
        template = "{problem}, as it stands in the report's imprint; give all of it, with or without spaces"
        raise Refused(
            Finding(rule="bundle.expected", template=template, values={"problem": error}, place=Place(name=f"--{name}"))
        ) from None


def _key(files: Mapping[str, bytes]) -> Ed25519PublicKey:
    try:
        return public_key(files[PUBLIC_KEY])
    except ValueError as error:
        raise mismatch(
            "signature",
            PUBLIC_KEY,
            "{problem}, so nobody can tell who signed",
            problem=error,
        ) from None


def _signature(files: Mapping[str, bytes], key: Ed25519PublicKey, expected: str | None) -> None:
    found = fingerprint_of(key)
    if not signed(files[MANIFEST], files[SIGNATURE], key):
        template = "it is not a signature of the manifest by the key {key}: the manifest, the signature or the key was changed after signing"
        raise mismatch("signature", SIGNATURE, template, key=grouped(found))
    if expected and expected != found:
        template = "it is the key {found}, and the report you hold names {expected}: somebody else signed the bundle; do not rely on it"
        raise mismatch("key", PUBLIC_KEY, template, found=grouped(found), expected=grouped(expected))


def _digest(manifest: Manifest, expected: str | None) -> None:
    found = digest_of(manifest.hashes)
    if found != manifest.digest:
        template = "the digest of the content is {found} and the manifest says {stated}: the content is not the one that was released"
        raise mismatch("digest", MANIFEST, template, found=grouped(found), stated=grouped(manifest.digest))
    if expected and expected != found:
        template = "the digest of the content is {found}, and the report you hold names {expected}: this is another release, or a changed one"
        raise mismatch("digest", CONTENT, template, found=grouped(found), expected=grouped(expected))


def _recompute(files: Mapping[str, bytes], manifest: Manifest, fingerprint: str) -> Counts:
    kept = _about(files, manifest)
    stored = read_facts(files)
    entries = read_entry_lines(files.get(ENTRIES, b""), ENTRIES)
    approvals = read_approval_lines(files.get(APPROVALS, b""), APPROVALS)
    evidence = _evidence(files, {id: entry.evidence for id, entry in entries.items()})
    pages = {
        name.removeprefix(REPORT): files[name]
        for name in files
        if name.startswith(REPORT) and not name.startswith(_EVIDENCE_IN)
    }
    with definitions_of(files) as definitions:
        company = definitions.company
        if company.id != manifest.company or manifest.year not in {year.year for year in company.years}:
            template = "it describes {company} and its reporting years, and the manifest speaks of {stated} in {year}"
            raise mismatch(
                "content",
                f"{COMPANY_IN}company.yaml",
                template,
                company=company.id,
                stated=manifest.company,
                year=manifest.year,
            )
        figures = compare(stored, recomputed(definitions, entries, approvals), kept)
        sealed = check_seals(pages, company.languages, digest=manifest.digest, fingerprint=fingerprint)
        numbers = check_numbers(pages, stored, definitions.library)
    return Counts(
        entries=len(entries),
        figures=figures,
        holes=sum(fact.value is None for fact in stored.values()),
        kept=tuple(sorted(kept)),
        sealed=sealed,
        numbers=numbers,
        evidence=evidence,
    )


def _about(files: Mapping[str, bytes], manifest: Manifest) -> dict[str, str]:
    """The kept figures, once the content says of itself what the manifest says, and nothing stands in it that nobody reads."""
    for name in sorted(files):
        if name.startswith(CONTENT) and name not in _KNOWN and not name.startswith((LIBRARY_IN, COMPANY_IN)):
            raise mismatch("files", name, "no release has a file of this name, and it could mean anything")
    company, year, release, kept = read_about(files)
    for what, said, stated in (
        ("company", company, manifest.company),
        ("year", year, manifest.year),
        ("release", release, manifest.release),
    ):
        if said != stated:
            raise mismatch(
                "content",
                ABOUT,
                "its {what} is {said!r} and the manifest says {stated!r}",
                what=what,
                said=said,
                stated=stated,
            )
    return kept


def _evidence(files: Mapping[str, bytes], named: Mapping[str, tuple[str, ...]]) -> int:
    """How many files of evidence are in the bundle and are what the entries name; each name that is used has its hash."""
    hashes, attached = read_evidence(files)
    for id in sorted({*named, *attached}):
        for name in (*named.get(id, ()), *attached.get(id, ())):
            if name not in hashes or id not in named:
                raise mismatch(
                    "evidence",
                    f"{EVIDENCE} {id}",
                    "the hash of its evidence {file!r}, or the entry itself, is not in the bundle",
                    file=name,
                )
    count = 0
    for path in sorted(name for name in files if name.startswith(_EVIDENCE_IN)):
        stated, _, name = path.removeprefix(_EVIDENCE_IN).partition("/")
        if hashes.get(name) != stated or sha256(files[path]) != stated:
            template = "the file is {found}, its path says {stated}, and the entries name {wanted}: it is not the evidence that was approved"
            raise mismatch(
                "evidence",
                path,
                template,
                found=sha256(files[path]),
                stated=stated,
                wanted=hashes.get(name, "no such file"),
            )
        count += 1
    return count
