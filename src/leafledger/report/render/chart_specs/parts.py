"""What every chart is made of: points with their labels, the unit above, colours in their order, and gaps that say so."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from leafledger.report import palette

Spec = dict[str, object]
ROOM = 84
"""How many letters stand side by side across a drawing."""

LIGHT = (2, 3, 5, 7)
"""Which of the series colours need dark letters on them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One value to draw. `label` is what is printed at it, already written for the reader, also where the value is absent.

    group: where it stands (a year, a split); part: which series it belongs to.
    """

    group: str
    value: Decimal | None
    label: str
    part: str = ""


def head(points: Sequence[Point], unit: str) -> Spec:
    return {**title(unit), "data": {"values": [row(point) for point in points]}}


def title(unit: str) -> Spec:
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


def row(point: Point) -> Spec:
    """The drawing's own numbers are floats; what is read is the label."""
    value = None if point.value is None else float(point.value)
    return {"group": point.group, "part": point.part, "value": value, "label": point.label}


def there() -> Spec:
    return {"transform": [{"filter": "datum.value !== null"}]}


def absent() -> Spec:
    return {"transform": [{"filter": "datum.value === null"}]}


def gaps() -> list[Spec]:
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
            **absent(),
        },
        {
            "mark": {"type": "text", "dy": -8, "color": palette.HOLE, "y": "height"},
            **absent(),
            "encoding": {"text": {"field": "label"}},
        },
    ]


def across(groups: Sequence[str]) -> Spec:
    """The groups side by side, in their order."""
    axis: Spec = {"labelAngle": 0, "labelFontSize": 10}
    return {"field": "group", "type": "ordinal", "sort": groups, "title": None, "axis": axis}


def length(field: str) -> Spec:
    return {"field": field, "type": "quantitative", "axis": None, "scale": {"zero": True}}


def breadth(text: str) -> int:
    """How wide a text is, in Latin letters: a Chinese letter is as wide as two."""
    return sum(2 if letter >= "\u2e80" else 1 for letter in text)


def colour(parts: list[str]) -> Spec:
    """A colour for each part, named in a legend of as many columns as have room whatever font a screen takes."""
    columns = max(1, min(4, ROOM // (max(map(breadth, parts), default=0) + 8)))
    return {
        "field": "part",
        "type": "nominal",
        "sort": parts,
        "scale": {"domain": parts, "range": list(palette.SERIES)},
        "legend": {"columns": columns},
    }


def in_order(names: Iterable[str]) -> list[str]:
    """Each name once, in the order in which it first comes."""
    return list(dict.fromkeys(names))
