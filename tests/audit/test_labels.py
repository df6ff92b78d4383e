"""What printed labels mean: metric, split and unit, in three spellings of the same thing."""

from decimal import Decimal

import pytest

from leafledger.audit.dictionary import dictionary
from leafledger.audit.labels import meaning, metric_named, metric_title
from leafledger.audit.units import unit_in, unit_named
from leafledger.core.text import LANGUAGES


def of(label: str, **around: str) -> tuple[str, dict[str, str]]:
    found = meaning(label, **around)
    return found.metric, dict(found.labels)


@pytest.mark.parametrize(
    ("metric", "unit", "labels"),
    [
        ("ghg.scope1", "噸二氧化碳當量", ["直接溫室氣體排放（範疇一）", "范围一排放量", "Direct (Scope 1) GHG emissions", "Total Scope 1 emissions"]),
        ("ghg.scope1_2", "tCO2e", ["溫室氣體排放總量（範圍一及範圍二）", "范围1+范围2温室气体排放", "Scope 1 & 2 emissions", "Scopes 1 and 2"]),
        ("energy.total", "兆瓦時", ["能源消耗總量", "能源总消耗量", "Total energy consumption", "Energy used"]),
        ("water.consumption", "m3", ["總耗水量", "用水量", "Total water consumption", "Water use"]),
        ("waste.non_hazardous", "t", ["無害廢棄物總量", "一般工业固体废物", "Non-hazardous waste generated"]),
        ("people.turnover_rate", "%", ["總員工流失率", "雇员流失比率", "Employee turnover rate"]),
        ("training.hours_per_head", "小時", ["員工平均受訓時數", "人均培训小时数", "Average training hours per employee"]),
        ("safety.fatalities", "人", ["因工亡故人數", "因工作关系死亡的人数", "Number of work-related fatalities"]),
        ("suppliers.count", "家", ["供應商總數", "供应商数目", "Total number of suppliers"]),
        ("community.donations", "萬元人民幣", ["慈善捐款總額", "公益捐赠金额", "Charitable donations"]),
    ],
)  # fmt: skip
def test_one_figure_has_many_names(metric: str, unit: str, labels: list[str]) -> None:
    assert [of(label, unit=unit)[0] for label in labels] == [metric] * len(labels)


@pytest.mark.parametrize(
    ("label", "group", "unit", "metric", "labels"),
    [
        ("男性", "按性別劃分的員工人數", "人", "people.employees", {"gender": "male"}),
        ("女", "員工流失率（按性別）", "%", "people.turnover_rate", {"gender": "female"}),
        ("<30歲", "按年齡劃分的員工人數", "人", "people.employees", {"age": "under_30"}),
        ("51+ years", "Employees by age", "person", "people.employees", {"age": "over_50"}),
        ("30至50歲", "Headcount", "人", "people.employees", {"age": "from_30_to_50"}),
        ("中國港澳台", "按地區劃分的員工人數", "人", "people.employees", {"region": "hk_macau_taiwan"}),
        ("柴油", "直接能源消耗總量", "兆瓦時", "energy.direct", {"fuel": "diesel"}),
        ("Business travel", "Scope 3 emissions", "tCO2e", "ghg.scope3", {"category": "c06_travel"}),
        ("Groundwater", "Water withdrawal by source", "kL", "water.withdrawal", {"source": "ground"}),
        ("Battery waste (E)", "Waste generated", "t", "waste.total", {"waste": "battery"}),
        ("North plant", "Scope 1 emissions by site", "tCO2e", "ghg.scope1", {"part": "north plant"}),
        ("Total", "Water withdrawal", "kL", "water.withdrawal", {}),
    ],
)
def test_a_member_takes_the_metric_of_its_group(
    label: str, group: str, unit: str, metric: str, labels: dict[str, str]
) -> None:
    assert of(label, group=group, unit=unit) == (metric, labels)


def test_a_column_names_the_metric_where_the_row_is_a_member() -> None:
    assert of("女性", column="受訓員工百分比", unit="percent") == ("training.share", {"gender": "female"})


