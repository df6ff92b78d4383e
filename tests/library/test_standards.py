"""The shipped standards list what each edition asks for, under ids that people know, in our own words."""

from collections import Counter

import pytest

from leafledger.library.load import LIBRARY, load

STANDARDS = load(LIBRARY).standards


def listed(standard):
    return {disclosure.id: disclosure for disclosure in STANDARDS[standard].disclosures}


@pytest.mark.parametrize(
    ("standard", "number", "groups"),
    [("gri-2021", 141, 37), ("hkex-c2-2024", 48, 12), ("hkex-c2-2025", 75, 16), ("sdg", 17, 0)],
)
def test_an_edition_is_whole(standard, number, groups):
    assert (len(STANDARDS[standard].disclosures), len(STANDARDS[standard].groups)) == (number, groups)


@pytest.mark.parametrize(
    ("standard", "ids"),
    [
        ("gri-2021", ["2-1", "2-30", "3-3", "302-1", "305-1", "306-3", "306-3 (2016)", "403-10", "418-1"]),
        ("hkex-c2-2024", ["A1.GD", "A1.2", "A4.1", "B1.1", "B1.2", "B8.2"]),
        ("hkex-c2-2025", ["B.13", "B.14.materiality", "A1.GD", "B8.2", "D.19", "D.28(a)", "D.41"]),
        ("sdg", [str(goal) for goal in range(1, 18)]),
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
