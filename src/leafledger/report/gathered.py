"""Findings that say the same of many things become one that counts them, so that a list can be read to its end."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from leafledger.core.finding import Finding

FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """What several findings of one rule say together. of: the value in which they differ; it is named for the first few, or for `all`."""

    of: str
    template: str
    all: bool = False


TOGETHER = {
    "factor.other_gwp": Gathering(
        of="factor",
        template=(
            "{count} factors are stated in CO2e on {basis} and the figures are drawn up on {gwp}, such as {factor}; they serve, and each figure "
            "says both; where their gases are published apart, give these in factors/ instead"
        ),
    ),
    "disclosure.unanswered": Gathering(
        of="id",
        template=(
            "{standard} asks for {count} disclosures, and disclosures.yaml does not say where they are answered: {id}; "
            "`leaf gaps {standard}` has their titles and what answers them"
        ),
        all=True,
    ),
}


def gathered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, each group of them where its first stood."""
    groups: dict[object, list[Finding]] = defaultdict(list)
    for position, one in enumerate(findings):
        groups[_group(one) or position].append(one)
    return tuple(_together(group) for group in groups.values())


def _group(one: Finding) -> object:
    """What findings of one group share; None for those that stand alone."""
    how = TOGETHER.get(one.rule)
    if how is None or how.of not in one.values:
        return None
    same = frozenset((key, str(value)) for key, value in one.values.items() if key not in (how.of, "title"))
    return (one.rule, one.template, one.severity, one.place, same)


def _together(group: list[Finding]) -> Finding:
    first = group[0]
    how = TOGETHER.get(first.rule)
    names = list(dict.fromkeys(str(one.values[how.of]) for one in group)) if how and len(group) > 1 else []
    if how is None or len(names) < 2:
        return first
    named = names if how.all else names[:FEW]
    return replace(first, template=how.template, values={**first.values, "count": len(names), how.of: ", ".join(named)})
