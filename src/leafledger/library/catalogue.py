"""Everything that can be recorded and is computed, as someone needs it who writes series, entries and texts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from leafledger.core.definition import Library, Metric
from leafledger.core.text import Text
from leafledger.library.splits import NO_LABELS, collected_by, split_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One activity (recorded) or metric (computed). kind: flow, stock or ratio.

    by: what an activity is collected by, or a metric split by, with the members; empty where it has no labels.
    """

    id: str
    how: Literal["recorded", "computed"]
    kind: str
    unit: str
    by: str
    title: Text


def catalogue(library: Library) -> Iterator[Listed]:
    """Every activity, then every metric, by id; the members of each split whole."""
    for id in (*sorted(library.activities), *sorted(library.metrics)):
        figure = library.figure(id)
        computed = isinstance(figure, Metric)
        by = split_by(figure, library) if isinstance(figure, Metric) else collected_by(figure, library, whole=True)
        yield Listed(
            id=id,
            how="computed" if computed else "recorded",
            kind=figure.kind,
            unit=figure.unit,
            by="" if by == NO_LABELS else by,
            title=figure.title,
        )
