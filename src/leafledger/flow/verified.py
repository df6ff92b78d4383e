"""What a verification found, and the sentences that say what is proven by it and what is not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from leafledger.core.fact import Counts
from leafledger.core.finding import Finding
from leafledger.engine.bundle.manifest import Manifest
from leafledger.engine.bundle.seal import grouped

MOST_NAMED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """Nothing was found (then `said` tells what is proven, and by which seals), or the first thing that does not match."""

    findings: tuple[Finding, ...] = ()
    said: tuple[str, ...] = ()
    manifest: Manifest | None = None
    digest: str = ""
    key_fingerprint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How much was held against what. again: the facts that were computed again; kept: the digest of the release that proves it,
    for each that stands as an earlier release has it; absent: figures that a closed year does not have. restated: the digest of the
    release that proves each restatement, empty where this one does; taken_apart: how many differences these make.
    """

    entries: int
    again: Counts
    kept: Mapping[str, str]
    absent: int
    sealed: int
    numbers: int
    evidence: int
    taken_apart: int = 0
    restated: Mapping[str, str] = field(default_factory=dict)


def sentences(manifest: Manifest, fingerprint: str, held: Held, expected: Mapping[str, str]) -> Iterator[str]:
    yield f"The bundle holds: {manifest.company} {manifest.year}, release {manifest.release}, by {manifest.by}, {manifest.at}, {manifest.software}."
    yield f"Computed again: {held.again}, from {held.entries:,} approved entries; each is what was released."
    yield f"Printed: {held.numbers:,} numbers agree with their figures; digest and key stand in {held.sealed} pages and PDFs."
    if held.evidence:
        yield f"Evidence: {held.evidence:,} files are what the entries name."
    if held.restated:
        yield from _restated(held)
    if held.kept:
        yield (
            f"Not proven by this bundle: {len(held.kept):,} figures stand as they were released before, and the definitions here give something "
            "else. Verify the release that has each:"
        )
        for release in sorted(set(held.kept.values())):
            keys = sorted(key for key, digest in held.kept.items() if digest == release)
            named = ", ".join(keys[:MOST_NAMED]) + (" …" if len(keys) > MOST_NAMED else "")
            yield f"  the release with the digest {grouped(release)}: {named}"
    if held.absent:
        yield f"Left out: {held.absent:,} facts that the definitions here give, of years that were closed before these were defined."
    yield f"Digest           {grouped(manifest.digest)}"
    yield f"Key fingerprint  {grouped(fingerprint)}"
    yield from _anchors(expected)


def _restated(held: Held) -> Iterator[str]:
    here = [name for name, release in held.restated.items() if not release]
    if here:
        yield (
            f"Restated: {', '.join(here)}; {held.taken_apart:,} differences were computed again from the state before and taken apart into the "
            "parts that are stated."
        )
    for name, release in held.restated.items():
        if release:
            yield f"Restated before: {name}. Verify the release that proves it, with the digest {grouped(release)}."


def _anchors(expected: Mapping[str, str]) -> Iterator[str]:
    """What the seals prove, by how much of them came from outside the bundle."""
    if "key" in expected:
        yield "The key is the one you gave: whoever holds it released every file in this bundle as it is."
    if "digest" in expected:
        yield "The digest is the one you gave: entries, approvals, definitions and figures are those that your report was made from."
    if "key" not in expected:
        yield (
            "Not proven: who released it. Whoever signs with another key can make a bundle that holds in itself. Compare the fingerprint "
            "above with one from outside this bundle, as printed in the report you hold, or give it with --key."
        )
    if not expected:
        yield "Not proven either: that this is the release you hold. Compare the digest, or give it with --digest."
