"""The figures that a big source's cube gives by itself, without an entry made of any of its cells."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from leafledger.base.setup import open_ledger
from leafledger.bulk import lies
from leafledger.bulk.cube import Cube, kept
from leafledger.bulk.declared import read_sources
from leafledger.bulk.editions import Edition, edition
from leafledger.bulk.linear import Linear
from leafledger.bulk.meaning import dictionary
from leafledger.bulk.pool import Pool, pooled
from leafledger.bulk.source import Source
from leafledger.bulk.totals import Ready, Total, resolve, totals, uses
from leafledger.core.definition import Library
from leafledger.core.fact import Fact, FactorUse, Step, fact_key
from leafledger.core.finding import Finding, Refused
from leafledger.core.labels import matches
from leafledger.core.org import Company, View
from leafledger.core.period import Period
from leafledger.core.quantity import cut, plain
from leafledger.engine.cells import hash_of_hashes
from leafledger.flow.from_sources import approval_of, cube_place, of_source
from leafledger.flow.linear import linears, not_linear
from leafledger.flow.places import ledger_place
from leafledger.flow.read import read_folder

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Facts of one source, by itself; others: metrics over its activities that are not linear, and stay with the engine."""

    facts: tuple[Fact, ...]
    others: tuple[str, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A pooled cube with the factors that serve it, in an open DuckDB."""

    source: Source
    pool: Pool
    edition: Edition
    ready: Ready
    company: Company
    library: Library


def made(path: Path, id: str) -> Made:
    """Every figure that is linear in an activity of the source, of each whole year that it has. Refused where nobody approved it."""
    folder = read_folder(path)
    open_ledger(ledger_place(path))
    found = {source.id: source for source in read_sources(path, folder.company, folder.library)}
    if id not in found:
        template = "there is no source {id}; sources/ declares {known}"
        raise Refused(of_source(id, template, id=id, known=", ".join(sorted(found)) or "none"))
    source = found[id]
    cube = kept(cube_place(path, source))
    content = cube.content(source) if cube else ""
    if cube is None or approval_of(source, content) is None:
        template = "nobody has approved it as it lies; `leaf sources` shows it, `leaf sources approve {id}` approves"
        raise Refused(of_source(id, template, id=id))
    _plain_sites(folder.company, source)
    with lies.duck() as duck:
        of = opened(duck, source, cube, folder.company, folder.library)
        years = [year.year for year in folder.company.years]
        facts = tuple(_facts(duck, of, totals(duck, of.pool, of.ready, years=years), content))
    activities = frozenset(of.pool.whole)
    return Made(
        facts=facts, others=tuple(not_linear(folder.library, activities)), findings=tuple(_odd(source, of.pool))
    )


def opened(duck: "DuckDBPyConnection", source: Source, cube: Cube, company: Company, library: Library) -> Opened:
    """The cube pooled, and the factors of the library found for it."""
    wanted = linears(library)
    view = View(approach=company.approach, gwp=company.gwp)
    names = {slot.name for one in wanted for way in one.ways for term in way for slot in term.slots}
    now = edition(duck, library, names, view)
    by_year = now.by_year and company.year_ends == "12-31"
    words = dictionary(source, company, library)
    pool = pooled(duck, source, cube, words, company, library, now.regions, by_year=by_year)
    used = [one for one in wanted if one.activity in pool.whole]
    ready = resolve(duck, pool, now, used, company, library)
    return Opened(source=source, pool=pool, edition=now, ready=ready, company=company, library=library)


def _facts(duck: "DuckDBPyConnection", of: Opened, found: list[Total], content: str) -> Iterator[Fact]:
    linear = {one.metric: (number, one) for number, one in enumerate(of.ready.linears)}
    for total in found:
        number, one = linear[total.metric]
        yield fact_of(duck, of, total, number, one, content)


def fact_of(duck: "DuckDBPyConnection", of: Opened, total: Total, number: int, one: Linear, content: str) -> Fact:
    """A total as a fact, with the factors behind it, and a step for each of these."""
    metric, period = of.library.metrics[one.metric], Period.parse(str(total.year))
    if total.exact is None:
        return Fact(
            metric=one.metric, labels=total.labels, period=period, value=None, unit=metric.unit,
            formula=metric.formulas[0].formula, findings=(_hole(of, total, period),), reviewed=not of.company.self_reviewed,
        )  # fmt: skip
    among = [n for n, labels in enumerate(of.pool.labels) if matches(labels, total.labels)]
    regions = {n: id for id, n in of.edition.regions.items()}
    factors = [_use(of, id, regions[region], level) for id, region, level in uses(duck, number, total.year, among)]
    whole = period.within(Period(of.source.since, of.source.until))
    steps = [Step(depth=1, what=f"{of.source.id}: {one.activity}", value=f"{total.n}", note=f"{total.keys} keys")]
    steps += [
        Step(depth=2, what=f"factor.{use.name}", value=plain(use.value), unit=use.unit, factor=use.id)
        for use in sorted(factors, key=lambda use: (use.name, use.id, use.asked_region))
    ]
    return Fact(
        metric=one.metric,
        labels=total.labels,
        period=period,
        value=cut(total.exact),
        unit=metric.unit,
        coverage=Decimal(1) if whole else cut(Fraction(_common(of.source, period), period.days)),
        approach=of.company.approach,
        gwp=", ".join(sorted({use.gwp_basis for use in factors} - {""})),
        formula=metric.formulas[0].formula,
        factors=tuple(sorted(factors, key=lambda use: (use.name, use.id, use.asked_region))),
        entries=(f"{of.source.id}:{content[:16]}",),
        entry_hashes=hash_of_hashes([content]),
        steps=tuple(steps),
        reviewed=not of.company.self_reviewed,
    )


def _use(of: Opened, id: int, asked: str, level: int) -> FactorUse:
    factor = of.edition.factors[id]
    return FactorUse(
        id=factor.id, name=factor.name, value=factor.value, unit=factor.unit, region=factor.region, asked_region=asked,
        assumed=factor.assumed, level=level, gwp_basis=factor.gwp_basis, uncertainty=factor.uncertainty,
    )  # fmt: skip


def _common(source: Source, period: Period) -> int:
    common = period.overlap(Period(source.since, source.until))
    return common.days if common else 0


def _hole(of: Opened, total: Total, period: Period) -> Finding:
    key = fact_key(total.metric, period, total.labels)
    if total.missing:
        template = "{key} has no factor, or none that is clear, for {missing} of {keys} combinations of labels, region and year; add them to factors/"
        return of_source(of.source.id, template, key=key, missing=total.missing, keys=total.keys)
    template = "{key} may miss rows that fit nothing; `leaf sources` lists them"
    return of_source(of.source.id, template, key=key)


def _odd(source: Source, pool: Pool) -> Iterator[Finding]:
    for activity, rows in sorted(pool.unfit.items()):
        template = (
            "{rows} rows of {activity} fit nothing, and its figures are holes; `leaf sources` shows what they are"
        )
        yield of_source(source.id, template, rows=f"{rows:,}", activity=activity or "an unknown activity")


def _plain_sites(company: Company, source: Source) -> None:
    """Refused where a site is only partly, or for some days, the company's: that takes its share, which the engine knows."""
    partly = [site.id for site in company.sites if site.ownership]
    if partly:
        template = "{sites} are owned for a time or in part, which only entries take into account; leaf facts does that"
        raise Refused(of_source(source.id, template, sites=", ".join(partly)))
