"""What was restated stands in the report by itself: a note at each figure, and a table of all with what made the difference."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from company import blocks, harbour, notes, table

from leafledger.core.org import BaseYear
from leafledger.engine.decompose import CAUSES, Change, Comparison
from leafledger.engine.restatement import Before, RestatedYear
from leafledger.report.blocks import Callout
from leafledger.report.compose import compose
from leafledger.report.outline import Item, Section
from leafledger.report.receipts import receipt
from leafledger.report.rules.parity import parity
from leafledger.report.sources import Sources

WHY = {"zh-Hant": "電錶倍率有誤", "zh-Hans": "电表倍率有误", "en": "The multiplier of a meter was wrong."}
POLICY = {"zh-Hant": "收購後重述", "zh-Hans": "收购后重述", "en": "Purchases are restated."}


def change(key: str, old: str, new: str, joint=(), **parts: str) -> Change:
    fact = harbour().facts[key]
    return Change(
        metric=fact.metric, labels=fact.labels, period=fact.period, unit=fact.unit, old=Decimal(old), new=Decimal(new),
        parts={cause: Decimal(parts.get(cause, 0)) for cause in CAUSES}, joint=joint,
    )  # fmt: skip


def restated(*changes: Change) -> Sources:
    """The company with its energy of 2023 restated, and the table of restatements in its first section."""
    now = plain_value("energy.total@2023")
    moved = changes or (change("energy.total@2023", "1200", now, correction="30", factor=str(Decimal(now) - 1230)),)
    one = RestatedYear(
        year=2023, number=1, was="0" * 64, digest="1" * 64, before=Before(), reason=WHY, approved=("e",), by="ben",
        comparison=Comparison(changes=moved, appeared=(), gone=(), unchanged=7), at=datetime(2025, 3, 31, tzinfo=UTC),
    )  # fmt: skip
    of = harbour()
    first = of.outline.chapters[0]
    section = Section(id="front.restated", title=WHY, body=(Item(restatements=True),))
    outline = replace(
        of.outline, chapters=(replace(first, sections=(*first.sections, section)), *of.outline.chapters[1:])
    )
    base = BaseYear(year=2023, threshold=Decimal("5.0"), policy=POLICY)
    return replace(of, restated=(one,), outline=outline, company=replace(of.company, base_year=base, restatements=()))


def plain_value(key: str) -> str:
    return f"{harbour().facts[key].value:f}"


def test_the_note_at_a_figure_says_why_what_it_was_and_what_made_the_difference():
    said = " ".join(notes(compose(restated(), "en"), "planet-figures"))
    assert "Restated: The multiplier of a meter was wrong. The value published before was 1,200.0\xa0MWh." in said
    assert "The difference is made of: corrected records +30.0; factors −10.0." in said


def test_the_receipt_of_the_figure_says_it_too():
    of = restated()
    assert "factors −10.0" in receipt(of, of.facts["energy.total@2023"], "en").method
    assert "Restated" not in receipt(of, of.facts["energy.total@2024"], "en").method


def test_all_that_was_restated_stands_in_one_table():
    assert table(compose(restated(), "en"), "restatements") == [
        ["2023: The multiplier of a meter was wrong (approved by Ben Ho, 31 March 2025)"],
        ["Total energy", "MWh", "1,200.0", "1,220.0", "+20.0", "corrected records +30.0; factors −10.0"],
    ]


def test_causes_that_cannot_be_told_apart_are_said_to_be_so():
    one = change("energy.total@2023", "1200", "1220", activity="0", method="20", joint=("activity", "method"))
    (_, row) = table(compose(restated(one), "en"), "restatements")
    assert row[-1] == "method +20.0 (records added or removed, method cannot be told apart)"


def test_the_policy_of_the_base_year_is_said():
    said = [
        block
        for block in blocks(compose(restated(), "en"))
        if isinstance(block, Callout) and block.title == "Base year"
    ]
    assert said[0].paragraphs[0][0].text == (
        "The base year is 2023; it is restated when its figures change by more than 5%. Purchases are restated."
    )


def test_the_languages_say_the_same():
    reports = {language: compose(restated(), language) for language in ("zh-Hant", "zh-Hans", "en")}
    assert parity(reports) == ()
    assert table(reports["zh-Hant"], "restatements")[1][-1] == "記錄更正+30.0；排放因子與換算因子−10.0"


def test_a_report_without_restatements_says_nothing_of_them():
    of = restated()
    bare = replace(of, restated=(), company=replace(of.company, base_year=None))
    assert not [block for block in blocks(compose(bare, "en")) if getattr(block, "id", "") == "restatements"]


def test_years_after_that_of_the_report_are_not_in_it():
    of = restated()
    later = replace(of, restated=(replace(of.restated[0], year=2030),))
    assert not [block for block in blocks(compose(later, "en")) if getattr(block, "id", "") == "restatements"]
