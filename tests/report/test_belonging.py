"""An optional row is printed where the company has something of it, or has said that it belongs; its group goes with its last row."""

from dataclasses import replace

from company import blocks, harbour, table

from leafledger.core.org import Screening
from leafledger.report.answers import Answer
from leafledger.report.blocks import Callout, Table
from leafledger.report.compose import compose
from leafledger.report.outline import RowSpec, items

TEXT = {"zh-Hant": "甲", "zh-Hans": "甲", "en": "Group"}
ID = "planet-figures"
WASTE = RowSpec(metric="waste.total", optional=True)
"""Nobody at Harbour Kilns records it."""


def of_rows(sources, *rows):
    """The company with these rows in its table of environmental figures."""
    chapters = tuple(
        replace(
            chapter,
            sections=tuple(
                replace(
                    section,
                    body=tuple(
                        replace(item, table=replace(item.table, rows=rows))
                        if item.table and item.table.id == ID
                        else item
                        for item in section.body
                    ),
                )
                for section in chapter.sections
            ),
        )
        for chapter in sources.outline.chapters
    )
    return replace(sources, outline=replace(sources.outline, chapters=chapters))


def printed(sources, *rows):
    return [row[0] for row in table(compose(of_rows(sources, RowSpec(metric="energy.total"), *rows), "en"), ID)]


def screened(sources, source):
    return replace(
        sources, company=replace(sources.company, screening=(Screening(source=source, standing="relevant"),))
    )


def bare():
    return replace(harbour(), answers={})


def test_a_row_of_which_there_is_nothing_is_left_out_with_the_title_of_its_group():
    assert len(printed(bare(), RowSpec(group=TEXT), WASTE)) == 1


def test_a_row_that_has_a_figure_in_some_year_is_printed_under_its_group():
    assert printed(bare(), RowSpec(group=TEXT), RowSpec(metric="energy.gas", optional=True))[1] == "Group"


def test_a_row_that_is_not_optional_is_printed_as_a_hole():
    assert len(printed(bare(), RowSpec(metric="waste.total"))) == 2


def test_a_source_that_is_screened_as_relevant_is_printed_as_a_hole():
    assert len(printed(screened(bare(), "waste.total"), WASTE)) == 2


def test_a_part_that_is_screened_as_relevant_keeps_its_whole_in_print():
    assert len(printed(screened(bare(), "waste.total.c01"), WASTE)) == 2


def test_a_figure_that_the_company_names_as_an_answer_is_printed_as_a_hole():
    id, standard = next((id, one) for id, one in harbour().library.standards.items() if one.disclosures)
    named = replace(bare(), answers={id: {standard.disclosures[0].id: Answer(metrics=("waste.total",))}})
    assert len(printed(named, WASTE)) == 2


def test_a_table_of_optional_rows_of_which_there_is_none_is_not_printed_and_not_a_hole():
    made = compose(of_rows(bare(), WASTE), "en")
    captions = {block.caption for block in blocks(made) if isinstance(block, Table)}
    holes = [str(block) for block in blocks(made) if isinstance(block, Callout)]
    (caption,) = [item.table.caption["en"] for _, item in items(bare().outline) if item.table and item.table.id == ID]
    assert caption not in captions
    assert not any(caption in one for one in holes)
