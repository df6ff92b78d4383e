"""Commands that write the ledger: load, record, attach, approve, close."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from leafledger.cli.app import HERE, By, Company, WithHoles, command, counted, out, say


@command("load")
def load(
    company: Company = HERE,
    by: By = "",
    as_owners: Annotated[
        bool,
        typer.Option(
            "--as-owners", help="Each row is recorded by the owner of its series, who has answered for the file."
        ),
    ] = False,
) -> None:
    """Record every row of the company's entries/*.csv that the ledger does not have yet."""
    from leafledger.flow.keep import load as act

    of = act(company, by=by, at=datetime.now(UTC), as_owners=as_owners)
    out.print(f"{counted(len(of.done.new), 'entry', 'entries')} recorded, {len(of.done.known):,} known already.")
    _say_closed(of.closed)


@command("record")
def record(
    activity: Annotated[str, typer.Argument(help="What was measured, for example energy.electricity.")],
    value: Annotated[str, typer.Argument(help="The number as it stands on the bill, without separators.")],
    unit: Annotated[str, typer.Argument(help="Its unit, for example kWh.")],
    period: Annotated[str, typer.Option(help="2024, 2024-03, 2024-12-31 or 2024-01-05/2024-02-04.")],
    site: Annotated[str, typer.Option(help="A site of company.yaml.")],
    labels: Annotated[str, typer.Option(help="For example fuel=diesel, or gender=male;age=under_30.")] = "",
    id: Annotated[str, typer.Option(help="An id of your own.", show_default="made from what is said")] = "",
    kind: Annotated[str, typer.Option(help="reading, adjustment, assertion, nil or register.")] = "reading",
    bound: Annotated[str, typer.Option(help="exact, over, within or about.")] = "exact",
    method: Annotated[str, typer.Option(help="How it was estimated; marks it as an estimate.")] = "",
    source: Annotated[str, typer.Option(help="Where the number stands.")] = "",
    replaces: Annotated[str, typer.Option(help="The id of the entry that this one corrects.")] = "",
    evidence: Annotated[
        list[Path] | None, typer.Option(help="A file that shows it; may be given several times.")
    ] = None,
    company: Company = HERE,
    by: By = "",
) -> None:
    """Record one entry."""
    from leafledger.flow.keep import record as act

    row = {
        "id": id, "activity": activity, "site": site, "labels": labels, "period": period, "value": value, "unit": unit,
        "kind": kind, "bound": bound, "estimated": "yes" if method else "", "method": method, "source": source,
        "replaces": replaces,
    }  # fmt: skip
    done = act(company, row, tuple(evidence or ()), by=by, at=datetime.now(UTC))
    id = done.entry.id
    said = f"{id} is recorded already, and says the same" if done.known else f"Recorded {id}"
    next = "It is approved." if done.approved else f"It counts once somebody else has approved it: leaf approve {id}"
    if done.closed:
        years = " ".join(map(str, done.closed))
        next = f"It would move a closed year, so it counts only once that is restated: leaf restate {years} --reason …"
    say(f"{said}. {next}")


@command("attach")
def attach(
    entry: Annotated[str, typer.Argument(help="The id of the entry.")],
    file: Annotated[Path, typer.Argument(help="The bill, photo or statement.")],
    company: Company = HERE,
    by: By = "",
) -> None:
    """Attach a file of evidence to an entry."""
    from leafledger.flow.keep import attach as act

    kept = act(company, entry, file, by=by, at=datetime.now(UTC))
    out.print(f"Attached {kept.name} to {entry}: {kept.size:,} bytes, SHA-256 {kept.sha256}")


@command("approve")
def approve(
    entries: Annotated[list[str] | None, typer.Argument(help="Ids of entries.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every entry that waits, but those that you recorded yourself.")
    ] = False,
    company: Company = HERE,
    by: By = "",
) -> None:
    """Approve entries that others recorded, so that they count. Without ids: list what waits."""
    from leafledger.flow.keep import approve as act
    from leafledger.flow.waiting import line, waiting

    if not entries and not everything:
        found = waiting(company)
        for one in found:
            say(one.line)
            for more in one.more:
                say(f"    {more}")
        say("Approve by id, or all of these: leaf approve --all" if found else "Nothing waits for approval.")
        return
    of = act(company, None if everything else tuple(entries or ()), by=by, at=datetime.now(UTC))
    known = f", {len(of.done.known):,} approved already" if of.done.known else ""
    say(f"{counted(len(of.done.new), 'entry', 'entries')} approved by {of.by}{known}.")
    if of.left:
        verb = "waits" if len(of.left) == 1 else "wait"
        say(f"{counted(len(of.left), 'entry', 'entries')} {verb} for somebody else, as nobody approves their own:")
        for entry in of.left:
            say(line(entry))
    _say_closed(of.closed)


def _say_closed(waiting: Mapping[int, Sequence[str]]) -> None:
    """What was recorded for closed years counts only by another act."""
    for year, ids in waiting.items():
        verb = "waits" if len(ids) == 1 else "wait"
        say(
            f"{counted(len(ids), 'entry', 'entries')} {verb} for a restatement of {year}, which is closed: leaf restate {year} --reason …"
        )


@command("close")
def close(
    year: Annotated[int, typer.Argument(help="The reporting year.", min=1)],
    company: Company = HERE,
    by: By = "",
    with_holes: WithHoles = False,
) -> None:
    """Close a year: its figures stand as they are, whatever is recorded or defined later."""
    from leafledger.flow.keep import close as act

    of = act(company, year, by=by, at=datetime.now(UTC), with_holes=with_holes)
    say(f"{year} is closed: {of.counts}, {counted(of.warnings, 'warning')}.")
