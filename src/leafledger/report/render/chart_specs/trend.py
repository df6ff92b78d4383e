"""Bars over the years."""

import json
from collections.abc import Sequence

from leafledger.report import palette
from leafledger.report.render.chart_specs.parts import Point, Spec, across, colour, gaps, head, in_order, length, there


def trend(points: Sequence[Point], unit: str) -> Spec:
    """Bars over the years, one for each part, each with its label; an absent value is a gap that says so."""
    parts = in_order(point.part for point in points)
    years = in_order(point.group for point in points)
    several = len(parts) > 1
    at: Spec = {"x": across(years)}
    if several:
        at["xOffset"] = {"field": "part", "sort": parts}
    return {
        **head(points, unit),
        "encoding": at,
        "layer": [
            {
                "mark": {"type": "bar", "width": {"band": 0.9 if several else 0.42}},
                **there(),
                "encoding": {"y": length("value"), "color": colour(parts) if several else _latest(years)},
            },
            {
                "mark": {"type": "text", "dy": -7, "fontWeight": 500},
                **there(),
                "encoding": {"y": length("value"), "text": {"field": "label"}},
            },
            *gaps(),
        ],
    }


def _latest(years: Sequence[str]) -> Spec:
    """The latest year stands out."""
    latest = {"test": f"datum.group === {json.dumps(years[-1])}", "value": palette.DEEP} if years else {}
    return {"condition": latest, "value": palette.SERIES[3]}
