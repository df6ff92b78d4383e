"""Figures in sentences: which number is of what, of which year, and what of it is only a target or a change."""

from itertools import count

import pytest

from leafledger.audit.document import Document, Line, Page, Span
from leafledger.audit.mention import Mention
from leafledger.audit.prose import prose
from leafledger.audit.sentences import sentences

YEAR = 2024


def of(*lines: str) -> list[Mention]:
    """The numbers of a text of these lines."""
    return list(prose(sentences(document(*lines)), "zh-Hant", YEAR, count(1)))


def document(*lines: str) -> Document:
    made = tuple(Line(page=1, number=n, spans=(Span(text=text),)) for n, text in enumerate(lines, 1))
    return Document(name="report.txt", kind="text", language="zh-Hant", pages=(Page(number=1, lines=made),))


def said(*lines: str) -> list[str]:
    """Each number that is of something, as `metric labels value unit year basis`."""
    return [
        " ".join(
            filter(
                None,
                (one.metric, *(f"{k}={v}" for k, v in one.labels), one.amount.text, one.unit, str(one.year), one.basis),
            )
        )
        for one in of(*lines)
        if one.metric
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "年末我們共有全職員工1,204人，員工流失率為8.1%。",
            ["people.employees employment=full_time 1,204 person 2024", "people.turnover_rate 8.1% percent 2024"],
        ),
        ("2023年，範圍三碳排放為41,306.52噸二氧化碳當量。", ["ghg.scope3 41,306.52 tCO2e 2023"]),
        ("本年度，法院审理了1起涉及我们的贪污诉讼案件。", ["ethics.corruption_cases 1 case 2024"]),
        ("報告期內，客戶投訴數量為0。", ["product.complaints 0 2024"]),
        ("本集團因工傷損失工作日數為143天。", ["safety.lost_days 143 day 2024"]),
        (
            "今年為超過1,107名員工提供了培訓，人均培訓時長14.6小時",
            ["training.people 1,107 person 2024", "training.hours_per_head 14.6 h 2024"],
        ),
        (
            "女性員工佔比達41%，管理者中女性佔比28%。",
            ["people.women_share 41% percent 2024", "people.women_in_management_share 28% percent 2024"],
        ),
        (
            "董事會人數為7人，其中包含女性董事1位。",
            ["governance.directors 7 person 2024", "governance.directors gender=female 1 person 2024"],
        ),
        (
            "In FY23 our Scope 1 emissions were 5,120 tCO2e and energy consumption reached 310 MWh.",
            ["ghg.scope1 5,120 tCO2e 2023", "energy.total 310 MWh 2023"],
        ),
        ("Employee turnover remains low at 6.2% in 2024.", ["people.turnover_rate 6.2% percent 2024"]),
        ("We had 2,310 employees worldwide.", ["people.employees 2,310 person 2024"]),
    ],
)
def test_a_number_is_of_the_name_that_stands_by_it(sentence: str, expected: list[str]) -> None:
    assert said(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "我們慰問特困員工54人，向8名員工發放補助。",
        "組織員工培訓320期。",
        "某校為150名學生送上文具，捐款3,000元。",
        "We visited 12 suppliers.",
        "員工滿意，能耗下降，共提升30個項目。",
        "Our turnover rose; 12 employees were interviewed.",
        "用電量由3月起統計，涉及5家企業。",
    ],
)
def test_a_number_beside_the_wrong_noun_is_of_nothing(sentence: str) -> None:
    assert said(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "basis"),
    [
        ("溫室氣體排放量較上年下降12%。", "change"),
        ("能源消耗總量同比減少5%", "change"),
        ("Energy consumption fell by 8%.", "change"),
        ("We reduced water consumption by 8% in 2024.", "change"),
        ("用水量下降至120噸。", ""),
        ("計劃於2030年將PUE降至1.2。", "target"),
        ("We aim to reduce energy consumption by 20% by 2030.", "target"),
        ("Reduce water intensity by 40% by 2030.", "target"),
        ("全球數據中心平均PUE約1.6", "others"),
        ("累計專利申請500件", "cumulative"),
    ],
)
def test_what_is_not_the_figure_of_the_year_says_so(sentence: str, basis: str) -> None:
    assert [one.basis for one in of(sentence) if one.metric] == [basis]


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("報告期內用水量為120噸。", 2024),
        ("上一年度用水量為120噸。", 2023),
        ("截至2022年底，用水量為120噸。", 2022),
        ("FY2022-23 water use was 120 kL.", 2023),
        ("較2021年，本年度用水量為120噸。", 2024),
        ("Our total water use was 120 kL, up 8% from the previous year.", 2024),
        ("用水量為120噸。", 2024),
    ],
)
def test_the_year_is_the_one_that_the_sentence_speaks_of(sentence: str, year: int) -> None:
    assert [one.year for one in of(sentence) if one.metric] == [year]


def test_a_year_that_nobody_says_is_less_sure() -> None:
    spoken, silent = of("2024年用水量為120噸。")[0], of("用水量為120噸。")[0]
    assert spoken.confidence > silent.confidence


def test_a_sentence_goes_on_over_lines_and_each_number_knows_its_own() -> None:
    first = "本年度我們第一次盤查了價值鏈上下游的溫室氣體排放，並請第三方核對，"
    numbers = [one for one in of(first, "範圍三排放為41,306噸二氧化碳當量。另有兩", "項說明。") if one.metric]
    assert [(one.metric, one.where.line) for one in numbers] == [("ghg.scope3", 2)]
    assert numbers[0].where.quote == first.replace("，", "，") + "範圍三排放為41,306噸二氧化碳當量。"


def test_a_sentence_of_english_lines_keeps_its_spaces() -> None:
    text = [
        one.text
        for one in sentences(document("Our total energy consumption in the year was", "310 MWh. We plant trees."))
    ]
    assert text == ["Our total energy consumption in the year was 310 MWh.", "We plant trees."]
