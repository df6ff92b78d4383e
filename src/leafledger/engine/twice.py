"""What would count twice in one series, or, of a ratio, would have to be added up."""

from collections.abc import Iterator, Sequence

from leafledger.core.definition import Activity
from leafledger.core.fact import Cell
from leafledger.core.finding import Finding
from leafledger.core.period import Period


def overlaps(activity: Activity, series: str, cells: Sequence[Cell], period: Period) -> Iterator[Finding]:
    """Findings for the cells of a series that stand for the same days."""
    match activity.kind:
        case "flow":
            yield from _flows(cells)
        case "stock":
            yield from _stocks(cells)
        case "ratio" if len(ids := sorted(id for cell in cells for id in cell.entries)) > 1:
            template = "{series} is a ratio, and its readings {entries} do not add up to one for {period}; let one for all of its days replace them"
            values = {"series": series, "period": period, "entries": ", ".join(ids)}
            yield Finding(rule="ratio.parts", template=template, values=values)


def event(cell: Cell) -> bool:
    """Only single days may have several readings: events happen on one day."""
    return cell.period.days == 1 and cell.kind == "reading"


def _stocks(cells: Sequence[Cell]) -> Iterator[Finding]:
    """One stock cannot have two values at its last day."""
    ids = [id for cell in cells for id in cell.entries]
    if len(ids) > 1:
        yield _twice(ids[0], ids[1])


def _flows(cells: Sequence[Cell]) -> Iterator[Finding]:
    """Days that two entries cover count twice. What a meter showed at two days is one statement of the days between."""
    for cell in cells:
        if len(cell.entries) > 1 and cell.kind != "register" and not event(cell):
            yield _twice(*cell.entries[:2])
    furthest: Cell | None = None
    for cell in sorted(cells, key=lambda c: (c.period.start, -c.period.days)):
        if furthest and cell.period.start <= furthest.period.end and not (event(cell) and event(furthest)):
            yield _twice(furthest.entries[0], cell.entries[0])
        if furthest is None or cell.period.end > furthest.period.end:
            furthest = cell


def _twice(first: str, second: str) -> Finding:
    template = "the entries {first} and {second} cover the same days of one series and would count twice; let one replace the other"
    return Finding(rule="entry.overlap", template=template, values={"first": first, "second": second})
