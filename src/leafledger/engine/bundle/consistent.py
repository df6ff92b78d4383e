"""Holds a bundle's parts against one another: nothing that nobody reads, one company and year, and every file of evidence."""

from collections.abc import Mapping

from leafledger.core.entry import Entry
from leafledger.core.org import Company
from leafledger.engine.bundle.content import ABOUT, APPROVALS, ENTRIES, EVIDENCE, FACTS, Kept, read_about, read_evidence
from leafledger.engine.bundle.definitions import COMPANY_IN, LIBRARY_IN
from leafledger.engine.bundle.manifest import Manifest
from leafledger.engine.bundle.mismatch import mismatch
from leafledger.engine.bundle.restated import RESTATED
from leafledger.engine.bundle.seal import CONTENT, EVIDENCE_FILES, sha256

_KNOWN = frozenset({ABOUT, ENTRIES, APPROVALS, FACTS, EVIDENCE, RESTATED})


def check_company(company: Company, manifest: Manifest) -> None:
    """Refused unless the definitions are those of the company and year of the manifest."""
    if company.id != manifest.company or manifest.year not in {year.year for year in company.years}:
        template = "it describes {company} and its reporting years, and the manifest speaks of {stated} in {year}"
        values = {"company": company.id, "stated": manifest.company, "year": manifest.year}
        raise mismatch("content", f"{COMPANY_IN}company.yaml", template, **values)


def check_about(files: Mapping[str, bytes], manifest: Manifest) -> dict[str, Kept]:
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


def check_evidence(files: Mapping[str, bytes], entries: Mapping[str, Entry]) -> int:
    """How many files of evidence are in the bundle and are what the entries name; each name that is used has its hash."""
    hashes, attached = read_evidence(files)
    for id in sorted({*entries, *attached}):
        named = entries[id].evidence if id in entries else ()
        for name in (*named, *attached.get(id, ())):
            if name not in hashes or id not in entries:
                raise mismatch(
                    "evidence",
                    f"{EVIDENCE} {id}",
                    "the hash of its evidence {file!r}, or the entry itself, is not in the bundle",
                    file=name,
                )
    count = 0
    for path in sorted(name for name in files if name.startswith(EVIDENCE_FILES)):
        stated, _, name = path.removeprefix(EVIDENCE_FILES).partition("/")
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
