"""The editions of a report say the same, or the build says in which section they do not."""

from dataclasses import replace

import pytest
from company import harbour, rewritten

from leafledger.core.text import LANGUAGES
from leafledger.report.blocks import Callout, Figure, Heading, KeyFigures, Missing, Number, PageRef, Table, Words
from leafledger.report.compose import compose
from leafledger.report.rules import parity

OTHERS = ("zh-Hans", "en")


def editions(sources=None):
    return {language: compose(sources or harbour(), language) for language in LANGUAGES}


def found(reports):
    return [str(finding) for finding in parity(reports)]


def changed(language, change):
    """The editions, with the blocks of one of them changed one by one; None takes a block away."""
    reports = editions()
    report = reports[language]
    chapters = tuple(
        replace(chapter, blocks=tuple(made for block in chapter.blocks if (made := change(block)) is not None))
        for chapter in report.chapters
    )
    return {**reports, language: replace(report, chapters=chapters)}


def with_cell(table_id, row, column, cell):
    """A change of one cell of one table."""

    def change(block):
        if not isinstance(block, Table) or block.id != table_id:
            return block
        cells = list(block.rows[row].cells)
        cells[column] = cell(cells[column])
        rows = list(block.rows)
        rows[row] = replace(rows[row], cells=tuple(cells))
        return replace(block, rows=tuple(rows))

    return change


def test_editions_of_one_source_say_the_same():
    assert found(editions()) == []


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(
    ("text", "figure", "more"),
    [
        ("{people.heads@2024}", "people.heads@2024[gender=female] 75", "zh-Hant"),
        (
            "{people.heads@2024} {people.heads@2024[gender=female]} {energy.gas@2024}",
            "energy.gas@2024 1,250.5",
            "other",
        ),
        ("{people.heads@2024} {people.heads@2024[gender=female]} {waste.total@2024}", "waste.total@2024", "other"),
    ],
)
def test_a_figure_in_the_text_of_one_language_only_is_found(language, text, figure, more):
    (said,) = found(editions(rewritten(harbour(), language, "people.who", text)))
    more, less = (language, "zh-Hant") if more == "other" else ("zh-Hant", language)
    assert said.startswith(f"{language}/people.who: error [parity.numbers] the text of people.who says {figure} ")
    assert said.endswith(f"once more in {more} than in {less}; make the texts say the same")


def test_figures_may_stand_in_another_order_and_without_their_unit():
    text = "{people.heads@2024[gender=female]|value} of {people.heads@2024|value}."
    assert found(editions(rewritten(harbour(), "en", "people.who", text))) == []


def test_a_digit_that_differs_is_found():
    def digit(block):
        if not hasattr(block, "inlines"):
            return block
        return replace(
            block,
            inlines=tuple(
                replace(i, text=i.text.replace("160", "161")) if isinstance(i, Number) else i for i in block.inlines
            ),
        )

    assert [line.split(" says ")[1] for line in found(changed("en", digit))] == [
        "people.heads@2024 160 (" + harbour().facts["people.heads@2024"].id + ") once more in zh-Hant than in en; make the texts say the same",
        "people.heads@2024 161 (" + harbour().facts["people.heads@2024"].id + ") once more in en than in zh-Hant; make the texts say the same",
    ]  # fmt: skip


def test_a_heading_in_one_language_only_is_found():
    text = "{people.heads@2024} {people.heads@2024[gender=female]}\n\n### More\n\nAnd more."
    assert found(editions(rewritten(harbour(), "en", "people.who", text))) == [
        "en/people.who: error [parity.blocks] people.who shows by-gender in zh-Hant where en has people.who.1"
    ]


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(
    ("gone", "said"),
    [
        (lambda b: isinstance(b, Table) and b.id == "pledges", "people.who shows pledges in zh-Hant where {language} has nothing"),
        (lambda b: isinstance(b, Figure) and b.id == "energy-mix",
         "planet.energy shows energy-mix in zh-Hant where {language} has planet.energy.part4"),
        (lambda b: isinstance(b, KeyFigures), "planet.energy shows the key figures in zh-Hant where {language} has planet.energy.1"),
        (lambda b: isinstance(b, Callout), "people.unwritten shows a hole in zh-Hant where {language} has nothing"),
    ],
)  # fmt: skip
def test_a_block_that_one_edition_lacks_is_found(language, gone, said):
    assert found(changed(language, lambda block: None if gone(block) else block)) == [
        f"{language}/{said.split(' ')[0]}: error [parity.blocks] {said.format(language=language)}"
    ]


def test_a_section_that_one_edition_lacks_is_found():
    reports = changed(
        "en", lambda block: None if isinstance(block, Heading) and block.id == "people.unwritten" else block
    )
    assert "en/people.unwritten: error [parity.section] the section people.unwritten is only in zh-Hant" in found(
        reports
    )


def test_a_row_that_one_edition_lacks_is_found():
    def shorter(block):
        return (
            replace(block, rows=block.rows[:-1]) if isinstance(block, Table) and block.id == "planet-figures" else block
        )

    lines = found(changed("zh-Hans", shorter))
    assert len(lines) == 2 and all("planet-figures in planet.energy differs at line" in line for line in lines)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (lambda _: (Missing("energy.total@2024", "", "no figure"),), "hole energy.total@2024 in en"),
        (lambda _: (Number("energy.total@2024", "0" * 16, "1,582.5"),), "figure energy.total@2024 1,582.5 (0000000000000000) in en"),
        (lambda old: (replace(old[0], text="1,582.4"),), "figure energy.total@2024 1,582.4"),
    ],
)  # fmt: skip
def test_a_cell_that_says_something_else_is_found(cell, said):
    (line,) = found(changed("en", with_cell("planet-figures", 1, 2, cell)))
    assert (
        "[parity.contents] planet-figures in planet.energy differs at line 2: figure energy.total@2024 1,582.5" in line
    )
    assert said in line


def test_another_unit_is_found():
    lines = found(changed("en", with_cell("planet-figures", 1, 1, lambda _: (Words("GWh"),))))
    assert lines == [
        "en/planet.energy: error [parity.units] planet-figures in planet.energy is in 兆瓦時 in zh-Hant and in GWh in en, which is not the same unit"
    ]


@pytest.mark.parametrize(
    ("cell", "there"),
    [
        ((PageRef("planet.energy", "1.1 Energy"),), "section planet.energy"),
        ((Words("still being surveyed"),), "nothing more"),
        ((Missing("3-2", "", "not answered yet"),), "hole 3-2"),
    ],
)
def test_an_omission_in_one_edition_only_is_found(cell, there):
    (line,) = found(changed("en", with_cell("index.toy-2024", 2, 2, lambda _: cell)))
    assert line.startswith("en/indices.toy: error [parity.contents] index.toy-2024 in indices.toy differs at line 3: ")
    assert line.endswith(f"omitted in zh-Hant, {there} in en")


def test_another_number_beside_a_key_figure_is_found():
    def older(block):
        return (
            replace(block, items=tuple(replace(item, note="2023: 1") for item in block.items))
            if isinstance(block, KeyFigures)
            else block
        )

    assert len(found(changed("en", older))) == 2


def test_one_edition_alone_has_nothing_to_differ_from():
    assert parity({"en": compose(harbour(), "en")}) == () and parity({}) == ()
