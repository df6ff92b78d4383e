"""The command that sets the consolidation approaches side by side."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from leafledger.cli.app import HERE, Company, command, tell
from leafledger.cli.columns import columns, head, line
from leafledger.core.labels import format_labels
from leafledger.core.prose import unmarked
from leafledger.core.quantity import plain, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from leafledger.core.org import Approach
    from leafledger.engine.boundary import Stretch
    from leafledger.flow.consolidation import Consolidation, Figure, Standing

SHORT: dict[str, str] = {
    "operational_control": "operational control",
    "financial_control": "financial control",
    "equity_share": "equity share",
}
STANDINGS = {"not_relevant": "not relevant", "excluded": "left out"}


@command("consolidation")
def consolidation(
    figures: Annotated[
        list[str] | None, typer.Argument(help="For example ghg.scope1.", show_default="the totals of a year")
    ] = None,
    year: Annotated[int, typer.Option(help="The reporting year.", show_default="the latest")] = 0,
    company: Company = HERE,
    as_csv: Annotated[bool, typer.Option("--csv", help="As a table for other programs, exact.")] = False,
) -> None:
    """Set operational control, financial control and equity share side by side: what each site makes of the difference, what is out, and why."""
    from leafledger.flow.consolidation import consolidation as act

    found = act(company, figures or (), year)
    if as_csv:
        typer.echo(_table(found), nl=False)
        return
    line(
        Text.assemble((f"Consolidation {found.year}", "bold"), f"  by {SHORT[found.own]} in the company's own figures")
    )
    for figure in found.figures:
        _figure(figure, found)
    if not found.figures:
        line(Text("None of the usual figures can be had for this year; name one, as leaf facts --list has them."))
    _sites(found)
    _out(found)


def _figure(figure: Figure, found: Consolidation) -> None:
    """The figure by each approach, and beneath it what each site adds; what is the same for all sites is one line."""
    name = figure.title["en"] + (f" [{format_labels(figure.labels)}]" if figure.labels else "")
    head(name)
    approaches = list(figure.seen.facts)
    rows = [(Text(figure.metric, "dim"), *(Text(SHORT[one], "bold" if one == found.own else "") for one in approaches))]
    for part in figure.seen.parts:
        title = found.titles[part.site]["en"] if part.site else "Sites that count as a whole by each"
        rows.append((Text(f"  {title}"), *(Text(_number(part.amounts[one], figure), "dim") for one in approaches)))
    totals = [_total(figure, one) for one in approaches]
    rows.append(
        (
            Text(figure.unit),
            *(Text(said, "bold" if one == found.own else "") for one, said in zip(approaches, totals, strict=True)),
        )
    )
    differences = [_apart(figure, found.own, one) for one in approaches]
    if any(differences):
        rows.append((Text(f"  to {SHORT[found.own]}", "dim"), *(Text(said, "cyan") for said in differences)))
    columns(rows, right=range(1, 1 + len(approaches)))
    holes = {f for fact in figure.seen.facts.values() if fact.value is None for f in map(str, fact.findings)}
    if holes and not figure.seen.parts:
        tell(next(fact for fact in figure.seen.facts.values() if fact.value is None).findings)
    elif not figure.seen.parts:
        line(Text("A ratio is no sum of sites; see the figures that it divides.", "dim"), 2)


def _total(figure: Figure, approach: Approach) -> str:
    fact = figure.seen.facts[approach]
    if fact.value is not None:
        return _number(fact.value, figure)
    return "nothing inside" if approach in figure.seen.totals else "no figure"


def _apart(figure: Figure, own: Approach, other: Approach) -> str:
    """How far the total is from that of the company's own approach."""
    totals = figure.seen.totals
    if own == other or own not in totals or other not in totals or totals[own] == totals[other]:
        return ""
    return f"{rounded(totals[other] - totals[own], figure.decimals):+,f}"


def _number(value: Decimal, figure: Figure) -> str:
    return f"{rounded(value, figure.decimals):,f}"


def _sites(found: Consolidation) -> None:
    if not found.sites:
        line(
            Text(
                "Every site counts as a whole on every day, by each approach: company.yaml gives none an ownership.",
                "dim",
            )
        )
        return
    head("What counts how much")
    for site in found.sites:
        line(Text(site.title["en"], "bold"), 2)
        columns([(Text(f"  {SHORT[one]}", "dim"), _counts(part, site, found)) for one, part in site.by.items()])
        for note in site.notes:
            line(Text(unmarked(note["en"]), "dim"), 4)


def _counts(part: Sequence[Stretch], site: Standing, found: Consolidation) -> Text:
    """`60% from 2024-05-16 (230 of 366 days)`, or that it is outside."""
    if not part:
        return Text("outside", "yellow")
    said = [
        f"{plain(Decimal(round(one.share * 10**6)).scaleb(-4))}%, {one.days} ({one.days.days} days)" for one in part
    ]
    missing = found.days.days - sum(one.days.days for one in part)
    return Text("; ".join(said) + (f"; outside on {missing} of {found.days.days} days" if missing else ""))


def _out(found: Consolidation) -> None:
    outside = [site for site in found.sites if not site.by[found.own]]
    if not (outside or found.out):
        return
    head("What is out, and why")
    for site in outside:
        why = (
            "; ".join(unmarked(note["en"]) for note in site.notes)
            or "no reason is noted; give its ownership a note in company.yaml"
        )
        line(Text.assemble((site.title["en"], "yellow"), f"  outside by {SHORT[found.own]}: {why}"), 2)
    for one in found.out:
        why = unmarked(one.reason.get("en", "")) or "no reason is given"
        line(Text.assemble((one.source, "yellow"), f"  {STANDINGS[one.standing]}: {why}"), 2)


def _table(found: Consolidation) -> str:
    """One row for each figure, approach and site, and one for the total; exact."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("figure", "labels", "year", "approach", "site", "value", "unit"))
    for figure in found.figures:
        for one, fact in figure.seen.facts.items():
            about = (figure.metric, format_labels(figure.labels), found.year, one)
            for part in figure.seen.parts:
                writer.writerow((*about, part.site or "others", plain(part.amounts[one]), figure.unit))
            total = figure.seen.totals.get(one, fact.value)
            writer.writerow((*about, "total", "" if total is None else plain(total), figure.unit))
    return text.getvalue()
