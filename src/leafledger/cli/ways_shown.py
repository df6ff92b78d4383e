"""Ways to run a data center on a screen, side by side: what each would have cost, emitted, and made people wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from leafledger.cli.app import counted, out
from leafledger.cli.columns import columns, head, heads, line

if TYPE_CHECKING:
    from leafledger.datacenter.backtest import Strategy
    from leafledger.flow.plan_backtest import Looked


def show_back(looked: Looked) -> None:
    made, currency = looked.made, looked.site.read.tariff.currency
    clock = made.problem.clock
    out.print()
    line(
        Text.assemble(
            (looked.site.title["en"], "bold"),
            f"   {clock.at(0):%a %d %b %Y %H:%M} – {clock.at(clock.steps):%a %d %b %H:%M}, {clock.steps} hours",
        )
    )
    first = made.strategies[0]
    jobs = f"{first.waits.jobs:,} jobs, {first.gpu_hours:,.0f} GPU-hours" if first.waits else "no job log"
    line(Text(f"Each way does the same work ({jobs}) and ends with {first.ends_with:.3f} MWh in the battery.", "dim"))
    head(f"Cost, {currency}")
    names = list(dict.fromkeys(one.what for of in made.strategies for one in of.lines))
    titles = {id: title["en"] for id, title in looked.site.read.tariff.periods.items()} | {
        "maximum_demand": "Demand",
        "capacity": "Capacity",
    }
    rows = [heads("", *[titles.get(name, name) for name in names], "Wear", "In all", "Saved", "", "of foresight")]
    for of in made.strategies:
        amounts = [sum(one.amount for one in of.lines if one.what == name) for name in names]
        saved = made.saved(of)
        rows.append((
            Text(WAYS[of.name], "bold" if of.name == "full" else ""), *[Text(f"{amount:,.0f}") for amount in amounts], Text(f"{of.wear:,.0f}"),
            Text(f"{of.cost:,.0f}", "bold"), Text(f"{saved:+,.0f}" if of is not first else ""),
            Text(f"{saved / first.cost:.1%}" if of is not first else "", "dim"), Text(_share(of)),
        ))  # fmt: skip
    columns(rows, right=range(1, len(names) + 6))
    head("What else")
    rows = [
        heads(
            "",
            "peak MW",
            "cycles",
            "lost MWh",
            "tCO2e",
            "change",
            "by market",
            "wait h: mean",
            "95 %",
            "most",
            "deadlines missed",
            "seconds",
        )
    ]
    for of in made.strategies:
        rows.append(tuple(Text(one) for one in (WAYS[of.name], *_physical(looked, of))))
    columns(rows, right=range(1, 12))
    series = looked.site.read.of.carbon.series
    if not series and any(of.location > first.location for of in made.strategies):
        line(
            Text(
                "Emissions rise by what the battery loses: one factor holds for all hours, so that moving power avoids none.",
                "yellow",
            ),
            2,
        )
    missed = max((of.waits.missed for of in made.strategies if of.waits and of.name == "full"), default=0)
    if missed:
        template = "{jobs} deferred as they came ended after their deadline: GPUs were lacking when nobody could have known it."
        line(Text(template.format(jobs=counted(missed, "job")), "yellow"), 2)
    head("The ways")
    columns([(Text(WAYS[of.name]), Text(TOLD[of.name], "dim")) for of in made.strategies])


WAYS = {
    "fifo": "no battery",
    "rule": "fixed rule",
    "mpc": "rolling plan",
    "foresight": "  foresight",
    "full": "jobs and rolling plan",
    "known": "  foresight",
}
TOLD = {
    "fifo": "jobs in the order in which they come, the battery stands still",
    "rule": "the same jobs; fill in the valley, spread over the day's peak hours, never charge above the month's peak so far",
    "mpc": "the same jobs; 48 hours planned anew each hour from a forecast, the first hour done",
    "foresight": "the same jobs; the battery planned with every hour known: the most that it can save",
    "full": "jobs that may wait are deferred as they come, by guessed durations; the battery by the rolling plan",
    "known": "jobs and battery planned with every job and hour known, one after the other",
}


def _share(of: Strategy) -> str:
    return "" if of.share is None or of.name == "fifo" else f"{of.share:.1%}"


def _physical(looked: Looked, of: Strategy) -> list[str]:
    made = looked.made
    battery, hours = made.problem.battery, made.problem.clock.hours
    cycles = float(of.plan.discharge.sum()) * hours / battery.discharge / battery.energy if battery.energy else 0.0
    first = made.strategies[0]
    waits = (
        [f"{of.waits.mean:.2f}", f"{of.waits.p95:.1f}", f"{of.waits.most:.1f}", f"{of.waits.missed:,}"]
        if of.waits
        else ["", "", "", ""]
    )
    lost = of.losses(made.problem.start, hours) if battery.energy and of is not first else 0.0
    change = f"{of.location - first.location:+.2f}" if of is not first else ""
    return [f"{of.peak:.3f}", f"{cycles:.2f}", f"{lost:.2f}", f"{of.location:,.2f}", change,
            "" if of.market is None else f"{of.market:,.2f}", *waits, f"{of.seconds:.2f}"]  # fmt: skip
