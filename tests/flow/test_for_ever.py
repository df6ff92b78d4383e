"""What stands for ever is asked about first: closing, releasing, approving, and what a person is told of each."""

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from scripts.pages.run import leaf

ENTRIES = "id,activity,site,labels,period,value,unit\n"
SERIES = "activity,site,labels,since,until,owner\nenergy.electricity,head-office,,,,recorder\n"
ROW = "e-1,energy.electricity,head-office,,2024,1200.5,MWh\n"
REPORT = """title: {zh-Hant: 報告, zh-Hans: 报告, en: Report}
chapters:
  - id: energy
    title: {zh-Hant: 能源, zh-Hans: 能源, en: Energy}
    sections:
      - id: energy.use
        title: {zh-Hant: 用電, zh-Hans: 用电, en: Use}
        body:
          - text
"""


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company that says all it has promised: its electricity, and one section in three languages."""
    place = tmp_path_factory.mktemp("first")
    assert leaf("init", "acme", "--name", "Acme", "--year", "2024", at=place).status == 0
    company = place / "acme"
    write(company, "series.csv", SERIES)
    write(company, "report.yaml", REPORT)
    write(company, "entries/first.csv", ENTRIES + ROW)
    text = (company / "company.yaml").read_text(encoding="utf-8")
    write(
        company,
        "company.yaml",
        text.replace("  - {year: 2024", "  - {year: 2999, factors_as_of: 2999-12-31}\n  - {year: 2024"),
    )
    for language, said in (("en", "We used"), ("zh-Hant", "我們用了"), ("zh-Hans", "我们用了")):
        write(company, f"narrative/{language}/energy.use.md", f"{said} {{energy.electricity@2024}}.\n")
    (company / "bill.txt").write_text("the bill", encoding="utf-8")
    told(company, "load")
    told(company, "attach", "e-1", "bill.txt")
    told(company, "translated")
    return company


@pytest.fixture
def acme(first: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may spoil; its entry waits for approval."""
    return shutil.copytree(first, tmp_path / "acme")


def write(company: Path, name: str, text: str) -> None:
    (company / name).parent.mkdir(parents=True, exist_ok=True)
    (company / name).write_text(text, encoding="utf-8")


def told(company: Path, *words: str, status: int = 0) -> str:
    seen = leaf(*words, at=company)
    assert seen.status == status, seen.shown
    return seen.shown


@pytest.mark.parametrize("act", ["close", "release"])
def test_what_is_promised_and_missing_is_listed_and_nothing_is_done(acme: Path, act: str) -> None:
    write(acme, "series.csv", SERIES + "water.consumption,head-office,,,,recorder\n")
    told(acme, "approve", "--all")

    said = told(acme, act, "2024", status=2)

    assert said.count("no approved entry for water.consumption head-office in 2024") == 1
    assert "water.consumption@2024" in said and "say --with-holes" in said
    assert "energy.fuel" not in said, "what nobody has undertaken to collect is no gap"
    assert not (acme / ".leaf/keys").exists()
    assert "hole" in told(acme, act, "2024", "--with-holes")


@pytest.mark.parametrize("act", ["close", "release"])
def test_a_year_that_has_not_ended_is_neither_closed_nor_released(acme: Path, act: str) -> None:
    assert "2999 has not ended" in told(acme, act, "2999", "--with-holes", status=2)


def test_what_a_release_lacks_in_words_is_listed(acme: Path) -> None:
    told(acme, "approve", "--all")
    write(acme, "narrative/en/energy.use.md", "It used {energy.electricity@2024}.\n")
    text = REPORT.replace("          - text\n", "          - text\n          - index: hkex-c2-2024\n")
    more = "      - id: energy.more\n        title: {zh-Hant: 另, zh-Hans: 另, en: More}\n        body: [text]\n"
    write(acme, "report.yaml", text + more)

    said = told(acme, "release", "2024", status=2)

    assert "energy: error: no text is written for energy.more" in said
    assert "narrative/zh-Hant/energy.use.md:1: error: it was translated from another text" in said
    assert said.count("disclosures.yaml: error: hkex-c2-2024 asks for") == 1
    assert "is closed: " in told(acme, "close", "2024"), "closing is about figures alone"


def test_a_release_says_what_it_made_and_the_next_one_that_nothing_changed(acme: Path) -> None:
    told(acme, "approve", "--all")

    said = told(acme, "release", "2024")

    assert "Its pages: " in said and ".leaf/report/2024/index.html" in said
    assert "incomplete" in said and "holes, 0 warnings" in said
    assert "A signing key was made for it" in said and ".leaf/keys/release.pem" in said and "Keep a copy" in said
    again = told(acme, "release", "2024")
    assert "2024 is already released as r1; nothing changed" in again and "signing key was made" not in again
    assert [path.name for path in (acme / ".leaf/releases").glob("*.leaf")] == ["acme-2024-r1.leaf"]
    both = told(acme, "verify", ".leaf/releases/acme-2024-r1.leaf", "nothing.leaf", status=2)
    assert "The bundle holds" in both and "nothing.leaf: error: it cannot be read" in both


def test_a_draft_does_not_replace_what_was_released(acme: Path) -> None:
    told(acme, "approve", "--all")
    told(acme, "release", "2024")
    before = (acme / ".leaf/report/2024/en/index.html").read_bytes()

    said = told(acme, "report", "--year", "2024")

    assert ".leaf/report/draft-2024/index.html" in said and "released as acme-2024-r1.leaf" in said
    assert (acme / ".leaf/report/2024/en/index.html").read_bytes() == before
    draft = (acme / ".leaf/report/draft-2024/en/index.html").read_bytes()
    told(acme, "release", "2024")
    assert (acme / ".leaf/report/draft-2024/en/index.html").read_bytes() == draft


