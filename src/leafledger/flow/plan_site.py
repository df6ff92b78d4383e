"""What planning a data center stands on, read from the company folder: its definition, its telemetry, its job log and its grid's emissions."""

import importlib.util
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from leafledger.core.fact import FactorUse
from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.labels import NONE
from leafledger.core.period import Period
from leafledger.engine.books import Books, books
from leafledger.engine.choose import choose
from leafledger.engine.value import Hole
from leafledger.flow.read import Folder, read_folder
from leafledger.library.strict_csv import read_rows
from leafledger.library.units import factor_between

if TYPE_CHECKING:
    from leafledger.datacenter.clock import Clock, Floats
    from leafledger.datacenter.definitions import Read
    from leafledger.datacenter.logs import Log
    from leafledger.datacenter.measured import Measured

NEEDED = ("numpy", "highspy", "duckdb", "xlsxwriter", "pyarrow")
INSTALL = "planning a data center needs {packages}, which {are} not installed; pip install 'leafledger[datacenter]'"
KG = "kgCO2e/kWh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Emissions of electricity, kgCO2e per kWh (tCO2e per MWh), and the factors that gave them."""

    value: Decimal
    factors: tuple[FactorUse, ...]


@dataclass(frozen=True, kw_only=True)
class PlanSite:
    """A data center with its company."""

    folder: Folder
    read: "Read"
    log: "Log | None"

    @property
    def title(self) -> dict[str, str]:
        return dict(next(site.title for site in self.folder.company.sites if site.id == self.read.of.site))


def needs() -> None:
    """Refused, with what to install, where a package that planning needs is not there."""
    lacking = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if lacking:
        values = {"packages": " and ".join(lacking), "are": "is" if len(lacking) == 1 else "are"}
        raise Refused(Finding(rule="plan.install", template=INSTALL, values=values, place=Place(name="leaf plan")))


def plan_site(path: Path, site: str) -> PlanSite:
    """Refused with every error in the folder's files."""
    needs()
    from leafledger.datacenter.definitions import read_datacenter
    from leafledger.datacenter.logs import read_log

    folder = read_folder(path)
    read = read_datacenter(path, [one.id for one in folder.company.sites], site)
    jobs = read.of.jobs
    log = read_log(path / jobs.file, jobs.form, flexible=jobs.flexible, slack_hours=jobs.slack_hours) if jobs else None
    return PlanSite(folder=folder, read=read, log=log)


def known(of: PlanSite, first: datetime | None = None, until: datetime | None = None) -> "Measured":
    """What was measured, from one local time up to another."""
    from leafledger.datacenter.measured import measured

    return measured(of.read.tree, of.read.telemetry, first, until)


def rate(of: PlanSite, names: Iterable[str], period: Period) -> Rate | None:
    """The first of the named factors that serves the site in the period; CO2 alone is turned into CO2e. None where none serves."""
    known_books = books(of.folder.library, of.folder.company, of.folder.series, ())
    for name in names:
        try:
            return _rate(known_books, name, of.read.of.site, period)
        except Hole:
            continue
    return None


def located(of: PlanSite, period: Period) -> Rate:
    """By location. Refused where no factor serves."""
    found = rate(of, of.read.of.carbon.location, period)
    if found is None:
        template = (
            "none of the factors {names} serves {site} in {period}; add one to factors/, or name another under carbon"
        )
        values = {"names": ", ".join(of.read.of.carbon.location), "site": of.read.of.site, "period": period}
        raise Refused(Finding(rule="plan.carbon", template=template, values=values, place=of.read.of.carbon.place))
    return found


def carbon(of: PlanSite, clock: "Clock") -> "Floats":
    """tCO2e per MWh of each hour: of the series, where one is given, else the factor by location. Refused for an hour that the series lacks."""
    import numpy as np

    if not of.read.of.carbon.series:
        return np.full(clock.steps, float(located(of, days_of(clock)).value))
    series = _series(of)
    found = [series.get(at.replace(tzinfo=None, minute=0)) for at in clock.local]
    if None in found:
        at = clock.at(found.index(None))
        template = (
            "the carbon series says nothing of {at}; add the hour, or take the series away to plan by the annual factor"
        )
        place = Place(name=of.read.of.carbon.series)
        raise Refused(
            Finding(rule="plan.carbon", template=template, values={"at": f"{at:%Y-%m-%d %H:%M}"}, place=place)
        )
    return np.array(found, dtype=float)


def days_of(clock: "Clock") -> Period:
    """The days of a run of hours."""
    return Period(clock.at(0).date(), (clock.at(clock.steps) - timedelta(microseconds=1)).date())


def hours_of(period: Period, zone: str) -> tuple[datetime, datetime]:
    """The local times at which a period begins and ends."""
    first, last = (datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)) for day in (period.start, period.end))
    return first.replace(tzinfo=None), (last + timedelta(days=1)).replace(tzinfo=None)


def _rate(of: Books, name: str, site: str, period: Period) -> Rate:
    use = choose(of, name, site, NONE, period)
    try:
        return Rate(value=use.value * _decimal(use.unit, KG), factors=(use,))
    except ValueError:
        gwp = choose(of, "gwp_co2", site, NONE, period)
        return Rate(value=use.value * gwp.value * _decimal(use.unit, "kgCO2/kWh"), factors=(use, gwp))


def _decimal(given: str, wanted: str) -> Decimal:
    exact = factor_between(given, wanted)
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def _series(of: PlanSite) -> dict[datetime, float]:
    name, findings = of.read.of.carbon.series, list[Finding]()
    found: dict[datetime, float] = {}
    for row, place in read_rows(of.read.folder / name, name, ("time", "kg_per_kwh"), findings, ("time", "kg_per_kwh")):
        try:
            at, value = datetime.fromisoformat(row["time"]), float(row["kg_per_kwh"])
        except ValueError as error:
            findings.append(Finding(rule="plan.carbon", template="{problem}", values={"problem": error}, place=place))
            continue
        if value < 0:
            template = "{value} kgCO2e per kWh is below nothing; a plan would burn power to undo emissions"
            findings.append(Finding(rule="plan.carbon", template=template, values={"value": value}, place=place))
        found[at.replace(tzinfo=None)] = value
    if findings:
        raise Refused(findings)
    return found
