"""Commands for bulk sources: what lies there, its approval, the series it is of, and the rows behind a figure."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from leafledger.cli.app import HERE, By, Company, command, counted, err, say, tell

if TYPE_CHECKING:
    from leafledger.flow.sources import State


@command("sources")
def sources(
    act: Annotated[str, typer.Argument(help="Nothing, to list; `approve`; or `series`, for series.csv.")] = "",
    ids: Annotated[list[str] | None, typer.Argument(help="Ids of sources.")] = None,
    company: Company = HERE,
    by: By = "",
) -> None:
    """Sum what lies at the company's bulk sources and has not been read yet, and say what it is; or approve it as it is."""
    from leafledger.flow import sources as flow

    if act == "approve":
        for id in ids or ():
            done = flow.approve(company, id, by=by, at=datetime.now(UTC))
            assert done.approval is not None
            say(f"{id} counts as it lies now: {counted(done.cube.rows, 'row')}, approved by {done.approval.by}.")
            tell(done.findings)
        if ids:
            return
    if act not in ("", "series", "approve"):
        raise typer.BadParameter(f"{act!r} is none of approve and series")
    if act == "approve":
        raise typer.BadParameter("say which sources: leaf sources approve ID")
    for state in flow.states(company):
        if ids and state.source.id not in ids:
            continue
        if act == "series":
            for line in state.missing:
                say(line)
            continue
        _show(state)


@command("rows")
def rows(
    figure: Annotated[str, typer.Argument(help="For example energy.electricity@2024-03 or ghg.scope2@2024.")],
    site: Annotated[str, typer.Option(help="A site of company.yaml.", show_default="all")] = "",
    limit: Annotated[int, typer.Option(help="How many rows.", min=1, max=100_000)] = 20,
    company: Company = HERE,
) -> None:
    """List the rows of bulk sources behind a figure, each with its unit turned and the factors that serve it."""
    from leafledger.flow.rows import rows as act

    found = act(company, figure, site=site, limit=limit)
    for one in found:
        where = " · ".join(filter(None, (one.source, str(one.day), one.series)))
        say(f"{where}: {one.quantity} {one.unit} = {one.amount} {one.into}")
        for step in one.factors:
            say(f"    × {step}")
        say(f"    {one.line}")
    if not found:
        say("No row of a bulk source stands behind this figure.")


@command("totals")
def totals(
    source: Annotated[str, typer.Argument(help="The id of a source.")],
    company: Company = HERE,
) -> None:
    """Write the figures that one approved source gives by itself, straight from its cells, however many there are, as CSV."""
    from leafledger.flow.table import written
    from leafledger.flow.totals import made

    done = made(company, source)
    typer.echo(written({fact.key: fact for fact in done.facts}, "csv").decode(), nl=False)
    tell(finding for fact in done.facts for finding in fact.findings)
    tell(done.findings)
    if done.others:
        err.print(f"Not linear in a quantity, so left to leaf facts: {', '.join(done.others)}", soft_wrap=True)


def _show(state: "State") -> None:
    cube = state.cube
    lies = counted(len(cube.files), "file") if cube.files else f"the table {state.source.table}"
    cells = counted(sum(segment.cells for segment in cube.segments), "cell")
    if state.approval:
        stands = f"approved by {state.approval.by} on {state.approval.at.date()}"
    else:
        stands = f"waits: leaf sources approve {state.source.id}"
    say(f"{state.source.id}: {lies}, {counted(cube.rows, 'row')} in {cells}; {stands}.")
    say(f"    content {state.content}")
    if state.missing:
        say(
            f"    {counted(len(state.missing), 'series', 'series')} of its rows stand in no line of series.csv, so that their figures "
            f"are holes; leaf sources series {state.source.id} prints the lines."
        )
    tell(state.findings)
