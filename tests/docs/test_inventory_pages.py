"""The pages of the three scopes work as they stand: their files are written, their commands run, and what they show is what comes out."""

import csv
import io
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs" / "inventory"
BLOCK = re.compile(r"^```(?P<kind>\w+)(?: (?P<file>\S+))?\n(?P<text>.*?)^```$", re.M | re.S)


def leaf(words: list[str], at: Path) -> str:
    command = [sys.executable, "-c", "from leafledger.cli import main; main()", *words]
    done = subprocess.run(command, cwd=at, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, f"{words}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.mark.parametrize("page", ["scope1", "scope2", "scope3"])
def test_the_page_shows_what_running_it_gives(page: str, tmp_path: Path) -> None:
    blocks = list(BLOCK.finditer((DOCS / f"{page}.md").read_text(encoding="utf-8")))
    for block in (one for one in blocks if one["kind"] in ("yaml", "csv")):
        path = tmp_path / block["file"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block["text"], encoding="utf-8")
    said = [
        leaf(shlex.split(line)[1:], tmp_path)
        for block in blocks
        if block["kind"] == "sh"
        for line in block["text"].splitlines()
    ]
    printed = {line.rstrip() for text in said for line in text.splitlines()}
    rows = list(csv.DictReader(io.StringIO(leaf(["facts", "--years", "2024"], tmp_path))))
    figures = {
        f"{row['metric']}@2024" + (f"[{row['labels']}]" if row["labels"] else ""): f"{row['value']} {row['unit']}"
        for row in rows
    }
    shown = 0
    for block in (one for one in blocks if one["kind"] == "text"):
        for line in filter(None, block["text"].splitlines()):
            shown += 1
            if block["file"] == "facts":
                key, _, value = line.partition(" = ")
                assert figures[key] == value
            else:
                assert line.rstrip() in printed
    assert shown >= 5
