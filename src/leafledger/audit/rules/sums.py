"""Sums and subtotals of tables, by rows and by columns."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from leafledger.audit.mention import Mention, Reading
from leafledger.audit.rules.facts import has_value, measure, unit_of
from leafledger.audit.rules.grid import Line, columns, rows
from leafledger.audit.rules.identities import Sum, adds_up, barely, cued, miss, sums_of
from leafledger.audit.rules.ranges import total, written
from leafledger.audit.rules.saying import named, number, plus, verdict
from leafledger.audit.verdict import Certainty, Verdict, rule

DECIDE = "Look up in the source records which of the printed numbers is wrong."
FAR = Fraction(1, 2)
"""A total that its parts miss by more than half of it is rather read wrongly than printed wrongly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A total that its parts do not make. others: how many columns of the table in which they do."""

    whole: Mention
    parts: tuple[Mention, ...]
    others: int

    @property
    def all(self) -> tuple[Mention, ...]:
        return (self.whole, *self.parts)


@rule
def sums(reading: Reading) -> Iterator[Verdict]:
    """A total is not the sum of its parts."""
    for table in reading.tables:
        misses: list[Miss] = []
        for lines in (rows(table), *columns(table)):
            found = sums_of(lines)
            misses += [_miss(one.whole, one.parts, column, len(one.holds)) for one in found for column in one.fails]
            misses += _unproven(lines, found)
        yield from _verdicts(misses)


def _miss(whole: Line, parts: Iterable[Line], column: int, others: int) -> Miss:
    top = whole.cells[column]
    assert top is not None
    return Miss(whole=top, parts=tuple(cell for part in parts if (cell := part.cells[column])), others=others)


def _unproven(lines: list[Line], found: list[Sum]) -> Iterator[Miss]:
    """Totals that nothing else in the table proves, but whose words or indents say what they add up."""
    taken = {line.at for one in found for line in (one.whole, *one.parts)}
    for at, whole in enumerate(lines):
        if whole.at in taken or whole.ratio or whole.kind is None:
            continue
        parts = _meant(lines, at)
        plain = bool(whole.letters) or not any(part.is_of_which or part.is_total for part in parts)
        if len(parts) < 2 or not plain or any(part.at in taken for part in parts):
            continue
        for column, top in enumerate(whole.cells):
            cells = [part.cells[column] if column < len(part.cells) else None for part in parts]
            if not has_value(top) or not all(map(has_value, cells)):
                continue
            one = _miss(whole, parts, column, 0)
            if not adds_up(one.whole, list(one.parts)) and miss(one.whole, list(one.parts)) <= FAR:
                yield one


def _meant(lines: list[Line], at: int) -> tuple[Line, ...]:
    """The lines that a total itself names: by letters, by indents, or all of its kind back to the last total."""
    whole = lines[at]
    if whole.letters:
        lettered = {line.letter: line for line in lines[:at] if line.letter}
        return tuple(lettered[letter] for letter in whole.letters) if set(whole.letters) <= set(lettered) else ()
    deeper: list[Line] = []
    for line in lines[at + 1 :]:
        if line.depth <= whole.depth:
            break
        if line.depth == whole.depth + 1:
            deeper.append(line)
    if deeper:
        return tuple(deeper) if all(line.kind == whole.kind for line in deeper) else ()
    before: list[Line] = []
    for line in reversed(lines[:at]):
        if line.kind != whole.kind or line.ratio or line.is_total or line.group != whole.group:
            break
        before.insert(0, line)
    return tuple(before) if whole.is_total and cued(whole, tuple(before)) else ()


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
            yield _twice(culprit, same)
        else:
            done.add(id(one))
            yield _once(one)


def _once(one: Miss) -> Verdict:
    certainty: Certainty = "certain" if one.others else "likely"
    if barely(one.whole, list(one.parts)) or miss(one.whole, list(one.parts)) > FAR:
        certainty = "question"
    elsewhere = "{label}: {whole} is printed, but its parts make {sum}; elsewhere in the table ({others}×) the same parts do make the total."
    alone = "{label}: {whole} is printed, but the parts that stand with it make {sum}."
    return verdict(
        "sums",
        certainty,
        "high" if certainty == "certain" else "medium",
        elsewhere if one.others else alone,
        about=one.all,
        proof=_proof(one),
        settle=DECIDE,
        read_surely=one.others > 0,
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
        read_surely=all(one.others for one in misses),
        settle="Look up the source of this number.",
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
