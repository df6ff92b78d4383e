"""Accounts for a period of a data center: what it used and what its measures saved become entries, with the counterfactual as their evidence."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from leafledger.base.setup import open_ledger
from leafledger.core.entry import Entry
from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.labels import parse_labels
from leafledger.core.period import Period
from leafledger.flow.keep import acting
from leafledger.flow.places import ledger_place
from leafledger.flow.plan import plan_place
from leafledger.flow.plan_evidence import Evidence, evidence
from leafledger.flow.plan_site import PlanSite, Rate, hours_of, known, located, plan_site, rate
from leafledger.ledger import verbs
from leafledger.library.entries import check_entries

if TYPE_CHECKING:
    from leafledger.datacenter.account import Saving, Used
    from leafledger.datacenter.measured import Measured


@dataclass(frozen=True, kw_only=True)
class Row:
    """One saving as people read it: tCO2e avoided by location and, where a factor serves, by market; below nothing, emitted on top."""

    measure: str
    option: str
    kwh: Decimal
    money: Decimal
    location: Decimal
    market: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Accounted:
    """What was recorded. used: the entries of what was metered; ratios: in words; new, known: ids; evidence: names of files."""

    period: Period
    currency: str
    used: tuple[Entry, ...]
    ratios: tuple[str, ...]
    savings: tuple[Row, ...]
    by: str
    new: tuple[str, ...]
    known: tuple[str, ...]
    evidence: tuple[str, ...]
    findings: tuple[Finding, ...]


def account(path: Path, site: str, text: str, *, by: str, at: datetime) -> Accounted:
    """Record what a period (`2025-03`, or two days with a slash) used and saved. Refused where an hour of it is not known.

    What is recorded waits for somebody else's approval like any other entry. The same telemetry gives the same entries, and records nothing twice.
    """
    of = plan_site(path, site)
    try:
        period = Period.parse(text)
    except ValueError as error:
        raise Refused(
            Finding(rule="account", template="{problem}", values={"problem": error}, place=Place(name="--account"))
        ) from None
    from leafledger.datacenter.account import savings, used, weather_of
    from leafledger.datacenter.weather import read_weather

    who = acting(of.folder.company, "recorder", by)
    measured, before = _measured(of, period)
    sums = used(measured)
    cooling = of.read.of.cooling
    weather = weather_of(cooling, read_weather(path / cooling.weather), measured.clock) if cooling else None
    saved = savings(of.read.of, of.read.tariff, measured, before, weather)
    location, market = located(of, period), rate(of, of.read.of.carbon.market, period)
    rows = tuple(_row(one, location, market) for one in saved)
    proof = evidence(of, period, measured, sums, saved, rows, location, market)
    place = plan_place(path, site) / "evidence"
    files = proof.write(place)
    entries = [replace(entry, id=_id(entry)) for entry in _entries(of, period, sums, saved, proof, who)]
    told = [(entry, Place(name=f"leaf plan --account {period}")) for entry in entries]
    if findings := list(check_entries(told, of.folder.series, of.folder.library, of.folder.company)):
        raise Refused(findings)
    open_ledger(ledger_place(path))
    done = verbs.record(entries, by=who, at=at, company=of.folder.company, evidence=files)
    return Accounted(
        period=period, currency=of.read.tariff.currency, used=tuple(one for one in entries if not one.labels), ratios=_ratios(sums, location),
        savings=rows, by=who, new=done.new, known=done.known, evidence=tuple(file.name for file in files), findings=measured.findings,
    )  # fmt: skip


def _measured(of: PlanSite, period: Period) -> "tuple[Measured, Measured | None]":
    """The hours of the period, and those before it. Refused where the telemetry does not cover all of it."""
    first, until = hours_of(period, of.read.tree.zone)
    measured = known(of, first, until)
    begins, ends = (measured.clock.at(step).replace(tzinfo=None) for step in (0, measured.clock.steps))
    if (begins, ends) != (first, until):
        template = "the telemetry covers {begins} to {ends} of {period}, and an entry is of all its days; bring it up, or take the days it covers"
        values = {"begins": f"{begins:%Y-%m-%d %H:%M}", "ends": f"{ends:%Y-%m-%d %H:%M}", "period": period}
        raise Refused(Finding(rule="account", template=template, values=values, place=Place(name="telemetry")))
    try:
        return measured, known(of, None, first)
    except Refused:
        return measured, None


def _row(one: "Saving", location: Rate, market: Rate | None) -> Row:
    kwh = exact(one.kwh)
    return Row(measure=one.measure, option=one.option, kwh=kwh, money=cents(one.money), location=kwh * location.value / 1000,
               market=None if market is None else kwh * market.value / 1000)  # fmt: skip


def _entries(
    of: PlanSite, period: Period, sums: "Used", saved: "tuple[Saving, ...]", proof: Evidence, who: str
) -> Iterator[Entry]:
    def entry(activity: str, value: Decimal, unit: str, labels: str = "", method: str = "") -> Entry:
        return Entry(
            id="new", activity=activity, site=of.read.of.site, labels=parse_labels(labels), period=period, value=value, unit=unit,
            estimated=bool(method), method=method, source=f"telemetry, category {of.read.tree.category} of ISO/IEC 30134-2",
            evidence=proof.names, recorded_by=who,
        )  # fmt: skip

    yield entry("datacenter.it_energy", exact(sums.it), "kWh")
    yield entry("datacenter.facility_energy", exact(sums.facility), "kWh")
    yield entry("datacenter.feed_energy", exact(sums.feed), "kWh")
    if sums.water is not None:
        yield entry("datacenter.water", exact(sums.water), "m3")
    for one in saved:
        labels = f"saving_measure={one.measure}"
        method = "IPMVP option D: calibrated simulation of the plant without the measure" if one.option == "D" else ""
        yield entry(
            "datacenter.saved_cost",
            cents(one.money),
            of.read.tariff.currency,
            labels,
            method or "IPMVP option B: bill without the measure",
        )
        if one.measure == "storage":
            yield entry("datacenter.battery_losses", exact(one.losses), "kWh")
        else:
            yield entry("energy.saved", exact(one.kwh), "kWh", labels, method)


def _ratios(sums: "Used", location: Rate) -> tuple[str, ...]:
    found = [f"PUE {sums.facility / sums.it:.3f}"]
    if sums.water is not None:
        found.append(f"WUE {sums.water * 1000 / sums.it:.2f} L/kWh")
    found.append(f"CUE {sums.feed * float(location.value) / sums.it:.3f} kgCO2e/kWh")
    return (" · ".join(found) + ", as they are computed once approved",)


def exact(value: float) -> Decimal:
    """To the watt-hour or litre, in which it is summed."""
    return Decimal(round(value * 1000)) / 1000


def cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"))


def _id(entry: Entry) -> str:
    return f"e-{entry.hash[:10]}"
