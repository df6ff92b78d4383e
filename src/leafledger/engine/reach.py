"""Which factors can serve what is recorded: those that a formula takes with it, and those labelled and measured as it is."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from leafledger.core.definition import Activity, Factor, Library
from leafledger.core.labels import keys
from leafledger.engine.formula import Each, Expr, FactorRef, Ref, parse, walk
from leafledger.library.units import unit

AMOUNTS = ("kgCO2e", "kgCO2", "kgC", "kg", "J")
"""What an activity times a factor comes to: emissions, carbon, a mass or an energy."""


def names_by_activity(library: Library) -> Mapping[str, frozenset[str]]:
    """The names of factors that can serve each activity, by its id."""
    by_formula = _by_formula(library)
    labelled = _labelled(library)
    return {
        id: frozenset(
            by_formula[id] | {name for name in labelled if _measured(activity, labelled[name], library, name)}
        )
        for id, activity in library.activities.items()
    }


def serving(activity: Activity, names: frozenset[str], library: Library) -> Iterator[Factor]:
    """The factors of these names that some labels of the activity can reach."""
    for factor in library.factors.values():
        if factor.name in names and keys(factor.labels) <= activity.dimensions:
            yield factor


def _by_formula(library: Library) -> Mapping[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for metric in library.metrics.values():
        for formula in metric.formulas:
            for body in (node.body for node in walk(parse(formula.formula)) if isinstance(node, Each)):
                names = {node.name for node in walk(body) if isinstance(node, FactorRef)}
                for id in _recorded(body, library, frozenset()):
                    found[id] |= names
    return found


def _recorded(expr: Expr, library: Library, seen: frozenset[str]) -> Iterator[str]:
    """The activities of an expression, through metrics too."""
    for ref in (node for node in walk(expr) if isinstance(node, Ref)):
        if ref.id in library.activities:
            yield ref.id
        elif ref.id in library.metrics and ref.id not in seen:
            for formula in library.metrics[ref.id].formulas:
                yield from _recorded(parse(formula.formula), library, seen | {ref.id})


def _labelled(library: Library) -> Mapping[str, list[frozenset[str]]]:
    """By which dimensions the rows of each name are labelled; names with a row that has no labels need a formula."""
    found: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
    for factor in library.factors.values():
        found[factor.name].add(keys(factor.labels))
    return {name: list(dimensions) for name, dimensions in found.items() if all(dimensions)}


def _measured(activity: Activity, labelled: list[frozenset[str]], library: Library, name: str) -> bool:
    """Do its labels fit some rows, and does it come to an amount by them?"""
    if not any(dimensions <= activity.dimensions for dimensions in labelled):
        return False
    product = (unit(activity.unit) * unit(library.factor_names[name].unit)).dimensions
    return any(product == unit(amount).dimensions for amount in AMOUNTS)
