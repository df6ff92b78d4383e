"""Figures straight from a pooled cube: factors are found once for each key, and every sum is of whole numbers, so exact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING, Any

from leafledger.bulk import lies
from leafledger.bulk.editions import Edition, labels_met, regions_up, years_known
from leafledger.bulk.linear import Linear, Slot
from leafledger.bulk.pool import Pool
from leafledger.core.definition import Library
from leafledger.core.labels import NONE, Labels
from leafledger.core.org import Company
from leafledger.library.units import unit

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_KEY = "activity, labels, region, stretch"
STEPS = 44
"""A rank has fewer bits than these; how near a region is stands above them."""
NEAREST = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """One figure of one year. exact: in the metric's unit; None where a factor is missing or unclear for `missing` of its keys, or
    rows may belong to it that fit nothing. keys: how many (labels, region, stretch) it was added up from; n: how many rows."""

    metric: str
    year: int
    labels: Labels = NONE
    exact: Fraction | None
    n: int
    keys: int
    missing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """Which metrics are asked for, and in what common part of their unit each one's products are whole numbers."""

    linears: tuple[Linear, ...]
    slots: tuple[Slot, ...]
    parts: Mapping[str, int]


def resolve(
    duck: "DuckDBPyConnection", pool: Pool, of: Edition, linears: Sequence[Linear], company: Company, library: Library
) -> Ready:
    """The tables `serves` (which factor serves a slot for labels, region and stretch) and `worth` (what one part of an activity is, of a
    metric): all that an edition changes."""
    slots = tuple(sorted({slot for one in linears for way in one.ways for term in way for slot in term.slots}, key=str))
    parts = {one.metric: _part(one, pool, of, library) for one in linears}
    _terms(duck, pool, of, linears, slots, parts, library)
    regions_up(duck, of, library)
    labels_met(duck, of, pool.labels, [(slot.name, slot.of) for slot in slots])
    years_known(duck, company, [year.year for year in company.years])
    duck.execute(f"CREATE OR REPLACE TEMP TABLE keys AS SELECT DISTINCT {_KEY}, year FROM pooled")
    _serve(duck, "keys", "serves", by_year=pool.by_year)
    _weigh(duck, "keys", "serves", "worth", _most(linears))
    return Ready(linears=tuple(linears), slots=slots, parts=parts)


def revised(
    duck: "DuckDBPyConnection", pool: Pool, of: Ready, factor: int, number: int, metrics: Sequence[str]
) -> list[Total]:
    """The totals of the metrics that ask for a factor, once its value (as in the table `factors`) is another one; `worth` keeps the old."""
    duck.execute("UPDATE serves SET number = $1::HUGEINT WHERE id = $2", [str(number), factor])
    numbers = [n for n, one in enumerate(of.linears) if one.metric in metrics]
    return totals(duck, pool, of, only=metrics, worth=f"({_worth(duck, 'keys', 'serves', _most(of.linears), numbers)})")


def extended(duck: "DuckDBPyConnection", pool: Pool, of: Edition, ready: Ready, more: str = "more") -> list[Total]:
    """The totals of the years in which a table of more rows of `pooled` has any; they are added to it, and factors found for new keys."""
    years = [row[0] for row in duck.execute(f"SELECT DISTINCT year FROM {more}").fetchall()]
    among = f"year IN ({', '.join(map(str, years)) or 'NULL'})"
    known = f"(SELECT * FROM keys WHERE {among})"
    duck.execute(
        f"CREATE OR REPLACE TEMP TABLE fresh AS SELECT {_KEY}, year FROM {more} ANTI JOIN {known} USING ({_KEY})"
    )
    if duck.execute("SELECT count(*) FROM fresh").fetchall()[0][0]:
        labels_met(duck, of, pool.labels, [(slot.name, slot.of) for slot in ready.slots])
        _serve(duck, "fresh", "fresh_serves", by_year=pool.by_year)
        _weigh(duck, "fresh", "fresh_serves", "fresh_worth", _most(ready.linears))
        for name, into in (("fresh", "keys"), ("fresh_serves", "serves"), ("fresh_worth", "worth")):
            duck.execute(f"INSERT INTO {into} SELECT * FROM {name}")
    duck.execute(f"INSERT INTO pooled SELECT * FROM {more}")
    return totals(duck, pool, ready, years=years)


