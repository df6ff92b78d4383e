"""A data center as its operator runs it: a plan, a comparison, savings that somebody else approves, and a page."""

import io
import json
import re
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from scripts.pages.run import leaf
from tests.datacenter.center import SITE, spoilt
from tests.report.html_reading import read as read_html

from leafledger.core.finding import Refused
from leafledger.core.text import LANGUAGES
from leafledger.flow.plan import plan
from leafledger.flow.plan_site import needs

NOON = datetime(2025, 3, 13, 12)  # noqa: DTZ001  local, as the command gives it
PERIOD = "2025-03-03/2025-03-16"


def told(company: Path, *words: str, status: int = 0) -> str:
    seen = leaf(*words, at=company)
    assert seen.status == status, seen.shown
    return seen.shown


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, loaded, with two weeks accounted for and not yet approved."""
    folder = spoilt(tmp_path_factory.mktemp("dc"))
    told(folder, "load", "--as-owners")
    told(folder, "approve", "--all")
    told(folder, "plan", SITE, "--account", PERIOD)
    return folder


def test_a_plan_is_printed_and_written(company: Path):
    said = told(company, "plan", SITE, "--from", "2025-03-13T09:00", "--hours", "48", "--frontier", "3", "--out", "out")
    assert re.search(r"In all +[\d,]+ +[\d,]+ +\+[\d,]+ +\d+\.\d%", said), said
    assert "Emissions by location +" in said and "what the battery loses is bought too" in said
    assert "discharge" in said and "run flexible work" in said and "none past its deadline" in said
    assert "was not read in a source" in said, "an assumed price is never silent"
    out = company / "out"
    written = json.loads((out / "plan.json").read_text(encoding="utf-8"))
    rows = pq.read_table(out / "schedule.parquet").to_pylist()
    assert len(rows) == len(written["schedule"]) == 48 and rows[0]["bought"] == written["schedule"][0]["bought"]
    assert written["plan"]["cost"] < written["without"]["cost"] and len(written["frontier"]) == 3 and written["jobs"]
    book = zipfile.ZipFile(io.BytesIO((out / "schedule.xlsx").read_bytes()))
    assert b"Schedule" in book.read("xl/workbook.xml") and b"Jobs" in book.read("xl/workbook.xml")
    for language in LANGUAGES:
        assert {path.name for path in (out / language).iterdir()} == {
            "power.svg",
            "battery.svg",
            "price.svg",
            "forecast.svg",
        }
    assert "電網" in (out / "zh-Hant/power.svg").read_text(encoding="utf-8")


def test_the_same_plan_gives_the_same_bytes(company: Path):
    for name in ("one", "two"):
        told(company, "plan", SITE, "--from", "2025-03-13", "--hours", "24", "--out", name)
    for file in ("plan.json", "schedule.xlsx", "schedule.parquet", "en/power.svg"):
        assert (company / "one" / file).read_bytes() == (company / "two" / file).read_bytes(), file


def test_ways_are_compared_and_come_as_data(company: Path):
    shown = leaf("plan", SITE, "--backtest", "--from", "2025-03-12", "--to", "2025-03-14", "--json", at=company)
    made = json.loads(shown.printed)
    assert [way["name"] for way in made["ways"]] == ["fifo", "rule", "mpc", "foresight", "full", "known"] and made[
        "hours"
    ] == 48
    assert len({round(way["gpu_hours"], 3) for way in made["ways"]}) == 1
    said = told(company, "plan", SITE, "--backtest", "--from", "2025-03-12", "--to", "2025-03-14")
    assert "Each way does the same work" in said and "Emissions rise by what the battery loses" in said


def test_a_saving_waits_for_somebody_else_and_then_counts(company: Path):
    again = told(company, "plan", SITE, "--account", PERIOD)
    assert "0 entries recorded by operator, 8 known already" in again
    assert re.search(r"storage +-[\d,]+ +\+[\d,.]+ +-\d+\.\d+ +-\d+\.\d+ +IPMVP option B", again), again
    waiting = told(company, "approve")
    assert waiting.count(f"{SITE}-2025-03-03_2025-03-16-") >= 8 and "IPMVP option D: calibrated simulation" in waiting
    refused = told(company, "approve", "--all", "--by", "operator", status=2)
    assert "operator" in refused
    told(company, "approve", "--all", "--by", "controller")
    facts = told(company, "facts", "--years", "2025")
    assert re.search(r"^datacenter\.storage_emissions,,2025,\d", facts, re.M) and re.search(
        r"^datacenter\.saved_emissions,,2025,\d", facts, re.M
    )
    assert re.search(r"^datacenter\.pue_measured,,2025,1\.2", facts, re.M) and re.search(
        r"^datacenter\.pue,,2025,,", facts, re.M
    )
    proof = next((company / ".leaf/plan" / SITE / "evidence").glob("*.json"))
    said = json.loads(proof.read_text(encoding="utf-8"))
    assert [one["option"][:14] for one in said["savings"]] == ["IPMVP option B", "IPMVP option D"]
    assert set(said["inputs"]) == {
        "datacenter.yaml",
        "meters.yaml",
        "cn-sh-two-part.yaml",
        "telemetry/2025-03.csv",
        "weather.csv",
    }


def test_a_period_that_telemetry_does_not_cover_is_refused(company: Path):
    said = told(company, "plan", SITE, "--account", "2025-03", status=2)
    assert "the telemetry covers 2025-03-03 00:00 to 2025-03-17 00:00 of 2025-03" in said


def test_the_page_says_the_same_in_three_languages_and_asks_nobody(company: Path):
    told(company, "plan", SITE, "--page", "--from", "2025-03-14T09:00")
    site = company / ".leaf/plan" / SITE / "page"
    texts = {language: (site / language / "index.html").read_text(encoding="utf-8") for language in LANGUAGES}
    for text in texts.values():
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|https?://", text.replace("http://www.w3.org", "")), (
            "nothing inline, nothing from elsewhere"
        )
        for where in re.findall(r'(?:href|src)="([^"#][^"]*)"', text):
            assert (site / "en" / where).resolve().exists(), where
        assert set(re.findall(r'href="#([^"]+)"', text)) <= set(re.findall(r'id="([^"]+)"', text))
    numbers = {language: re.findall(r'class="n">([^<]+)<', text) for language, text in texts.items()}
    assert numbers["en"] == numbers["zh-Hant"] == numbers["zh-Hans"] and len(numbers["en"]) == 7
    assert {text.count("<figure") for text in texts.values()} == {8}
    assert "1.28" in texts["en"] and "1.20" in texts["en"] and "Energy storage" in texts["en"]
    assert "虛構" in texts["zh-Hant"] and "虚构" in texts["zh-Hans"]
    for language in LANGUAGES:
        read_html((site / language / "index.html").read_bytes())


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("telemetry/2025-03.csv", "2025-03-12 05:00,main,", "2025-03-12 05:00,main,-", "main shows less than nothing in 1 hours, first at"),
        ("meters.yaml", "role: water, reads: register", "role: waters, reads: register", "meters.yaml:15"),
        ("datacenter.yaml", "feeder: 4.0", "feeder: 0.5", "the feeder carries 0.5 MW, and at"),
        ("datacenter.yaml", "reserve: 0.3", "reserve: 5", "the reserve of 5.0 MWh cannot be kept"),
        ("jobs.csv", "2025-03-03 0", "2025-13-03 0", "jobs.csv:2: the row cannot be read"),
        ("telemetry/2025-03.csv", "time,meter,value", "when,meter,value", "there is no column 'time' for the time"),
    ],
    ids=["negative", "role", "feeder", "reserve", "job", "column"],
)  # fmt: skip
def test_bad_input_is_told_with_its_place(tmp_path: Path, file: str, old: str, new: str, said: str):
    folder = spoilt(tmp_path, file, old, new)
    try:
        findings = plan(folder, SITE, NOON, 24).findings
    except Refused as refused:
        findings = refused.findings
    assert any(said in f"{one.place}: {one.message}" for one in findings), "\n".join(map(str, findings))


def test_a_register_that_runs_backwards_is_told_and_not_mended(tmp_path: Path):
    folder = spoilt(tmp_path)
    file = folder / "telemetry/2025-03.csv"
    file.write_text(re.sub(r"(2025-03-12 05:00,tower),\d", r"\1,1", file.read_text(encoding="utf-8")), encoding="utf-8")
    found = [str(one) for one in plan(folder, SITE, NOON, 24).findings]
    assert any("tower runs backwards or was reset" in one and "2025-03-12 04:00" in one for one in found), found


def test_a_missing_hour_is_told_and_the_forecast_says_what_it_took_instead(tmp_path: Path):
    folder = spoilt(tmp_path)
    file = folder / "telemetry/2025-03.csv"
    kept = [row for row in file.read_text(encoding="utf-8").splitlines() if not row.startswith("2025-03-12 05:00,main")]
    file.write_text("\n".join(kept) + "\n", encoding="utf-8")
    found = [str(one) for one in plan(folder, SITE, NOON, 24).findings]
    assert any("main lacks readings in 1 hours, first at 2025-03-12 05:00" in one for one in found), found
    assert any("the load is not known in 1 hours, first at 2025-03-12 05:00" in one for one in found)
    with pytest.raises(
        Refused, match="the load is not known in 1 hours, first at 2025-03-12 05:00; what is compared must be known"
    ):
        from leafledger.flow.plan_backtest import look_back

        look_back(folder, SITE, datetime(2025, 3, 12), datetime(2025, 3, 13))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{period: flat, multiplier: 1,", "{period: flat, multiplier: -1,", "is below zero (-0.7000)"),
        ('hours: ["0-24"]', 'hours: ["0-7"]', "no line gives a period to hour 7 of a working day in month 1"),
        ("years: [2025]", "years: [2024]", "the holidays of 2025 are not in the tariff"),
    ],
    ids=["negative", "gap", "year"],
)
def test_a_tariff_that_cannot_be_planned_with_is_refused(tmp_path: Path, old: str, new: str, said: str):
    from leafledger.datacenter.definitions import TARIFFS

    folder = spoilt(tmp_path, "datacenter.yaml", "tariff: cn-sh-two-part", "tariff: own.yaml")
    text = (TARIFFS / "cn-sh-two-part.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "own.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        plan(folder, SITE, NOON, 24)
    assert any(said in one.message and "own.yaml" in str(one.place) for one in refused.value.findings), str(
        refused.value
    )


def test_a_plan_that_begins_where_nothing_was_measured_is_refused(tmp_path: Path):
    with pytest.raises(Refused, match="the telemetry ends at 2025-03-17 00:00, before 2025-03-20 00:00"):
        plan(spoilt(tmp_path), SITE, datetime(2025, 3, 20), 24)  # noqa: DTZ001


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "highspy", None)
    monkeypatch.setattr(
        "importlib.util.find_spec", lambda name: None if name in ("highspy", "xlsxwriter") else object()
    )
    with pytest.raises(
        Refused, match=r"needs highspy and xlsxwriter, which are not installed; pip install 'leafledger\[datacenter\]'"
    ):
        needs()
