"""Loads definition folders into one Library: later folders add to earlier ones or override them by id."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from leafledger.core.definition import Activity, Dimension, FactorName, Library, Metric, Standard
from leafledger.core.finding import Finding, Place, Refused
from leafledger.library.asked import written_out
from leafledger.library.build import build
from leafledger.library.contracts import dimension_of, factors_of, read_contracts
from leafledger.library.factors import read_factors, read_regions
from leafledger.library.naming import name_of
from leafledger.library.sound import unsound
from leafledger.library.strict_yaml import Document, NotStrict, Path_, parse, read_text

__all__ = ["LIBRARY", "Library", "load"]

LIBRARY = Path(__file__).parent
Prepare = Callable[[Any, Path_, Document], Any]
"""Writes the short forms of a block out, before it is built."""
T = TypeVar("T", Activity, Dimension, FactorName, Metric, Standard)


def load(*folders: Path) -> Library:
    """Load the given folders, the shipped library first by convention. Refused with every error of every file."""
    findings: list[Finding] = []
    dimensions = _definitions(folders, "dimensions", Dimension, findings)
    activities = _definitions(folders, "activities", Activity, findings)
    metrics = _definitions(folders, "metrics", Metric, findings, _formula_short)
    contracts = [contract for folder in folders for contract in read_contracts(folder, findings)]
    by_contract = dimension_of(contracts)
    library = Library(
        dimensions={by_contract.id: by_contract, **_together(dimensions)},
        activities=_not_computed(activities, metrics),
        metrics=_together(metrics),
        standards=written_out(_together(_definitions(folders, "standards", Standard, findings))),
        regions=read_regions(folders, findings),
        factor_names=_together(_definitions(folders, "factors", FactorName, findings)),
        factors=read_factors(folders, findings) | {one.id: one for one in factors_of(contracts)},
    )
    findings.extend(unsound(library))
    if findings:
        raise Refused(findings)
    return library


def _definitions(
    folders: Iterable[Path],
    kind: str,
    noun: type[T],
    findings: list[Finding],
    prepare: Prepare | None = None,
) -> list[dict[str, T]]:
    """The blocks of each folder, by id."""
    known: list[dict[str, T]] = []
    for folder in folders:
        here: dict[str, T] = {}
        for made in _folder(folder, kind, noun, findings, prepare):
            if made.id in here:
                findings.append(
                    _at(made.place, "{id} is already defined at {first}", id=made.id, first=here[made.id].place)
                )
            here[made.id] = made
        known.append(here)
    return known


def _together(known: list[dict[str, T]]) -> dict[str, T]:
    return {id: made for here in known for id, made in here.items()}


def _not_computed(activities: list[dict[str, Activity]], metrics: list[dict[str, Metric]]) -> dict[str, Activity]:
    """The activities, without those of earlier folders that a later one computes from what it records instead."""
    recorded: dict[str, Activity] = {}
    for here, computed in zip(activities, metrics, strict=True):
        recorded = {id: activity for id, activity in recorded.items() if id not in computed} | here
    return recorded


def _folder(folder: Path, kind: str, noun: type[T], findings: list[Finding], prepare: Prepare | None) -> Iterator[T]:
    for path in sorted((folder / kind).glob("*.yaml")):
        name = name_of(path, folder)
        try:
            document = parse(read_text(path, name), name)
        except NotStrict as error:
            findings.append(error.finding)
            continue
        if document.data is None:
            continue
        blocks = document.data if isinstance(document.data, list) else [document.data]
        for n, block in enumerate(blocks):
            at = (n,) if isinstance(document.data, list) else ()
            made = build(noun, prepare(block, at, document) if prepare else block, at, document, name, findings)
            if made is not None:
                yield made


def _formula_short(block: Any, at: Path_, document: Document) -> Any:
    """`formula: a / b` is short for one formula that is always in force; what is wrong with it stands in its line."""
    if isinstance(block, dict) and "formula" in block and "formulas" not in block:
        document.lines[*at, "formulas"] = document.line((*at, "formula"))
        block = {**block, "formulas": [{"formula": block["formula"]}]}
        del block["formula"]
    return block


def _at(place: Place, template: str, **values: object) -> Finding:
    return Finding(rule="definition", template=template, values=values, place=place)
