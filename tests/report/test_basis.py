"""The basis of a report says by which approach and potentials it is drawn up, and what is out and why, by itself."""

from dataclasses import replace
from datetime import date

from company import harbour, shown

from leafledger.core.org import Screening
from leafledger.report.basis import basis
from leafledger.report.reader import Reader

WHY = {"zh-Hant": "沒有", "zh-Hans": "没有", "en": "There is none"}


def said(*screening):
    """The paragraphs of the note and the rows of the table, for a company that screened so."""
    company = replace(harbour().company, screening=screening, approach="equity_share", gwp="AR5")
    note, *tables = basis(Reader(sources=replace(harbour(), company=company), language="en"))
    rows = [["".join(map(shown, cell)) for cell in row.cells] for one in tables for row in one.rows]
    return ["".join(map(shown, words)) for words in note.paragraphs], rows


def out(source, standing, **days):
    return Screening(source=source, standing=standing, reason=WHY, **days)


def test_the_approach_and_the_potentials_are_named():
    words, _ = said()
    assert "equity share" in words[0]
    assert "AR5" in words[1]


def test_a_company_that_screened_nothing_says_so():
    words, rows = said()
    assert words[-1] == "Which sources are left out of the inventory has not been stated."
    assert rows == []


def test_what_is_out_is_listed_with_its_standing_and_reason_and_what_is_in_is_not():
    _, rows = said(out("energy.gas", "not_relevant"), out("water.use", "excluded"), out("energy.power", "relevant"))
    assert [row[1:] for row in rows] == [["not relevant", "There is none"], ["left out", "There is none"]]


def test_what_was_out_in_another_year_is_not_listed():
    _, rows = said(
        out("energy.gas", "excluded", until=date(2023, 12, 31)), out("water.use", "excluded", since=date(2025, 1, 1))
    )
    assert rows == []
