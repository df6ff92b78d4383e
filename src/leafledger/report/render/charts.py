"""Draws the charts of a report: a Vega-Lite specification goes in, an SVG in the house's look comes out."""

import json
import re
from collections.abc import Mapping
from functools import cache

import vl_convert

from leafledger.report import palette
from leafledger.report.blocks import Figure, Report
from leafledger.report.render import fonts

VERSION = "v5.20"
_TEXT = re.compile(r"<text\b([^>]*?)(/?)>")
_LOWERED = re.compile(r"[\u2080-\u2089](?=[^<>]*</text>)")
_WEIGHT = re.compile(r'font-weight="(\w+)"')


def charts_of(report: Report) -> dict[str, bytes]:
    """The drawing of every chart of a report, by its id."""
    blocks = [block for chapter in report.chapters for block in chapter.blocks if isinstance(block, Figure)]
    return {one.id: draw(one.spec, one.width, one.height, report.language) for one in blocks}


def draw(spec: Mapping[str, object], width: int, height: int, language: str) -> bytes:
    """SVG of exactly width x height points, its text as text. The first chart of a process also starts the engine."""
    _start()
    whole = {
        "width": width,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": 2,
        **spec,
        "config": house(language),
    }
    return _weighted(vl_convert.vegalite_to_svg(json.dumps(whole), vl_version=VERSION)).encode()


def house(language: str) -> dict[str, object]:
    """How every chart looks: few lines, quiet labels, the colours and the font of the report."""
    font = f"{fonts.FAMILY[language]}, {fonts.ON_SCREEN[language]}"
    label = {"labelFont": font, "labelFontSize": 9, "labelColor": palette.INK}
    title = {"titleFont": font, "titleFontSize": 9, "titleColor": palette.MUTED, "titleFontWeight": 400}
    return {
        "font": font,
        "aria": False,
        "background": "transparent",
        "view": {"stroke": None},
        "axis": {
            **label,
            **title,
            "domainColor": palette.MUTED,
            "gridColor": palette.RULE,
            "ticks": False,
            "labelPadding": 6,
        },
        "legend": {
            **label,
            **title,
            "title": None,
            "orient": "top",
            "symbolType": "square",
            "symbolSize": 70,
            "offset": 14,
            "labelLimit": 0,
            "columns": 3,
            "columnPadding": 24,
        },
        "text": {"font": font, "fontSize": 9, "color": palette.INK},
        "range": {"category": list(palette.SERIES)},
    }


@cache
def _start() -> None:
    vl_convert.register_font_directory(str(fonts.directory()))


def _weighted(svg: str) -> str:
    """The font is variable and its plain state is hair-thin: Typst takes the weight of SVG text from this style alone."""

    def with_weight(tag: re.Match[str]) -> str:
        named = _WEIGHT.search(tag[1])
        weight = {"normal": "400", "bold": "700"}.get(named[1], named[1]) if named else "400"
        return f"<text{tag[1]} style=\"font-variation-settings:'wght' {weight}\"{tag[2]}>"

    return _LOWERED.sub(_lowered, _TEXT.sub(with_weight, svg))


def _lowered(found: re.Match[str]) -> str:
    """The font has no lowered digits, and one sign from another font would take the whole label with it."""
    return f'<tspan baseline-shift="sub" font-size="75%">{ord(found[0]) - 0x2080}</tspan>'
