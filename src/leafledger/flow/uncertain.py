"""How uncertain one figure is, by its name."""

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from leafledger.core.fact import Fact, fact_key, parse_key
from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.period import meant
from leafledger.engine.compute import worked_out
from leafledger.engine.uncertainty import SEED, Uncertainty, uncertainty
from leafledger.flow.calculate import Calculated, calculate
from leafledger.flow.calculate import shown as said


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertain:
    """A figure with how uncertain it is, and what it was calculated with."""

    calculated: Calculated
    fact: Fact
    uncertainty: Uncertainty


def uncertain(path: Path, figure: str, *, draws: int = 0, seed: int = SEED) -> Uncertain:
    """Refused where there is no such figure, or where it stands as it was closed and its entries would now give another."""
    try:
        metric, period, labels = parse_key(figure)
    except ValueError as error:
        raise _refused("{problem}", problem=error) from None
    calculated = calculate(path)
    key = fact_key(metric, meant(period, calculated.folder.company.year_ends), labels)
    fact = calculated.facts.get(key)
    if fact is None:
        near = ", ".join(get_close_matches(key, list(calculated.facts), 3, 0.4)) or "none"
        raise _refused(
            "there is no figure {key}; the nearest are {near}. `leaf facts` has them all", key=key, near=near
        )
    if fact.value is None:
        raise Refused(fact.findings or (_hole(key),))
    found = how_uncertain(calculated, fact, draws=draws, seed=seed)
    if found is None:
        template = (
            "{key} stands as it was closed ({value}), and its entries and definitions would now give another figure, so how uncertain "
            "the closed one is cannot be worked out any more; `leaf check` says what moved"
        )
        raise _refused(template, key=key, value=said(fact))
    return Uncertain(calculated=calculated, fact=fact, uncertainty=found)


def how_uncertain(calculated: Calculated, fact: Fact, *, draws: int = 0, seed: int = SEED) -> Uncertainty | None:
    """None for a hole, and where what was closed cannot be worked out any more."""
    if fact.value is None:
        return None
    now, values = worked_out(calculated.books, fact.key)
    return uncertainty(now, values, draws, seed) if now.id == fact.id else None


def _hole(key: str) -> Finding:
    return Finding(rule="uncertainty", template="{key} is a hole", values={"key": key}, place=Place(name=key))


def _refused(template: str, **values: object) -> Refused:
    return Refused(Finding(rule="uncertainty", template=template, values=values))
