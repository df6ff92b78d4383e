"""Scope 2 by contracts: what certificates, agreements and tariffs cover counts by their rates, the rest by the residual mix.

GHG Protocol Scope 2 Guidance, chapters 6 and 7: contracts in their order, each for its market, its vintage and its period only, and
none of them twice; for what none covers the residual mix, or what the company declares to stand in for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial, reduce

from leafledger.core.definition import Activity
from leafledger.core.fact import Cell, Step
from leafledger.core.finding import Finding
from leafledger.core.quantity import cut, plain
from leafledger.engine.choose import MISSING
from leafledger.engine.collect import take
from leafledger.engine.contracts import in_order, of_series, said, unretired, unsound, wrong_use
from leafledger.engine.fill import ZERO, Amount, fill
from leafledger.engine.formula import Each, Expr, FactorRef, Market, Op, parse
from leafledger.engine.one_series import Taken, name, part
from leafledger.engine.scope import Part, Scope, ValueOf, for_cell, note_taken
from leafledger.engine.screening import contradicted, left_out, out_of_inventory, unscreened
from leafledger.engine.serving import Found, serving
from leafledger.engine.there import formula_of, there
from leafledger.engine.value import Hole, Value, add, constant, multiply, subtract
from leafledger.library.units import unit

RATE = FactorRef("contract_rate")
REST = "not covered by a contract"


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """One cell of a series, what it comes to, and the days on which it counts."""

    of: Taken
    cell: Cell
    value: Value
    on: Amount


def waterfall(expr: Market, scope: Scope, value_of: ValueOf) -> Value:
    """Emissions of the consumption. A Hole where a contract is claimed that may not be, or for more than was used."""
    used = _cells(expr.consumption.id, scope)
    claims = _claims(expr.instruments.id, scope)
    values: list[Value] = []
    missing: list[Finding] = []
    for site in sorted({one.of.series.site for one in (*used, *claims)}):
        here = [one for one in used if one.of.series.site == site]
        claimed = [one for one in claims if one.of.series.site == site]
        try:
            values.extend(_site(expr, here, claimed, scope, value_of))
        except Hole as hole:
            missing.extend(finding for finding in hole.findings if finding not in missing)
    if missing:
        raise Hole(*missing)
    return reduce(add, values)


def _cells(id: str, scope: Scope) -> list[Used]:
    """What was used, or allocated, cell by cell."""
    activity = scope.books.library.activities[id]
    found: list[Used] = []
    for one in take(scope.books, activity, scope.period, scope.labels):
        for cell in one.cells:
            value = part(activity, one, [cell]).value
            days = cell.period.overlap(scope.period) or scope.period
            found.append(Used(of=one, cell=cell, value=value, on=Amount(days=days, amount=value.exact)))
    return found


def _claims(instruments: str, scope: Scope) -> list[Used]:
    """What is allocated in the period. A Hole where some of it may not be claimed, or where nobody says that there is none."""
    screening = left_out(scope.books, instruments, scope.period)
    if not there(scope.books, instruments, scope.period, scope.labels):
        if screening is None:
            raise Hole(unscreened(instruments, scope.figure, scope.period))
        if screening.standing == "excluded":
            raise Hole(out_of_inventory(screening, scope.period))
        return []
    if screening:
        raise Hole(contradicted(screening, scope.period))
    claims = _cells(instruments, scope)
    wrong = list(unsound(scope.books, instruments, scope.period.end))
    for one in claims:
        wrong.extend(wrong_use(scope.books, one.of.series, one.on.days, one.cell.entries))
    if wrong:
        raise Hole(*(finding for n, finding in enumerate(wrong) if finding not in wrong[:n]))
    scope.receipt.tell(
        *unretired({of.id: of for of in (of_series(scope.books, one.of.series) for one in claims)}.values())
    )
    return claims


def _site(expr: Market, used: Sequence[Used], claims: Sequence[Used], scope: Scope, value_of: ValueOf) -> list[Value]:
    """Each contract's part by its rate, then the rest."""
    filled = fill([one.on for one in used], [one.on for one in claims])
    over = [_over(one, left, scope) for one, left in zip(claims, filled.left, strict=True) if left > 0]
    if over:
        raise Hole(*over)
    for taken in {one.of.series.key: one.of for one in used}.values():
        note_taken(taken, _unit(expr.consumption.id, scope), scope, depth=1)
    covered = [sum((amount for (n, _), amount in filled.covered.items() if n == at), ZERO) for at in range(len(used))]
    rest = [
        replace(one, value=replace(subtract(one.value, constant(taken)), estimated=estimated))
        for one, taken, estimated in zip(used, covered, _estimated(used, claims), strict=True)
        if one.value.exact != taken or not taken
    ]
    return [*_contracts(claims, scope, value_of), *_rest(expr, rest, scope, value_of)]


