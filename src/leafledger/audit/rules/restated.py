"""Restatements that are announced, but neither by how much nor why."""

import re
from collections.abc import Iterator

from leafledger.audit.mention import Reading
from leafledger.audit.numbers import numbers_in
from leafledger.audit.rules.notes import is_note
from leafledger.audit.rules.saying import short, verdict
from leafledger.audit.rules.sentences import Sentence, sentences
from leafledger.audit.verdict import Verdict, rule

RESTATED = re.compile(r"重溯|重述|重列|追溯调整|追溯重|\brestat(?:ed|ement)\b|\brecalculated\b|\bre-stated\b", re.I)
_REASON = re.compile(
    r"因(?!子)|由于|原因|基于|根据|鉴于|按照|为了|以反映|修正|更正|纠正|口径|方法|边界|范围(?![一二三123])|更新|"
    r"\bdue to\b|\bbecause\b|\bowing\b|\breflect|\bfollowing\b|\bcorrect|\balign|\binclu|\bas a result\b|\bchange|"
    r"\bmethodolog|\bupdat|\berror\b|\bscope of\b|\bbased on\b|\bimprove|\bfactor|\bfollows from\b",
    re.I,
)
_NEAR_REASON = re.compile(
    r"原因|因为|由于|修正|更正|此前|原为|原披露|because|due to|\breason|on account of|to correct|"
    r"prior reported|previously reported|revision of|change in",
    re.I,
)
_MARK = re.compile(r"^\s*(?:\(?\d{1,2}[.)、]|[a-z]\s|注|附注|Note)")
_BACK = re.compile(r"\s*(?:these|this|those|they|it)\b|上述|该等|以上", re.I)
FEW_LINES = 6
_UNREAL = re.compile(
    r"如有|若有|如果|可能|将会|若无|无需|未有|没有|不涉及|\bif\b|\bmay\b|\bwould\b|\bno restat|\bwhere\b|\bnot\b|\bwhen\b|\bany\b",
    re.I,
)
_INDEX = re.compile(r"2-4\b|102-48|信息重述|信息重申|restatements? of information", re.I)


@rule
def restated(reading: Reading) -> Iterator[Verdict]:
    """A figure of an earlier year was restated, and neither the old value nor the reason is given."""
    every = sentences(reading)
    for at, sentence in enumerate(every):
        if not _announces(sentence) or _tells(sentence, reading) or any(map(_explains, _around(every, at))):
            continue
        yield verdict(
            "restated",
            "certain" if is_note(reading, sentence) else "likely",
            "medium",
            "“{quote}” tells neither what stood there before nor why it changed.",
            places=(sentence.where,),
            settle="Give the old and the new value and the reason (GRI 2-4 asks for both).",
            quote=short(_clause(sentence), 90),
        )


def _announces(sentence: Sentence) -> bool:
    said = RESTATED.search(sentence.folded) and not _INDEX.search(sentence.folded)
    return bool(said) and not _UNREAL.search(_clause(sentence, folded=True)) and len(sentence.text) < 300


def _clause(sentence: Sentence, *, folded: bool = False) -> str:
    """What stands around the word itself, between full stops and semicolons."""
    text = sentence.folded if folded else sentence.text
    found = RESTATED.search(sentence.folded)
    assert found is not None
    start = max(text.rfind(mark, 0, found.start()) for mark in ";;。:") + 1
    ends = [end for mark in ";;。" if (end := text.find(mark, found.end())) >= 0]
    return text[start : min(ends, default=len(text))].strip()


def _around(every: tuple[Sentence, ...], at: int) -> list[Sentence]:
    """The two sentences before and after it, as far as they are of the same note."""
    found: list[Sentence] = []
    for steps in ((-1, -2), (1, 2)):
        for step in steps:
            place = at + step
            if not 0 <= place < len(every) or abs(every[place].first - every[at].first) > FEW_LINES:
                break
            if step > 0 and _MARK.match(every[place].text):
                break
            found.append(every[place])
            if step < 0 and _MARK.match(every[place].text):
                break
        if _MARK.match(every[at].text):
            found = [one for one in found if one.first >= every[at].first]
    return found


def _tells(sentence: Sentence, reading: Reading) -> bool:
    """Its own words give a reason or a value, or it speaks of what the sentence before it gives."""
    clause = _clause(sentence, folded=True)
    if _BACK.match(clause):
        return True
    return bool(_REASON.search(clause)) or bool(numbers_in(clause, reading.document.language))


def _explains(sentence: Sentence) -> bool:
    return bool(_NEAR_REASON.search(sentence.folded))
