"""How many errors the auditor finds: wrong digits, swapped rows, slips of the point … put into reports that are read already.

    python benchmarks/audit_mutations.py REPORT [REPORT …] [--each N] [--seed S]

A mutation is found if a verdict that was not there before is about a number that was changed. A new verdict is false if it is about
none of them, nor about any number that contradicted another one before.
"""

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from leafledger.audit.fold import fold
from leafledger.audit.mention import Amount, Mention, Reading
from leafledger.audit.read import read
from leafledger.audit.reading import reading as reading_of
from leafledger.audit.report import grouped, judged
from leafledger.audit.rules.change import DOWN, UP
from leafledger.audit.rules.facts import measure as measured
from leafledger.audit.rules.facts import meet
from leafledger.audit.rules.grid import columns, rows
from leafledger.audit.rules.identities import adds_up, sums_of
from leafledger.audit.rules.intensity import Implied, intensities
from leafledger.audit.rules.printings import printings
from leafledger.audit.rules.ranges import most_held
from leafledger.audit.verdict import Verdict

Cells = dict[int, Mention | None]
"""New cells by the id of the old ones; None takes one away."""


@dataclass(frozen=True, kw_only=True)
class Mutation:
    """cells: what changed. ids: the numbers that are wrong now."""

    kind: str
    cells: Cells
    ids: frozenset[int]


def mutated(reading: Reading, cells: Cells) -> Reading:
    """The reading with other cells in its tables."""
    tables = tuple(
        replace(
            table, rows=tuple(replace(row, cells=tuple(_new(cell, cells) for cell in row.cells)) for row in table.rows)
        )
        for table in reading.tables
    )
    mentions = tuple(new for mention in reading.mentions if (new := _new(mention, cells)) is not None)
    return replace(reading, tables=tables, mentions=mentions)


def _new(cell: Mention | None, cells: Cells) -> Mention | None:
    return cells[cell.id] if cell is not None and cell.id in cells else cell


def printed(value: Decimal, like: Mention) -> Amount:
    """Another value, printed as the old one was."""
    bare = value / Decimal(like.amount.scale.numerator) * Decimal(like.amount.scale.denominator)
    half = Fraction(1, 2 * 10**like.amount.decimals) * like.amount.scale
    return replace(
        like.amount,
        text=f"{bare:,.{like.amount.decimals}f}",
        value=value,
        low=Fraction(value) - half,
        high=Fraction(value) + half,
    )


def one_digit(mention: Mention, chance: random.Random) -> Mention | None:
    """One digit of it is another one; never the first nought, never to the same value."""
    value, amount = mention.amount.value, mention.amount
    if not value:
        return None
    plain = f"{abs(value) / Decimal(amount.scale.numerator) * Decimal(amount.scale.denominator):.{amount.decimals}f}"
    at = chance.choice([n for n, letter in enumerate(plain) if letter.isdigit()])
    digit = chance.choice([d for d in "0123456789" if d != plain[at] and not (at == 0 and d == "0")])
    wrong = (
        Decimal(plain[:at] + digit + plain[at + 1 :])
        * Decimal(amount.scale.numerator)
        / Decimal(amount.scale.denominator)
    )
    return replace(mention, amount=printed(wrong, mention))


def digits(reading: Reading, chance: random.Random) -> Iterator[Mutation]:
    for mention in reading.mentions:
        new = one_digit(mention, chance) if mention.kind == "table" else None
        if new:
            yield Mutation(kind="one digit", cells={mention.id: new}, ids=frozenset((mention.id,)))


def tenfold(reading: Reading, chance: random.Random) -> Iterator[Mutation]:
    for mention in reading.mentions:
        if mention.kind == "table" and mention.amount.value:
            value = mention.amount.value * (10 if chance.random() < 0.5 else Decimal("0.1"))
            value = round(value, mention.amount.decimals + 1)
            amount = replace(mention.amount, decimals=mention.amount.decimals + 1)
            new = replace(mention, amount=printed(value, replace(mention, amount=amount)))
            yield Mutation(kind="ten times", cells={mention.id: new}, ids=frozenset((mention.id,)))


