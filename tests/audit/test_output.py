"""How verdicts are written: in three languages, for people and for other programs, and never as anything that runs."""

import ast
import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from xml.etree import ElementTree

import pytest
import yaml
from build import Build
from rich.console import Console

from leafledger.audit import words
from leafledger.audit.output.data import as_csv, as_json, as_sarif
from leafledger.audit.output.html import as_html
from leafledger.audit.output.text import as_text
from leafledger.audit.output.xlsx import as_xlsx
from leafledger.audit.report import Audited, grouped, judged
from leafledger.audit.verdict import RULES
from leafledger.core.text import LANGUAGES
from leafledger.library.load import LIBRARY

RULE_FILES = sorted((Path(words.__file__).parent / "rules").glob("*.py"))


def audited(label: str = "Employees") -> Audited:
    """A report with one certain error in a row of this name."""
    report = Build(name="harbour <2024>.txt").table(
        "People",
        "2022 2023 2024",
        f"""
        {label} | people.employees               | person | 412 | 440 | 500
        Men     | people.employees gender=male   | person | 250 | 260 | 291
        Women   | people.employees gender=female | person | 162 | 180 | 210
        """,
    )
    reading = report.reading()
    found, failed = judged(reading)
    return Audited(document=reading.document, reading=reading, verdicts=grouped(found, reading), warnings=failed)


def templates() -> Iterator[str]:
    """Every sentence that a check may say: what it gives to `verdict`, names that hold such, and docstrings of checks."""
    for path in RULE_FILES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {
            target.id: node.value.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
            for target in node.targets
            if isinstance(target, ast.Name) and isinstance(node.value.value, str)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "verdict":
                said = [*node.args[3:4], *(k.value for k in node.keywords if k.arg == "settle")]
                for part in (inner for one in said for inner in ast.walk(one)):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str) and " " in part.value:
                        yield part.value
                    elif isinstance(part, ast.Name) and part.id in names:
                        yield names[part.id]
    reasons = yaml.safe_load((LIBRARY / "audit" / "standard_names.yaml").read_text(encoding="utf-8"))["reasons"]
    yield from reasons.values()


def test_every_sentence_is_said_in_three_languages_with_the_same_values() -> None:
    for template in set(templates()):
        said = words.messages()[template]
        for language in LANGUAGES:
            assert _fields(said[language]) <= _fields(template), (language, template)
        lost = _fields(template) - _fields(said["zh-Hant"])
        assert not lost, (template, lost)


def test_every_translation_is_of_a_sentence_that_is_said() -> None:
    said = {*templates(), *(words.about(rule, "en") for rule in RULES), words.about("changed-since", "en")}
    assert set(words.messages()) == said


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_check_says_what_it_finds(language: str) -> None:
    for rule in RULES:
        assert words.about(rule, language)


def test_the_terminal_shows_message_places_and_arithmetic() -> None:
    screen = Console(file=io.StringIO(), width=100)
    screen.print(as_text(audited(), "en"))
    shown = screen.file.getvalue()  # type: ignore[attr-defined]
    assert "Certain 1" in shown and "line 2: Employees person 412 440 500" in shown
    assert "291 + 210 = 501 ≠ 500" in shown and "certain 1" in shown.lower()


def test_a_report_with_nothing_wrong_says_so() -> None:
    reading = Build().says("All is well.").reading()
    clean = Audited(document=reading.document, reading=reading, verdicts=())
    screen = Console(file=io.StringIO(), width=100)
    screen.print(as_text(clean, "zh-Hans"))
    assert "未发现问题。" in screen.file.getvalue()  # type: ignore[attr-defined]


def test_json_holds_the_places_and_the_proof() -> None:
    content = json.loads(as_json(audited(), "zh-Hant"))
    (finding,) = content["findings"]
    assert content["counts"] == {"certain": 1, "likely": 0, "question": 0}
    assert (finding["check"], finding["proof"]) == ("sums", "291 + 210 = 501 ≠ 500")
    assert finding["finding"].startswith("Employees：印為 500")
    assert {place["line"] for place in finding["places"]} == {2, 3, 4}


def test_csv_cannot_be_taken_for_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(as_csv(audited("=HYPERLINK(1)"), "en").decode("utf-8-sig"))))
    assert rows[1][6].startswith("'=HYPERLINK")


def test_sarif_names_the_check_and_the_line() -> None:
    run = json.loads(as_sarif(audited(), "en"))["runs"][0]
    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "sums"
    assert (result["level"], result["locations"][0]["physicalLocation"]["region"]["startLine"]) == ("error", 2)
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "harbour%20%3C2024%3E.txt"


def test_the_workbook_is_well_formed_and_all_text() -> None:
    book = zipfile.ZipFile(io.BytesIO(as_xlsx(audited("=1+1"), "zh-Hans")))
    for name in book.namelist():
        ElementTree.fromstring(book.read(name))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "=1+1" in sheet and "确定" in sheet


def test_the_page_stands_alone_and_runs_nothing() -> None:
    page = as_html(audited("<script>alert(1)</script>"), "en").decode()
    assert "<script" not in page and "harbour &lt;2024&gt;.txt" in page
    assert not re.search(r"(?:src|href)=\"(?!data:|#)", page)
    assert "291 + 210 = 501 ≠ 500" in page and "Content-Security-Policy" in page
