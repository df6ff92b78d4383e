"""Finds what a number in a sentence is said to be of: the nearest name before it, else the noun after it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from leafledger.audit.dictionary import Phrase, dictionary, phrases_in
from leafledger.audit.explained import makes_other, unexplained, without_members
from leafledger.audit.metrics import fitting, metric_named
from leafledger.audit.normal import normal, weight
from leafledger.audit.splits import splits_of
from leafledger.audit.units import Unit
from leafledger.audit.wording import any_of, anywhere, at_end, lists

NEAR, CLOSE, FAR = 8, 4, 44
"""How much (normal.weight) may stand between a number and its metric: before it, after it, after it if the metric ends the clause."""
BESIDE = 14
"""How many letters before a name may make it another."""

_SOME = re.compile(r"\s*(?:who|that|with|to|from|on|and)\b")
"""Behind a noun they say that only some of it is meant."""
_TRAINED = re.compile(
    r"\s*(?:名|位|人)?(?:余|多)?\s*(?:员工|雇员|employees?)[^,。;]{0,8}(?:提供|开展|接受|参加|组织|完成)[^,。;]{0,6}(?:培训|training)"
    r"|\s*employees (?:were|received|have been) train"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """metric, and the phrase that names it; distance: how much stands between; labels: its split."""

    metric: str
    phrase: str
    distance: int
    labels: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The folded words before a number, back to the number before it, and those after, up to the next; unit: of the number."""

    before: str
    after: str
    unit: Unit | None


def claim_of(around: Around, rest: str) -> Claim | None:
    """None where no name near the number can have its unit. rest: of the clause behind the number."""
    if _TRAINED.match(rest):
        return Claim(metric="training.people", phrase=rest.strip()[:20], distance=0, labels={})
    return _before(around) or _after(around)


def _before(around: Around) -> Claim | None:
    """A name before the number with nothing but linking words between: 員工流失率為8.1%. The nearest, the longest of these."""
    plain = normal(around.before)
    found: list[tuple[int, int, Phrase]] = []
    for phrase, start in phrases_in(plain):
        gap = plain[start + len(phrase.text) :]
        between = _between(gap, phrase.of)
        if between <= NEAR and not anywhere("of_which").search(gap):
            found.append((between, start, phrase))
    for between, start, phrase in sorted(found, key=lambda one: (one[0], one[1] - one[2].weight)):
        if not _plainly(around, phrase, plain[:start]):
            continue
        gap = plain[start + len(phrase.text) :]
        moved = bool(anywhere("move").search(plain if gap.endswith(" by ") else gap))
        claim = _fits(phrase, plain[:start], plain, "", around.unit, between, moved=moved)
        if claim:
            return claim
    return None


def _between(gap: str, metric: str) -> int:
    """How much stands in a gap beside linking words, words of change, and what may stand beside the metric."""
    for word in dictionary().beside[metric]:
        gap = gap.replace(word, " ")
    gap = anywhere("move").sub(" ", without_members(gap, metric))
    return weight(unexplained(anywhere("link").sub(" ", gap)))


def _after(around: Around) -> Claim | None:
    """The head of what the number counts: 8項專利授權, 1,200 employees, 2宗……的投訴."""
    plain, unit = normal(around.after), around.unit
    for phrase, start in sorted(phrases_in(plain), key=lambda one: (one[1], -one[0].weight)):
        ahead, rest = plain[:start], plain[start + len(phrase.text) :]
        ends = weight(rest.strip()) <= 2
        between = weight(unexplained(anywhere("link").sub(" ", without_members(ahead, phrase.of))))
        far = FAR if ends and unit and unit.dimension == "count" else CLOSE
        if between > far or not _noun_end().match(rest) or not _counted(around, phrase, between, rest):
            continue
        claim = _fits(phrase, ahead if between <= CLOSE else "", plain, around.before[-12:], unit, between, moved=False)
        if claim:
            return claim
    return None


def _counted(around: Around, phrase: Phrase, between: int, rest: str) -> bool:
    """Employees need someone who employs them, a bare noun all of them, a number without a unit its noun at once."""
    if phrase.of == "people.employees":
        return bool(_employs().search(around.before)) and not _SOME.match(rest)
    if phrase.text in lists()["bare"] or phrase.text in lists()["bare_in_prose"]:
        return around.unit is not None and bool(anywhere("all_of_them").search(around.before))
    return around.unit is not None or between == 0


def _plainly(around: Around, phrase: Phrase, ahead: str) -> bool:
    """A bare noun, or a number without a unit, needs words that say it is all of them, or that it is this."""
    if phrase.of == "governance.directors" and around.unit and around.unit.id == "person":
        return True
    if phrase.text in lists()["bare"] or phrase.text in lists()["bare_in_prose"]:
        return bool(anywhere("all_of_them").search(ahead[-16:]) and around.unit)
    unitless = not dictionary().metrics[phrase.of].units
    return around.unit is not None or unitless or bool(_is().search(around.before))


def _fits(
    phrase: Phrase, ahead: str, whole: str, beside: str, unit: Unit | None, distance: int, *, moved: bool
) -> Claim | None:
    """May a number in this unit be of this metric, and does nothing right before the name make it another?"""
    known = dictionary().metrics[phrase.of]
    near = unexplained(without_members(ahead[-BESIDE:], phrase.of)).rpartition(" ")[2]
    if (makes_other(near[-8:]) and not (moved and anywhere("move").search(near))) or (
        unit is None and known.units and "count" not in known.units
    ):
        return None
    if moved and unit and unit.id in ("percent", "point", "times", "x"):
        metric = phrase.of
    else:
        metric = fitting(phrase.of, unit, other=False)
        if metric not in dictionary().metrics and metric.endswith("_share"):
            return None
    if not metric or metric_named(metric) is None or metric == "people.share":
        return None
    labels = splits_of(metric, whole, column=beside, unit=unit)
    if anywhere("narrow").search(ahead[-2 * BESIDE :]):
        labels["part"] = ahead[-BESIDE:].strip()
    return Claim(metric=metric, phrase=phrase.text, distance=distance, labels=labels)


@lru_cache(maxsize=1)
def _noun_end() -> re.Pattern[str]:
    """What may follow the noun that a number counts; another noun would be what it counts instead."""
    return re.compile(rf"\s*(?:$|{any_of('noun_end')}|[。,;])")


@lru_cache(maxsize=1)
def _employs() -> re.Pattern[str]:
    return re.compile(rf"{any_of('employs')}\s*{any_of('about', 'over')}?\s*$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _is() -> re.Pattern[str]:
    return re.compile(rf"(?:{at_end('is').pattern}|[::=\-]\s*$)", re.IGNORECASE)
