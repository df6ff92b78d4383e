"""The outline and the answers to disclosures are read strictly, with every error at once and its line."""

import pytest
from company import HARBOUR

from leafledger.core.finding import Refused
from leafledger.library.load import LIBRARY, load
from leafledger.report.answers import read_answers
from leafledger.report.outline import RowSpec, items, outline_from, read_outline

TEXT = "{zh-Hant: 甲, zh-Hans: 甲, en: A}"
OUTLINE = f"""\
title: {TEXT}
chapters:
  - id: a
    title: {TEXT}
    sections:
      - id: a.one
        title: {TEXT}
        body:
          - text
          - table: {{id: t, caption: {TEXT}, rows: [energy.total, {{group: {TEXT}}}, {{metric: x, splits: [y]}}]}}
  - id: back
    title: {TEXT}
    numbered: false
    sections:
      - {{id: back.one, title: {TEXT}}}
  - id: b
    title: {TEXT}
    sections:
      - {{id: b.one, title: {TEXT}}}
      - {{id: b.two, title: {TEXT}}}
"""


def outline(tmp_path, text):
    (tmp_path / "report.yaml").write_text(text, encoding="utf-8")
    return outline_from(tmp_path / "report.yaml", "report.yaml")


def refused(tmp_path, text, read=outline):
    with pytest.raises(Refused) as raised:
        read(tmp_path, text)
    return [str(finding) for finding in raised.value.findings]


def test_short_forms_are_read_as_what_they_stand_for(tmp_path):
    first, second = (item for _, item in items(outline(tmp_path, OUTLINE)))
    assert first.text
    assert [(row.metric, row.splits, bool(row.group)) for row in second.table.rows] == [
        ("energy.total", (), False),
        ("", (), True),
        ("x", ("y",), False),
    ]


def test_chapters_and_sections_are_numbered_unless_they_are_front_or_back_matter(tmp_path):
    assert outline(tmp_path, OUTLINE).numbers() == {
        "a": "1", "a.one": "1.1", "back": "", "back.one": "", "b": "2", "b.one": "2.1", "b.two": "2.2",
    }  # fmt: skip


def test_every_part_knows_its_line(tmp_path):
    made = outline(tmp_path, OUTLINE)
    assert str(made.sections["b.two"].place) == "report.yaml:20"
    assert [str(item.place) for _, item in items(made)] == ["report.yaml:9", "report.yaml:10"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("numbered: false", "numberd: false", "report.yaml:13: error"),
        ("id: b.two, ", "", "report.yaml:20: error"),
        ("- text", "- txt", "report.yaml:9: error"),
        ("splits: [y]", "splits: y", "report.yaml:10: error"),
        (
            f"  - id: b\n    title: {TEXT}",
            "  - id: b\n    title: {zh-Hant: 甲, en: A}",
            "the text in zh-Hans is missing",
        ),
        ("chapters:", "chapters: [", "report.yaml:"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(tmp_path, old, new, said):
    assert OUTLINE.count(old) == 1
    assert said in refused(tmp_path, OUTLINE.replace(old, new))[0]


def test_several_errors_are_told_at_once(tmp_path):
    assert len(refused(tmp_path, OUTLINE.replace("numbered: false", "numberd: false").replace("id: b.two, ", ""))) == 2


def test_a_company_has_its_own_outline_or_the_shipped_one(tmp_path):
    assert [chapter.id for chapter in read_outline(HARBOUR).chapters] == ["front", "planet", "people", "indices"]
    assert "performance" in {chapter.id for chapter in read_outline(tmp_path).chapters}


def test_the_shipped_outline_keeps_the_indices_of_the_standards_that_are_reported_by(tmp_path):
    indices = {item.index for _, item in items(read_outline(tmp_path, ("sdg",))) if item.index}
    assert indices == {"sdg"}


def test_the_shipped_outline_has_an_index_for_every_standard(tmp_path):
    assert {item.index for _, item in items(read_outline(tmp_path)) if item.index} == set(load(LIBRARY).standards)


def test_a_row_is_whole_unless_it_says_otherwise():
    assert RowSpec(metric="x").total


def answers(tmp_path, text):
    (tmp_path / "disclosures.yaml").write_text(text, encoding="utf-8")
    return read_answers(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("gri: {'1': {}}", "disclosures.yaml:1: error [disclosures] 1 has no answer"),
        (f"gri: {{'1': {{sections: [a], omitted: {TEXT}}}}}", "1 is both answered and omitted"),
        ("gri: {'1': {omitted: {en: no, zh-Hans: 否}}}", "the text in zh-Hant is missing"),
        ("gri: {'1': {section: [a]}}", "unknown key 'section'"),
        ("gri: [a]", "a standard is followed by its disclosures"),
        ("a: b: c", "disclosures.yaml:"),
    ],
)
def test_an_answer_that_cannot_be_read_is_refused(tmp_path, text, said):
    assert said in refused(tmp_path, text, answers)[0]


def test_a_company_that_answers_nothing_has_no_answers(tmp_path):
    assert read_answers(tmp_path) == {}
    assert answers(tmp_path, "") == {}
