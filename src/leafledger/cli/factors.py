"""Commands about factors: look through those there are, and take in a licensed set."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text
from typer.core import TyperGroup

from leafledger.cli.app import HERE, Company, app, command, counted, out
from leafledger.cli.columns import columns, head, line
from leafledger.core.labels import format_labels

if TYPE_CHECKING:
    from leafledger.core.definition import Factor, Library
    from leafledger.flow.factors import Imported, Listed

MOST, FIRST = 60, 8
NO_ROWS = "no rows: give your own"


class Words(TyperGroup):
    """Whatever is not the name of a command is a word to look for."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = ["search", *args]
        return super().parse_args(ctx, args)


group = typer.Typer(
    cls=Words, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, no_args_is_help=False
)
app.add_typer(
    group,
    name="factors",
    help="Look through factors: `leaf factors WORD…` finds those in which each word stands; import takes in a licensed set.",
)


@command("search", group)
def search(
    words: Annotated[
        list[str] | None,
        typer.Argument(help="Such as electricity shanghai 2023.", show_default="every name of a factor"),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help=f"More than the first {MOST}.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="As rows of factors, with every column.")] = False,
    company: Company = HERE,
) -> None:
    """Find factors by name, title, region, label, year, publisher, source or id, in any language. The word search may be left out."""
    from leafledger.flow.factor_file import as_csv as written
    from leafledger.flow.factors import known
    from leafledger.flow.factors import search as look

    library = known(company)
    found = look(library, words or ())
    if as_csv:
        typer.echo(written(factor for one in found for factor in one.factors), nl=False)
        return
    if words:
        _found(found, library, everything)
    else:
        _names(found)


@command("import", group)
def import_(
    file: Annotated[Path, typer.Argument(help="A CSV file with a header.")],
    name: Annotated[str, typer.Option(help="What the set is to be called.", show_default="the file's name")] = "",
    licence: Annotated[str, typer.Option(help="Under which licence you may use it.")] = "",
    column: Annotated[
        list[str] | None, typer.Option(help="OURS=THEIRS: from which of their columns one of ours is taken.")
    ] = None,
    fill: Annotated[list[str] | None, typer.Option(help="OURS=TEXT: what stands in a column of every row.")] = None,
    only_mapped: Annotated[bool, typer.Option("--only-mapped", help="Leave out their other columns.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Keep the set; without it, it is only shown.")] = False,
    company: Company = HERE,
) -> None:
    """Take in a set of factors that may be used and not passed on: shown first, kept in factors/licensed/, which git ignores."""
    from leafledger.flow.factors import import_set

    done = import_set(
        company,
        file,
        name=name,
        licence=licence,
        columns=_pairs(column, "--column"),
        fill=_pairs(fill, "--fill"),
        leave=only_mapped,
        write=write,
    )
    _imported(done)


def _pairs(given: list[str] | None, option: str) -> dict[str, str]:
    pairs = [one.partition("=") for one in given or ()]
    for left, sign, right in pairs:
        if not (left and sign and right):
            raise typer.BadParameter(f"{left!r} is not OURS=THEIRS", param_hint=option)
    return {left.strip(): right.strip() for left, _, right in pairs}


def _names(found: tuple[Listed, ...]) -> None:
    rows = []
    for one in found:
        years = sorted({factor.data_year for factor in one.factors if factor.data_year})
        span = "" if not years else f"{years[0]}" if years[0] == years[-1] else f"{years[0]} to {years[-1]}"
        regions = len({factor.region for factor in one.factors})
        rows.append(
            (
                Text(one.name.id, "bold"),
                Text(one.name.title["en"]),
                Text(one.name.unit, "dim"),
                Text(f"{len(one.factors):,}"),
                Text(counted(regions, "region") if one.factors else NO_ROWS),
                Text(span, "dim"),
            )
        )
    columns(rows, right=(3,))
    out.print(
        f"{counted(sum(len(one.factors) for one in found), 'factor')}. Look for some: leaf factors electricity shanghai"
    )


def _found(found: tuple[Listed, ...], library: Library, everything: bool) -> None:
    number = sum(len(one.factors) for one in found)
    left = number if everything else MOST
    for one in found:
        if not one.factors:
            head(f"{one.name.title['en']}  factor.{one.name.id}")
            line(Text(f"{NO_ROWS}, in {one.name.unit}", "yellow"), 2)
            continue
        if left <= 0:
            continue
        head(f"{one.name.title['en']}  factor.{one.name.id}")
        shown = one.factors[:left]
        columns([_row(factor, library) for factor in shown], right=(1,))
        left -= len(shown)
    if number > MOST and not everything:
        line(Text(f"and {number - MOST:,} more; say --all, or one word more", "dim"))
    out.print(f"{counted(number, 'factor')}." if found else "No factor has all of these words.")


def _row(factor: Factor, library: Library) -> tuple[Text, ...]:
    region = library.regions.get(factor.region)
    year = "assumed" if factor.assumed else str(factor.data_year or "")
    return (
        Text(factor.id, "bold"),
        Text(str(factor.value)),
        Text(factor.unit),
        Text(region.title["en"] if region else factor.region),
        Text(format_labels(factor.labels), "dim"),
        Text(year, "yellow" if factor.assumed else ""),
        Text(factor.gwp_basis, "dim"),
        Text(factor.publisher, "dim"),
    )


def _imported(done: Imported) -> None:
    columns(
        [
            (Text(one.id, "bold"), Text(one.name), Text(str(one.value)), Text(one.unit), Text(one.region), Text(format_labels(one.labels)),
             Text(str(one.data_year or ""), "dim"))
            for one in done.factors[:FIRST]
        ],
        right=(2,),
    )  # fmt: skip
    if len(done.factors) > FIRST:
        line(Text(f"and {len(done.factors) - FIRST:,} more", "dim"), 2)
    licences = sorted({one.licence for one in done.factors})
    line(Text(f"Licence: {'; '.join(licences[:3])}{' …' if len(licences) > 3 else ''}"))
    before = (
        f", in place of the {counted(done.replaces, 'row')} that {'stand' if not done.written else 'stood'} there"
        if done.replaces
        else ""
    )
    if done.written:
        line(Text(f"{counted(len(done.factors), 'factor')} kept in {done.path}{before}. Git ignores that folder."))
    else:
        line(
            Text(
                f"{counted(len(done.factors), 'factor')} can be imported{before}. Nothing was written; say --write to keep them."
            )
        )
