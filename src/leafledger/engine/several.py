"""Of several expressions in a formula, which are taken: ways of recording, sources that are not screened out, the declared method."""

from collections.abc import Sequence

from leafledger.core.fact import Step
from leafledger.core.finding import Finding
from leafledger.core.labels import format_labels
from leafledger.core.org import Screening
from leafledger.engine.formula import Expr, Ref, references
from leafledger.engine.scope import Scope
from leafledger.engine.screening import MISSING, STANDINGS, contradicted, left_at_nothing, left_out, unscreened
from leafledger.engine.there import made_there, there
from leafledger.engine.value import Hole
from leafledger.engine.ways import recorded_twice

SCREENED = "screened out"
MOST_NAMED = 6


def recorded(ways: Sequence[Expr], scope: Scope) -> list[Expr]:
    """The ways in which something is recorded. A Hole where it is in none, or where two of them record the same twice."""
    found = [way for way in ways if made_there(scope.books, way, scope.period, scope.labels)]
    if not found:
        named = sorted({id for way in ways for id in references(way)})
        listed = ", ".join([*named[:MOST_NAMED], *["…"] * (len(named) > MOST_NAMED)])
        template = (
            "none of {listed} is collected in {period}, so {figure} has nothing to stand on; declare a series for one of them "
            "in series.csv, or record that there was none (nil)"
        )
        raise Hole(_finding("recorded.none", template, listed=listed, period=scope.period, figure=scope.figure))
    if twice := list(recorded_twice(scope.books, found, scope.period, scope.labels)):
        raise Hole(*twice)
    return found


def of_sources(parts: Sequence[Ref], scope: Scope) -> list[Expr]:
    """The sources that are in the inventory; each that was screened out becomes a step. A Hole where one is neither.

    Where all are screened out as not relevant there is nothing, as the company says; where one is left out, nobody knows. Of
    some labels a source has nothing to say that is collected for others only. Where nobody has said anything of any of them,
    nobody has undertaken to have the figure, which is said once.
    """
    inside: list[Expr] = []
    outside: list[Screening] = []
    missing: list[Finding] = []
    for part in parts:
        screening = left_out(scope.books, part.id, scope.period)
        collected = made_there(scope.books, part, scope.period, scope.labels)
        if screening is None and not collected and scope.labels and there(scope.books, part.id, scope.period, part.of):
            continue
        if screening is None and not collected:
            missing.append(unscreened(part.id, scope.figure, scope.period))
        elif screening is None:
            inside.append(part)
        elif collected and part.id in scope.books.library.activities:
            missing.append(contradicted(screening, scope.period))
        else:
            outside.append(screening)
            if collected and screening.standing == "not_relevant":
                scope.receipt.tell(left_at_nothing(screening, scope.figure, scope.period))
    if not inside and (kept := [one for one in outside if one.standing == "excluded"]):
        missing.append(_nothing_left(kept[0], scope))
    if not inside and not outside and all(finding.rule == MISSING for finding in missing):
        template = "no part of {figure} is collected for {labels} in {period}; declare a series for it, or record that there was none (nil)"
        labels = format_labels(scope.labels) or "any label"
        values = {"figure": scope.figure, "labels": labels, "period": scope.period}
        missing = [_finding("sources.none", template, **values)]
    if missing:
        raise Hole(*missing)
    for one in outside:
        note = f"{SCREENED}: {STANDINGS[one.standing]}"
        scope.receipt.steps.append(Step(depth=1, what=one.source, value="", unit=_unit(one.source, scope), note=note))
    return inside


def declared(methods: Sequence[Ref], scope: Scope) -> Ref:
    """The method that the company declares, or the only one that is collected. A Hole where nobody can say which."""
    ids = [method.id for method in methods]
    chosen = scope.books.company.methods.get(scope.figure)
    if chosen is not None:
        if chosen not in ids:
            template = (
                "company.yaml declares {chosen} as the method for {figure}, which is none of {ids}; name one of these"
            )
            raise Hole(_finding("method.unknown", template, chosen=chosen, figure=scope.figure, ids=", ".join(ids)))
        return methods[ids.index(chosen)]
    found = [one for one in methods if made_there(scope.books, one, scope.period, scope.labels)]
    if len(found) == 1:
        return found[0]
    if not found:
        template = "none of the methods for {figure} ({ids}) has what it needs in {period}; collect what one of them is made of"
        raise Hole(
            _finding("method.none", template, figure=scope.figure, ids=", ".join(ids), period=scope.period),
        )
    template = (
        "{figure} can be worked out by {ids} in {period}, and which one is the company's is not declared; write "
        "`methods: {{{figure}: {first}}}` in company.yaml, or another of them"
    )
    listed = " and ".join(one.id for one in found)
    values = {"figure": scope.figure, "ids": listed, "first": found[0].id, "period": scope.period}
    raise Hole(_finding("method.open", template, **values))


def _nothing_left(one: Screening, scope: Scope) -> Finding:
    template = "every source of {figure} is screened out in {period}, and {source} as one that exists; a figure of what is left out is not known"
    return _finding("screening.empty", template, figure=scope.figure, period=scope.period, source=one.source)


def _unit(id: str, scope: Scope) -> str:
    return scope.books.library.figure(id).unit


def _finding(rule: str, template: str, **values: object) -> Finding:
    return Finding(rule=rule, template=template, values=values)
