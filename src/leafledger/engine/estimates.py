"""Lets the bill take the place of the estimate: a measured reading of all of its days counts instead of it, and the effect is told."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from leafledger.core.fact import Cell
from leafledger.core.finding import Finding
from leafledger.core.period import uncovered
from leafledger.core.quantity import plain
from leafledger.engine.told import Told
from leafledger.engine.twice import event
from leafledger.engine.weigh import days_in
from leafledger.library.units import factor_between


def without_replaced(cells: Sequence[Cell], *, flow: bool) -> tuple[list[Cell], list[Told]]:
    """The cells without the estimates all of whose days were measured, each with a note. An overlap of some days stays one.

    Two readings of a flow on one single day are two events, an estimated one too: there `replaces` has to say that one is the other.
    """
    measured = [cell for cell in cells if not cell.estimated and cell.kind in ("reading", "nil", "register")]
    kept: list[Cell] = []
    told: list[Told] = []
    for cell in cells:
        by = _in_its_place(cell, measured, flow=flow) if cell.estimated and cell.kind == "reading" else []
        if by:
            told.append(Told(days=cell.period, finding=_effect(cell, by)))
        else:
            kept.append(cell)
    return kept, told


def _in_its_place(cell: Cell, measured: Sequence[Cell], *, flow: bool) -> list[Cell]:
    """The measured cells that cover all days of an estimate, if they do."""
    over = [one for one in measured if one.period.overlap(cell.period) and not (flow and event(cell) and event(one))]
    return over if over and not uncovered([one.period for one in over], cell.period) else []


def _effect(cell: Cell, by: Sequence[Cell]) -> Finding:
    now = sum(
        (Fraction(one.value) * factor_between(one.unit, cell.unit) * days_in(one.period, cell.period) for one in by),
        Fraction(0),
    )
    effect = now - Fraction(cell.value)
    template = (
        "the estimate {entry} ({value} {unit} for {days}) no longer counts, as {by} measured these days: {now} {unit}, "
        "{effect} {unit} to it"
    )
    values = {
        "entry": ", ".join(cell.entries),
        "value": plain(cell.value),
        "unit": cell.unit,
        "days": cell.period,
        "by": ", ".join(sorted({id for one in by for id in one.entries})),
        "now": _short(now),
        "effect": ("+" if effect >= 0 else "") + _short(effect),
    }
    return Finding(rule="estimate.replaced", template=template, values=values, severity="note")


def _short(exact: Fraction) -> str:
    return plain(Decimal(round(exact * 1000)).scaleb(-3))
