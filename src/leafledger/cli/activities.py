"""The command that shows what can be recorded, in which unit, and by which factors it can be served."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from leafledger.cli.app import HERE, Company, command, counted, err, out
from leafledger.cli.columns import line
from leafledger.core.labels import format_labels

if TYPE_CHECKING:
    from leafledger.flow.activities import Editions, Recordable

MOST_REGIONS = 6


@command("activities")
def activities(
    search: Annotated[
        list[str] | None,
        typer.Argument(help="Words in any of the three languages, or a part of an id.", show_default=False),
    ] = None,
    tree: Annotated[bool, typer.Option("--tree", help="Every member of every split, branch by branch.")] = False,
    language: Annotated[str, typer.Option(help="zh-Hant, zh-Hans or en, for --tree and the list.")] = "en",
    company: Company = HERE,
) -> None:
    """Browse and search what can be recorded: titles in three languages, units, and the factors there are for each."""
    from leafledger.core.text import LANGUAGES
    from leafledger.flow import activities as flow

    if language not in LANGUAGES:
        raise typer.BadParameter(f"{language!r} is not a language here; there are {', '.join(LANGUAGES)}")
    library = flow.library_of(company)
    if search:
        hits = flow.found(library, " ".join(search))
        _show_found(hits)
        if not hits:
            err.print("Nothing that can be recorded is called so; try fewer words, another language, or --tree.")
        return
    for id in sorted(library.activities):
        activity = library.activities[id]
        line(Text.assemble((id, "bold"), f"  {activity.title[language]}  [{activity.unit}]"))
        for dimension in sorted(activity.dimensions):
            of = library.dimensions[dimension]
            line(Text(f"by {dimension}: {of.title[language]}, {counted(len(of.members), 'member')}", "dim"), 4)
            for depth, member, title in flow.branches_of(of) if tree else ():
                line(Text.assemble((member, "cyan"), f"  {title[language]}"), 6 + 2 * depth)


def _show_found(hits: "Sequence[Recordable]") -> None:
    """Each thing once, by its titles; under it the ways of recording it, those with the same factors together."""
    ordered = sorted(hits, key=lambda hit: (hit.labels, " · ".join(hit.title.values()), hit.activity.id))
    for (labels, called), ways in groupby(ordered, lambda hit: (hit.labels, " · ".join(hit.title.values()))):
        same = list(ways)
        above = " › ".join(text["en"] for text in same[0].path)
        out.print()
        line(Text.assemble((called, "bold"), f"  ({above})" if above else ""))
        by_editions: dict[tuple[Editions, ...], list[str]] = {}
        for one in same:
            by_editions.setdefault(one.editions, []).append(f"{one.activity.id} [{one.activity.unit}]")
        for editions, activities in by_editions.items():
            line(Text.assemble((", ".join(activities), "bold"), f"  {format_labels(labels)}" if labels else ""), 2)
            for each in editions:
                line(Text.assemble((each.name, "cyan"), f": {_regions(each)}"), 4)


def _regions(editions: "Editions") -> str:
    told = [f"{region} {', '.join(str(year) for year in years)}" for region, years in editions.regions]
    more = [f"and {len(told) - MOST_REGIONS} more regions"] if len(told) > MOST_REGIONS else []
    return "; ".join([*told[:MOST_REGIONS], *more])
