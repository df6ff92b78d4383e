"""Says of translations that they were read against their source as it stands: each is stamped with what it translates."""

from pathlib import Path

from leafledger.core.finding import Finding, Place, Refused
from leafledger.library.company import read_company
from leafledger.report.narrative import read_narratives, stamp


def translated(path: Path, sections: tuple[str, ...]) -> tuple[str, ...]:
    """Stamp the translations of these sections, or of all. Returns the files changed. Refused where a section has no source text."""
    company = read_company(path)
    known = read_narratives(path, company.languages)[company.prevailing]
    unknown = [
        Finding(
            rule="translated",
            template="{section} has no text in {language}, from which the others are translated; write it there first",
            values={"section": section, "language": company.prevailing},
            place=Place(name=f"narrative/{company.prevailing}/{section}.md"),
        )
        for section in sections
        if section not in known
    ]
    if unknown:
        raise Refused(unknown)
    return tuple(stamp(path, company.prevailing, company.languages, sections=frozenset(sections or known)))
