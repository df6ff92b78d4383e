"""Hourly matching: which part of the electricity used was generated, by one's own contracts, in the same hour."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Literal

from leafledger.core.finding import Finding

Hours = Mapping[datetime, Fraction]
"""An amount for each hour, by its first instant."""

Grain = Literal["hour", "day", "month", "year"]
SPELLED: dict[Grain, str] = {"hour": "%Y-%m-%dT%H:%M%z", "day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}
ZERO = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What was used and generated over a time, and how much of it fell together. `short` was used without, `spare` generated without use."""

    used: Fraction
    generated: Fraction
    matched: Fraction

    @property
    def short(self) -> Fraction:
        return self.used - self.matched

    @property
    def spare(self) -> Fraction:
        return self.generated - self.matched

    @property
    def share(self) -> Fraction | None:
        """Of what was used; None where nothing was."""
        return self.matched / self.used if self.used else None


def match(used: Hours, generated: Hours, grain: Grain = "hour") -> Matched:
    """The matched amount where generation counts within each hour (or day, month, year), and never beyond it.

    The hours of both must be the same ones (see `unlike`): an hour without a reading is not one without generation.
    """
    totals: dict[str, list[Fraction]] = defaultdict(lambda: [ZERO, ZERO])
    for side, hours in enumerate((used, generated)):
        for hour, amount in hours.items():
            totals[hour.strftime(SPELLED[grain])][side] += amount
    return Matched(
        used=sum(used.values(), ZERO),
        generated=sum(generated.values(), ZERO),
        matched=sum((min(pair) for pair in totals.values()), ZERO),
    )


def by_month(used: Hours, generated: Hours) -> dict[str, Matched]:
    """Hourly matching of each month."""
    months: dict[str, tuple[dict[datetime, Fraction], dict[datetime, Fraction]]] = defaultdict(lambda: ({}, {}))
    for side, hours in enumerate((used, generated)):
        for hour, amount in hours.items():
            months[hour.strftime(SPELLED["month"])][side][hour] = amount
    return {month: match(*pair) for month, pair in sorted(months.items())}


def unlike(used: Hours, generated: Hours) -> tuple[Finding, ...]:
    """Why the two cannot be matched: hours that only one has, and amounts below nothing."""
    found: list[Finding] = []
    for name, other, only in (
        ("used", "generated", used.keys() - generated.keys()),
        ("generated", "used", generated.keys() - used.keys()),
    ):
        if only:
            template = "{count} hours of what was {name} have no reading of what was {other}, first {first}; record them, 0 where there was none"
            values = {"count": len(only), "name": name, "other": other, "first": min(only).isoformat()}
            found.append(Finding(rule="hours.unlike", template=template, values=values))
    for name, hours in (("used", used), ("generated", generated)):
        if below := sorted(hour for hour, amount in hours.items() if amount < 0):
            template = "what was {name} is below 0 in {count} hours, first {first}; record what flows back as generated"
            values = {"count": len(below), "name": name, "first": below[0].isoformat()}
            found.append(Finding(rule="hours.negative", template=template, values=values))
    return tuple(found)
