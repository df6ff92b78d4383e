"""The savings of a data center as its entries hold them: each measure of each period with energy, money and emissions together."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from leafledger.core.entry import Entry
from leafledger.core.finding import Refused
from leafledger.core.period import Period
from leafledger.flow.plan_site import PlanSite, located


@dataclass(frozen=True, kw_only=True)
class Told:
    """One measure in one period. kwh, tonnes: saved and avoided, below nothing for losses. approved: all entries of it are."""

    measure: str
    title: Mapping[str, str]
    period: Period
    kwh: Decimal | None
    money: Decimal | None
    tonnes: Decimal | None
    approved: bool
    evidence: tuple[str, ...]


def savings_of(of: PlanSite, entries: Iterable[tuple[Entry, bool]]) -> tuple[Told, ...]:
    """From entries, each with whether it is approved, the newest period first. Losses of storage are what it saves, taken negative."""
    by: dict[tuple[Period, str], list[tuple[Entry, bool]]] = defaultdict(list)
    for entry, approved in entries:
        measure = dict(entry.labels).get("saving_measure", "")
        if entry.activity == "datacenter.battery_losses":
            measure = "storage"
        if measure and entry.activity in ("energy.saved", "datacenter.saved_cost", "datacenter.battery_losses"):
            by[entry.period, measure].append((entry, approved))
    keys = sorted(by, key=lambda key: (-key[0].end.toordinal(), -key[0].days, key[1]))
    return tuple(_told(of, period, measure, by[period, measure]) for period, measure in keys)


def _told(of: PlanSite, period: Period, measure: str, entries: list[tuple[Entry, bool]]) -> Told:
    value = {entry.activity: entry.value for entry, _ in entries}
    kwh = value.get("energy.saved")
    if kwh is None and "datacenter.battery_losses" in value:
        kwh = -value["datacenter.battery_losses"]
    try:
        tonnes = None if kwh is None else kwh * located(of, period).value / 1000
    except Refused:  # no factor serves: the page shows none, and the figure of the ledger is a hole that says so
        tonnes = None
    members = of.folder.library.dimensions["saving_measure"].members
    return Told(
        measure=measure, title=members.get(measure, dict.fromkeys(("zh-Hant", "zh-Hans", "en"), measure)), period=period, kwh=kwh,
        money=value.get("datacenter.saved_cost"), tonnes=tonnes, approved=all(approved for _, approved in entries),
        evidence=tuple(dict.fromkeys(name for entry, _ in entries for name in entry.evidence)),
    )  # fmt: skip