def totals(
    duck: "DuckDBPyConnection",
    pool: Pool,
    of: Ready,
    *,
    only: Sequence[str] = (),
    years: Sequence[int] = (),
    worth: str = "worth",
) -> list[Total]:
    """The total of each metric and year, and each part by which it is split. only, years: no others."""
    metrics = [n for n, one in enumerate(of.linears) if not only or one.metric in only]
    where = "true"
    if only:
        activities = {pool.activities.index(of.linears[n].activity) for n in metrics}
        where = f"v.metric IN ({', '.join(map(str, metrics))}) AND p.activity IN ({', '.join(map(str, activities))})"
    if years:
        among = f"IN ({', '.join(map(str, years))})"
        where += f" AND p.year {among}" + (f" AND v.stretch {among}" if pool.by_year else "")
    found = _added(duck, worth, "", where)
    made = [_total(pool, of, row, NONE) for row in found]
    for dimension in sorted({split for one in of.linears for split in one.splits}):
        members = [(n, dict(labels)[dimension]) for n, labels in enumerate(pool.labels) if dimension in dict(labels)]
        duck.execute("CREATE OR REPLACE TEMP TABLE member (labels INTEGER, member VARCHAR)")
        lies.listed(duck, "member", members)
        for *row, member in _added(duck, worth, "member", where):
            if dimension in of.linears[row[0]].splits:
                made.append(_total(pool, of, tuple(row), ((dimension, member),)))
    return sorted(made, key=lambda one: (one.metric, one.year, one.labels))


def lines(duck: "DuckDBPyConnection", into: str) -> int:
    """Write the receipts of all totals as one table: for each metric, labels, region and stretch the amount, what it was multiplied
    by and what that gives, with the factors. How many lines these are."""
    duck.execute(f"COPY ({_LINES}) TO {lies.quoted(into)} (FORMAT parquet, COMPRESSION lz4_raw)")
    count: int = duck.execute(f"SELECT count(*) FROM {lies.quoted(into)}").fetchall()[0][0]
    return count


def uses(duck: "DuckDBPyConnection", metric: int, year: int, labels: Sequence[int] = ()) -> list[tuple[int, int, int]]:
    """The factors behind a total: id, region asked for, and steps up to its own."""
    among = f"AND p.labels IN ({', '.join(map(str, labels))})" if labels else ""
    query = f"""
        SELECT DISTINCT s.id, p.region, s.level FROM pooled p
        JOIN worth v USING (activity, labels, region, stretch)
        JOIN terms t ON t.metric = v.metric AND t.way = v.way
        JOIN serves s ON s.slot IN (t.s0, t.s1, t.s2, t.s3) AND s.labels = p.labels AND s.region = p.region AND s.stretch = p.stretch
        WHERE v.metric = {int(metric)} AND p.year = {int(year)} {among}"""
    return duck.execute(query).fetchall()


_LINES = """
    SELECT v.metric, p.activity, p.labels, p.region, p.stretch, p.year, v.way, p.n, p.amount::DECIMAL(38, 0) AS amount,
           v.worth::DECIMAL(38, 0) AS worth, (p.amount * v.worth)::DECIMAL(38, 0) AS product, v.factors
    FROM pooled p JOIN worth v USING (activity, labels, region, stretch)"""


def _part(one: Linear, pool: Pool, of: Edition, library: Library) -> int:
    """How many parts the metric's unit is divided into, so that every coefficient is a whole number of them."""
    return lcm(
        *(
            _coefficient(one, term.coefficient, term.slots, pool, of, library).denominator
            for way in one.ways
            for term in way
        )
    )


