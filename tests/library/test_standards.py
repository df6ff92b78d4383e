"""The shipped standards list what each edition asks for, under ids that people know, in our own words."""

from collections import Counter

import pytest

from leafledger.library.effective import in_force, level_of
from leafledger.library.load import LIBRARY, load
from leafledger.report.outline import read_outline

STANDARDS = load(LIBRARY).standards


def listed(standard):
    return {disclosure.id: disclosure for disclosure in STANDARDS[standard].disclosures}


@pytest.mark.parametrize(
    ("standard", "number", "groups"),
    [
        ("gri-2021", 141, 37), ("hkex-c2-2024", 48, 12), ("hkex-c2-2025", 75, 16), ("sdg", 17, 0),
        ("ifrs-s1", 18, 8), ("ifrs-s2", 40, 4), ("hkfrs-s1", 18, 8), ("hkfrs-s2", 40, 4), ("sasb-tc-si", 19, 7), ("sasb-tc-im", 18, 6),
        ("esrs-2023", 86, 11), ("esrs-2026", 79, 11), ("csds-basic-2024", 16, 5), ("csds-1-2025", 21, 4),
        ("sse-14-2024", 25, 4), ("szse-17-2024", 25, 4), ("bse-11-2024", 25, 4),
    ],
)  # fmt: skip
def test_an_edition_is_whole(standard, number, groups):
    assert (len(STANDARDS[standard].disclosures), len(STANDARDS[standard].groups)) == (number, groups)


@pytest.mark.parametrize(
    ("standard", "ids"),
    [
        ("gri-2021", ["2-1", "2-30", "3-3", "302-1", "305-1", "306-3", "306-3 (2016)", "403-10", "418-1"]),
        ("hkex-c2-2024", ["A1.GD", "A1.2", "A4.1", "B1.1", "B1.2", "B8.2"]),
        ("hkex-c2-2025", ["B.13", "B.14.materiality", "A1.GD", "B8.2", "D.19", "D.28(a)", "D.41"]),
        ("sdg", [str(goal) for goal in range(1, 18)]),
        ("ifrs-s2", ["S2.6(a)", "S2.29(a)(i)(1)", "S2.29(g)", "S2.36"]),
        ("sasb-tc-si", ["TC-SI-130a.1", "TC-SI-550a.2", "TC-SI-000.C"]),
        ("esrs-2023", ["BP-1", "SBM-3", "MDR-T", "E1-6", "S1-17", "G1-6"]),
        ("esrs-2026", ["GOV-4", "GDR-P", "E1-8", "E1-11", "S1-16", "G1-6"]),
        ("sse-14-2024", ["21-28.ghg", "30", "37", "39", "49-50", "56"]),
    ],
)
def test_disclosures_have_the_ids_that_reports_use(standard, ids):
    assert [id for id in ids if id not in listed(standard)] == []


def test_what_was_repealed_is_not_asked_for_any_more():
    assert {"A1.2", "A4.GD", "A4.1"} == listed("hkex-c2-2024").keys() - listed("hkex-c2-2025").keys()


def test_levels_say_what_must_be_answered():
    levels = {name: Counter(d.level for d in standard.disclosures) for name, standard in STANDARDS.items()}
    assert levels["hkex-c2-2024"] == {"comply_or_explain": 48}
    assert levels["hkex-c2-2025"] == {"mandatory": 8, "comply_or_explain": 66, "recommended": 1}
    assert [listed("hkex-c2-2025")[f"D.{id}"].level for id in ("28(a)", "28(b)", "28(c)", "29")] == [
        "mandatory", "mandatory", "comply_or_explain", "mandatory",
    ]  # fmt: skip
    assert levels["gri-2021"] == {"": 141}
    assert levels["esrs-2023"] == {"mandatory": 12, "comply_or_explain": 9, "": 65}
    assert levels["ifrs-s2"] == {"mandatory": 40}
    assert levels["sasb-tc-si"] == {"recommended": 8, "voluntary": 11}
    assert levels["csds-1-2025"] == {"voluntary": 21}


