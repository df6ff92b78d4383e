"""Break one thing in one place, and exactly that is found; leave all well, and nothing is."""

from dataclasses import replace

import pytest
from company import HARBOUR, harbour, rewritten

from leafledger.core.finding import Place
from leafledger.report.answers import Answer
from leafledger.report.outline import outline_from
from leafledger.report.rules import check

OWED = "toy-2024 asks for 4-2 (Community), and disclosures.yaml does not say where it is answered"


def found(sources):
    """What is found beside the one disclosure that Harbour Kilns owes."""
    return [str(finding) for finding in check(sources) if finding.message != OWED]


def texts(language, id):
    path = HARBOUR / "narrative" / language / f"{id}.md"
    return path.read_text(encoding="utf-8")


def outlined(tmp_path, old, new):
    """The company with one thing in its outline written otherwise."""
    text = (HARBOUR / "report.yaml").read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    (tmp_path / "report.yaml").write_text(text.replace(old, new), encoding="utf-8")
    return replace(harbour(), outline=outline_from(tmp_path / "report.yaml", "report.yaml"))


def answering(standard, disclosure, **answer):
    answers = {**harbour().answers, standard: {**harbour().answers.get(standard, {})}}
    answers[standard][disclosure] = Answer(place=Place(name="disclosures.yaml", line=9), **answer)
    return replace(harbour(), answers=answers)


def test_the_company_as_it_is_owes_one_disclosure_and_nothing_else():
    assert [str(one) for one in check(harbour())] == [f"disclosures.yaml: warning [disclosure.unanswered] {OWED}"]


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{energy.totl@2024}", "text.unknown_figure] {energy.totl@2024} is no figure: nothing is called energy.totl"),
        ("{people.heads@2024[pledge=safety]}",
         "text.unknown_figure] {people.heads@2024[pledge=safety]} is no figure: people.heads is not split by pledge"),
        ("{people.heads@2024[gender=other]}",
         "text.unknown_figure] {people.heads@2024[gender=other]} is no figure: gender has no member other"),
        ("{energy.total}", "text.unknown_figure] {energy.total} is no figure: 'energy.total' is not the name of a figure"),
        ("{waste.total@2024}",
         "text.no_figure] {waste.total@2024} cannot be printed as a figure: no approved entry for waste.total works in 2024"),
        ("{water.use@2024}",
         "text.no_figure] {water.use@2024} cannot be printed as a figure: water.use works is covered for 336 of 366 days of 2024"),
        ("{water.use@2019}", "text.no_figure] {water.use@2019} cannot be printed as a figure: nothing is recorded for that period"),
        ("42", "narrative.number] the number 42 has no figure behind it"),
    ],
)  # fmt: skip
def test_a_sentence_with_a_number_that_is_no_figure_stops_the_build(language, written, said):
    text = texts(language, "people.who") + f"\n{written}\n"
    line = text.count("\n")
    (one,) = found(rewritten(harbour(), language, "people.who", text))
    assert one.startswith(f"narrative/{language}/people.who.md:{line}: error [{said}")


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans", "en"])
def test_a_text_that_is_missing_in_one_language_stops_the_build(language):
    narratives = {
        one: {id: t for id, t in given.items() if (one, id) != (language, "people.who")}
        for one, given in harbour().narratives.items()
    }
    (said,) = found(replace(harbour(), narratives=narratives))
    assert said.startswith(f"narrative/{language}/people.who.md: error [text.one_language] people.who is written in ")
    assert f"and not in {language};" in said


def test_a_text_that_is_missing_in_every_language_is_a_hole_and_no_finding():
    narratives = {
        one: {id: t for id, t in given.items() if id != "front.letter"} for one, given in harbour().narratives.items()
    }
    assert found(replace(harbour(), narratives=narratives)) == []


def test_a_source_that_was_written_anew_leaves_its_translations_stale():
    changed = texts("zh-Hant", "people.who").replace("共有", "現有")
    assert found(rewritten(harbour(), "zh-Hant", "people.who", changed)) == [
        f"narrative/{language}/people.who.md:1: warning [text.stale] it was translated from another text than "
        "narrative/zh-Hant/people.who.md is now; read it against the source and mark it again"
        for language in ("zh-Hans", "en")
    ]


def test_a_translation_that_does_not_say_what_it_translates_is_found():
    unmarked = texts("en", "people.who").split("---\n")[2]
    assert found(rewritten(harbour(), "en", "people.who", unmarked)) == [
        "narrative/en/people.who.md:1: warning [text.stale] it does not say which text it translates; "
        "read it against narrative/zh-Hant/people.who.md and mark it"
    ]


def test_a_text_that_no_section_prints_is_found():
    sources = harbour()
    for language in ("zh-Hant", "zh-Hans", "en"):
        mark = f"---\ntranslated_from: {sources.narratives['zh-Hant']['planet'].hash}\n---\n"
        sources = rewritten(sources, language, "indices.toy", mark + texts("zh-Hant", "planet"))
    assert [line.split("; ")[0] for line in found(sources)] == [
        f"narrative/{language}/indices.toy.md: warning [text.never_printed] nothing in the outline prints indices.toy"
        for language in ("zh-Hant", "zh-Hans", "en")
    ]


