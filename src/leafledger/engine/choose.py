"""Chooses the edition of a factor that serves a cell: by name, labels, region, days and what was known; never silently."""

from collections.abc import Iterator
from datetime import date

from leafledger.core.definition import Factor
from leafledger.core.fact import FactorUse
from leafledger.core.finding import Finding
from leafledger.core.labels import Labels, format_labels, matches
from leafledger.core.period import Period, reporting_year
from leafledger.engine.books import Books
from leafledger.engine.quality import served
from leafledger.engine.value import Hole

MISSING, UNCLEAR = "factor.missing", "factor.unclear"
PROPOSED = "proposed."
"""How the id of a factor begins that was taken in the place of one that was lacking."""
MOST_NAMED = 6


def choose(books: Books, name: str, site: str, labels: Labels, period: Period) -> FactorUse:
    """The factor called `name` for a cell. A Hole, with the way out, when there is none, or when two are equally good."""
    asked = books.sites[site].region
    by_gwp = name in books.library.factor_names and books.library.factor_names[name].by_gwp
    for level, region in enumerate(wider(books, asked)):
        here = [
            factor
            for factor in books.factors.get((name, region), ())
            if matches(labels, factor.labels) and _holds(factor, period) and _known(factor, books, period)
            if not (by_gwp and factor.gwp_basis != books.view.gwp)
        ]
        if here:
            return _use(_newest_of(here, books.view.gwp), asked, level, books)
    raise Hole(_missing(books, name, asked, labels, period, of_set=books.view.gwp if by_gwp else ""))


def _missing(books: Books, name: str, asked: str, labels: Labels, period: Period, of_set: str) -> Finding:
    """That there is none, and what to do: where parts of the region have one, the site has to say in which it lies."""
    values = {
        "name": name,
        "labels": format_labels(labels) or "any label",
        "region": asked,
        "period": period,
        "as_of": _as_of(books, period) or "any day",
    }
    if of_set:
        template = (
            "there is no factor {name} of {of_set} for {labels} in {region} or a wider region, valid in {period} and published by {as_of}; "
            "add one to factors/ with gwp_basis {of_set}, or draw the figures up on another set (gwp in company.yaml)"
        )
        return _finding(MISSING, template, **values, of_set=of_set)
    narrower = sorted({region for of, region in books.factors if of == name and asked in [*wider(books, region)][1:]})
    if narrower:
        template = (
            "there is no factor {name} for {labels} in {region} or a wider region, valid in {period} and published by {as_of}; "
            "parts of {region} have factors ({narrower}): give the site the one in which it lies"
        )
        listed = ", ".join([*narrower[:MOST_NAMED], *["…"] * (len(narrower) > MOST_NAMED)])
        return _finding(MISSING, template, **values, narrower=listed)
    template = (
        "there is no factor {name} for {labels} in {region} or a wider region, valid in {period} and published by {as_of}; "
        "add one to factors/, or move the year's factors_as_of"
    )
    return _finding(MISSING, template, **values)


def wider(books: Books, region: str) -> Iterator[str]:
    """The region, then each wider one."""
    seen: set[str] = set()
    while region and region not in seen:
        seen.add(region)
        yield region
        region = books.library.regions[region].parent if region in books.library.regions else ""


def _holds(factor: Factor, period: Period) -> bool:
    return (factor.valid_from or date.min) <= period.start and period.end <= (factor.valid_to or date.max)


def _known(factor: Factor, books: Books, period: Period) -> bool:
    as_of = _as_of(books, period)
    return factor.published is None or as_of is None or factor.published <= as_of


def _as_of(books: Books, period: Period) -> date | None:
    reporting = reporting_year(period.end, books.company.year_ends)
    years = [year.factors_as_of for year in books.company.years if year.year == reporting]
    return years[0] if years else None


def _newest_of(here: list[Factor], gwp: str) -> Factor:
    """The newest of the narrowest, one on the set in use before others. A Hole where two are equal."""
    first, *others = sorted(here, key=lambda factor: _rank(factor, gwp), reverse=True)
    if others and _rank(others[0], gwp) == _rank(first, gwp):
        template = (
            "the factors {first} and {second} serve equally well; end the validity of one, or give it narrower labels"
        )
        raise Hole(_finding(UNCLEAR, template, first=first.id, second=others[0].id))
    return first


def _rank(factor: Factor, gwp: str) -> tuple[int, bool, int, date]:
    """A factor that holds no equivalent of several gases fits every set."""
    fits = factor.gwp_basis in ("", gwp)
    return (len(factor.labels), fits, factor.data_year or 0, factor.published or date.min)


def other_basis(use: FactorUse, books: Books) -> tuple[Finding, ...]:
    """That a factor which served rests on another GWP set than the figures are drawn up on."""
    if use.gwp_basis in ("", books.view.gwp):
        return ()
    template = (
        "the factor {factor} is stated in CO2e on {basis} and the figures are drawn up on {gwp}; it serves, and the figure says both; "
        "where its gases are published apart, give these in factors/ instead"
    )
    values = {"factor": use.id, "basis": use.gwp_basis, "gwp": books.view.gwp}
    return (Finding(rule="factor.other_gwp", template=template, values=values, severity="warning"),)


def outdone(use: FactorUse, books: Books, labels: Labels, period: Period) -> Iterator[Finding]:
    """That a factor which was taken for want of a better one still serves, though a published one would; or stands idle, as one does."""
    if not use.id.startswith(PROPOSED):
        yield from _idle(use, books, labels, period)
        return
    for region in wider(books, use.region):
        for factor in books.factors.get((use.name, region), ()):
            fits = matches(labels, factor.labels) and _holds(factor, period) and _known(factor, books, period)
            if fits and factor.id != use.id and not factor.assumed and factor.gwp_basis in ("", use.gwp_basis):
                template = (
                    "{factor} was taken because there was no other, and {better} would serve now; take it out of factors/, "
                    "or give it an id of its own to keep it"
                )
                values = {"factor": use.id, "better": factor.id}
                yield Finding(rule="factor.outdone", template=template, values=values, severity="warning")


def _idle(use: FactorUse, books: Books, labels: Labels, period: Period) -> Iterator[Finding]:
    """That one which was taken for this place is not used any more, as a published one goes before it."""
    if use.assumed:
        return
    for taken in books.factors.get((use.name, use.asked_region), ()):
        if taken.id.startswith(PROPOSED) and matches(labels, taken.labels) and _holds(taken, period):
            template = "{factor} was taken because there was no other, and {better} serves instead by now; take it out of factors/"
            values = {"factor": taken.id, "better": use.id}
            yield Finding(rule="factor.outdone", template=template, values=values, severity="warning")


def _use(factor: Factor, asked: str, level: int, books: Books) -> FactorUse:
    """Its scores say how well it fits here; one that is by nature the same all over the world fits everywhere."""
    return FactorUse(
        id=factor.id,
        name=factor.name,
        value=factor.value,
        unit=factor.unit,
        region=factor.region,
        asked_region=asked,
        assumed=factor.assumed,
        level=level,
        gwp_basis=factor.gwp_basis,
        quality=served(factor.quality, level if factor.name in books.local else 0),
        uncertainty=factor.uncertainty,
    )


def _finding(rule: str, template: str, /, **values: object) -> Finding:
    return Finding(rule=rule, template=template, values=values)
