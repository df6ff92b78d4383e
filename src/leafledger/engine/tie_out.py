"""Ties printed figures to ours: how we have each, how the two compare, and which differences nobody has explained."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from leafledger.core.entry import Bound, Entry
from leafledger.core.fact import Fact, FactSet
from leafledger.core.finding import Finding
from leafledger.core.quantity import decimals, half_step, plain, rounded
from leafledger.core.text import Text
from leafledger.engine.origin import How, how, leans_on
from leafledger.library.published import Difference, Published
from leafledger.library.units import factor_between

Compares = Literal[
    "agrees", "agrees within its parts", "differs", "absent in print", "absent here", "absent on both sides"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tied:
    """One printed figure beside ours. value, low, high: ours, in the printed unit; None where we have no figure to print.

    how: `stated`, an entry repeats it; `derived`, computed from entries that do not come from it; `reconstructed`, its
    input was worked back from it, so that agreement proves nothing; `not reconstructable`, we have no figure.
    leans_on: printed figures (by key) and assumed factors (by id) that its inputs were worked back from or rest on.
    reason: why the two differ, where somebody has recorded it for just these two values.
    """

    published: Published
    fact_id: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: Bound
    how: How
    compares: Compares
    leans_on: tuple[str, ...] = ()
    reason: Text = field(default_factory=dict)

    @property
    def open(self) -> bool:
        """Is there a difference, or a figure that only they have, without a recorded reason?"""
        return self.compares in ("differs", "absent here") and not self.reason


def tie_out(
    facts: FactSet, published: Sequence[Published], differences: Iterable[Difference], entries: Mapping[str, Entry]
) -> tuple[Tied, ...]:
    """Each printed figure, in its order, with ours. entries: those in force, by id."""
    known: dict[tuple[str, Decimal | None], Difference] = {(one.key, one.printed): one for one in differences}
    return tuple(_explained(_tied(one, facts, entries), known.get((one.key, one.value))) for one in published)


def problems(tied: Iterable[Tied], differences: Iterable[Difference]) -> tuple[Finding, ...]:
    """Differences that nobody has explained, and recorded reasons for differences that are not there."""
    tied = list(tied)
    needed = {(one.published.key, one.published.value) for one in tied if one.reason}
    unneeded = [difference for difference in differences if (difference.key, difference.printed) not in needed]
    return (*(_unexplained(one) for one in tied if one.open), *(_stale(one) for one in unneeded))


def _explained(one: Tied, difference: Difference | None) -> Tied:
    """With the reason, where one is recorded for just this difference: a reason for other values explains nothing."""
    if difference is None or one.compares not in ("differs", "absent here"):
        return one
    ours = None if one.value is None else rounded(one.value, decimals(difference.printed) + 1)
    return replace(one, reason=difference.reason) if ours == difference.ours else one


def _tied(one: Published, facts: FactSet, entries: Mapping[str, Entry]) -> Tied:
    fact = facts.get(one.key)
    if fact is None or fact.status != "figure":
        absent: Compares = "absent on both sides" if one.value is None else "absent here"
        return Tied(
            published=one,
            fact_id=fact.id if fact else "",
            value=None,
            low=None,
            high=None,
            bound="exact",
            how="not reconstructable",
            compares=absent,
        )
    ours = _Ours.of(fact, one.unit)
    compares = _compare(one, ours)
    return Tied(
        published=one,
        fact_id=fact.id,
        value=ours.value,
        low=ours.low,
        high=ours.high,
        bound=fact.bound,
        how=how(one, fact, facts, entries),
        compares=compares,
        leans_on=leans_on(fact, facts, entries),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ours:
    """A fact's value and interval in the unit that was printed."""

    value: Decimal
    low: Decimal
    high: Decimal
    bound: Bound

    @classmethod
    def of(cls, fact: Fact, unit: str) -> "_Ours":
        assert fact.value is not None and fact.low is not None and fact.high is not None
        scale = factor_between(fact.unit, unit)
        value, low, high = (_times(number, scale) for number in (fact.value, fact.low, fact.high))
        return cls(value=value, low=low, high=high, bound=fact.bound)


def _times(number: Decimal, scale: Fraction) -> Decimal:
    return number if scale == 1 else number * scale.numerator / scale.denominator


def _compare(one: Published, ours: _Ours) -> Compares:
    """At printed precision; then by the interval that the digits of our parts allow. A bound compares as a bound."""
    printed = one.value
    if printed is None:
        return "absent in print"
    if one.bound in ("over", "within"):
        return _against_bound(one.bound, printed, ours)
    if ours.bound in ("over", "within"):
        return "differs"
    half = half_step(printed) if one.bound == "exact" else _half_of_last_significant(printed)
    if one.bound == "exact" and rounded(ours.value, decimals(printed)) == printed:
        return "agrees"
    if one.bound == "about" and abs(ours.value - printed) <= half:
        return "agrees"
    return "agrees within its parts" if ours.low <= printed + half and ours.high >= printed - half else "differs"


def _against_bound(bound: Bound, printed: Decimal, ours: _Ours) -> Compares:
    """`over 90`: is ours over 90, or itself said to be over 90 or more? `within 1.285` the other way round."""
    sign = 1 if bound == "over" else -1
    value, reach = ours.value * sign, max(ours.low * sign, ours.high * sign)
    if ours.bound == bound:
        return "agrees" if value >= printed * sign else "differs"
    if ours.bound not in ("exact", "about"):
        return "differs"
    if value > printed * sign or (bound == "within" and value == printed * sign):
        return "agrees"
    return "agrees within its parts" if reach > printed * sign else "differs"


def _half_of_last_significant(value: Decimal) -> Decimal:
    """`about 3,000` leaves half a thousand open: idle zeros say nothing."""
    return half_step(value.normalize()) if value else half_step(value)


def _unexplained(one: Tied) -> Finding:
    printed = one.published
    assert printed.value is not None
    values = {
        "key": printed.key,
        "printed": f"{plain(printed.value)} {printed.unit}",
        "where": " ".join(filter(None, (printed.id, printed.where))),
    }
    if one.value is None:
        template = "{key}: {printed} was printed ({where}), and we have no figure; record what it is computed from, or say in differences.csv why not"
        return Finding(rule="tie_out.absent", template=template, values=values, place=printed.place)
    template = (
        "{key}: {printed} was printed ({where}), and ours is {ours} (its parts allow {low} to {high}); "
        "find the entry that is wrong, or record the reason in differences.csv for printed {said} and ours {beside}"
    )
    ours = {name: _short(number) for name, number in (("ours", one.value), ("low", one.low), ("high", one.high))}
    asked = {"said": f"{printed.value:f}", "beside": f"{rounded(one.value, decimals(printed.value) + 1):f}"}
    return Finding(rule="tie_out.differs", template=template, values={**values, **ours, **asked}, place=printed.place)


def _short(number: Decimal | None) -> str:
    return "" if number is None else plain(rounded(number, 4))


def _stale(difference: Difference) -> Finding:
    template = (
        "{key}: a reason is recorded for printed {printed} and ours {ours}, and there is no such difference; read the reason "
        "against what differs now and write these values, or take the row out"
    )
    ours = "none" if difference.ours is None else f"{difference.ours:f}"
    values = {"key": difference.key, "printed": f"{difference.printed:f}", "ours": ours}
    return Finding(rule="tie_out.stale", template=template, values=values, place=difference.place)
