"""Numbers of printed texts: what they are worth, what they leave open, and which digits are only names."""

from decimal import Decimal
from fractions import Fraction
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leafledger.audit.numbers import Found, number_cell, numbers_in


def found(text: str) -> list[Found]:
    return list(numbers_in(text, "zh-Hant"))


def values(text: str) -> list[str]:
    return [
        f"{one.amount.value:f}".rstrip("0").rstrip(".") if "." in f"{one.amount.value:f}" else f"{one.amount.value:f}"
        for one in found(text)
    ]


def units(text: str) -> list[str]:
    return [one.unit for one in found(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("用水 1,234.5 噸", "1234.5"),
        ("a total of 1 234,5 kg", "1234.5"),
        ("sold 12,34,567.89 in all", "1234567.89"),
        ("Paid-up capital ` 3,45,67,01,234", "3456701234"),
        ("a rate of 21. 15 %", "21.15"),
        ("0,5 % of sales", "0.5"),
        ("捐款１８７萬元", "1870000"),
        ("產能１．２５億噸", "125000000"),
        ("300萬名用戶", "3000000"),
        ("投入 1.2 百萬元", "1200000"),
        ("$14.6 million", "14600000"),
        ("revenue of $31,207M", "31207000000"),
        ("₹ 3 crore", "30000000"),
        ("1.2 lakh GJ", "120000"),
        ("節電 7.2×10⁵ kWh", "720000"),
        ("節電 7.2×105 kWh", "720000"),
        ("節電 9×105 kWh", "900000"),
        ("6.1E+04 kWh", "61000"),
        ("較上年 -5.2%", "-5.2"),
        ("1,000 (1,234.5)", None),
    ],
)
def test_a_number_is_worth_what_its_country_writes(text: str, value: str | None) -> None:
    assert values(text) == ([value] if value else ["1000", "-1234.5"])


def test_the_last_digit_leaves_half_a_unit_open() -> None:
    one = found("排放 143.2 噸")[0].amount
    assert (one.low, one.high, one.decimals) == (Fraction(14315, 100), Fraction(14325, 100), 1)


def test_a_number_word_widens_what_is_open() -> None:
    one = found("捐款187萬元")[0].amount
    assert (one.value, one.low, one.high, one.scale) == (1_870_000, 1_865_000, 1_875_000, 10_000)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("不超過1.35", "within"),
        ("控制在1.35以內", "within"),
        ("少於10人", "within"),
        ("不少於10人", "over"),
        ("超過2,417名", "over"),
        ("逾70家", "over"),
        ("240餘項", "over"),
        ("1,200+門", "over"),
        ("90%以上", "over"),
        ("近40所", "about"),
        ("約2,700小時", "about"),
        ("nearly 40% of staff", "about"),
        ("at least 5 sites", "over"),
        ("no more than 7 days", "within"),
        ("<1% of waste", "within"),
        ("達12.3小時", "exact"),
    ],
)
def test_words_around_a_number_are_its_bound(text: str, bound: str) -> None:
    assert [one.amount.bound for one in found(text)] == [bound]


def test_about_leaves_open_what_its_noughts_do() -> None:
    one = found("約2,700小時")[0].amount
    assert (one.low, one.high) == (2650, 2750)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("PUE 1.25~1.31", "1.245", "1.315", ""),
        ("提升4%~6%", "3.5", "6.5", "percent"),
        ("200~250千瓦", "199.5", "250.5", "kW"),
        ("3至5萬元", "25000", "55000", "CNY"),
        ("between 10 and 12 kW", "9.5", "12.5", "kW"),
    ],
)
def test_the_ends_of_a_range_are_one_amount(text: str, low: str, high: str, unit: str) -> None:
    one = found(text)
    assert len(one) == 1
    assert one[0].range
    assert (one[0].amount.low, one[0].amount.high, one[0].unit) == (Fraction(low), Fraction(high), unit)


