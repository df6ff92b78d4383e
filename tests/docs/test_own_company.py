"""The page for one's own company works as it stands: its files are written and its commands run, in order."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "own-company.md"
BLOCK = re.compile(r"^```(?P<kind>\w+)(?: (?P<file>\S+))?\n(?P<text>.*?)^```$", re.M | re.S)


def leaf(words: list[str], at: Path) -> str:
    assert words[0] == "leaf"
    command = [sys.executable, "-c", "from leafledger.cli import main; main()", *words[1:]]
    done = subprocess.run(command, cwd=at, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, f"{words}\n{done.stdout}{done.stderr}"
    return done.stdout


def test_every_command_of_the_page_does_what_it_says(tmp_path: Path):
    said: dict[str, str] = {}
    for block in BLOCK.finditer(PAGE.read_text(encoding="utf-8")):
        company = tmp_path / "acme"
        if block["kind"] == "sh":
            for line in block["text"].splitlines():
                said[line] = leaf(shlex.split(line), company if company.exists() else tmp_path)
        else:
            path = company / block["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block["text"], encoding="utf-8")

    facts = said["leaf facts --years 2025"]
    assert "energy.electricity,,2025,463.43,MWh,1,0," in facts
    assert "people.employees,,2025,87,person" in facts, "the correction counts, and what it replaced does not"
    assert re.search(r"^ghg\.scope1,,2025,,tCO2e", facts, re.M), "nobody collects fuel"
    assert re.search(r"^ghg\.scope2,,2025,\d", facts, re.M), "there is electricity, and nothing else is bought"
    page = (tmp_path / "acme/.leaf/report/2025/zh-Hant/index.html").read_text(encoding="utf-8")
    assert "463.4" in page
