"""Writes a plan: its schedule as a workbook, as Parquet and as JSON, and its pictures in three languages."""

import io
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from leafledger.core.text import LANGUAGES
from leafledger.flow.plan import Done, emissions, jobs_of
from leafledger.flow.site import write
from leafledger.report.plan import charts
from leafledger.report.plan.charts import HIGH, LOW, WIDTH, Spec
from leafledger.report.plan.words import word
from leafledger.report.render.charts import draw

PAST_HOURS = 48
SCHEDULE = ("hour", "price", "period", "load", "low", "high", "pv", "moved", "charge", "discharge", "energy", "bought")


def write_plan(done: Done, to: Path) -> Path:
    """Put the plan's files into a folder, all at once; what was there under that name is replaced."""
    files: dict[str, bytes] = {
        "plan.json": (json.dumps(as_json(done), ensure_ascii=False, indent=1) + "\n").encode(),
        "schedule.parquet": _parquet(done),
        "schedule.xlsx": _workbook(done),
    }
    for language in LANGUAGES:
        for name, svg in pictures(done, language).items():
            files[f"{language}/{name}.svg"] = svg
    return write(files, to)


def pictures(done: Done, language: str) -> Mapping[str, bytes]:
    return {name: draw(spec, WIDTH, height, language) for name, (spec, height) in specs(done, language).items()}


def specs(done: Done, language: str) -> dict[str, tuple[Spec, int]]:
    """Each picture's specification and its height."""
    made, known = done.made, done.measured
    times = [made.clock.at(n) for n in range(made.clock.steps)]
    plan = made.plan
    moved = sum(plan.moved.values(), made.problem.load * 0)
    used = {
        "grid": (plan.grid - plan.charge).clip(0), "pv": made.pv - plan.curtailed, "discharge": plan.discharge, "charge": plan.charge,
    }  # fmt: skip
    past = max(0, known.clock.steps - PAST_HOURS)
    band = made.band
    found: dict[str, tuple[Spec, int]] = {
        "power": (
            charts.power(
                language, times, {n: v.tolist() for n, v in used.items()}, (made.problem.load + moved).tolist()
            ),
            HIGH,
        )
    }
    if done.site.read.of.battery is not None:
        battery = done.site.read.of.battery
        found["battery"] = (charts.energy(language, times, plan.energy.tolist(), battery.reserve, battery.energy), LOW)
    tariff = done.site.read.tariff
    names = {id: title[language] for id, title in tariff.periods.items()}
    found["price"] = (
        charts.price(
            language, times, made.tariff.per_kwh.tolist(), [made.tariff.names[one] for one in made.tariff.period], names
        ),
        LOW,
    )
    found["forecast"] = (
        charts.forecast(
            language, [known.clock.at(n) for n in range(past, known.clock.steps)], known.load[past:].tolist(), times,
            (band.low.tolist(), band.middle.tolist(), band.high.tolist()),
        ),
        HIGH - 40,
    )  # fmt: skip
    return found


def rows(done: Done) -> list[dict[str, Any]]:
    """The schedule, a row for each hour: MW, and MWh held at the end of it."""
    made, plan = done.made, done.made.plan
    moved = sum(plan.moved.values(), made.problem.load * 0)
    columns = {
        "price": made.tariff.per_kwh, "load": made.problem.load, "low": made.band.low, "high": made.band.high, "pv": made.pv, "moved": moved,
        "charge": plan.charge, "discharge": plan.discharge, "energy": plan.energy, "bought": plan.grid,
    }  # fmt: skip
    return [
        {
            "hour": made.clock.at(n).isoformat(timespec="minutes"), "period": made.tariff.names[int(made.tariff.period[n])],
            **{name: round(float(values[n]), 6) for name, values in columns.items()},
        }
        for n in range(made.clock.steps)
    ]  # fmt: skip


def as_json(done: Done) -> dict[str, Any]:
    """Everything that the plan says, and what it rests on."""
    of, made = done.site.read.of, done.made
    return {
        "site": of.site, "from": done.start.isoformat(timespec="minutes"), "hours": made.clock.steps, "zone": made.clock.zone, "goal": done.goal,
        "tariff": {"id": done.site.read.tariff.id, "currency": done.site.read.tariff.currency, "demand_by": of.demand_by,
                   "assumed": [level.assumed for level in done.site.read.tariff.levels if level.assumed]},
        "feeder_mw": of.feeder, "held_mwh": round(done.held, 6), "battery": asdict(of.battery) | {"place": None} if of.battery else None,
        "forecast": of.forecast, "plan": _worth(done, made.plan), "without": _worth(done, made.plain),
        "factors": {"location": [use.id for use in done.location.factors], "market": [use.id for use in done.market.factors] if done.market else []},
        "promised_mw": {name: round(mw, 6) for name, mw in made.plan.promised.items()},
        "frontier": [_worth(done, one) for one in done.frontier],
        "findings": [str(one) for one in done.findings], "jobs": jobs_of(done), "schedule": rows(done),
    }  # fmt: skip


