"""leaf match-hours, as someone runs it on two files."""

import subprocess
import sys
from pathlib import Path

USED = "hour,kwh\n2024-01-31T22:00,10\n2024-01-31T23:00,10.5\n2024-02-01T00:00,10\n"
MADE = "hour,kwh\n2024-01-31T22:00,31\n2024-01-31T23:00,0\n2024-02-01T00:00,4\n"


def run(folder: Path, used: str, made: str) -> subprocess.CompletedProcess[str]:
    (folder / "used.csv").write_text(used, encoding="utf-8")
    (folder / "made.csv").write_text(made, encoding="utf-8")
    command = [sys.executable, "-c", "from leafledger.cli import main; main()", "match-hours", "used.csv", "made.csv"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)


def test_the_share_by_the_hour_stands_beside_that_of_day_month_and_year(tmp_path: Path) -> None:
    said = [line.split() for line in run(tmp_path, USED, MADE).stdout.splitlines()]
    assert ["by", "hour", "30.5", "35", "14", "16.5", "21", "45.90", "%"] in said
    assert ["by", "year", "30.5", "35", "30.5", "0", "4.5", "100.00", "%"] in said
    assert ["2024-02", "10", "4", "4", "6", "0", "40.00", "%"] in said


def test_what_cannot_be_matched_is_refused_with_its_hour(tmp_path: Path) -> None:
    done = run(tmp_path, USED, MADE.replace("2024-02-01T00:00,4\n", ""))
    assert done.returncode == 2 and "first 2024-02-01T00:00:00" in done.stdout + done.stderr
    done = run(tmp_path, USED.replace("T23:00", "T23:30"), MADE)
    assert done.returncode == 2 and "is not the first instant of an hour" in done.stdout + done.stderr
