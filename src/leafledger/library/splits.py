"""By what something is collected, in words, and what is wrong with labels that do not fit it."""

import re
from collections.abc import Iterator

from leafledger.core.definition import Activity, Dimension, Library, Metric
from leafledger.core.labels import Labels
from leafledger.library.naming import did_you_mean

NO_LABELS = "no labels"
MOST_LISTED = 12
FIRST = 6
SHORTEST = 3


def collected_by(activity: Activity, library: Library, *, whole: bool = False) -> str:
    """`gender (male, female) or age (…)`; `no labels` where it is not split. whole: with every member, however many.

    The members of a dimension are told where it first stands: `fuel (diesel, petrol) or fuel+use (road, rail)`.
    """
    told: set[str] = set()
    parts: list[str] = []
    for breakdown in activity.breakdowns:
        parts.append(_breakdown(breakdown, library, whole=whole, told=frozenset(told)))
        told.update(breakdown)
    return " or ".join(parts)


def split_by(metric: Metric, library: Library) -> str:
    """`fuel (…) or gender (male, female)`, one at a time, every member; empty where it is computed for the total alone."""
    return " or ".join(_breakdown((dimension,), library, whole=True) for dimension in metric.splits)


def unfit(labels: Labels, activity: Activity, library: Library) -> Iterator[str]:
    """What keeps the labels from being those of a series of the activity, with the way out."""
    given = tuple(sorted(key for key, _ in labels))
    if given not in [tuple(sorted(breakdown)) for breakdown in activity.breakdowns]:
        by, not_by = collected_by(activity, library), "+".join(given) or NO_LABELS
        yield f"{activity.id} is collected by {by}, not by {not_by}; {_write(activity, library)}"
    yield from unknown_members(labels, library)


def unknown_members(labels: Labels, library: Library) -> Iterator[str]:
    """Each member that a dimension does not have, with the nearest that it has, or all of them when they are few."""
    for dimension, member in labels:
        known = library.dimensions.get(dimension)
        if known and member not in known.members:
            hint = (
                called(member, known)
                or did_you_mean(member, known.members, SHORTEST)
                or f"it has {_listed(tuple(known.members)) or 'none yet'}"
            )
            yield f"{dimension} has no member {member!r}; {hint}"


def called(name: str, dimension: Dimension) -> str:
    """`R134a is HFC134a here`, where it is what members are called in their titles, their aliases, or a spelling of their ids."""
    wanted = folded(name)
    found = [
        member
        for member, title in dimension.members.items()
        if wanted in {folded(one) for one in (member, *dimension.aliases.get(member, ()), *title.values())}
    ]
    return f"{name} is {' or '.join(found[:MOST_LISTED])} here" if wanted and found else ""


def folded(name: str) -> str:
    """As it is compared with other spellings: R-134A is R134a."""
    return re.sub(r"[\W_]+", "", name.casefold())


def _write(activity: Activity, library: Library) -> str:
    """Labels as they could be written, of the first breakdown that has any; none is right where one has none."""
    split = next((breakdown for breakdown in activity.breakdowns if breakdown), None)
    if split is None:
        return "leave the labels empty"
    one = ";".join(f"{dimension}={next(iter(library.dimensions[dimension].members))}" for dimension in sorted(split))
    return f"write labels such as {one}"


def _breakdown(
    dimensions: tuple[str, ...], library: Library, *, whole: bool = False, told: frozenset[str] = frozenset()
) -> str:
    members = {one: f" ({_listed(tuple(library.dimensions[one].members), whole=whole)})" for one in dimensions}
    return "+".join(one if one in told else f"{one}{members[one]}" for one in dimensions) or NO_LABELS


def _listed(members: tuple[str, ...], *, whole: bool = False) -> str:
    if whole or len(members) <= MOST_LISTED:
        return ", ".join(members)
    return f"{', '.join(members[:FIRST])} and {len(members) - FIRST} more, which `leaf facts --list` names"


def not_recorded(id: str, library: Library) -> str:
    """Why nothing can be recorded under this id, which is that of no activity."""
    if id in library.metrics:
        return (
            f"{id} is computed, so nobody records it; record what it is computed from, which `leaf facts --list` names"
        )
    hint = did_you_mean(id, library.activities) or "define it in activities/, or use one that is"
    return f"unknown activity {id!r}; {hint}"
