"""`leaf audit` reads a file by anyone, writes what it found, and says by its status whether that was anything."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from leafledger.cli import app

WRONG = """Key figures

Indicator	Unit	2022	2023	2024
Total employees	persons	412	440	500
By gender
Male	persons	250	260	291
Female	persons	162	180	210
"""


def leaf(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["audit", *map(str, arguments)])


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "harbour.txt"
    path.write_text(WRONG, encoding="utf-8")
    return path


def test_findings_end_with_status_1_and_stand_on_the_screen(report: Path) -> None:
    done = leaf(report)
    assert done.exit_code == 1
    assert "291 + 210 = 501 ≠ 500" in done.stdout


def test_a_report_that_adds_up_ends_with_status_0(report: Path) -> None:
    report.write_text(WRONG.replace("291", "290"), encoding="utf-8")
    assert leaf(report).exit_code == 0


def test_what_cannot_be_read_ends_with_status_2_and_says_why(tmp_path: Path) -> None:
    path = tmp_path / "nothing.pdf"
    path.write_bytes(b"")
    done = leaf(path)
    assert done.exit_code == 2
    assert "empty" in done.stderr


@pytest.mark.parametrize("format", ["json", "csv", "sarif", "xlsx", "html", "text"])
def test_every_format_goes_into_a_file(report: Path, tmp_path: Path, format: str) -> None:
    out = tmp_path / f"found.{format}"
    done = leaf(report, "--format", format, "--output", out)
    assert done.exit_code == 1
    assert out.stat().st_size > 300
    assert "1 certain" in done.stderr


def test_json_on_the_screen_is_json_alone_and_in_the_language_asked_for(report: Path) -> None:
    done = leaf(report, "--format", "json", "--language", "zh-Hant")
    (finding,) = json.loads(done.stdout)["findings"]
    assert "各部分合計 501" in finding["finding"]


def test_a_workbook_needs_a_file(report: Path) -> None:
    assert leaf(report, "--format", "xlsx").exit_code == 2


def test_the_report_of_the_year_before_is_compared(report: Path, tmp_path: Path) -> None:
    report.write_text(WRONG.replace("291", "290"), encoding="utf-8")
    prior = tmp_path / "harbour-2023.txt"
    prior.write_text(WRONG.replace("291", "290").replace("180", "184").replace("440", "444"), encoding="utf-8")
    done = leaf(report, "--prior", prior)
    assert done.exit_code == 1
    assert "was 444 in the earlier report" in done.stdout


def test_the_command_needs_no_django(report: Path) -> None:
    """A stranger's first command: it must start fast and touch no database."""
    import subprocess
    import sys

    code = (
        "import sys\nfrom leafledger.cli import app\n"
        f"try:\n    app(['audit', {str(report)!r}])\nexcept SystemExit:\n    pass\n"
        "sys.exit('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
