"""Sums and subtotals of tables, by rows and by columns."""

from collections import Counter
from collections.abc import Iterator

from leafledger.audit.mention import Mention, Reading
from leafledger.audit.rules.facts import measure, unit_of
from leafledger.audit.rules.grid import columns, rows
from leafledger.audit.rules.identities import barely, sums_of
from leafledger.audit.rules.misses import FAR, Miss, larger_parts, proven, unproven
from leafledger.audit.rules.ranges import total, written
from leafledger.audit.rules.saying import named, number, plus, verdict
from leafledger.audit.verdict import Certainty, Verdict, rule

DECIDE = "Look up in the source records which of the printed numbers is wrong."


@rule
def sums(reading: Reading) -> Iterator[Verdict]:
    """A total is not the sum of its parts."""
    for table in reading.tables:
        misses: list[Miss] = []
        for lines in (rows(table), *columns(table)):
            found = sums_of(lines)
            misses += [*proven(found), *unproven(lines, found)]
        yield from _verdicts(misses)


@rule
def part_exceeds_whole(reading: Reading) -> Iterator[Verdict]:
    """A part is larger than the whole it is part of."""
    for table in reading.tables:
        for one in larger_parts(rows(table)):
            larger = one.larger
            assert larger is not None
            yield verdict(
                "part-exceeds-whole",
                "likely",
                "medium",
                "{part} is {number}, more than the {whole} of {label} that it is part of.",
                about=one.all,
                read_surely=one.read,
                proof=f"{number(larger)} > {number(one.whole)}",
                settle=DECIDE,
                part=named(larger),
                number=number(larger),
                whole=number(one.whole),
                label=named(one.whole),
            )


def _verdicts(misses: list[Miss]) -> Iterator[Verdict]:
    """One verdict for each miss; one for two misses that a single number explains."""
    counts = Counter(mention.id for miss in misses for mention in miss.all)
    done: set[int] = set()
    for one in misses:
        if id(one) in done:
            continue
        culprit = next((mention for mention in one.all if counts[mention.id] > 1), None)
        same = [other for other in misses if culprit and culprit in other.all]
        if culprit and len(same) > 1:
            done |= {id(other) for other in same}
            yield _once(one) if all(other.bases for other in same) else _twice(culprit, same)
        else:
            done.add(id(one))
            yield _once(one)


def _once(one: Miss) -> Verdict:
    certainty: Certainty = "certain" if one.others > 1 or (one.others and one.apart <= FAR) else "likely"
    if one.bases or barely(one.whole, list(one.parts)):
        certainty = "question"
    elsewhere = "{label}: {whole} is printed, but its parts make {sum}; elsewhere in the table ({others}×) the same parts do make the total."
    alone = "{label}: {whole} is printed, but the parts that stand with it make {sum}."
    bases = (
        "{label}: {whole} is printed and one breakdown makes it, but two others make {sum}: whom do these leave out?"
    )
    return verdict(
        "sums",
        certainty,
        "high" if certainty == "certain" else "medium",
        bases if one.bases else elsewhere if one.others else alone,
        about=one.all,
        proof=_proof(one),
        settle="Name whom each breakdown counts." if one.bases else DECIDE,
        read_surely=one.others > 0 or one.read,
        label=named(one.whole),
        whole=number(one.whole),
        sum=_made(one),
        others=one.others,
    )


def _twice(culprit: Mention, misses: list[Miss]) -> Verdict:
    return verdict(
        "sums",
        "certain" if all(one.others for one in misses) else "likely",
        "high",
        "{label}: {number} fits none of the {several} sums that it stands in, and the other numbers in them do; it is probably the wrong one.",
        about=tuple(mention for one in misses for mention in one.all),
        proof="; ".join(_proof(one) for one in misses),
        settle="Look up the source of this number.",
        read_surely=all(one.others for one in misses),
        label=named(culprit),
        number=number(culprit),
        several=len(misses),
    )


def _proof(one: Miss) -> str:
    return f"{plus(one.parts)} = {_made(one)} ≠ {number(one.whole)}"


def _made(one: Miss) -> str:
    unit = unit_of(one.whole.unit)
    made = total(measure(part) for part in one.parts)
    inside = made.times(1 / unit.factor) if unit else made
    return written(inside.middle, max(part.amount.decimals for part in one.parts))
