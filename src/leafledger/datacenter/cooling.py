"""PUE and WUE hour by hour from the weather: a chilled-water plant with a water-side economiser, per kW of IT load.

The equations follow Lei and Masanet (2020, 2022: statistical analysis for predicting location-specific data center PUE; climate- and technology-
specific PUE and WUE estimations for U.S. data centers), re-derived; parameters lie in the ranges that they give.
"""

from dataclasses import dataclass

import numpy as np

from leafledger.core.definition import STRICT
from leafledger.datacenter.clock import Floats, Ints

WATER_HEAT = 4.2
"""kJ per kg and K."""
AIR_HEAT, AIR_DENSITY = 1.01, 1.2
"""kJ per kg and K, kg per m3."""
EVAPORATION = 2430.0
"""kJ per kg of water, near 30 °C."""
KELVIN = 273.15
MECHANICAL, PARTIAL, FREE = 0, 1, 2
"""How an hour is cooled: by the chiller, by both, or by the tower alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """A data center's power and cooling, per kW of IT. Temperatures in °C (differences in K), pressures in Pa, shares and efficiencies 0..1.

    ups: efficiency; eco: what it gains in eco mode. distribution: lost in it. lighting: kW. sensible: sensible heat ratio. supply: chilled
    water; water_rise, air_rise: of water and air on their way. approach_tower, approach_exchanger: above wet bulb. fan_pressure, fan,
    pump_pressure, pump, tower_pressure: of fans and pumps. carnot: the chiller's share of an ideal one; lift: of its condenser above the tower.
    coverage: the part of the load that the economiser can serve. cycles: of concentration. evaporative: the share of the tower's heat that
    leaves by evaporation. drift: of the water in circulation.
    """

    __pydantic_config__ = STRICT

    ups: float = 0.94
    eco: float = 0.0
    distribution: float = 0.02
    lighting: float = 0.01
    sensible: float = 0.97
    supply: float = 15.0
    water_rise: float = 6.0
    air_rise: float = 10.0
    approach_tower: float = 4.0
    approach_exchanger: float = 2.0
    fan_pressure: float = 500.0
    fan: float = 0.65
    pump_pressure: float = 180_000.0
    pump: float = 0.75
    tower_pressure: float = 120.0
    tower_fan: float = 0.65
    carnot: float = 0.50
    lift: float = 5.0
    coverage: float = 1.0
    cycles: float = 5.0
    evaporative: float = 1.0
    drift: float = 0.00005
    liquid: float = 0.0
    """The share of the heat that cold plates take, with water warm enough that no chiller is needed."""
    liquid_supply: float = 32.0


@dataclass(frozen=True, kw_only=True)
class Cooled:
    """Hour by hour, per kW of IT: the kW of each part; litres of water per hour; how it was cooled (MECHANICAL, PARTIAL, FREE)."""

    electrical: Floats
    fans: Floats
    chiller: Floats
    pumps: Floats
    tower: Floats
    evaporated: Floats
    blown_down: Floats
    mode: Ints

    @property
    def pue(self) -> Floats:
        """By hour. The annual value is the mean under a constant IT load, or weighted by it."""
        return 1 + self.electrical + self.fans + self.chiller + self.pumps + self.tower

    @property
    def wue(self) -> Floats:
        """Litres per kWh of IT, by hour."""
        return self.evaporated + self.blown_down


def cooled(plant: Plant, wet_bulb: Floats, *, free_cooling: bool = True) -> Cooled:
    """Every hour of the weather (wet bulb in °C). free_cooling=False: the same plant with the chiller alone, to measure the saving against.

    ValueError for a wet bulb that is missing: an hour without weather has no PUE.
    """
    if np.isnan(wet_bulb).any():
        raise ValueError(
            f"the wet bulb is missing at step {int(np.isnan(wet_bulb).argmax())}, so its PUE cannot be told"
        )
    losses = (1 / min(plant.ups + plant.eco, 1.0) - 1) + (1 / (1 - plant.distribution) - 1) + plant.lighting
    heat = 1 + losses
    air, plates = heat * (1 - plant.liquid) / plant.sensible, heat * plant.liquid
    fans = np.full(
        len(wet_bulb), air / (AIR_HEAT * plant.air_rise) / AIR_DENSITY * plant.fan_pressure / plant.fan / 1000
    )
    share = plant.coverage * _economised(plant, wet_bulb, plant.supply) if free_cooling else np.zeros(len(wet_bulb))
    on_chiller = (air + fans) * (1 - share)
    chiller = on_chiller / _cop(plant, wet_bulb)
    rejected = air + fans + plates + chiller
    flow = rejected / (WATER_HEAT * plant.water_rise)
    pumps = (
        (flow + (air + fans + plates) / (WATER_HEAT * plant.water_rise))
        * plant.pump_pressure
        / plant.pump
        / 1000
        / 1000
    )
    tower = rejected / (AIR_HEAT * plant.air_rise) / AIR_DENSITY * plant.tower_pressure / plant.tower_fan / 1000
    evaporated = 3600 * rejected * plant.evaporative / EVAPORATION
    drifted = 3600 * flow * plant.drift
    blown_down = np.maximum(evaporated / (plant.cycles - 1) - drifted, 0) + drifted
    mode = (
        np.select([share >= plant.coverage - 1e-12, share > 0], [FREE, PARTIAL], MECHANICAL)
        if free_cooling
        else np.zeros(len(wet_bulb), int)
    )
    return Cooled(electrical=np.full(len(wet_bulb), losses), fans=fans, chiller=chiller, pumps=pumps, tower=tower,
                  evaporated=evaporated, blown_down=blown_down, mode=mode.astype(np.int64))  # fmt: skip


def _economised(plant: Plant, wet_bulb: Floats, supply: float) -> Floats:
    """Which share of the heat the tower takes alone: all where its water is cold enough, none where it is warmer than what comes back."""
    water = wet_bulb + plant.approach_tower + plant.approach_exchanger
    share: Floats = ((supply + plant.water_rise - water) / plant.water_rise).clip(0, 1)
    return share


def _cop(plant: Plant, wet_bulb: Floats) -> Floats:
    """Of the chiller: a share of the ideal between the evaporator and the condenser, within what machines reach."""
    cold = plant.supply - 2 + KELVIN
    hot = np.maximum(wet_bulb + plant.approach_tower + plant.lift + plant.water_rise + KELVIN, cold + 8)
    cop: Floats = (plant.carnot * cold / (hot - cold)).clip(3, 12)
    return cop
