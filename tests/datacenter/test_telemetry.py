"""Readings become hours, hours become PUE, WUE and CUE; what a meter cannot have shown is a hole that says so, and never mended in silence."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from leafledger.core.finding import Refused
from leafledger.datacenter.efficiency import cue, pue, residuals, wue
from leafledger.datacenter.meters import Meter, Tree, read_tree
from leafledger.datacenter.telemetry import Columns, Hourly, hourly

START = datetime(2025, 3, 1, tzinfo=UTC)
Row = tuple[str, datetime, float]
TREE = Tree(
    site="lab",
    zone="UTC",
    category=1,
    meters=(
        Meter(id="main", role="feed", reads="register"),
        Meter(id="ups", role="ups", reads="register", parent="main"),
        Meter(id="chiller", role="cooling", reads="interval", parent="main"),
        Meter(id="tower", role="water", reads="register", unit="m3"),
    ),
)


def register(id: str, per_minute: float, *, hours: int = 4, start: float = 0.0) -> list[Row]:
    return [(id, START + timedelta(minutes=n), start + per_minute * n) for n in range(hours * 60 + 1)]


def intervals(id: str, each: float, *, hours: int = 4) -> list[Row]:
    return [(id, START + timedelta(minutes=n), each) for n in range(hours * 60)]


def site() -> list[Row]:
    """Every minute: 10 kWh come in, of which 8 reach the equipment and 1.5 the chiller; 0.02 m3 of water."""
    return [*register("main", 10.0), *register("ups", 8.0), *intervals("chiller", 1.5), *register("tower", 0.02)]


def read(
    tmp_path: Path, rows: list[Row], *, tree: Tree = TREE, hours: int = 4, parts: int = 1, zoned: bool = True
) -> Hourly:
    files = []
    for part in range(parts):
        path = tmp_path / f"part{part}.csv"
        lines = [
            f"{id},{at.isoformat(sep=' ') if zoned else at.strftime('%Y-%m-%d %H:%M:%S')},{value!r}"
            for id, at, value in rows[part::parts]
        ]
        path.write_text("\n".join(["meter,time,value", *lines]) + "\n", encoding="utf-8")
        files.append(path)
    return hourly(tree, files, START, hours)


def flow(found: Hourly, id: str) -> list[float]:
    return found.flow[[meter.id for meter in TREE.meters].index(id)].round(6).tolist()


def said(found: Hourly) -> list[str]:
    return [finding.message for finding in found.findings]


def test_registers_are_told_by_difference_and_intervals_by_sum(tmp_path) -> None:
    found = read(tmp_path, site())
    assert (flow(found, "main"), flow(found, "chiller"), flow(found, "tower")) == ([600.0] * 4, [90.0] * 4, [1.2] * 4)
    assert said(found) == [] and found.coverage.min() == 1


def test_pue_wue_and_cue_of_the_day(tmp_path) -> None:
    found = read(tmp_path, site())
    ratios = {one.what: one for one in (pue(found)[1][-1], wue(found)[1][-1], cue(found, np.full(4, 0.5366))[1][-1])}
    assert ratios["PUE"].value == pytest.approx(1.25) and ratios["PUE"].it_kwh == pytest.approx(1920)
    assert ratios["WUE"].value == pytest.approx(2.5) and ratios["CUE"].value == pytest.approx(1.25 * 0.5366)


def test_what_the_meters_below_do_not_show_is_always_there(tmp_path) -> None:
    (residual,) = residuals(read(tmp_path, site()))
    assert (residual.meter, round(residual.value, 6), round(residual.share or 0, 6), residual.hours) == (
        "main",
        120.0,
        0.05,
        4,
    )


def test_order_and_files_change_nothing(tmp_path) -> None:
    rows = site()
    mixed = [rows[n] for n in np.random.default_rng(1).permutation(len(rows))]
    one, many = read(tmp_path, rows), read(tmp_path, mixed, parts=3)
    assert (one.flow == many.flow).all() and said(many) == []


def test_a_register_starts_again_at_its_limit_where_it_has_one(tmp_path) -> None:
    limited = replace(TREE, meters=(replace(TREE.meters[0], limit=10_000.0), *TREE.meters[1:]))
    rows = [(id, at, value % 10_000) for id, at, value in register("main", 10.0, start=9_000)] + site()[241:]
    assert flow(read(tmp_path, rows, tree=limited), "main") == [600.0] * 4


@pytest.mark.parametrize("at", [75, 120])
def test_a_register_that_falls_without_a_reason_leaves_a_hole(tmp_path, at: int) -> None:
    main = [
        (id, when, value if n < at else value - 1_100) for n, (id, when, value) in enumerate(register("main", 10.0))
    ]
    found = read(tmp_path, [*main, *site()[241:]])
    assert np.isnan(flow(found, "main")[1]) and flow(found, "main")[3] == 600.0
    assert any("main runs backwards or was reset" in text and "2025-03-01 01:00" in text for text in said(found))
    assert pue(found)[1][-1].hours < 4 and not pue(found)[1][-1].whole


def test_a_dip_within_an_hour_is_seen(tmp_path) -> None:
    rows = [
        (id, when, value - 500 if id == "main" and n == 30 else value) for n, (id, when, value) in enumerate(site())
    ]
    assert any("main runs backwards" in text and "00:00" in text for text in said(read(tmp_path, rows)))


def test_a_gap_of_a_register_keeps_its_sum_and_is_told(tmp_path) -> None:
    rows = [row for row in site() if not (row[0] == "main" and 62 <= (row[1] - START).seconds // 60 < 178)]
    found = read(tmp_path, rows)
    assert sum(flow(found, "main")) == pytest.approx(2400)
    rows = [row for row in site() if not (row[0] == "main" and 60 <= (row[1] - START).seconds // 60 < 180)]
    found = read(tmp_path, rows)
    assert sum(flow(found, "main")) == pytest.approx(2400) and found.coverage[0].tolist() == [1, 0, 0, 1]
    assert said(found) == [
        "main was not read in 2 hours, first at 2025-03-01 01:00; its register tells what flowed, spread evenly over them"
    ]


def test_a_missing_interval_makes_its_hour_incomplete(tmp_path) -> None:
    ups = replace(TREE.meters[1], reads="interval")
    tree = replace(TREE, meters=(TREE.meters[0], ups, *TREE.meters[2:]))
    rows = [
        *register("main", 10.0),
        *[row for n, row in enumerate(intervals("ups", 8.0)) if n != 70],
        *intervals("chiller", 1.5),
        *register("tower", 0.02),
    ]
    found = read(tmp_path, rows, tree=tree)
    assert found.coverage[1].round(4).tolist() == [1, 0.9833, 1, 1] and flow(found, "ups")[1] == 472.0
    assert said(found) == ["ups lacks readings in 1 hours, first at 2025-03-01 01:00; those hours are not whole"]
    assert (pue(found)[1][-1].hours, pue(found)[1][-1].value) == (3, pytest.approx(1.25))


def test_an_interval_that_is_there_twice_is_not_added_twice(tmp_path) -> None:
    found = read(tmp_path, [*site(), ("chiller", START + timedelta(minutes=5), 1.5)])
    assert np.isnan(flow(found, "chiller")[0])
    assert any(
        "chiller has more than 60 readings an hour" in text and "its clock drifts" in text for text in said(found)
    )


def test_less_than_nothing_is_no_reading(tmp_path) -> None:
    rows = [(id, at, -1.0 if (id, at) == ("chiller", START) else value) for id, at, value in site()]
    assert any(
        "chiller shows less than nothing in 1 hours, first at 2025-03-01 00:00" in text
        for text in said(read(tmp_path, rows))
    )


def test_a_clock_that_is_fast_is_set_back(tmp_path) -> None:
    tree = replace(TREE, meters=(*TREE.meters[:2], replace(TREE.meters[2], ahead=60), TREE.meters[3]))
    rows = [(id, at + timedelta(seconds=60) if id == "chiller" else at, value) for id, at, value in site()]
    assert flow(read(tmp_path, rows, tree=tree), "chiller") == [90.0] * 4


def test_a_time_without_a_zone_is_read_on_the_wall_of_the_site(tmp_path) -> None:
    tree = replace(TREE, zone="Asia/Shanghai")
    rows = [(id, at + timedelta(hours=8), value) for id, at, value in site()]
    assert flow(read(tmp_path, rows, tree=tree, zoned=False), "main") == [600.0] * 4


def test_the_hour_that_clocks_go_through_twice_is_told(tmp_path) -> None:
    rows = [
        ("main", (datetime(2025, 10, 26, 0, tzinfo=UTC) + timedelta(minutes=n)).replace(tzinfo=None), 10.0 * n)
        for n in range(5 * 60)
    ]
    path = tmp_path / "wall.csv"
    path.write_text(
        "\n".join(["meter,time,value", *(f"{id},{at},{value}" for id, at, value in rows)]) + "\n", encoding="utf-8"
    )
    found = hourly(replace(TREE, zone="Europe/Berlin"), [path], datetime(2025, 10, 25, 22, tzinfo=UTC), 4)
    assert any("where clocks go back" in text for text in said(found))


def test_a_site_that_ends_early_has_open_hours(tmp_path) -> None:
    found = read(tmp_path, site(), hours=6)
    assert np.isnan(flow(found, "main")[4:]).all()
    assert any("main has no reading before or after 2 hours, first at 2025-03-01 04:00" in text for text in said(found))
    assert (pue(found)[1][-1].hours, pue(found)[1][-1].of) == (4, 6)


@pytest.mark.parametrize(
    ("text", "columns", "message"),
    [
        (
            "meter,time,value\nmain,2025-03-01 00:00:00,1\nspare,2025-03-01 00:00:00,1\n",
            Columns(),
            r"1 meters are not in the tree \(spare\)",
        ),
        (
            "meter,time,value\nmain,2025-03-01 00:00:00,1\n",
            Columns(value="kwh"),
            "there is no column 'kwh' for the value; it has meter, time, value",
        ),
        ("meter,time,value\nmain,noon,1\n", Columns(), "the column 'time' holds VARCHAR and no times"),
    ],
)
def test_a_file_that_would_be_misread_is_refused(tmp_path, text: str, columns: Columns, message: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match=message):
        hourly(TREE, [path], START, 4, columns)


TREE_FILE = """site: lab
zone: {zone}
category: {category}
meters:
  - {{id: main, role: feed, reads: register{more}}}
  - {{id: ups, role: {role}, reads: register, parent: {parent}}}
"""


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"zone": "Shanghai"}, "Shanghai is no time zone"),
        ({"parent": "mian"}, "the parent mian of ups is no meter of the tree"),
        ({"parent": "ups"}, "ups is below itself"),
        ({"role": "pdu"}, "no meter is a ups, so PUE of category 1 cannot be told"),
        ({"more": ", unit: m3"}, "main is feed in m3"),
        ({"more": ", minutes: 7"}, "main is read every 7 minutes"),
        ({"category": "4"}, "the category 4 is not 1, 2 or 3"),
    ],
)
def test_a_tree_that_is_none_is_refused_with_its_line(tmp_path, changes: dict, message: str) -> None:
    path = tmp_path / "meters.yaml"
    path.write_text(
        TREE_FILE.format(**{"zone": "UTC", "parent": "main", "role": "ups", "more": "", "category": "1", **changes}),
        encoding="utf-8",
    )
    with pytest.raises(Refused, match=message):
        read_tree(path)