@pytest.mark.parametrize("along", [True, False])
def test_a_receipt_links_to_evidence_only_where_it_lies(acme: Path, along: bool) -> None:
    told(acme, "approve", "--all")
    told(acme, "release", "2024", *(["--with-evidence"] if along else []))
    site = acme / ".leaf/report/2024"
    for language, kept in (("en", "kept by the company"), ("zh-Hant", "由公司保存"), ("zh-Hans", "由公司保存")):
        pages = "".join(path.read_text(encoding="utf-8") for path in (site / language / "receipts").glob("*.html"))
        assert "bill.txt" in pages
        assert ("/bill.txt" in pages, kept in pages) == (along, not along)
    assert bool(list(site.glob("evidence/*/bill.txt"))) == along


def test_an_approver_sees_what_there_is_to_see(acme: Path) -> None:
    told(acme, "approve", "--all")
    year_later = ("--period", "2024", "--site", "head-office", "--replaces", "e-1", "--method", "by floor area")
    told(acme, "record", "energy.electricity", "1300", "MWh", *year_later, "--source", "meter book", "--id", "e-2")

    said = told(acme, "approve")

    for line in (
        "e-2  energy.electricity head-office 2024  1300 MWh  by recorder",
        "estimated: by floor area",
        "source: meter book",
        "evidence: none",
        "replaces e-1: 1200.5 MWh, 2024, by recorder",
    ):
        assert line in said
    assert "1 entry approved by approver." in told(acme, "approve", "e-2")
    assert "Nothing waits" in told(acme, "approve")


def test_last_year_stands_beside_what_waits(acme: Path) -> None:
    told(acme, "approve", "--all")
    at = ("--period", "2025", "--site", "head-office", "--id", "e-2")
    text = (acme / "company.yaml").read_text(encoding="utf-8")
    write(
        acme,
        "company.yaml",
        text.replace("  - {year: 2024", "  - {year: 2025, factors_as_of: 2026-01-01}\n  - {year: 2024"),
    )
    told(acme, "record", "energy.electricity", "1", "MWh", *at)
    assert "a year before: 1200.5 MWh" in told(acme, "approve")


def test_what_is_recorded_twice_is_said_to_be_there(acme: Path) -> None:
    words = (
        "record",
        "energy.electricity",
        "3",
        "MWh",
        "--period",
        "2024",
        "--site",
        "head-office",
        "--replaces",
        "e-1",
    )
    told(acme, "approve", "--all")
    assert "Recorded e-" in told(acme, *words)
    assert "is recorded already, and says the same" in told(acme, *words)


def test_a_missing_record_is_told_once_with_every_place_it_spoils(acme: Path) -> None:
    said = told(acme, "report", status=2)
    assert said.count("{energy.electricity@2024} cannot be printed") == 1
    assert "narrative/zh-Hans/energy.use.md:" in said and "narrative/en/energy.use.md:" in said


def test_slips_at_the_edge_are_told_in_words(acme: Path, tmp_path: Path) -> None:
    assert "/nonexistent/f.csv: error: it cannot be read or written" in told(
        acme, "facts", "-o", "/nonexistent/f.csv", status=2
    )
    assert "1999 is not a reporting year" in told(acme, "facts", "--years", "1999", status=2)
    assert "published.csv: error: there is no published.csv" in told(acme, "tie-out", status=2)
    assert told(acme, "--version").startswith("leafledger ")
    write(tmp_path, "file", "not a folder")
    assert "error: it cannot be read or written" in leaf("init", "file/acme", at=tmp_path).shown


def test_a_receipt_in_a_file_has_whole_lines(acme: Path) -> None:
    told(acme, "approve", "--all")
    write(acme, "series.csv", SERIES + "people.employees,head-office,gender=male,,,recorder\n")
    receipt = told(acme, "explain", "people.employees", "--labels", "gender=male", "--period", "2024")
    assert "people.employees@2024[gender=male]" in receipt and "Quality" not in receipt
    whole = told(acme, "explain", "energy.electricity", "--period", "2024")
    assert "Quality" in whole and not any(line != line.rstrip() for line in whole.splitlines())


def test_an_interrupted_report_says_so_and_leaves_nothing(acme: Path) -> None:
    told(acme, "approve", "--all")
    (acme / "report.yaml").unlink()  # the report that is shipped takes some seconds
    command = [sys.executable, "-c", "from leafledger.cli import main; main()", "report", "--year", "2024"]
    running = subprocess.Popen(
        command,
        cwd=acme,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(
            signal.SIGINT, signal.SIG_DFL
        ),  # a job in the background is started deaf to it
    )
    while not _children(running.pid):  # its workers, one an edition, come once the figures are there
        assert running.poll() is None
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGINT)
    said = "".join(running.communicate(timeout=30))
    assert (running.returncode, said.strip()) == (130, "Interrupted; nothing was written.")
    assert not (acme / ".leaf/report/2024").exists()


def _children(pid: int) -> list[str]:
    """The processes that a process has started, as Linux tells; a process can end while it is looked at."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if stat.read_text().rpartition(") ")[2].split()[1] == str(pid):
                found.append(stat.parent.name)
    return found
