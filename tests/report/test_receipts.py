"""The receipt of a figure leads from what is printed down to records and evidence, in the reader's language."""

import ast
import re
import string
from dataclasses import fields, replace
from pathlib import Path

import pytest
from company import harbour

import leafledger.engine
from leafledger.core.fact import Step
from leafledger.core.finding import Finding
from leafledger.report.findings import templates, told
from leafledger.report.formula_words import in_words
from leafledger.report.gathered import TOGETHER
from leafledger.report.reader import Reader
from leafledger.report.receipt import File
from leafledger.report.receipts import receipt, receipts


def of(key, language="en", sources=None):
    sources = sources or harbour()
    return receipt(sources, sources.facts[key], language)


def test_every_fact_has_a_receipt_in_every_language_also_the_holes():
    for language in ("zh-Hant", "zh-Hans", "en"):
        made = receipts(harbour(), language)
        assert set(made) == {fact.id for fact in harbour().facts.values()}
        assert all(one.title and one.value and one.identity for one in made.values())


@pytest.mark.parametrize(
    ("language", "title", "value", "formula"),
    [
        (
            "en",
            "Energy intensity",
            "no more than 15.67\xa0MWh/RMB million",
            "(Gas burnt + Electricity bought) ÷ Revenue",
        ),
        ("zh-Hant", "能源密度", "不超過15.67兆瓦時/百萬元人民幣", "(燃氣 + 外購電力) ÷ 收入"),
        ("zh-Hans", "能源密度", "不超过15.67兆瓦时/百万元人民币", "(燃气 + 外购电力) ÷ 收入"),
    ],
)
def test_a_formula_is_told_in_titles_and_kept_as_it_is_defined(language, title, value, formula):
    made = of("energy.intensity@2024", language)
    assert (made.title, made.value, made.formula) == (title, value, formula)
    assert made.formula_source == "(energy.gas + energy.power) / money.revenue"


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("energy.gas - (energy.power - water.use)", "Gas burnt − (Electricity bought − Water used)"),
        ("energy.gas / (energy.power * water.use)", "Gas burnt ÷ (Electricity bought × Water used)"),
        ("energy.gas * 44 / 12", "Gas burnt × 44 ÷ 12"),
        ("people.heads / total(people.heads)", "Employees ÷ Employees (total)"),
        (
            'each(energy.power * factor.grid * unit("tCO2/MWh"))',
            "for each record, then added up: Electricity bought × Grid emission factor",
        ),
        (
            'each(energy.power * either(factor.grid, factor.grid * unit("tCO2/MWh") * 2))',
            "for each record, then added up: Electricity bought × "
            "(Grid emission factor or, where there is none, Grid emission factor × 2)",
        ),
    ],
)
def test_words_of_a_formula_keep_its_order_of_calculation(formula, said):
    assert in_words(Reader(sources=harbour(), language="en"), formula) == said


def test_what_a_figure_was_computed_from_leads_to_further_receipts():
    made = of("energy.intensity@2024")
    assert [(line.what, line.value) for line in made.inputs] == [
        ("Gas burnt", "1,250.5\xa0MWh"),
        ("Electricity bought", "332.0\xa0MWh"),
        ("Revenue", "over RMB 101.0 million"),
    ]
    assert all(line.fact_id in receipts(harbour(), "en") for line in made.inputs)
    assert made.steps == ()


def test_steps_name_the_record_the_factor_and_the_wider_region_that_served():
    assert [(line.depth, line.what, line.value, line.note) for line in of("ghg.power@2024").steps] == [
        (1, "Electricity bought · The office", "22\xa0MWh", "estimated"),
        (2, "Grid emission factor", "0.4\xa0tCO₂/MWh", ""),
        (1, "Electricity bought · The works", "310\xa0MWh", ""),
        (2, "Grid emission factor", "0.5\xa0tCO₂/MWh", "asked for Toy Province; the wider Mainland China served"),
    ]


def test_a_factor_states_its_edition_and_an_assumed_one_its_reasoning():
    national, assumed = of("ghg.power@2024").factors
    assert (
        national.source
        == "Toy Ministry, “Notice on factors”, published 1 May 2023, data of 2022, Notice 7, licence: free"
    )
    assert national.region == "Mainland China (asked for Toy Province; the wider Mainland China served)"
    assert (assumed.assumed, assumed.note) == (
        True,
        "Reasoning: No factor is published for the office; a low one was taken",
    )


