"""Small invented sites, loads and prices that the tests of the data center share."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

import leafledger.library
from leafledger.datacenter.clock import Clock, Floats
from leafledger.datacenter.site import Battery, Problem
from leafledger.datacenter.tariff import Tariff, prices
from leafledger.datacenter.tariffs import read_tariff

SHANGHAI = "Asia/Shanghai"
TARIFFS = Path(leafledger.library.__file__).parent / "tariffs"


def shanghai() -> Tariff:
    return read_tariff(TARIFFS / "cn-sh-two-part.yaml")


def clock(day: str = "2025-07-01", *, days: int = 1, minutes: int = 60) -> Clock:
    start = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(SHANGHAI))
    return Clock(start=start, minutes=minutes, steps=days * 24 * 60 // minutes, zone=SHANGHAI)


def day_shape(at: Clock, *, mean: float = 20.0, swing: float = 6.0, seed: int = 1) -> Floats:
    """A load (MW) that is high in the afternoon, with some noise."""
    rng = np.random.default_rng(seed)
    hour = np.arange(at.steps) * at.hours
    return mean + swing * np.sin((hour - 9) * 2 * np.pi / 24) + rng.normal(0, swing / 5, at.steps)


def problem(at: Clock | None = None, **changes: object) -> Problem:
    """A site with a battery of 18 MW and 36 MWh under the Shanghai tariff, with maximum demand billed."""
    at = at or clock()
    made = Problem(
        clock=at, load=day_shape(at), pv=np.zeros(at.steps), price=prices(shanghai(), at).per_kwh, carbon=np.full(at.steps, 0.5366),
        battery=Battery(power=18, energy=36), feeder=60.0, demand={int(month): 40.8 for month in np.unique(at.months)}, start=18.0, end=18.0,
    )  # fmt: skip
    return replace(made, **changes)
