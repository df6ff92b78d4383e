"""docs/tie-out.md: the reference issuer's printed figures beside ours."""

import shutil
from pathlib import Path

from scripts.pages.run import leaf

ROOT = Path(__file__).resolve().parent.parent.parent
ISSUER = ROOT / "examples" / "sensetime-2024"
HEAD = (ROOT / "scripts" / "pages" / "tie_out.md").read_text(encoding="utf-8")


def page(scratch: Path) -> str:
    company = scratch / ISSUER.name
    shutil.copytree(ISSUER, company, ignore=shutil.ignore_patterns(".leaf"))
    for words in (("load", "--as-owners"), ("approve", "--all")):
        done = leaf(*words, at=company)
        assert done.status == 0, done.shown
    tied = leaf("tie-out", "--format", "md", at=company)
    assert tied.status == 0, tied.shown
    return f"{HEAD}\n{tied.printed}\n"