def swapped_rows(reading: Reading, chance: random.Random) -> Iterator[Mutation]:
    """The numbers of two neighbouring rows of one unit change places."""
    for table in reading.tables:
        for one, other in pairwise(table.rows):
            pairs = [(a, b) for a, b in zip(one.cells, other.cells, strict=False) if a and b and a.unit == b.unit]
            different = [
                (a, b) for a, b in pairs if a.amount.value != b.amount.value and a.amount.value and b.amount.value
            ]
            if different and len(pairs) == len([c for c in one.cells if c]):
                yield _swap("two rows", different)


def shifted_years(reading: Reading, chance: random.Random) -> Iterator[Mutation]:
    """The years of a row stand one column further."""
    for table in reading.tables:
        if len([year for year in table.years if year]) < 2:
            continue
        for row in table.rows:
            cells = [cell for cell in row.cells if cell is not None and cell.amount.value]
            moved = [(a, b) for a, b in zip(cells, [*cells[1:], *cells[:1]], strict=True)]
            if len({cell.amount.value for cell in cells}) > 1 and len(cells) > 1:
                new = {a.id: replace(a, amount=b.amount) for a, b in moved if a.amount.value != b.amount.value}
                yield Mutation(kind="shifted row", cells=dict(new), ids=frozenset(new))


def _swap(kind: str, pairs: Iterable[tuple[Mention, Mention]]) -> Mutation:
    cells: Cells = {}
    for a, b in pairs:
        cells |= {a.id: replace(a, amount=b.amount), b.id: replace(b, amount=a.amount)}
    return Mutation(kind=kind, cells=cells, ids=frozenset(cells))


def lost_parts(reading: Reading, chance: random.Random) -> Iterator[Mutation]:
    """A row that a total counts is left out. Then the total and the other parts are the numbers that contradict each other."""
    for table in reading.tables:
        for one in sums_of(rows(table)):
            if len(one.parts) < 3:
                continue
            part = chance.choice([part for part in one.parts if any(cell and cell.amount.value for cell in part.cells)])
            cells: Cells = {cell.id: None for cell in part.cells if cell is not None}
            rest = (one.whole, *(other for other in one.parts if other is not part))
            ids = frozenset(cell.id for line in rest for cell in line.cells if cell is not None)
            yield Mutation(kind="a part left out", cells=cells, ids=ids)


Holds = Callable[[Mapping[int, Mention]], bool]
"""Does something that the report says in two ways hold, with these numbers?"""


def identities(reading: Reading) -> list[Holds]:
    """Sums, numbers that are printed twice, intensities of a common denominator, percentages of counts: all that hold in the report."""
    found: list[Holds] = []
    for table in reading.tables:
        for lines in (rows(table), *columns(table)):
            for one in sums_of(lines):
                for column in one.holds:
                    whole, parts = one.whole.cells[column], [part.cells[column] for part in one.parts]
                    found.append(_sum(whole, [part for part in parts if part is not None]))
    for both in printings(reading):
        if len(both.agreed) > 2:
            found += [_same(pair.one, pair.other) for pair in both.pairs if pair.meets]
    for items in intensities(reading).values():
        found += _ratios(items)
    return found


def _sum(whole: Mention | None, parts: list[Mention]) -> Holds:
    assert whole is not None
    return lambda now: adds_up(now.get(whole.id, whole), [now.get(part.id, part) for part in parts])


def _same(one: Mention, other: Mention) -> Holds:
    return lambda now: meet(now.get(one.id, one), now.get(other.id, other))


def _ratios(items: list[Implied]) -> list[Holds]:
    """Each intensity against the denominator that three or more share."""
    if len(items) < 4:
        return []
    point = most_held([implied for item in items if item.telling for _, implied in item.bases])

    def holds(base: Mention, rate: Mention) -> Holds:
        return lambda now: (measured(now.get(base.id, base)) / measured(now.get(rate.id, rate))).holds(point)

    return [
        holds(base, item.intensity)
        for item in items
        for base, implied in item.bases
        if item.telling and implied.holds(point)
    ]


def breaks(mutation: Mutation, known: list[Holds]) -> bool:
    """Does it break something that held? Then a reader with a pencil could find it."""
    now = {id: new for id, new in mutation.cells.items() if new is not None}
    return any(not holds(now) for holds in known)


def keys(verdicts: Iterable[Verdict]) -> Counter[tuple[str, tuple[int, ...]]]:
    return Counter((one.rule, one.about) for one in verdicts)


