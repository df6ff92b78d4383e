"""The pages of docs/ that are made by running the product say what running it gives, and every refusal wrote nothing."""

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from scripts.pages import commands, errors, gaps, restatement, tie_out  # noqa: E402


@pytest.mark.parametrize("made", [commands, errors, tie_out], ids=lambda made: made.__name__.rpartition(".")[2])
def test_the_page_is_what_running_gives(made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    name = made.__name__.rpartition(".")[2].replace("_", "-")
    assert (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") == made.page(tmp_path), "call make docs"


def test_the_page_of_restating_is_what_running_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    page = ROOT / "docs" / "inventory" / "restatement.md"
    assert page.read_text(encoding="utf-8") == restatement.page(tmp_path), "call make docs"


def test_the_pages_of_gaps_are_what_running_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    stale = [name for name, text in gaps.pages(tmp_path).items() if (ROOT / name).read_text(encoding="utf-8") != text]
    assert stale == [], "call make docs"


def test_the_files_that_keep_a_law_are_there():
    named = re.findall(r"`((?:\w+/)+(?:\w+\.\w+)?)`", (ROOT / "docs" / "laws.md").read_text(encoding="utf-8"))
    assert len(named) > 20
    assert [name for name in named if not (ROOT / "src" / "leafledger" / name).exists()] == []
