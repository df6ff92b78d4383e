"""PUE and WUE by month for a data center's page: as approved in the ledger, else as its meters show them; and the targets they are held against."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from leafledger.core.entry import Entry
from leafledger.core.period import Period

if TYPE_CHECKING:
    from leafledger.datacenter.measured import Measured
    from leafledger.flow.plan_site import PlanSite


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month. approved: from entries of the ledger that cover it; else interim, over `hours` of its `of` hours that the meters know."""

    name: str
    pue: float | None
    wue: float | None
    approved: bool
    hours: int = 0
    of: int = 0

    def value(self, what: str) -> float | None:
        return self.pue if what == "PUE" else self.wue


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is to be reached at the end of a year."""

    year: int
    value: Decimal


def months_of(measured: "Measured", entries: Iterable[Entry], site: str) -> tuple[Month, ...]:
    """Every month that the ledger or the meters know, in order; what is approved goes before what is only measured."""
    from leafledger.datacenter.efficiency import pue, wue

    found = {month.name: month for month in _approved(entries, site)}
    waters = {one.period: one for one in wue(measured.hourly)[1]} if measured.hourly.tree.of("water") else {}
    for one in pue(measured.hourly)[1]:
        if len(one.period) == len("2025-03") and one.period not in found and one.value is not None:
            water = waters.get(one.period)
            found[one.period] = Month(
                name=one.period,
                pue=one.value,
                wue=water.value if water else None,
                approved=False,
                hours=one.hours,
                of=_hours(one.period),
            )
    return tuple(found[name] for name in sorted(found))


def targets_of(of: "PlanSite", entries: Iterable[Entry]) -> Mapping[str, tuple[Target, ...]]:
    """The recorded targets of the site by year, as the activities that datacenter.yaml names hold them."""
    entries = list(entries)
    center = of.read.of
    return {
        what: tuple(
            sorted(
                (Target(year=one.period.end.year, value=one.value) for one in entries if one.activity == activity),
                key=lambda one: one.year,
            )
        )
        for what, activity in (("PUE", center.pue_target), ("WUE", center.wue_target))
    }


def _approved(entries: Iterable[Entry], site: str) -> Iterable[Month]:
    by: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for one in entries:
        if (
            one.site == site
            and one.activity.startswith("datacenter.")
            and one.kind == "reading"
            and len(str(one.period)) == len("2025-03")
        ):
            by[str(one.period)][one.activity] = one.value
    for name, values in by.items():
        it, facility = values.get("datacenter.it_energy"), values.get("datacenter.facility_energy")
        if it and facility is not None:
            water = values.get("datacenter.water")
            yield Month(
                name=name,
                pue=float(facility / it),
                wue=None if water is None else float(water * 1000 / it),
                approved=True,
            )


def _hours(month: str) -> int:
    return Period.parse(month).days * 24
