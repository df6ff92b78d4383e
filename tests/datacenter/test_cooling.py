"""A plant's PUE and WUE follow from the weather; what measures save is counted against the plant without them; anchors are fitted openly."""

from dataclasses import replace

import numpy as np
import pytest

from leafledger.core.finding import Refused
from leafledger.datacenter.calibrate import Anchor, Parameter, calibrate
from leafledger.datacenter.cooling import FREE, MECHANICAL, PARTIAL, Plant, cooled
from leafledger.datacenter.savings import Evaporative, eco_mode, evaporative_kw, evaporative_units, free_cooling
from leafledger.datacenter.weather import Weather, read_weather, saturation, wet_bulb

YEAR = 8760


def weather(hours: int = YEAR) -> Weather:
    """An invented year between frost and 35 °C, damp in summer."""
    hour = np.arange(hours)
    dry = 16 - 12 * np.cos(hour * 2 * np.pi / YEAR) - 4 * np.cos(hour * 2 * np.pi / 24)
    return Weather(dry_bulb=dry, wet_bulb=wet_bulb(dry, np.full(hours, 75.0), np.full(hours, 101_325.0)))


@pytest.mark.parametrize(("celsius", "pascal"), [(20.0, 2338.8), (50.0, 12_349.9), (-10.0, 259.9)])
def test_saturation_is_that_of_the_steam_tables(celsius: float, pascal: float) -> None:
    assert saturation(np.array([celsius]))[0] == pytest.approx(pascal, rel=1e-3)


@pytest.mark.parametrize(
    ("dry", "humidity", "wet"), [(30.0, 50.0, 22.0), (20.0, 50.0, 13.8), (35.0, 100.0, 35.0), (10.0, 60.0, 6.5)]
)
def test_the_wet_bulb_is_that_of_a_psychrometric_chart(dry: float, humidity: float, wet: float) -> None:
    assert wet_bulb(np.array([dry]), np.array([humidity]), np.array([101_325.0]))[0] == pytest.approx(wet, abs=0.1)


def test_the_tower_cools_alone_below_a_wet_bulb_and_the_chiller_alone_above() -> None:
    plant = Plant()
    alone, never = plant.supply - 6.0, plant.supply + plant.water_rise - 6.0
    assert cooled(plant, np.array([alone, alone + 3, never, never + 5])).mode.tolist() == [
        FREE,
        PARTIAL,
        MECHANICAL,
        MECHANICAL,
    ]


def test_a_colder_hour_never_has_a_higher_pue() -> None:
    assert (np.diff(cooled(Plant(), np.arange(-20.0, 32.0)).pue) >= -1e-12).all()


@pytest.mark.parametrize(
    "better",
    [
        {"ups": 0.97},
        {"supply": 18.0},
        {"carnot": 0.6},
        {"fan_pressure": 300.0},
        {"eco": 0.03},
        {"liquid": 0.8},
        {"distribution": 0.01},
    ],
)
def test_a_better_plant_has_a_lower_pue(better: dict) -> None:
    assert (
        cooled(replace(Plant(), **better), weather().wet_bulb).pue.mean()
        < cooled(Plant(), weather().wet_bulb).pue.mean()
    )


def test_more_cycles_need_less_water_and_no_other_power() -> None:
    few, many = (cooled(replace(Plant(), cycles=cycles), weather().wet_bulb) for cycles in (3.0, 8.0))
    assert many.wue.mean() < few.wue.mean() and (many.pue == few.pue).all()


def test_all_heat_that_is_rejected_evaporates_its_water() -> None:
    hour = cooled(Plant(liquid=0.0), np.array([5.0]))
    rejected = (1 + hour.electrical + hour.fans)[0] / 1  # kW, in an hour without chiller
    assert hour.evaporated[0] == pytest.approx(3600 * rejected / 2430, rel=0.04)


def test_an_hour_without_weather_has_no_pue() -> None:
    with pytest.raises(ValueError, match="the wet bulb is missing at step 1"):
        cooled(Plant(), np.array([5.0, np.nan]))


