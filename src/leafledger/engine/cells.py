"""Entries into cells: the sum that the database also does, in plain Python, for bundles and as its proof."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Set
from decimal import Decimal

from leafledger.core.entry import Entry
from leafledger.core.fact import Cell
from leafledger.core.quantity import half_step


def cells_from_entries(entries: Iterable[Entry], counted: Set[str] = frozenset()) -> list[Cell]:
    """Sum entries that are in force, exactly, at the grain of series, period, kind and quality; in a fixed order.

    An assertion is a cell of its own, as two people who say the same do not say twice as much; so is what a meter showed.
    """
    groups: dict[tuple[object, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        key = (
            entry.activity,
            entry.site,
            entry.labels,
            entry.period,
            entry.kind,
            entry.unit,
            entry.bound,
            entry.estimated,
            entry.quality,
            entry.uncertainty,
            entry.id if entry.kind in ("assertion", "register") else "",
        )
        groups[key].append(entry)
    return sorted(_cell(group, counted) for group in groups.values())


def in_force(entries: Iterable[Entry]) -> list[Entry]:
    """Entries that no other of them replaces."""
    entries = list(entries)
    replaced = {entry.replaces for entry in entries if entry.replaces}
    return [entry for entry in entries if entry.id not in replaced]


def hash_of_hashes(hashes: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(hashes)).encode()).hexdigest()


def left_open(entry: Entry, counted: Set[str]) -> Decimal:
    """How far the true value may be from the written one, by its tolerance or its last digit; nothing for counted things."""
    if entry.tolerance is not None:
        return entry.tolerance
    return Decimal(0) if entry.activity in counted or entry.kind == "nil" else half_step(entry.value)


def _cell(group: list[Entry], counted: Set[str]) -> Cell:
    first = group[0]
    return Cell(
        activity=first.activity,
        site=first.site,
        labels=first.labels,
        period=first.period,
        kind=first.kind,
        unit=first.unit,
        bound=first.bound,
        estimated=first.estimated,
        quality=first.quality,
        uncertainty=first.uncertainty,
        value=sum((entry.value for entry in group), Decimal(0)),
        half_step=sum((left_open(entry, counted) for entry in group), Decimal(0)),
        entries=tuple(sorted(entry.id for entry in group)),
        hashes=hash_of_hashes(entry.hash for entry in group),
    )
