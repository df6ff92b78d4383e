"""A plan on a screen: what it is worth, what it changes, what to do in which hours, and what is assumed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from leafledger.cli.app import counted, out, say
from leafledger.cli.columns import columns, head, heads, line

if TYPE_CHECKING:
    from leafledger.flow.plan import Done


def show(done: Done, written: Path) -> None:
    made, currency = done.made, done.site.read.tariff.currency
    plan, plain = made.plan, made.plain
    of = done.site.read.of
    last = made.clock.at(made.clock.steps)
    out.print()
    line(
        Text.assemble(
            (done.site.title["en"], "bold"),
            f"   {done.start:%a %d %b %Y %H:%M} – {last:%a %d %b %H:%M}   for least {done.goal}",
        )
    )
    head(f"What it is worth, {currency}")
    rows = [
        _worth("Energy", plain.cost_energy, plan.cost_energy),
        _worth("Demand, its part of the month", plain.cost_demand, plan.cost_demand),
        _worth("Wear of the battery", plain.cost_wear, plan.cost_wear),
        _worth("Paid for demand response", -plain.earned, -plan.earned),
    ]
    rows = [row for row in rows if row is not None]
    rows.append(_worth("In all", plain.cost, plan.cost, always=True))
    columns([heads("", "without", "planned", "saved"), *[row for row in rows if row is not None]], right=(1, 2, 3))
    head("What else")
    columns(_physics(done), right=(1, 2, 3))
    _emissions(done)
    head("What to do")
    columns(list(_actions(done)))
    moved = made.jobs
    if made.queue is not None:
        waiting = int((~made.queue.running).sum())
        said = f"{counted(int(made.queue.running.sum()), 'job')} running and {waiting:,} waiting at the start"
        count = len(set(moved.pieces.job.tolist())) if moved else 0
        line(
            Text(
                f"{said}; {counted(count, 'job')} moved, none past its deadline."
                if count
                else f"{said}; none would gain by being moved."
            ),
            2,
        )
    if done.frontier:
        head("From the cheapest to the one that emits least")
        first = done.frontier[0]
        columns([heads("", currency, "tCO2e", "peak MW"), *[
            (Text(f"{n}"), Text(f"{one.cost:,.0f}"), Text(f"{one.carbon:,.3f}"), Text(f"{one.grid.max():.3f}"))
            for n, one in enumerate(done.frontier, 1)
        ]], right=(1, 2, 3))  # fmt: skip
        if abs(done.frontier[-1].carbon - first.carbon) < 1e-3 * max(first.carbon, 1e-9) and not of.carbon.series:
            line(Text("One factor for all hours: moving power changes emissions by its losses alone.", "dim"), 2)
    _assumed(done)
    out.print()
    say(f"Written: {written / 'schedule.xlsx'}  (also schedule.parquet, plan.json, and pictures in three languages)")


def _worth(name: str, without: float, planned: float, *, always: bool = False) -> tuple[Text, ...] | None:
    if not always and abs(without) < 0.005 and abs(planned) < 0.005:
        return None
    saved = without - planned
    style = "bold green" if saved > 0 and always else "bold" if always else ""
    share = f"  {saved / without:.1%}" if always and without else ""
    return (
        Text(name, "bold" if always else ""),
        Text(f"{without:,.0f}"),
        Text(f"{planned:,.0f}"),
        Text(f"{saved:+,.0f}{share}", style),
    )


def _physics(done: Done) -> list[tuple[Text, ...]]:
    plan, plain, hours = done.made.plan, done.made.plain, done.made.clock.hours
    battery = done.site.read.of.battery
    band = done.made.band
    floor = max(done.made.problem.floor.values(), default=0.0)
    lost = float((plan.charge - plan.discharge).sum()) * hours - float(plan.energy[-1]) + done.held
    rows = [
        heads("", "without", "planned", ""),
        (Text("Bought, MWh"), Text(f"{plain.grid.sum() * hours:,.2f}"), Text(f"{plan.grid.sum() * hours:,.2f}"), Text("")),
        (Text("Highest hour, MW"), Text(f"{plain.grid.max():.3f}"), Text(f"{plan.grid.max():.3f}"),
         Text(f"the month had reached {floor:.3f}", "dim")),
        (Text("Load forecast, MW"), Text(""), Text(f"{band.middle.mean():.3f}"),
         Text(f"eight hours in ten between {band.low.mean():.3f} and {band.high.mean():.3f}", "dim")),
    ]  # fmt: skip
    if battery is not None:
        cycles = float(plan.discharge.sum()) * hours / battery.discharge / battery.energy
        rows.append(
            (
                Text("Battery"),
                Text(""),
                Text(f"{cycles:.2f}"),
                Text(f"cycles; {lost:.3f} MWh lost; holds {done.held:.2f} MWh at both ends", "dim"),
            )
        )
    return rows


def _emissions(done: Done) -> None:
    from leafledger.flow.plan import emissions

    plan, plain = done.made.plan, done.made.plain
    change = plan.carbon - plain.carbon
    ours, plains = emissions(plan, done.market), emissions(plain, done.market)
    market = (
        "by market: no factor serves"
        if ours is None or plains is None
        else f"by market (residual mix) {ours - plains:+.3f}"
    )
    why = (
        ""
        if change <= 0 or done.site.read.of.carbon.series
        else ": what the battery loses is bought too, and one factor holds for all hours"
    )
    line(
        Text.assemble(
            "Emissions by location ",
            (f"{change:+.3f} tCO2e", "bold" if change <= 0 else "bold yellow"),
            f", {market}{why}.",
        ),
        2,
    )


def _actions(done: Done) -> list[tuple[Text, ...]]:
    """The hours in which something is done, those that are alike and follow each other together."""
    plan, clock = done.made.plan, done.made.clock
    tariff = done.made.tariff
    names = {id: title["en"].lower() for id, title in done.site.read.tariff.periods.items()}
    found: list[tuple[str, int, int]] = []
    moved = sum(plan.moved.values(), plan.grid * 0)
    for step in range(clock.steps):
        what = (
            "charge"
            if plan.charge[step] > 0.005
            else "discharge"
            if plan.discharge[step] > 0.005
            else "run"
            if moved[step] > 0.005
            else ""
        )
        if found and found[-1][0] == what:
            found[-1] = (what, found[-1][1], step + 1)
        else:
            found.append((what, step, step + 1))
    rows: list[tuple[Text, ...]] = []
    for what, first, last in found:
        if not what:
            continue
        values = {"charge": plan.charge, "discharge": plan.discharge, "run": moved}[what][first:last]
        also = float(moved[first:last].sum()) * clock.hours if what != "run" else 0.0
        when = f"{clock.at(first):%a %H:%M} – {clock.at(last):%H:%M}"
        periods = ", ".join(dict.fromkeys(names[tariff.names[int(one)]] for one in tariff.period[first:last]))
        style = {"charge": "cyan", "discharge": "green", "run": ""}[what]
        name = {"charge": "charge", "discharge": "discharge", "run": "run flexible work"}[what]
        amount = f"{values.sum() * clock.hours:.2f} MWh, at most {values.max():.2f} MW"
        ends = f"holds {plan.energy[last - 1]:.2f} after" if what != "run" else ""
        with_work = f"flexible work {also:.2f} MWh" if also > 0.005 else ""
        rows.append(
            (
                Text(when),
                Text(name, style),
                Text(amount),
                Text("; ".join(one for one in (periods, ends, with_work) if one), "dim"),
            )
        )
    return rows or [(Text("Nothing: no hour is worth it."),)]


def _assumed(done: Done) -> None:
    for level in done.site.read.tariff.levels:
        if level.assumed:
            head("Assumed")
            line(
                Text(
                    f"The price level of {done.site.read.tariff.id} since {level.since} was not read in a source: {level.assumed}",
                    "yellow",
                ),
                2,
            )
