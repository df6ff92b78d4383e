"""Rows of a large company's purchases and energy, the same for the same seed, and factors for them: made once, kept outside the tree."""

import sys
from datetime import date
from pathlib import Path

import duckdb

from leafledger.bulk.source import Columns, Meaning, Source
from leafledger.core.definition import Activity, Dimension, FactorName, Formula, Library, Metric, Region
from leafledger.core.org import Company, Person, Site, Year
from leafledger.library.units import same_kind

ACTIVITIES, KINDS, SITES, REGIONS, UNITS = 40, 50, 500, 50, 60
FIRST, LAST = 2015, 2024
TITLE = {"zh-Hant": "名", "zh-Hans": "名", "en": "Name"}
BASES = ("MWh", "t", "m3", "t*km", "CNY", "km")
FREIGHT = ("t*km", "kg*km", "kt*km", "t*m", "kg*m", "g*km", "Mt*km", "kt*m", "mg*km", "Mt*m")


def rows(place: Path, number: int, files: int = 10) -> Path:
    """`number` rows by day, in Parquet files: each site uses 60 of 2,000 kinds of activity, some far more than others."""
    at = place / f"rows-{number}-{files}"
    if (at / "done").exists():
        return at
    at.mkdir(parents=True, exist_ok=True)
    each = number // files
    with duckdb.connect() as duck:
        duck.execute("SET threads = 2; SET memory_limit = '1500MB'")
        for file in range(files):
            sql = _drawn(file * each, each, number)
            duck.execute(f"COPY ({sql}) TO '{at}/{file:02d}.parquet' (FORMAT parquet, COMPRESSION zstd)")
    (at / "done").touch()
    return at


def one_day(place: Path, of: Path) -> Path:
    """A file of the day after the last of these rows, as long as one of their days."""
    at = place / f"{of.name}-day.parquet"
    number = int(of.name.split("-")[1])
    with duckdb.connect() as duck:
        sql = _drawn(number, number // _days(), number)
        duck.execute(f"COPY ({sql}) TO '{at}' (FORMAT parquet, COMPRESSION zstd)")
    return at


def _drawn(first: int, number: int, of: int) -> str:
    """A query for `number` rows from the first-th on, of as many as fill the years."""
    return f"""
        WITH drawn AS (SELECT i + {first}::BIGINT AS id, hash(i + {first}::BIGINT, 7) AS h FROM range({number}) t(i)),
             placed AS (SELECT id, (h % {SITES})::SMALLINT AS site, ((h // 500) % 1000003) / 1000003.0 AS u, h // 1000000007 AS g FROM drawn),
             used AS (SELECT *, (hash(site, floor(60 * u * u * u)::INTEGER, 11) % {ACTIVITIES * KINDS})::SMALLINT AS kind FROM placed)
        SELECT id, site, kind, (DATE '{FIRST}-01-01' + ((id * {_days()}) // {of})::INTEGER) AS day,
               (((kind % {ACTIVITIES}) % 6) * 10 + hash(site, kind, 13) % 10)::TINYINT AS unit,
               ((g % 9999999) / 1000.0)::DECIMAL(18, 3) AS quantity, 'D' || (id % 100000) AS document
        FROM used"""


def source(url: str) -> Source:
    """The rows as a source: numbers of sites, kinds and units, each with its meaning."""
    kinds = {
        str(n): _meaning(n, f"bench.a{n % ACTIVITIES:02d}", (("kind", f"k{n // ACTIVITIES:02d}"),))
        for n in range(ACTIVITIES * KINDS)
    }
    sites = {str(n): _meaning(n, f"s{n:03d}") for n in range(SITES)}
    units = {str(n): _meaning(n, unit_of(n)) for n in range(UNITS)}
    return Source(
        id="rows", title=TITLE, url=url, owner="rui", since=date(FIRST, 1, 1), until=date(LAST, 12, 31),
        columns=Columns(activity="kind", site="site", unit="unit", date="day", quantity="quantity"),
        codes={"activity": kinds, "site": sites, "unit": units},
    )  # fmt: skip


def unit_of(number: int) -> str:
    base = BASES[number // 10]
    known = FREIGHT if base == "t*km" else same_kind(base)
    return known[number % 10 % len(known)]


def company() -> Company:
    sites = tuple(Site(id=f"s{n:03d}", title=TITLE, region=f"R{n % REGIONS:02d}") for n in range(SITES))
    people = (Person(id="rui", name="Rui", roles=("recorder",)),)
    years = tuple(Year(year=year, factors_as_of=date(year + 1, 3, 31)) for year in range(FIRST, LAST + 1))
    return Company(id="bench", name=TITLE, legal_name=TITLE, sites=sites, people=people, years=years)


def library() -> Library:
    """40 activities by 50 kinds, a metric for each, and regions on five continents. Its factors stand in a table, see `factors`."""
    activities, metrics, names = {}, {}, {}
    for n in range(ACTIVITIES):
        base, id = BASES[n % 6], f"bench.a{n:02d}"
        activities[id] = Activity(id=id, title=TITLE, unit=base, kind="flow", breakdowns=(("kind",),))
        formula = Formula(formula=f"each({id} * factor.ef_{n:02d})")
        metrics[f"{id}.co2e"] = Metric(id=f"{id}.co2e", title=TITLE, unit="tCO2e", kind="flow", formulas=(formula,))
        names[f"ef_{n:02d}"] = FactorName(id=f"ef_{n:02d}", title=TITLE, unit=f"kgCO2e/{base.replace('*', '/')}")
    regions = {"WORLD": Region(id="WORLD", title=TITLE)}
    regions |= {f"C{n}": Region(id=f"C{n}", title=TITLE, parent="WORLD") for n in range(5)}
    regions |= {f"R{n:02d}": Region(id=f"R{n:02d}", title=TITLE, parent=f"C{n % 5}") for n in range(REGIONS)}
    kinds = Dimension(id="kind", title=TITLE, members={f"k{n:02d}": TITLE for n in range(KINDS)})
    return Library(
        dimensions={"kind": kinds}, activities=activities, metrics=metrics, regions=regions, factor_names=names
    )


def factors(place: Path, edition: int) -> Path:
    """About 700,000 factors: of 2,000 kinds × 10 years, 60 % in each of 50 regions, 80 % on each continent, and one for the world."""
    at = place / f"factors-{edition}.parquet"
    if at.exists():
        return at
    with duckdb.connect() as duck:
        duck.execute(f"""
            COPY (
                SELECT k % {ACTIVITIES} AS activity, k // {ACTIVITIES} AS kind, region, year,
                       (100 + hash(k, region, year, {edition}) % 900000)::BIGINT AS thousandths
                FROM range({ACTIVITIES * KINDS}) a(k), range({FIRST}, {LAST + 1}) b(year),
                     (SELECT 'WORLD' AS region, 100 AS share UNION ALL SELECT 'C' || i, 80 FROM range(5) c(i)
                      UNION ALL SELECT 'R' || lpad(i::VARCHAR, 2, '0'), 60 FROM range({REGIONS}) d(i))
                WHERE hash(k, region) % 100 < share
            ) TO '{at}' (FORMAT parquet, COMPRESSION zstd)""")
    return at


def _meaning(number: int, means: str, labels: tuple[tuple[str, str], ...] = ()) -> Meaning:
    return Meaning(value=str(number), means=means, labels=labels)


def _days() -> int:
    return (date(LAST, 12, 30) - date(FIRST, 1, 1)).days


if __name__ == "__main__":
    print(rows(Path(sys.argv[2]), int(sys.argv[1])))
