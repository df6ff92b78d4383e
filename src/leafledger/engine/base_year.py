"""Says whether a change of the base year is large enough that the company's policy makes it restate the year."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from leafledger.core.fact import Fact, fact_key
from leafledger.core.finding import Finding, Place
from leafledger.core.labels import NONE, Labels
from leafledger.core.org import BaseYear, Company
from leafledger.core.period import Period
from leafledger.core.quantity import plain, rounded
from leafledger.engine.decompose import Comparison

Moved = tuple[str, Labels, Period, Decimal, Decimal]
"""Metric, labels, days, old value, new value."""


def of_comparison(found: Comparison) -> list[Moved]:
    return [(one.metric, one.labels, one.period, one.old, one.new) for one in found.changes]


def of_facts(pairs: Iterable[tuple[Fact, Fact | None]]) -> list[Moved]:
    """The figures that both sides have, with another value."""
    return [
        (was.metric, was.labels, was.period, was.value, now.value)
        for was, now in pairs
        if now is not None and was.value is not None and now.value is not None and was.value != now.value
    ]


def verdict(moved: Iterable[Moved], company: Company, *, restating: bool = False) -> tuple[Finding, ...]:
    """Nothing where the base year did not move; else one finding: the total that moves most, held against the threshold.

    restating: this is told to somebody who is just restating the year, and need not be told to do so.
    The totals alone count that company.yaml names for it: a part or what was recorded can move far while the inventory hardly does.
    """
    base = company.base_year
    if base is None:
        return ()
    moved = [one for one in moved if one[2].end.year == base.year]
    shares: dict[str, Fraction] = {}
    for metric, labels, period, old, new in moved:
        if labels == NONE and metric in base.figures and old:
            shares[fact_key(metric, period)] = abs(Fraction(new) - Fraction(old)) / abs(Fraction(old)) * 100
    if not shares:
        return (_no_total(base),) if moved else ()
    key = max(sorted(shares), key=lambda one: shares[one])
    above = shares[key] > Fraction(base.threshold)
    values = {
        "year": base.year, "key": key, "share": _percent(shares[key]), "threshold": plain(base.threshold),
        "count": sum(share > Fraction(base.threshold) for share in shares.values()),
    }  # fmt: skip
    if above:
        template = (
            "the base year moves by more than the threshold of {threshold} % (most: {key}, by {share} %; figures above it: {count}), so the "
            + (
                "policy asks for this restatement"
                if restating
                else "policy makes you restate it: leaf restate {year} --reason …"
            )
        )
    else:
        template = "the base year moves by no more than the threshold of {threshold} % (most: {key}, by {share} %); the policy asks for nothing"
    return (
        Finding(
            rule="base_year.restate" if above else "base_year.below",
            template=template,
            values=values,
            place=Place(name="base_year"),
            severity="warning" if above else "note",
        ),
    )


def _no_total(base: BaseYear) -> Finding:
    template = (
        "figures of the base year {year} move, but none of the totals that are held against its threshold ({figures}); the policy asks for "
        "nothing. Where the company has none of these, name its own under base_year, figures, in company.yaml"
    )
    values = {"year": base.year, "figures": ", ".join(base.figures)}
    return Finding(
        rule="base_year.below", template=template, values=values, place=Place(name="base_year"), severity="note"
    )


def _percent(share: Fraction) -> str:
    return plain(rounded(Decimal(share.numerator) / Decimal(share.denominator), 2))
