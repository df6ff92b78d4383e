"""The weather of a year, hour by hour: read from EPW or CSV, with the wet bulb worked out where it is not given."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from leafledger.core.finding import Finding, Place, Refused
from leafledger.datacenter.clock import Floats

EPW_HEAD, EPW_FIELDS = 8, 35
COLUMNS = ("dry_bulb_c", "rh_pct", "pressure_pa")
RANGES = {"dry_bulb_c": (-70, 70), "rh_pct": (0, 110), "pressure_pa": (31_000, 120_000), "wet_bulb_c": (-70, 60)}


@dataclass(frozen=True, kw_only=True)
class Weather:
    """Hourly, in the local standard time of the place. Temperatures in °C."""

    dry_bulb: Floats
    wet_bulb: Floats


def read_weather(path: Path) -> Weather:
    """An EPW file (by its name), or a CSV with dry_bulb_c and wet_bulb_c, or rh_pct and pressure_pa to work the wet bulb out of.

    Refused, with the line, for a value that is missing or out of what the atmosphere does: an hour without weather has no PUE.
    """
    return _epw(path) if path.suffix.lower() == ".epw" else _csv(path)


def wet_bulb(dry_bulb: Floats, humidity: Floats, pressure: Floats) -> Floats:
    """°C, from °C, percent and Pa: where evaporation at the wet bulb balances (ASHRAE psychrometrics), found by halving the interval 50 times."""
    target = _ratio(humidity / 100 * saturation(dry_bulb), pressure)
    low, high = np.full_like(dry_bulb, -100.0), dry_bulb.copy()
    for _ in range(50):
        middle = (low + high) / 2
        too_wet = _balance(dry_bulb, middle, pressure) > target
        high, low = np.where(too_wet, middle, high), np.where(too_wet, low, middle)
    return (low + high) / 2


def saturation(temperature: Floats) -> Floats:
    """Pa of saturated vapour over water (or ice below 0 °C) at °C: the fits of Hyland and Wexler that ASHRAE prints."""
    kelvin = temperature + 273.15
    water = (-5.8002206e3 / kelvin + 1.3914993 - 4.8640239e-2 * kelvin + 4.1764768e-5 * kelvin**2 - 1.4452093e-8 * kelvin**3
             + 6.5459673 * np.log(kelvin))  # fmt: skip
    ice = (-5.6745359e3 / kelvin + 6.3925247 - 9.677843e-3 * kelvin + 6.2215701e-7 * kelvin**2 + 2.0747825e-9 * kelvin**3
           - 9.484024e-13 * kelvin**4 + 4.1635019 * np.log(kelvin))  # fmt: skip
    pressure: Floats = np.exp(np.where(temperature >= 0, water, ice))
    return pressure


def _ratio(vapour: Floats, pressure: Floats) -> Floats:
    return 0.621945 * vapour / (pressure - vapour)


def _balance(dry: Floats, wet: Floats, pressure: Floats) -> Floats:
    """The humidity ratio of air at `dry` whose wet bulb is `wet`."""
    full = _ratio(saturation(wet), pressure)
    over_water = ((2501 - 2.326 * wet) * full - 1.006 * (dry - wet)) / (2501 + 1.86 * dry - 4.186 * wet)
    over_ice = ((2830 - 0.24 * wet) * full - 1.006 * (dry - wet)) / (2830 + 1.86 * dry - 2.1 * wet)
    balance: Floats = np.where(wet >= 0, over_water, over_ice)
    return balance


def _epw(path: Path) -> Weather:
    with path.open(newline="", encoding="utf-8", errors="replace") as file:
        rows = list(csv.reader(file))[EPW_HEAD:]
    found = []
    for line, row in enumerate(rows, EPW_HEAD + 1):
        if len(row) < EPW_FIELDS - 6:
            raise _refused(
                path,
                line,
                "the line has {count} fields, and a line of an EPW file has {wanted}",
                count=len(row),
                wanted=EPW_FIELDS,
            )
        found.append([_value(path, line, name, row[at]) for name, at in zip(COLUMNS, (6, 8, 9), strict=True)])
    return _weather(path, np.array(found).reshape(-1, 3))


def _csv(path: Path) -> Weather:
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = csv.DictReader(file)
        names = rows.fieldnames or ()
        wanted = ("dry_bulb_c", "wet_bulb_c") if "wet_bulb_c" in names else COLUMNS
        if lacking := [name for name in wanted if name not in names]:
            template = "the column {name} is missing; weather has dry_bulb_c and wet_bulb_c, or rh_pct and pressure_pa"
            raise _refused(path, 1, template, name=lacking[0])
        found = np.array([[_value(path, line, name, row[name]) for name in wanted] for line, row in enumerate(rows, 2)])
    if len(wanted) == len(COLUMNS):
        return _weather(path, found.reshape(-1, 3))
    if not len(found):
        raise _refused(path, 1, "there is no hour in it")
    return Weather(dry_bulb=found[:, 0], wet_bulb=found[:, 1])


def _weather(path: Path, found: Floats) -> Weather:
    if not len(found):
        raise _refused(path, 1, "there is no hour in it")
    return Weather(dry_bulb=found[:, 0], wet_bulb=wet_bulb(found[:, 0], found[:, 1].clip(0.1, 100), found[:, 2]))


def _value(path: Path, line: int, name: str, text: str | None) -> float:
    low, high = RANGES[name]
    try:
        value = float(text or "")
    except ValueError:
        raise _refused(
            path,
            line,
            "{name} is {text!r}, which is no number; an hour without weather has no PUE",
            name=name,
            text=text or "",
        ) from None
    if not low <= value <= high:
        raise _refused(path, line, "{name} is {value}, which no weather has ({low} to {high}); mend it, or fill the hour and say how", name=name,
                       value=value, low=low, high=high)  # fmt: skip
    return value


def _refused(path: Path, line: int, template: str, **values: object) -> Refused:
    return Refused(Finding(rule="weather", template=template, values=values, place=Place(name=path.name, line=line)))
