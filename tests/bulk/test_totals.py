"""Figures straight from cells are those that the engine makes of the same cells as entries, value for value and id for id."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leafledger.bulk import lies
from leafledger.bulk.cube import summed, summed_in
from leafledger.bulk.entries import entries_of, read_cube
from leafledger.bulk.meaning import dictionary
from leafledger.bulk.pool import pooled
from leafledger.bulk.source import Columns, Source
from leafledger.bulk.totals import extended, revised, totals
from leafledger.core.definition import Activity, Dimension, Factor, FactorName, Formula, Library, Metric, Region
from leafledger.core.fact import Fact
from leafledger.core.org import Company, Series, Site, Year
from leafledger.engine.books import books
from leafledger.engine.cells import cells_from_entries
from leafledger.engine.compute import compute
from leafledger.engine.prove import proven
from leafledger.flow.linear import linears, not_linear
from leafledger.flow.totals import fact_of, opened

TITLE = {"zh-Hant": "名", "zh-Hans": "名", "en": "Name"}
FORMULAS = {
    "plain": "each(fuel * factor.ef)",
    "two": "each(fuel * factor.ef * factor.gwp * 44 / 12 - fuel * factor.ef / 3)",
    "side": "each(fuel * either(factor.rare, factor.ef))",
    "other": "fuel / fuel * 2",
}
REGIONS = {"WORLD": "", "CN": "WORLD", "CN-SH": "CN", "SG": "WORLD"}


def library(factors: Sequence[Factor]) -> Library:
    metrics = {
        id: Metric(
            id=id, title=TITLE, unit="ratio" if id == "other" else "tCO2e", kind="ratio" if id == "other" else "flow",
            formulas=(Formula(formula=formula),), splits=() if id == "other" else ("kind",),
        )
        for id, formula in FORMULAS.items()
    }  # fmt: skip
    units = {"ef": "kgCO2e/t", "rare": "kgCO2e/t", "gwp": "ratio"}
    return proven(
        Library(
            dimensions={"kind": Dimension(id="kind", title=TITLE, members={"a": TITLE, "b": TITLE})},
            activities={"fuel": Activity(id="fuel", title=TITLE, unit="t", kind="flow", breakdowns=(("kind",),))},
            metrics=metrics,
            regions={id: Region(id=id, title=TITLE, parent=parent) for id, parent in REGIONS.items()},
            factor_names={id: FactorName(id=id, title=TITLE, unit=unit) for id, unit in units.items()},
            factors={one.id: one for one in factors},
        )
    )


def factor(n: int, name: str, value: str, region: str = "WORLD", **more: object) -> Factor:
    unit = "ratio" if name == "gwp" else "kgCO2e/t"
    return Factor(id=f"f{n}", name=name, value=Decimal(value), unit=unit, region=region, **more)  # type: ignore[arg-type]


ALWAYS = [factor(90, "ef", "2.5"), factor(91, "gwp", "1.07")]
SITES = {"one": "CN-SH", "two": "CN", "three": "SG"}
COMPANY = Company(
    id="c", name=TITLE, legal_name=TITLE, people=(),
    sites=tuple(Site(id=id, title=TITLE, region=region) for id, region in SITES.items()),
    years=tuple(Year(year=year, factors_as_of=date(year + 1, 3, 31)) for year in (2023, 2024)),
)  # fmt: skip
SOURCE = Source(
    id="rows", title=TITLE, url="*.parquet", owner="rui", since=date(2023, 1, 1), until=date(2024, 12, 31), activity="fuel",
    columns=Columns(date="day", quantity="qty", site="site", unit="uom", labels={"kind": "kind"}),
)  # fmt: skip
SERIES = [Series(activity="fuel", site=site, labels=(("kind", kind),)) for site in SITES for kind in ("a", "b")]
ROWS = [
    (site, kind, f"{year}-{month:02d}-05", unit, f"{7 * month + len(site)}.125")
    for year in (2023, 2024)
    for month in (1, 4, 12)
    for site in SITES
    for kind in ("a", "b")
    for unit in ("t", "kg", "lb")
]


def written(folder: Path, rows: Sequence[tuple[str, ...]], name: str = "1") -> Path:
    folder.mkdir(exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE r (site VARCHAR, kind VARCHAR, day DATE, uom VARCHAR, qty DECIMAL(18,3))")
        connection.executemany("INSERT INTO r VALUES (?, ?, ?, ?, ?)", list(rows))
        connection.execute(f"COPY r TO '{folder / name}.parquet' (FORMAT parquet)")
    return folder


def both(folder: Path, of: Library) -> tuple[dict[str, Fact], dict[str, Fact]]:
    """By key, the facts that the engine makes of entries, and those that the cells give by themselves."""
    cube = summed(SOURCE, folder, folder / "cube")
    content = cube.content(SOURCE)
    with lies.duck() as duck:
        read = read_cube(SOURCE, cube, COMPANY, of, duck)
        entries = entries_of(SOURCE, read, content, of)
        slow = compute(books(of, COMPANY, SERIES, cells_from_entries(entries)))
        now = opened(duck, SOURCE, cube, COMPANY, of)
        numbers = {one.metric: (n, one) for n, one in enumerate(now.ready.linears)}
        facts = [fact_of(duck, now, one, *numbers[one.metric], content) for one in totals(duck, now.pool, now.ready)]
    return {key: slow[key] for key in slow if slow[key].metric in numbers}, {fact.key: fact for fact in facts}


def same(folder: Path, factors: Sequence[Factor]) -> None:
    slow, fast = both(folder, library([*factors, *ALWAYS]))
    assert {key: (one.value, one.status) for key, one in fast.items()} == {
        key: (one.value, one.status) for key, one in slow.items()
    }
    assert {key: one.id for key, one in fast.items() if one.value is not None} == {
        key: one.id for key, one in slow.items() if one.value is not None
    }


def test_one_factor_for_all_is_the_same_both_ways(tmp_path: Path) -> None:
    same(written(tmp_path / "rows", ROWS), [])


def test_narrower_regions_labels_and_years_are_the_same_both_ways(tmp_path: Path) -> None:
    same(
        written(tmp_path / "rows", ROWS),
        [
            factor(1, "ef", "3", "CN", labels=(("kind", "a"),)),
            factor(2, "ef", "4", "CN-SH", valid_from=date(2024, 1, 1), published=date(2024, 6, 1), data_year=2023),
            factor(3, "ef", "5", "SG", published=date(2024, 12, 1)),
            factor(4, "rare", "6", "CN", valid_to=date(2023, 12, 31)),
        ],
    )


def test_a_factor_that_changes_within_a_year_is_the_same_both_ways(tmp_path: Path) -> None:
    same(
        written(tmp_path / "rows", ROWS),
        [factor(1, "ef", "3.001", "CN", valid_from=date(2024, 3, 16), data_year=2024, published=date(2024, 1, 1))],
    )


def test_where_two_serve_equally_well_both_ways_have_a_hole(tmp_path: Path) -> None:
    slow, fast = both(
        written(tmp_path / "rows", ROWS), library([*ALWAYS, factor(1, "ef", "3", "CN"), factor(2, "ef", "4", "CN")])
    )
    assert slow["plain@2024"].status == fast["plain@2024"].status == "hole"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.builds(
            dict,
            name=st.sampled_from(["ef", "gwp", "rare"]),
            value=st.decimals("0.001", 900, places=3).map(str),
            region=st.sampled_from(list(REGIONS)),
            labels=st.sampled_from([(), (("kind", "a"),), (("kind", "b"),)]),
            valid_from=st.none() | st.dates(date(2022, 6, 1), date(2024, 12, 31)),
            valid_to=st.none() | st.dates(date(2025, 1, 1), date(2025, 6, 1)),
            published=st.none() | st.dates(date(2023, 1, 1), date(2025, 6, 1)),
            data_year=st.integers(2018, 2024),
        ),
        max_size=8,
        unique_by=lambda said: (said["name"], said["region"], said["labels"], said["data_year"]),
    )
)
def test_any_factors_are_the_same_both_ways(
    tmp_path_factory: pytest.TempPathFactory, said: list[dict[str, object]]
) -> None:
    folder = written(tmp_path_factory.mktemp("rows") / "rows", ROWS)
    same(folder, [factor(n, **one) for n, one in enumerate(said)])  # type: ignore[arg-type]


def test_more_rows_give_what_all_rows_at_once_give(tmp_path: Path) -> None:
    of, folder = library(ALWAYS), written(tmp_path / "rows", ROWS[:20])
    with lies.duck() as duck:
        before = summed(SOURCE, folder, folder / "cube")
        now = opened(duck, SOURCE, before, COMPANY, of)
        written(folder, ROWS[20:], "2")
        after = summed_in(duck, SOURCE, folder, folder / "cube", before)
        words = dictionary(SOURCE, COMPANY, of)
        new = after.segments[len(before.segments) :]
        pool = pooled(
            duck,
            SOURCE,
            after,
            words,
            COMPANY,
            of,
            now.edition.regions,
            by_year=now.pool.by_year,
            segments=new,
            into="more",
            like=now.pool,
        )
        found = extended(duck, pool, now.edition, now.ready)
        again = opened(duck, SOURCE, after, COMPANY, of)
        assert {(one.metric, one.year, one.labels): one.exact for one in found} == {
            (one.metric, one.year, one.labels): one.exact for one in totals(duck, again.pool, again.ready)
        }


def test_a_revised_factor_gives_what_an_edition_with_it_gives(tmp_path: Path) -> None:
    folder, of = written(tmp_path / "rows", ROWS), library(ALWAYS)
    cube = summed(SOURCE, folder, folder / "cube")
    with lies.duck() as duck:
        now = opened(duck, SOURCE, cube, COMPANY, of)
        (number,) = (n for n, one in enumerate(now.edition.factors) if one.name == "ef")
        (old,) = duck.execute(f"SELECT number::VARCHAR FROM factors WHERE id = {number}").fetchall()[0]
        found = revised(duck, now.pool, now.ready, number, int(old) * 3, ["plain"])
        again = opened(duck, SOURCE, cube, COMPANY, library([factor(90, "ef", "7.5"), ALWAYS[1]]))
        assert [one.exact for one in found] == [
            one.exact for one in totals(duck, again.pool, again.ready, only=["plain"])
        ]


def test_what_is_not_linear_is_named() -> None:
    of = library(ALWAYS)
    assert [one.metric for one in linears(of)] == ["plain", "side", "two"]
    assert not_linear(of, frozenset({"fuel"})) == []
