"""Definitions load into nouns, or every problem of every file is told at once with its file and line."""

import pytest
from library_cases import TITLE, problems, write

from leafledger.library.load import LIBRARY, load

ACTIVITY = f"- {{id: fleet.distance, title: {TITLE}, unit: km, kind: flow}}\n"


def told(folder, **files):
    return problems(lambda: load(LIBRARY, write(folder / "harbour", **files)))


def test_a_company_adds_to_the_library_and_overrides_it_by_id(tmp_path):
    own = f"- {{id: energy.electricity, title: {TITLE}, unit: kWh, kind: flow}}\n"
    library = load(LIBRARY, write(tmp_path, activities__own_yaml=own, activities__fleet_yaml=ACTIVITY))
    assert library.activities["energy.electricity"].unit == "kWh"
    assert library.activities["fleet.distance"].place.line == 1
    assert "energy.fuel" in library.activities


def test_a_file_of_remarks_alone_defines_nothing(tmp_path):
    assert told(tmp_path, metrics__own_yaml="# Write your own metrics here.\n") == []


def test_every_problem_of_every_file_is_told_at_once(tmp_path):
    said = told(
        tmp_path,
        activities__a_yaml=ACTIVITY + f"- {{id: fleet.cars, titel: {TITLE}, unit: vehicle, kind: stack}}\n",
        activities__b_yaml="- id: x\n- id: y\n  id: z\n",
        dimensions__c_yaml="just a text\n",
    )
    assert said == [
        "dimensions/c.yaml:1: a block of `key: value` lines is expected here",
        "activities/a.yaml:2: the key 'title' is missing",
        "activities/a.yaml:2: kind: Input should be 'flow', 'stock' or 'ratio' (found 'stack')",
        "activities/a.yaml:2: unknown key 'titel'; did you mean 'title'?",
        "activities/b.yaml:3: the key 'id' is already given in line 2; keep one of them",
    ]


