"""Tables of figures: rows by years, or the members of a split by metrics."""

from collections.abc import Iterator, Sequence

from leafledger.core.labels import NONE, Labels, parse_labels
from leafledger.report.belonging import printed_rows
from leafledger.report.blocks import Block, Inlines, Row, Table, Words
from leafledger.report.figures import cell, name_of, unit_of
from leafledger.report.marks import Notes
from leafledger.report.outline import RowSpec, TableSpec
from leafledger.report.paragraphs import hole
from leafledger.report.reader import Reader

TITLE, UNIT, FIGURE = 4.4, 2.2, 1.7
"""How wide the columns are to each other."""


def table(reader: Reader, spec: TableSpec) -> Iterator[Block]:
    """The table of a specification, or a callout when nothing would stand in it; nothing where none of its rows is owed."""
    made = by_members(reader, spec) if spec.by else by_years(reader, spec)
    if any(row.kind != "group" for row in made.rows):
        yield made
    elif metrics := spec.columns or tuple(row.metric for row in spec.rows if row.metric and not row.optional):
        figures = reader.listed([reader.title(metric) for metric in metrics])
        yield hole(reader, "hole_data", "no_rows", caption=made.caption, figures=figures)


def by_years(reader: Reader, spec: TableSpec) -> Table:
    """One column for each year, in the order asked for; the unit in a column of its own."""
    years = reader.years[-spec.years :] if spec.years else reader.years
    shown = years if spec.order == "oldest" else years[::-1]
    notes = Notes()
    rows = tuple(_rows(reader, list(printed_rows(reader, spec.rows, years)), shown, notes))
    return Table(
        id=spec.id,
        caption=reader.say(spec.caption),
        header=(reader.word("indicator"), reader.word("unit"), *map(reader.year, shown)),
        rows=rows,
        widths=(TITLE, UNIT, *[FIGURE] * len(shown)),
        align="ll" + "r" * len(shown),
        notes=notes.printed(reader),
    )


def by_members(reader: Reader, spec: TableSpec) -> Table:
    """The year of the report: a row for each member of the dimension, a column for each metric."""
    year = reader.sources.year
    notes = Notes()
    dimension = reader.sources.library.dimensions.get(spec.by)
    rows = []
    for member in dimension.members if dimension else ():
        labels = ((spec.by, member),)
        if any(reader.fact(metric, labels, year) for metric in spec.columns):
            cells = [figures(reader, metric, labels, [year], notes)[0] for metric in spec.columns]
            rows.append(Row(cells=((Words(reader.member(spec.by, member)),), *cells)))
    return Table(
        id=spec.id,
        caption=reader.say(spec.caption),
        header=(reader.dimension(spec.by), *(with_unit(reader, metric) for metric in spec.columns)),
        rows=tuple(rows),
        widths=(TITLE, *[FIGURE * 1.4] * len(spec.columns)),
        align="l" + "r" * len(spec.columns),
        notes=notes.printed(reader),
    )


def figures(reader: Reader, metric: str, labels: Labels, years: Sequence[int], notes: Notes) -> list[Inlines]:
    return [(cell(reader, name_of(reader, metric, labels, year), notes),) for year in years]


def with_unit(reader: Reader, metric: str) -> str:
    """A title with its unit: `Employees (people)`."""
    unit = unit_of(reader, metric)
    return reader.word("in_unit", title=reader.title(metric), unit=unit) if unit else reader.title(metric)


def _rows(reader: Reader, specs: Sequence[RowSpec], years: Sequence[int], notes: Notes) -> Iterator[Row]:
    above = RowSpec()
    for spec in specs:
        if spec.group:
            yield Row(cells=((Words(reader.say(spec.group)),),), kind="group")
        elif spec.total:
            yield from _whole(reader, spec, years, notes)
        else:
            yield from _members_only(reader, spec, years, notes, above)
        above = spec


def _whole(reader: Reader, spec: RowSpec, years: Sequence[int], notes: Notes) -> Iterator[Row]:
    """The metric's own row, then the members of its splits, indented."""
    labels = _labels(spec)
    yield _row(reader, _title(reader, spec), spec.metric, labels, years, notes)
    for split in spec.splits:
        for member, of in reader.members(spec.metric, labels, split, reader.years):
            yield _row(reader, reader.member(split, member), spec.metric, of, years, notes, part=True)


def _members_only(reader: Reader, spec: RowSpec, years: Sequence[int], notes: Notes, above: RowSpec) -> Iterator[Row]:
    """Members without their total. They carry its title, unless a group has just said it, or they are parts of the row above."""
    part = bool(above.metric) and not above.splits and _unit(reader, above) == _unit(reader, spec)
    for split in spec.splits:
        for member, of in reader.members(spec.metric, _labels(spec), split, reader.years):
            name = reader.member(split, member)
            full = name if part or above.group else f"{_title(reader, spec)}{reader.word('colon')}{name}"
            yield _row(reader, full, spec.metric, of, years, notes, part=part)


def _labels(spec: RowSpec) -> Labels:
    return parse_labels(spec.labels) if spec.labels else NONE


def _title(reader: Reader, spec: RowSpec) -> str:
    return reader.say(spec.title) if spec.title else reader.title(spec.metric, _labels(spec))


def _unit(reader: Reader, spec: RowSpec) -> str:
    definition = reader.definition(spec.metric)
    return definition.unit if definition else ""


def _row(
    reader: Reader, title: str, metric: str, labels: Labels, years: Sequence[int], notes: Notes, *, part: bool = False
) -> Row:
    cells = figures(reader, metric, labels, years, notes)
    unit = unit_of(reader, metric)
    return Row(cells=((Words(title),), (Words(unit),), *cells), kind="part" if part else "row")
