"""The straight line as a person walks it: every command, run in a shell of its own, on both databases where the database matters."""

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.issuer import FOLDER, facts

ROOT = Path(__file__).resolve().parent.parent.parent


def leaf(*words: str, at: Path, status: int = 0) -> str:
    command = [sys.executable, "-c", "from leafledger.cli import main; main()", *words]
    done = subprocess.run(command, cwd=at, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def acme(tmp_path: Path, database: str) -> Path:
    """A new company that collects its electricity, on either database."""
    leaf("init", "acme", "--name", "Acme", "--year", "2025", at=tmp_path)
    company = tmp_path / "acme"
    with (company / "series.csv").open("a", encoding="utf-8") as series:
        series.write("energy.electricity,head-office,,,,recorder\n")
    return company


def recorded(company: Path, *more: str) -> str:
    words = (
        "record",
        "energy.electricity",
        "1200.5",
        "MWh",
        "--period",
        "2025",
        "--site",
        "head-office",
        "--id",
        "e-1",
    )
    return leaf(*words, *more, at=company)


def rows(company: Path) -> dict[str, dict[str, str]]:
    table = csv.DictReader(io.StringIO(leaf("facts", "--years", "2025", at=company)))
    return {row["metric"]: row for row in table if not row["labels"]}


def test_an_entry_counts_once_somebody_else_has_approved_it(acme: Path):
    said = recorded(acme)
    assert "Recorded e-1" in said
    assert rows(acme)["energy.electricity"]["value"] == ""
    assert "e-1  energy.electricity head-office 2025  1200.5 MWh" in leaf("approve", at=acme)

    leaf("approve", "e-1", at=acme)

    row = rows(acme)["energy.electricity"]
    assert (row["value"], row["unit"], row["coverage"], row["estimated_share"]) == ("1200.5", "MWh", "1", "0")
    assert rows(acme)["energy.total"]["value"] == "", "fuel was not recorded, so the total is a hole"


def test_evidence_stands_in_the_receipt(acme: Path):
    (acme / "bill.txt").write_text("December: 1,200.5 MWh", encoding="utf-8")
    recorded(acme, "--evidence", "bill.txt")
    leaf("approve", "--all", at=acme)
    receipt = leaf("explain", "energy.electricity", "--period", "2025", at=acme)
    assert "1,200.5\N{NO-BREAK SPACE}MWh" in receipt
    assert "bill.txt" in receipt


def test_a_closed_year_keeps_its_figures(acme: Path):
    recorded(acme)
    leaf("approve", "--all", at=acme)
    before = rows(acme)["energy.indirect"]
    leaf("close", "2025", at=acme)
    metric = """- id: energy.indirect
  title: {zh-Hant: 間接, zh-Hans: 间接, en: Indirect}
  unit: MWh
  kind: flow
  formula: energy.electricity * 2
"""
    (acme / "metrics").mkdir()
    (acme / "metrics" / "ours.yaml").write_text(metric, encoding="utf-8")

    assert rows(acme)["energy.indirect"] == before
    assert "closed as 1200.5 MWh and would now be 2401 MWh" in leaf("check", at=acme)
    waits = leaf("record", "energy.electricity", "1", "MWh", "--period", "2025-12-31", "--site", "head-office", at=acme)
    assert "would move a closed year, so it counts only once that is restated: leaf restate 2025" in waits
    assert "only a restatement lets it count" in leaf("approve", waits.split()[1].rstrip("."), at=acme, status=2)
    assert rows(acme)["energy.indirect"] == before


def test_every_command_counts_the_same_facts(acme: Path):
    leaf("record", "energy.electricity", "100", "MWh", "--period", "2025-01", "--site", "head-office", at=acme)
    leaf("approve", "--all", at=acme)
    told = next(line for line in leaf("check", at=acme).splitlines() if "waiting for approval" in line)
    counted = told.split(";")[0]
    figures, incomplete, _holes = (int(part.split()[0]) for part in counted.split(", "))
    table = list(csv.DictReader(io.StringIO(leaf("facts", at=acme))))
    assert (figures, incomplete) == (
        sum(row["value"] != "" and row["coverage"] == "1" for row in table),
        sum(row["value"] != "" and row["coverage"] != "1" for row in table),
    )
    assert incomplete > 0

    assert f"{counted}; 0 records" in leaf("report", at=acme)
    assert f"2025 is closed: {counted}, 0 warnings." in leaf("close", "2025", "--with-holes", at=acme)
    assert f"It holds {counted}, 0 warnings" in leaf("release", "2025", "--with-holes", at=acme)
    assert f"Computed again: {counted}, from 1 approved entries" in leaf(
        "verify", ".leaf/releases/acme-2025-r1.leaf", at=acme
    )


DOUBLE = """- id: energy.indirect
  title: {zh-Hant: 間接, zh-Hans: 间接, en: Indirect}
  unit: MWh
  kind: flow
  formula: energy.electricity * 2
"""


def test_a_figure_that_was_closed_with_a_formula_that_is_gone_is_not_released(acme: Path):
    recorded(acme)
    leaf("approve", "--all", at=acme)
    (acme / "metrics").mkdir()
    (acme / "metrics" / "ours.yaml").write_text(DOUBLE, encoding="utf-8")
    leaf("close", "2025", at=acme)
    (acme / "metrics" / "ours.yaml").unlink()

    said = leaf("release", "2025", "--with-holes", at=acme, status=2)

    assert (
        "energy.indirect@2025: error: it was closed as 2401 MWh and would now be 1200.5 MWh, and no release has it"
        in said
    )
    assert not list((acme / ".leaf" / "releases").glob("*.leaf"))


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_text("another bill")])
def test_a_report_never_shows_evidence_that_is_gone_or_another(acme: Path, spoil: Callable[[Path], object]):
    (acme / "bill.txt").write_text("December: 1,200.5 MWh", encoding="utf-8")
    recorded(acme, "--evidence", "bill.txt")
    leaf("approve", "--all", at=acme)
    (file,) = (path for path in (acme / ".leaf" / "evidence").rglob("*") if path.is_file())
    spoil(file)
    for act in (("report",), ("release", "2025")):
        said = leaf(*act, at=acme, status=2)
        assert "evidence bill.txt: error: this file of evidence is missing or changed" in said
        assert f".leaf/evidence/{file.parent.name}/{file.name}" in said
    assert not (acme / ".leaf" / "report").exists()


