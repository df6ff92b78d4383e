"""The command that says what would move if factors were others."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from leafledger.cli.app import HERE, Company, command, counted
from leafledger.cli.columns import columns, head, line
from leafledger.core.quantity import plain, rounded

if TYPE_CHECKING:
    from leafledger.core.fact import Fact, FactorUse
    from leafledger.engine.what_if import Move
    from leafledger.flow.what_if import WhatIf

COLUMNS = ("figure", "unit", "now", "would_be", "change", "percent", "through", "stands")


@command("what-if")
def what_if(
    company: Company = HERE,
    factors: Annotated[
        Path | None, typer.Option(help="A file or folder of factors, on top of those there are.", show_default=False)
    ] = None,
    gwp: Annotated[str, typer.Option(help="SAR, AR4, AR5 or AR6.")] = "",
    approach: Annotated[str, typer.Option(help="operational_control, financial_control or equity_share.")] = "",
    factors_as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="As if factors were known until this day.", show_default=False),
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="As a table for other programs.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The same, as JSON.")] = False,
) -> None:
    """Say which figures would move with other factors, by how much and through which; written nowhere, and what is released stays."""
    from leafledger.flow.what_if import what_if as suppose

    day = factors_as_of.date() if factors_as_of else None
    found = suppose(company, factors, gwp=gwp, approach=approach, factors_as_of=day)
    if as_json:
        typer.echo(json.dumps(list(_rows(found)), ensure_ascii=False, indent=1))
    elif as_csv:
        typer.echo(_table(found), nl=False)
    else:
        _show(found)


def _show(found: WhatIf) -> None:
    _moves(found.moved)
    if found.standing:
        head("Closed or released: these stand as they are, and would otherwise be")
        _moves(found.standing)
    if not (found.moved or found.standing):
        line(Text("Nothing would move."))
        return
    stay = f"; {counted(len(found.standing), 'figure')} of closed years stay" if found.standing else ""
    line(Text(f"{counted(len(found.moved), 'figure')} would move{stay}. Nothing was written.", "bold"))


def _moves(moved: tuple[Move, ...]) -> None:
    rows: list[tuple[Text, ...]] = []
    for one in moved:
        now, then = _value(one.before), _value(one.after)
        change = Text(_signed(one.change), "bold") if one.change is not None else Text("")
        rows.append(
            (
                Text(one.before.key),
                Text(now),
                Text("→"),
                Text(then),
                Text(one.before.unit, "dim"),
                change,
                Text(_percent(one)),
            )
        )
        for through in one.through:
            named = Text(f"  {through.what}", "dim")
            amount = Text("" if through.amount is None else _signed(through.amount), "dim")
            uses = dict.fromkeys(f"{_use(was)} → {_use(would)}" for was, would in through.uses)
            rows.append((named, Text(""), Text(""), Text(""), Text(""), amount, Text("; ".join(uses), "dim")))
    columns(rows, right=(1, 3, 5))


def _value(fact: Fact) -> str:
    return "no figure" if fact.value is None else f"{_short(fact.value)}"


def _short(value: Any) -> str:
    return f"{rounded(value, 3 if abs(value) < 100 else 1):,f}"


def _signed(value: Any) -> str:
    return f"{rounded(value, 3 if abs(value) < 100 else 1):+,f}"


def _percent(one: Move) -> str:
    if one.change is None or not one.before.value:
        return ""
    return f"{float(100 * one.change / abs(one.before.value)):+.2f} %"


def _use(use: FactorUse | None) -> str:
    return "none" if use is None else f"{use.id} ({plain(use.value)} {use.unit})"


def _rows(found: WhatIf) -> list[dict[str, Any]]:
    """Each figure with everything that is said of it; exact."""
    return [
        {
            "figure": one.before.key,
            "unit": one.before.unit,
            "now": None if one.before.value is None else plain(one.before.value),
            "would_be": None if one.after.value is None else plain(one.after.value),
            "change": None if one.change is None else plain(one.change),
            "percent": _percent(one).removesuffix(" %"),
            "through": [
                {
                    "what": through.what,
                    "amount": None if through.amount is None else plain(through.amount),
                    "factors": [[was and was.id, would and would.id] for was, would in through.uses],
                }
                for through in one.through
            ],
            "stands": stands,
        }
        for moved, stands in ((found.moved, False), (found.standing, True))
        for one in moved
    ]


def _table(found: WhatIf) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in _rows(found):
        through = "; ".join(f"{one['what']} {one['amount'] or ''}".strip() for one in row["through"])
        writer.writerow({**row, "through": through, "stands": "yes" if row["stands"] else ""})
    return text.getvalue()
