"""The pages of the inventory that show a company at work say what running it gives; `…` stands for what they leave out."""

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from leafledger.cli import app
from leafledger.engine import meters

ROOT = Path(__file__).resolve().parent.parent.parent
INVENTORY = ROOT / "docs" / "inventory"


def shown(page: str) -> list[tuple[str, list[str]]]:
    """Each command of a page, with the lines that it is said to print."""
    found: list[tuple[str, list[str]]] = []
    for line in (INVENTORY / page).read_text(encoding="utf-8").splitlines():
        if line.startswith("    $ leaf "):
            found.append((line.removeprefix("    $ leaf "), []))
        elif found and (line.startswith("    ") or not line):
            found[-1][1].append(line.removeprefix("    "))
        elif found and line:
            found.append(("", []))
    return [(command, [line for line in lines if line]) for command, lines in found if command]


def test_the_acquisition_is_what_running_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    shutil.copytree(ROOT / "examples" / "quays-2024", tmp_path / "quays", ignore=shutil.ignore_patterns(".leaf"))
    commands = shown("boundary.md")
    assert len(commands) == 4
    for command, lines in commands:
        words = command.replace("examples/quays-2024", str(tmp_path / "quays")).split()
        ran = CliRunner().invoke(app, words)
        assert ran.exit_code == 0, ran.output
        printed = iter(line.rstrip() for line in ran.stdout.replace("\N{NO-BREAK SPACE}", " ").splitlines())
        for line in lines:
            assert line == "…" or line in printed, f"{command} does not print {line!r} there"


def test_every_rule_that_the_page_of_periods_names_is_one() -> None:
    named = set(
        re.findall(
            r"`((?:meter|entry|estimate|degree_days)\.(?!csv)[a-z]+)`",
            (INVENTORY / "periods.md").read_text(encoding="utf-8"),
        )
    )
    code = "".join(path.read_text(encoding="utf-8") for path in Path(meters.__file__).parent.glob("*.py"))
    assert len(named) > 8
    assert [rule for rule in named if f'"{rule}"' not in code] == []
