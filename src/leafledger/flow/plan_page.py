"""Writes a data center's page: now, plan, plan against actual, PUE and WUE by month, savings; each in three languages, with no request elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from leafledger.base.setup import open_ledger
from leafledger.core.entry import Entry
from leafledger.core.finding import Refused
from leafledger.core.text import LANGUAGES
from leafledger.datacenter.efficiency import Ratio, pue, residuals, wue
from leafledger.flow.places import ledger_place
from leafledger.flow.plan import Done, plan_place, planned_for
from leafledger.flow.plan_efficiency import Month, Target, months_of, targets_of
from leafledger.flow.plan_files import specs
from leafledger.flow.plan_savings import Told, savings_of
from leafledger.flow.plan_site import PlanSite, known, plan_site
from leafledger.flow.site import write
from leafledger.ledger import read
from leafledger.report.numbers import number
from leafledger.report.plan import charts
from leafledger.report.plan.charts import HIGH, LOW, Spec
from leafledger.report.plan.page import Card, Chart, Grid, Link, Page, Section, render_plan
from leafledger.report.plan.words import word

if TYPE_CHECKING:
    from leafledger.datacenter.measured import Measured

PAST, AHEAD, BACK, WEEK = 48, 48, 24, 168
"""Hours shown before now and after; how long ago the plan was made that is held against what happened; of the mean of a week."""
SHOWN_FINDINGS = 12


@dataclass(frozen=True, kw_only=True)
class Seen:
    """All that the page shows, whatever the language."""

    site: PlanSite
    measured: "Measured"
    plan: Done
    earlier: Done | None
    months: tuple[Month, ...]
    targets: Mapping[str, tuple[Target, ...]]
    savings: tuple[Told, ...]


def write_page(path: Path, site: str, now: datetime | None = None) -> Path:
    """Write the page as of `now`, a local time (without it: the end of what was measured); nothing measured later is looked at."""
    of = plan_site(path, site)
    measured = known(of, None, now)
    ends = measured.clock.at(measured.clock.steps).replace(tzinfo=None)
    plan = planned_for(of, ends, AHEAD)
    try:
        earlier = planned_for(of, ends - timedelta(hours=BACK), AHEAD)
    except Refused:  # too little was known by then
        earlier = None
    open_ledger(ledger_place(path))
    entries, waiting = read.entries_in_force(), read.open_entries()
    here: list[tuple[Entry, bool]] = [(one, True) for one in entries if one.site == site] + [
        (one, False) for one in waiting if one.site == site
    ]
    seen = Seen(
        site=of, measured=measured, plan=plan, earlier=earlier, months=months_of(measured, entries, site),
        targets=targets_of(of, [entry for entry, approved in here if approved]), savings=savings_of(of, here),
    )  # fmt: skip
    pages: dict[str, Page] = {language: _page(seen, language) for language in LANGUAGES}
    evidence = plan_place(path, site) / "evidence"
    named = {name for one in seen.savings for name in one.evidence}
    proofs = {
        f"evidence/{name}": (evidence / name).read_bytes() for name in sorted(named) if (evidence / name).is_file()
    }
    return write({**render_plan(pages), **proofs}, plan_place(path, site) / "page")


def _page(seen: Seen, language: str) -> Page:
    company = seen.site.folder.company
    clock = seen.measured.clock
    ends = clock.at(clock.steps)
    return Page(
        company=company.name[language], title=seen.site.title[language], remark=word(language, "invented") if company.invented else "",
        as_of=word(language, "as_of", at=f"{ends:%Y-%m-%d %H:%M}", zone=clock.zone),
        sections=[one for one in (_now(seen, language), _next(seen, language), _against(seen, language), _efficiency(seen, language),
                                  _savings(seen, language), _residuals(seen, language), _findings(seen, language)) if one is not None],
    )  # fmt: skip


def _now(seen: Seen, language: str) -> Section:
    known, battery = seen.measured, seen.site.read.of.battery
    clock = known.clock
    first = max(0, clock.steps - PAST)
    times = [clock.at(n) for n in range(first, clock.steps)]
    part = slice(first, None)
    series = {
        "grid": (known.grid - known.charge).clip(0)[part],
        "pv": known.pv[part],
        "discharge": known.discharge[part],
        "charge": known.charge[part],
    }
    cards = [
        Card(
            label=word(language, "load_now"),
            value=_mw(_last(known.load), language),
            unit="MW",
            note=word(language, "load_now_note"),
        )
    ]
    if battery is not None:
        note = word(language, "held_note", mwh=number(_decimal(battery.energy), 1, language))
        cards.append(
            Card(
                label=word(language, "held"), value=number(_decimal(seen.plan.held), 2, language), unit="MWh", note=note
            )
        )
    category = word(language, "category", category=seen.site.read.tree.category)
    for what, label, unit, decimals in (("PUE", "pue_week", "", 3), ("WUE", "wue_week", "L/kWh", 2)):
        value = _of_week(known, what)
        if value is not None:
            cards.append(
                Card(
                    label=word(language, label),
                    value=number(_decimal(value), decimals, language),
                    unit=unit,
                    note=category,
                )
            )
    spec = charts.power(
        language, times, {name: _drawn(values) for name, values in series.items()}, _drawn(known.load[part])
    )
    columns = {
        "load": known.load[part],
        "grid": known.grid[part],
        "pv": known.pv[part],
        "charge": known.charge[part],
        "discharge": known.discharge[part],
    }
    chart = _chart(language, "now-power", word(language, "power_title"), (spec, HIGH), times, columns)
    return Section(
        id="now",
        title=word(language, "now"),
        lead=word(language, "now_lead", hours=len(times)),
        cards=cards,
        items=[chart],
    )


def _next(seen: Seen, language: str) -> Section:
    done, currency = seen.plan, seen.site.read.tariff.currency
    made, plan, plain = done.made, done.made.plan, done.made.plain
    saved, change = plain.cost - plan.cost, plan.carbon - plain.carbon
    reached = max(made.problem.floor.values(), default=0.0)
    cards = [
        Card(label=word(language, "saved_ahead"), value=number(_decimal(saved), 0, language), unit=currency,
             note=f"{saved / plain.cost:.1%} · {word(language, 'against_plain')}" if plain.cost else ""),
        Card(label=word(language, "emissions_change"), value=("+" if change > 0 else "") + number(_decimal(change), 2, language), unit="tCO₂e",
             note=word(language, "emissions_note") if change > 0 else ""),
        Card(label=word(language, "peak"), value=_mw(max(max(plan.peaks.values()), reached), language), unit="MW",
             note=word(language, "peak_note", mw=number(_decimal(reached), 2, language))),
    ]  # fmt: skip
    times = [made.clock.at(n) for n in range(made.clock.steps)]
    columns = {
        "power": {"load": made.problem.load, "bought": plan.grid, "pv": made.pv, "charge": plan.charge, "discharge": plan.discharge},
        "battery": {"energy": plan.energy}, "price": {"price": made.tariff.per_kwh},
        "forecast": {"low": made.band.low, "load": made.band.middle, "high": made.band.high},
    }  # fmt: skip
    titles = {"power": "power_title", "battery": "energy_title", "price": "price_title", "forecast": "forecast_title"}
    items = [
        _chart(language, f"next-{name}", word(language, titles[name], currency=currency), spec, times, columns[name])
        for name, spec in specs(done, language).items()
    ]
    lead = f"{word(language, 'next_lead')}"
    return Section(id="next", title=word(language, "next", hours=len(times)), lead=lead, cards=cards, items=items)


def _against(seen: Seen, language: str) -> Section | None:
    """What was planned a day ago against what the meters showed since."""
    if seen.earlier is None:
        return None
    then, known = seen.earlier.made, seen.measured
    hours = min(BACK, known.clock.steps, then.clock.steps)
    part = slice(known.clock.steps - hours, None)
    actual, planned = known.grid[part], then.plan.grid[:hours]
    load, low, high = known.load[part], then.band.low[:hours], then.band.high[:hours]
    there = np.isfinite(actual) & np.isfinite(load)
    times = [then.clock.at(n) for n in range(hours)]
    spec = charts.against(language, times, planned.tolist(), actual.tolist())
    columns = {"planned": planned, "measured": actual}
    items: list[Chart | Grid | str] = [
        _chart(language, "against-bought", word(language, "against_title"), (spec, HIGH - 40), times, columns)
    ]
    if there.any():
        off = float(np.abs(actual - planned)[there].mean())
        inside = float(((load >= low) & (load <= high))[there].mean())
        items.append(word(language, "against_error", mw=number(_decimal(off), 3, language), percent=f"{off / float(actual[there].mean()):.1%}",
                          inside=f"{inside:.0%}"))  # fmt: skip
    lead = word(language, "against_lead", **{"from": f"{seen.earlier.start:%Y-%m-%d %H:%M}"})
    return Section(id="against", title=word(language, "against"), lead=lead, items=items)


def _efficiency(seen: Seen, language: str) -> Section:
    """PUE and WUE by month against the target of their year, and the path of targets."""
    items: list[Chart | Grid | str] = []
    for what, title, decimals in (("PUE", "pue_title", 3), ("WUE", "wue_title", 2)):
        there = [(month, value) for month in seen.months if (value := month.value(what)) is not None]
        if not there:
            continue
        year = max(int(month.name[:4]) for month, _ in there)
        target = next((one for one in seen.targets[what] if one.year >= year), None)
        caption = word(language, title) + (
            word(language, "target_of", year=target.year, value=target.value) if target else ""
        )
        spec = charts.months([month.name for month, _ in there], [value for _, value in there], [month.approved for month, _ in there],
                             float(target.value) if target else None, decimals)  # fmt: skip
        data = Grid(
            caption="", header=[word(language, "month"), what, word(language, "state"), word(language, "hours_known")], right=frozenset({1, 3}),
            rows=[[month.name, f"{value:.{decimals}f}", word(language, "approved" if month.approved else "interim"),
                   f"{month.hours:,}/{month.of:,}" if month.of else ""] for month, value in there],
        )  # fmt: skip
        alt = word(language, "alt", title=word(language, title), **{"from": there[0][0].name, "to": there[-1][0].name})
        items.append(
            Chart(
                id=f"months-{what.lower()}",
                caption=caption,
                alt=alt,
                spec=spec,
                height=LOW + 50,
                data=data,
            )
        )
    path = [(one.year, what, one.value) for what in ("PUE", "WUE") for one in seen.targets[what]]
    if path:
        years = sorted({year for year, *_ in path})
        by = {(year, what): value for year, what, value in path}
        rows = [[what, *[str(by.get((year, what), "")) for year in years]] for what in ("PUE", "WUE")]
        items.append(
            Grid(
                caption=word(language, "path_title"),
                header=["", *map(str, years)],
                rows=rows,
                right=frozenset(range(1, len(years) + 1)),
            )
        )
    return Section(
        id="efficiency", title=word(language, "efficiency"), lead=word(language, "efficiency_lead"), items=items
    )


def _savings(seen: Seen, language: str) -> Section:
    currency = seen.site.read.tariff.currency
    if not seen.savings:
        lead = word(language, "no_savings", site=seen.site.read.of.site)
        return Section(id="savings", title=word(language, "savings"), lead=lead)
    header = [
        word(language, key)
        for key in ("measure", "period_of", "electricity", "money", "emissions", "state", "evidence")
    ]
    header[2:5] = [f"{header[2]}, kWh", f"{header[3]}, {currency}", f"{header[4]}, tCO₂e"]
    rows: list[list[str | Link]] = []
    for one in seen.savings:
        page = next((name for name in one.evidence if name.endswith(".md")), "")
        rows.append([
            one.title[language], str(one.period).replace("/", " – "), _signed(one.kwh, 0, language), _signed(one.money, 0, language),
            _signed(one.tonnes, 2, language),
            word(language, "approved" if one.approved else "waiting"),
            Link(text=word(language, "evidence"), to=f"../evidence/{page}") if page else "",
        ])  # fmt: skip
    grid = Grid(caption="", header=header, rows=rows, right=frozenset({2, 3, 4}))
    items: list[Chart | Grid | str] = [grid, word(language, "saved_sign")]
    if any(one.measure == "storage" for one in seen.savings):
        items.append(word(language, "storage_adds"))
    return Section(id="savings", title=word(language, "savings"), lead=word(language, "savings_lead"), items=items)


def _residuals(seen: Seen, language: str) -> Section | None:
    found = residuals(seen.measured.hourly)
    if not found:
        return None
    titles = {meter.id: meter.title.get(language, meter.id) for meter in seen.site.read.tree.meters}
    header = [word(language, key) for key in ("meter", "above", "below", "residual", "share", "hours_known")]
    header[1:4] = [f"{one}, kWh" for one in header[1:4]]
    rows = [
        [titles.get(one.meter, one.meter), *[number(_decimal(value), 0, language) for value in (one.above, one.below, one.value)],
         "" if one.share is None else f"{one.share:.1%}", f"{one.hours:,}"]
        for one in found
    ]  # fmt: skip
    grid = Grid(caption="", header=header, rows=rows, right=frozenset(range(1, 6)))
    return Section(
        id="residuals", title=word(language, "residuals"), lead=word(language, "residuals_lead"), items=[grid]
    )


def _findings(seen: Seen, language: str) -> Section | None:
    """What is wrong with the data, and what is assumed; as the command line says it."""
    said = [str(one) for one in seen.plan.findings[:SHOWN_FINDINGS]]
    said += [f"{seen.site.read.tariff.id}: {level.assumed}" for level in seen.site.read.tariff.levels if level.assumed]
    return Section(id="findings", title=word(language, "findings"), lead="", items=said) if said else None


def _chart(
    language: str,
    id: str,
    title: str,
    spec: tuple[Spec, int],
    times: list[datetime],
    columns: "Mapping[str, np.ndarray]",
) -> Chart:
    header = [word(language, "hour"), *[word(language, name) for name in columns]]
    rows = [
        [f"{at:%Y-%m-%d %H:%M}", *[_shown(float(values[n])) for values in columns.values()]]
        for n, at in enumerate(times)
    ]
    alt = word(language, "alt", title=title, **{"from": rows[0][0], "to": rows[-1][0]})
    data = Grid(caption="", header=header, rows=rows, right=frozenset(range(1, len(header))))
    return Chart(id=id, caption=title, alt=alt, spec=spec[0], height=spec[1], data=data)


def _of_week(of: "Measured", what: str) -> float | None:
    """Of the last seven days, over the hours that are known."""
    hourly, steps = of.hourly, of.clock.steps
    first = max(0, steps - WEEK)
    clock = of.clock.part(first, steps - first)
    week = replace(hourly, clock=clock, flow=hourly.flow[:, first:], coverage=hourly.coverage[:, first:])
    if what == "WUE" and not hourly.tree.of("water"):
        return None
    ratios: tuple[Ratio, ...] = (pue if what == "PUE" else wue)(week)[1]
    months = [one for one in ratios if len(one.period) == 7 and one.value is not None]
    below = sum(one.it_kwh for one in months)
    return sum(one.numerator for one in months) / below if below else None


def _last(values: "np.ndarray") -> float:
    there = values[np.isfinite(values)]
    return float(there[-1]) if len(there) else float("nan")


def _drawn(values: "np.ndarray") -> list[float]:
    """An unknown hour is drawn as nothing; the table says that it is not known."""
    return [float(one) for one in np.nan_to_num(values)]


def _shown(value: float) -> str:
    return f"{value:.3f}" if value == value else "–"


def _mw(value: float, language: str) -> str:
    return number(_decimal(value), 2, language) if value == value else "–"


def _signed(value: Decimal | None, decimals: int, language: str) -> str:
    if value is None:
        return ""
    return ("+" if value > 0 else "") + number(value, decimals, language)


def _decimal(value: float) -> Decimal:
    return Decimal(repr(round(value, 6)))
