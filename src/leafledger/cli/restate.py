"""Commands about figures that are not what they were: compare two releases, restate a closed year."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from leafledger.cli.app import HERE, By, Company, WithHoles, command, counted, err, out, say, tell

if TYPE_CHECKING:
    from leafledger.flow.restate import Proposal


@command("compare")
def compare(
    old: Annotated[str, typer.Argument(help="A .leaf file, or `now` for the company as it is.")],
    new: Annotated[str, typer.Argument(help="Another one, or `now`.")],
    company: Company = HERE,
    json: Annotated[bool, typer.Option("--json", help="All of it, exactly, as JSON.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="The figures that differ, exactly, as CSV.")] = False,
) -> None:
    """Every figure that differs between two releases, and how much of the difference each cause makes."""
    from leafledger.cli.changes import as_csv, as_json, show
    from leafledger.flow.compare import compare as act

    found = act(company, old, new)
    if json:
        typer.echo(as_json(found.comparison, found.old, found.new))
    elif csv:
        typer.echo(as_csv(found.comparison), nl=False)
    else:
        show(found.comparison, found.library, found.old, found.new)


@command("restate")
def restate(
    years: Annotated[list[int], typer.Argument(help="The closed year, or several that one correction moves.", min=1)],
    reason: Annotated[str, typer.Option(help="Why, in English.")] = "",
    reason_hant: Annotated[str, typer.Option("--reason-zh-Hant", help="Why, in Traditional Chinese.")] = "",
    reason_hans: Annotated[str, typer.Option("--reason-zh-Hans", help="Why, in Simplified Chinese.")] = "",
    reasons: Annotated[Path | None, typer.Option(help="A YAML file with zh-Hant, zh-Hans and en instead.")] = None,
    entry: Annotated[
        list[str] | None,
        typer.Option(
            help="An entry that is to count; may be given several times.", show_default="all that wait for it"
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Write it without asking.")] = False,
    company: Company = HERE,
    by: By = "",
    with_holes: WithHoles = False,
) -> None:
    """Set new figures beside those of a closed year: what waits for it counts, and what made the difference is kept with the reason."""
    from leafledger.flow.reasons import read_reasons
    from leafledger.flow.restate import proposed
    from leafledger.flow.restate import restate as act

    given = read_reasons(reasons) if reasons else {"zh-Hant": reason_hant, "zh-Hans": reason_hans, "en": reason}
    proposal = proposed(company, years, reason=given, by=by, entries=tuple(entry or ()), with_holes=with_holes)
    _show(proposal)
    if not yes and not typer.confirm("Write this restatement?"):
        err.print("Nothing was written.")
        raise typer.Exit(0)
    for row in act(proposal, at=datetime.now(UTC)):
        say(f"{row.year} is restated by {row.by} (restatement {row.number} of the year); the next release has it.")


def _show(of: "Proposal") -> None:
    from leafledger.cli.changes import show
    from leafledger.flow.waiting import line

    for one in of.years:
        out.print(f"[bold]{one.year}[/bold]  {of.reason['en']}")
        show(one.comparison, of.calculated.folder.library, "as closed", "restated")
    if of.approved:
        say(f"{counted(len(of.approved), 'entry', 'entries')} would be approved by {of.by}:")
        for entry in of.approved:
            say(f"  {line(entry)}" + (f"  replaces {entry.replaces}" if entry.replaces else ""))
    else:
        say("No entry would be approved: the definitions make the difference.")
    tell(of.verdict)
