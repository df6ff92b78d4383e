"""Rules about the outline: every id once, every name in it known, and charts whose parts can stand on one scale."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from leafledger.core.fact import parse_figure
from leafledger.core.finding import Finding, Place
from leafledger.core.labels import NONE, Labels, parse_labels
from leafledger.report.outline import ChartSpec, Item, RowSpec, TableSpec, items
from leafledger.report.rules.names import unknown
from leafledger.report.sources import Sources

Named = tuple[str, Labels, tuple[str, ...], Place]
"""A metric, its labels, the dimensions it is split by there, and where that is written."""


def named_twice(sources: Sources) -> Iterator[Finding]:
    """Two chapters, sections, tables or charts with one id: a reference could mean either."""
    parts: list[tuple[str, Place]] = [(chapter.id, chapter.place) for chapter in sources.outline.chapters]
    parts += [(section.id, section.place) for chapter in sources.outline.chapters for section in chapter.sections]
    drawn = [one for _, item in items(sources.outline) for one in (item.chart, item.table) if one]
    parts += [(one.id, one.place) for one in drawn]
    seen: Counter[str] = Counter()
    for id, place in parts:
        seen[id] += 1
        if seen[id] > 1:
            yield _found(
                "outline.named_twice",
                "{id} is used before; each chapter, section, table and chart has an id of its own",
                place,
                id=id,
            )


def section_of_chapter(sources: Sources) -> Iterator[Finding]:
    """A section whose id does not begin with that of its chapter."""
    for chapter in sources.outline.chapters:
        for section in chapter.sections:
            if not section.id.startswith(f"{chapter.id}."):
                template = "the section {id} stands in the chapter {chapter}; call it {chapter}.NAME"
                yield _found("outline.section_id", template, section.place, id=section.id, chapter=chapter.id)


def one_thing_each(sources: Sources) -> Iterator[Finding]:
    """An item of a section that is nothing, or two things at once."""
    for section, item in items(sources.outline):
        given = [
            item.text,
            item.figures,
            item.chart,
            item.table,
            item.index,
            item.heading,
            item.marks,
            item.restatements,
            item.basis,
        ]
        if sum(map(bool, given)) != 1:
            template = (
                "an item of {section} is {count} things; it is exactly one of text, figures, chart, table, index, heading, marks, "
                "restatements and basis"
            )
            yield _found("outline.item", template, item.place, section=section.id, count=sum(map(bool, given)))


def unknown_figure(sources: Sources) -> Iterator[Finding]:
    """A metric, label or split in the outline that nothing defines."""
    for _, item in items(sources.outline):
        try:
            named = list(_named(item))
        except ValueError as error:
            yield _found("outline.unknown_figure", "{problem}", item.place, problem=str(error))
            continue
        for metric, labels, splits, place in named:
            figure = sources.library.find(metric)
            problems = list(unknown(sources.library, metric, labels))
            problems += [f"{metric} is not split by {one}" for one in splits if figure and one not in figure.dimensions]
            for problem in problems:
                yield _found(
                    "outline.unknown_figure",
                    "{problem}; see `leaf facts --list` for what there is",
                    place,
                    problem=problem,
                )


def unknown_standard(sources: Sources) -> Iterator[Finding]:
    """An index of a standard that the library does not have."""
    for _, item in items(sources.outline):
        if item.index and item.index not in sources.library.standards:
            template = "there is no standard {id}; there are {known}"
            known = ", ".join(sorted(sources.library.standards)) or "none"
            yield _found("outline.unknown_standard", template, item.place, id=item.index, known=known)


def one_scale(sources: Sources) -> Iterator[Finding]:
    """A chart whose metrics have different units, so that no scale fits them all."""
    for _, item in items(sources.outline):
        if item.chart:
            found = [sources.library.find(metric) for metric in (*item.chart.metrics, item.chart.total)]
            units = sorted({one.unit for one in found if one})
            if len(units) > 1:
                template = "the chart {id} puts {units} on one scale; draw one chart for each unit"
                yield _found(
                    "outline.one_scale", template, item.chart.place, id=item.chart.id, units=" and ".join(units)
                )


RULES = (named_twice, section_of_chapter, one_thing_each, unknown_figure, unknown_standard, one_scale)


def _named(item: Item) -> Iterator[Named]:
    """Every figure that an item names."""
    for text in item.figures:
        yield *parse_figure(text), (), item.place
    match item:
        case Item(chart=ChartSpec(metrics=metrics, split=split, total=total, place=place)):
            yield from ((metric, NONE, (split,) if split else (), place) for metric in metrics)
            if total:
                yield total, NONE, (), place
        case Item(table=TableSpec() as table):
            rows = (_row(row) for row in table.rows if not row.group)
            yield from chain(rows, ((metric, NONE, (table.by,), table.place) for metric in table.columns))


def _row(row: RowSpec) -> Named:
    return (row.metric, parse_labels(row.labels), row.splits, row.place)


def _found(rule: str, template: str, place: Place, **values: object) -> Finding:
    return Finding(rule=rule, template=template, values=values, place=place)
