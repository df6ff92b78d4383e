"""Bars across, one below the other."""

from collections.abc import Sequence

from leafledger.report import palette
from leafledger.report.render.chart_specs.parts import Point, Spec, absent, head, in_order, length, there

NAMED = {"left": 16, "right": 8, "top": 2, "bottom": 2}
"""Room round the drawing: names are measured in a thinner weight than they are set in."""


def mix(points: Sequence[Point], unit: str) -> Spec:
    """A bar across for each group, its label at its end: energy by source, suppliers by region."""
    axis: Spec = {"domain": False, "labelLimit": 220}
    y: Spec = {
        "field": "group",
        "type": "ordinal",
        "sort": in_order(point.group for point in points),
        "title": None,
        "axis": axis,
    }
    gap: Spec = {"x": {"value": 6}, "text": {"field": "label"}}
    return {
        **head(points, unit),
        "padding": NAMED,
        "encoding": {"y": y},
        "layer": [
            {
                "mark": {"type": "bar", "height": {"band": 0.6}, "color": palette.DEEP},
                **there(),
                "encoding": {"x": length("value")},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "fontWeight": 500},
                **there(),
                "encoding": {"x": length("value"), "text": {"field": "label"}},
            },
            {"mark": {"type": "text", "align": "left", "color": palette.HOLE}, **absent(), "encoding": gap},
        ],
    }
