"""The command that says how uncertain a figure is."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from leafledger.cli.app import HERE, Company, command, counted
from leafledger.cli.columns import bar, columns, head, line
from leafledger.core.definition import Library
from leafledger.core.fact import Fact, FactorUse
from leafledger.core.labels import format_labels
from leafledger.core.quality import ASPECTS
from leafledger.core.quantity import plain, rounded
from leafledger.engine.uncertainty import places_of

if TYPE_CHECKING:
    from leafledger.engine.independent import Source
    from leafledger.engine.uncertainty import Range, Uncertainty
    from leafledger.flow.uncertain import Uncertain

MOST = 8
BASES = {"stated": "as stated", "scores": "from its scores", "unknown": "unknown"}


@command("uncertainty")
def uncertainty(
    figure: Annotated[str, typer.Argument(help="For example ghg.scope1@2024, or ghg.scope1@2024[fuel=diesel].")],
    draws: Annotated[int, typer.Option(help="Of Monte Carlo.", min=0, show_default="as many as are worth while")] = 0,
    seed: Annotated[int, typer.Option(help="The same seed draws the same numbers.", show_default="fixed")] = 0,
    company: Company = HERE,
) -> None:
    """Say between which values a figure lies, by error propagation and by Monte Carlo, and which sources that comes from."""
    from leafledger.flow.uncertain import SEED, uncertain

    _show(uncertain(company, figure, draws=draws, seed=seed or SEED))


def _show(found: Uncertain) -> None:
    of, library = found.uncertainty, found.calculated.folder.library
    definition = library.find(found.fact.metric)
    title = definition.title["en"] if definition else found.fact.metric
    line(Text.assemble((title, "bold"), "  ", (of.key, "dim")))
    line(Text(f"{of.value:,.{places_of(of)}f} {of.unit}", "bold green"))
    head("95 in 100 lie between")
    if of.propagated and of.simulated:
        ranges = (("error propagation", of.propagated, ""), ("Monte Carlo", of.simulated, f"{of.draws:,} draws"))
        columns([_range(name, one, of, note) for name, one, note in ranges], right=(1, 3, 5))
    else:
        line(Text("unknown: no part of the amount has an uncertainty for all that stands behind it", "yellow"), 2)
    line(Text(_known(of), "dim" if of.known == 1 else "yellow"), 2)
    _quality(found.fact)
    _contributors(of, library)


def _range(name: str, of: Range, whole: Uncertainty, note: str) -> tuple[Text, ...]:
    places = places_of(whole)
    low, high = (f"{one:,.{places}f}" for one in (of.low, of.high))
    return (
        Text(name),
        Text(low),
        Text("to"),
        Text(high),
        Text(whole.unit),
        Text(f"± {of.percent:.3g} %", "bold"),
        Text(note, "dim"),
    )


def _known(of: Uncertainty) -> str:
    """Of how much the range is, and what of the rest."""
    if of.known == 1:
        return "Every record and every factor behind it has an uncertainty."
    parts = [
        f"{_percent(share)} of what was {what}"
        for what, share in (("recorded", of.known_entries), ("taken from factors", of.known_factors))
        if share is not None
    ]
    said = f"{_percent(of.known)} of the amount has one ({', '.join(parts)})"
    return f"{said}; the rest counts as if it were certain, so the true range is wider." if of.known else f"{said}."


def _quality(fact: Fact) -> None:
    """The mean scores, or how much is scored."""
    rows = []
    for what, means, share in (
        ("records", fact.activity_quality, fact.activity_scored),
        ("factors", fact.factor_quality, fact.factor_scored),
    ):
        if means:
            said = "  ".join(f"{aspect} {plain(rounded(one, 1))}" for aspect, one in zip(ASPECTS, means, strict=True))
        elif share is None:
            continue
        else:
            said = f"{_percent(float(share))} of the amount is scored, so there is no mean"
        rows.append((Text(what), Text(said, "" if means else "yellow")))
    if rows:
        head("Scores, 1 best to 5")
        columns(rows)


def _contributors(of: Uncertainty, library: Library) -> None:
    known = [one for one in of.contributors if one.variance is not None]
    unknown = [one for one in of.contributors if one.variance is None]
    if known:
        head("What it comes from")
        columns(
            [
                (*_named(one.source, library), Text(f"± {plain(one.source.percent or Decimal(0))} %"),
                 Text(BASES[one.source.basis], "dim"), Text(f"{100 * (one.variance or 0):.1f} %"), bar(one.variance or 0))
                for one in known[:MOST]
            ],
            right=(2, 4),
        )  # fmt: skip
        _more(len(known), "source")
    if unknown:
        head("Of unknown uncertainty")
        columns(
            [
                (*_named(one.source, library), Text(f"stands behind {_amount(abs(one.effect))} {of.unit}", "dim"))
                for one in unknown[:MOST]
            ]
        )
        _more(len(unknown), "source")


def _named(source: Source, library: Library) -> tuple[Text, Text]:
    """What it is, and which."""
    if isinstance(source.of, FactorUse):
        name = library.factor_names.get(source.of.name)
        return Text(name.title["en"] if name else source.of.name), Text(f"{source.of.id} ({source.of.region})", "dim")
    cell = source.of
    where = " · ".join(filter(None, (cell.site, format_labels(cell.labels), str(cell.period))))
    return Text(cell.activity), Text(where, "dim")


def _more(number: int, what: str) -> None:
    if number > MOST:
        line(Text(f"and {counted(number - MOST, f'more {what}')}", "dim"), 2)


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"


def _amount(of: float) -> str:
    return f"{of:,.1f}" if of >= 1 or not of else f"{of:.2g}"
