"""From a figure down to the rows of bulk sources behind it, each with how its unit is turned and which factors serve it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

from leafledger.bulk import lies
from leafledger.bulk.cube import kept
from leafledger.bulk.declared import read_sources
from leafledger.bulk.drill import Row, rows_of
from leafledger.bulk.meaning import dictionary, multiplier
from leafledger.bulk.source import Source
from leafledger.core.definition import Activity, Metric
from leafledger.core.fact import FactorUse, parse_key
from leafledger.core.finding import Finding, Refused
from leafledger.core.labels import Labels, format_labels
from leafledger.core.period import Period
from leafledger.core.quantity import cut, plain
from leafledger.engine.books import Books, books
from leafledger.engine.choose import choose
from leafledger.engine.formula import Each, Expr, FactorRef, Ref, parse, references, walk
from leafledger.engine.serving import serving
from leafledger.engine.there import with_labels
from leafledger.engine.value import Hole
from leafledger.flow.from_sources import cube_place
from leafledger.flow.read import Folder, read_folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One row: where it stands, what it says, and the path from it into the figure."""

    source: str
    day: date
    series: str
    quantity: str
    unit: str
    amount: str
    into: str
    factors: tuple[str, ...]
    line: str


def rows(path: Path, figure: str, *, site: str = "", limit: int = 20) -> list[Shown]:
    """The first rows, by day, of each activity that the figure stands on. Refused where there is no such figure."""
    folder = read_folder(path)
    try:
        metric, period, labels = parse_key(figure)
    except ValueError as error:
        raise Refused(Finding(rule="rows", template="{problem}", values={"problem": error})) from None
    of = folder.library.find(metric)
    if of is None:
        raise Refused(
            Finding(
                rule="rows",
                template="there is no figure {id}; `leaf facts --list` names them all",
                values={"id": metric},
            )
        )
    known = books(folder.library, folder.company, folder.series, ())
    found: list[Shown] = []
    for activity, bodies in sorted(_activities(folder, of, period).items()):
        for source in read_sources(path, folder.company, folder.library):
            if len(found) < limit:
                found += _rows(folder, known, source, activity, bodies, labels, period, site, limit - len(found))
    return found


def _activities(folder: Folder, of: Activity | Metric, period: Period) -> dict[str, frozenset[Expr]]:
    """The activities below a figure, each with what is made of one cell of it."""
    if isinstance(of, Activity):
        return {of.id: frozenset()}
    found: dict[str, frozenset[Expr]] = {}
    for formula in of.formulas:
        if (formula.since or date.min) > period.start or period.end > (formula.until or date.max):
            continue
        nodes = list(walk(parse(formula.formula)))
        bodies = [node.body for node in nodes if isinstance(node, Each)]
        for ref in {node.id for node in nodes if isinstance(node, Ref)}:
            own = frozenset(body for body in bodies if ref in references(body))
            for activity, more in _activities(folder, folder.library.figure(ref), period).items():
                found[activity] = found.get(activity, frozenset()) | more | (own if ref == activity else frozenset())
    return found


def _rows(
    folder: Folder,
    known: Books,
    source: Source,
    activity: str,
    bodies: frozenset[Expr],
    labels: Labels,
    period: Period,
    site: str,
    limit: int,
) -> Iterator[Shown]:
    cube = kept(cube_place(folder.path, source))
    if cube is None:
        return
    words = dictionary(source, folder.company, folder.library)
    sites = (site,) if site else ()
    with lies.duck() as duck:
        found = rows_of(
            duck,
            source,
            cube,
            words,
            folder.path,
            activity=activity,
            labels=labels,
            period=period,
            sites=sites,
            limit=limit,
        )
    for row in found:
        told = words.told(row.roles)
        if not told.wrong and told.activity == activity:
            yield _shown(folder, known, source, row, told.site, told.labels, told.unit, activity, bodies)


def _shown(
    folder: Folder,
    known: Books,
    source: Source,
    row: Row,
    site: str,
    labels: Labels,
    unit: str,
    activity: str,
    bodies: frozenset[Expr],
) -> Shown:
    quantity, into = row.values[source.columns.quantity], folder.library.activities[activity].unit
    try:
        amount = plain(cut(Fraction(Decimal(quantity)) * multiplier(unit, into)))
    except InvalidOperation:
        amount = "nothing"
    return Shown(
        source=source.id,
        day=row.day,
        series=" ".join(filter(None, (activity, site, format_labels(labels)))),
        quantity=quantity or "nothing",
        unit=unit,
        amount=amount,
        into=into,
        factors=tuple(
            line for body in sorted(bodies, key=str) for line in _factors(known, body, site, labels, row.day)
        ),
        line=", ".join(f"{name} {value}" for name, value in row.values.items() if value),
    )


def _factors(known: Books, body: Expr, site: str, labels: Labels, day: date) -> Iterator[str]:
    """The factors that serve a row, or why there is none."""

    def find(of: FactorRef) -> FactorUse:
        return choose(known, of.name, site, with_labels(labels, of.of), Period(day, day))

    try:
        _, found = serving(body, find)
    except Hole as hole:
        yield str(hole)
        return
    for _, use in found:
        fallen = "" if use.region == use.asked_region else f", {use.asked_region} → {use.region}"
        yield f"{use.name} {plain(use.value)} {use.unit} ({use.id}{fallen})"
