"""Numbers, dates, units and fixed words as the readers of each language write them."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from leafledger.core.period import Period
from leafledger.engine.prove import proven
from leafledger.library.load import LIBRARY, load
from leafledger.report import words
from leafledger.report.numbers import day, in_prose, number, percent, period, precise
from leafledger.report.words import unit_name, units_called, with_unit, word


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [
        ("1234567.85", 1, "1,234,567.9"),
        ("0.05", 1, "0.1"),
        ("-0.05", 1, "−0.1"),
        ("0.04", 1, "<0.1"),
        ("-0.04", 1, ">−0.1"),
        ("0", 1, "0.0"),
        ("0", 0, "0"),
        ("0.3", 0, "<1"),
        ("999999999999999999999.5", 0, "1,000,000,000,000,000,000,000"),
    ],
)
def test_a_number_is_rounded_and_grouped_and_never_becomes_zero(value, decimals, said):
    assert {number(Decimal(value), decimals, language) for language in ("zh-Hant", "zh-Hans", "en")} == {said}


@pytest.mark.parametrize(
    ("value", "said"),
    [("3772.10", "3,772.1"), ("0.123456789", "0.123457"), ("0.0000001", "<0.000001"), ("0", "0"), ("100", "100")],
)
def test_a_receipt_gives_as_many_decimals_as_there_are_up_to_six(value, said):
    assert precise(Decimal(value), "en") == said


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("2024", "en", "2024"), ("2024", "zh-Hant", "2024年"),
        ("2024-Q3", "en", "Q3 2024"), ("2024-Q3", "zh-Hans", "2024年第3季度"),
        ("2024-03", "en", "March 2024"), ("2024-03", "zh-Hant", "2024年3月"),
        ("2024-03-05", "en", "5 March 2024"), ("2024-03-05", "zh-Hans", "2024年3月5日"),
        ("2024-01-05/2024-02-04", "en", "5 January 2024 – 4 February 2024"),
    ],
)  # fmt: skip
def test_periods_are_written_as_people_write_them(text, language, said):
    assert period(Period.parse(text), language) == said


@pytest.mark.parametrize(
    ("unit", "value", "zh", "en"),
    [
        ("MWh", "36.1", "36.1兆瓦時", "36.1\xa0MWh"),
        ("percent", "12.5", "12.5%", "12.5%"),
        ("CNY_million", "3,772.1", "人民幣3,772.1百萬元", "RMB 3,772.1 million"),
        ("person", "3", "3人", "3\xa0people"),
        ("tCO2e/CNY_million", "22.24", "22.24噸二氧化碳當量/百萬元人民幣", "22.24\xa0tCO₂e/RMB million"),
        ("dimensionless", "1.28", "1.28", "1.28"),
    ],
)
def test_an_amount_reads_as_a_sentence_has_it(unit, value, zh, en):
    assert (with_unit(value, unit, "zh-Hant"), with_unit(value, unit, "en")) == (zh, en)


def test_one_thing_is_singular_and_bounds_are_words():
    assert in_prose("1", "exact", "case", "en", value=Decimal(1)) == "1\xa0case"
    assert in_prose("90", "over", "percent", "en") == "over 90%"
    assert in_prose("1.285", "within", "dimensionless", "zh-Hans") == "不超过1.285"
    assert in_prose("2", "about", "case", "zh-Hant") == "約2宗"


def test_shares_and_days():
    assert percent(Decimal("0.9167"), "en") == "91.7%" and percent(Decimal(1), "en") == "100%"
    assert day(date(2024, 12, 31), "zh-Hant") == "2024年12月31日"


def test_names_of_units_lead_back_to_the_units_they_may_mean():
    assert units_called("家", "zh-Hant") >= {"supplier", "company"}
    assert units_called("tonnes/RMB million", "en") & units_called("吨/百万元人民币", "zh-Hans") == {"t/CNY_million"}
    assert not units_called("MWh", "en") & units_called("吉瓦時", "zh-Hant")


def test_every_unit_of_the_shipped_library_has_words_in_each_language():
    library = proven(load(LIBRARY))
    units = {
        one.unit for one in (*library.activities.values(), *library.metrics.values(), *library.factor_names.values())
    }
    bare = {
        unit for unit in units for part in unit.split("/") if unit_name(part, "zh-Hant") == part and part not in SAME
    }
    assert bare == set()


SAME = {"PetaFLOPS", "ExaFLOPS", "GB", "TB"}
"""Units that Chinese readers write as English ones do."""


def test_a_word_that_nobody_wrote_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        word("en", "no such word")


def test_every_fixed_word_is_asked_for_somewhere():
    source = Path(words.__file__).parent.parent
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted(source.rglob("*.py")))
    families = (
        "name_of_",
        "chart_",
        "as_recorded_",
        "kind_",
        "cause_",
        "score_",
        "gaps_",
        "contract_",
    )  # the rest of their names is data
    known = re.findall(
        r"^([\w-]+):", (Path(words.__file__).parent / "words.yaml").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(known) > 100
    unused = [key for key in known if not re.search(f"[\"']{key}[\"']", code) and not key.startswith(families)]
    assert unused == []


def test_no_text_of_a_page_stands_in_code():
    """A word of a language belongs into words.yaml, units.yaml or a definition, where its translators find it."""
    report = Path(words.__file__).parent
    found = {
        path.name: han
        for path in sorted((*report.rglob("*.py"), *report.rglob("*.typ")))
        if (han := re.findall(r"[\u4e00-\u9fff]{2,}", path.read_text(encoding="utf-8")))
    }
    assert found == {}
