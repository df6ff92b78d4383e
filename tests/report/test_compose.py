"""A company's facts and texts become a report in which every number has a fact and every gap is seen."""

from dataclasses import replace
from decimal import Decimal

import pytest
from company import blocks, harbour, notes, rewritten, shown, table

from leafledger.core.text import LANGUAGES
from leafledger.report.blocks import Callout, Figure, Heading, KeyFigures, Missing, Number, PageRef, Paragraph, Table
from leafledger.report.compose import compose
from leafledger.report.outline import Item


def prose(report):
    return ["".join(map(shown, block.inlines)) for block in blocks(report) if isinstance(block, Paragraph)]


def test_a_reference_in_a_sentence_becomes_its_figure_with_unit_bound_and_mark():
    report = compose(
        rewritten(harbour(), "en", "people.who", "We sold {money.revenue@2024}, used {energy.total@2024}."), "en"
    )
    assert "We sold over RMB 101.0 million, used 1,582.5\N{NO-BREAK SPACE}MWh e." in prose(report)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh-Hant", "能源總量為1,582.5兆瓦時 估，上年為1,220.0 估 重。"),
        ("zh-Hans", "能源总量为1,582.5兆瓦时 估，上年为1,220.0 估 重。"),
    ],
)
def test_each_language_writes_the_same_figure_in_its_own_way(language, said):
    assert said in prose(compose(harbour(), language))


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("waste.total@2024", "[Waste: no figure]"),
        ("water.use@2024", "[Water used: incomplete: 11 of 12 months covered]"),
        ("water.use@1999", "[Water used: no figure]"),
        ("nonsense", "[nonsense: no figure]"),
    ],
)
def test_what_cannot_be_said_as_a_figure_is_a_hole_in_the_sentence(reference, said):
    report = compose(rewritten(harbour(), "en", "people.who", f"It was {{{reference}}}."), "en")
    (block,) = [b for b in blocks(report) if isinstance(b, Paragraph) and "It was" in b.inlines[0].text]
    assert isinstance(block.inlines[1], Missing) and block.inlines[1].text == said


def test_a_table_of_years_has_groups_units_marks_and_visible_gaps():
    assert table(compose(harbour(), "en"), "planet-figures") == [
        ["Energy"],
        ["Total energy", "MWh", "1,582.5 e1", "1,220.0 e1 r2"],
        ["Energy intensity", "MWh/RMB million", "≤15.67 e1", "13.48 e1"],
        ["Emissions of electricity", "tCO₂", "163.8 e1", "108.0 e1"],
        ["Water and waste"],
        ["Water used", "m³", "incomplete: 11 of 12 months covered", "5,400"],
        ["Waste", "tonnes", "no figure", "no figure"],
    ]


def test_the_notes_of_a_table_say_why_a_year_was_restated_and_what_was_printed_before():
    said = notes(compose(harbour(), "en"), "planet-figures")
    assert "Restated: electricity of the office was added. The value published before was 1,180.0\xa0MWh." in said
    assert said[-1] == "“No figure” means that nothing is recorded; it does not mean zero."


def test_an_old_value_that_nobody_recorded_is_said_to_be_unknown():
    said = notes(compose(harbour(), "en"), "people-figures")
    assert "Restated: counted at the end of the year. The value published before was not recorded." in said


def test_splits_stand_under_their_total_and_a_change_of_formula_is_noted():
    report = compose(harbour(), "en")
    assert table(report, "people-figures")[-3:] == [
        ["Share trained", "%", "50.0 2", "90.6 3"],
        ["Male", "%", "28.6 2", "100.0 3"],
        ["Female", "%", "21.4 2", "80.0 3"],
    ]
    assert notes(report, "people-figures")[1:] == [
        "Share trained, until 31 December 2023: divided by all employees",
        "Share trained, from 1 January 2024: divided by the employees of that kind",
    ]


def test_members_without_their_total_carry_its_title():
    assert ["Share of employees: Female", "%", "42.9", "46.9"] in table(compose(harbour(), "en"), "people-figures")


def test_a_table_by_members_leaves_out_a_member_that_nobody_collects():
    report = compose(harbour(), "en")
    assert table(report, "pledges") == [
        ["Safety pledge", "18", "20", "90"],
        ["Confidentiality pledge", "9", "10", "90"],
    ]
    (made,) = [b for b in blocks(report) if isinstance(b, Table) and b.id == "pledges"]
    assert made.header == ("Pledge", "Signed (suppliers)", "Asked to sign (suppliers)", "Share signed (%)")


def test_a_key_figure_stands_beside_that_of_the_year_before():
    (figures,) = [block for block in blocks(compose(harbour(), "en")) if isinstance(block, KeyFigures)]
    total, waste = figures.items
    assert (shown(total.value), total.unit, total.note) == ("1,582.5 e", "MWh", "2023: 1,220.0")
    assert (waste.value.text, waste.note) == ("no figure", "")


def test_every_printed_number_is_a_fact_of_the_company():
    facts = {fact.id: fact for fact in harbour().facts.values()}
    cells = [
        c
        for b in blocks(compose(harbour(), "en"))
        if isinstance(b, Table)
        for row in b.rows
        for cell in row.cells
        for c in cell
    ]
    numbers = [cell for cell in cells if isinstance(cell, Number)]
    assert len(numbers) == 29
    assert all(
        facts[number.fact_id].key == number.key and facts[number.fact_id].value is not None for number in numbers
    )


