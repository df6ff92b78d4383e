"""Reads the figures that sentences state: each number with the nearest name of a metric that it can be of, its year and its kind."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count

from leafledger.audit.dictionary import Phrase, dictionary, phrases_in
from leafledger.audit.labels import VETO, WEAK, fitting, metric_named, splits_of, unexplained, without
from leafledger.audit.mention import Mention
from leafledger.audit.normal import normal, weight
from leafledger.audit.numbers import Found, numbers_in
from leafledger.audit.sentences import Sentence
from leafledger.audit.times import Times, times_in
from leafledger.audit.units import Unit, unit_named
from leafledger.core.text import Language

NEAR, FAR = 8, 44
"""How much (normal.weight) may stand between a number and its metric, before it and after it."""

_CLAUSE = re.compile(r"(?<!\d)[,](?!\d{3}(?!\d))|(?<=\d),(?=\s)|[;；。、](?!\d{1,2}月)|[,](?=[^\d])")
_LINK = re.compile(
    r"(?<![a-z])(?:was|were|is|are|be|been|of|to|at|reached|totalled|totaled|totaling|totalling|stood|amounted|amounting|amount|approximately|about|around|over|more|than|nearly|almost|"
    r"only|just|under|below|above|up|by|in|total|for|the|our|a|an|with|which|that|and|it|as|fy|year|fiscal|during|end|average|annual|recorded|reported|remained|remain|equivalent|invested|further|"
    r"percent|respectively|rmb|hkd|usd|cny|inr|hk|us|rs)(?![a-z])"
    r"|合计|共计|总计|总共|累计|达到|达|为|是|共|约|近|超过|超|逾|不超过|控制在|保持在|维持在|仅为|仅|均为|均|高达|合共|折合|等值|在|于|至|到|了|有|的|值|总|已|实现|完成|投入|人民币|"
    r"报告期内|报告期末|报告期|本年度|全年|年度|年末|年内|截至|期末|数量|总数|数|人数|已达|突破|低于|高于|大约|接近|余|左右|平均|分别|率先|年|月|日|底|末"
)
_CHANGE = re.compile(
    r"增长|上升|提升|增加|提高|增幅|下降|减少|降低|降幅|减幅|缩短|回落|同比|环比|高出|节省|节约|increas|decreas|reduc|grew|grow|rose|risen|fell|fall|declin|drop|improv|up by|down by|lower|higher|saved|saving|cut"
)
_LEVEL = re.compile(r"(?:至|到|为|达|达到|于|在|\bto|\bat)\s*(?:约|近|超过|about|approximately|over|nearly)?\s*$")
_TARGET = re.compile(
    r"目标|计划|预计|力争|争取|拟|未来|将(?:于|在|达|会|提升|降低|减少)|\btargets?\b|\baim|\bplan(?:s|ned)?\b|\bexpect|\bgoals?\b|\bcommit|\bwill\b|\bpledge|\bby (?:fy ?)?20[2-6]\d|\bintend"
)
_OTHERS = re.compile(
    r"行业平均|行业均值|同业|全球(?:数据中心)?平均|全国平均|市场平均|\bindustry (?:average|mean)|\bnational average|\bglobal average|\bpeers?\b"
)
_SINCE = re.compile(r"累计|累积|自20\d\d|迄今|至今|cumulative|to date|since (?:fy ?)?20\d\d|over the (?:past|last)")
_SAVINGS = frozenset(("ghg.avoided", "energy.saved", "water.saved"))
_OF_WHICH = re.compile(r"其中|包括|of which|includ")
_ENDS = re.compile(
    r"\s*(?:$|(?:and|in|of|to|for|across|worldwide|globally|who|from|at|by|with|as|were|was|during|over|on|during|around|that)\b|[并和及与以在等。,;])"
)
"""What may follow the noun that a number counts; another noun would be what it counts instead."""
_WEAK = frozenset(
    (
        "捐赠",
        "捐款",
        "收入",
        "营业额",
        "收益",
        "revenue",
        "turnover",
        "donation",
        "训练",
        "volunteer",
        "志愿者",
        "童工",
        "论文",
        "商标",
        "waste generated",
        "罚款",
        "fine",
        "电力",
        "electricity",
        "fatality",
        "injury",
    )
)
_ALL = re.compile(r"共|总|合计|全年|拥有|现有|在册|在职|(?<![a-z])(?:total|employ|overall|our|we have|we had)(?![a-z])")
_IS = re.compile(
    r"(?:为|是|达到?|至|到|仅|约|近|超过|逾|[::=\-]|\b(?:of|was|were|is|are|at|to|reached|totall?ed|totall?ing|over|than|about|approximately|nearly|within))\s*$",
    re.IGNORECASE,
)
_TRAINED = re.compile(
    r"\s*(?:名|位|人)?(?:余|多)?\s*(?:员工|雇员|employees?)[^,。;]{0,8}(?:提供|开展|接受|参加|组织|完成)[^,。;]{0,6}(?:培训|training)|\s*employees (?:were|received|have been) train"
)
_STAFF = re.compile(
    r"(?:共有|拥有|现有|共计|员工总数|总人数|在职|聘用|雇用|雇佣|共聘有|employ(?:s|ed)?|workforce of|we had|we have|has)\s*(?:约|超过|近|over|about|approximately|more than)?\s*$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A piece of a sentence with the numbers in it; start: where it begins there."""

    start: int
    end: int
    numbers: tuple[Found, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a number is said to be of."""

    metric: str
    phrase: str
    distance: int
    labels: dict[str, str]


def prose(sentences: Iterable[Sentence], language: Language, year: int | None, ids: "count[int]") -> Iterator[Mention]:
    """Every number of the sentences as a Mention; its metric is empty where no name near it can have it."""
    for sentence in sentences:
        numbers = [one for one in numbers_in(sentence.text, language, sentence.raised) if not one.amount.absent]
        if not numbers:
            continue
        folded = sentence.folded
        times = times_in(folded, year)
        for clause in clauses(folded, numbers):
            for at, number in enumerate(clause.numbers):
                yield _mention(sentence, folded, clause, at, number, times, year, next(ids))


def clauses(folded: str, numbers: Iterable[Found]) -> Iterator[Clause]:
    """The pieces between commas and stops that hold numbers."""
    every = tuple(numbers)
    cuts = [
        found.end() for found in _CLAUSE.finditer(folded) if not any(n.start < found.start() < n.end for n in every)
    ]
    for start, end in zip([0, *cuts], [*cuts, len(folded)], strict=True):
        inside = tuple(one for one in every if start <= one.start < end)
        if inside:
            yield Clause(start=start, end=end, numbers=inside)


def _mention(
    sentence: Sentence, folded: str, clause: Clause, at: int, number: Found, times: Times, report: int | None, id: int
) -> Mention:
    claim = _claim(folded, clause, at, number)
    year, said = times.at(number.start)
    basis = _basis(folded, clause, at, number, year, report)
    if claim and claim.metric in _SAVINGS and basis == "change":
        basis = ""
    mention = Mention(
        id=id,
        amount=number.amount,
        unit=number.unit,
        label=claim.phrase if claim else "",
        where=sentence.where(number.start, max(number.end, number.unit_end)),
        year=year,
        basis=basis,
        kind="prose",
        confidence=Decimal("0.3"),
    )
    if claim is None or (number.spelled and not number.unit):
        return mention
    sure = Decimal("0.9") if claim.distance <= NEAR // 2 else Decimal("0.75")
    sure -= Decimal(0) if said else Decimal("0.1")
    return replace(mention, metric=claim.metric, labels=tuple(sorted(claim.labels.items())), confidence=sure)


def _claim(folded: str, clause: Clause, at: int, number: Found) -> Claim | None:
    """The name before the number, else the one after it."""
    begin = clause.numbers[at - 1].unit_end if at else clause.start
    end = clause.numbers[at + 1].start if at + 1 < len(clause.numbers) else clause.end
    before, after = folded[begin : number.start], folded[max(number.end, number.unit_end) : end]
    unit = unit_named(number.unit) if number.unit else None
    if _TRAINED.match(folded[number.end : clause.end]):
        return Claim(metric="training.people", phrase=after.strip(), distance=0, labels={})
    if not before.strip() and at and not after.strip():
        return None
    return _named_before(before, unit) or _named_after(before, after, unit)


def _named_before(before: str, unit: Unit | None) -> Claim | None:
    """The last name before the number with nothing but linking words between: 員工流失率為12.6%."""
    plain = normal(before)
    found: list[tuple[int, int, Phrase]] = []
    for phrase, start in phrases_in(plain):
        gap = plain[start + len(phrase.text) :]
        for word in dictionary().beside[phrase.of]:
            gap = gap.replace(word, " ")
        between = weight(unexplained(_LINK.sub(" ", _CHANGE.sub(" ", without(gap, phrase.of)))))
        if between <= NEAR and not _OF_WHICH.search(gap):
            found.append((between, start - phrase.weight, phrase))
    for between, at, phrase in sorted(found, key=lambda one: one[:2]):
        start = at + phrase.weight
        gap = plain[start + len(phrase.text) :]
        if not _plainly(before, phrase, plain[:start], unit):
            continue
        claim = _fits(phrase, plain[:start], plain, "", unit, between, changed=bool(_CHANGE.search(gap)))
        if claim:
            return claim
    return None


def _named_after(before: str, after: str, unit: Unit | None) -> Claim | None:
    """The head of what the number counts: 8項專利授權, 22,473 employees, 1起……的貪污訴訟案件."""
    plain = normal(after)
    for phrase, start in sorted(phrases_in(plain), key=lambda one: (one[1], -one[0].weight)):
        ahead, rest = plain[:start], plain[start + len(phrase.text) :]
        head = weight(rest.strip()) <= 2
        between = weight(unexplained(_LINK.sub(" ", without(ahead, phrase.of))))
        if between > (FAR if head and unit and unit.dimension == "count" else 4):
            continue
        if (phrase.of == "people.employees" and not (_STAFF.search(before) and head)) or not _ENDS.match(rest):
            continue
        if unit is None and not (phrase.text not in WEAK and between == 0):
            continue
        if phrase.text in WEAK | _WEAK and phrase.of != "people.employees" and not _ALL.search(before):
            continue
        claim = _fits(phrase, ahead if between <= 4 else "", plain, before[-12:], unit, between, changed=False)
        if claim:
            return claim
    return None


def _plainly(before: str, phrase: Phrase, ahead: str, unit: Unit | None) -> bool:
    """A bare noun, or a number without a unit, needs words that say it is all of them, or that it is this."""
    if phrase.text in WEAK | _WEAK and not (phrase.of == "governance.directors" and unit and unit.id == "person"):
        return bool(_ALL.search(ahead[-16:]) and unit)
    bare = not dictionary().metrics[phrase.of].units
    return unit is not None or bare or bool(_IS.search(before))


def _fits(
    phrase: Phrase, ahead: str, whole: str, beside: str, unit: Unit | None, distance: int, *, changed: bool
) -> Claim | None:
    """May a number in this unit be of this metric, and does nothing right before the name make it another?"""
    known = dictionary().metrics[phrase.of]
    near = unexplained(without(ahead[-14:], phrase.of))
    if VETO.search(near.rpartition(" ")[2][-8:]):
        return None
    if changed and unit and unit.id in ("percent", "point", "times", "x"):
        metric = phrase.of
    elif unit is None and known.units and "count" not in known.units:
        return None
    else:
        metric = fitting(phrase.of, unit, vetoed=False)
        if metric.endswith("_share") and metric != phrase.of and metric not in dictionary().metrics:
            return None
    if not metric or metric_named(metric) is None or metric == "people.share":
        return None
    return Claim(
        metric=metric, phrase=phrase.text, distance=distance, labels=splits_of(metric, whole, "", beside, unit)
    )


def _basis(folded: str, clause: Clause, at: int, number: Found, year: int | None, report: int | None) -> str:
    """What kind of figure it is, where it is not the plain figure of the year: target, change, others, cumulative."""
    begin = clause.numbers[at - 1].unit_end if at else clause.start
    before = folded[begin : number.start].lower()
    after = folded[number.unit_end : number.unit_end + 14].lower()
    sentence = folded.lower()
    if _OTHERS.search(before):
        return "others"
    if (year and report and year > report) or _TARGET.search(sentence[max(0, clause.start - 30) : number.start]):
        return "target"
    if (_CHANGE.search(before[-16:]) and not _LEVEL.search(before)) or re.match(
        r"\s*(?:increase|decrease|reduction|growth|lower|higher|improvement|more|less|的?(?:增长|降幅|增幅|下降|提升))",
        after,
    ):
        return "change"
    if _SINCE.search(sentence[max(0, clause.start - 24) : number.start]):
        return "cumulative"
    return ""
