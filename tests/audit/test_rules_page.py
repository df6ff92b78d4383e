"""docs/auditor.md names every check there is, and none that there is not."""

import re
from pathlib import Path

from leafledger.audit import rules  # noqa: F401  registers the checks
from leafledger.audit.verdict import RULES

PAGE = Path(__file__).parents[2] / "docs/auditor.md"
NAME = re.compile(r"`([a-z]+(?:-[a-z]+)*)`")


def test_the_page_names_every_check() -> None:
    told = PAGE.read_text(encoding="utf-8").partition("## What is looked for")[2].partition("## Formats")[0]
    assert set(NAME.findall(told)) == {*RULES, "changed-since"}
