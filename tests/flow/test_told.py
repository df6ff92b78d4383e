"""What a person is told by the commands: of figures, of numbers that were typed, of translations, of editions and of reasons."""

import shutil
from pathlib import Path

import pytest
from scripts.pages.run import leaf

TITLE = "{zh-Hant: 名, zh-Hans: 名, en: Name}"
ENTRIES = "id,activity,site,labels,period,value,unit,kind\n"
PUBLISHED = "id,metric,labels,period,value,unit\nP1,energy.electricity,,2025,1250,MWh\n"
REASONED = "metric,labels,period,printed,ours,reason_zh-Hant,reason_zh-Hans,reason_en\nenergy.electricity,,2025,{printed},{ours},{reason}\n"
WHY = "印刷時漏了一月,印刷时漏了一月,January was left out in print"
CONTROL = (
    "energy.electricity in 2025 adds up to 1200.5, but its control total (e-2) is 1300; find the entry that is wrong"
)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A company that has its electricity approved, beside a control total that says otherwise."""
    place = tmp_path_factory.mktemp("first")
    assert leaf("init", "acme", "--name", "Acme", "--year", "2025", at=place).status == 0
    company = place / "acme"
    write(company, "series.csv", "activity,site,labels,since,until,owner\nenergy.electricity,head-office,,,,recorder\n")
    rows = "e-1,energy.electricity,head-office,,2025,1200.5,MWh,\ne-2,energy.electricity,head-office,,2025,1300,MWh,assertion\n"
    write(company, "entries/first.csv", ENTRIES + rows)
    told(company, "load")
    told(company, "approve", "--all")
    return company


@pytest.fixture
def acme(first: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may spoil."""
    return shutil.copytree(first, tmp_path / "acme")


def write(company: Path, name: str, text: str) -> None:
    (company / name).parent.mkdir(parents=True, exist_ok=True)
    (company / name).write_text(text, encoding="utf-8")


def changed(company: Path, name: str, old: str, new: str) -> None:
    text = (company / name).read_text(encoding="utf-8")
    assert old in text, text
    write(company, name, text.replace(old, new))


def told(company: Path, *words: str, status: int = 0) -> str:
    seen = leaf(*words, at=company)
    assert seen.status == status, seen.shown
    return seen.shown


def narrated(company: Path, english: str, chinese: str, section: str = "people.safety") -> None:
    for language, text in (("en", english), ("zh-Hant", chinese), ("zh-Hans", chinese)):
        write(company, f"narrative/{language}/{section}.md", text)
    told(company, "translated")


def test_a_control_total_that_differs_is_told_once_by_each_command_that_shows_figures(acme: Path) -> None:
    write(acme, "published.csv", PUBLISHED.replace("1250", "1200.5"))
    for command in ("check", "report", "tie-out"):
        assert told(acme, command).count(CONTROL) == 1, command


@pytest.mark.parametrize(
    ("english", "chinese", "says"),
    [
        ("We trained 2000 people.", "培訓員工。", "narrative/en/people.safety.md:1: error: the number 2000 has no figure behind it"),
        ("Trained.", "培訓2001名員工。", "narrative/zh-Hant/people.safety.md:4: error: the number 2001 has no figure behind it"),
        ("So it was in 2023.", "2022年如此。", "2022 stands in zh-Hant, zh-Hans and not in en; make the languages say the same"),
    ],
)  # fmt: skip
def test_a_number_that_only_looks_like_a_year_stops_the_report(
    acme: Path, english: str, chinese: str, says: str
) -> None:
    narrated(acme, english, chinese)
    assert says in told(acme, "check", status=1)
    assert says in told(acme, "report", status=2)


@pytest.mark.parametrize("key", ["explained", "omitted"])
def test_a_number_typed_into_a_content_index_stops_the_report(acme: Path, key: str) -> None:
    write(
        acme, "disclosures.yaml", f'gri-2021:\n  "2-1": {{{key}: {{zh-Hant: 共12座, zh-Hans: 共13座, en: 14 sites}}}}\n'
    )
    said = told(acme, "report", status=2)
    for digits, language in (("12", "zh-Hant"), ("13", "zh-Hans"), ("14", "en")):
        assert f"disclosures.yaml:2: error: what is said of 2-1: the number {digits} ({language}) has no figure" in said


def test_a_figure_in_a_content_index_leads_to_its_receipt(acme: Path) -> None:
    text = "{zh-Hant: '用電{energy.electricity@2025}', zh-Hans: '用电{energy.electricity@2025}', en: 'Used {energy.electricity@2025}'}"
    write(acme, "disclosures.yaml", f'gri-2021:\n  "302-1": {{explained: {text}}}\n')
    told(acme, "report")
    page = (acme / ".leaf" / "report" / "2025" / "en" / "index.html").read_text(encoding="utf-8")
    assert 'Used <a class="n"' in page and "1,200.5\N{NO-BREAK SPACE}MWh</a>" in page.partition("Used <a")[2][:200]


def test_a_number_on_the_cover_stops_the_report(acme: Path) -> None:
    changed(acme, "company.yaml", "prevailing:", "cover: {zh-Hant: 共30家, zh-Hans: 共30家, en: 30 firms}\nprevailing:")
    assert "company.yaml:2: error: the cover's text: the number 30 (en) has no figure behind it" in told(
        acme, "check", status=1
    )