def test_a_share_of_a_count_and_an_intensity_of_a_flow_are_figures_of_their_own() -> None:
    assert of("Waste recycled", unit="%") == ("waste.recycled_share", {})
    assert of("Normalized Scope 1 emissions", unit="tonnes CO2e/MM$ revenue") == ("ghg.scope1_intensity", {})
    assert of("能源消耗密度", unit="兆瓦時╱百萬元收入") == ("energy.intensity", {})
    assert of("用水密度", unit="立方米╱平方米") == ("water.intensity", {"per": "area"})


@pytest.mark.parametrize(
    ("label", "around"),
    [
        ("參加安全培訓的員工人數", {"unit": "人"}),
        ("溫室氣體排放減少目標", {"unit": "tCO2e"}),
        ("能源消耗總量", {"unit": "人"}),
        ("用電量", {"unit": "%", "column": "同比變動"}),
        ("Employees", {"title": "Number of employees against whom disciplinary action was taken"}),
        ("某某平台", {"unit": "家"}),
        ("", {}),
    ],
)
def test_what_is_another_figure_has_no_metric(label: str, around: dict[str, str]) -> None:
    assert of(label, **around)[0] == ""


def test_tonnes_of_greenhouse_gases_are_of_carbon_dioxide_equivalent() -> None:
    assert meaning("溫室氣體排放總量", unit="噸").unit == "tCO2e"
    assert meaning("溫室氣體排放總量（千噸）").unit == "ktCO2e"
    assert meaning("無害廢棄物總量", unit="噸").unit == "t"


def test_confidence_falls_where_a_heading_or_no_unit_says_less() -> None:
    sure = meaning("能源消耗總量", unit="兆瓦時").confidence
    assert sure == Decimal(1)
    assert meaning("能源消耗總量").confidence < sure
    assert meaning("男性", group="按性別劃分的員工人數", unit="人").confidence < sure


@pytest.mark.parametrize(
    ("printed", "id"),
    [
        ("噸二氧化碳當量╱百萬元收入", "tCO2e/1000000 CNY"),
        ("RMB million", "1000000 CNY"),
        ("萬元人民幣", "10000 CNY"),
        ("HK$ million", "1000000 HKD"),
        ("GJ/₹ crore", "GJ/10000000 INR"),
        ("MM gallons/MM$ revenue", "1000000 gal/1000000 USD"),
        ("hours per employee", "h/person"),
        ("萬千瓦時", "10000 kWh"),
        ("MTCO2e", "tCO2e"),
        ("MtCO2e", "MtCO2e"),
        ("Metric Tonnes", "t"),
    ],
)
def test_units_are_read_as_printed(printed: str, id: str) -> None:
    unit = unit_in(printed)
    assert unit is not None
    assert unit.id == id
    assert unit_named(id) == unit


@pytest.mark.parametrize("words", ["某某", "Total (A)", "(G)", "員工結構", "5 tonnes"])
def test_other_words_are_no_unit(words: str) -> None:
    assert unit_in(words) is None


def test_every_metric_says_what_it_is_and_stands_on_metrics_that_exist() -> None:
    for metric in dictionary().metrics.values():
        assert set(metric.title) == set(LANGUAGES), metric.id
        assert metric.kind in ("flow", "stock", "ratio", "average"), metric.id
        for other in (*metric.of, *metric.over, *metric.sum_of, *filter(None, [metric.intensity])):
            assert metric_named(other) is not None, (metric.id, other)


def test_every_metric_is_found_by_each_of_its_own_names() -> None:
    missed = [
        (phrase.text, phrase.of)
        for phrase in dictionary().phrases
        if meaning(phrase.text).metric not in (phrase.of, *_alike(phrase.text))
    ]
    assert missed == []


def _alike(text: str) -> list[str]:
    """A name that two metrics share may be read as either; a bare noun without anything around it as none."""
    return [phrase.of for phrase in dictionary().phrases if phrase.text == text]


def test_a_title_is_in_the_language_of_the_reader() -> None:
    assert metric_title("ghg.scope1", "en") == "Scope 1 emissions"
    assert metric_title("ghg.scope1", "zh-Hant") == "範圍一排放"
    assert metric_title("not.known", "en") == "not.known"
