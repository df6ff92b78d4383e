"""How far a standard is answered: by figures with their values, by texts that somebody claims, and what is missing otherwise."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest
from company import harbour

from leafledger.core.definition import Answering, Disclosure, Formula, Metric, Phase, Standard
from leafledger.core.finding import Place
from leafledger.core.org import Screening
from leafledger.report.answers import Answer
from leafledger.report.gaps_table import as_csv, as_json, counted, markdown
from leafledger.report.reader import Reader
from leafledger.report.standing import gaps

TITLE = {"zh-Hant": "題", "zh-Hans": "题", "en": "Title"}
BEYOND = {"zh-Hant": "噪音", "zh-Hans": "噪音", "en": "Noise by night"}
CLAIMED = Answer(sections=("planet.energy",))
EXPLAINED = {"zh-Hant": "仅", "zh-Hans": "仅", "en": "gas only"}


def asked(**fields):
    return Disclosure(id="X-1", title=TITLE, place=Place(name="toy"), **fields)


def held(*disclosures, answer=None, language="en", company=None, metrics=None, **fields):
    """The company held against a standard of these disclosures, of which the first has this answer."""
    standard = Standard(id="own-1", title=TITLE, edition="1", disclosures=disclosures, **fields)
    sources = harbour()
    answers = {"own-1": {disclosures[0].id: answer}} if answer else {}
    library = replace(sources.library, metrics={**sources.library.metrics, **(metrics or {})})
    sources = replace(sources, answers=answers, library=library, company=company or sources.company)
    return gaps(Reader(sources=sources, language=language), standard)


def stands(answer=None, **asks):
    """How one disclosure stands that asks for this."""
    (one,) = held(asked(answered_by=Answering(**asks)), answer=answer).standings
    return one


def test_a_disclosure_is_answered_by_a_figure_of_the_year_with_its_value():
    one = stands(figures=("energy.total",))
    assert (one.state, one.answers, one.lacks) == ("answered", ["Total energy: 1,582.5 MWh"], [])


def test_a_figure_that_is_asked_for_by_a_split_is_shown_by_each_member():
    one = stands(figures=("people.heads[gender]",))
    assert (one.state, one.answers) == ("answered", ["Employees: Male 85 people; Female 75 people"])


def test_what_is_incomplete_is_no_answer_and_says_why():
    one = stands(figures=("energy.total", "water.use"))
    assert (one.state, one.answers) == ("partly", ["Total energy: 1,582.5 MWh"])
    assert "record the rest, or have an estimate for it approved" in one.lacks[0]


def test_what_nobody_collects_is_missing_and_leads_to_the_activities_behind_it():
    noise = Metric(
        id="noise.share",
        title=TITLE,
        unit="percent",
        kind="ratio",
        formulas=(Formula(formula="noise.night / energy.total"),),
    )
    (one,) = held(asked(answered_by=Answering(figures=("noise.share",))), metrics={"noise.share": noise}).standings
    assert (one.state, one.collect) == ("missing", ["noise.night"])
    assert one.lacks == ["Title: not collected; record noise.night (noise.night)"]


@pytest.mark.parametrize(
    ("standing", "state", "said"),
    [
        ("not_relevant", "answered", "screened out"),
        ("excluded", "missing", "screened out"),
        ("relevant", "missing", "no approved entry"),
    ],
)
def test_a_source_that_there_is_not_answers_by_its_reason_and_one_that_is_left_out_does_not(standing, state, said):
    screening = (Screening(source="waste.total", standing=standing, reason=EXPLAINED),)
    asks = asked(answered_by=Answering(figures=("waste.total",)))
    (one,) = held(asks, company=replace(harbour().company, screening=screening)).standings
    assert one.state == state
    assert said in (one.answers or one.lacks)[0]


def test_a_hole_is_missing_and_names_the_activity_to_collect():
    one = stands(figures=("waste.total",))
    assert (one.state, one.answers) == ("missing", [])
    assert one.lacks and "Waste" in one.lacks[0]


@pytest.mark.parametrize(
    ("answer", "state", "lacks"),
    [
        (None, "missing", "1.1 Energy may answer it, and disclosures.yaml does not say so; read it, and name planet.energy there"),
        (CLAIMED, "answered", ""),
        (Answer(explained=EXPLAINED), "answered", ""),
        (Answer(sections=("people.unwritten",)), "missing", "2.2 Not written has no text yet; write it (people.unwritten)"),
        (Answer(sections=("planet.energy", "people.unwritten")), "partly", "2.2 Not written has no text yet"),
    ],
)  # fmt: skip
def test_a_text_answers_once_the_company_says_so(answer, state, lacks):
    one = stands(answer, sections=("planet.energy",))
    assert one.state == state
    assert lacks in "\n".join(one.lacks) if lacks else one.lacks == []


def test_a_text_that_nobody_wrote_is_named_and_one_that_no_outline_has_is_not():
    assert stands(sections=("people.unwritten",)).lacks == [
        "no text; write people.unwritten, and name it in disclosures.yaml"
    ]
    assert stands(sections=("elsewhere",)).lacks[0].startswith("no figure and no text; write a section")
    assert stands().lacks[0].startswith("no figure and no text; write a section")


def test_figures_and_a_text_are_both_needed_where_both_are_asked_for():
    one = stands(figures=("energy.total",), sections=("planet.energy",))
    assert (one.state, len(one.lacks)) == ("partly", 1)
    assert stands(CLAIMED, figures=("energy.total",), sections=("planet.energy",)).state == "answered"


@pytest.mark.parametrize(
    ("answer", "state"),
    [(None, "partly"), (CLAIMED, "answered"), (replace(CLAIMED, explained=EXPLAINED), "partly")],
)
def test_what_is_beyond_figures_is_lacking_until_a_text_says_it_without_reserve(answer, state):
    one = stands(answer, figures=("energy.total",), beyond=BEYOND)
    assert one.state == state
    assert ("Noise by night: there is no such figure yet; say it in a text" in one.lacks) == (state == "partly")


def test_a_figure_that_the_company_names_beside_counts_too():
    one = stands(Answer(metrics=("people.trained[gender=male]",)), figures=("energy.total",))
    assert one.answers == ["Total energy: 1,582.5 MWh", "Employees trained: Male 85 people"]


def test_what_the_company_explains_beside_its_answer_is_a_reserve_and_alone_it_is_the_answer():
    one = stands(replace(CLAIMED, explained=EXPLAINED), sections=("planet.energy",))
    assert (one.state, one.lacks) == ("partly", ["The company says: gas only"])
    one = stands(Answer(explained=EXPLAINED), sections=("planet.energy",))
    assert (one.state, one.why) == ("answered", "gas only")


def test_what_is_explained_of_a_goal_is_how_it_is_answered():
    (*_, seventh, _) = gaps(Reader(sources=harbour(), language="en"), harbour().library.standards["sdg"]).standings
    assert (seventh.state, seventh.why) == ("answered", "Kilns are moved to electricity.")


def test_an_answer_under_the_edition_before_counts_until_there_is_one_under_this():
    def of(**answers):
        sources = replace(harbour(), answers={id: {"X-1": answer} for id, answer in answers.items()})
        standard = Standard(id="new", title=TITLE, edition="2", succeeds="old", disclosures=(asked(),))
        return gaps(Reader(sources=sources, language="en"), standard).standings[0].state

    assert (of(old=CLAIMED), of(old=CLAIMED, new=Answer(omitted=EXPLAINED)), of()) == (
        "answered",
        "not_applicable",
        "missing",
    )


def test_what_the_company_leaves_out_is_not_asked_and_keeps_its_reason():
    one = stands(Answer(omitted=EXPLAINED), figures=("energy.total",))
    assert (one.state, one.why, one.answers) == ("not_applicable", "gas only", [])


def test_what_is_not_in_force_in_the_year_says_when_and_what_stands_in_its_place():
    old = replace(asked(effective_to=date(2023, 12, 31)), id="X-0")
    now = asked(replaces=("X-0",))
    later = replace(asked(effective_from=date(2025, 1, 1), replaces=("X-1",)), id="X-2")
    said = {one.id: (one.state, one.why) for one in held(old, now, later).standings}
    assert said["X-0"] == ("not_applicable", "in force until 2023-12-31, replaced by X-1")
    assert said["X-1"][0] == "missing"
    assert said["X-2"] == ("not_applicable", "in force from 2025-01-01, in place of X-1")


def test_a_standard_of_other_years_is_held_against_the_year_all_the_same():
    found = held(asked(answered_by=Answering(figures=("energy.total",))), effective_from=date(2027, 1, 1))
    assert found.counts == {"answered": 1, "partly": 0, "missing": 0, "not_applicable": 0}
    assert found.notes[0].startswith("The standard applies from 2027-01-01")
    assert found.notes[1] == "The company does not report by it; to do so, add own-1 to standards in company.yaml."


def test_the_level_is_that_of_the_companys_class_of_issuer():
    phase = Phase(issuer="large", groups=("G",), was="voluntary", level="mandatory", since=date(2024, 1, 1))
    large = replace(harbour().company, issuer_class={"own-1": "large"})
    fields = {"groups": {"G": TITLE}, "issuers": {"large": TITLE}, "phases": (phase,)}
    one = asked(group="G", level="voluntary")
    assert [held(one, company=company, **fields).standings[0].level for company in (None, large)] == [
        "voluntary",
        "mandatory",
    ]


def test_it_is_told_in_each_language():
    found = held(asked(answered_by=Answering(figures=("energy.total",))), language="zh-Hant")
    assert found.standings[0].answers == ["能源總量：1,582.5兆瓦時"]
    assert counted(found, "zh-Hant") == "1項披露：1 已回應、0 部分回應、0 欠缺、0 不適用"


def test_every_format_says_the_same():
    found = held(asked(answered_by=Answering(figures=("energy.total", "waste.total"))), replace(asked(), id="X|2"))
    assert "2 disclosures: 0 answered, 1 partly, 1 missing, 0 not applicable." in markdown(found, "en")
    assert "| X\\|2 | Title | missing |" in markdown(found, "en")
    rows = list(csv.DictReader(io.StringIO(as_csv(found))))
    assert [(row["id"], row["state"]) for row in rows] == [("X-1", "partly"), ("X|2", "missing")]
    data = json.loads(as_json(found))
    assert [one["state"] for one in data["disclosures"]] == ["partly", "missing"]
    need = data["disclosures"][0]["needs"][0]
    assert (need["what"], need["id"], need["shown"], need["collect"]) == (
        "figure",
        "energy.total",
        rows[0]["answered_by"],
        [],
    )
