"""Which part of a site counts on which day, by the approach of a view: what the company owns or controls, since when, until when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from leafledger.core.definition import Activity
from leafledger.core.finding import Finding
from leafledger.core.org import Approach, Ownership, Series, Site
from leafledger.core.period import Period
from leafledger.core.quantity import cut, plain
from leafledger.engine.value import ONE, ZERO

EVER = Period(date.min, date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Days on which a site is inside the boundary, and the share of it that is the company's."""

    days: Period
    share: Fraction


WHOLE = (Stretch(days=EVER, share=ONE),)
"""All of a site on every day: what holds of a site without ownership."""

OUTSIDE, SAID_OUTSIDE = "series.outside", "outside the boundary"
"""Why a figure is not there that is only collected outside, and how a receipt says so of a part."""

Boundary = Mapping[str, tuple[Stretch, ...]]
"""The days and shares of each site that has ownership; any other is inside as a whole."""


def boundary(sites: Iterable[Site], approach: Approach) -> Boundary:
    return {site.id: _stretches(site, approach) for site in sites if site.ownership}


def share(of: Ownership, approach: Approach) -> Fraction:
    """Percent owned, by equity share; all or nothing by control (GHG Protocol Corporate Standard, chapter 3)."""
    if approach == "equity_share":
        return Fraction(of.equity) / 100
    controlled = of.operational_control if approach == "operational_control" else of.financial_control
    return Fraction(int(controlled))


def within(where: Sequence[Stretch], days: Period) -> tuple[Stretch, ...]:
    """What of these stretches lies in a period."""
    if where is WHOLE:
        return (Stretch(days=days, share=ONE),)
    return tuple(Stretch(days=common, share=one.share) for one in where if (common := one.days.overlap(days)))


def at(where: Sequence[Stretch], day: date) -> Fraction | None:
    """The share on a day; None outside."""
    return next((one.share for one in where if one.days.start <= day <= one.days.end), None)


def inside(where: Sequence[Stretch], activity: Activity, days: Period) -> tuple[Stretch, ...]:
    """The stretches by which a series counts in these days. A stock stands on their last one, and is in or out with it."""
    if activity.kind == "stock" and at(where, days.end) is None:
        return ()
    return within(where, days)


def said(where: Sequence[Stretch], days: Period) -> str:
    """`40% of 2024-05-16/2024-12-31`, for a receipt; empty where all of it counts on all days."""
    if where is WHOLE:
        return ""
    found = within(where, days)
    if len(found) == 1 and found[0] == Stretch(days=days, share=ONE):
        return ""
    return "; ".join(f"{plain(cut(one.share * 100))}% of {one.days}" for one in found)


def all_outside(activity: Activity, series: Sequence[Series], days: Period, approach: Approach) -> Finding:
    """That nothing is inside: no figure, as none was said to be, and none that anybody owes."""
    template = (
        "{activity} is only collected at {sites}, outside the boundary by {approach} in {period}; collect it inside, "
        "or record that there is none there (nil)"
    )
    values = {
        "activity": activity.id,
        "sites": ", ".join(sorted({one.site for one in series})),
        "approach": approach.replace("_", " "),
        "period": days,
    }
    return Finding(rule=OUTSIDE, template=template, values=values)


def _stretches(site: Site, approach: Approach) -> tuple[Stretch, ...]:
    """In order of days; what follows at the same share is one stretch."""
    found: list[Stretch] = []
    for one in sorted(site.ownership, key=lambda own: own.since or date.min):
        part = share(one, approach)
        days = Period(one.since or date.min, one.until or date.max)
        if part == ZERO:
            continue
        if found and found[-1].share == part and (days.start - found[-1].days.end).days == 1:
            days = Period(found.pop().days.start, days.end)
        found.append(Stretch(days=days, share=part))
    return tuple(found)
