"""The few kinds of chart that reports need, as Vega-Lite specifications with their data and labels inside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from leafledger.report import palette

Spec = dict[str, object]
LEAST_SHARE_LABELLED = Decimal("0.07")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One value to draw. `label` is what is printed at it, already written for the reader, also where the value is absent.

    group: where it stands (a year, a split); part: which series it belongs to.
    """

    group: str
    value: Decimal | None
    label: str
    part: str = ""


def trend(points: Sequence[Point], unit: str) -> Spec:
    """Bars over the years, one for each part, each with its label; an absent value is a gap that says so."""
    parts = _in_order(point.part for point in points)
    years = _in_order(point.group for point in points)
    x: Spec = {
        "field": "group",
        "type": "ordinal",
        "sort": years,
        "title": None,
        "axis": {"labelAngle": 0, "labelFontSize": 10},
    }
    at: Spec = {"x": x}
    colour: Spec
    if len(parts) > 1:
        at["xOffset"] = {"field": "part", "sort": parts}
        colour = _colour(parts)
    else:
        latest = {"test": f"datum.group === {years[-1]!r}", "value": palette.DEEP} if years else {}
        colour = {"condition": latest, "value": palette.SERIES[3]}
    height: Spec = {"field": "value", "type": "quantitative", "axis": None, "scale": {"zero": True}}
    return {
        **_head(points, unit),
        "encoding": at,
        "layer": [
            {
                "mark": {"type": "bar", "width": {"band": 0.42 if len(parts) == 1 else 0.9}},
                **_there(),
                "encoding": {"y": height, "color": colour},
            },
            {
                "mark": {"type": "text", "dy": -7, "fontWeight": 500},
                **_there(),
                "encoding": {"y": height, "text": {"field": "label"}},
            },
            *_gaps(),
        ],
    }


def stacked_split(points: Sequence[Point], unit: str, totals: Sequence[Point] = ()) -> Spec:
    """A column for each group, made of its parts, with `totals` above. A column with an absent part says which, in place of its total."""
    parts = _in_order(point.part for point in points)
    groups = _in_order(point.group for point in points)
    highest = max(
        (sum((p.value or 0 for p in points if p.group == g), Decimal(0)) for g in groups), default=Decimal(0)
    ) or Decimal(1)
    drawn: list[Spec] = []
    heads: list[Spec] = []
    for group in groups:
        base = Decimal(0)
        absent = [p for p in points if p.group == group and p.value is None]
        for point in (p for p in points if p.group == group and p.value is not None):
            top = base + (point.value or 0)
            shown = point.label if (top - base) / highest >= LEAST_SHARE_LABELLED else ""
            drawn.append(
                _row(point) | {"from": float(base), "to": float(top), "middle": float((base + top) / 2), "label": shown}
            )
            base = top
        total = next((t.label for t in totals if t.group == group), "")
        gaps = [f"{p.part} {p.label}".strip() for p in absent]
        heads.append({"group": group, "to": float(base), "label": gaps or [total], "hole": bool(gaps)})
    x: Spec = {
        "field": "group",
        "type": "ordinal",
        "sort": groups,
        "title": None,
        "axis": {"labelAngle": 0, "labelFontSize": 10},
    }
    ends: Spec = {"y": _length("from"), "y2": {"field": "to"}}
    light = (
        " || ".join(f"datum.part === {part!r}" for i, part in enumerate(parts) if i % len(palette.SERIES) in LIGHT)
        or "false"
    )
    letters: Spec = {"condition": {"test": light, "value": palette.INK}, "value": palette.PAPER}
    warn: Spec = {"condition": {"test": "datum.hole", "value": palette.HOLE}, "value": palette.INK}
    return {
        **_title(unit),
        "encoding": {"x": x},
        "layer": [
            {
                "data": {"values": drawn},
                "mark": {"type": "bar", "width": {"band": 0.5}},
                "encoding": {**ends, "color": _colour(parts)},
            },
            {
                "data": {"values": drawn},
                "mark": "text",
                "encoding": {"y": _length("middle"), "text": {"field": "label"}, "color": letters},
            },
            {
                "data": {"values": heads},
                "mark": {"type": "text", "baseline": "bottom", "dy": -5, "fontWeight": 500},
                "encoding": {"y": _length("to"), "text": {"field": "label"}, "color": warn},
            },
        ],
    }


def mix(points: Sequence[Point], unit: str) -> Spec:
    """A bar across for each group, its label at its end: energy by source, suppliers by region."""
    groups = _in_order(point.group for point in points)
    y: Spec = {
        "field": "group",
        "type": "ordinal",
        "sort": groups,
        "title": None,
        "axis": {"domain": False, "labelLimit": 220},
    }
    length: Spec = {"field": "value", "type": "quantitative", "axis": None, "scale": {"zero": True}}
    gap: Spec = {"x": {"value": 6}, "text": {"field": "label"}}
    return {
        **_head(points, unit),
        "padding": {
            "left": 16,
            "right": 8,
            "top": 2,
            "bottom": 2,
        },  # names are measured in a thinner weight than they are set in
        "encoding": {"y": y},
        "layer": [
            {
                "mark": {"type": "bar", "height": {"band": 0.6}, "color": palette.DEEP},
                **_there(),
                "encoding": {"x": length},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "fontWeight": 500},
                **_there(),
                "encoding": {"x": length, "text": {"field": "label"}},
            },
            {"mark": {"type": "text", "align": "left", "color": palette.HOLE}, **_absent(), "encoding": gap},
        ],
    }


