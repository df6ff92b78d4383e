"""The command that reads anybody's report and lists what does not add up. It needs no company and no database."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from leafledger.cli.app import FOUND, command, err, out

if TYPE_CHECKING:
    from leafledger.audit.report import Audited


class Shape(StrEnum):
    """How findings are written."""

    text = "text"
    json = "json"
    csv = "csv"
    sarif = "sarif"
    xlsx = "xlsx"
    html = "html"


class Tongue(StrEnum):
    """The language of the findings, whatever the report's is."""

    en = "en"
    zh_hant = "zh-Hant"
    zh_hans = "zh-Hans"


BINARY = (Shape.xlsx,)


@command("audit")
def audit(
    file: Annotated[Path, typer.Argument(help="The report: a PDF, HTML, XLSX or text file.")],
    prior: Annotated[Path | None, typer.Option(help="The issuer's report of the year before.")] = None,
    format: Annotated[Shape, typer.Option(help="xlsx needs --output.")] = Shape.text,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file, instead of the screen.")] = None,
    language: Annotated[Tongue, typer.Option(help="The language of the findings.")] = Tongue.en,
) -> None:
    """Read a published report and list what contradicts itself. Status 0: nothing found; 1: findings; 2: it cannot be read."""
    from leafledger.audit.report import audit as act

    if format in BINARY and output is None:
        raise typer.BadParameter(f"{format.value} is not for reading on a screen; give --output FILE")
    with Progress(
        SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=err, transient=True
    ) as progress:
        task = progress.add_task("Reading", total=None)
        audited = act(file, prior, told=lambda what: progress.update(task, description=what))
        content = _content(audited, file, format, language.value)
    if content is None:
        _show(audited, language.value, output)
    elif output is None:
        typer.echo(content.decode(), nl=False)
    else:
        output.write_bytes(content)
    if format is not Shape.text or output is not None:
        _counted(audited, output)
    if audited.verdicts:
        raise typer.Exit(FOUND)


def _content(audited: "Audited", file: Path, format: Shape, language: str) -> bytes | None:
    """What goes into a file or a pipe; None for text, which the screen lays out."""
    from leafledger.audit.output.data import as_csv, as_json, as_sarif
    from leafledger.audit.output.html import as_html
    from leafledger.audit.output.xlsx import as_xlsx

    if format is Shape.html:
        return as_html(audited, language, file)
    writers = {Shape.json: as_json, Shape.csv: as_csv, Shape.sarif: as_sarif, Shape.xlsx: as_xlsx}
    return writers[format](audited, language) if format in writers else None


def _show(audited: "Audited", language: str, output: Path | None) -> None:
    from rich.console import Console

    from leafledger.audit.output.text import as_text
    from leafledger.cli.app import NARROW

    if output is None:
        out.print(as_text(audited, language))
        return
    with output.open("w", encoding="utf-8") as file:
        Console(file=file, width=NARROW, highlight=False).print(as_text(audited, language))


def _counted(audited: "Audited", output: Path | None) -> None:
    """One line beside a file: how many of each, and what was not read."""
    from leafledger.audit.output.plain import counts

    found = ", ".join(f"{number} {certainty}" for certainty, number in counts(audited).items())
    err.print(f"{audited.document.name}: {found}." + (f" Written: {output}" if output else ""), soft_wrap=True)
    for warning in audited.warnings:
        err.print(warning, style="yellow", soft_wrap=True)
