"""What a period used and saved on a screen, as it was recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from leafledger.cli.app import counted, out, say
from leafledger.cli.columns import columns, head, heads, line

if TYPE_CHECKING:
    from leafledger.flow.plan_account import Accounted


def show_account(done: Accounted) -> None:
    head(f"Measured, {done.period}")
    columns([(Text(one.activity), Text(f"{one.value:,f}"), Text(one.unit, "dim")) for one in done.used], right=(1,))
    for ratio in done.ratios:
        line(Text(f"{ratio}"), 2)
    head(f"Saved against the counterfactual, {done.period}")
    rows = [heads("", "kWh", done.currency, "tCO2e by location", "by market", "method")]
    for one in done.savings:
        rows.append((Text(one.measure), Text(f"{one.kwh:+,.0f}"), Text(f"{one.money:+,.2f}"), Text(f"{one.location:+.3f}"),
                     Text("" if one.market is None else f"{one.market:+.3f}"), Text(f"IPMVP option {one.option}", "dim")))  # fmt: skip
    columns(rows, right=(1, 2, 3, 4))
    line(
        Text(
            "Above nothing is saved or avoided. A battery saves no electricity: what it loses is bought and emits.",
            "dim",
        ),
        2,
    )
    out.print()
    known = f", {len(done.known):,} known already" if done.known else ""
    recorded = counted(len(done.new), "entry", "entries")
    say(f"{recorded} recorded by {done.by}{known}; evidence: {', '.join(done.evidence)}.")
    if done.new:
        say("They count once somebody else has approved them: leaf approve")