@pytest.mark.parametrize(
    ("issuer", "year", "levels"),
    [
        ("", 2026, ["comply_or_explain", "mandatory", "recommended"]),
        ("large_cap", 2025, ["comply_or_explain", "mandatory", "recommended"]),
        ("large_cap", 2026, ["mandatory", "mandatory", "recommended"]),
        ("gem", 2025, ["voluntary", "mandatory", "recommended"]),
    ],
)
def test_hkex_binds_each_class_of_issuer_from_its_own_year(issuer, year, levels):
    hkex = STANDARDS["hkex-c2-2025"]
    asked = [listed("hkex-c2-2025")[id] for id in ("D.20", "D.28(a)", "D.36")]
    assert [level_of(hkex, one, year, issuer) for one in asked] == levels
    assert level_of(hkex, listed("hkex-c2-2025")["A1.1"], year, issuer) == "comply_or_explain"


@pytest.mark.parametrize(
    ("standard", "first", "last"),
    [
        ("ifrs-s2", 2024, None), ("hkfrs-s2", 2025, None), ("sse-14-2024", 2024, None), ("csds-1-2025", 2025, None),
        ("esrs-2023", 2024, 2026), ("esrs-2026", 2027, None), ("hkex-c2-2024", 2023, 2024), ("hkex-c2-2025", 2025, None),
    ],
)  # fmt: skip
def test_an_edition_applies_to_its_own_years(standard, first, last):
    applies = [year for year in range(2022, 2030) if in_force(STANDARDS[standard], year)]
    assert applies == list(range(first, (last or 2029) + 1))


def test_an_id_of_esrs_means_another_thing_in_each_edition():
    assert [listed(edition)["E1-6"].title["en"] for edition in ("esrs-2023", "esrs-2026")] == [
        "Emissions of Scopes 1, 2 and 3, and in total",
        "Climate targets",
    ]


def test_a_standard_that_asks_as_another_has_its_disclosures_and_says_that_they_were_not_compared():
    assert listed("szse-17-2024").keys() == listed("bse-11-2024").keys() == listed("sse-14-2024").keys()
    assert listed("hkfrs-s2").keys() == listed("ifrs-s2").keys()
    assert {one.verified for one in listed("szse-17-2024").values()} == {"known"}


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_what_gri_replaces_ends_on_the_day_before_its_successor_begins(year):
    gri = listed("gri-2021")
    pairs = [(gri[old], new) for new in gri.values() for old in new.replaces]
    assert {old.id for old, _ in pairs} == {id for id, one in gri.items() if one.effective_to}
    assert all(in_force(old, year) != in_force(new, year) for old, new in pairs)


def test_what_asks_for_figures_alone_is_answered_by_figures():
    """A disclosure of an amount leads to the amount, wherever the same thing is asked for."""
    asked = {
        ("gri-2021", "305-1"), ("gri-2021", "102-5"), ("hkex-c2-2025", "D.28(a)"), ("ifrs-s2", "S2.29(a)(i)(1)"),
        ("esrs-2023", "E1-6"), ("esrs-2026", "E1-8"), ("sse-14-2024", "21-28.ghg"), ("csds-1-2025", "5-1"),
    }  # fmt: skip
    assert [where for where in asked if "ghg.scope1" not in listed(where[0])[where[1]].answered_by.figures] == []


def test_every_section_that_answers_stands_in_the_shipped_outline():
    sections = read_outline(LIBRARY).sections
    named = {(s.id, d.id, one) for s in STANDARDS.values() for d in s.disclosures for one in d.answered_by.sections}
    assert len(named) > 300
    assert [where for where in named if where[2] not in sections] == []


def test_a_disclosure_that_comes_or_goes_has_its_days():
    gri = listed("gri-2021")
    days = {
        id: (str(gri[id].effective_from or ""), str(gri[id].effective_to or ""))
        for id in ("302-1", "103-2", "304-1", "101-1", "305-7")
    }
    assert days == {
        "302-1": ("", "2026-12-31"),
        "103-2": ("2027-01-01", ""),
        "304-1": ("", "2025-12-31"),
        "101-1": ("2026-01-01", ""),
        "305-7": ("", ""),
    }


def test_what_was_written_from_knowledge_says_so():
    hkex = STANDARDS["hkex-c2-2025"]
    assert {d.verified for d in hkex.disclosures if d.id.startswith("D.")} == {"known"}
    assert "general knowledge" in hkex.source
    assert "not compared with the Listing Rules" in hkex.note["en"]


def test_titles_are_short_enough_for_an_index():
    long = [
        d.id
        for s in STANDARDS.values()
        for d in s.disclosures
        if len(d.title["en"]) > 60 or len(d.title["zh-Hant"]) > 30
    ]
    assert long == []
