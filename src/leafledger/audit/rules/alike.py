"""Do two labels mean the same row? Words compared without the ones that say nothing."""

import re
from functools import lru_cache

from leafledger.audit.fold import fold

_IDLE = re.compile(
    r"总量|总数|总额|总计|合计|数量|人数|总|按|划分|的|量|数|情况|\btotal\b|\bnumber\b|\bof\b|\bthe\b|\bamount\b|\boverall\b|\bby\b|\bour\b",
    re.I,
)
_NOISE = re.compile(r"[\s\W_]+|\d+$")
_RATE = re.compile(
    r"密度|强度|单位|每|人均|平均|normali[sz]ed|intensity|per .*$|\(per .*?\)|率|百分比|比例|占比|percentage|\brate\b",
    re.I,
)
_USE = re.compile(r"消耗|使用|耗用|用量|排放|产生|consumption|consumed|\buse\b|used|usage|emissions?|generated", re.I)


@lru_cache(maxsize=8192)
def core(label: str) -> str:
    """A label without brackets, idle words, spaces and signs."""
    folded = re.sub(r"\([^)]*\)", " ", fold(label).lower().replace("范畴", "范围"))
    return _NOISE.sub("", _IDLE.sub(" ", folded))


@lru_cache(maxsize=8192)
def stem(label: str) -> str:
    """What is left of a label when everything is gone that tells a rate from what it is a rate of."""
    return _NOISE.sub("", _USE.sub(" ", _RATE.sub(" ", _IDLE.sub(" ", re.sub(r"\([^)]*\)", " ", fold(label).lower())))))


def likeness(one: str, other: str) -> float:
    """0 to 1: how many pairs of letters two labels share."""
    a, b = core(one), core(other)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    if min(len(a), len(b)) < 2:
        return 0.0
    pairs, others = _pairs(a), _pairs(b)
    return 2 * len(pairs & others) / (len(pairs) + len(others))


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))
