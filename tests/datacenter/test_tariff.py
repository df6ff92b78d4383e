"""A tariff gives every hour its period and price, and a bill says each line of what that comes to."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from tests.datacenter.cases import TARIFFS, clock, shanghai

from leafledger.core.finding import Refused
from leafledger.datacenter.bill import bill, total
from leafledger.datacenter.clock import Clock
from leafledger.datacenter.tariff import Hours, prices
from leafledger.datacenter.tariffs import read_tariff


def periods_of(day: str) -> list[str]:
    found = prices(shanghai(), clock(day))
    return [found.names[n] for n in found.period]


@pytest.mark.parametrize(
    ("day", "hour", "period"),
    [
        ("2025-07-15", 5, "valley"),
        ("2025-07-15", 7, "flat"),
        ("2025-07-15", 12, "critical"),
        ("2025-07-15", 14, "peak"),
        ("2025-01-15", 19, "critical"),
        ("2025-03-12", 23, "valley"),
        ("2025-03-15", 23, "deep_valley"),  # a Saturday in spring
        ("2025-07-19", 23, "valley"),  # a Saturday in summer is none
        ("2025-10-01", 3, "deep_valley"),  # the National Day
        ("2025-02-08", 3, "valley"),  # a Saturday that is worked
    ],
)
def test_an_hour_has_the_period_of_its_month_and_kind_of_day(day: str, hour: int, period: str) -> None:
    assert periods_of(day)[hour] == period


def test_a_day_billed_by_hand() -> None:
    """10 July 2025, a Thursday, 1,000 kWh each hour: 8 valley, 6 flat, 8 peak and 2 critical hours at 0.70, and 1,000 kW of demand."""
    lines = bill(shanghai(), clock("2025-07-10"), np.full(24, 1_000_000))
    said = {line.what: (line.quantity, line.price, line.amount) for line in lines}
    assert said == {
        "valley": (8000, Decimal("0.280"), Decimal("2240.000")),
        "flat": (6000, Decimal("0.70"), Decimal("4200.00")),
        "peak": (8000, Decimal("1.260"), Decimal("10080.000")),
        "critical": (2000, Decimal("1.5750"), Decimal("3150.0000")),
        "maximum_demand": (1000, Decimal("40.8"), Decimal("40800.0")),
    }
    assert total(lines) == Decimal("60470.0000")


def test_demand_is_the_largest_quarter_of_an_hour() -> None:
    load = np.full(96, 250_000)
    load[40] = 400_000  # 400 kWh in a quarter of an hour are 1,600 kW
    lines = bill(shanghai(), clock("2025-07-10", minutes=15), load)
    assert [line.quantity for line in lines if line.what == "maximum_demand"] == [1600]


def test_minutes_are_averaged_over_the_demand_interval() -> None:
    load = np.full(1440, 10_000)
    load[100] = 160_000  # one minute of the quarter that begins at 01:30
    lines = bill(shanghai(), clock("2025-07-10", minutes=1), load)
    assert [line.quantity for line in lines if line.what == "maximum_demand"] == [Decimal(14 * 10 + 160) * 4]


def test_contracted_capacity_is_billed_each_month() -> None:
    lines = bill(
        shanghai(), clock("2025-07-31", days=2), np.full(48, 1000), demand_by="capacity", capacity_kva=Decimal(2000)
    )
    assert [(line.month, line.amount) for line in lines if line.what == "capacity"] == [
        ("2025-07", 51000),
        ("2025-08", 51000),
    ]


def test_a_bill_of_parts_is_the_bill_of_the_whole() -> None:
    rng = np.random.default_rng(3)
    whole, load = clock("2025-06-28", days=6), rng.integers(1_000_000, 9_000_000, 144)
    halves = [bill(shanghai(), whole.part(at, 72), load[at : at + 72], demand_by="none") for at in (0, 72)]
    assert sum(map(total, halves)) == total(bill(shanghai(), whole, load, demand_by="none"))


def test_daylight_saving_is_read_by_the_clock_of_the_place() -> None:
    berlin = Clock(start=clock("2025-03-30").start, minutes=60, steps=24, zone="Europe/Berlin")
    assert 2 not in [at.hour for at in berlin.local if at.day == 30], "the hour from 2 to 3 does not exist on that day"


def test_a_tariff_with_a_gap_is_refused_with_the_hour() -> None:
    gap = replace(shanghai(), rules=tuple(rule for rule in shanghai().rules if rule.period != "flat"))
    with pytest.raises(
        Refused, match=r"no line gives a period to hour 6 of a working day in month 1 \(\d+ such gaps\)"
    ):
        prices(gap, clock())


def test_a_price_below_zero_is_refused_with_its_hour() -> None:
    odd = Hours(period="flat", multiplier=Decimal(-1), months=(7,), hours=("13-14",))
    with pytest.raises(Refused, match=r"the price at 2025-07-01 13:00 is below zero \(-0.7000\)"):
        prices(replace(shanghai(), rules=(*shanghai().rules, odd)), clock())


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-01-01", "the holidays of 2026 are not in the tariff"),
        ("2025-01-01", "the tariff has no prices for 2025-01-01"),
    ],
)
def test_days_the_tariff_does_not_know(day: str, said: str) -> None:
    late = replace(shanghai(), levels=(replace(shanghai().levels[0], since=date(2025, 6, 1)),))
    with pytest.raises(Refused, match=said):
        prices(late, clock(day))


def test_a_file_with_an_unknown_period_is_refused(tmp_path) -> None:
    text = (
        (TARIFFS / "cn-sh-two-part.yaml").read_text(encoding="utf-8").replace("{period: critical", "{period: crit", 1)
    )
    (tmp_path / "t.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match="the period crit has no name under periods"):
        read_tariff(tmp_path / "t.yaml")
