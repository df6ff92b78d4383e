"""Proves a bundle with nothing but itself: no database, no company folder, and the library that it was released with."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from leafledger.core.fact import counts
from leafledger.core.finding import Finding, Place, Refused
from leafledger.engine.bundle.archive import MOST_BYTES
from leafledger.engine.bundle.check_seals import check_digest, check_signature, signing_key
from leafledger.engine.bundle.consistent import check_about, check_company, check_evidence
from leafledger.engine.bundle.content import APPROVALS, ENTRIES, read_facts
from leafledger.engine.bundle.definitions import definitions_of
from leafledger.engine.bundle.manifest import Manifest, read_manifest
from leafledger.engine.bundle.recompute import compare, recomputed
from leafledger.engine.bundle.records import read_approval_lines, read_entry_lines
from leafledger.engine.bundle.restated import check_restated, read_restated
from leafledger.engine.bundle.seal import EVIDENCE_FILES, REPORT, fingerprint_of, grouped, ungrouped
from leafledger.engine.bundle.unpack import unpacked
from leafledger.flow.printed import check_numbers, check_printed_seals
from leafledger.flow.verified import Held, Verified, sentences

T = TypeVar("T")


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
        key = signing_key(files)
    except Refused as refused:
        return Verified(findings=refused.findings)
    fingerprint = fingerprint_of(key)
    found: list[Finding] = []
    _try(found, lambda: check_signature(files, key, expected.get("key")))
    _try(found, lambda: check_digest(manifest, expected.get("digest")))
    held = _try(found, lambda: _recompute(files, manifest, fingerprint))
    if found or held is None:
        return Verified(findings=tuple(found))
    return Verified(
        said=tuple(sentences(manifest, fingerprint, held, expected)),
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


def _recompute(files: Mapping[str, bytes], manifest: Manifest, fingerprint: str) -> Held:
    kept = check_about(files, manifest)
    stored, restated = read_facts(files), read_restated(files)
    entries = read_entry_lines(files.get(ENTRIES, b""), ENTRIES)
    approvals = read_approval_lines(files.get(APPROVALS, b""), APPROVALS)
    evidence = check_evidence(files, entries)
    pages = {
        name.removeprefix(REPORT): files[name]
        for name in files
        if name.startswith(REPORT) and not name.startswith(EVIDENCE_FILES)
    }
    with definitions_of(files) as definitions:
        check_company(definitions.company, manifest)
        compare(stored, recomputed(definitions, manifest.year, entries, approvals), kept)
        taken_apart = check_restated(files, restated, entries, stored)
        sealed = check_printed_seals(
            pages, definitions.company.languages, digest=manifest.digest, fingerprint=fingerprint
        )
        numbers = check_numbers(pages, stored, definitions.library)
    return Held(
        entries=len(entries),
        again=counts(fact for key, fact in stored.items() if key not in kept),
        kept={key: of.release for key, of in kept.items() if key in stored},
        absent=len(set(kept) - set(stored)),
        sealed=sealed,
        numbers=numbers,
        evidence=evidence,
        taken_apart=taken_apart,
        restated={one.of.name: one.release for one in restated},
    )
