"""Charts of figures: a drawing with its labels in the reader's language, what it shows in words, and its data as a table."""

from collections.abc import Sequence

from leafledger.core.labels import NONE, Labels
from leafledger.report.blocks import Block, Figure, Row, Table, Words
from leafledger.report.figures import short, unit_of
from leafledger.report.marks import Notes
from leafledger.report.outline import ChartSpec
from leafledger.report.paragraphs import hole
from leafledger.report.reader import Reader
from leafledger.report.render.chart_specs import Point, Spec, mix, share_bars, share_height, stacked_split, trend
from leafledger.report.tables import figures

WIDTH = 476
"""Points between the margins of an A4 page; screens scale the drawing."""

TREND, STACK, MIX = 170, 220, 22
"""Heights in points, that of a mix for each of its bars."""

Member = tuple[str, str, Labels]
"""What is drawn: its title, its metric and its labels."""


def chart(reader: Reader, spec: ChartSpec) -> Block:
    """The chart of a specification, or a callout when there is no figure to draw."""
    years = _years(reader, spec)
    drawn = [member for metric in spec.metrics for member in members(reader, spec, metric)]
    there = [reader.fact(metric, labels, year) for _, metric, labels in drawn for year in years]
    if not any(fact is not None and fact.status == "figure" for fact in there):
        missing = reader.listed([reader.title(metric) for metric in spec.metrics])
        return hole(reader, "hole_data", "no_chart", caption=reader.say(spec.caption), figures=missing)
    unit = unit_of(reader, spec.metrics[0])
    drawing, height = _drawing(reader, spec, drawn, years, unit)
    return Figure(
        id=spec.id,
        caption=reader.say(spec.caption),
        alt=_alt(reader, spec, years, unit),
        spec=drawing,
        width=WIDTH,
        height=height,
        table=_data(reader, spec, drawn, years),
    )


def members(reader: Reader, spec: ChartSpec, metric: str) -> list[Member]:
    """The metric itself, or the members of its split."""
    if not spec.split:
        return [(reader.title(metric), metric, NONE)]
    found = reader.members(metric, NONE, spec.split, reader.years)
    return [(reader.member(spec.split, member), metric, labels) for member, labels in found]


def _years(reader: Reader, spec: ChartSpec) -> list[int]:
    if spec.kind == "share":
        return [reader.sources.year]
    return reader.years[-spec.years :] if spec.years else reader.years


def _drawing(
    reader: Reader, spec: ChartSpec, drawn: Sequence[Member], years: Sequence[int], unit: str
) -> tuple[Spec, int]:
    """The drawing and how high it is. A trend of one year is a mix: bars across, each with its name."""
    if spec.kind == "share":
        shares = [_point(reader, _group(reader, spec, member), member, years[-1]) for member in drawn]
        return share_bars(shares), share_height(shares)
    if spec.kind == "trend" and len(years) == 1:
        bars = [_point(reader, member[0], member, years[-1]) for member in drawn]
        return mix(bars, unit), MIX * len(bars) + 24
    points = [_point(reader, reader.year(year), member, year) for year in years for member in drawn]
    if spec.kind == "trend":
        return trend(points, unit), TREND
    whole = spec.metrics[0] if spec.split else spec.total
    totals = [_point(reader, reader.year(year), ("", whole, NONE), year) for year in years] if whole else []
    return stacked_split(points, unit, totals), STACK


def _group(reader: Reader, spec: ChartSpec, member: Member) -> str:
    """One bar for each metric that is split, or one bar made of the metrics."""
    return reader.title(member[1]) if spec.split else reader.say(spec.caption)


def _point(reader: Reader, group: str, member: Member, year: int) -> Point:
    title, metric, labels = member
    fact = reader.fact(metric, labels, year)
    whole = fact is not None and fact.status == "figure"
    label = short(reader, fact) if whole or fact is None or fact.value is None else reader.word("incomplete")
    return Point(group=group, part=title, value=fact.value if fact and whole else None, label=label)


def _alt(reader: Reader, spec: ChartSpec, years: Sequence[int], unit: str) -> str:
    span = "–".join(dict.fromkeys((reader.year(years[0]), reader.year(years[-1]))))
    kind = reader.word(f"chart_{spec.kind}")
    return reader.word("chart_alt", kind=kind, caption=reader.say(spec.caption), years=span, unit=unit or "1")


def _data(reader: Reader, spec: ChartSpec, drawn: Sequence[Member], years: Sequence[int]) -> Table:
    notes = Notes()
    rows = tuple(
        Row(cells=((Words(title),), *figures(reader, metric, labels, years, notes))) for title, metric, labels in drawn
    )
    return Table(
        id=f"{spec.id}.data",
        caption=reader.say(spec.caption),
        header=(reader.word("item"), *map(reader.year, years)),
        rows=rows,
        widths=(3, *[1.5] * len(years)),
        align="l" + "r" * len(years),
        notes=notes.printed(reader),
    )
