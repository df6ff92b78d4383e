"""Commands that make what leaves the house: the report, a release, and the proof of one."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from leafledger.cli.app import FOUND, HERE, By, Company, WithHoles, command, counted, err, out, say, tell

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
    if done.released:
        say(
            f"The year was released as {done.released}, and its pages stay as they are. What follows is a draft beside them:"
        )
    say(f"Written: {done.site / 'index.html'}")
    for path in done.pdfs:
        say(f"         {path}")
    if done.released:
        say("To see it: leaf serve --draft")


@command("release")
def release(
    year: Annotated[int, typer.Argument(help="The reporting year.", min=1)],
    company: Company = HERE,
    by: By = "",
    with_evidence: Annotated[bool, typer.Option(help="Put the files of evidence into the bundle too.")] = False,
    new_key: Annotated[
        bool, typer.Option("--new-key", help="The key of earlier releases is lost, and this one is another.")
    ] = False,
    with_holes: WithHoles = False,
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
            with_holes=with_holes,
            told=lambda what: progress.update(task, description=what),
        )
    if done.again:
        number = done.path.stem.rpartition("-")[2]
        say(f"{year} is already released as {number}; nothing changed, and no other release was made.")
        say(f"It is here: {done.path}")
    else:
        say(f"Released: {done.path}")
    say(f"Its pages: {done.site / 'index.html'}  (to read them: leaf serve)")
    say(f"It holds {done.counts}, {counted(done.warnings, 'warning')}, over all its years.")
    say(f"Digest           {done.digest}")
    say(f"Key fingerprint  {done.key_fingerprint}")
    if done.new_key:
        say(f"A signing key was made for it: {done.new_key}")
        say(
            "Keep a copy of this key where nothing is lost: who has it signs as the company, and without it nobody can."
        )
    say(f"Anybody can prove it: leaf verify {done.path}")


@command("verify")
def verify(
    bundles: Annotated[list[Path], typer.Argument(help="The .leaf file, or several.")],
    digest: Annotated[str, typer.Option(help="The digest as it is printed in the report you hold.")] = "",
    key: Annotated[str, typer.Option(help="The key fingerprint as it is printed in the report you hold.")] = "",
) -> None:
    """Recompute every figure of a bundle, without a database and without the company's folder. Status 1 if one thing is off."""
    from leafledger.flow.verify import verify as act

    if digest and len(bundles) > 1:
        raise typer.BadParameter("a digest is of one bundle; give the one that it is of", param_hint="--digest")
    off = False
    for bundle in bundles:
        with _progress() as progress:
            progress.add_task("Verifying", total=None)
            verified = act(bundle, expect_digest=digest or None, expect_key=key or None)
        if len(bundles) > 1:
            say(f"{bundle}:")
        tell(verified.findings)
        for line in verified.said:
            say(line)
        if verified.findings:
            err.print("The bundle does not hold.")
            off = True
    if off:
        raise typer.Exit(FOUND)


def _progress() -> Progress:
    return Progress(SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=err, transient=True)