def _estimated(used: Sequence[Used], claims: Sequence[Used]) -> list[Fraction]:
    """Which share of what is left of each cell is estimated: that of all from which the same contracts took.

    Whether a contract covers what was measured or what was estimated nobody can say, so it takes of both alike.
    """
    groups: list[set[int]] = []
    for claim in claims:
        found = {n for n, one in enumerate(used) if claim.on.amount and one.on.days.overlap(claim.on.days)}
        joined = found.union(*(group for group in groups if group & found))
        groups = [*(group for group in groups if not group & found), joined]
    shares = [one.value.estimated for one in used]
    for group in groups:
        weight = sum((abs(used[n].value.exact) for n in group), ZERO)
        if weight:
            share = sum((abs(used[n].value.exact) * used[n].value.estimated for n in group), ZERO) / weight
            for n in group:
                shares[n] = share
    return shares


def _contracts(claims: Sequence[Used], scope: Scope, value_of: ValueOf) -> list[Value]:
    """What is claimed of each contract times its rate, in the order of the waterfall."""
    values: list[Value] = []
    taken = {one.of.series.key: one for one in claims}
    for one in in_order(scope.books, taken.values(), lambda used: used.of.series):
        note_taken(one.of, _unit(one.of.series.activity, scope), scope, depth=2, note=said(scope.books, one.of.series))
        body, found = serving(RATE, partial(for_cell, one=one.of, cell=one.cell, scope=scope))
        at = replace(scope, at=Part(taken=one.of, body=body, uses=dict(found)))
        values.append(multiply(one.of.value, value_of(body, at)))
    return values


def _rest(expr: Market, rest: Sequence[Used], scope: Scope, value_of: ValueOf) -> list[Value]:
    """What no contract covers, by the residual mix or its declared substitute: one part for each set of factors."""
    groups: dict[tuple[Expr, Found], list[Used]] = {}
    missing: list[Finding] = []
    for one in rest:
        try:
            groups.setdefault(_rate_of_rest(expr, one, scope), []).append(one)
        except Hole as hole:
            missing.extend(finding for finding in hole.findings if finding not in missing)
    if missing:
        raise Hole(*missing)
    values: list[Value] = []
    for (body, found), some in groups.items():
        amount = reduce(add, (one.value for one in some))
        shown = plain(cut(amount.exact / unit(_unit(expr.consumption.id, scope)).scale))
        step = Step(depth=2, what=REST, value=shown, unit=_unit(expr.consumption.id, scope))
        scope.receipt.steps.append(step)
        at = Part(taken=replace(some[0].of, value=amount), body=body, uses=dict(found))
        values.append(value_of(body, replace(scope, at=at)))
    return values


def _rate_of_rest(expr: Market, one: Used, scope: Scope) -> tuple[Expr, Found]:
    """The residual mix; where there is none, the rate of the metric that the company declares in its place."""
    find = partial(for_cell, one=one.of, cell=one.cell, scope=scope)
    body: Expr = Op("*", expr.consumption, expr.rest)
    declared = scope.books.company.methods.get(scope.figure) == expr.substitute.id
    try:
        return serving(body, find)
    except Hole as hole:
        if any(finding.rule != MISSING for finding in hole.findings):
            raise
        if not declared:
            raise Hole(*hole.findings, _no_residual(expr, one.of, scope)) from None
    scope.receipt.tell(_substituted(expr, one.of, scope))
    return serving(_body_of(expr.substitute.id, scope), find)


def _body_of(metric: str, scope: Scope) -> Expr:
    """What a metric makes of one cell of the consumption."""
    formula = formula_of(scope.books.library.metrics[metric], scope.period, scope.labels)
    expr = parse(formula.formula) if formula else None
    if not isinstance(expr, Each):
        raise Hole(*scope.fact(metric, scope.labels).findings)
    return expr.body


def _over(one: Used, left: Fraction, scope: Scope) -> Finding:
    template = (
        "{claim} of {series} for {days} is {left} {unit} more than the electricity of {site} that no other contract covers on these days; "
        "allocate no more than was used, or to another site"
    )
    unit_ = _unit(one.of.series.activity, scope)
    values = {
        "claim": ", ".join(one.cell.entries),
        "series": name(one.of.series),
        "days": one.on.days,
        "left": plain(cut(left / unit(unit_).scale)),
        "unit": unit_,
        "site": one.of.series.site,
    }
    return Finding(rule="market.over_use", template=template, values=values)


def _no_residual(expr: Market, one: Taken, scope: Scope) -> Finding:
    template = (
        "no residual mix is known for {site}; give one in factors/, or declare what stands in for it: "
        "`methods: {{{figure}: {substitute}}}` in company.yaml"
    )
    values = {"site": one.series.site, "figure": scope.figure, "substitute": expr.substitute.id}
    return Finding(rule="market.no_residual", template=template, values=values)


def _substituted(expr: Market, one: Taken, scope: Scope) -> Finding:
    template = "no residual mix is known for {site} in {period}, so the rate of {substitute} stands in for it, as company.yaml declares"
    values = {"site": one.series.site, "period": scope.period, "substitute": expr.substitute.id}
    return Finding(rule="market.substitute", template=template, values=values, severity="warning")


def _unit(id: str, scope: Scope) -> str:
    activity: Activity = scope.books.library.activities[id]
    return activity.unit
