"""Looks back on what was measured at a data center: what other ways to run it would have cost, on the same work."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leafledger.core.finding import Finding, Place, Refused
from leafledger.flow.plan_site import PlanSite, carbon, days_of, known, plan_site, rate

if TYPE_CHECKING:
    from leafledger.datacenter.backtest import Backtest

DAYS = 7
"""How long a comparison is where nothing is said, and what has to be known before it for a forecast."""


@dataclass(frozen=True, kw_only=True)
class Looked:
    """A comparison with the site it is of, and what is to be known of the data."""

    site: PlanSite
    made: "Backtest"
    findings: tuple[Finding, ...]


def look_back(path: Path, site: str, start: datetime | None = None, until: datetime | None = None) -> Looked:
    """Compare the hours from `start` up to `until` (local times; the last week without them). Refused as datacenter.backtest refuses."""
    of = plan_site(path, site)
    from leafledger.datacenter.backtest import backtest
    from leafledger.datacenter.plan import overhead

    measured = known(of, None, until)
    clock = measured.clock
    ends = clock.at(clock.steps)
    begins = start.replace(tzinfo=ends.tzinfo) if start else ends - timedelta(days=DAYS)
    first = int((begins - clock.at(0)) / timedelta(hours=1))
    if not 24 <= first < clock.steps:
        template = "a comparison from {start} needs a day of telemetry before it, and ends at {ends}; there is telemetry from {begins} on"
        values = {
            "start": f"{begins:%Y-%m-%d %H:%M}",
            "ends": f"{ends:%Y-%m-%d %H:%M}",
            "begins": f"{clock.at(0):%Y-%m-%d %H:%M}",
        }
        raise Refused(
            Finding(rule="backtest", template=template, values=values, place=Place(name="leaf plan --backtest"))
        )
    part = clock.part(first, clock.steps - first)
    market = rate(of, of.read.of.carbon.market, days_of(part))
    kw = of.read.of.jobs.kw_per_gpu * overhead(measured) if of.read.of.jobs else 0.0
    made = backtest(
        of.read.of,
        of.read.tariff,
        measured,
        first,
        carbon(of, part),
        float(market.value) if market else None,
        log=of.log,
        kw=kw,
    )
    return Looked(
        site=of, made=made, findings=(*measured.findings, *made.findings, *(of.log.left_out if of.log else ()))
    )


def as_json(looked: Looked) -> dict[str, Any]:
    """The comparison as plain data, the bill line by line and exact."""
    made = looked.made
    clock = made.problem.clock
    return {
        "site": looked.site.read.of.site, "from": clock.at(0).isoformat(timespec="minutes"), "hours": clock.steps,
        "currency": looked.site.read.tariff.currency, "begins_with_mwh": round(made.problem.start, 6),
        "ways": [
            {
                "name": of.name, "cost": str(of.cost), "saved": str(made.saved(of)), "wear": str(of.wear),
                "share_of_foresight": None if of.share is None else round(of.share, 6), "peak_mw": round(of.peak, 6),
                "tco2e": round(of.location, 4), "tco2e_market": None if of.market is None else round(of.market, 4),
                "lost_mwh": round(of.losses(made.problem.start, clock.hours), 6),
                "discharged_mwh": round(float(of.plan.discharge.sum()) * clock.hours, 6),
                "gpu_hours": round(of.gpu_hours, 6), "ends_with_mwh": round(of.ends_with, 6), "seconds": round(of.seconds, 3),
                "waits": None if of.waits is None else {"mean": of.waits.mean, "p95": of.waits.p95, "most": of.waits.most,
                                                        "missed": of.waits.missed, "jobs": of.waits.jobs},
                "bill": [{"month": one.month, "what": one.what, "quantity": str(one.quantity), "unit": one.unit, "price": str(one.price),
                          "amount": str(one.amount)} for one in of.lines],
            }
            for of in made.strategies
        ],
    }  # fmt: skip
