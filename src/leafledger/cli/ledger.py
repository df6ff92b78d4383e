"""Commands that write the ledger: load, record, attach, approve, close."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from leafledger.cli.app import HERE, By, Company, command, counted, out


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

    done = act(company, by=by, at=datetime.now(UTC), as_owners=as_owners)
    out.print(f"{counted(len(done.new), 'entry', 'entries')} recorded, {len(done.known):,} known already.")


@command("record")
def record(
    activity: Annotated[str, typer.Argument(help="What was measured, for example energy.electricity.")],
    value: Annotated[str, typer.Argument(help="The number as it stands on the bill, without separators.")],
    unit: Annotated[str, typer.Argument(help="Its unit, for example kWh.")],
    period: Annotated[str, typer.Option(help="2024, 2024-03, 2024-12-31 or 2024-01-05/2024-02-04.")],
    site: Annotated[str, typer.Option(help="A site of company.yaml.")],
    labels: Annotated[str, typer.Option(help="For example fuel=diesel, or gender=male;age=under_30.")] = "",
    id: Annotated[str, typer.Option(help="An id of your own.", show_default="made from what is said")] = "",
    kind: Annotated[str, typer.Option(help="reading, adjustment, assertion or nil.")] = "reading",
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
    entry = act(company, row, tuple(evidence or ()), by=by, at=datetime.now(UTC))
    out.print(f"Recorded {entry.id}. It counts once somebody else has approved it: leaf approve {entry.id}")


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
    everything: Annotated[bool, typer.Option("--all", help="Every entry that waits.")] = False,
    company: Company = HERE,
    by: By = "",
) -> None:
    """Approve entries that others recorded, so that they count. Without ids: list what waits."""
    from leafledger.flow.keep import approve as act
    from leafledger.flow.keep import waiting

    if not entries and not everything:
        for entry in waiting(company):
            out.print(
                f"{entry.id}  {entry.activity} {entry.site} {entry.period}  {entry.value} {entry.unit}  by {entry.recorded_by}"
            )
        out.print("Approve by id, or all of these: leaf approve --all")
        return
    done = act(company, None if everything else tuple(entries or ()), by=by, at=datetime.now(UTC))
    out.print(f"{counted(len(done.new), 'entry', 'entries')} approved.")


@command("close")
def close(
    year: Annotated[int, typer.Argument(help="The reporting year.", min=1)],
    company: Company = HERE,
    by: By = "",
) -> None:
    """Close a year: its figures stand as they are, whatever is recorded or defined later."""
    from leafledger.flow.keep import close as act

    of = act(company, year, by=by, at=datetime.now(UTC))
    out.print(f"{year} is closed: {of}.")