@pytest.mark.parametrize(
    ("printed", "ours", "says"),
    [
        ("1250", "1200.5", ""),
        ("1251", "1200.5", "a reason is recorded for printed 1251 and ours 1200.5, and there is no such difference"),
        ("1250", "1200.6", "a reason is recorded for printed 1250 and ours 1200.6, and there is no such difference"),
    ],
)
def test_a_reason_explains_the_difference_it_was_written_for_and_no_other(
    acme: Path, printed: str, ours: str, says: str
) -> None:
    write(acme, "published.csv", PUBLISHED)
    write(acme, "differences.csv", REASONED.format(printed=printed, ours=ours, reason=WHY))
    said = told(acme, "tie-out", status=1 if says else 0)
    assert says in said
    assert ("January was left out" in said) == (not says)
    receipt = told(acme, "explain", "energy.electricity", "--period", "2025")
    assert ("January was left out" in receipt) == (not says)


def test_a_reason_that_quotes_a_number_unmarked_is_refused(acme: Path) -> None:
    write(acme, "published.csv", PUBLISHED)
    write(acme, "differences.csv", REASONED.format(printed=1250, ours="1200.5", reason="因,因,We print 1200.5"))
    said = told(acme, "tie-out", status=2)
    assert "differences.csv:2: error: the reason: the number 1200.5 (en) has no figure behind it; write [[…]]" in said


def test_a_translation_is_vouched_for_by_its_command_and_again_when_its_source_changes(acme: Path) -> None:
    narrated(acme, "Safe.", "安全。")
    assert "translate" not in told(acme, "check")
    write(acme, "narrative/en/people.safety.md", "Safer.")
    said = told(acme, "check")
    assert said.count("read it against the source, then call `leaf translated people.safety`") == 2
    assert "people.safty has no text in en" in told(acme, "translated", "people.safty", status=2)
    assert "2 translations stamped." in told(acme, "translated", "people.safety")
    assert "0 translations stamped." in told(acme, "translated")
    assert "leaf translated" not in told(acme, "check")


def test_a_new_company_reports_by_the_standards_of_its_year_and_is_told_of_others(tmp_path: Path) -> None:
    assert leaf("init", "acme", "--year", "2024", at=tmp_path).status == 0
    company = tmp_path / "acme"
    assert "standards: [gri-2021, hkex-c2-2024, sdg]" in (company / "company.yaml").read_text(encoding="utf-8")
    assert "applies from" not in told(company, "check")
    changed(company, "company.yaml", "hkex-c2-2024", "hkex-c2-2025")
    says = "warning: hkex-c2-2025 applies from 2025-01-01, and the report is for 2024; name the edition that applies"
    assert says in told(company, "check")


def test_a_new_company_may_name_its_standards(tmp_path: Path) -> None:
    seen = leaf("init", "acme", "--year", "2025", "--standard", "ifrs-s2", "--standard", "sasb-tc-si", at=tmp_path)
    assert seen.status == 0
    assert "standards: [ifrs-s2, sasb-tc-si]" in (tmp_path / "acme" / "company.yaml").read_text(encoding="utf-8")
    said = told(tmp_path / "acme", "check")
    assert said.count("ifrs-s2 asks for ") == 1 and "S2.29(a)(i)(1)" in said
    refused = leaf("init", "other", "--standard", "ifrs-s3", at=tmp_path)
    assert refused.status == 2 and "there is no standard 'ifrs-s3'; did you mean 'ifrs-s2'?" in refused.shown
    assert not (tmp_path / "other").exists()


def test_a_restated_value_that_is_no_number_is_refused_in_words(acme: Path) -> None:
    block = f"restatements:\n  - {{metric: energy.total, year: 2025, old_value: NaN, reason: {TITLE}}}\nstandards:"
    changed(acme, "company.yaml", "standards:", block)
    said = told(acme, "report", status=2)
    assert "error: old_value: 'NaN' is not a plain decimal number" in said and "Traceback" not in said


def test_a_factor_of_which_nobody_says_when_it_was_published_is_refused(acme: Path) -> None:
    row = "own,grid_electricity,0.1,kgCO2/kWh,2025,P,S,seen"
    write(acme, "factors/own.csv", f"id,name,value,unit,data_year,publisher,source,verified\n{row}\n")
    assert "factors/own.csv:2: error: a factor needs published: which edition serves" in told(acme, "report", status=2)


def test_a_year_is_held_against_a_standard_that_the_company_does_not_report_by(acme: Path) -> None:
    said = told(acme, "gaps", "ifrs-s2")
    assert "IFRS S2 Climate-related Disclosures (2023), 2025" in said
    assert "40 disclosures: 0 answered, 0 partly, 40 missing, 0 not applicable" in said
    assert "to do so, add ifrs-s2 to standards in company.yaml" in said
    assert "Scope 1 emissions, gross  missing  mandatory" in said
    assert (
        "not collected; record climate.risks_opportunities (Climate-related risks and opportunities identified)" in said
    )
    assert "項披露" in told(acme, "gaps", "ifrs-s2", "--language", "zh-Hant")


def test_gaps_are_written_for_other_programs_and_refused_where_there_is_nothing_to_hold(acme: Path) -> None:
    told(acme, "gaps", "sse-14-2024", "--format", "csv", "--output", "gaps.csv")
    head, *rows = (acme / "gaps.csv").read_text(encoding="utf-8").splitlines()
    assert head.startswith("standard,year,id,title") and rows[0].startswith("sse-14-2024,2025,21-28.governance,")
    assert "there is no standard 'ifrs-s3'; did you mean 'ifrs-s2'?" in told(acme, "gaps", "ifrs-s3", status=2)
    assert "2019 is not a reporting year" in told(acme, "gaps", "ifrs-s2", "--year", "2019", status=2)
    assert "'fr' is not a language of reports" in told(acme, "gaps", "ifrs-s2", "--language", "fr", status=2)