@pytest.mark.parametrize(
    ("id", "add"), [("planet", "{energy.total@2024}\n\n"), ("people.who", "### {energy.total@2024}\n\n")]
)
def test_a_figure_where_no_receipt_can_be_opened_stops_the_build(id, add):
    front, mark, rest = (
        texts("en", id).partition("---\n\n") if "---\n\n" in texts("en", id) else texts("en", id).rpartition("---\n")
    )
    (said,) = found(rewritten(harbour(), "en", id, front + mark + add + rest))
    assert "text.figure_in_title] {energy.total@2024} stands where no receipt can be opened" in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("id: planet-figures", "id: pledges", "outline.named_twice] pledges is used before"),
        ("id: planet.energy", "id: earth.energy", "outline.section_id] the section earth.energy stands in the chapter planet"),
        ("- ghg.power", "- ghg.powr", "outline.unknown_figure] nothing is called ghg.powr"),
        ("metric: people.share, splits: [gender]", "metric: people.share, splits: [pledge]",
         "outline.unknown_figure] people.share is not split by pledge"),
        ("figures: [energy.total, waste.total]", "figures: [energy.total, waste]", "outline.unknown_figure] nothing is called waste"),
        ('figures: [energy.total, waste.total]', 'figures: ["people.heads[gender=x]"]', "outline.unknown_figure] gender has no member x"),
        ("columns: [supply.signed, supply.asked, supply.share]", "columns: [supply.signed, money.revenue]",
         "outline.unknown_figure] money.revenue is not split by pledge"),
        ("metrics: [energy.gas, energy.power]", "metrics: [energy.gas, water.use]",
         "outline.one_scale] the chart energy-mix puts MWh and m3 on one scale"),
        ("index: toy-2024", "index: toy-1999", "outline.unknown_standard] there is no standard toy-1999"),
        ("- heading: {zh-Hant: 數字, zh-Hans: 数字, en: Figures}", "- {}", "outline.item] an item of planet.energy is 0 things"),
    ],
)  # fmt: skip
def test_an_outline_that_names_what_is_not_there_stops_the_build(tmp_path, old, new, said):
    errors = [line for line in found(outlined(tmp_path, old, new)) if "[outline." in line]
    assert len(errors) == 1 and f"error [{said}" in errors[0]
    assert errors[0].startswith("report.yaml:")


@pytest.mark.parametrize(
    ("standard", "id", "answer", "said"),
    [
        ("iso-1", "3-1", {"sections": ("planet.energy",)}, "error [disclosure.dead] there is no standard iso-1; there are sdg, toy-2024"),
        ("toy-2024", "9-9", {"sections": ("planet.energy",)}, "error [disclosure.dead] toy-2024 has no disclosure 9-9"),
        ("toy-2024", "3-1", {"sections": ("planet.coal",)},
         "error [disclosure.dead] 3-1 is answered in planet.coal, which is no section of the outline"),
        ("toy-2024", "3-1", {"sections": ("planet.energy",), "metrics": ("coal",)},
         "error [disclosure.dead] 3-1 is answered by a figure that is not defined: nothing is called coal"),
        ("toy-2024", "3-1", {"metrics": ("money.revenue",)},
         "error [disclosure.leads_nowhere] 3-1 is answered by money.revenue, which no table, chart or key figure shows"),
        ("toy-2024", "3-1", {"sections": ("planet.energy",), "omitted": {"zh-Hant": "否", "zh-Hans": "否", "en": "no"}},
         "error [disclosure.answered_and_omitted] 3-1 is both answered and omitted"),
        ("toy-2024", "3-2", {"omitted": {"zh-Hant": "否", "zh-Hans": "", "en": "no"}},
         "error [disclosure.language] what is said of 3-2 is missing in zh-Hans"),
        ("toy-2024", "3-1", {"metrics": ("waste.total",)},
         "warning [disclosure.hole] 3-1 is answered by waste.total, which has no figure for 2024"),
        ("toy-2024", "3-1", {"sections": ("people.unwritten",)},
         "warning [disclosure.hole] 3-1 is answered in people.unwritten, which has no text yet"),
    ],
)  # fmt: skip
def test_an_answer_that_leads_nowhere_is_found(standard, id, answer, said):
    (one,) = found(answering(standard, id, **answer))
    assert one.startswith(f"disclosures.yaml:9: {said}")


def test_a_disclosure_that_binds_and_is_not_answered_is_a_warning():
    answers = {
        **harbour().answers,
        "toy-2024": {id: one for id, one in harbour().answers["toy-2024"].items() if id != "3-2"},
    }
    assert [line for line in found(replace(harbour(), answers=answers)) if "3-2" in line] == [
        "disclosures.yaml: warning [disclosure.unanswered] toy-2024 asks for 3-2 (Waste), and disclosures.yaml does not say where it is answered"
    ]


def test_every_rule_says_what_it_finds():
    from leafledger.report.rules import RULES

    assert all(rule.__doc__ for rule in RULES)
