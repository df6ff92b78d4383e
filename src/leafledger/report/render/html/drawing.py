"""A chart's SVG made fit to stand in a page: in the page's font, with names of its own, and without inline styles."""

import re
from xml.etree import ElementTree

from leafledger.report.render.html.markup import Html, tag

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_POINTS_AT = re.compile(r"url\(#([^)]+)\)")
_LONG = re.compile(r"\d+\.\d{3,}")
_DROPPED = frozenset(
    {"style", "class", "role", "font-family", "pointer-events", "aria-hidden", "aria-label", "aria-roledescription"}
)
_IDLE = {"opacity": "1", "stroke-miterlimit": "10", "font-weight": "normal"}
_KEPT = frozenset(
    {
        "svg",
        "g",
        "path",
        "rect",
        "line",
        "circle",
        "text",
        "tspan",
        "defs",
        "clipPath",
        "linearGradient",
        "stop",
        "title",
    }
)


def inline_svg(svg: bytes, name: str, spoken: str) -> Html:
    """The drawing as one element that a screen reader reads as `spoken`. `name` keeps its ids apart from other drawings'."""
    root = ElementTree.fromstring(svg)
    inside = [_element(child, name) for child in root]
    box = root.get("viewBox") or f"0 0 {root.get('width')} {root.get('height')}"
    size = {"width": root.get("width", ""), "height": root.get("height", "")}
    return tag("svg", *inside, viewBox=box, role="img", aria_label=spoken, **size)


def _element(it: ElementTree.Element, name: str) -> Html:
    kind = it.tag.removeprefix(_SVG)
    if kind not in _KEPT or it.get("display") == "none":
        return Html("")
    attributes = {key: _value(key, value, name) for key, value in it.items() if _stays(key, value)}
    inside = [it.text or "", *(part for child in it for part in (_element(child, name), child.tail or ""))]
    return tag(kind, *inside, **attributes)


def _stays(key: str, value: str) -> bool:
    return key not in _DROPPED and key != _LINK and not key.startswith("on") and _IDLE.get(key) != value


def _value(key: str, value: str, name: str) -> str:
    if key == "id":
        return f"{name}-{value}"
    value = _POINTS_AT.sub(rf"url(#{name}-\1)", value)
    return _LONG.sub(lambda number: f"{float(number[0]):.2f}", value)
