"""Reads by what a figure is split: gender=female, age=under_30, fuel=diesel, from the words around it."""

import re
from functools import lru_cache

from leafledger.audit.ages import age_group
from leafledger.audit.dictionary import dictionary, place_of
from leafledger.audit.explained import ageless, base_of, dimensions, has_ages, taken
from leafledger.audit.normal import normal, weight
from leafledger.audit.units import Unit
from leafledger.core.labels import Labels

LONG = 20
"""Words beside a metric that are so long are a formula; what they name splits nothing."""
_EMPLOYEES = re.compile(r" employee |员工|雇员")
_PER = {"count": "employee", "area": "area", "product": "output", "mass": "output"}
"""What an intensity is for each of, by the dimension below its stroke; else it is money, which goes without saying."""


def splits_of(
    metric: str, label: str, *, column: str = "", group: str = "", head: str = "", unit: Unit | None = None
) -> dict[str, str]:
    """dimension → member: of each dimension the member named nearest, label before column, group and head."""
    labels: dict[str, str] = {}
    for text in filter(None, (label, column, group, head)):
        if has_ages(metric) and "age" not in labels and (age := age_group(text)):
            labels["age"] = age[0]
        for dimension, member in members(metric, text):
            if dimension != "role" or (text is not column and not _EMPLOYEES.search(normal(text))):
                labels.setdefault(dimension, member)
    if unit and unit.intensity and "per" not in labels:
        labels["per"] = _PER.get(unit.dimension.partition("/")[2], "turnover")
    if labels.get("per") == "turnover" or metric == "training.hours_per_head":
        labels.pop("per", None)
    return labels


@lru_cache(maxsize=32768)
def members(metric: str, text: str) -> tuple[tuple[str, str], ...]:
    """(dimension, member) of each dimension's longest member that stands in the text outside the metric's own name."""
    left = ageless(text)
    for word in dictionary().beside.get(base_of(metric), ()):
        left = taken(left, word) if weight(word) > LONG else left
    names = dictionary().named.get(base_of(metric), ())
    name = next((one.text for one in names if place_of(one.text, left) >= 0), "")
    found: list[tuple[str, str]] = []
    whole = left
    for dimension in dimensions(metric):
        role = dimension.id == "role"
        for member in dimension.phrases:
            at = place_of(member.text, whole if role else left)
            if at >= 0 and (role or not (name and _inside(member.text, name, left, at))):
                found.append((dimension.id, member.of))
                left = taken(left, member.text)
                break
    return tuple(found)


def _inside(member: str, name: str, text: str, at: int) -> bool:
    """Is the member only a piece of the metric's own name, as 员工 of 员工流失率?"""
    start = place_of(name, text)
    return 0 <= start <= at and at + len(member) <= start + len(name)


def plain_splits(*texts: str) -> Labels:
    """The splits that need no metric to be read: gender and age."""
    labels: dict[str, str] = {}
    for text in texts:
        if (age := age_group(text)) is not None:
            labels.setdefault("age", age[0])
        labels |= {
            dim: member for dim, member in members("people.employees", text) if dim == "gender" and dim not in labels
        }
    return tuple(sorted(labels.items()))
