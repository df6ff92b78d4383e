"""The work queue in a terminal: what is open, what it spoils, and the one command that closes it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from leafledger.cli.app import HERE, By, Company, command, counted, out
from leafledger.cli.columns import columns, line
from leafledger.core.labels import format_labels
from leafledger.engine.propose import in_words

if TYPE_CHECKING:
    from leafledger.flow.holes import Open, Taken

FEW = 3


@command("holes")
def holes(
    company: Company = HERE,
    year: Annotated[int, typer.Option(help="One reporting year.", show_default="every year that is open")] = 0,
    take: Annotated[
        list[str] | None,
        typer.Option(
            help="The number of a proposal, such as 4821, or 4821b: write it down as the company's assumption. May be given again."
        ),
    ] = None,
    by: By = "",
) -> None:
    """List what keeps figures from being whole, each thing once, with what would close it. Status 0 with or without holes."""
    from leafledger.flow.holes import holes as look
    from leafledger.flow.holes import take as act

    years = [year] if year else None
    if take:
        for done in act(company, take, by=by, at=datetime.now(UTC), years=years):
            _taken(done)
        return
    found = look(company, years)
    for one in found:
        _show(one, f" --year {year}" if year else "")
    spoiled = {key for one in found for key in one.figures}
    out.print(
        f"{counted(len(found), 'thing')} {'is' if len(found) == 1 else 'are'} open, and "
        f"{counted(len(spoiled), 'figure')} {'waits' if len(spoiled) == 1 else 'wait'} for them."
        if found
        else "Nothing is open."
    )


def _taken(done: Taken) -> None:
    line(Text.assemble(("Written: ", "bold"), f"{done.path}"))
    for factor in done.factors:
        line(Text(f"{factor.id} = {factor.value} {factor.unit}"), 2)
        line(Text(factor.reasoning, "yellow"), 2)
    line(
        Text("It counts as estimated until a published factor takes its place; mend or delete the row as you see fit."),
        2,
    )
    line(Text(f"Figures that lacked it: {done.figures:,}. Whole now: {done.whole:,}."))


def _show(one: Open, more: str) -> None:
    number = one.number
    line(Text.assemble((f"{number}  ", "bold"), (_what(one), "bold")))
    line(Text(f"spoils {counted(len(one.figures), 'figure')}: {_few(one.figures)}", "dim"), 5)
    if one.lacking:
        rows = []
        for at, near in enumerate(one.near):
            letter = "abcdefghijkl"[at]
            factor = near.factor
            rows.append(
                (
                    Text(f"   {letter}", "cyan"),
                    Text(factor.id),
                    Text(f"{factor.value} {factor.unit}"),
                    Text(in_words(one.lacking[0], near), "dim"),
                )
            )
        columns(rows, right=(2,))
        step = f"leaf holes{more} --take {number}" + (f", or {number}b for the second" if len(one.near) > 1 else "")
        line(Text(f"→ {step}" if one.near else f"→ {one.finding.message}", "green" if one.near else "yellow"), 5)
    elif one.step:
        line(Text(f"→ {one.step}", "green"), 5)
    out.print()


def _what(one: Open) -> str:
    if not one.lacking:
        return one.finding.message
    of = one.lacking[0]
    which = f" on {of.gwp}" if of.gwp else ""
    return (
        f"no factor {of.name}{which} for {format_labels(of.labels) or 'any label'} in "
        f"{', '.join(each.region for each in one.lacking)}, valid in {of.period} ({', '.join(one.sites)})"
    )


def _few(keys: tuple[str, ...]) -> str:
    return ", ".join(keys[:FEW]) + (f" and {len(keys) - FEW} more" if len(keys) > FEW else "")
