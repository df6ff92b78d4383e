"""Is there such a figure: the questions that every rule asks of a metric, its labels and its fact."""

from collections.abc import Iterator

from leafledger.core.labels import Labels
from leafledger.library.load import Library


def unknown(library: Library, metric: str, labels: Labels = ()) -> Iterator[str]:
    """What about this figure nothing defines, in words; nothing where all of it is known."""
    figure = library.find(metric)
    if figure is None:
        yield f"nothing is called {metric}"
        return
    for dimension, member in labels:
        if dimension not in figure.dimensions:
            yield f"{metric} is not split by {dimension}"
        elif member not in library.dimensions[dimension].members:
            yield f"{dimension} has no member {member}"
