"""What each measure in a data center saves, against the same plant without it, as IPMVP's option D counts it (calibrated simulation)."""

from dataclasses import dataclass, replace

import numpy as np

from leafledger.core.definition import STRICT
from leafledger.datacenter.clock import Floats
from leafledger.datacenter.cooling import AIR_DENSITY, AIR_HEAT, Plant, cooled
from leafledger.datacenter.weather import Weather


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaporative:
    """An air handler with indirect evaporative cooling, per kW of IT. effectiveness: of the exchanger; supply: °C of the air it must give.

    fan_pressure: Pa over both air streams; spray: kW of its pump; trim: COP of the coil that does the rest.
    """

    __pydantic_config__ = STRICT

    effectiveness: float = 0.70
    supply: float = 24.0
    air_rise: float = 12.0
    fan_pressure: float = 550.0
    fan: float = 0.65
    spray: float = 0.006
    trim: float = 4.0


def free_cooling(plant: Plant, weather: Weather, it_kw: Floats) -> float:
    """kWh that the economiser saves: the plant with its chiller alone, less the plant as it is."""
    return float(free_cooling_kw(plant, weather) @ it_kw)


def free_cooling_kw(plant: Plant, weather: Weather) -> Floats:
    """The same by hour, kW per kW of IT."""
    alone, real = (cooled(plant, weather.wet_bulb, free_cooling=free) for free in (False, True))
    saved: Floats = alone.pue - real.pue
    return saved


def eco_mode(plant: Plant, weather: Weather, it_kw: Floats, gain: float) -> float:
    """kWh saved by UPS that lose less: their own loss, and the cooling of it."""
    return float(eco_mode_kw(replace(plant, eco=plant.eco + gain), weather, gain) @ it_kw)


def eco_mode_kw(plant: Plant, weather: Weather, gain: float) -> Floats:
    """The same by hour, kW per kW of IT, for a plant that has the gain already."""
    without = cooled(replace(plant, eco=plant.eco - gain), weather.wet_bulb)
    saved: Floats = without.pue - cooled(plant, weather.wet_bulb).pue
    return saved


def evaporative_units(plant: Plant, unit: Evaporative, weather: Weather, it_kw: Floats) -> float:
    """kWh saved by air handlers with indirect evaporative cooling, against the same heat cooled by the plant."""
    return float(evaporative_saved_kw(plant, unit, weather) @ it_kw)


def evaporative_saved_kw(plant: Plant, unit: Evaporative, weather: Weather) -> Floats:
    """The same by hour, kW per kW of IT that the units cool."""
    by_plant = cooled(plant, weather.wet_bulb)
    of_plant = by_plant.fans + by_plant.chiller + by_plant.pumps + by_plant.tower
    saved: Floats = of_plant - evaporative_kw(unit, weather, 1 + by_plant.electrical)
    return saved


def evaporative_kw(unit: Evaporative, weather: Weather, heat: Floats) -> Floats:
    """kW that such a unit takes to cool `heat` kW, hour by hour: its fans, its spray while it is warm, and the coil for what is left."""
    fans = heat / (AIR_HEAT * unit.air_rise) / AIR_DENSITY * unit.fan_pressure / unit.fan / 1000
    dry_is_enough = weather.dry_bulb <= unit.supply - 4
    reached = np.where(
        dry_is_enough, unit.supply, weather.dry_bulb - unit.effectiveness * (weather.dry_bulb - weather.wet_bulb)
    )
    lacking = ((reached - unit.supply) / unit.air_rise).clip(0, 1)
    power: Floats = fans + np.where(dry_is_enough, 0.0, unit.spray) + heat * lacking / unit.trim
    return power
