"""One figure that is printed in several places, with values that do not meet."""

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from leafledger.audit.mention import Mention, Reading
from leafledger.audit.rules.facts import Key, by_key, measure, printed, unit_of
from leafledger.audit.rules.printings import Pair, Printings, printings
from leafledger.audit.rules.ranges import Range, noughts, telling
from leafledger.audit.rules.saying import named, number, verdict
from leafledger.audit.rules.swaps import swaps
from leafledger.audit.verdict import Certainty, Verdict, rule

ALIKE = 0.5
DECIDE = (
    "Look up which value is right, and print it in both places; if they are of different bases, say so beside each."
)


@rule
def printed_twice(reading: Reading) -> Iterator[Verdict]:
    """One figure is printed with different values."""
    moved = {mention.id for swap in swaps(reading) for mention in swap.mentions}
    seen: set[object] = set()
    for both in printings(reading):
        for pair in both.apart:
            values = frozenset((pair.one.amount.value, pair.other.amount.value))
            same = (pair.name, values)
            if same in seen or {pair.one.id, pair.other.id} <= moved:
                continue
            certainty = _certainty(both, pair)
            if certainty:
                seen.add(same)
                yield _say(pair.one, pair.other, certainty)
    yield from _in_prose(reading)


def _certainty(both: Printings, pair: Pair) -> Certainty | None:
    """Certain where the same two rows agree in another year, or their tables in other rows and these have one name."""
    row = (pair.one.row, pair.other.row)
    beside = [other for other in both.agreed if (other.one.row, other.other.row) == row]
    if beside:
        return "certain"
    close = near(measure(pair.one), measure(pair.other))
    if len(both.agreed) < max(1, len(both.apart)) or pair.alike < ALIKE:
        return None  # tables of which most numbers differ are of different things
    if not pair.known:
        return "likely" if len(both.agreed) > 2 and close else None
    if len(both.agreed) > 2:
        return "certain" if close else "likely"
    return "likely" if close else "question"


def near(one: Range, other: Range) -> bool:
    """Of one size: what differs more was probably never the same thing."""
    small, large = sorted((abs(one.middle), abs(other.middle)))
    return small > 0 and large / small < 2


def _in_prose(reading: Reading) -> Iterator[Verdict]:
    """Figures of sentences against those of tables, and against each other."""
    tables = by_key(mention for mention in reading.mentions if mention.kind == "table")
    prose: dict[Key, list[Mention]] = defaultdict(list)
    for key, mentions in by_key(m for m in reading.mentions if m.kind == "prose").items():
        for mention in mentions:
            if key.kind == "count" and mention.amount.decimals and mention.amount.scale == 1:
                continue  # nobody counts people in parts: it is of something else
            there = tables.get(key, []) or prose[key]
            prose[key].append(mention)
            if not there or any(_fits(mention, other) for other in there):
                continue
            other = there[0]
            if near(measure(mention), measure(other)):
                yield _say(mention, other, "likely" if telling(mention.amount) > 2 else "question")


def _fits(one: Mention, other: Mention) -> bool:
    """A figure in a sentence may be cut instead of rounded (26 % for 26.9), and its last noughts may be rounding (8,000)."""
    known = unit_of(one.unit) and unit_of(other.unit)
    ours, theirs = (measure(one), measure(other)) if known else (printed(one), printed(other))
    if one.amount.bound != "exact":
        return ours.meets(theirs)
    unit = unit_of(one.unit) if known else None
    last = one.amount.scale * (unit.factor if unit else 1) / 2
    step = max(ours.half, last * 10 ** noughts(one.amount) if noughts(one.amount) else Fraction(0))
    return Range(ours.middle - step, ours.middle + 2 * step).meets(theirs)


def _say(one: Mention, other: Mention, certainty: Certainty) -> Verdict:
    return verdict(
        "printed-twice",
        certainty,
        "high" if certainty == "certain" else "medium",
        "{label} of {year} is printed as {one} in one place and as {other} in another.",
        about=(one, other),
        proof=f"{number(one)} ≠ {number(other)}",
        settle=DECIDE,
        label=named(one),
        year=one.year,
        one=number(one),
        other=number(other),
    )
