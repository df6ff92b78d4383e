"""Calibrates the cooling model on a year of Shanghai's weather to what a public report states, and prints every residual.

    python benchmarks/datacenter_cooling.py --data FOLDER

FOLDER holds the weather that docs/datacenter.md names. The anchors are figures of a 2024 report of a data center in Shanghai; the parameters start
from where such plants usually lie.
"""

import argparse
import sys
from pathlib import Path

import numpy as np

from leafledger.datacenter.calibrate import Anchor, Calibrated, Parameter, Values, calibrate
from leafledger.datacenter.clock import Floats
from leafledger.datacenter.cooling import FREE, Cooled, Plant, cooled
from leafledger.datacenter.savings import Evaporative, eco_mode, evaporative_units, free_cooling
from leafledger.datacenter.weather import Weather, read_weather

WEATHER = "shanghai_tmyx_hourly.csv"
PARAMETERS = (
    Parameter(name="ups", usual=0.94, strays=0.01, low=0.88, high=0.975),
    Parameter(name="supply", usual=15, strays=1.5, low=10, high=22),
    Parameter(name="fan_pressure", usual=500, strays=120, low=200, high=1000),
    Parameter(name="carnot", usual=0.5, strays=0.06, low=0.3, high=0.7),
    Parameter(name="coverage", usual=0.8, strays=0.25, low=0.1, high=1),
    Parameter(name="cycles", usual=5, strays=1.5, low=2.5, high=10),
    Parameter(name="evaporative", usual=0.92, strays=0.06, low=0.75, high=1),
    Parameter(name="it_mw", usual=12.5, strays=1.5, low=8, high=16),
    Parameter(name="eco_share", usual=0.5, strays=0.2, low=0.1, high=1),
    Parameter(name="eco_gain", usual=0.04, strays=0.007, low=0.02, high=0.06),
    Parameter(name="units_mw", usual=1.0, strays=0.5, low=0.2, high=3),
)
OF_PLANT = ("ups", "supply", "fan_pressure", "carnot", "coverage", "cycles", "evaporative")
Held = tuple[str, float, float, bool]


def calibrated(weather: Weather) -> Calibrated:
    hours = len(weather.wet_bulb)
    known: dict[tuple[float, ...], Cooled] = {}

    def plant(v: Values) -> Plant:
        return Plant(**{name: v[name] for name in OF_PLANT})

    def of(v: Values) -> Cooled:
        """One year of a plant is worked out once for all anchors that ask for it."""
        key = tuple(v[name] for name in OF_PLANT)
        if key not in known:
            known.clear()
            known[key] = cooled(plant(v), weather.wet_bulb)
        return known[key]

    def flat(mw: float) -> Floats:
        return np.full(hours, mw * 1000)

    anchors = (
        Anchor(name="PUE", value=1.284, within=0.005, unit="", of=lambda v: float(of(v).pue.mean())),
        Anchor(name="hours of free cooling", value=2900, within=150, unit="h", of=lambda v: float((of(v).mode == FREE).sum())),
        Anchor(name="saved by free cooling", value=0.94, within=0.1, unit="GWh",
               of=lambda v: free_cooling(plant(v), weather, flat(v["it_mw"])) / 1e6),
        Anchor(name="saved by indirect evaporative units", value=0.36, within=0.05, unit="GWh",
               of=lambda v: evaporative_units(plant(v), Evaporative(), weather, flat(v["units_mw"])) / 1e6),
        Anchor(name="saved by UPS eco mode", value=1.8, within=0.2, unit="GWh",
               of=lambda v: eco_mode(plant(v), weather, flat(v["it_mw"] * v["eco_share"]), v["eco_gain"]) / 1e6),
        Anchor(name="WUE", value=2.0, within=0.2, unit="L/kWh", of=lambda v: float(of(v).wue.mean())),
    )  # fmt: skip
    return calibrate(PARAMETERS, anchors)


def measured(data: Path) -> list[Held]:
    """The two anchors that have to hold, as how far off they are; all residuals and parameters are printed."""
    found = calibrated(read_weather(data / WEATHER))
    print("cooling, calibrated on a year of Shanghai's weather:")
    for one in found.residuals:
        anchor = one.anchor
        print(
            f"  {anchor.name:38} model {one.says:9.3f} {anchor.unit:6} report {anchor.value:8g} ± {anchor.within:g}, off by {one.off:+.2f} tolerances"
        )
    for name, value in found.values.items():
        print(f"  {name:14} {value:9.4f}  {found.strayed[name]:+.2f} of what it usually strays")
    by = {one.anchor.name: one for one in found.residuals}
    return [
        ("cooling, PUE: off from 1.284", abs(by["PUE"].says - 1.284), 0.005, False),
        ("cooling, hours of free cooling: off from 2,900", abs(by["hours of free cooling"].says - 2900), 150, False),
    ]


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--data", type=Path, required=True)
    found = measured(options.parse_args().data)
    return sum(value > limit for _, value, limit, _ in found)


if __name__ == "__main__":
    sys.exit(main())