def test_who_records_is_said_where_several_may(acme: Path):
    text = (acme / "company.yaml").read_text(encoding="utf-8")
    second = "people:\n  - {id: second, name: Second, roles: [recorder, approver]}\n"
    (acme / "company.yaml").write_text(text.replace("people:\n", second), encoding="utf-8")
    (acme / "entries" / "first.csv").write_text(
        "id,activity,site,labels,period,value,unit\ne-1,energy.electricity,head-office,,2025,1200.5,MWh\n",
        encoding="utf-8",
    )
    said = leaf("load", at=acme, status=2)
    assert "say who does this with --by; or load with --as-owners" in said
    assert "leave out --by or --as-owners" in leaf("load", "--by", "second", "--as-owners", at=acme, status=2)
    assert "1 entry recorded" in leaf("load", "--by", "second", at=acme)
    assert "second recorded it, and nobody approves their own" in leaf(
        "approve", "e-1", "--by", "second", at=acme, status=2
    )
    said = leaf("approve", "--all", "--by", "second", at=acme)
    assert "0 entries approved by second" in said and "1 entry waits for somebody else" in said


@pytest.mark.parametrize(
    "words",
    [
        ("close", "0"),
        ("close", "1999"),
        ("release", "0"),
        ("facts", "--years", "²²²²"),
        ("facts", "--years", "0000"),
    ],
)
def test_a_year_that_cannot_be_is_refused_in_words(acme: Path, words: tuple[str, ...]):
    assert "Traceback" not in leaf(*words, at=acme, status=2)


def test_what_the_issuer_recorded_gives_the_same_figures_on_either_database(tmp_path: Path, database: str):
    company = Path(shutil.copytree(FOLDER, tmp_path / "issuer", ignore=shutil.ignore_patterns(".leaf")))
    leaf("load", "--as-owners", at=company)
    leaf("approve", "--all", at=company)

    table = json.loads(leaf("facts", "--format", "json", at=company))

    assert {row["fact_id"] for row in table} == {fact.id for fact in facts().values()}


def test_figures_are_written_as_parquet_exactly(acme: Path):
    import pyarrow.parquet

    recorded(acme)
    leaf("approve", "--all", at=acme)
    leaf("facts", "--format", "parquet", "--output", "facts.parquet", at=acme)
    table = pyarrow.parquet.read_table(acme / "facts.parquet").to_pylist()
    assert {str(row["value"].normalize()) for row in table if row["metric"] == "energy.electricity"} == {"1200.5"}
    assert all(row["value"] is None for row in table if row["metric"] == "ghg.scope1")


def test_a_company_with_nothing_recorded_makes_a_report_of_holes_and_no_zero(tmp_path: Path):
    leaf("init", "acme", "--name", "Acme", "--year", "2025", at=tmp_path)
    said = leaf("report", "--company", "acme", at=tmp_path)
    site = tmp_path / "acme" / ".leaf" / "report" / "2025"
    assert "0 figures" in said
    for language, hole in (("en", "no figure"), ("zh-Hant", "無數據"), ("zh-Hans", "无数据")):
        page = (site / language / "index.html").read_text(encoding="utf-8")
        assert hole in page
        assert ">0<" not in page
        assert (site / language / f"acme-2025-{language}.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_the_issuer_is_released_and_proven_by_somebody_with_the_file_alone(tmp_path: Path):
    company = Path(shutil.copytree(FOLDER, tmp_path / "issuer", ignore=shutil.ignore_patterns(".leaf")))
    leaf("load", "--as-owners", at=company)
    leaf("approve", "--all", at=company)
    said = leaf("release", "2024", at=company)
    digest = next(line.split(maxsplit=1)[1] for line in said.splitlines() if line.startswith("Digest"))
    (bundle,) = (company / ".leaf" / "releases").glob("*.leaf")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    bundle.rename(elsewhere / "report.leaf")
    shutil.rmtree(company)

    assert "The bundle holds" in leaf("verify", "report.leaf", "--digest", digest, at=elsewhere)
    assert "does not hold" in leaf("verify", "report.leaf", "--digest", digest[::-1], at=elsewhere, status=1)
