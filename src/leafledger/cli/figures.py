"""Commands that show figures: all of them, one with its receipt, and ours beside the printed ones."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from leafledger.cli.app import FOUND, HERE, Company, command, err, out, tell
from leafledger.cli.receipt import show


class Format(StrEnum):
    """How a table of figures is written."""

    csv = "csv"
    json = "json"
    parquet = "parquet"


class Tie(StrEnum):
    """How a tie-out is written."""

    text = "text"
    md = "md"
    csv = "csv"


@command("facts")
def facts(
    company: Company = HERE,
    years: Annotated[str, typer.Option(help="One year, or first:last.", show_default="every reporting year")] = "",
    format: Annotated[Format, typer.Option(help="Parquet needs --output and the extra `parquet`.")] = Format.csv,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file, instead of the screen.")] = None,
    listed: Annotated[
        bool, typer.Option("--list", help="List what can be recorded and what is computed instead.")
    ] = False,
) -> None:
    """Write every figure: metric, labels, period, value, unit, coverage, estimated share, consolidation approach, GWP sets, primary share and id.

    A hole has no value. A figure without gases in CO2e has no GWP set.
    """
    from leafledger.flow.calculate import calculate
    from leafledger.flow.places import reporting_years
    from leafledger.flow.read import read_folder
    from leafledger.flow.table import definitions, parse_years, written

    if listed:
        for line in definitions(read_folder(company).library):
            out.print(line)
        return
    calculated = calculate(company, reporting_years(company, parse_years(years)))
    content = written(calculated.facts, format.value)
    if output is None and format is Format.parquet:
        raise typer.BadParameter("Parquet is not for reading on a screen; give --output FILE")
    if output is None:
        typer.echo(content.decode(), nl=False)
    else:
        output.write_bytes(content)
    tell(calculated.findings)


@command("explain")
def explain(
    metric: Annotated[str, typer.Argument(help="For example ghg.scope1.")],
    period: Annotated[str, typer.Option(help="For example 2024.")],
    labels: Annotated[str, typer.Option(help="For example gender=male.")] = "",
    language: Annotated[str, typer.Option(help="zh-Hant, zh-Hans or en.")] = "en",
    company: Company = HERE,
) -> None:
    """Print the receipt of one figure: formula, steps, factors, entries and evidence."""
    from leafledger.flow.explain import explain as act

    show(act(company, metric, period, labels, language), language)


@command("tie-out")
def tie_out(
    company: Company = HERE,
    format: Annotated[Tie, typer.Option(help="How the table is written.")] = Tie.text,
) -> None:
    """Compare every printed figure of published.csv with ours. Status 1 if a difference has no recorded reason."""
    from leafledger.cli.tie import show as show_tied
    from leafledger.engine.tie_table import markdown
    from leafledger.flow.tie_out import table_csv
    from leafledger.flow.tie_out import tie_out as act

    done = act(company)
    match format:
        case Tie.text:
            show_tied(done.tied)
        case Tie.md:
            typer.echo(markdown(done.tied))
        case Tie.csv:
            typer.echo(table_csv(done.tied), nl=False)
    tell(done.findings)
    if any(finding.severity == "error" for finding in done.findings):
        err.print("What stands above as an error has no explanation: find the wrong entry, or record the reason.")
        raise typer.Exit(FOUND)
