"""Finds definitions that refer to what does not exist, or bear names that nothing could refer to."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from keyword import iskeyword

from leafledger.core.definition import Activity, Dimension, Factor, FactorName, Library, Metric, Standard
from leafledger.core.finding import Finding, Place
from leafledger.library.asked import unanswerable
from leafledger.library.contracts import DIMENSION as CONTRACT
from leafledger.library.naming import did_you_mean
from leafledger.library.units import UnknownUnit, unit

_FIGURE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]*")


def unsound(library: Library) -> Iterator[Finding]:
    """Every such problem in a library, each at the place of the definition."""
    for dimension in library.dimensions.values():
        yield from _labels_readable(dimension)
    for activity in library.activities.values():
        yield from _activity(activity, library)
    for metric in library.metrics.values():
        yield from _metric(metric, library)
    for region in library.regions.values():
        if region.parent:
            yield from _known(region.parent, library.regions, region.place, "region")
    for name in library.factor_names.values():
        yield from _known_unit(name.unit, name.place)
        yield from _nameable(name.id, name.place)
    for factor in library.factors.values():
        yield from _factor(factor, library)
    for standard in library.standards.values():
        yield from _standard(standard)
        yield from unanswerable(standard, library)


def _labels_readable(dimension: Dimension) -> Iterator[Finding]:
    for id in (dimension.id, *dimension.members):
        if not _LABEL.fullmatch(id):
            template = "{id!r} cannot be written in labels such as gender=female; use letters, digits and _ . + -"
            yield _at(dimension.place, template, id=id)
    branches = {part for id in dimension.members for part in _above(id)}
    for id in dimension.aliases:
        if id not in branches:
            yield from _known(id, dimension.members, dimension.place, f"member of {dimension.id}")
    if not dimension.members and dimension.id != CONTRACT:
        yield _at(dimension.place, "{id} has no members, so nothing can be split by it; list them", id=dimension.id)


def _above(member: str) -> Iterator[str]:
    """The branches on which a member is."""
    parts = member.split(".")
    yield from (".".join(parts[:length]) for length in range(1, len(parts)))


def _activity(activity: Activity, library: Library) -> Iterator[Finding]:
    yield from _known_unit(activity.unit, activity.place)
    yield from _nameable(activity.id, activity.place)
    if activity.kind != "ratio" and _is_share(activity.unit):
        template = "{id} is in {unit}, and shares do not add up over sites or days; say kind: ratio"
        yield _at(activity.place, template, id=activity.id, unit=activity.unit)
    if activity.id in library.metrics:
        yield _at(activity.place, "{id} is both an activity and a metric; one figure has one id", id=activity.id)
    for dimension in sorted({d for breakdown in activity.breakdowns for d in breakdown}):
        yield from _known(dimension, library.dimensions, activity.place, "dimension")


def _metric(metric: Metric, library: Library) -> Iterator[Finding]:
    yield from _known_unit(metric.unit, metric.place)
    yield from _nameable(metric.id, metric.place)
    for dimension in metric.splits:
        yield from _known(dimension, library.dimensions, metric.place, "dimension")
    for formula in metric.formulas:
        yield from _in_order(formula.since, formula.until, formula.place)


def _factor(factor: Factor, library: Library) -> Iterator[Finding]:
    yield from _fits_name(factor, library.factor_names)
    yield from _known(factor.region, library.regions, factor.place, "region")
    yield from _in_order(factor.valid_from, factor.valid_to, factor.place)
    if factor.successor:
        yield from _known(factor.successor, library.factors, factor.place, "factor")
    for dimension, member in factor.labels:
        yield from _known(dimension, library.dimensions, factor.place, "dimension")
        if dimension in library.dimensions:
            yield from _known(member, library.dimensions[dimension].members, factor.place, f"member of {dimension}")


def _fits_name(factor: Factor, names: Mapping[str, FactorName]) -> Iterator[Finding]:
    """A factor is read in the unit of its name, so a row that cannot be turned into it would never be right."""
    if factor.name not in names:
        hint = did_you_mean(factor.name, names) or "declare it in factors/names.yaml with title and unit"
        yield _at(factor.place, "unknown factor name {name!r}; {hint}", name=factor.name, hint=hint)
        return
    try:
        have, want = unit(factor.unit), unit(names[factor.name].unit)
    except UnknownUnit:
        yield from _known_unit(factor.unit, factor.place)
        return
    if have.dimensions != want.dimensions:
        template = (
            "{unit} does not fit the factor {name}, which is in {wanted}; mend the unit, or give the row another name"
        )
        yield _at(factor.place, template, unit=factor.unit, name=factor.name, wanted=names[factor.name].unit)


def _standard(standard: Standard) -> Iterator[Finding]:
    yield from _in_order(standard.effective_from, standard.effective_to, standard.place)
    first: dict[str, Place] = {}
    for disclosure in standard.disclosures:
        if disclosure.id in first:
            template = "the disclosure {id} is already listed at {first}; an id is used once in a standard"
            yield _at(disclosure.place, template, id=disclosure.id, first=first[disclosure.id])
        first.setdefault(disclosure.id, disclosure.place)
        if disclosure.group:
            yield from _known(disclosure.group, standard.groups, disclosure.place, f"group of {standard.id}")
        yield from _in_order(disclosure.effective_from, disclosure.effective_to, disclosure.place)


def _known(id: str, among: Iterable[str], place: Place, what: str) -> Iterator[Finding]:
    if id not in among:
        hint = did_you_mean(id, among) or "define it, or use one that is"
        yield _at(place, "unknown {what} {id!r}; {hint}", what=what, id=id, hint=hint)


def _known_unit(name: str, place: Place) -> Iterator[Finding]:
    try:
        unit(name)
    except ValueError as error:
        yield _at(place, "{problem}", problem=str(error))


def _is_share(name: str) -> bool:
    try:
        return not unit(name).dimensions
    except UnknownUnit:
        return False


def _nameable(id: str, place: Place) -> Iterator[Finding]:
    """Formulas are Python expressions, so an id that is not a dotted name could never stand in one."""
    if not _FIGURE.fullmatch(id) or any(map(iskeyword, id.split("."))) or id.startswith("factor."):
        template = "{id!r} cannot be named in a formula; use small letters, digits, _ and dots, such as energy.total"
        yield _at(place, template, id=id)


def _in_order(first: date | None, last: date | None, place: Place) -> Iterator[Finding]:
    if first and last and last < first:
        yield _at(
            place, "it ends on {last}, before it begins on {first}; turn the two days round", first=first, last=last
        )


def _at(place: Place, template: str, **values: object) -> Finding:
    return Finding(rule="definition", template=template, values=values, place=place)
