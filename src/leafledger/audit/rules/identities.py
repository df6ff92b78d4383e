"""Finds which lines of a table add up to which other: what holds in most columns and fails in one is an error there."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from math import log10, prod

from leafledger.audit.labels import metric_named
from leafledger.audit.mention import Mention
from leafledger.audit.rules.facts import measure
from leafledger.audit.rules.grid import Line, runs
from leafledger.audit.rules.ranges import Range, total

PROVEN = 4.0
"""How unlikely (as a power of ten) it must be that columns add up by chance, before a column that does not is an error."""
MOST_WAYS = 12
CUED = 1.5
"""The same where the words already say that it is a total: a label, an indent, letters of a formula, a known split."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """A line that others add up to. holds, fails: the columns. cued: the words say so too. strength: of what holds."""

    whole: Line
    parts: tuple[Line, ...]
    holds: tuple[int, ...]
    fails: tuple[int, ...]
    cued: bool
    strength: float

    @property
    def proven(self) -> bool:
        most = len(self.holds) >= len(self.fails)
        return (self.cued and self.strength >= PROVEN) or (most and self.strength >= (CUED if self.cued else PROVEN))


def adds_up(whole: Mention, parts: list[Mention]) -> bool:
    return measure(whole).meets(total(measure(part) for part in parts))


def miss(whole: Mention, parts: list[Mention]) -> Fraction:
    """How far apart they are at least, beyond all rounding, as a share of the total."""
    ours, theirs = measure(whole), total(measure(part) for part in parts)
    gap = max(ours.low - theirs.high, theirs.low - ours.high, Fraction(0))
    return gap / max(abs(ours.middle), Fraction(1, 10**9))


def barely(whole: Mention, parts: list[Mention]) -> bool:
    """Apart by no more than cutting instead of rounding each of them would do."""
    ours, theirs = measure(whole), total(measure(part) for part in parts)
    slack = ours.half + theirs.half
    return slack > 0 and abs(ours.middle - theirs.middle) <= 2 * slack


def sums_of(lines: list[Line]) -> list[Sum]:
    """Every sum that the lines show, the innermost first; a sum that was found stands for its parts in larger ones."""
    found: list[Sum] = []
    kept = list(lines)
    while new := _best(kept):
        found += new
        inside = {part.at for one in new for part in one.parts}
        kept = [line for line in kept if line.at not in inside]
    return found


def _best(lines: list[Line]) -> list[Sum]:
    """Of the proven sums those that hold no other, the plainest first, no line in two of them."""
    proven = [one for one in _candidates(lines) if one.proven]
    wholes = {one.whole.at for one in proven}
    inner = [one for one in proven if not wholes & {part.at for part in one.parts}] or proven[:1]
    taken: set[int] = set()
    best: list[Sum] = []
    for one in sorted(inner, key=lambda one: (len(one.fails), len(one.parts), -one.strength)):
        own = {one.whole.at, *(part.at for part in one.parts)}
        if not own & taken:
            taken |= own
            best.append(one)
    return best


def _candidates(lines: list[Line]) -> Iterator[Sum]:
    for at, whole in enumerate(lines):
        if whole.kind is None or whole.ratio:
            continue
        for run in (*_lettered(lines, whole), *known_parts(lines, whole), *_below(lines, at), *runs(lines, at)):
            one = weigh(whole, tuple(lines[place] for place in run))
            if one.holds:
                yield one


def _lettered(lines: list[Line], whole: Line) -> Iterator[tuple[int, ...]]:
    """The lines that the total names by letters; the nearest of each letter before it."""
    if not whole.letters:
        return
    places: list[int] = []
    for letter in whole.letters:
        before = [place for place, line in enumerate(lines) if line.letter == letter and line.at < whole.at]
        if not before:
            return
        places.append(before[-1])
    yield tuple(places)


def known_parts(lines: list[Line], whole: Line) -> Iterator[tuple[int, ...]]:
    """The lines of the figures, or of the members of one split, that the dictionary says make it."""
    metric = metric_named(whole.metric)
    of = [_at(lines, name, whole) for name in metric.sum_of] if metric else []
    if len(of) > 1 and all(of) and prod(map(len, of)) <= MOST_WAYS:
        yield from (tuple(sorted(places)) for places in product(*of))
    splits: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        more = set(line.labels) - set(whole.labels)
        member = line.metric == whole.metric and len(more) == 1 and set(whole.labels) < set(line.labels)
        if whole.metric and member and line.kind == whole.kind:
            splits.setdefault(next(iter(more))[0], []).append(place)
    yield from (tuple(places) for places in splits.values() if len(places) > 1)


def _at(lines: list[Line], metric: str, whole: Line) -> list[int]:
    """The lines that may be this figure: where several have its name, one of them is."""
    same = (n for n, line in enumerate(lines) if line.metric == metric and line.labels == whole.labels)
    return [n for n in same if lines[n].kind == whole.kind]


def _below(lines: list[Line], at: int) -> Iterator[tuple[int, ...]]:
    """The lines that are indented one step below it."""
    places: list[int] = []
    for place in range(at + 1, len(lines)):
        if lines[place].depth <= lines[at].depth:
            break
        if lines[place].depth == lines[at].depth + 1 and lines[place].kind == lines[at].kind:
            places.append(place)
    if len(places) > 1:
        yield tuple(places)


def weigh(whole: Line, parts: tuple[Line, ...]) -> Sum:
    """In which columns it adds up, in which not; columns where anything is absent say nothing."""
    holds: list[int] = []
    fails: list[int] = []
    strength = 0.0
    for column, top in enumerate(whole.ranges):
        ranges = [line.ranges[column] for line in parts if column < len(line.ranges)]
        there = [one for one in ranges if one is not None]
        if top is None or len(there) != len(parts):
            continue
        made = total(there)
        if top.meets(made):
            holds.append(column)
            strength += _strength(top, made, there)
        else:
            fails.append(column)
    return Sum(
        whole=whole,
        parts=parts,
        holds=tuple(holds),
        fails=tuple(fails),
        cued=cued(whole, parts),
        strength=strength,
    )


def _strength(top: Range, made: Range, parts: list[Range]) -> float:
    """How many digits of the total the parts hit. A part that is all of it proves nothing, nor does a round total."""
    if sum(part.middle != 0 for part in parts) < 2 or _round(top):
        return 0.0
    width = max(2 * (top.half + made.half), Fraction(1) if top.half == 0 else Fraction(0))
    return max(0.0, log10(max(float(abs(top.middle) / width), 1.0)))


def _round(one: Range) -> bool:
    """One digit and noughts: 100, 3,000."""
    value = one.middle
    while value and value.denominator == 1 and value % 10 == 0:
        value /= 10
    return abs(value) < 10 and value.denominator == 1


def cued(whole: Line, parts: tuple[Line, ...]) -> bool:
    """Do words or layout say that these add up to it?"""
    if any(part.is_of_which for part in parts):
        return False
    if whole.letters and {part.letter for part in parts} == set(whole.letters):
        return True
    if all(part.depth == whole.depth + 1 for part in parts) and all(part.at > whole.at for part in parts):
        return True
    if _one_split(whole, parts):
        return True
    ordered = sorted(line.at for line in (whole, *parts))
    return whole.is_total and all(b - a == 1 for a, b in pairwise(ordered))


def _one_split(whole: Line, parts: tuple[Line, ...]) -> bool:
    """The figures that make it, or its own members by one split."""
    metric = metric_named(whole.metric)
    if metric is None or not whole.metric:
        return False
    if metric.sum_of and {part.metric for part in parts} == set(metric.sum_of):
        return all(part.labels == whole.labels for part in parts)
    more = [set(part.labels) - set(whole.labels) for part in parts if part.metric == whole.metric]
    one = len(more) == len(parts) and all(len(labels) == 1 for labels in more)
    return one and len({dimension for labels in more for dimension, _ in labels}) == 1