@pytest.mark.parametrize(
    "text",
    [
        "通過ISO 27001:2022認證",
        "ISO 9001、ISO 45001、14001",
        "ISO/IEC 27001 and GB/T 12345-2020",
        "團體標準T/ABCD 12.3-2024",
        "OpenThing 3.1",
        "基於「某某5.0」的模型",
        "12366納稅服務熱線",
        "電話：021-61234567",
        "Telephone No. 020 41230010/20/30",
        "+86 010-65432100 #4321",
        "2024年1月1日至2024年12月31日",
        "from 1 April 2024 to 31 March 2025",
        "July 7, 2022",
        "2022-2024",
        "FY2024-25",
        "4.2 應對氣候變化",
        "第3屆",
        "the 14th annual meeting",
        "No. 5 in 2021, Top 20",
        "Scope 1, 2, and 3",
        "our scope 1 and 2 footprint",
        "the year ending January 31, 2025, and after",
        "1/47th of the space, San Jose, CA 95131",
        "詳見附錄27、範圍1及範圍2",
        "GPT-4o、8B模型、3D重建、COVID-19",
        "open 24/7",
        "<30歲、30至50歲、>50歲",
        "Under 30 years old",
        "中山路100號",
        "version 2.0、v3.1.2",
        "員工流失率2",
        "總員工人數*100%",
        "SO2 and CO2e",
    ],
)
def test_digits_that_name_something_are_no_numbers(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("41,306.52噸二氧化碳當量", "tCO2e"),
        ("53,410 mtCO2e", "tCO2e"),
        ("82,410.7兆瓦時", "MWh"),
        ("1,204人", "person"),
        ("9家企業", "organisation"),
        ("12.5 GJ per ₹ crore", "GJ/10000000 INR"),
        ("HK$6.4 million", "HKD"),
        ("在24小時內", "h"),
        ("上升0.42個百分點", "point"),
        ("31億度", "kWh"),
        ("2℃", "degC"),
    ],
)
def test_the_unit_behind_a_number_is_known(text: str, unit: str) -> None:
    assert units(text) == [unit]


def test_counts_in_words_count() -> None:
    text = "董事會由八位董事組成，下設四個委員會，第三方與三位一體不計；twenty-three suppliers"
    assert [(one.amount.value, one.spelled) for one in found(text)] == [(8, True), (4, True), (23, True)]


def test_strokes_among_the_columns_at_the_end_are_absent_and_not_zero() -> None:
    absent = [one.amount for one in found("員工受訓比例 % 89% 99% ╱")]
    assert [one.value for one in absent] == [89, 99, None]
    assert absent[-1].text == "╱"
    assert values("- 開展培訓 5 次") == ["5"]


def test_a_raised_digit_is_a_mark_and_after_ten_an_exponent() -> None:
    assert [str(one.amount.value) for one in numbers_in("共 3631 家", "zh-Hant", raised=[(5, 6)])] == ["363"]
    assert [int(one.amount.value or 0) for one in numbers_in("3×105", "en", raised=[(4, 5)])] == [300000]


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [
        ("12 345", 12345, ""),
        ("(1,234)", -1234, ""),
        ("(2.5)%", "-2.5", "percent"),
        ("2016", 2016, ""),
        ("21. 15 %", "21.15", "percent"),
        ("4.7 mtCO2e", "4.7", "tCO2e"),
        ("$7,204,311", 7204311, "USD"),
        ("8.1%*", "8.1", "percent"),
        ("1〇〇", 100, ""),
    ],
)
def test_a_cell_is_read_as_one_number(cell: str, value: object, unit: str) -> None:
    one = number_cell(cell, "en")
    assert one is not None
    assert (one.amount.value, one.unit) == (Decimal(str(value)), unit)


@pytest.mark.parametrize("cell", ["-", "—", "╱", "n/a", "NIL", "None", "無", "不適用", "-%"])
def test_a_cell_may_say_that_there_is_none(cell: str) -> None:
    one = number_cell(cell, "zh-Hant")
    assert one is not None
    assert one.amount.absent
    assert one.amount.text == cell


@pytest.mark.parametrize("cell", ["Yes", "40 (1.9%)", "已獲認證", ""])
def test_words_and_two_numbers_are_no_cell_of_one(cell: str) -> None:
    assert number_cell(cell, "en") is None


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789.,%() -+~×x十萬億年月元kWh第ISO/「」\u00a0〇½", max_size=60))
def test_whatever_is_printed_places_and_intervals_are_sound(text: str) -> None:
    for one in found(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.amount.value is None or one.amount.low <= Fraction(one.amount.value) <= one.amount.high
    number_cell(text, "en")


def test_an_endless_line_is_read_in_time_that_grows_with_it() -> None:
    start = process_time()
    assert len(found("排放 12.5 噸，" * 3000)) == 3000
    assert process_time() - start < 6
