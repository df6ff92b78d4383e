"""Says what a printed label means: which metric, which split, in which unit, and how sure that is."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from leafledger.audit.ages import age_group
from leafledger.audit.dictionary import Dimension, Metric, Phrase, dictionary, phrases_in, place_of
from leafledger.audit.fold import fold
from leafledger.audit.normal import normal, weight
from leafledger.audit.units import Unit, unit_in, unit_named
from leafledger.core.labels import NONE, Labels

__all__ = ["Meaning", "Metric", "meaning", "metric_named", "metric_title"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """metric: an id of the dictionary, that with `_share` or `_intensity` at its end, or empty. unit: an id of the units, where known.

    labels: its split; a member that no dictionary knows is `part=<its words>`.
    """

    metric: str = ""
    labels: Labels = NONE
    unit: str = ""
    confidence: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What stands in one text: the metric that explains most of it, the splits, what nothing explains, and how much is explained."""

    metric: str = ""
    labels: tuple[tuple[str, str], ...] = ()
    rest: str = ""
    covered: Decimal = Decimal(0)
    several: bool = False
    weak: bool = False
    vetoed: bool = False


_NOISE = re.compile(
    r"(?<![a-z])(?:total|grand total|sub total|subtotal|of|the|number|no|nos|amount|in|by|for|during|year|reporting|period|as|at|end|overall|company|our|group|and|a|an|fy|"
    r"within|organization|organisation|breakdown|data|annual|volume|quantity|value|u s|us|global|globally|consolidated|standalone|gender|age|region|category|level|type|division|business|"
    r"geographical|geography|employment|function|rank|sum|combined|material|generated|used|current|financial|both|on|to|with|per head|percent|sr|s no|count|particulars?|respective|ppp|usd|million|purchased|details|please|specify|if any|any)(?![a-z])"
    r"|总计|合计|小计|总数量|总数|总量|总额|总体|共计|数量|数目|人数|其中|年度|截至|报告期内|报告期末|报告期|期末|年末|本集团|集团|公司|划分|性别|年龄组别|年龄层|年龄段|年龄|地区|地域|区域|"
    r"级别|职级|职位|岗位|职能|雇员类别|雇员类型|员工类别|员工类型|类别|类型|雇佣类型|雇佣|雇用|用工形式|层级|情况|分布|构成|组成|统计|产生|使用|学历|分类|统计表|单位|中国籍"
)
_IDLE = re.compile(r"[的所及和与以在之各量数类地总年内按全约共个]+|[a-z]|\d+")
"""Words that change nothing about what a figure is of."""
VETO = re.compile(
    r"(?<![a-z])(?:target|reduction|reduce|reduced|decrease|increase|change|growth|saved|saving|avoided|rate|ratio|percentage|proportion|share|intensity|per|average|planned|offset|normalized|normalised|"
    r"frequency|index|score|cost|budget|limit|baseline|estimated|complaint|training|trained|policy|procedure|who|that|which|whose|whether|reported|pending|excluding|rehabilitated|covered|coverage)(?![a-z])"
    r"|目标|减少|下降|降低|减排|同比|变动|变化|增长|增加|增幅|降幅|节约|比率|比例|占比|百分比|率|强度|密度|人均|平均|单位|每|预计|计划|避免|抵消|成本|预算|限值|基准|培训|受训|满意|投诉|考核|覆盖|参加|接受|接获|新增|参与|通过|体检|管理制度|提升|改善|未|不含|除"
)
"""Words that make a figure another one than what stands beside them says."""
_CHANGE = re.compile(
    r"(?<![a-z])(?:change|growth|variance|yoy|increase|decrease|difference|reduction)(?![a-z])|同比|变动|变化|增减|增长|增幅|降幅|较上年"
)
_ALL = re.compile(
    r" (?:total|grand total|overall|all|sub total|subtotal|sum|总计|合计|小计|总数|总体|总|整体|全体|总量|全部|总人数|总额) "
)
_PER_UNITS = {"count": "employee", "area": "area", "product": "output", "mass": "output"}
WEAK = frozenset(
    (
        "员工",
        "雇员",
        "employee",
        "worker",
        "staff",
        "workforce",
        "供应商",
        "supplier",
        "董事",
        "director",
        "专利",
        "patent",
        "waste",
        "废弃物",
        "fuel",
        "燃料",
        "投诉",
        "employee and worker",
        "total employee",
        "total worker",
        "number of employee",
        "number of worker",
        "total workforce",
        "board of director",
        "key managerial personnel",
    )
)
"""Nouns that name a count only where nothing around them names another figure of theirs."""
ENOUGH = Decimal("0.6")
SUFFIXES = ("_share", "_intensity")


