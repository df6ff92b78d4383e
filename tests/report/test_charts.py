"""Charts are drawn with their labels in the page's language, show what is absent, and fit the page."""

import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from company import blocks, harbour

from leafledger.core.text import LANGUAGES
from leafledger.report.blocks import Figure, Missing
from leafledger.report.compose import compose
from leafledger.report.outline import ChartSpec, Item
from leafledger.report.render.charts import charts_of, draw

CAPTION = {"zh-Hant": "圖", "zh-Hans": "图", "en": "A chart"}


def drawn(sources, language="en", **spec):
    """One chart, as it stands in the first section of a report: its figure and the words in its drawing."""
    chart = ChartSpec(id="one", caption=CAPTION, **spec)
    outline = sources.outline
    front = outline.chapters[0]
    section = replace(front.sections[0], body=(Item(chart=chart),))
    chapters = (replace(front, sections=(section,)),)
    report = compose(replace(sources, outline=replace(outline, chapters=chapters)), language)
    (figure,) = [block for block in blocks(report) if isinstance(block, Figure)]
    return figure, words(charts_of(report)["one"])


def words(svg):
    """The words of a drawing: in Vega every text stands in an element of its own, lines of one text in several."""
    return [text for node in ElementTree.fromstring(svg).iter() if (text := (node.text or "").strip())]


def without(sources, *keys):
    facts = {key: fact for key, fact in sources.facts.items() if key not in keys}
    return replace(sources, facts=facts)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ["Male", "Female", "people"]), ("zh-Hant", ["男性", "女性", "人"]), ("zh-Hans", ["男性", "女性", "人"])],
)
def test_a_trend_is_labelled_in_the_language_of_its_page(language, said):
    _, text = drawn(harbour(), language, kind="trend", metrics=("people.heads",), split="gender")
    assert {*said, "2023", "2024", "80", "85", "60", "75"} == set(text)


def test_a_stack_of_metrics_shows_the_total_that_was_computed():
    _, text = drawn(harbour(), kind="stack", metrics=("energy.gas", "energy.power"), total="energy.total")
    assert {"1,000.0", "220.0", "1,220.0", "1,250.5", "332.0", "1,582.5"} <= set(text)


def test_a_stack_of_members_stands_under_the_total_of_their_metric():
    _, text = drawn(harbour(), kind="stack", metrics=("people.heads",), split="gender")
    assert {"80", "60", "140", "85", "75", "160"} <= set(text)


def test_a_column_that_lacks_a_part_says_so_in_place_of_its_total():
    holed = without(harbour(), "people.heads@2024[gender=female]")
    _, text = drawn(holed, kind="stack", metrics=("people.heads",), split="gender")
    assert "Female no figure" in text and "160" not in text


def test_shares_name_each_part_with_its_value():
    figure, text = drawn(harbour(), kind="share", metrics=("people.heads",), split="gender")
    assert text == ["Male", "Female", "85", "75"]
    assert figure.height < 80


def test_shares_of_a_whole_that_lacks_a_part_are_not_drawn():
    holed = without(harbour(), "people.heads@2024[gender=female]")
    figure, text = drawn(holed, kind="share", metrics=("people.heads",), split="gender")
    bars = figure.spec["layer"][0]["data"]["values"]
    assert [bar["x2"] - bar["x"] for bar in bars] == [1]
    assert text == ["Male", "Female", "85", "no figure"]


def test_several_shares_each_have_a_title():
    _, text = drawn(harbour(), kind="share", metrics=("people.heads", "people.trained"), split="gender")
    assert {"Employees", "Employees trained"} <= set(text)


def test_a_trend_of_one_year_is_bars_across_with_their_names():
    _, text = drawn(harbour(), kind="trend", metrics=("supply.signed",), split="pledge", years=1)
    assert text == ["Safety pledge", "Confidentiality pledge", "18", "9", "suppliers"]


def test_an_absent_year_is_a_gap_with_words_and_an_incomplete_one_says_that_it_is():
    _, text = drawn(harbour(), kind="trend", metrics=("water.use", "waste.total"))
    assert "incomplete" in text and text.count("no figure") == 2 and "5,400" in text


def test_the_data_of_a_chart_are_a_table_of_facts_for_those_who_do_not_see_it():
    figure, _ = drawn(harbour(), kind="trend", metrics=("water.use", "energy.total"))
    rows = [[cell[0] for cell in row.cells] for row in figure.table.rows]
    assert figure.table.header == ("Item", "2023", "2024")
    assert [row[1].text for row in rows] == ["5,400", "1,220.0"]
    assert isinstance(rows[0][2], Missing) and rows[1][2].fact_id == harbour().facts["energy.total@2024"].id
    assert figure.alt == "Trend: A chart, 2023–2024; unit: m³."


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_drawing_has_the_size_of_its_figure_and_its_text_as_text(language):
    report = compose(harbour(), language)
    for figure in [block for block in blocks(report) if isinstance(block, Figure)]:
        svg = draw(figure.spec, figure.width, figure.height, language)
        root = ElementTree.fromstring(svg)
        assert (float(root.get("width")), float(root.get("height"))) == (figure.width, figure.height)
        assert figure.width == 476 and words(svg)


def test_a_drawing_holds_no_reference_to_anything_outside_it():
    for svg in charts_of(compose(harbour(), "en")).values():
        assert not re.findall(rb"(?:href|src)=|url\(http|<script|<image", svg)


def test_a_name_with_quotes_and_brackets_is_drawn_as_it_stands():
    gender = harbour().library.dimensions["gender"]
    odd = {**gender.members, "female": {**gender.members["female"], "en": "A \"<b>\\ 'name' & more"}}
    library = replace(
        harbour().library, dimensions={**harbour().library.dimensions, "gender": replace(gender, members=odd)}
    )
    for kind in ("stack", "trend", "share"):
        figure, text = drawn(replace(harbour(), library=library), kind=kind, metrics=("people.heads",), split="gender")
        assert "A \"<b>\\ 'name' & more" in text
        assert json.dumps(figure.spec)
