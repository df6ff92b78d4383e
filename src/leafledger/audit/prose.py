"""Reads the figures that sentences state: each number with what it is of, its year, and whether it is a target or a change."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import count

from leafledger.audit.claims import CLOSE, Around, claim_of
from leafledger.audit.mention import Mention
from leafledger.audit.normal import normal
from leafledger.audit.numbers import Found, numbers_in
from leafledger.audit.sentences import Sentence
from leafledger.audit.times import Times, times_in
from leafledger.audit.units import unit_named
from leafledger.audit.wording import any_of, anywhere, at_head
from leafledger.core.text import Language

_CLAUSE = re.compile(r"(?<!\d),(?!\d{3}(?!\d))|(?<=\d),(?=\s)|[;；。、](?!\d{1,2}月)|,(?=[^\d])")
_SAVINGS = frozenset(("ghg.avoided", "energy.saved", "water.saved"))
"""What these are of is itself a change."""
_BY = re.compile(r"\bby\s*$", re.IGNORECASE)
_BY_YEAR = re.compile(r"\bby (?:fy ?)?20[2-6]\d", re.IGNORECASE)
_DUE = re.compile(r"\s*by (?:the end of )?(?:fy ?)?(20[2-6]\d)(-\d\d)?", re.IGNORECASE)
_SINCE_YEAR = re.compile(r"自20\d\d|since (?:fy ?)?20\d\d|over the (?:past|last)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A piece of a folded sentence with the numbers in it; start, end: where it stands there."""

    folded: str
    start: int
    end: int
    numbers: tuple[Found, ...]

    def begin(self, at: int) -> int:
        """Where the words of a number begin: after the number before it."""
        return self.numbers[at - 1].unit_end if at else self.start

    def around(self, at: int) -> Around:
        number = self.numbers[at]
        end = self.numbers[at + 1].start if at + 1 < len(self.numbers) else self.end
        unit = unit_named(number.unit) if number.unit else None
        counter = self.folded[number.end : number.unit_end].strip()
        noun = (
            number.end if unit and unit.dimension == "count" and len(counter) > 1 else max(number.end, number.unit_end)
        )
        return Around(before=self.folded[self.begin(at) : number.start], after=self.folded[noun:end], unit=unit)


def prose(sentences: Iterable[Sentence], language: Language, year: int | None, ids: "count[int]") -> Iterator[Mention]:
    """Every number of the sentences as a Mention; its metric is empty where no name near it can have it.

    year: of the report, for sentences that name none. basis: target, change, others (an industry's mean) or cumulative,
    where the words say so; the whole sentence is the quote.
    """
    for sentence in sentences:
        numbers = [one for one in numbers_in(sentence.text, language, sentence.raised) if not one.amount.absent]
        if not numbers:
            continue
        times = times_in(sentence.folded, year)
        for clause in clauses(sentence.folded, numbers):
            for at in range(len(clause.numbers)):
                yield _mention(sentence, clause, at, times, next(ids))


def clauses(folded: str, numbers: Iterable[Found]) -> Iterator[Clause]:
    """The pieces between commas and stops that hold numbers."""
    every = tuple(numbers)
    cuts = [
        found.end() for found in _CLAUSE.finditer(folded) if not any(n.start < found.start() < n.end for n in every)
    ]
    for start, end in zip([0, *cuts], [*cuts, len(folded)], strict=True):
        inside = tuple(one for one in every if start <= one.start < end)
        if inside:
            yield Clause(folded=folded, start=start, end=end, numbers=inside)


def _mention(sentence: Sentence, clause: Clause, at: int, times: Times, id: int) -> Mention:
    number = clause.numbers[at]
    around = clause.around(at)
    lonely = at and not around.before.strip() and not around.after.strip()
    claim = None if lonely else claim_of(around, clause.folded[number.end : clause.end])
    year, said = times.at(number.start)
    basis = _basis(clause, at, year, times.report)
    mention = Mention(
        id=id,
        amount=number.amount,
        unit=number.unit,
        label=claim.phrase if claim else "",
        where=sentence.where(number.start, max(number.end, number.unit_end)),
        year=year,
        basis="" if claim and claim.metric in _SAVINGS and basis == "change" else basis,
        kind="prose",
        confidence=Decimal("0.3"),
    )
    if claim is None or (number.spelled and not number.unit):
        return mention
    labels = claim.labels | _piece(claim.metric, clause, at)
    sure = (Decimal("0.9") if claim.distance <= CLOSE else Decimal("0.75")) - (0 if said else Decimal("0.1"))
    return replace(mention, metric=claim.metric, labels=tuple(sorted(labels.items())), confidence=sure)


def _piece(metric: str, clause: Clause, at: int) -> dict[str, str]:
    """Savings are told measure by measure: only what is said to be all of them is not a part."""
    before = clause.folded[: clause.begin(at)] + clause.around(at).before
    if metric not in _SAVINGS or anywhere("all_of_them").search(clause.around(at).before):
        return {}
    return {"part": normal(before)[:24].strip()}


def _basis(clause: Clause, at: int, year: int | None, report: int | None) -> str:
    """What kind of figure it is, where it is not the plain figure of the year."""
    number, folded = clause.numbers[at], clause.folded
    before = folded[clause.begin(at) : number.start]
    ahead = folded[max(0, clause.start - 30) : number.start]
    after = folded[number.unit_end : number.unit_end + 14]
    if anywhere("others").search(before):
        return "others"
    if (
        (year and report and year > report)
        or _due(folded, number, report)
        or anywhere("target").search(ahead)
        or _BY_YEAR.search(ahead)
    ):
        return "target"
    near = before if _BY.search(before) else before[-16:]
    moved = anywhere("move").search(near) and not _level().search(before)
    if moved or at_head("move_after").match(after):
        return "change"
    return "cumulative" if anywhere("since").search(ahead) or _SINCE_YEAR.search(ahead) else ""


def _due(folded: str, number: Found, report: int | None) -> bool:
    """`by 40 % by 2030`: a year yet to come right behind the number."""
    due = _DUE.match(folded, number.unit_end)
    return bool(due and report and int(due.group(1)) + (due.group(2) is not None) > report)


@lru_cache(maxsize=1)
def _level() -> re.Pattern[str]:
    return re.compile(rf"{any_of('level')}\s*{any_of('about', 'over')}?\s*$", re.IGNORECASE)