def _worth(done: Done, plan: Any) -> dict[str, Any]:
    market = emissions(plan, done.market)
    return {
        "cost": round(plan.cost, 2), "energy": round(plan.cost_energy, 2), "demand": round(plan.cost_demand, 2), "wear": round(plan.cost_wear, 2),
        "earned": round(plan.earned, 2), "tco2e": round(plan.carbon, 4), "tco2e_market": None if market is None else round(market, 4),
        "peak_mw": round(float(plan.grid.max()), 6), "bought_mwh": round(float(plan.grid.sum()) * done.made.clock.hours, 6),
        "lost_mwh": round(float((plan.charge - plan.discharge).sum()) * done.made.clock.hours - float(plan.energy[-1]) + done.held, 6),
    }  # fmt: skip


def _parquet(done: Done) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    found = rows(done)
    times = [done.made.clock.at(n) for n in range(done.made.clock.steps)]
    columns: dict[str, Any] = {"hour": pa.array(times, pa.timestamp("s", done.made.clock.zone))}
    columns |= {name: pa.array([row[name] for row in found]) for name in SCHEDULE if name != "hour"}
    into = io.BytesIO()
    pq.write_table(pa.table(columns), into, compression="zstd")
    return into.getvalue()


def _workbook(done: Done) -> bytes:
    """Three sheets in the company's prevailing language. Money and limits stand as they were planned."""
    import xlsxwriter

    language = done.site.folder.company.prevailing
    into = io.BytesIO()
    book = xlsxwriter.Workbook(into, {"in_memory": True})
    book.set_properties({"created": done.start.replace(tzinfo=None), "title": word(language, "plan")})
    head = book.add_format({"bold": True, "bottom": 1, "font_color": "#0b4f4a"})
    number, money, time = (book.add_format({"num_format": form}) for form in ("0.000", "#,##0.00", "yyyy-mm-dd hh:mm"))
    sheet = book.add_worksheet(word(language, "sheet_schedule"))
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 17)
    sheet.set_column(1, len(SCHEDULE), 13)
    for at, name in enumerate(SCHEDULE):
        unit = {"price": f" ({done.site.read.tariff.currency}/kWh)", "energy": " (MWh)", "hour": "", "period": ""}.get(
            name, " (MW)"
        )
        sheet.write(0, at, word(language, name) + unit, head)
    periods = {id: title[language] for id, title in done.site.read.tariff.periods.items()}
    for line, row in enumerate(rows(done), 1):
        sheet.write_datetime(line, 0, done.made.clock.at(line - 1).replace(tzinfo=None), time)
        for at, name in enumerate(SCHEDULE[1:], 1):
            if name == "period":
                sheet.write_string(line, at, periods[row[name]])
            else:
                sheet.write_number(line, at, row[name], number)
    _jobs_sheet(book, done, language, head)
    summary = book.add_worksheet(word(language, "sheet_summary"))
    summary.set_column(0, 2, 24)
    summary.write_row(0, 0, ["", word(language, "planned"), word(language, "against_plain")], head)
    ours, plain = _worth(done, done.made.plan), _worth(done, done.made.plain)
    for line, (key, value) in enumerate(ours.items(), 1):
        summary.write_string(line, 0, key)
        for at, one in ((1, value), (2, plain[key])):
            if one is not None:
                summary.write_number(line, at, one, money)
    book.close()
    return into.getvalue()


def _jobs_sheet(book: Any, done: Done, language: str, head: Any) -> None:
    moved = jobs_of(done)
    if not moved:
        return
    sheet = book.add_worksheet(word(language, "sheet_jobs"))
    sheet.set_column(0, 4, 14)
    sheet.set_column(5, 5, 60)
    sheet.write_row(0, 0, list(moved[0]), head)
    for line, row in enumerate(moved, 1):
        sheet.write_row(line, 0, ["; ".join(one) if isinstance(one, list) else one for one in row.values()])