def test_a_section_without_a_text_says_where_to_put_it():
    (hole,) = [block for block in blocks(compose(harbour(), "en")) if isinstance(block, Callout)]
    assert "narrative/en/people.unwritten.md" in hole.paragraphs[0][0].text


def test_an_outline_may_ask_for_an_explanation_of_the_marks():
    outline = harbour().outline
    front = outline.chapters[0]
    section = replace(front.sections[0], body=(Item(marks=True),))
    sources = replace(harbour(), outline=replace(outline, chapters=(replace(front, sections=(section,)),)))
    (note,) = [block for block in blocks(compose(sources, "en")) if isinstance(block, Callout)]
    assert [line[0].text for line in note.paragraphs][:2] == ["e", "r"]
    assert "it does not mean zero" in note.paragraphs[-1][0].text


def test_a_company_without_a_single_figure_gets_a_report_of_holes_and_no_zero():
    report = compose(replace(harbour(), facts={}), "en")
    assert not [block for block in blocks(report) if isinstance(block, Figure)]
    assert len([block for block in blocks(report) if isinstance(block, Callout)]) == 5
    assert not [cell for row in table(report, "planet-figures") for cell in row if "0" in cell]
    said = {block.title: block.paragraphs[0][0].text for block in blocks(report) if isinstance(block, Callout)}
    assert (
        said["Figures still missing"]
        == "There are no figures for “Pledges of suppliers” yet. Record: Signed, Asked to sign, Share signed."
    )


def test_the_index_says_where_each_disclosure_is_answered_omitted_or_owed():
    assert table(compose(harbour(), "en"), "index.toy-2024") == [
        ["Environment"],
        ["3-1", "Energy used", "1.1 Energy"],
        ["3-2", "Waste", "Omitted: still being surveyed"],
        ["Society"],
        ["4-1", "Employees", "2.1 Who works here; full-time only"],
        ["4-2", "Community", "not answered yet"],
    ]


def test_goals_are_those_that_chapters_name_or_the_company_answers():
    assert table(compose(harbour(), "en"), "index.sdg") == [
        ["4", "Quality education", "2 People"],
        ["7", "Clean energy", "Kilns are moved to electricity. 1.1 Energy"],
    ]


def test_a_chapter_answers_to_the_goals_it_names_and_to_those_that_its_sections_answer():
    elsewhere = replace(harbour().answers["sdg"]["7"], sections=("people.who",))
    moved = {**harbour().answers, "sdg": {"7": elsewhere}}
    report = compose(replace(harbour(), answers=moved), "en")
    assert {c.id: c.goals for c in report.chapters if c.goals} == {"planet": (7,), "people": (4, 7)}


def test_every_page_reference_leads_to_a_heading_of_the_report():
    report = compose(harbour(), "en")
    there = {chapter.id for chapter in report.chapters} | {b.id for b in blocks(report) if isinstance(b, Heading)}
    refs = [c for b in blocks(report) if isinstance(b, Table) for row in b.rows for cell in row.cells for c in cell]
    assert {ref.section for ref in refs if isinstance(ref, PageRef)} == {
        "planet.energy",
        "people.who",
        "people",
    }
    assert {ref.section for ref in refs if isinstance(ref, PageRef)} <= there


def test_a_chapter_opens_with_its_first_paragraph_and_goes_on_with_the_rest():
    planet = compose(harbour(), "en").chapters[1]
    assert (planet.number, planet.lead) == ("1", "Fire and water are what we live on.")
    assert planet.blocks[0].inlines[0].text == "This chapter says how much of them we use."


def test_a_figure_that_its_recorder_approved_says_that_nobody_reviewed_it():
    own = {id: replace(one, own=True) for id, one in harbour().approvals.items()}
    report = compose(replace(harbour(), approvals=own), "en")
    assert "There are 160\N{NO-BREAK SPACE}people not reviewed" in " ".join(prose(report))
    assert ["Male", "people", "80 u2", "85 u2"] in table(report, "people-figures")
    assert notes(report, "people-figures")[1] == "Not reviewed by a second person."


def test_a_recorded_difference_from_what_was_printed_is_a_note():
    why = {"zh-Hant": "列印時兩行互換", "zh-Hans": "打印时两行互换", "en": "two rows were swapped in print"}
    report = compose(replace(harbour(), differences={"water.use@2023": why}), "en")
    assert ["Water used", "m³", "incomplete: 11 of 12 months covered", "5,400 3"] in table(report, "planet-figures")
    assert notes(report, "planet-figures")[2] == "Water used: two rows were swapped in print"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cover_says_that_the_company_is_invented_and_which_edition_prevails(language):
    report = compose(harbour(), language, digest="sha256:1", key_fingerprint="SHA256:k", draft=False)
    assert {"en": "invented", "zh-Hant": "虛構", "zh-Hans": "虚构"}[language] in report.cover_note
    assert (report.period, report.prevailing, report.digest, report.draft) == ("2024", "zh-Hant", "sha256:1", False)
    assert report.words["goal.7"]
    assert (
        report.legal_name
        == {"en": "Harbour Kilns Limited", "zh-Hant": "港灣陶瓷有限公司", "zh-Hans": "港湾陶瓷有限公司"}[language]
    )
    assert report.contact == "kilns@harbour.example"


def test_numbers_are_rounded_as_their_definition_says_and_never_to_zero():
    facts = dict(harbour().facts)
    facts["water.use@2023"] = replace(facts["water.use@2023"], value=Decimal("0.2"))
    assert table(compose(replace(harbour(), facts=facts), "en"), "planet-figures")[5][3] == "<1"