@pytest.mark.parametrize(
    ("kind", "block", "said"),
    [
        ("activities", "colour: red", "2: unknown key 'colour'; activity has no such key"),
        (
            "activities",
            "decimals: many",
            "2: decimals: Input should be a valid integer, unable to parse string as an integer (found 'many')",
        ),
        (
            "activities",
            "note: {en: A}",
            "2: the text in zh-Hant and zh-Hans is missing; a report says the same in each language",
        ),
        (
            "activities",
            "note: {zh-Hant: 水, zh-Hans: 水, en: Water, fr: Eau}",
            "2: 'fr' is not a language here; there are zh-Hant, zh-Hans, en",
        ),
        (
            "activities",
            "note: just one",
            "2: note: a text in each of zh-Hant, zh-Hans, en is expected (found 'just one')",
        ),
        ("activities", "breakdowns: [[colour]]", "1: unknown dimension 'colour'; define it, or use one that is"),
        ("activities", "breakdowns: [[gendr]]", "1: unknown dimension 'gendr'; did you mean 'gender'?"),
        (
            "activities",
            "id: energy-total",
            "1: 'energy-total' cannot be named in a formula; use small letters, digits, _ and dots, such as energy.total",
        ),
        (
            "activities",
            "id: waste.in",
            "1: 'waste.in' cannot be named in a formula; use small letters, digits, _ and dots, such as energy.total",
        ),
        ("activities", "id: ghg.scope1", "1: ghg.scope1 is both an activity and a metric; one figure has one id"),
        (
            "activities",
            "unit: kwh",
            "1: 'kwh' is not a unit; did you mean 'kWh'?",
        ),
        (
            "metrics",
            "formulas: [{formula: water.consumption, sinse: 2024-01-01}]",
            "2: unknown key 'formulas.0.sinse'; did you mean 'since'?",
        ),
        (
            "metrics",
            "formulas: [{formula: water.consumption, since: 2024}]",
            "2: formulas.0.since: '2024' is not a date such as 2024-03-15",
        ),
        (
            "metrics",
            "formulas: [{formula: water.consumption, since: 2025-01-01, until: 2024-12-31}]",
            "2: it ends on 2024-12-31, before it begins on 2025-01-01; turn the two days round",
        ),
        (
            "activities",
            "unit: percent",
            "1: d is in percent, and shares do not add up over sites or days; say kind: ratio",
        ),
        ("metrics", "splits: [fule]", "1: unknown dimension 'fule'; define it, or use one that is"),
        ("dimensions", "members: {}", "1: d has no members, so nothing can be split by it; list them"),
        (
            "dimensions",
            f"members: {{'a=b': {TITLE}}}",
            "1: 'a=b' cannot be written in labels such as gender=female; use letters, digits and _ . + -",
        ),
        (
            "dimensions",
            "members: {a: {en: A, zh-Hans: 甲}}",
            "2: the text in zh-Hant is missing; a report says the same in each language",
        ),
        (
            "factors",
            "unit: kg_per_t",
            "1: 'kg_per_t' is not a unit; units are written like MWh, GJ, t, m3, person or CNY_million",
        ),
        (
            "standards",
            "disclosures: [{id: a, title: x}]",
            "2: disclosures.0.title: a text in each of zh-Hant, zh-Hans, en is expected (found 'x')",
        ),
        (
            "standards",
            f"disclosures: [{{id: a, title: {TITLE}, level: must}}]",
            "2: disclosures.0.level: Input should be '', 'mandatory', 'comply_or_explain', 'recommended' or 'voluntary' (found 'must')",
        ),
        (
            "standards",
            f"disclosures: [{{id: a, title: {TITLE}, group: G}}]",
            "2: unknown group of d 'G'; define it, or use one that is",
        ),
        (
            "standards",
            f"disclosures: [{{id: a, title: {TITLE}}},\n    {{id: a, title: {TITLE}}}]",
            "3: the disclosure a is already listed at standards/own.yaml:2; an id is used once in a standard",
        ),
        (
            "standards",
            f"disclosures: [{{id: a, title: {TITLE},\n    answered_by: {{figures: [energy.totals]}}}}]",
            "3: a is answered by 'energy.totals', which nothing defines; did you mean 'energy.total'?",
        ),
        (
            "standards",
            f"disclosures: [{{id: a, title: {TITLE}, answered_by: {{figures: ['people.employees[fuel]']}}}}]",
            "2: a is answered by people.employees by fuel, and people.employees is not split by it; it has age, gender, level, region",
        ),
        (
            "standards",
            f"disclosures: [{{id: a, title: {TITLE}, replaces: [b]}}]",
            "2: a replaces 'b', which d does not list; name a disclosure that it does",
        ),
        (
            "standards",
            "asks_as: ifrs-s3",
            "1: d asks as 'ifrs-s3'; did you mean 'ifrs-s2'?",
        ),
        (
            "standards",
            f"groups: {{G: {TITLE}}}, phases: [{{issuer: small, groups: [G], was: mandatory, level: voluntary}}]",
            "2: a phase of d is for 'small', which is none of its issuers (none); list it there",
        ),
    ],
)
def test_each_mistake_in_a_definition_is_told_in_its_line(tmp_path, kind, block, said):
    needed = {
        "activities": {"id": "d", "title": TITLE, "unit": "t", "kind": "flow"},
        "metrics": {
            "id": "d",
            "title": TITLE,
            "unit": "t",
            "kind": "flow",
            "formulas": "[{formula: water.consumption}]",
        },
        "dimensions": {"id": "d", "title": TITLE, "members": f"{{a: {TITLE}}}"},
        "factors": {"id": "d", "title": TITLE, "unit": "t"},
        "standards": {"id": "d", "title": TITLE, "edition": "'2024'"},
    }[kind]
    rest = ", ".join(f"{key}: {value}" for key, value in needed.items() if not block.startswith(f"{key}:"))
    assert told(tmp_path, **{f"{kind}__own_yaml": f"- {{{rest},\n  {block}}}\n"}) == [f"{kind}/own.yaml:{said}"]


def test_one_id_is_defined_once_in_a_folder(tmp_path):
    said = told(tmp_path, activities__a_yaml=ACTIVITY, activities__b_yaml=f"\n{ACTIVITY}")
    assert said == ["activities/b.yaml:2: fleet.distance is already defined at activities/a.yaml:1"]


def test_a_region_needs_its_parent_and_three_titles(tmp_path):
    said = told(tmp_path, regions_csv="id,parent,title_zh-Hant,title_zh-Hans,title_en\nX,CNN,甲,甲,A\nY,CN,乙,,B\n")
    assert said == [
        "regions.csv:3: the column title_zh-Hans is empty",
        "regions.csv:2: unknown region 'CNN'; define it, or use one that is",
    ]


def test_a_metric_of_the_company_takes_the_place_of_an_activity_of_the_library(tmp_path):
    own = write(
        tmp_path / "harbour",
        activities__own_yaml=f"- {{id: fuel.heat, title: {TITLE}, unit: GJ, kind: flow, breakdowns: [[fuel]]}}\n",
        metrics__own_yaml=f"- {{id: energy.saved, title: {TITLE}, unit: GJ, kind: flow, formula: fuel.heat}}\n",
    )
    library = load(LIBRARY, own)
    assert ("energy.saved" in library.activities, library.figure("energy.saved").unit) == (False, "GJ")
