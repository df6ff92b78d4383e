"""docs/inventory/gaps-*.md: how far the reference issuer's year answers three standards, as `leaf gaps` says it."""

import shutil
from pathlib import Path

from scripts.pages.run import leaf

ROOT = Path(__file__).resolve().parent.parent.parent
ISSUER = ROOT / "examples" / "sensetime-2024"
STANDARDS = ("hkex-c2-2025", "gri-2021", "ifrs-s2")
MADE = "\nWritten by `make docs`: `leaf gaps {standard} --format md`, for the reference issuer ([how to read it](standards.md)).\n"


def pages(scratch: Path) -> dict[str, str]:
    """Each page by its path."""
    company = scratch / ISSUER.name
    shutil.copytree(ISSUER, company, ignore=shutil.ignore_patterns(".leaf"))
    for words in (("load", "--as-owners"), ("approve", "--all")):
        done = leaf(*words, at=company)
        assert done.status == 0, done.shown
    return {f"docs/inventory/gaps-{standard}.md": _page(company, standard) for standard in STANDARDS}


def _page(company: Path, standard: str) -> str:
    said = leaf("gaps", standard, "--format", "md", at=company)
    assert said.status == 0, said.shown
    title, _, rest = said.printed.partition("\n")
    return f"{title}\n{MADE.format(standard=standard)}{rest}\n"
