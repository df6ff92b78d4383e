"""The meters of a site as a tree, from the feed down to the rack, and what each one measures."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from zoneinfo import available_timezones

from leafledger.core.definition import NOWHERE, STRICT
from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.text import Text
from leafledger.library.build import build
from leafledger.library.strict_yaml import NotStrict, parse, read_text

Role = Literal[
    "feed", "generation", "charge", "discharge", "ups", "pdu", "it", "cooling", "lighting", "office", "other", "water"
]  # fmt: skip
"""charge and discharge: what goes into a battery and comes out of it, each with a meter (or a register) of its own."""
CATEGORY: dict[int, Role] = {1: "ups", 2: "pdu", 3: "it"}
"""Where ISO/IEC 30134-2 lets IT energy be measured: at the output of UPS, of PDU, or at the input of the equipment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """One meter. parent: the one that it is below. reads: what it shows, a cumulative `register` or the amount of each `interval`.

    unit: kWh, or m3 for water. limit: the reading at which a register starts again from 0. minutes: between readings. ahead: seconds by which
    its clock is fast.
    """

    __pydantic_config__ = STRICT

    id: str
    role: Role
    reads: Literal["register", "interval"]
    parent: str = ""
    title: Text = field(default_factory=dict)
    unit: Literal["kWh", "m3"] = "kWh"
    limit: float | None = None
    minutes: int = 1
    ahead: int = 0
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """The meters of a site. zone: in which times without a zone are read. category: of ISO/IEC 30134-2, where IT energy is measured."""

    __pydantic_config__ = STRICT

    site: str
    zone: str
    category: int
    meters: tuple[Meter, ...]
    place: Place = NOWHERE

    def of(self, role: Role) -> tuple[Meter, ...]:
        return tuple(meter for meter in self.meters if meter.role == role)

    def below(self, id: str) -> tuple[Meter, ...]:
        return tuple(meter for meter in self.meters if meter.parent == id)


def read_tree(path: Path) -> Tree:
    """The tree of a YAML file. Refused with every error in it."""
    findings: list[Finding] = []
    try:
        document = parse(read_text(path, path.name), path.name)
    except NotStrict as error:
        raise Refused(error.finding) from None
    tree = build(Tree, document.data, (), document, path.name, findings)
    if tree is not None:
        findings.extend(sound(tree))
    if tree is None or findings:
        raise Refused(findings)
    return tree


def sound(tree: Tree) -> Iterator[Finding]:
    """What keeps a tree from being one, or its PUE from being told."""
    known: set[str] = set()
    for meter in tree.meters:
        if meter.id in known:
            yield _finding(meter.place, "the meter {id} is given twice; each has an id of its own", id=meter.id)
        known.add(meter.id)
        if (meter.role == "water") != (meter.unit == "m3"):
            yield _finding(
                meter.place,
                "{id} is {role} in {unit}; water is in m3, all else in kWh",
                id=meter.id,
                role=meter.role,
                unit=meter.unit,
            )
        if meter.reads == "interval" and meter.limit is not None:
            yield _finding(
                meter.place, "{id} has a limit and no register, so there is nothing that starts again", id=meter.id
            )
        if meter.minutes < 1 or 60 % meter.minutes:
            yield _finding(
                meter.place,
                "{id} is read every {minutes} minutes, which does not divide an hour",
                id=meter.id,
                minutes=meter.minutes,
            )
    for meter in tree.meters:
        if meter.parent and meter.parent not in known:
            yield _finding(
                meter.place, "the parent {parent} of {id} is no meter of the tree", parent=meter.parent, id=meter.id
            )
        elif _rings(tree, meter):
            yield _finding(meter.place, "{id} is below itself; give the topmost meter no parent", id=meter.id)
    if tree.zone not in available_timezones():
        yield _finding(tree.place, "{zone} is no time zone such as Asia/Shanghai", zone=tree.zone)
    if tree.category not in CATEGORY:
        yield _finding(tree.place, "the category {category} is not 1, 2 or 3", category=tree.category)
        return
    for role in ("feed", CATEGORY[tree.category]):
        if not tree.of(role):
            template = (
                "no meter is a {role}, so PUE of category {category} cannot be told; add it, or name another category"
            )
            yield _finding(tree.place, template, role=role, category=tree.category)


def _rings(tree: Tree, meter: Meter) -> bool:
    parents = {one.id: one.parent for one in tree.meters}
    seen, at = {meter.id}, meter.parent
    while at in parents:
        if at in seen:
            return True
        seen.add(at)
        at = parents[at]
    return False


def _finding(place: Place, template: str, **values: object) -> Finding:
    return Finding(rule="meters", template=template, values=values, place=place)