LIGHT = (2, 3, 5, 7)
"""Which of the series colours need dark letters on them."""


def share_bars(points: Sequence[Point]) -> Spec:
    """A bar of 100 % for each group (gender, age, region), its parts named below it; about 62 points of height for each.

    A group with an absent part has no whole to take shares of: its bar stays empty, and its names say what is absent.
    """
    segments: list[Spec] = []
    names: list[Spec] = []
    groups = _in_order(point.group for point in points)
    for line, group in enumerate(groups):
        mine = [point for point in points if point.group == group]
        values = [point.value for point in mine if point.value is not None]
        whole = sum(values, Decimal(0)) if len(values) == len(mine) else Decimal(0)
        left = Decimal(0)
        starts = _starts([f"{point.part} {point.label}".strip() for point in mine])
        for place, point in enumerate(mine):
            colour = palette.SERIES[place % len(palette.SERIES)] if whole else palette.HOLE_TINT
            share = (point.value or Decimal(0)) / whole if whole else Decimal(0)
            segments.append(
                {"y": line + 0.3, "y2": line + 0.62, "x": float(left), "x2": float(left + share), "colour": colour}
            )
            left += share
            text = f"{point.part} {point.label}".strip()
            hole = point.value is None
            names.append(
                {
                    "y": line + 0.78,
                    "x": starts[place],
                    "text": text,
                    "colour": palette.HOLE if hole else palette.INK,
                    "fill": colour,
                }
            )
        if not whole:
            segments.append(
                {"y": line + 0.3, "y2": line + 0.62, "x": 0, "x2": 1, "colour": palette.HOLE_TINT, "hole": True}
            )
    heads = [{"y": line + 0.16, "text": group} for line, group in enumerate(groups)]
    x: Spec = {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [0, 1]}}
    y: Spec = {
        "field": "y",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, len(groups) or 1], "reverse": True},
    }
    paint: Spec = {"field": "colour", "type": "nominal", "scale": None}
    fill: Spec = {"field": "fill", "type": "nominal", "scale": None}
    edge: Spec = {"condition": {"test": "datum.hole", "value": palette.HOLE}, "value": palette.PAPER}
    dash: Spec = {"condition": {"test": "datum.hole", "value": [3, 2]}, "value": [1, 0]}
    box: Spec = {
        "x": x,
        "x2": {"field": "x2"},
        "y": y,
        "y2": {"field": "y2"},
        "color": paint,
        "stroke": edge,
        "strokeDash": dash,
    }
    return {
        "layer": [
            {"data": {"values": segments}, "mark": {"type": "rect", "strokeWidth": 1}, "encoding": box},
            {
                "data": {"values": heads},
                "mark": {"type": "text", "align": "left", "fontWeight": 600},
                "encoding": {"x": {"value": 0}, "y": y, "text": {"field": "text"}},
            },
            {
                "data": {"values": names},
                "mark": {"type": "point", "shape": "square", "filled": True, "size": 55, "xOffset": 4, "opacity": 1},
                "encoding": {"x": x, "y": y, "color": fill},
            },
            {
                "data": {"values": names},
                "mark": {"type": "text", "align": "left", "dx": 12},
                "encoding": {"x": x, "y": y, "text": {"field": "text"}, "color": paint},
            },
        ],
    }


def _starts(texts: Sequence[str]) -> list[float]:
    """Where each name begins below a bar, so that a long one has more room: a Chinese letter is as wide as two others."""
    wide = [4 + sum(2 if letter >= "\u2e80" else 1 for letter in text) for text in texts]
    return [sum(wide[:place]) / sum(wide) for place in range(len(wide))]


def _head(points: Sequence[Point], unit: str) -> Spec:
    return {**_title(unit), "data": {"values": [_row(point) for point in points]}}


def _title(unit: str) -> Spec:
    return {
        "title": {
            "text": unit,
            "anchor": "start",
            "fontSize": 9,
            "fontWeight": 400,
            "color": palette.MUTED,
            "offset": 10,
        }
    }


def _row(point: Point) -> Spec:
    """The drawing's own numbers are floats; what is read is the label."""
    value = None if point.value is None else float(point.value)
    return {"group": point.group, "part": point.part, "value": value, "label": point.label}


def _there() -> Spec:
    return {"transform": [{"filter": "datum.value !== null"}]}


def _absent() -> Spec:
    return {"transform": [{"filter": "datum.value === null"}]}


def _gaps() -> list[Spec]:
    """A dashed stroke on the baseline and the words for what is absent."""
    return [
        {
            "mark": {
                "type": "tick",
                "color": palette.HOLE,
                "strokeDash": [3, 2],
                "orient": "horizontal",
                "y": "height",
            },
            **_absent(),
        },
        {
            "mark": {"type": "text", "dy": -8, "color": palette.HOLE, "y": "height"},
            **_absent(),
            "encoding": {"text": {"field": "label"}},
        },
    ]


def _length(field: str) -> Spec:
    return {"field": field, "type": "quantitative", "axis": None, "scale": {"zero": True}}


def _colour(parts: list[str]) -> Spec:
    return {
        "field": "part",
        "type": "nominal",
        "sort": parts,
        "scale": {"domain": parts, "range": list(palette.SERIES)},
    }


def _in_order(names: Iterable[str]) -> list[str]:
    """Each name once, in the order in which it first comes."""
    return list(dict.fromkeys(names))
