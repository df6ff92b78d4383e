"""Compares two releases, or a release with the company as it is now: every figure that differs, and what made the difference."""

from dataclasses import dataclass
from pathlib import Path

from leafledger.core.definition import Library
from leafledger.engine.decompose import Comparison, decompose
from leafledger.flow.calculate import calculate
from leafledger.flow.states import Side, of_bundle, of_company, states

NOW = "now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What differs, what both sides are called, and the definitions of the new one."""

    old: str
    new: str
    comparison: Comparison
    library: Library


def compare(company: Path, old: str, new: str) -> Compared:
    """Each side is the path of a bundle, or `now`. Refused where a bundle's seals do not hold."""
    before, after = _side(company, old), _side(company, new)
    with states(before, after) as (was, now):
        found = decompose(was, now, stated=(before.facts, after.facts))
        return Compared(old=before.name, new=after.name, comparison=found, library=now.library)


def _side(company: Path, name: str) -> Side:
    return of_company(calculate(company)) if name == NOW else of_bundle(Path(name))
