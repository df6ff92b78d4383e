"""Break one thing in one place, and exactly that is found; leave all well, and nothing is."""

from dataclasses import replace
from datetime import date

import pytest
from company import HARBOUR, harbour, rewritten, table

from leafledger.core.finding import Place
from leafledger.core.org import Restatement
from leafledger.report.answers import Answer
from leafledger.report.compose import compose
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


def in_each(en, chinese=None):
    """A text in each language."""
    return {"zh-Hant": chinese or en, "zh-Hans": chinese or en, "en": en}


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
        "narrative/zh-Hant/people.who.md is now; read it against the source, then call `leaf translated people.who`"
        for language in ("zh-Hans", "en")
    ]


def test_a_translation_that_does_not_say_what_it_translates_is_found():
    unmarked = texts("en", "people.who").split("---\n")[2]
    assert found(rewritten(harbour(), "en", "people.who", unmarked)) == [
        "narrative/en/people.who.md:1: warning [text.stale] it does not say which text it translates; "
        "read it against narrative/zh-Hant/people.who.md, then call `leaf translated people.who`"
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
        ("toy-2024", "3-2", {"omitted": in_each("{waste.totl@2024}")},
         "error [text.unknown_figure] {waste.totl@2024} is no figure: nothing is called waste.totl"),
        ("toy-2024", "3-2", {"omitted": in_each("{waste.total@2024}")},
         "error [text.no_figure] {waste.total@2024} cannot be printed as a figure"),
        ("toy-2024", "3-2", {"omitted": in_each("[[12]] and {energy.total@2024}, in 2024", "[[12]]，{energy.total@2024}，2023年，2024年")},
         "error [text.number] what is said of 3-2: 2023 stands in zh-Hant, zh-Hans and not in en; make the languages say the same"),
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


@pytest.mark.parametrize("key", ["explained", "omitted"])
def test_a_typed_number_in_what_is_said_of_a_disclosure_stops_the_build(key):
    said = found(answering("toy-2024", "3-2", **{key: in_each("12 kilns", "12座窯")}))
    assert [line.partition(";")[0] for line in said] == [
        f"disclosures.yaml:9: error [text.number] what is said of 3-2: the number 12 ({language}) has no figure behind it"
        for language in ("zh-Hant", "zh-Hans", "en")
    ]


def noting(text):
    """The company with the text on its cover, as the reason of a restatement, and as notes of what it records and computes."""
    sources = harbour()
    library, company = sources.library, sources.company
    restated = Restatement(metric="energy.total", year=2023, reason=text)
    metric = library.metrics["energy.total"]
    metric = replace(metric, note=text, formulas=(replace(metric.formulas[0], note=text),))
    return replace(
        sources,
        company=replace(company, cover=text, restatements=(restated,)),
        library=replace(
            library,
            activities={**library.activities, "water.use": replace(library.activities["water.use"], note=text)},
            metrics={**library.metrics, "energy.total": metric},
        ),
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (in_each("with 12 kilns", "有十二座窯"), "the number 12 (en) has no figure behind it"),
        (in_each("see {energy.total@2023}", "見"), "the number 2023 (en) has no figure behind it"),
        (in_each("since 2023", "自2022年"), "2022 stands in zh-Hant, zh-Hans and not in en"),
    ],
)
def test_a_number_in_a_note_that_no_receipt_could_be_opened_for_stops_the_build(text, says):
    told = found(noting(text))
    for what in ("the cover's text", "the reason why energy.total is restated", "the note of water.use", "the note of energy.total",
                 "the note of a formula of energy.total"):  # fmt: skip
        assert any(f"error [text.number] {what}: {says}" in line for line in told), what


def test_marked_names_and_years_may_stand_in_a_note():
    assert found(noting(in_each("[[ISO 14001]] since 2023", "自2023年起持有[[ISO 14001]]"))) == []


def test_a_year_that_only_one_language_names_stops_the_build():
    text = texts("en", "people.who") + "\nThis was so in 2019.\n"
    (line,) = found(rewritten(harbour(), "en", "people.who", text))
    assert line == (
        "narrative/zh-Hant/people.who.md: error [text.other_years] 2019 stands in en and not in zh-Hant, zh-Hans; "
        "make the languages say the same"
    )


def dated(what, **days):
    """The company, whose standard, or one disclosure of it, applies only on some days."""
    library = harbour().library
    toy = library.standards["toy-2024"]
    if what == "toy-2024":
        toy = replace(toy, **days)
    else:
        toy = replace(toy, disclosures=tuple(replace(d, **days) if d.id == what else d for d in toy.disclosures))
    return replace(harbour(), library=replace(library, standards={**library.standards, "toy-2024": toy}))


@pytest.mark.parametrize(
    ("what", "days", "said"),
    [
        ("toy-2024", {"effective_from": date(2024, 12, 31)}, []),
        ("toy-2024", {"effective_from": date(2025, 1, 1)},
         ["company.yaml:1: warning [disclosure.not_in_force] toy-2024 applies from 2025-01-01, and the report is for 2024; "
          "name the edition that applies in company.yaml"]),
        ("toy-2024", {"effective_to": date(2023, 12, 31)},
         ["company.yaml:1: warning [disclosure.not_in_force] toy-2024 applies until 2023-12-31, and the report is for 2024; "
          "name the edition that applies in company.yaml"]),
        ("3-1", {"effective_from": date(2026, 1, 1)},
         ["disclosures.yaml:2: warning [disclosure.not_in_force] 3-1 of toy-2024 applies from 2026-01-01, and the report is for 2024; "
          "answer what took its place"]),
    ],
)  # fmt: skip
def test_an_edition_that_does_not_apply_to_the_year_is_a_warning(what, days, said):
    assert found(dated(what, **days)) == said


def test_a_disclosure_that_binds_only_in_later_years_is_not_owed():
    sources = dated("4-2", effective_from=date(2025, 1, 1))
    assert check(sources) == ()
    assert not any("4-2" in row for row in table(compose(sources, "en"), "index.toy-2024"))
    assert any("4-2" in row for row in table(compose(harbour(), "en"), "index.toy-2024"))


def test_every_rule_says_what_it_finds():
    from leafledger.report.rules import RULES

    assert all(rule.__doc__ for rule in RULES)
