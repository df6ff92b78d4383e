"""Rows or columns that changed places between two printings of one table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from leafledger.audit.mention import Mention, Reading, Table
from leafledger.audit.rules.facts import is_ratio, measure
from leafledger.audit.rules.identities import adds_up
from leafledger.audit.rules.partitions import Partition, partitions
from leafledger.audit.rules.printings import Pair, Printings, printings
from leafledger.audit.rules.ratios import mean_proof, means
from leafledger.audit.rules.saying import named, number, table_name, verdict
from leafledger.audit.verdict import Verdict, rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """Numbers that both tables print, in another order. places: of the table they stand in wrongly, if that is known."""

    printings: Printings
    pairs: tuple[Pair, ...]

    @property
    def mentions(self) -> tuple[Mention, ...]:
        return tuple(mention for pair in self.pairs for mention in (pair.one, pair.other))


@rule
def swapped(reading: Reading) -> Iterator[Verdict]:
    """Rows or columns changed places between two tables that print the same numbers."""
    for swap in swaps(reading):
        yield _say(reading, swap)


def swaps(reading: Reading) -> Iterator[Swap]:
    for both in printings(reading):
        for pairs in (_permuted(both.apart), _shifted(both)):
            if pairs:
                yield Swap(printings=both, pairs=pairs)
                break


def _permuted(apart: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """Those of the pairs that do not meet whose numbers are the same ones in both tables, in another order."""
    kept = list(apart)
    while kept:
        ones = [pair.one.amount.value for pair in kept]
        others = [pair.other.amount.value for pair in kept]
        better = [pair for pair in kept if pair.one.amount.value in others and pair.other.amount.value in ones]
        if len(better) == len(kept):
            break
        kept = better
    return tuple(kept) if len(kept) > 1 and len({pair.one.amount.value for pair in kept}) > 1 else ()


def _shifted(both: Printings) -> tuple[Pair, ...]:
    """Three rows or more of a column that each stand one row further in the other table."""
    columns: dict[object, list[Pair]] = {}
    for pair in both.apart:
        columns.setdefault((pair.one.column, pair.other.column), []).append(pair)
    for pairs in columns.values():
        ordered = sorted(pairs, key=lambda pair: pair.one.row or 0)
        for earlier, later in ((ordered, ordered[1:]), (ordered[1:], ordered)):
            hits = [(a, b) for a, b in zip(earlier, later, strict=False) if a.one.amount.value == b.other.amount.value]
            if len(hits) > 2 and len(hits) + 1 >= len(ordered) - 1:
                return tuple(ordered)
    return ()


def _say(reading: Reading, swap: Swap) -> Verdict:
    one, other = swap.printings.one, swap.printings.other
    proofs = {table.id: list(_against(reading, swap, table)) for table in (one, other)}
    wrong = _wrong(one, other, proofs)
    right = other if wrong is one else one
    decided = [mention for table in (one, other) for _, mentions, _ in proofs[table.id] for mention in mentions]
    return verdict(
        "swapped",
        "certain",
        "high",
        "{rows} changed places between {right} and {wrong}; {wrong} is the wrong one: there they contradict the other figures of the report."
        if wrong
        else "{rows} changed places between {right} and {wrong}; one of the two tables is wrong.",
        about=(*swap.mentions, *decided),
        places=[mention.where for mention in swap.mentions],
        proof="; ".join([_order(swap), *(proof for table in (one, other) for _, _, proof in proofs[table.id])]),
        read_surely=True,
        settle="Look these rows up in the source records and print them in one order.",
        rows=", ".join(sorted({named(pair.one) for pair in swap.pairs})),
        wrong=table_name(wrong or one, reading),
        right=table_name(right if wrong else other, reading),
    )


def _order(swap: Swap) -> str:
    ones = ", ".join(number(pair.one) for pair in swap.pairs)
    others = ", ".join(number(pair.other) for pair in swap.pairs)
    return f"({ones}) ↔ ({others})"


def _wrong(one: Table, other: Table, proofs: dict[int, list[tuple[bool, tuple[Mention, ...], str]]]) -> Table | None:
    """The table that breaks more of what holds in the other."""
    broken = {table.id: sum(not holds for holds, _, _ in proofs[table.id]) for table in (one, other)}
    if broken[one.id] == broken[other.id]:
        return None
    return one if broken[one.id] > broken[other.id] else other


def _against(reading: Reading, swap: Swap, table: Table) -> Iterator[tuple[bool, tuple[Mention, ...], str]]:
    """What else the numbers of this table must fit: the mean of groups by their heads, sums, the range of the parts."""
    moved = {mention.id for mention in swap.mentions if mention.table == table.id}
    for mean in means(reading):
        if mean.rates.parts[0].table == table.id and moved & {part.id for part in mean.rates.parts}:
            yield not mean.apart, (*mean.rates.all, *mean.heads.parts), mean_proof(mean)
    for one in partitions(reading):
        if one.parts[0].table == table.id and moved & {mention.id for mention in one.all}:
            yield from _fits(one)


def _fits(one: Partition) -> Iterator[tuple[bool, tuple[Mention, ...], str]]:
    if not is_ratio(one.whole):
        sum_holds = adds_up(one.whole, list(one.parts))
        yield (
            sum_holds,
            one.all,
            f"{' + '.join(map(number, one.parts))} {'=' if sum_holds else '≠'} {number(one.whole)}",
        )
        return
    whole, parts = measure(one.whole), [measure(part) for part in one.parts]
    if whole.high < min(p.low for p in parts) or whole.low > max(p.high for p in parts):
        yield False, one.all, f"{number(one.whole)} ∉ [{_ends(one.parts)}]"


def _ends(parts: Iterable[Mention]) -> str:
    ordered = sorted(parts, key=lambda part: Fraction(measure(part).middle))
    return f"{number(ordered[0])}, {number(ordered[-1])}"
