"""Finds totals with their parts by one split: trained share of all, of men and of women, in one year."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from leafledger.audit.dictionary import dictionary
from leafledger.audit.mention import Mention, Reading
from leafledger.audit.rules.facts import is_ratio, kind_meant, measure
from leafledger.audit.rules.once import once
from leafledger.audit.rules.ranges import total
from leafledger.core.labels import Labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """parts: one number for each member of one dimension, all of one place and year; whole: the number without that label."""

    whole: Mention
    dimension: str
    parts: tuple[Mention, ...]

    @property
    def members(self) -> frozenset[str]:
        return frozenset(member_of(part, self.dimension) for part in self.parts)

    @property
    def all(self) -> tuple[Mention, ...]:
        return (self.whole, *self.parts)


def member_of(mention: Mention, dimension: str) -> str:
    return dict(mention.labels).get(dimension, "")


POPULATIONS = frozenset({"gender", "age", "region", "level", "employment", "role", "education", "ethnicity", "board"})
"""Splits of people. Other splits (fuel, part, per) are no groups that an average of all lies between."""


@once
def partitions(reading: Reading) -> tuple[Partition, ...]:
    """Every total with its parts. The parts stand in one table; the whole there too, or else wherever it is printed."""
    return tuple(_partitions(reading.mentions))


def _partitions(mentions: Iterable[Mention]) -> Iterator[Partition]:
    tables: dict[int | None, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.metric and mention.amount.value is not None and mention.kind == "table":
            tables[mention.table].append(mention)
    wholes: dict[tuple[object, Labels], list[Mention]] = defaultdict(list)
    groups: dict[tuple[object, Labels, int | None, str], dict[str, Mention]] = defaultdict(dict)
    for table, found in tables.items():
        for mention in _unambiguous(found):
            key = _key(mention)
            wholes[key, mention.labels].append(mention)
            for dimension, member in mention.labels:
                rest = tuple(pair for pair in mention.labels if pair[0] != dimension)
                groups[key, rest, table, dimension].setdefault(member, mention)
    for (of, rest, table, dimension), parts in groups.items():
        tops = wholes.get((of, rest), [])
        whole = next((top for top in tops if top.table == table), tops[0] if tops else None)
        if whole is not None and len(parts) > 1 and (dimension in POPULATIONS or not is_ratio(whole)):
            yield Partition(whole=whole, dimension=dimension, parts=tuple(parts.values()))


def _key(mention: Mention) -> tuple[str, int | None, str, str]:
    return mention.metric, mention.year, mention.basis, kind_meant(mention)


def _unambiguous(mentions: list[Mention]) -> list[Mention]:
    """Those whose table does not print another value for the same: then one of the two is of something else."""
    values: dict[object, set[object]] = defaultdict(set)
    for mention in mentions:
        values[_key(mention), mention.labels].add(mention.amount.value)
    return [mention for mention in mentions if len(values[_key(mention), mention.labels]) == 1]


def complete(partition: Partition, counted: Iterable[Partition]) -> bool:
    """Are these all the members there are? The dictionary knows, or the heads of the same members make all heads."""
    known = next((one for one in dictionary().dimensions if one.id == partition.dimension), None)
    if known and any(whole <= partition.members for whole in known.whole):
        return True
    for heads in counted:
        same = heads.dimension == partition.dimension and heads.whole.year == partition.whole.year
        if same and heads.members == partition.members:
            return total(measure(part) for part in heads.parts).meets(measure(heads.whole))
    return False