def test_free_cooling_saves_what_the_chiller_would_have_taken() -> None:
    it = np.full(YEAR, 1000.0)
    year = weather()
    real = cooled(Plant(), year.wet_bulb)
    saved = free_cooling(Plant(), year, it)
    assert 0 < saved < (cooled(Plant(), year.wet_bulb, free_cooling=False).chiller * it).sum()
    assert free_cooling(replace(Plant(), coverage=0.25), year, it) == pytest.approx(saved / 4, rel=0.02)
    assert real.chiller[real.mode == FREE].max() == 0


def test_eco_mode_saves_its_gain_and_the_cooling_of_it() -> None:
    saved = eco_mode(Plant(), weather(), np.full(YEAR, 1000.0), 0.035)
    loss = (1 / 0.94 - 1 / 0.975) * 1000 * YEAR
    assert loss < saved < 1.4 * loss


def test_evaporative_units_save_most_where_it_is_dry() -> None:
    damp, dry = weather(), replace(weather(), wet_bulb=weather().wet_bulb - 4)
    it = np.full(YEAR, 200.0)
    kw = [evaporative_kw(Evaporative(), one, np.full(YEAR, 1.07)).mean() for one in (damp, dry)]
    assert kw[1] < kw[0] and evaporative_units(Plant(), Evaporative(), damp, it) > 0


def test_parameters_are_found_again_from_what_they_give() -> None:
    true = replace(Plant(), ups=0.955, cycles=4.0)
    wet = weather().wet_bulb
    parameters = (
        Parameter(name="ups", usual=0.94, strays=0.05, low=0.9, high=0.99),
        Parameter(name="cycles", usual=5, strays=4, low=2, high=9),
    )

    def of(values):
        return cooled(replace(Plant(), **values), wet)

    anchors = (
        Anchor(
            name="PUE",
            value=float(cooled(true, wet).pue.mean()),
            within=0.0002,
            unit="",
            of=lambda values: float(of(values).pue.mean()),
        ),
        Anchor(
            name="WUE",
            value=float(cooled(true, wet).wue.mean()),
            within=0.001,
            unit="L/kWh",
            of=lambda values: float(of(values).wue.mean()),
        ),
    )
    found = calibrate(parameters, anchors)
    assert found.values["ups"] == pytest.approx(0.955, abs=5e-4) and found.values["cycles"] == pytest.approx(
        4.0, abs=0.05
    )
    assert max(abs(one.off) for one in found.residuals) < 1


def test_an_anchor_that_cannot_be_met_shows_its_residual() -> None:
    parameter = Parameter(name="x", usual=1.0, strays=0.5, low=0.0, high=2.0)
    fits = Anchor(name="fits", value=1.5, within=0.1, unit="", of=lambda v: v["x"])
    never = Anchor(name="never", value=9.0, within=1.0, unit="", of=lambda v: v["x"], fitted=False)
    found = calibrate((parameter,), (fits, never))
    assert [one.anchor.name for one in found.residuals] == ["fits", "never"]
    assert abs(found.residuals[0].off) < 0.5 and found.residuals[1].off == pytest.approx(-7.5, abs=0.1)


def epw_line(dry: str, humidity: str = "60") -> str:
    return ",".join(["2020", "1", "1", "1", "60", "?", dry, "2.5", humidity, "101325", *["0"] * 25])


def test_an_epw_file_is_read_below_its_head(tmp_path) -> None:
    path = tmp_path / "x.epw"
    path.write_text("\n".join([*["HEAD"] * 8, epw_line("10.0"), epw_line("20.0")]) + "\n", encoding="utf-8")
    found = read_weather(path)
    assert found.dry_bulb.tolist() == [10.0, 20.0] and found.wet_bulb[0] == pytest.approx(6.5, abs=0.1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dry_bulb_c,wet_bulb_c\n5,4\n,3\n", r"w.csv:3.*dry_bulb_c is '', which is no number"),
        ("dry_bulb_c,wet_bulb_c\n5,4\n99.9,3\n", r"w.csv:3.*dry_bulb_c is 99.9, which no weather has"),
        ("dry_bulb_c,rh_pct\n5,4\n", "the column pressure_pa is missing"),
        ("dry_bulb_c,wet_bulb_c\n", "there is no hour in it"),
    ],
)
def test_weather_that_cannot_be_read_is_refused(tmp_path, text: str, said: str) -> None:
    (tmp_path / "w.csv").write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match=said):
        read_weather(tmp_path / "w.csv")
