"""Commands that make what leaves the house: the report, a release, and the proof of one."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from leafledger.cli.app import FOUND, HERE, By, Company, command, counted, err, out, tell

Year = Annotated[int, typer.Option(help="The reporting year.", show_default="the latest of company.yaml")]

FEW = 5


@command("report")
def report(company: Company = HERE, year: Year = 0) -> None:
    """Compute, compose and write the report: HTML and PDF in every language of the company."""
    from leafledger.flow.publish import publish

    with _progress() as progress:
        task = progress.add_task("Computing", total=None)
        done = publish(company, year, at=datetime.now(UTC), told=lambda what: progress.update(task, description=what))
    warnings = [finding for finding in done.findings if finding.severity == "warning"]
    tell(warnings[:FEW])  # those of figures come first
    if len(warnings) > FEW:
        err.print(f"{counted(len(warnings) - FEW, 'more warning')}; `leaf check` lists them all.")
    out.print(f"{done.counts}; {counted(done.open, 'record')} waiting for approval.")
    out.print(f"Written: [bold]{done.site / 'index.html'}[/bold]", soft_wrap=True)
    for path in done.pdfs:
        out.print(f"         {path}", soft_wrap=True)


@command("release")
def release(
    year: Annotated[int, typer.Argument(help="The reporting year.", min=1)],
    company: Company = HERE,
    by: By = "",
    with_evidence: Annotated[bool, typer.Option(help="Put the files of evidence into the bundle too.")] = False,
    new_key: Annotated[
        bool, typer.Option("--new-key", help="The key of earlier releases is lost, and this one is another.")
    ] = False,
) -> None:
    """Freeze a year's figures with all they stand on into one signed bundle, and close the year."""
    from leafledger.flow.release import release as act

    with _progress() as progress:
        task = progress.add_task("Releasing", total=None)
        done = act(
            company,
            year,
            by=by,
            at=datetime.now(UTC),
            with_evidence=with_evidence,
            new_key=new_key,
            told=lambda what: progress.update(task, description=what),
        )
    out.print(f"Released: [bold]{done.path}[/bold]", soft_wrap=True)
    out.print(f"Its pages: {done.site / 'index.html'}", soft_wrap=True)
    out.print(f"Digest           {done.digest}", soft_wrap=True)
    out.print(f"Key fingerprint  {done.key_fingerprint}", soft_wrap=True)
    out.print(f"Anybody can prove it: leaf verify {done.path}", soft_wrap=True)


@command("verify")
def verify(
    bundle: Annotated[Path, typer.Argument(help="The .leaf file.")],
    digest: Annotated[str, typer.Option(help="The digest as it is printed in the report you hold.")] = "",
    key: Annotated[str, typer.Option(help="The key fingerprint as it is printed in the report you hold.")] = "",
) -> None:
    """Recompute every figure of a bundle, without a database and without the company's folder. Status 1 if one thing is off."""
    from leafledger.flow.verify import verify as act

    with _progress() as progress:
        progress.add_task("Verifying", total=None)
        verified = act(bundle, expect_digest=digest or None, expect_key=key or None)
    if verified.findings:
        tell(verified.findings)
        err.print("The bundle does not hold.")
        raise typer.Exit(FOUND)
    for line in verified.said:
        out.print(line, soft_wrap=True)


def _progress() -> Progress:
    return Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=err, transient=True)
