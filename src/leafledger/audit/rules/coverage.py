"""Sentences that say "all" or "every", against the coverage that tables print."""

import re
from collections.abc import Iterator
from fractions import Fraction

from leafledger.audit.fold import fold
from leafledger.audit.mention import Mention, Reading, TableRow
from leafledger.audit.rules.facts import for_all, is_count, measure
from leafledger.audit.rules.saying import named, number, short, verdict
from leafledger.audit.rules.sentences import Sentence, sentences
from leafledger.audit.verdict import Verdict, rule

_ALL = r"(?:所有|全部|全体|全员|每一?[名位家]|百分之百|100\s?%(?:的)?|\ball\b(?:\s(?:of\s)?(?:our|the))?|\bevery\b|\beach\b)"
_STAFF = rf"{_ALL}[^,。;]{{0,6}}(?:员工|雇员|职工|employees?|staff|workforce)"
_SUPPLIERS = rf"{_ALL}[^,。;]{{0,6}}(?:供应商|供货商|suppliers?|vendors?)"
_TOPICS = tuple(
    (re.compile(_STAFF + words, re.I), metric)
    for metric, words in (
        (
            "ethics.training_share",
            r"[^。;]{0,24}(?:反贪|反腐|反舞弊|廉洁|anti-corruption|anti-bribery)[^,。;]{0,12}(?:培训|training)",
        ),
        (
            "security.training_share",
            r"[^。;]{0,24}(?:信息安全|数据安全|information security|data security|cyber)[^,。;]{0,12}(?:培训|training)",
        ),
        ("training.share", r"[^,。;]{0,10}(?:均|都)?(?:接受|参加|完成)[^,。;]{0,6}了?培训"),
        ("training.share", r"[^,.;]{0,16}(?:received|completed|attended|were given)[^,.;]{0,12}training"),
        ("people.contract_share", r"[^,。;]{0,16}(?:劳动合同|labou?r contract|employment contract)"),
        ("people.insurance_share", r"[^,。;]{0,16}(?:社会保险|社保|social insurance)"),
        ("people.checkup_share", r"[^,。;]{0,16}(?:体检|health check|medical examination)"),
        ("people.review_share", r"[^,。;]{0,16}(?:绩效考核|绩效评估|performance review|appraisal)"),
    )
)
_FUTURE = re.compile(r"将|计划|目标|力争|旨在|\bwill\b|\baim|\bplan|\btarget|\bgoal", re.I)
_QUOTED = re.compile(r"《([^《》]{2,30})》")
SUPPLIERS = "suppliers.count"


@rule
def said_of_all(reading: Reading) -> Iterator[Verdict]:
    """A sentence says that something holds for all, and a table shows that it holds for fewer."""
    for sentence in sentences(reading):
        for pattern, metric in _TOPICS:
            found = pattern.search(sentence.folded)
            share = for_all(reading, metric, reading.year) if found else None
            if found and share and not _FUTURE.search(sentence.folded) and measure(share).high < Fraction(995, 1000):
                yield verdict(
                    "said-of-all",
                    "question",
                    "medium",
                    "“{quote}” says all, but {label} is {share}.",
                    about=(share,),
                    places=(sentence.part(found.start(), found.end()),),
                    proof=f"{number(share)} < 100 %",
                    settle="Say how many of all it was, or correct the share.",
                    quote=short(sentence.text[found.start() : found.end()]),
                    label=named(share),
                    share=number(share),
                )
        yield from _signed(reading, sentence)


def _signed(reading: Reading, sentence: Sentence) -> Iterator[Verdict]:
    """All suppliers are said to have signed a document, and the table has fewer than there are."""
    if not re.search(_SUPPLIERS, sentence.folded, re.I) or not re.search(r"签署|签订|sign", sentence.folded, re.I):
        return
    total = for_all(reading, SUPPLIERS, reading.year)
    for title in _QUOTED.findall(sentence.folded):
        row = next((row for table in reading.tables for row in table.rows if title in fold(row.label)), None)
        most = _most(row) if row else None
        if row and total and most and measure(most).high < measure(total).low:
            yield verdict(
                "said-of-all",
                "question",
                "medium",
                "“{quote}” says all suppliers, but {label} counts {signed}, and there are {total} suppliers.",
                about=(most, total),
                places=(sentence.where,),
                proof=f"{number(most)} < {number(total)}",
                settle="Say which suppliers are asked, and how many of all they are.",
                quote=short(sentence.text, 70),
                label=named(most),
                signed=number(most),
                total=number(total),
            )
            return


def _most(row: TableRow) -> Mention | None:
    """The largest count of a row: who should have signed."""
    counts = [
        cell
        for cell in row.cells
        if cell is not None and cell.amount.value is not None and (is_count(cell) or not cell.unit)
    ]
    return max(counts, key=lambda cell: measure(cell).middle, default=None)