@dataclass
class Score:
    tried: int = 0
    found: int = 0
    asked: int = 0
    false: int = 0


def measure(reading: Reading, mutation: Mutation, before: Counter[tuple[str, tuple[int, ...]]], score: Score) -> None:
    after = mutated(reading, mutation.cells)
    new = [one for one in grouped(judged(after)[0], after) if not before[one.rule, one.about]]
    about = [one for one in new if mutation.ids & set(one.about)]
    score.tried += 1
    score.found += any(one.certainty != "question" for one in about)
    score.asked += bool(about)
    known = {id for _, ids in before for id in ids}
    fresh = [one for one in new if one not in about and not known & set(one.about)]
    score.false += sum(one.certainty != "question" for one in fresh)


KINDS: tuple[Callable[[Reading, random.Random], Iterator[Mutation]], ...] = (
    digits, tenfold, swapped_rows, shifted_years, lost_parts,
)  # fmt: skip


def turned_words(path: Path, chance: random.Random, each: int) -> Score:
    """Words of direction turned round in the lines of a report, where its numbers tell which way it went."""
    score = Score()
    document = read(path)
    reading = reading_of(document)
    before = keys(grouped(judged(reading)[0], reading))
    lines = [line for line in document.lines if re_direction(line.text)]
    for line in chance.sample(lines, min(each, len(lines))):
        turned = tuple(replace(span, text=turn(span.text)) for span in line.spans)
        pages = tuple(
            replace(page, lines=tuple(replace(one, spans=turned) if one is line else one for one in page.lines))
            for page in document.pages
        )
        after = reading_of(replace(document, pages=pages))
        new = [one for one in grouped(judged(after)[0], after) if not before[one.rule, one.about]]
        hit = [one for one in new if any(place.line == line.number for place in one.places)]
        score.tried += 1
        score.found += any(one.certainty != "question" for one in hit)
        score.asked += bool(hit)
    return score


TURNS = (
    ("增長", "下降"),
    ("增长", "下降"),
    ("上升", "下降"),
    ("提升", "降低"),
    ("增加", "減少"),
    ("increased", "decreased"),
    ("rose", "fell"),
)


def re_direction(text: str) -> bool:
    folded = fold(text)
    return (
        bool(UP.search(folded) or DOWN.search(folded))
        and any(a in text or b in text for a, b in TURNS)
        and any(map(str.isdigit, text))
    )


def turn(text: str) -> str:
    for a, b in TURNS:
        if a in text:
            return text.replace(a, b)
        if b in text:
            return text.replace(b, a)
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="+", type=Path)
    parser.add_argument("--each", type=int, default=60, help="mutations of each kind in each report")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    scores: dict[tuple[str, bool], Score] = defaultdict(Score)
    for path in asked.reports:
        chance = random.Random(asked.seed)
        reading = reading_of(read(path))
        before = keys(grouped(judged(reading)[0], reading))
        known = identities(reading)
        for kind in KINDS:
            every = list(kind(reading, chance))
            for mutation in chance.sample(every, min(asked.each, len(every))):
                provable = mutation.kind == "a part left out" or breaks(mutation, known)
                measure(reading, mutation, before, scores[mutation.kind, provable])
        words = turned_words(path, chance, asked.each // 4)
        mine = scores["a word of direction", False]
        mine.tried, mine.found, mine.asked = (
            mine.tried + words.tried,
            mine.found + words.found,
            mine.asked + words.asked,
        )
    show(scores)


def show(scores: dict[tuple[str, bool], Score]) -> None:
    print("| what was changed | breaks a sum or a second printing | tried | found | with questions | new false |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    for (kind, known), one in sorted(scores.items(), key=lambda pair: (not pair[0][1], pair[0][0])):
        print(
            f"| {kind} | {'yes' if known else 'no'} | {one.tried} | {share(one.found, one.tried)} | {share(one.asked, one.tried)} | {one.false} |"
        )
    known = [one for (_, has), one in scores.items() if has]
    tried, found = sum(one.tried for one in known), sum(one.found for one in known)
    print(f"\nOf those that break something: {found} of {tried} found ({share(found, tried)}).")


def share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "–"


if __name__ == "__main__":
    main()
