"""Loads definition folders into one Library: later folders add to earlier ones or override them by id."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from leafledger.core.definition import Activity, Dimension, Factor, FactorName, Metric, Region, Standard
from leafledger.core.finding import Finding, Place, Refused
from leafledger.library.build import build
from leafledger.library.factors import read_factors, read_regions
from leafledger.library.strict_yaml import NotStrict, parse, read_text
from leafledger.library.units import UnknownUnit, unit

LIBRARY = Path(__file__).parent
T = TypeVar("T", Activity, Dimension, FactorName, Metric, Standard)


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Every definition in force, by id."""

    dimensions: Mapping[str, Dimension] = field(default_factory=dict)
    activities: Mapping[str, Activity] = field(default_factory=dict)
    metrics: Mapping[str, Metric] = field(default_factory=dict)
    regions: Mapping[str, Region] = field(default_factory=dict)
    standards: Mapping[str, Standard] = field(default_factory=dict)
    factor_names: Mapping[str, FactorName] = field(default_factory=dict)
    factors: Mapping[str, Factor] = field(default_factory=dict)

    def figure(self, id: str) -> Activity | Metric:
        """The activity or metric of that id. KeyError when there is none."""
        return self.activities.get(id) or self.metrics[id]

    @property
    def counted(self) -> frozenset[str]:
        return frozenset(a.id for a in self.activities.values() if a.counted)


def load(*folders: Path) -> Library:
    """Load the given folders, the shipped library first by convention. Refused with every error of every file."""
    findings: list[Finding] = []
    library = Library(
        dimensions=_definitions(folders, "dimensions", Dimension, findings),
        activities=_definitions(folders, "activities", Activity, findings),
        metrics=_definitions(folders, "metrics", Metric, findings, _formula_short),
        standards=_definitions(folders, "standards", Standard, findings),
        regions=read_regions(folders, findings),
        factor_names=_definitions(folders, "factors", FactorName, findings),
        factors=read_factors(folders, findings),
    )
    findings.extend(_references(library))
    if findings:
        raise Refused(findings)
    return library


def name_of(path: Path, folder: Path) -> str:
    """How messages name a file: relative to the folder it belongs to, with the folder's own name."""
    return f"{folder.name}/{path.relative_to(folder).as_posix()}"


def _definitions(
    folders: Iterable[Path],
    kind: str,
    noun: type[T],
    findings: list[Finding],
    prepare: Callable[[Any], Any] | None = None,
) -> dict[str, T]:
    known: dict[str, T] = {}
    for folder in folders:
        here: dict[str, T] = {}
        for made in _folder(folder, kind, noun, findings, prepare):
            if made.id in here:
                findings.append(
                    _at(made.place, "{id} is already defined at {first}", id=made.id, first=here[made.id].place)
                )
            here[made.id] = made
        known.update(here)
    return known


def _folder(
    folder: Path, kind: str, noun: type[T], findings: list[Finding], prepare: Callable[[Any], Any] | None
) -> Iterator[T]:
    for path in sorted((folder / kind).glob("*.yaml")):
        name = name_of(path, folder)
        try:
            document = parse(read_text(path, name), name)
        except NotStrict as error:
            findings.append(error.finding)
            continue
        blocks = document.data if isinstance(document.data, list) else [document.data]
        for n, block in enumerate(blocks):
            at = (n,) if isinstance(document.data, list) else ()
            made = build(noun, prepare(block) if prepare else block, at, document, name, findings)
            if made is not None:
                yield made


def _formula_short(block: Any) -> Any:
    """`formula: a / b` is short for one formula that is always in force."""
    if isinstance(block, dict) and "formula" in block and "formulas" not in block:
        block = {**block, "formulas": [{"formula": block["formula"]}]}
        del block["formula"]
    return block


def _references(library: Library) -> Iterator[Finding]:
    for activity in library.activities.values():
        yield from _known_unit(activity.unit, activity.place)
        if activity.id in library.metrics:
            yield _at(activity.place, "{id} is both an activity and a metric; one figure has one id", id=activity.id)
        for dimension in {d for breakdown in activity.breakdowns for d in breakdown}:
            yield from _known(dimension, library.dimensions, activity.place, "dimension")
    for metric in library.metrics.values():
        yield from _known_unit(metric.unit, metric.place)
        for dimension in metric.splits:
            yield from _known(dimension, library.dimensions, metric.place, "dimension")
    for region in library.regions.values():
        if region.parent:
            yield from _known(region.parent, library.regions, region.place, "region")
    for name in library.factor_names.values():
        yield from _known_unit(name.unit, name.place)
    for factor in library.factors.values():
        yield from _fits_name(factor, library.factor_names)
        yield from _known(factor.region, library.regions, factor.place, "region")
        for dimension, member in factor.labels:
            if dimension in library.dimensions:
                yield from _known(member, library.dimensions[dimension].members, factor.place, f"member of {dimension}")


def _fits_name(factor: Factor, names: Mapping[str, FactorName]) -> Iterator[Finding]:
    """A factor is read in the unit of its name, so a row that cannot be turned into it would never be right."""
    if factor.name not in names:
        close = get_close_matches(factor.name, names, 1)
        hint = f"did you mean {close[0]!r}?" if close else "declare it in factors/names.yaml with title and unit"
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


def _known(id: str, among: Mapping[str, object], place: Place, what: str) -> Iterator[Finding]:
    if id not in among:
        yield _at(place, "unknown {what} {id!r}; define it, or use one that is", what=what, id=id)


def _known_unit(name: str, place: Place) -> Iterator[Finding]:
    try:
        unit(name)
    except ValueError as error:
        yield _at(place, "{problem}", problem=str(error))


def _at(place: Place, template: str, **values: object) -> Finding:
    return Finding(rule="definition", template=template, values=values, place=place)
