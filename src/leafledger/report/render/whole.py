"""What no format could render: a chart that was not drawn, and parts of a report that bear one name."""

from collections import Counter
from collections.abc import Iterator, Mapping

from leafledger.core.finding import Finding, Place
from leafledger.report.blocks import Figure, Heading, Report, Table


def not_whole(report: Report, charts: Mapping[str, bytes]) -> Iterator[Finding]:
    """Each of them. charts: the drawings by figure id."""
    yield from _not_drawn(report, charts)
    yield from _named_twice(report)


def _not_drawn(report: Report, charts: Mapping[str, bytes]) -> Iterator[Finding]:
    template = "the chart of figure {figure} was not drawn, so its place would be empty: draw it before rendering"
    for chapter in report.chapters:
        for it in chapter.blocks:
            if isinstance(it, Figure) and it.id not in charts:
                place = Place(name=f"{report.language}/{chapter.id}")
                yield Finding(rule="render.not_drawn", template=template, values={"figure": it.id}, place=place)


def _named_twice(report: Report) -> Iterator[Finding]:
    """A chart or a table may be called like the section it stands in; nothing else may share a name."""
    template = "{count} parts of the report are called {name}, so a reference could mean either: give each its own id"
    blocks = [it for chapter in report.chapters for it in chapter.blocks]
    ids = Counter(chapter.id for chapter in report.chapters)
    ids.update(it.id for it in blocks if isinstance(it, Heading))
    ids.update(f"figure {it.id}" for it in blocks if isinstance(it, Figure))
    ids.update(f"table {it.id}" for it in blocks if isinstance(it, Table))
    for name, count in ids.items():
        if count > 1:
            values = {"name": name, "count": count}
            yield Finding(
                rule="render.named_twice", template=template, values=values, place=Place(name=report.language)
            )
