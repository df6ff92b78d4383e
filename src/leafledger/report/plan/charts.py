"""The pictures of a plan, as Vega-Lite specifications with their data inside: power, battery, price, forecast, plan against actual, months."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from leafledger.report import palette
from leafledger.report.plan.words import word

Spec = dict[str, object]
Numbers = Sequence[float]
WIDTH = 724
HIGH, LOW = 250, 150
ONE_LINE: Spec = {"columns": 6}
SOFT = "#cfe3de"
"""Behind a line: what is held, what may be."""
PERIODS = {
    "deep_valley": palette.SERIES[7], "valley": palette.SERIES[3], "flat": palette.SERIES[1], "peak": palette.ACCENT, "critical": palette.HOLE,
}  # fmt: skip
SOURCES = {"grid": palette.DEEP, "pv": palette.SERIES[5], "discharge": palette.SERIES[1], "charge": palette.SERIES[3]}


def power(language: str, times: Sequence[datetime], series: Mapping[str, Numbers], load: Numbers) -> Spec:
    """Sources stacked, and the load as a line; what stands above the line goes into the battery. series: grid (without what is charged), pv, …"""
    names = [name for name in SOURCES if name in series]
    rows = [
        {"at": at, "part": word(language, name), "order": n, "mw": value}
        for n, name in enumerate(names)
        for at, value in _steps(times, series[name])
    ]
    line = [{"at": at, "mw": value, "part": word(language, "load")} for at, value in _steps(times, load)]
    colour = {
        "field": "part", "type": "nominal", "legend": ONE_LINE,
        "scale": {"domain": [*[word(language, name) for name in names], word(language, "load")],
                  "range": [*[SOURCES[name] for name in names], palette.INK]},
    }  # fmt: skip
    return {
        "encoding": {"x": _time(language, times)},
        "layer": [
            {"data": {"values": rows}, "mark": {"type": "area", "interpolate": "step-after"},
             "encoding": {"y": {"field": "mw", "type": "quantitative", "stack": "zero", "title": None}, "color": colour,
                          "order": {"field": "order"}}},
            {"data": {"values": line}, "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 1.6},
             "encoding": {"y": {"field": "mw", "type": "quantitative"}, "color": colour}},
        ],
    }  # fmt: skip


def energy(language: str, times: Sequence[datetime], held: Numbers, reserve: float, size: float) -> Spec:
    """What the battery holds at the end of each hour, with its reserve."""
    rows = [
        {"at": _stamp(at + timedelta(hours=1)), "mwh": round(value, 4)} for at, value in zip(times, held, strict=True)
    ]
    y = {"field": "mwh", "type": "quantitative", "title": None, "scale": {"domain": [0, size]}}
    return {
        "data": {"values": rows},
        "encoding": {"x": _time(language, times), "y": y},
        "layer": [
            {"mark": {"type": "area", "color": SOFT, "line": {"color": palette.DEEP, "strokeWidth": 1.6}}},
            {"data": {"values": [{"y": reserve, "label": word(language, "reserve")}]},
             "encoding": {"x": {"value": 0}, "x2": {"value": "width"}, "y": {"field": "y", "type": "quantitative"}},
             "layer": [{"mark": {"type": "rule", "color": palette.ACCENT, "strokeDash": [4, 3]}},
                       {"mark": {"type": "text", "align": "left", "dx": 4, "dy": -6, "color": palette.HOLE},
                        "encoding": {"text": {"field": "label"}}}]},
        ],
    }  # fmt: skip


def price(
    language: str, times: Sequence[datetime], values: Numbers, period: Sequence[str], names: Mapping[str, str]
) -> Spec:
    """A bar for each hour, in the colour of its period."""
    rows = [
        {"at": _stamp(at), "end": _stamp(at + timedelta(hours=1)), "price": value, "zero": 0, "period": names[one]}
        for at, value, one in zip(times, values, period, strict=True)
    ]
    there = [one for one in PERIODS if one in set(period)] + sorted(set(period) - set(PERIODS))
    colours = [PERIODS.get(one, palette.MUTED) for one in there]
    return {
        "data": {"values": rows},
        "mark": {"type": "rect"},
        "encoding": {
            "x": _time(language, times), "x2": {"field": "end"}, "y": {"field": "zero", "type": "quantitative", "title": None},
            "y2": {"field": "price"},
            "color": {"field": "period", "type": "nominal", "legend": ONE_LINE, "scale": {"domain": [names[one] for one in there], "range": colours}},
        },
    }  # fmt: skip


def forecast(
    language: str,
    past: Sequence[datetime],
    measured: Numbers,
    times: Sequence[datetime],
    band: tuple[Numbers, Numbers, Numbers],
) -> Spec:
    """What was measured, and what is expected with its band. band: low, middle, high; an unknown hour is a gap."""
    low, middle, high = band
    was = [
        {"at": _stamp(at), "mw": value, "what": word(language, "measured")}
        for at, value in zip(past, measured, strict=True)
        if value == value
    ]
    will = [
        {
            "at": _stamp(at),
            "mw": value,
            "low": below,
            "high": above,
            "what": word(language, "forecast"),
            "band": word(language, "band"),
        }
        for at, below, value, above in zip(times, low, middle, high, strict=True)
    ]
    least = min([*[one["mw"] for one in was], *low], default=0.0)  # type: ignore[type-var]
    domain = [word(language, "measured"), word(language, "forecast"), word(language, "band")]
    scale = {"domain": domain, "range": [palette.INK, palette.DEEP, SOFT]}
    y = {"type": "quantitative", "title": None, "scale": {"zero": False, "domainMin": max(0.0, float(least) * 0.92)}}  # type: ignore[arg-type]
    return {
        "encoding": {"x": _time(language, [*past, *times])},
        "layer": [
            {"data": {"values": will}, "mark": "area",
             "encoding": {"y": {"field": "low", **y}, "y2": {"field": "high"},
                          "color": {"field": "band", "type": "nominal", "scale": scale, "legend": ONE_LINE}}},
            {"data": {"values": will}, "mark": {"type": "line", "strokeWidth": 1.8, "strokeDash": [5, 3]},
             "encoding": {"y": {"field": "mw", **y}, "color": {"field": "what", "type": "nominal", "scale": scale, "legend": ONE_LINE}}},
            {"data": {"values": was}, "mark": {"type": "line", "strokeWidth": 1.6},
             "encoding": {"y": {"field": "mw", **y}, "color": {"field": "what", "type": "nominal", "scale": scale, "legend": ONE_LINE}}},
        ],
    }  # fmt: skip


def against(language: str, times: Sequence[datetime], planned: Numbers, actual: Numbers) -> Spec:
    """Power bought as planned and as the meter showed it; an unknown hour is a gap."""
    rows = [
        {"at": at, "mw": value if value == value else None, "what": word(language, what)}
        for what, values in (("planned", planned), ("measured", actual))
        for at, value in _steps(times, values)
    ]
    scale = {"domain": [word(language, "planned"), word(language, "measured")], "range": [palette.ACCENT, palette.DEEP]}
    return {
        "data": {"values": rows},
        "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 1.8},
        "encoding": {
            "x": _time(language, times), "y": {"field": "mw", "type": "quantitative", "title": None, "scale": {"zero": True}},
            "color": {"field": "what", "type": "nominal", "scale": scale, "legend": ONE_LINE},
        },
    }  # fmt: skip


def months(
    names: Sequence[str], values: Numbers, approved: Sequence[bool], target: float | None, decimals: int
) -> Spec:
    """A bar for each month with its value in it, from a floor that shows the difference, light where it is interim; the target as a line."""
    rows = [{"month": name, "value": value, "label": f"{value:.{decimals}f}", "done": done}
            for name, value, done in zip(names, values, approved, strict=True)]  # fmt: skip
    known = [*values, *([target] if target is not None else [])]
    floor = 1.0 if min(known, default=0) >= 1 and max(known, default=0) < 1.9 else 0.0
    top = floor + (max(known, default=1.0) - floor) * 1.12
    y = {"type": "quantitative", "title": None, "scale": {"domain": [floor, top], "nice": False}}
    pairs = ((palette.DEEP, palette.SERIES[3]), (palette.PAPER, palette.INK))
    colours = [{"condition": {"test": "datum.done", "value": done}, "value": not_yet} for done, not_yet in pairs]
    layers: list[Spec] = [
        {"mark": {"type": "bar", "width": {"band": 0.5}}, "encoding": {"y": {"field": "value", **y}, "y2": {"datum": floor}, "color": colours[0]}},
        {"mark": {"type": "text", "dy": 13, "fontWeight": 500, "fontSize": 11},
         "encoding": {"y": {"field": "value", **y}, "text": {"field": "label"}, "color": colours[1]}},
    ]  # fmt: skip
    if target is not None:
        layers.append({
            "data": {"values": [{"y": target}]}, "mark": {"type": "rule", "color": palette.ACCENT, "strokeWidth": 1.8, "strokeDash": [5, 3]},
            "encoding": {"y": {"field": "y", **y}, "x": {"value": 0}, "x2": {"value": "width"}},
        })  # fmt: skip
    x = {"field": "month", "type": "ordinal", "sort": None, "title": None, "axis": {"labelAngle": 0, "domain": True}}
    return {"data": {"values": rows}, "encoding": {"x": x}, "layer": layers}


def _steps(times: Sequence[datetime], values: Numbers) -> list[tuple[str, float]]:
    """Each hour's value from its beginning; the last one once more at its end, so that its step is drawn."""
    rows = [(_stamp(at), round(float(value), 5)) for at, value in zip(times, values, strict=True)]
    return [*rows, (_stamp(times[-1] + timedelta(hours=1)), rows[-1][1])] if rows else []


def _time(language: str, times: Sequence[datetime]) -> Spec:
    """Hours of the day below, and the day where it begins."""
    day = "utcFormat(datum.value, '%-d %b')" if language == "en" else "utcFormat(datum.value, '%-m月%-d日')"
    hours = 6 if len(times) <= 72 else 12 if len(times) <= 120 else 24
    label = f"utchours(datum.value) == 0 ? ['0', {day}] : utcFormat(datum.value, '%-H')"
    ticks = [_stamp(at) for at in times if at.hour % hours == 0 and not at.minute]
    axis = {"labelExpr": label, "values": ticks, "grid": False, "labelFlush": False}
    return {"field": "at", "type": "temporal", "scale": {"type": "utc", "nice": False}, "title": None, "axis": axis}


def _stamp(at: datetime) -> str:
    """The time on the wall, written as if it were UTC, so that no machine's zone moves it."""
    return at.replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
