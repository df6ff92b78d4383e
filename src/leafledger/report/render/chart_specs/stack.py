"""Columns made of parts."""

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal

from leafledger.report import palette
from leafledger.report.render.chart_specs.parts import LIGHT, Point, Spec, across, colour, in_order, length, row, title

LEAST_SHARE_LABELLED = Decimal("0.07")
"""A part that is a smaller share of the highest column has no room for its label."""


def stacked_split(points: Sequence[Point], unit: str, totals: Sequence[Point] = ()) -> Spec:
    """A column for each group, made of its parts, with `totals` above. A column with an absent part says which, in place of its total."""
    parts = in_order(point.part for point in points)
    groups = in_order(point.group for point in points)
    columns = [[point for point in points if point.group == group] for group in groups]
    highest = max(map(_height, columns), default=Decimal(0)) or Decimal(1)
    drawn = [one for column in columns for one in _drawn(column, highest)]
    heads = [_top(group, column, totals) for group, column in zip(groups, columns, strict=True)]
    letters: Spec = {"condition": {"test": _on_light(parts), "value": palette.INK}, "value": palette.PAPER}
    warn: Spec = {"condition": {"test": "datum.hole", "value": palette.HOLE}, "value": palette.INK}
    return {
        **title(unit),
        "encoding": {"x": across(groups)},
        "layer": [
            {
                "data": {"values": drawn},
                "mark": {"type": "bar", "width": {"band": 0.5}},
                "encoding": {"y": length("from"), "y2": {"field": "to"}, "color": colour(parts)},
            },
            {
                "data": {"values": drawn},
                "mark": "text",
                "encoding": {"y": length("middle"), "text": {"field": "label"}, "color": letters},
            },
            {
                "data": {"values": heads},
                "mark": {"type": "text", "baseline": "bottom", "dy": -5, "fontWeight": 600},
                "encoding": {"y": length("to"), "text": {"field": "label"}, "color": warn},
            },
        ],
    }


def _height(column: Sequence[Point]) -> Decimal:
    return sum((point.value or Decimal(0) for point in column), Decimal(0))


def _drawn(column: Sequence[Point], highest: Decimal) -> Iterator[Spec]:
    """The parts that are there, one on the other; a thin one without its label."""
    base = Decimal(0)
    for point in column:
        if point.value is None:
            continue
        top = base + point.value
        label = point.label if point.value / highest >= LEAST_SHARE_LABELLED else ""
        yield row(point) | {"from": float(base), "to": float(top), "middle": float((base + top) / 2), "label": label}
        base = top


def _top(group: str, column: Sequence[Point], totals: Sequence[Point]) -> Spec:
    """What stands above a column: its total, or the parts that it lacks."""
    gaps = [f"{point.part} {point.label}".strip() for point in column if point.value is None]
    total = next((one.label for one in totals if one.group == group), "")
    return {"group": group, "to": float(_height(column)), "label": gaps or [total], "hole": bool(gaps)}


def _on_light(parts: Sequence[str]) -> str:
    """Is a part drawn in a colour that needs dark letters, as an expression of Vega."""
    light = [part for place, part in enumerate(parts) if place % len(palette.SERIES) in LIGHT]
    return " || ".join(f"datum.part === {json.dumps(part)}" for part in light) or "false"
