"""Notices events of one day that were recorded twice; bills that came twice are noticed where they are counted (engine/repeats)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from leafledger.core.definition import Library
from leafledger.core.entry import Entry
from leafledger.core.finding import Finding, Place

FEWEST_DIGITS = 3
"""An amount of fewer digits, without the noughts at its end, may well come twice."""


def same_day(entries: Iterable[Entry], library: Library) -> Iterator[Finding]:
    """A warning for each reading of a single day whose amount, to the digit, another one of that series and day has too."""
    alike: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        activity = library.activities.get(entry.activity)
        flow = activity is not None and activity.kind == "flow"
        if flow and entry.kind == "reading" and entry.period.days == 1 and _telling(entry):
            key = (entry.activity, entry.site, entry.labels, entry.period, entry.value, entry.unit)
            alike[key].append(entry)
    for first, *others in alike.values():
        for other in others:
            template = "it says the same as {first}, for the same day of the same series; see that it is not one event recorded twice"
            values = {"first": first.id}
            place = Place(name=f"entry {other.id[:60]}")
            yield Finding(rule="entries.double", template=template, values=values, place=place, severity="warning")


def _telling(entry: Entry) -> bool:
    return len(entry.value.normalize().as_tuple().digits) >= FEWEST_DIGITS
