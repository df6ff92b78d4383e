"""What a supplier states of its own emissions takes the place of what was worked out for it, and counts as primary data."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import reduce

from leafledger.core.definition import Activity
from leafledger.core.fact import Step
from leafledger.core.finding import Finding, Place
from leafledger.core.labels import Labels, keys
from leafledger.core.quantity import cut, plain
from leafledger.engine.collect import take
from leafledger.engine.formula import Each, Expr, references
from leafledger.engine.one_series import Taken, active, name
from leafledger.engine.scope import Scope, note_taken
from leafledger.engine.there import there
from leafledger.engine.value import Hole, Value, add
from leafledger.library.units import unit

SUPPLIER = "supplier's own figure"
BY_SUPPLIER = "supplier"
"""The dimension by which what is bought of one supplier is told apart."""
Where = tuple[str, Labels]
OfSeries = Callable[[Expr, Activity, Taken, Scope], Value]


def supplied(activity: str, proxy: Each, scope: Scope, of_series: OfSeries) -> Value:
    """The suppliers' figures, and the proxy of every series that has none. A Hole where neither is collected."""
    (of,) = references(proxy)
    theirs, findings = _stated(scope.books.library.activities[activity], scope)
    values: list[Value] = []
    for one in theirs.values():
        note_taken(one, scope.books.library.activities[activity].unit, scope, depth=1, note=SUPPLIER)
        values.append(replace(one.value, primary=Fraction(1)))
    scope.receipt.tell(*findings)
    if there(scope.books, of, scope.period, scope.labels) or not values:
        values.extend(_proxies(of, proxy, theirs, scope, of_series))
    return reduce(add, values)


def _stated(activity: Activity, scope: Scope) -> tuple[dict[Where, Taken], list[Finding]]:
    """Each supplier's figure that is whole, by site and labels; one that is not is told, and the proxy stands."""
    found: dict[Where, Taken] = {}
    told: list[Finding] = []
    for series in scope.books.series.get(activity.id, ()):
        if active(series, scope.period) is None or not set(scope.labels) <= set(series.labels):
            continue
        try:
            taken = take(scope.books, activity, scope.period, series.labels, site=series.site)
        except Hole as hole:
            told.append(_not_yet(name(series), hole.findings[0].message, scope))
            continue
        for one in taken:
            if one.series.key == series.key and one.value.coverage == 1:
                found[series.site, series.labels] = one
            elif one.series.key == series.key:
                told.append(_not_yet(name(series), f"{plain(cut(one.value.coverage * 100))} % covered", scope))
    return found, told


def _proxies(of: str, proxy: Each, theirs: dict[Where, Taken], scope: Scope, of_series: OfSeries) -> Iterator[Value]:
    """The proxy of each series without a supplier's figure. What is replaced is not asked for its factors."""
    activity = scope.books.library.activities[of]
    missing: list[Finding] = []
    proxies = take(scope.books, activity, scope.period, scope.labels)
    beside = theirs.keys() - {(one.series.site, one.series.labels) for one in proxies}
    scope.receipt.tell(*(_beside(name(theirs[where].series), of, scope) for where in sorted(beside)))
    for one in proxies:
        if (one.series.site, one.series.labels) in theirs:
            scope.receipt.cells.update(one.cells)
            amount = plain(cut(one.value.exact / unit(activity.unit).scale))
            what = f"{activity.id} · {one.series.site}"
            entries = tuple(sorted(id for cell in one.cells for id in cell.entries))
            step = Step(depth=2, what=what, value=amount, unit=activity.unit, note="replaced", entries=entries)
            scope.receipt.steps.append(step)
            if BY_SUPPLIER not in keys(one.series.labels):
                scope.receipt.tell(_of_all(name(one.series), f"{amount} {activity.unit}", scope))
            continue
        try:
            yield replace(of_series(proxy.body, activity, one, scope), primary=Fraction(0))
        except Hole as hole:
            missing.extend(finding for finding in hole.findings if finding not in missing)
    if missing:
        raise Hole(*missing)


def _beside(series: str, of: str, scope: Scope) -> Finding:
    template = (
        "{series} is added in {period} beside what is worked out from {of}, which has nothing at that site and with those labels; "
        "if it is part of what is recorded otherwise it counts twice: record both alike"
    )
    values = {"series": series, "of": of, "period": scope.period}
    return Finding(
        rule="supplier.beside", template=template, values=values, place=Place(name=series), severity="warning"
    )


def _of_all(series: str, amount: str, scope: Scope) -> Finding:
    template = (
        "one supplier's figure takes the place of all {amount} of {series} in {period}; where others supply it too, "
        "record both by purchase and supplier, so that only that supplier's part is replaced"
    )
    values = {"series": series, "amount": amount, "period": scope.period}
    return Finding(
        rule="supplier.whole", template=template, values=values, place=Place(name=series), severity="warning"
    )


def _not_yet(series: str, why: str, scope: Scope) -> Finding:
    template = (
        "{series} has no whole figure of the supplier's for {period} ({why}); until it has, the estimate for it stands"
    )
    values = {"series": series, "period": scope.period, "why": why}
    return Finding(rule="supplier.waiting", template=template, values=values, place=Place(name=series), severity="note")
