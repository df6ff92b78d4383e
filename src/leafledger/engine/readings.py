"""What the cells of a series come to before any period is asked for: meters as flows, estimates gone whose bill has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from leafledger.core.definition import Activity
from leafledger.core.fact import Cell
from leafledger.engine.estimates import without_replaced
from leafledger.engine.meters import as_flows
from leafledger.engine.repeats import repeated
from leafledger.engine.told import Told

__all__ = ["Settled", "Told", "settled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The cells that periods are taken from, in order, and what was found about some of their days."""

    cells: tuple[Cell, ...]
    told: tuple[Told, ...] = ()


def settled(cells: Sequence[Cell], activity: Activity | None, limit: Decimal | None = None) -> Settled:
    """The cells of one series. limit: the reading at which its meter starts again from 0."""
    told: list[Told] = []
    flow = activity is not None and activity.kind == "flow"
    if any(cell.kind == "register" for cell in cells):
        cells, found = as_flows(cells, limit)
        told += found
    if any(cell.estimated for cell in cells):
        cells, found = without_replaced(cells, flow=flow)
        told += found
    if flow:
        told += repeated(cells)
    return Settled(cells=tuple(cells), told=tuple(told))