def metric_named(id: str) -> Metric | None:
    """The metric of an id, one that ends in _share or _intensity made of that it is of."""
    known = dictionary().metrics
    if id in known:
        return known[id]
    for suffix in SUFFIXES:
        base = known.get(id.removesuffix(suffix))
        if id.endswith(suffix) and base:
            return _derived(base, id, suffix)
    return None


def _derived(base: Metric, id: str, suffix: str) -> Metric:
    if suffix == "_share":
        return replace(
            base, id=id, kind="ratio", units=("ratio",), of=(base.id,), over=(base.id,), sum_of=(), intensity=""
        )
    return replace(
        base, id=id, kind="ratio", units=(), of=(base.id,), over=("finance.revenue",), sum_of=(), adds=(), intensity=""
    )


def metric_title(id: str, language: str) -> str:
    """What a metric is called in a language; its id where nobody named it."""
    metric = metric_named(id)
    return str(metric.title.get(language, id)) if metric else id


def meaning(
    label: str, *, group: str = "", column: str = "", head: str = "", title: str = "", unit: str = ""
) -> Meaning:
    """What a row of a table is of: by its own words first, else by those of its group, its column, the head and the title.

    head: what the column of labels is headed with. unit: as the row, the column or the cell says, an id or as printed. A metric that cannot have the unit is not taken.
    """
    return _meaning(Place(label=label, group=group, column=column, head=head, title=title), unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The words around a number, nearest first."""

    label: str
    group: str
    column: str
    head: str
    title: str


@lru_cache(maxsize=32768)
def _meaning(at: Place, unit: str) -> Meaning:
    label, group, column = at.label, at.group, at.column
    known = _unit(unit) or _unit_inside(label) or _unit_inside(group) or _unit_inside(column)
    if _CHANGE.search(normal(column)):
        return Meaning(unit=known.id if known else "")
    own = words_of(label)
    known = _as_ghg(known, own, words_of(group))
    found = _owner(at, own, known) or _by_dimension(at, known)
    found = _with_column(found, column) if found else None
    name = known.id if known else ""
    if found is None:
        return Meaning(labels=_plain_splits(label, group, column), unit=name)
    metric, labels, confidence = found
    if known is None:
        confidence *= Decimal("0.9") if metric_units(metric) - {"count", "ratio"} else Decimal("0.97")
    return Meaning(
        metric=metric, labels=tuple(sorted(labels.items())), unit=name, confidence=confidence.quantize(Decimal("0.01"))
    )


def _unit(unit: str) -> Unit | None:
    return (unit_named(unit) or unit_in(unit)) if unit else None


def _unit_inside(text: str) -> Unit | None:
    """A unit in brackets, or after a comma at the end: 用水量（噸）, Water use, kL."""
    inside = re.findall(r"[(\[]([^()\[\]]{1,40})[)\]]", fold(text))
    for words in (*inside, *re.findall(r"(?:,|\bin)\s*([^,()]{1,30})$", fold(text))):
        unit = unit_in(re.sub(r"^(?:单位\s*[::]?|in)\s*", "", words))
        if unit:
            return unit
    return None


def metric_units(metric: str) -> set[str]:
    known = metric_named(metric)
    return set(known.units) if known else set()


Found = tuple[str, dict[str, str], Decimal]


def _owner(at: Place, own: Words, unit: Unit | None) -> Found | None:
    """The label's own words, unless they are a bare noun and a heading says which figure of it is meant."""
    mine = _own(at, own, unit)
    if own.weak:
        lent = _lent(at, own, unit)
        if lent and "part" not in lent[1] and lent[0].partition("_")[0] != own.metric:
            return lent
        if mine and not _supported(at, own.metric, unit):
            return None
        if mine and unit is None and not (at.group or at.column or at.head or at.title):
            return mine[0], mine[1], mine[2] * Decimal("0.65")
    return mine or _lent(at, own, unit)


def _supported(at: Place, metric: str, unit: Unit | None) -> bool:
    """A bare noun counts where its group speaks of it or of nothing, and by its unit, its column or what else is above it."""
    if not _speaks(at.group, metric, least=0):
        return False
    if (unit is not None and unit.id not in ("item", "occasion")) or (
        at.column and not weight(_rest(at.column, metric))
    ):
        return True
    return _speaks(at.head, metric, least=6) and _speaks(at.title, metric, least=6)


def _speaks(text: str, metric: str, *, least: int) -> bool:
    """Does a heading name this metric alone, or say next to nothing?"""
    one = words_of(text)
    return weight(_rest(text, metric)) <= least or (one.metric == metric and not one.several and not one.vetoed)


def _with_column(found: Found, column: str) -> Found | None:
    """What a column adds: words of its own make it a part; words that make it another figure, none."""
    metric, labels, confidence = found
    rest = unexplained(_SHARES.sub(" ", _rest(_TARGETS.sub(" ", fold(column)), metric))) if column else ""
    if weight(rest) <= 4:
        return found
    lender = words_of(column)
    if VETO.search(rest) or (lender.metric and lender.metric != metric and lender.covered >= ENOUGH):
        return None
    return metric, {"part": rest} | labels, confidence * Decimal("0.7")


def _as_ghg(unit: Unit | None, *words: Words) -> Unit | None:
    """Tonnes of greenhouse gases are tonnes of CO2 equivalent, however the unit is printed."""
    if unit is None or not any(one.metric.startswith("ghg.") for one in words):
        return unit
    over, slash, under = unit.id.partition("/")
    number, _, mass = over.rpartition(" ")
    if mass not in ("t", "kg", "kt", "Mt"):
        return unit
    return unit_named(f"{number} {mass}CO2e{slash}{under}".strip())


_SHARES = re.compile(r"(?<![a-z])(?:percentage|share|proportion)(?![a-z])|占比|比例|百分比")
_TARGETS = re.compile(r"目标值?|target|goal|计划", re.IGNORECASE)


def _by_dimension(at: Place, unit: Unit | None) -> Found | None:
    """Heads or shares of heads, where only the split is named: a table headed Age, its rows 20-30 and 31-50."""
    context = next((normal(text).strip() for text in (at.head, at.group, at.title) if normal(text).strip()), "")
    if unit is None or unit.id not in ("percent", "person") or not _DIMENSIONS.fullmatch(context):
        return None
    metric = "people.share" if unit.id == "percent" else "people.employees"
    labels = splits_of(metric, at.label, "", at.column, unit)
    if not (labels or _ALL.search(normal(at.label))) or weight(_rest(at.label, metric)) > 4:
        return None
    return metric, labels, Decimal("0.8")


_DIMENSIONS = re.compile(
    r"(?:by )?(?:gender|age|age group|race|ethnicity|race ethnicity|gender diversity|education|u s|\s)+|按?(?:性别|年龄|年龄段|年龄组别|学历|教育程度|民族)(?:划分|分布|构成|结构)?"
)


def _own(at: Place, own: Words, unit: Unit | None) -> Found | None:
    """The label's own words name the metric."""
    if not own.metric or own.several or (own.covered < ENOUGH and not (own.vetoed and own.covered >= Decimal("0.4"))):
        return None
    metric = fitting(own.metric, unit, vetoed=own.vetoed)
    if not metric:
        return None
    labels = splits_of(metric, at.label, at.group, at.column, unit, at.head)
    confidence = (
        Decimal(1)
        if own.covered >= Decimal("0.9")
        else Decimal("0.9")
        if own.covered >= Decimal("0.75")
        else Decimal("0.75")
    )
    rest = unexplained(VETO.sub(" ", own.rest)) if metric != own.metric else own.rest
    if weight(rest) > 1 and own.covered < Decimal("0.9"):
        labels.setdefault("part", rest)
    return metric, labels, confidence


def _lent(at: Place, own: Words, unit: Unit | None) -> Found | None:
    """The label is a member (女性, Wind, Other) of what the group, the column, the head or the title names."""
    for context, sure in _contexts(at):
        lender = words_of(context)
        if not lender.metric or lender.several or lender.covered < Decimal("0.45"):
            continue
        metric = fitting(lender.metric, unit, vetoed=lender.vetoed)
        if not metric:
            continue
        rest = _rest(at.label, metric)
        if own.weak:
            for noun in dictionary().named[own.metric]:
                rest = _taken(f" {rest} ", noun.text).strip()
        labels = splits_of(metric, at.label, at.group, at.column, unit, at.head)
        if not weight(rest) or (_ALL.search(normal(at.label)) and weight(rest) <= 4):
            return metric, labels, sure
        if own.metric and not own.weak and own.covered >= ENOUGH and fitting(own.metric, None, vetoed=own.vetoed):
            return None  # a row of its own, under a heading that is not about it
        if (context is not at.group and not _BY.search(normal(context))) or VETO.search(rest) or weight(rest) > 60:
            continue
        return metric, labels | {"part": rest.strip()}, sure * Decimal("0.75")
    return None


def _contexts(at: Place) -> list[tuple[str, Decimal]]:
    sure = ((at.group, "0.95"), (at.column, "0.9"), (at.head, "0.9"), (at.title, "0.85"))
    return [(text, Decimal(confidence)) for text, confidence in sure if text]


_BY = re.compile(r" by | per |按|划分|各")


def fitting(metric: str, unit: Unit | None, *, vetoed: bool) -> str:
    """The metric that this one is when printed in a unit: itself, its share or its intensity; empty if it cannot be so printed."""
    known = dictionary().metrics[metric]
    if unit is None:
        return "" if vetoed else metric
    if unit.dimension == "count" and known.counts and unit.id not in (*known.counts, "item"):
        return ""
    if unit.dimension in known.units or (
        known.kind == "ratio" and unit.intensity and any("/" in one for one in known.units)
    ):
        return "" if vetoed and known.kind in ("flow", "stock") else metric
    if unit.intensity and unit.dimension.partition("/")[0] in known.units:
        return known.intensity or f"{metric}_intensity"
    if unit.dimension == "ratio" and known.kind in ("flow", "stock") and unit.id == "percent":
        return "people.share" if metric == "people.employees" else f"{metric}_share"
    if unit.dimension == "ratio" and not known.units:
        return metric if unit.id in ("x", "times") else ""
    if known.kind == "ratio" and unit.intensity and "intensity" in metric:
        return metric
    return ""


@lru_cache(maxsize=32768)
def words_of(text: str) -> Words:
    """Which metric a text names, the one that leaves least of it unexplained."""
    plain = _without_age(text)
    if len(plain) < 3 or len(plain) > 220:
        return Words()
    found: dict[str, Phrase] = {}
    for phrase, _ in phrases_in(plain):
        found.setdefault(phrase.of, phrase)
    if not found:
        return Words(rest=plain.strip())
    best = max(
        (_explained(plain, phrase) for phrase in list(found.values())[:12]), key=lambda one: (one[0].covered, one[1])
    )
    return replace(best[0], several=_several(plain, list(found.values()), best[0]))


def _explained(plain: str, phrase: Phrase) -> tuple[Words, int]:
    start, end = _spread(plain, phrase)
    left = f"{plain[:start]} | {plain[end:]}"
    for word in dictionary().beside[phrase.of]:
        left = _taken(left, word)
    for other in dictionary().named[phrase.of]:
        left = _taken(left, other.text)
    for dimension in _dimensions(phrase.of):
        for member in dimension.phrases:
            left = _taken(left, member.text)
    left = unexplained(left)
    whole = weight(unexplained(plain)) or weight(plain)
    kept = Decimal(min(weight(left), whole))
    covered = 1 - kept / whole if whole else Decimal(0)
    vetoed = bool(VETO.search(left))
    weak = phrase.text in WEAK
    return Words(metric=phrase.of, rest=left, covered=covered, vetoed=vetoed, weak=weak), phrase.weight


def _spread(plain: str, phrase: Phrase) -> tuple[int, int]:
    """Where the phrase stands, or a member that it is a piece of: 燃料 in 燃料油."""
    start = place_of(phrase.text, plain)
    end = start + len(phrase.text)
    for dimension in _dimensions(phrase.of):
        for member in dimension.phrases:
            at = place_of(member.text, plain) if phrase.text in member.text and phrase.text != member.text else -1
            if 0 <= at <= start and end <= at + len(member.text):
                return at, at + len(member.text)
    return start, end


def unexplained(text: str) -> str:
    """What is left of a text without idle words; single letters are idle only where they stand alone."""
    words = re.split(r"[\s|]+", _NOISE.sub(" ", text))
    return " ".join(word for word in words if word and not _IDLE.fullmatch(word))


def without(text: str, metric: str) -> str:
    """A text in normal form without the members by which a metric may be split."""
    for dimension in _dimensions(metric):
        for member in dimension.phrases:
            text = _taken(text, member.text)
    return text


def _taken(text: str, word: str) -> str:
    at = place_of(word, text)
    return f"{text[:at]} {text[at + len(word) :]}" if at >= 0 else text


def _several(plain: str, phrases: list[Phrase], best: Words) -> bool:
    """Does the text name another metric too, in words of its own?"""
    top = next(phrase for phrase in phrases if phrase.of == best.metric)
    at = place_of(top.text, plain)
    left = f"{plain[:at]} | {plain[at + len(top.text) :]}"
    for word in dictionary().beside[best.metric]:
        left = _taken(left, word)
    for dimension in _dimensions(best.metric):
        for member in dimension.phrases:
            left = _taken(left, member.text)
    return any(place_of(other.text, left) >= 0 and other.weight >= 8 for other in phrases if other.of != best.metric)


def _without_age(text: str) -> str:
    age = age_group(text)
    return normal(text[: age[1]] + " " + text[age[2] :]) if age else normal(text)


def _dimensions(metric: str) -> tuple[Dimension, ...]:
    return tuple(one for one in dictionary().dimensions if one.fits(metric))


def _rest(label: str, metric: str) -> str:
    """What of a label neither splits nor idle words explain."""
    left = _without_age(label) if _ages(metric) else normal(label)
    for dimension in _dimensions(metric):
        for member in dimension.phrases:
            left = _taken(left, member.text)
    for phrase in dictionary().named.get(_base(metric), ()):
        left = _taken(left, phrase.text)
    return unexplained(left)


def _ages(metric: str) -> bool:
    return metric.startswith(("people.", "training.", "governance.", "safety."))


def splits_of(metric: str, label: str, group: str, column: str, unit: Unit | None, head: str = "") -> dict[str, str]:
    """dimension → member: of each dimension the member named nearest, label before column before group and head."""
    labels: dict[str, str] = {}
    for text in (label, column, group, head):
        if not text:
            continue
        if _ages(metric) and "age" not in labels and (age := age_group(text)):
            labels["age"] = age[0]
        for dimension, member in _members(metric, text):
            if dimension != "role" or (text is not column and not _EMPLOYEES.search(normal(text))):
                labels.setdefault(dimension, member)
    if unit and unit.intensity and "per" not in labels:
        under = unit.dimension.partition("/")[2]
        labels["per"] = _PER_UNITS.get(under, "turnover")
    if labels.get("per") == "turnover" or metric == "training.hours_per_head":
        labels.pop("per", None)
    return labels


@lru_cache(maxsize=32768)
def _members(metric: str, text: str) -> tuple[tuple[str, str], ...]:
    """Each dimension's longest member that stands in the text outside the metric's own name."""
    left = _without_age(text)
    base = _base(metric)
    for word in dictionary().beside.get(base, ()):
        left = _taken(left, word) if weight(word) > LONG else left
    name = next((one for one in dictionary().named.get(base, ()) if place_of(one.text, left) >= 0), None)
    found: list[tuple[str, str]] = []
    for dimension in _dimensions(metric):
        for member in dimension.phrases:
            at = place_of(member.text, left)
            if at >= 0 and not (name and dimension.id != "role" and _inside(member.text, name.text, left, at)):
                found.append((dimension.id, member.of))
                left = _taken(left, member.text)
                break
    return tuple(found)


LONG = 20
_EMPLOYEES = re.compile(r" employee |员工|雇员")


def _base(metric: str) -> str:
    """The metric whose words name it: of a made one, that which it is made of."""
    known = dictionary().metrics
    return metric if metric in known else metric.removesuffix("_share").removesuffix("_intensity")


def _inside(member: str, name: str, text: str, at: int) -> bool:
    """Is the member only a piece of the metric's own name, as 员工 of 员工流失率?"""
    start = place_of(name, text)
    return 0 <= start <= at and at + len(member) <= start + len(name)


def _plain_splits(label: str, group: str, column: str) -> Labels:
    """The splits that need no metric to be read: gender and age."""
    labels: dict[str, str] = {}
    for text in (label, column, group):
        if (age := age_group(text)) is not None:
            labels.setdefault("age", age[0])
        for dimension, member in _members("people.employees", text):
            if dimension == "gender":
                labels.setdefault(dimension, member)
    return tuple(sorted(labels.items()))