def _coefficient(
    one: Linear, coefficient: Fraction, slots: Sequence[Slot], pool: Pool, of: Edition, library: Library
) -> Fraction:
    """What one smallest part of the activity is of the metric's unit, but for the whole numbers of the factors."""
    scale = unit(library.activities[one.activity].unit).scale / unit(one.unit).scale
    made = coefficient * scale / pool.whole.get(one.activity, 1)
    for slot in slots:
        made /= of.whole[slot.name]
    return made


def _terms(
    duck: "DuckDBPyConnection",
    pool: Pool,
    of: Edition,
    linears: Sequence[Linear],
    slots: Sequence[Slot],
    parts: Mapping[str, int],
    library: Library,
) -> None:
    """The tables `terms` (each product of a formula, with up to four factors) and `slots` (which factor names are asked for)."""
    rows = []
    for metric, one in enumerate(linears):
        for way, terms in enumerate(one.ways):
            for number, term in enumerate(terms):
                exact = _coefficient(one, term.coefficient, term.slots, pool, of, library) * parts[one.metric]
                at = [slots.index(slot) for slot in term.slots] + [-1] * (4 - len(term.slots))
                rows.append((metric, pool.activities.index(one.activity), way, number, str(int(exact)), *at))
    duck.execute(
        "CREATE OR REPLACE TEMP TABLE terms (metric INTEGER, activity INTEGER, way INTEGER, term INTEGER, coefficient HUGEINT, "
        "s0 INTEGER, s1 INTEGER, s2 INTEGER, s3 INTEGER)"
    )
    lies.listed(duck, "terms", rows)
    duck.execute("CREATE OR REPLACE TEMP TABLE slots (slot INTEGER, name INTEGER)")
    lies.listed(duck, "slots", [(n, of.names[slot.name]) for n, slot in enumerate(slots)])


def _serve(duck: "DuckDBPyConnection", keys: str, into: str, *, by_year: bool) -> None:
    """The table of the best factor of each slot for each labels, region and stretch: the nearest region first, then the highest rank.

    Two that rank alike among those of a region and are in force together leave it unclear which one serves.
    """
    first, last = ("f.first_year", "f.last_year") if by_year else ("f.first_month", "f.last_month")
    duck.execute(f"CREATE OR REPLACE TEMP TABLE stretches AS SELECT DISTINCT stretch, year FROM {keys}")
    duck.execute(f"""
        CREATE OR REPLACE TEMP TABLE reach AS
        WITH asked AS (SELECT DISTINCT activity, unnest([s0, s1, s2, s3]) AS slot FROM terms),
             met_in AS (SELECT DISTINCT activity, labels, region FROM {keys})
        SELECT DISTINCT a.slot, l.name, p.labels AS cell, p.region, m.labels, u.wider, u.level
        FROM met_in p JOIN asked a USING (activity) JOIN slots l ON l.slot = a.slot
        JOIN met m ON m.slot = a.slot AND m.cell = p.labels JOIN up u ON u.region = p.region""")
    duck.execute(f"""
        CREATE OR REPLACE TEMP TABLE {into} AS
        WITH met AS (
            SELECT r.slot, r.cell AS labels, r.region, {first} AS first, {last} AS last, f.id, f.published,
                   ({NEAREST} - r.level)::BIGINT << {STEPS} | f.rank AS best
            FROM factors f JOIN reach r ON r.name = f.name AND r.labels = f.labels AND r.wider = f.region),
        found AS (
            SELECT slot, labels, region, first AS stretch, id, published, best FROM met WHERE first = last
            UNION ALL
            SELECT slot, labels, region, unnest(range(greatest(first, (SELECT min(stretch) FROM stretches)),
                   least(last, (SELECT max(stretch) FROM stretches)) + 1))::INTEGER, id, published, best FROM met WHERE first <> last)
        , best AS (
        SELECT f.slot, f.labels, f.region, f.stretch, arg_max(f.id, f.best) AS id, ({NEAREST} - (max(f.best) >> {STEPS}))::INTEGER AS level
        FROM found f JOIN stretches t ON t.stretch = f.stretch LEFT JOIN known k ON k.year = t.year
        WHERE k.as_of IS NULL OR f.published <= k.as_of
        GROUP BY f.slot, f.labels, f.region, f.stretch)
        SELECT b.*, f.number FROM best b JOIN factors f USING (id) WHERE NOT f.twin""")


