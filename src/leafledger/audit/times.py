"""Reads which year each place of a sentence speaks of: 2024年, FY2024-25, 報告期內, last year."""

import re
from dataclasses import dataclass

from leafledger.audit.years import ended

_NO_YEAR = r"(?![,.]\d)(?!\s?(?:%|万|亿|吨|元|人|米|家|项|个|kWh|MWh|tCO2))"
_YEAR = re.compile(
    rf"(?<![\d,.])(?P<from>19[89]\d|20[0-6]\d)(?:\s?[-/]\s?(?P<to>(?:20)?\d\d)(?!\d))?(?=\D|$){_NO_YEAR}"
    r"|\b(?:FY|fy)\s?'?(?P<short>\d\d)(?:\s?[-/]\s?(?P<short_to>\d\d))?(?!\d)"
)
_THIS = re.compile(
    r"报告期|本年度|本年内|今年|年内|全年|汇报期|this (?:fiscal |financial |reporting )?year|reporting (?:period|year)"
    r"|during the year|current (?:financial )?year",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"上一?年|去年|前一年|上一?年度|(?:last|previous|prior|preceding) (?:fiscal |financial )?year|the year before",
    re.IGNORECASE,
)
_NOT_ONE = re.compile(
    r"(?:基准年|基年|自|从|since|from|baseline|compared (?:to|with)|versus|vs\.?|against|较|比|相比|相较|成立于)(?:\s+the)?\s*$",
    re.IGNORECASE,
)

_BASE = re.compile(r"\s*年?\s*(?:levels?|baseline|base year|为?基准|为?基年|水平)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """spoken: (place, year) of each word for a year in a sentence, in order; dated: those that name it.

    report: the report's own year.
    """

    spoken: tuple[tuple[int, int], ...]
    dated: tuple[tuple[int, int], ...]
    report: int | None

    def at(self, place: int) -> tuple[int | None, bool]:
        """(year, whether the sentence says it) of a number at this place: the word before it, else the first of all, else the report's."""
        before = [year for at, year in self.spoken if at <= place]
        if before:
            return before[-1], True
        later = [year for at, year in self.dated if at > place and year <= (self.report or year)]
        return (later[0], True) if later and len(set(later)) == 1 else (self.report, False)


def times_in(folded: str, report: int | None) -> Times:
    """The years that a folded sentence speaks of. A year that it only compares with is none of its numbers'."""
    spoken: list[tuple[int, int]] = []
    for found in _YEAR.finditer(folded):
        if not _NOT_ONE.search(folded[max(0, found.start() - 24) : found.start()]) and not _BASE.match(
            folded, found.end()
        ):
            spoken.append((found.start(), ended(found)))
    dated = tuple(spoken)
    if report is not None:
        spoken.extend((found.start(), report) for found in _THIS.finditer(folded))
        before = [
            found
            for found in _LAST.finditer(folded)
            if not _NOT_ONE.search(folded[max(0, found.start() - 24) : found.start()])
        ]
        spoken.extend((found.start(), report - 1) for found in before)
    return Times(spoken=tuple(sorted(spoken)), dated=dated, report=report)
