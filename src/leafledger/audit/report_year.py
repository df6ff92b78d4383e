"""Finds which year a report is of: what it says its period is, its title, and the newest columns of its tables."""

import re
from collections import Counter
from collections.abc import Iterable

from leafledger.audit.document import Document
from leafledger.audit.fold import fold
from leafledger.audit.mention import Table

HEAD = 400
"""Lines at the beginning among which a report says what it is."""
_PERIOD = re.compile(
    r"(?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?[日曰]\s?[至到-]\s?(?P<zh>(?:19|20)\d\d)\s?年"
    r"|(?:from|period)\b.{0,24}?(?:19|20)\d\d.{1,6}?(?:to|until|through|-).{0,24}?(?P<en>(?:19|20)\d\d)"
    r"|(?:years?|period)\s(?:ended|ending)\D{0,24}\d{0,2}\D{0,12}(?P<ended>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?P<zh>20\d\d)\s?年?度?\s?(?:环境、?社会|ESG|企业社会责任|社会责任|可持续发展|企业管治|年度报告|企业公民)[^。]{0,12}报告"
    r"|(?P<en>20\d\d)(?:\s?[-/]\s?(?P<to>\d\d))?\s(?:[A-Za-z&,]+\s){0,4}(?:report|supplement|data|disclosure)"
    r"|(?:report|review|supplement)\s(?P<after>20\d\d)(?:\s?[-/]\s?(?P<after_to>\d\d))?",
    re.IGNORECASE,
)
_FISCAL = re.compile(
    r"\bFY\s?'?(?:20)?(?P<from>\d\d)(?:\s?[-/]\s?(?:20)?(?P<to>\d\d))?(?!\d)|financial year (?:20)?(?P<fy>\d\d)-(?P<fy_to>\d\d)",
    re.IGNORECASE,
)


def report_year(document: Document, tables: Iterable[Table]) -> int | None:
    """The calendar year in which the reporting year ends; None if nothing tells."""
    votes: Counter[int] = Counter()
    lines = [fold(line.text) for line in document.lines]
    for text in lines[:HEAD]:
        votes.update({_year(found): 6 for found in _PERIOD.finditer(text)})
    for text in (*lines[:HEAD], fold(document.name)):
        votes.update({_year(found): 3 for found in _TITLE.finditer(text)})
        votes.update({_year(found): 1 for found in _FISCAL.finditer(text)})
    for table in tables:
        years = [year for year in table.years if year is not None]
        if years:
            votes[max(years)] += 2 if len(set(years)) > 1 else 1
    return max(votes, key=lambda year: (votes[year], year)) if votes else None


def _year(found: re.Match[str]) -> int:
    """The later of two years that a match names."""
    named = {name: text for name, text in found.groupdict().items() if text}
    first = int(next(iter(named.values())))
    start = first if first > 99 else 2000 + first
    after = next((int(text) for name, text in named.items() if name.endswith("to")), None)
    if after is None:
        return start
    end = start // 100 * 100 + after
    return end if start < end <= start + 1 else start
