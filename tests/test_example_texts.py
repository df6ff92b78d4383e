"""The texts of the reference issuer: each number in them has a figure, each language says the same, each answer leads somewhere."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from leafledger.core.fact import FactSet, parse_figure
from leafledger.core.text import LANGUAGES
from leafledger.engine.books import books
from leafledger.engine.cells import cells_from_entries, in_force
from leafledger.engine.compute import compute
from leafledger.engine.prove import proven
from leafledger.library.company import read_company, read_entries, read_series
from leafledger.library.load import LIBRARY, Library, load
from leafledger.report.answers import Answer, Answers, read_answers
from leafledger.report.narrative import Narrative, Narratives, read_narratives
from leafledger.report.outline import Outline, items, read_outline
from leafledger.report.rules import check
from leafledger.report.sources import Sources

ISSUER = Path(__file__).parent.parent / "examples" / "sensetime-2024"
PREVAILING = "zh-Hans"
ONLY_SIMPLIFIED = "这说为们会务总电议应关报后对发时无业从东车产风险级权样则续战标环资绩统机员"
ONLY_TRADITIONAL = "這說為們會務總電議應關報後對發時無業從東車產風險級權樣則續戰標環資績統機員"


@cache
def library() -> Library:
    return proven(load(LIBRARY, ISSUER))


@cache
def facts() -> FactSet:
    """Every figure of the issuer, from its entries as they are filed."""
    company = read_company(ISSUER)
    series = read_series(ISSUER, company, library())
    entries = in_force(read_entries(ISSUER, series, library()))
    return compute(books(library(), company, series, cells_from_entries(entries, library().counted)))


@cache
def texts() -> Narratives:
    return read_narratives(ISSUER)


@cache
def outline() -> Outline:
    return read_outline(ISSUER, read_company(ISSUER).standards)


@cache
def answers() -> Answers:
    return read_answers(ISSUER)


def every_text() -> Iterator[Narrative]:
    return (text for language in LANGUAGES for text in texts()[language].values())


def every_answer() -> Iterator[tuple[str, str, Answer]]:
    return ((standard, id, answer) for standard, given in answers().items() for id, answer in given.items())


def said(text: Narrative) -> str:
    """The words of a text without its references and its front matter."""
    whole = (ISSUER / text.name).read_text(encoding="utf-8")
    return re.sub(r"\{[^}]*\}", "", re.sub(r"\A---\n.*\n---\n", "", whole))


def test_each_text_reads_without_a_finding() -> None:
    assert [f"{finding.place}: {finding.template}" for text in every_text() for finding in text.findings] == []


def test_each_section_and_chapter_has_a_text_in_each_language() -> None:
    wanted = {section.id for section, item in items(outline()) if item.text} | {c.id for c in outline().chapters}
    assert {language: set(texts()[language]) for language in LANGUAGES} == dict.fromkeys(LANGUAGES, wanted)


def test_each_translation_is_of_the_source_as_it_stands() -> None:
    stale = [
        text.name
        for text in every_text()
        if text.language != PREVAILING and text.translated_from != texts()[PREVAILING][text.id].hash
    ]
    assert stale == []


def test_the_language_that_the_texts_are_translated_from_is_the_one_that_prevails() -> None:
    assert read_company(ISSUER).prevailing == PREVAILING


def test_each_number_in_the_texts_is_a_figure_with_a_value() -> None:
    empty = [
        f"{text.name}:{ref.line} {ref.key}"
        for text in every_text()
        for ref in text.refs
        if ref.key not in facts() or facts()[ref.key].value is None
    ]
    assert empty == []


def test_each_text_names_the_same_figures_in_each_language() -> None:
    named = {
        id: [sorted(ref.key for ref in texts()[language][id].refs) for language in LANGUAGES]
        for id in texts()[PREVAILING]
    }
    assert [id for id, (first, *others) in named.items() if any(other != first for other in others)] == []


@pytest.mark.parametrize(("language", "foreign"), [("zh-Hant", ONLY_SIMPLIFIED), ("zh-Hans", ONLY_TRADITIONAL)])
def test_each_chinese_script_keeps_to_itself(language: str, foreign: str) -> None:
    shared = set(ONLY_SIMPLIFIED) & set(ONLY_TRADITIONAL)
    strays = {text.name: set(said(text)) & (set(foreign) - shared) for text in texts()[language].values()}
    assert {name: found for name, found in strays.items() if found} == {}


def test_english_texts_have_no_chinese_letters_in_them() -> None:
    assert [text.name for text in texts()["en"].values() if re.search(r"[\u3400-\u9fff]", said(text))] == []


def test_no_text_of_the_issuer_prints_a_number_that_no_figure_stands_behind() -> None:
    company = read_company(ISSUER)
    sources = Sources(
        company=company,
        library=library(),
        outline=outline(),
        answers=answers(),
        narratives=texts(),
        facts=facts(),
        year=2024,
    )
    assert [str(finding) for finding in check(sources)] == []


def test_the_report_says_that_it_is_a_reconstruction() -> None:
    words = {"zh-Hant": "重新編製", "zh-Hans": "重新编制", "en": "reconstruction"}
    assert all(word in said(texts()[language]["about.scope"]) for language, word in words.items())


def test_each_answer_is_to_a_disclosure_that_its_standard_knows() -> None:
    known = {id: {one.id for one in standard.disclosures} for id, standard in library().standards.items()}
    assert [(standard, id) for standard, id, _ in every_answer() if id not in known.get(standard, ())] == []


def test_each_answer_leads_to_a_section_that_is_there() -> None:
    known = set(outline().sections) | {chapter.id for chapter in outline().chapters}
    assert [
        (id, section) for _, id, answer in every_answer() for section in answer.sections if section not in known
    ] == []


def test_each_answer_rests_on_figures_with_a_value() -> None:
    there = {fact.metric for fact in facts().values() if fact.value is not None}
    missing = [(id, metric) for _, id, answer in every_answer() for metric in answer.metrics if metric not in there]
    assert missing == []


def test_each_disclosure_that_is_owed_is_answered() -> None:
    owed = [
        (standard, one.id)
        for standard in read_company(ISSUER).standards
        for one in library().standards[standard].disclosures
        if one.level in ("mandatory", "comply_or_explain")
    ]
    assert owed
    assert [(standard, id) for standard, id in owed if id not in answers()[standard]] == []


def test_the_shipped_outline_names_only_figures_that_any_company_has() -> None:
    shipped = load(LIBRARY)
    named = {parse_figure(name)[0] for _, item in items(outline()) for name in item.figures}
    named |= {metric for _, item in items(outline()) if item.chart for metric in item.chart.metrics}
    named |= {row.metric for _, item in items(outline()) if item.table for row in item.table.rows if row.metric}
    named |= {metric for _, item in items(outline()) if item.table for metric in item.table.columns}
    assert sorted(named - set(shipped.activities) - set(shipped.metrics)) == []


def test_a_company_gets_the_indices_of_the_standards_it_reports_by(tmp_path: Path) -> None:
    kept = read_outline(tmp_path, ("gri-2021", "hkex-c2-2025"))
    assert [item.index for _, item in items(kept) if item.index] == ["gri-2021", "hkex-c2-2025"]
    assert "indices.sdg" not in kept.sections


def test_a_company_that_reports_by_no_standard_has_no_chapter_of_indices(tmp_path: Path) -> None:
    assert "indices" not in {chapter.id for chapter in read_outline(tmp_path, ()).chapters}