def test_a_record_states_its_digits_its_people_and_its_evidence():
    (gas,) = of("energy.gas@2024").entries
    assert (gas.what, gas.value, gas.source) == ("Gas burnt · The works · 2024", "1,250.5\xa0MWh", "Meter 7")
    assert (gas.recorded_by, gas.approved_by) == ("Ada Lam", "Ben Ho, 3 February 2025")
    assert gas.evidence == (File(name="bill-7.pdf", sha256=harbour().evidence["bill-7.pdf"]),)


def test_a_file_that_was_attached_later_stands_with_the_record():
    later = replace(
        harbour(), attached={"gas-24": ("photo.png", "bill-7.pdf")}, evidence={**harbour().evidence, "photo.png": "ab"}
    )
    (gas,) = of("energy.gas@2024", sources=later).entries
    assert [(file.name, file.sha256) for file in gas.evidence][1:] == [("photo.png", "ab")] and len(gas.evidence) == 2


def test_a_file_that_is_named_and_not_at_hand_is_said_to_be_missing():
    (gas,) = of("energy.gas@2024", sources=replace(harbour(), evidence={})).entries
    assert (gas.evidence, gas.note) == ((), "file not attached: bill-7.pdf")


def test_an_estimated_record_says_how_and_from_which_printed_figure_it_was_worked_back():
    office = of("energy.power@2023").entries[0]
    assert office.note == "estimated: By floor area; worked back from printed figures: Total energy 2023"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "no approved entry for Waste (waste.total works) in 2024; record it, or record that there was none (nil), and have it approved",
        ),
        ("zh-Hant", "2024年沒有廢棄物（waste.total works）的已核准記錄；請記錄該數，或申報為零（nil），並交人核准"),
    ],
)
def test_the_receipt_of_a_hole_says_what_is_missing_and_what_to_do(language, said):
    made = of("waste.total@2024", language)
    assert made.hole and made.findings == (said,)
    assert not made.quality


def test_an_incomplete_figure_shows_its_coverage_and_not_its_value():
    made = of("water.use@2024")
    assert made.hole and made.value == "incomplete: 11 of 12 months covered"
    assert made.quality[0] == ("Period covered", "91.8%")
    assert "Value before rounding" not in dict(made.quality)
    assert "covered for 336 of 366 days" in made.findings[0]


def test_quality_states_the_interval_of_the_digits_and_the_value_before_rounding():
    quality = dict(of("ghg.power@2024").quality)
    assert quality["Range left open by the digits recorded"] == "163.755 to 163.845\xa0tCO₂"
    assert quality["Estimated share"] == "5.4%"
    assert quality["Review"] == "approved by a second person"


def test_a_figure_whose_recorder_approved_it_is_said_to_be_not_reviewed():
    own = {id: replace(one, own=True, by="ada") for id, one in harbour().approvals.items()}
    made = of("energy.gas@2024", sources=replace(harbour(), approvals=own))
    assert dict(made.quality)["Review"] == "not reviewed"
    assert made.entries[0].approved_by == "Ada Lam, 3 February 2025 (not reviewed)"


def test_a_restated_figure_says_so_on_its_receipt():
    assert (
        "Restated: electricity of the office was added. The value published before was 1,180.0\xa0MWh."
        in of("energy.total@2023").method
    )


def test_the_formula_of_the_year_is_the_one_that_is_told():
    assert of("people.trained_share@2023[gender=male]").formula == "Employees trained ÷ Employees (total)"
    assert of("people.trained_share@2024[gender=male]").method == "divided by the employees of that kind"


def test_hashes_stand_on_the_receipt():
    fact = harbour().facts["energy.gas@2024"]
    said = [value for _, value in of("energy.gas@2024").identity]
    assert said == ["operational control", fact.key, fact.id, fact.provenance]


def test_a_record_or_factor_that_is_not_at_hand_is_named_by_its_id():
    bare = replace(harbour(), entries={}, library=replace(harbour().library, factors={}))
    made = of("ghg.power@2024", sources=bare)
    assert [line.id for line in made.entries] == ["office-24", "power-24"]
    assert [line.value for line in made.factors] == ["0.5\xa0tCO₂/MWh", "0.4\xa0tCO₂/MWh"]
    assert made.steps[0].what == "energy.power · office"


