"""A whole as one bar, with its parts named below it."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from leafledger.report import palette
from leafledger.report.render.chart_specs.parts import ROOM, Point, Spec, breadth, in_order

HEAD, BAR, NAMES = 20, 20, 38
"""Heights in points: of a bar's own title, which only several bars need, of the bar, and of the names with their values below it."""


def share_height(points: Sequence[Point]) -> int:
    """How high the drawing has to be."""
    groups = in_order(point.group for point in points)
    return len(groups) * (_head(groups) + BAR + NAMES) + 4


def share_bars(points: Sequence[Point]) -> Spec:
    """A bar of 100 % for each group (gender, age, region), its parts named below it with their values; `share_height` high.

    A group with an absent part has no whole to take shares of: its bar stays empty, and its names say what is absent.
    """
    groups = in_order(point.group for point in points)
    step = _head(groups) + BAR + NAMES
    segments: list[Spec] = []
    names: list[Spec] = []
    for line, group in enumerate(groups):
        mine = [point for point in points if point.group == group]
        whole = _whole(mine)
        segments += _segments(mine, whole, line * step + _head(groups))
        names += _names(mine, whole, line * step + _head(groups) + BAR)
    heads = [{"y": line * step + 9, "text": group} for line, group in enumerate(groups)] if _head(groups) else []
    x: Spec = {"field": "x", "type": "quantitative", "axis": None, "scale": {"domain": [0, 1]}}
    y: Spec = {
        "field": "y",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, step * (len(groups) or 1)], "reverse": True},
    }
    at: Spec = {"x": x, "y": y}
    paint: Spec = {"field": "colour", "type": "nominal", "scale": None}
    fill: Spec = {"field": "fill", "type": "nominal", "scale": None}
    words: Spec = {**at, "color": paint}
    return {
        "layer": [
            {
                "data": {"values": segments},
                "mark": {"type": "rect", "strokeWidth": 1},
                "encoding": {**at, **_box(), "color": paint},
            },
            {
                "data": {"values": heads},
                "mark": _text(0, 600),
                "encoding": {**at, "x": {"value": 0}, "text": {"field": "text"}},
            },
            {
                "data": {"values": names},
                "mark": {"type": "point", "shape": "square", "filled": True, "size": 55, "xOffset": 4, "opacity": 1},
                "encoding": {**at, "color": fill},
            },
            {"data": {"values": names}, "mark": _text(12, 400), "encoding": {**words, "text": {"field": "name"}}},
            {
                "data": {"values": names},
                "mark": {**_text(12, 600), "dy": 13},
                "encoding": {**words, "text": {"field": "value"}},
            },
        ],
    }


def _head(groups: Sequence[str]) -> int:
    return HEAD if len(groups) > 1 else 0


def _whole(points: Sequence[Point]) -> Decimal:
    """What the shares are of; nothing where a part is absent."""
    values = [point.value for point in points if point.value is not None]
    return sum(values, Decimal(0)) if len(values) == len(points) else Decimal(0)


def _segments(points: Sequence[Point], whole: Decimal, top: int) -> Iterator[Spec]:
    if not whole:
        yield {"y": top, "y2": top + BAR, "x": 0, "x2": 1, "colour": palette.HOLE_TINT, "hole": True}
        return
    left = Decimal(0)
    for place, point in enumerate(points):
        share = (point.value or Decimal(0)) / whole
        yield {"y": top, "y2": top + BAR, "x": float(left), "x2": float(left + share), "colour": _colour(place)}
        left += share


def _names(points: Sequence[Point], whole: Decimal, below: int) -> Iterator[Spec]:
    starts = _starts([max(point.part, point.label, key=len) for point in points])
    for place, point in enumerate(points):
        colour = palette.HOLE if point.value is None else palette.INK
        fill = _colour(place) if whole else palette.HOLE_TINT
        yield {
            "y": below + 11,
            "x": starts[place],
            "name": point.part,
            "value": point.label,
            "colour": colour,
            "fill": fill,
        }


def _starts(texts: Sequence[str]) -> list[float]:
    """Where each name begins below a bar: at even distances, or, where they are long, so that a longer one has more room."""
    wide = [4 + breadth(text) for text in texts]
    even = max(wide) * len(wide) <= ROOM
    return [place / len(wide) if even else sum(wide[:place]) / sum(wide) for place in range(len(wide))]


def _colour(place: int) -> str:
    return palette.SERIES[place % len(palette.SERIES)]


def _box() -> Spec:
    edge: Spec = {"condition": {"test": "datum.hole", "value": palette.HOLE}, "value": palette.PAPER}
    dash: Spec = {"condition": {"test": "datum.hole", "value": [3, 2]}, "value": [1, 0]}
    return {"x2": {"field": "x2"}, "y2": {"field": "y2"}, "stroke": edge, "strokeDash": dash}


def _text(dx: int, weight: int) -> Spec:
    return {"type": "text", "align": "left", "dx": dx, "fontWeight": weight}
