"""By what something is collected, in words, and what is wrong with labels that do not fit it."""

from collections.abc import Iterator

from leafledger.core.definition import Activity, Library, Metric
from leafledger.core.labels import Labels
from leafledger.library.naming import did_you_mean

MOST_LISTED = 12
FIRST = 6
SHORTEST = 3


def collected_by(activity: Activity, library: Library) -> str:
    """`gender (male, female) or age (…)`; `no labels` where it is not split."""
    return " or ".join(_breakdown(breakdown, library) for breakdown in activity.breakdowns)


def split_by(metric: Metric, library: Library) -> str:
    """`fuel (…), gender (male, female)`, one at a time; empty where it is computed for the total alone."""
    return ", ".join(_breakdown((dimension,), library) for dimension in metric.splits)


def unfit(labels: Labels, activity: Activity, library: Library) -> Iterator[str]:
    """What keeps the labels from being those of a series of the activity, with the way out."""
    given = tuple(sorted(key for key, _ in labels))
    if given not in [tuple(sorted(breakdown)) for breakdown in activity.breakdowns]:
        by, not_by = collected_by(activity, library), "+".join(given) or "no labels"
        yield f"{activity.id} is collected by {by}, not by {not_by}; {_write(activity, library)}"
    yield from unknown_members(labels, library)


def unknown_members(labels: Labels, library: Library) -> Iterator[str]:
    """Each member that a dimension does not have, with the nearest that it has, or all of them when they are few."""
    for dimension, member in labels:
        known = library.dimensions.get(dimension)
        if known and member not in known.members:
            hint = did_you_mean(member, known.members, SHORTEST) or f"it has {_listed(tuple(known.members))}"
            yield f"{dimension} has no member {member!r}; {hint}"


def _write(activity: Activity, library: Library) -> str:
    """Labels as they could be written, of the first breakdown that has any; none is right where one has none."""
    split = next((breakdown for breakdown in activity.breakdowns if breakdown), None)
    if split is None:
        return "leave the labels empty"
    one = ";".join(f"{dimension}={next(iter(library.dimensions[dimension].members))}" for dimension in sorted(split))
    return f"write labels such as {one}"


def _breakdown(dimensions: tuple[str, ...], library: Library) -> str:
    return "+".join(f"{one} ({_listed(tuple(library.dimensions[one].members))})" for one in dimensions) or "no labels"


def _listed(members: tuple[str, ...]) -> str:
    if len(members) <= MOST_LISTED:
        return ", ".join(members)
    return f"{', '.join(members[:FIRST])} and {len(members) - FIRST} more, which `leaf facts --list` names"
