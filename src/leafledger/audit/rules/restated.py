"""Restatements that are announced, but neither by how much nor why."""

import re
from collections.abc import Iterator

from leafledger.audit.mention import Reading
from leafledger.audit.numbers import numbers_in
from leafledger.audit.rules.saying import short, verdict
from leafledger.audit.rules.sentences import Sentence, sentences
from leafledger.audit.verdict import Verdict, rule

RESTATED = re.compile(r"重溯|重述|重列|追溯调整|追溯重|\brestat(?:ed|ement)\b|\brecalculated\b|\bre-stated\b", re.I)
_REASON = re.compile(
    r"因(?!子)|由于|原因|基于|根据|鉴于|按照|为了|以反映|修正|更正|纠正|口径|方法|边界|范围(?![一二三123])|更新|"
    r"\bdue to\b|\bbecause\b|\bowing\b|\breflect|\bfollowing\b|\bcorrect|\balign|\binclu|\bas a result\b|\bchange|\bmethodolog|\bupdat|\berror\b|\bscope of\b|\bbased on\b|\bimprove|\bfactor",
    re.I,
)
_UNREAL = re.compile(r"如有|若有|如果|可能|将会|若无|无需|未有|没有|不涉及|\bif\b|\bmay\b|\bwould\b|\bno restat|\bwhere\b|\bnot\b|\bwhen\b|\bany\b", re.I)
_INDEX = re.compile(r"2-4\b|102-48|信息重述|信息重申|restatements? of information", re.I)


@rule
def restated(reading: Reading) -> Iterator[Verdict]:
    """A figure of an earlier year was restated, and neither the old value nor the reason is given."""
    every = sentences(reading)
    for at, sentence in enumerate(every):
        if not _announces(sentence) or any(_explains(near, reading) for near in _around(every, at)):
            continue
        yield verdict(
            "restated",
            "certain",
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


def _around(every: tuple[Sentence, ...], at: int) -> tuple[Sentence, ...]:
    """It and the sentence after it, which may explain."""
    return every[at : at + 2]


def _explains(sentence: Sentence, reading: Reading) -> bool:
    text = _clause(sentence, folded=True) if RESTATED.search(sentence.folded) else sentence.folded
    own = bool(RESTATED.search(sentence.folded))
    if own:
        return bool(_REASON.search(text)) or bool(numbers_in(text, reading.document.language))
    return bool(re.search(r"原因|因为|主要由于|because|due to|reason", text, re.I))