def test_a_step_of_an_unknown_kind_is_shown_as_it_stands():
    fact = harbour().facts["energy.gas@2024"]
    odd = replace(fact, steps=(Step(depth=1, what="something else", value="1.5", unit="MWh", note="why"),))
    (line,) = receipt(harbour(), odd, "en").steps
    assert (line.what, line.value, line.note) == ("something else", "1.5\xa0MWh", "why")


ENGINE = Path(leafledger.engine.__file__).parent


def calculating(name="compute"):
    """The modules of the engine that computing a figure goes through."""
    tree = ast.parse((ENGINE / f"{name}.py").read_text(encoding="utf-8"))
    imported = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    named = [module.rpartition(".")[2] for module in imported if module.startswith("leafledger.engine.")]
    return {name, *(found for one in named for found in calculating(one))}


def engine_templates():
    """Every message template that a calculation can put on a figure."""
    for name in sorted(calculating()):
        for node in ast.walk(ast.parse((ENGINE / f"{name}.py").read_text(encoding="utf-8"))):
            match node:
                case ast.Assign(targets=[ast.Name(id="template")], value=ast.Constant(value=str() as text)):
                    yield text
                case ast.Call(func=ast.Name(id="_finding" | "finding"), args=args):
                    yield from (a.value for a in args if isinstance(a, ast.Constant) and " " in a.value)


def named(template):
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("template", sorted(set(engine_templates())))
def test_every_message_of_the_engine_has_both_chinese_texts_with_the_same_values(template):
    texts = templates().get(template, {})
    assert set(texts) == {"zh-Hant", "zh-Hans"}, "add the template to report/findings.yaml"
    assert named(texts["zh-Hant"]) == named(texts["zh-Hans"]) == named(template)
    assert all(re.search("[\u4e00-\u9fff]", text) for text in texts.values())


def test_the_translations_are_of_messages_that_exist():
    sentences = {text for text in templates() if "{" in text or len(text) > 40}
    assert sentences == {*engine_templates(), TOGETHER["factor.other_gwp"].template}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "nobody collects Employees (people.heads) for gender=male in 2024"),
        ("zh-Hans", "2024年无人收集员工（people.heads）（gender=male）"),
    ],
)
def test_a_message_names_figures_by_title_and_id(language, said):
    (template,) = [text for text in templates() if text.startswith("nobody collects")]
    values = {"activity": "people.heads", "labels": " for gender=male", "period": "2024"}
    reader = Reader(sources=harbour(), language=language)
    assert told(reader, Finding(rule="series.none", template=template, values=values)).startswith(said)


def test_a_factor_that_served_several_places_is_listed_once_with_each_of_them():
    fact = next(one for one in harbour().facts.values() if one.factors)
    use = fact.factors[0]
    twice = replace(fact, factors=(use, use, replace(use, asked_region="elsewhere", region="elsewhere")))
    (line,) = receipt(harbour(), twice, "en").factors
    (alone,) = receipt(harbour(), replace(fact, factors=(use,)), "en").factors
    assert line == replace(alone, region=f"{alone.region}; {line.region.rpartition('; ')[2]}")
    assert line.region != alone.region


def test_a_message_that_nobody_translated_is_still_told_whole():
    reader = Reader(sources=harbour(), language="zh-Hans")
    assert told(reader, Finding(rule="x", template="odd {a}", values={"a": 1})) == "odd 1"


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans"])
def test_no_english_word_of_ours_is_left_on_a_chinese_receipt(language):
    ours = {"estimated", "records", "period", "year", "approved", "total", "factor"}
    for one in receipts(harbour(), language).values():
        texts = [
            getattr(one, f.name) for f in fields(one) if f.name in ("title", "subtitle", "value", "formula", "method")
        ]
        texts += [line.what + line.note + line.value for line in (*one.steps, *one.inputs)]
        texts += [name for name, _ in (*one.quality, *one.identity)]
        assert not ours & {word.lower() for text in texts for word in re.findall("[A-Za-z]+", text)}


def test_a_file_that_was_attached_later_stands_beside_those_an_entry_names():
    sources = harbour()
    key, fact = next((key, fact) for key, fact in sources.facts.items() if fact.entries)
    id = fact.entries[0]
    named = sources.entries[id].evidence
    later = replace(sources, attached={id: ("photo.jpg",)}, evidence={**sources.evidence, "photo.jpg": "f" * 64})
    (line,) = [one for one in of(key, sources=later).entries if one.id == id]
    assert [file.name for file in line.evidence] == [*named, "photo.jpg"]
    assert line.evidence[-1] == File(name="photo.jpg", sha256="f" * 64)