def _most(linears: Sequence[Linear]) -> int:
    return max((len(term.slots) for one in linears for way in one.ways for term in way), default=0)


def _weigh(duck: "DuckDBPyConnection", keys: str, serves: str, into: str, most: int) -> None:
    """The table of what one smallest part of an activity is worth of each metric, for each key."""
    duck.execute(f"CREATE OR REPLACE TEMP TABLE {into} AS {_worth(duck, keys, serves, most)}")


def _worth(duck: "DuckDBPyConnection", keys: str, serves: str, most: int, metrics: Sequence[int] = ()) -> str:
    """A query for what one smallest part of an activity is worth of a metric, for each key: of the first way whose factors are all there."""
    where = ""
    if metrics:
        among = f"metric IN ({', '.join(map(str, metrics))})"
        where = f"WHERE t.{among}"
        keys = f"(SELECT * FROM {keys} WHERE activity IN (SELECT activity FROM terms WHERE {among}))"
        serves = f"(SELECT * FROM {serves} WHERE slot IN (SELECT unnest([s0, s1, s2, s3]) FROM terms WHERE {among}))"
    joins, product, there, said = "", "t.coefficient", ["true"], []
    for n in range(most):
        joins += f" LEFT JOIN {serves} v{n} ON v{n}.slot = t.s{n} AND v{n}.labels = p.labels AND v{n}.region = p.region AND v{n}.stretch = p.stretch"
        product += f" * CASE WHEN t.s{n} < 0 THEN 1 ELSE v{n}.number END"
        there.append(f"(t.s{n} < 0 OR v{n}.id IS NOT NULL)")
        said.append(f"v{n}.id")
    ways = duck.execute("SELECT max(way), max(term) FROM terms").fetchall()[0]
    select = f"""
        SELECT t.metric, p.activity, p.labels, p.region, p.stretch, t.way, t.term, {" AND ".join(there)} AS fits,
               ({product})::HUGEINT AS worth, [{", ".join(said)}]::INTEGER[] AS factors
        FROM {keys} p JOIN terms t USING (activity) {joins} {where}"""
    if ways == (0, 0):
        kept = "* EXCLUDE (term) REPLACE (CASE WHEN fits THEN worth END AS worth)"
        return f"SELECT {kept} FROM ({select})"
    key = "metric, activity, labels, region, stretch"
    return f"""
        WITH each AS (SELECT {key}, way, bool_and(fits) AS fits, sum(worth)::HUGEINT AS worth, flatten(list(factors)) AS factors
                      FROM ({select}) GROUP BY {key}, way),
             chosen AS (SELECT *, row_number() OVER (PARTITION BY {key} ORDER BY fits DESC, way) AS place FROM each)
        SELECT {key}, way, fits, CASE WHEN fits THEN worth END AS worth, factors FROM chosen WHERE place = 1"""


def _added(duck: "DuckDBPyConnection", worth: str, member: str, where: str) -> list[tuple[Any, ...]]:
    join = "JOIN member m ON m.labels = p.labels" if member else ""
    also = ", m.member" if member else ""
    return duck.execute(f"""
        SELECT v.metric, p.year, sum(p.amount * v.worth)::VARCHAR, sum(p.n)::BIGINT, count(*), count(*) - count(v.worth){also}
        FROM pooled p JOIN {worth} v USING (activity, labels, region, stretch) {join} WHERE {where} GROUP BY v.metric, p.year{also}""").fetchall()


def _total(pool: Pool, of: Ready, row: tuple[Any, ...], labels: Labels) -> Total:
    metric, year, amount, n, keys, missing = row
    one = of.linears[metric]
    odd = pool.unfit.get("", 0) + pool.unfit.get(one.activity, 0)
    exact = None if missing or odd else Fraction(int(amount), of.parts[one.metric])
    return Total(metric=one.metric, year=year, labels=labels, exact=exact, n=n, keys=keys, missing=missing)
