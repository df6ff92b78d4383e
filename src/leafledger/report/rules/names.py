"""Is there such a figure: the questions that every rule asks of a metric, its labels and its fact."""

from collections.abc import Iterator

from leafledger.core.definition import Activity, Metric
from leafledger.core.labels import Labels
from leafledger.library.load import Library


def definition(library: Library, id: str) -> Activity | Metric | None:
    return library.activities.get(id) or library.metrics.get(id)


def dimensions(figure: Activity | Metric) -> set[str]:
    """The dimensions by which a figure can be split."""
    if isinstance(figure, Metric):
        return set(figure.splits)
    return {dimension for breakdown in figure.breakdowns for dimension in breakdown}


def unknown(library: Library, metric: str, labels: Labels = ()) -> Iterator[str]:
    """What about this figure nothing defines, in words; nothing where all of it is known."""
    figure = definition(library, metric)
    if figure is None:
        yield f"nothing is called {metric}"
        return
    for dimension, member in labels:
        if dimension not in dimensions(figure):
            yield f"{metric} is not split by {dimension}"
        elif member not in library.dimensions[dimension].members:
            yield f"{dimension} has no member {member}"
