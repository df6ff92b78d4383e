"""docs/inventory/activities.md: the tree of what can be recorded in three languages, and the sets of factors that serve it."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from leafledger.core.definition import Dimension, Factor, Library
from leafledger.core.text import LANGUAGES, Text
from leafledger.engine.reach import names_by_activity
from leafledger.flow.activities import branches_of
from leafledger.library.load import LIBRARY, load

HEAD = (Path(__file__).parent / "activities.md").read_text(encoding="utf-8")


def page(scratch: Path) -> str:
    del scratch
    library = load(LIBRARY)
    parts = [HEAD, "\n".join(_sets(library)), "\n".join(_names(library)), "\n".join(_tree(library))]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _sets(library: Library) -> Iterator[str]:
    """One line for each publisher and licence, with the years of its data."""
    rows: defaultdict[tuple[str, str], list[Factor]] = defaultdict(list)
    for factor in library.factors.values():
        rows[factor.publisher, factor.licence].append(factor)
    yield f"## The sets\n\n{len(library.factors):,} factors under {len(library.factor_names)} names.\n"
    yield "| Publisher | Years of data | Factors | Licence |\n|---|---|---:|---|"
    for (publisher, licence), here in sorted(rows.items()):
        years = ", ".join(str(year) for year in sorted({one.data_year or 0 for one in here}))
        yield f"| {publisher} | {years} | {len(here):,} | {licence} |"


def _names(library: Library) -> Iterator[str]:
    """One line for each name: its unit, how many rows, what labels them, where they hold, and what they serve."""
    rows: defaultdict[str, list[Factor]] = defaultdict(list)
    for factor in library.factors.values():
        rows[factor.name].append(factor)
    by_activity = names_by_activity(library)
    yield "## The names\n\n| Name | Unit | Factors | By | Serves |\n|---|---|---:|---|---|"
    for id, name in sorted(library.factor_names.items()):
        by = sorted({dimension for factor in rows[id] for dimension, _ in factor.labels})
        serves = sorted(activity for activity, names in by_activity.items() if id in names)
        yield f"| `{id}`: {name.title['en']} | {name.unit} | {len(rows[id]):,} | {', '.join(by)} | {', '.join(serves)} |"


def _tree(library: Library) -> Iterator[str]:
    """The dimensions by which factors are chosen, each as a nested list in three languages."""
    labelled = {dimension for factor in library.factors.values() for dimension, _ in factor.labels}
    yield "## The tree"
    for id in sorted(labelled):
        dimension = library.dimensions[id]
        used = sorted(one.id for one in library.activities.values() if id in one.dimensions)
        yield f"\n### {dimension.title['en']} (`{id}`)\n\nSplits {', '.join(f'`{one}`' for one in used)}.\n"
        yield from _members(dimension)


def _members(dimension: Dimension) -> Iterator[str]:
    for depth, id, title in branches_of(dimension):
        yield f"{'  ' * depth}- `{id}` {_three(title)}"


def _three(title: Text) -> str:
    return " · ".join(dict.fromkeys(title[language] for language in LANGUAGES))
