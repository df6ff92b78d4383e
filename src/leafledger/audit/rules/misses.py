"""Totals that their parts do not make: those that other columns prove, and those that only words or indents say are totals."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from leafledger.audit.mention import Mention
from leafledger.audit.rules.facts import has_value, measure
from leafledger.audit.rules.grid import MOST_PARTS, Line
from leafledger.audit.rules.identities import Sum, adds_up, cued, known_parts, miss
from leafledger.audit.rules.ranges import Range, total

FAR = Fraction(1, 2)
"""A total that its parts miss by more than half of it is rather read wrongly than printed wrongly."""
NEAR = Fraction(1, 4)
"""Parts that nobody knows to be all the parts must make most of it, or they were never meant to be all."""
READ = Decimal("0.7")
"""Below this confidence a row may stand at another depth, or a number in another column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A total that its parts do not make. others: how many columns of the table in which they do.

    bases: other lines make the total, and others again what the parts make, so that both are true of something.
    """

    whole: Mention
    parts: tuple[Mention, ...]
    others: int = 0
    larger: Mention | None = None
    bases: bool = False

    @property
    def all(self) -> tuple[Mention, ...]:
        return (self.whole, *self.parts)

    @property
    def apart(self) -> Fraction:
        return miss(self.whole, list(self.parts))

    @property
    def read(self) -> bool:
        return all(mention.confidence >= READ for mention in self.all)


def proven(found: Iterable[Sum]) -> Iterator[Miss]:
    """Where a sum that holds in other columns does not hold."""
    for one in found:
        for column in one.fails:
            yield _at(one.whole, one.parts, column, len(one.holds))


def _at(whole: Line, parts: Iterable[Line], column: int, others: int = 0) -> Miss:
    top = whole.cells[column]
    assert top is not None
    return Miss(whole=top, parts=tuple(cell for part in parts if (cell := part.cells[column])), others=others)


def unproven(lines: list[Line], found: Iterable[Sum]) -> Iterator[Miss]:
    """Totals that nothing else in the table proves, but whose words or indents say what they add up."""
    taken = {line.at for one in found for line in one.parts}
    for at, whole in enumerate(lines):
        if whole.ratio or whole.kind is None:
            continue
        for parts, sure in meant(lines, at):
            if any(part.at in taken for part in parts):
                continue
            misses = list(_missed(lines, whole, parts, FAR if sure else NEAR))
            taken |= {part.at for part in parts} if misses else set()
            yield from misses


def _missed(lines: list[Line], whole: Line, parts: tuple[Line, ...], far: Fraction) -> Iterator[Miss]:
    """The columns in which they do not make it: each where letters name them, else the first, as one thing is wrong in all."""
    for column in _filled(whole, parts):
        one = _at(whole, parts, column)
        if not adds_up(one.whole, list(one.parts)) and one.apart <= far:
            yield replace(one, bases=_two_bases(lines, whole, parts, column))
            if not whole.letters:
                return


def _two_bases(lines: list[Line], whole: Line, parts: tuple[Line, ...], column: int) -> bool:
    """Do other lines that stand together make the total, and others again what its parts make?"""
    own = {whole.at, *(part.at for part in parts)}
    made = total(one for part in parts if (one := part.ranges[column]))
    top = whole.ranges[column]
    others = [line.ranges[column] if line.at not in own and line.kind == whole.kind else None for line in lines]
    sums = list(_sums_beside(others))
    return top is not None and any(map(top.meets, sums)) and any(map(made.meets, sums))


def _sums_beside(ranges: list[Range | None]) -> Iterator[Range]:
    """What each few numbers make that stand together."""
    for first in range(len(ranges)):
        together: list[Range] = []
        for one in ranges[first : first + MOST_PARTS]:
            if one is None:
                break
            together.append(one)
            if len(together) > 1:
                yield total(together)


def _filled(whole: Line, parts: tuple[Line, ...]) -> Iterator[int]:
    """Columns in which all of them have a number."""
    for column, top in enumerate(whole.cells):
        cells = [part.cells[column] if column < len(part.cells) else None for part in parts]
        if has_value(top) and all(map(has_value, cells)):
            yield column


def larger_parts(lines: list[Line]) -> Iterator[Miss]:
    """Parts that are larger than what they are part of."""
    for at, whole in enumerate(lines):
        if whole.ratio or whole.kind is None:
            continue
        for parts in (parts for parts, sure in meant(lines, at) if sure):
            for column in _filled(whole, parts):
                one = _at(whole, parts, column)
                least = min(measure(part).low for part in one.parts)
                larger = next((part for part in one.parts if measure(part).low > measure(one.whole).high), None)
                if larger is not None and least >= 0:
                    yield Miss(whole=one.whole, parts=one.parts, larger=larger)
                    break


def meant(lines: list[Line], at: int) -> Iterator[tuple[tuple[Line, ...], bool]]:
    """The lines that a total itself names, and whether these are surely all: by letters, a known split, indents, or back to the last total."""
    whole = lines[at]
    if whole.letters:
        lettered = {line.letter: line for line in lines[:at] if line.letter}
        if set(whole.letters) <= set(lettered):
            yield tuple(lettered[letter] for letter in whole.letters), True
        return
    ways = list(known_parts(lines, whole))
    for places in ways:
        parts = tuple(lines[place] for place in places)
        if sum(_same_names(parts, [lines[n] for n in other]) for other in ways) > 1:
            continue  # several lines have the name of one part: which of them it is nobody knows
        yield parts, not any("part" in dict(line.labels) for line in parts)
    for parts in (_deeper(lines, at), _before(lines, at)):
        if len(parts) > 1 and not any(part.is_of_which or part.is_total for part in parts) and _one_dimension(parts):
            yield parts, False


def _same_names(parts: Iterable[Line], others: Iterable[Line]) -> bool:
    return {(one.metric, one.labels) for one in parts} == {(one.metric, one.labels) for one in others}


def _deeper(lines: list[Line], at: int) -> tuple[Line, ...]:
    """The lines indented below it, if they are of one kind and under one heading."""
    whole = lines[at]
    deeper: list[Line] = []
    for line in lines[at + 1 :]:
        if line.depth <= whole.depth:
            break
        if line.depth == whole.depth + 1 and not line.ratio:
            deeper.append(line)
    alike = len({line.group for line in deeper}) == 1 and all(line.kind == whole.kind for line in deeper)
    return tuple(deeper) if alike else ()


def _before(lines: list[Line], at: int) -> tuple[Line, ...]:
    """All lines of its kind back to the last total, above a line that is called a total."""
    whole = lines[at]
    if not whole.is_total:
        return ()
    before: list[Line] = []
    for line in reversed(lines[max(0, at - MOST_PARTS) : at]):
        if line.kind != whole.kind or line.ratio or line.is_total or line.group != whole.group:
            break
        before.insert(0, line)
    return tuple(before) if cued(whole, tuple(before)) else ()


def _one_dimension(parts: tuple[Line, ...]) -> bool:
    """Men, women and part-timers are no parts of one whole."""
    dimensions = [frozenset(dimension for dimension, _ in part.labels if dimension != "part") for part in parts]
    named = [one for one in dimensions if one]
    return not named or all(one == named[0] for one in named)
