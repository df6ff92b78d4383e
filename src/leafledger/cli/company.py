"""Commands about a company as a whole: begin one, check it, vouch for its translations, see it in a browser."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from leafledger.cli.app import FOUND, HERE, Company, command, counted, err, out, tell


@command("init")
def init(
    folder: Annotated[Path, typer.Argument(help="The folder to make. It must not exist, or be empty.")],
    name: Annotated[str, typer.Option(help="The company's name; it can be changed in company.yaml.")] = "",
    year: Annotated[int, typer.Option(help="The first reporting year.", show_default="last year")] = 0,
    standard: Annotated[
        list[str] | None,
        typer.Option(
            help="A standard to report by, such as ifrs-s2; may be given several times.", show_default="GRI, HKEX, SDG"
        ),
    ] = None,
) -> None:
    """Make a new, empty company folder that `leaf report` accepts."""
    from leafledger.flow.init import init as begin

    name, year = name or folder.resolve().name, year or datetime.now(UTC).year - 1
    for path in begin(folder, name=name, year=year, standards=standard or ()):
        out.print(f"  {folder / path}")
    out.print(f"\nNext: read {folder / 'README.md'}, then")
    out.print(f"  leaf report --company {folder}")


@command("check")
def check(company: Company = HERE) -> None:
    """Check definitions, records, texts and disclosures, and list what is missing. Status 1 if something is wrong."""
    from leafledger.flow.check import check as look

    looked = look(company)
    tell(looked.findings)
    counts = {
        severity: sum(f.severity == severity for f in looked.findings) for severity in ("error", "warning", "note")
    }
    out.print(
        f"{looked.counts}; {counted(looked.open, 'record')} waiting for approval; "
        f"{counted(counts['error'], 'error')}, {counted(counts['warning'], 'warning')}"
    )
    if counts["error"]:
        raise typer.Exit(FOUND)


@command("translated")
def translated(
    sections: Annotated[
        list[str] | None, typer.Argument(help="Sections by id, such as people.safety.", show_default="all of them")
    ] = None,
    company: Company = HERE,
) -> None:
    """Say that translations were read against their source as it stands now: `leaf check` warns of those that were not."""
    from leafledger.flow.translated import translated as act

    changed = act(company, tuple(sections or ()))
    for path in changed:
        out.print(f"  {path}")
    out.print(f"{counted(len(changed), 'translation')} stamped.")


@command("serve")
def serve(
    company: Company = HERE,
    address: Annotated[str, typer.Option(help="Where to listen: host and port.")] = "127.0.0.1:8000",
    year: Annotated[int, typer.Option(help="The year whose report is served.", show_default="the latest")] = 0,
    draft: Annotated[bool, typer.Option("--draft", help="What was written after the release of the year.")] = False,
) -> None:
    """Serve the report: as it was released, or, before that, as `leaf report` wrote it; until interrupted."""
    from leafledger.flow.places import served
    from leafledger.web.serve import listen

    of = served(company, year, draft=draft)
    with listen(of.site, address, of.plans) as server:
        if of.report:
            out.print(
                f"Open [bold]http://{address}[/bold] to read the report; every number opens its receipt. Ctrl-C ends."
            )
        for name in of.planned:
            out.print(f"Open [bold]http://{address}/plan/{name}/[/bold] for the data center {name}.")
        server.serve()
    err.print("Ended.")
