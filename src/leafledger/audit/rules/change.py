"""Words and percentages of change in sentences, against the numbers that the sentences themselves give."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from leafledger.audit.mention import Reading
from leafledger.audit.numbers import Found, numbers_in
from leafledger.audit.rules.ranges import Range, open_range, written
from leafledger.audit.rules.saying import verdict
from leafledger.audit.rules.sentences import Sentence, sentences
from leafledger.audit.verdict import Verdict, rule

UP = re.compile(
    r"增长|上升|提升|增加|提高|上涨|增幅|升幅|增至|升至|高出|increas|\brose\b|\brisen\b|\bgrew\b|\bgrown?\b|\bgrowth\b|\bup\b|\bhigher\b|\bclimb|\bgain",
    re.I,
)
DOWN = re.compile(
    r"下降|减少|降低|下跌|回落|降幅|减幅|降至|减至|缩减|decreas|\bfell\b|\bfallen\b|\bdeclin|\bdrop|\breduc|\bdown\b|\blower\b|\bcut\b|\bless\b",
    re.I,
)
_FROM_TO = re.compile(r"(?:由|从|自|\bfrom\b)")
_TO = re.compile(r"^[^,。;]{0,14}?(?:至|到|为|达|\bto\b)")
_THAN = re.compile(r"比|较|than|compared")


def direction(text: str) -> int:
    """1 up, -1 down, 0 where nothing or both are said."""
    up, down = bool(UP.search(text)), bool(DOWN.search(text))
    return up - down


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """`from X to Y` in a sentence, and the words of change about it."""

    sentence: Sentence
    old: Found
    new: Found
    words: str

    @property
    def change(self) -> Range | None:
        old, new = open_range(self.old.amount), open_range(self.new.amount)
        return (new - old) / old if old.low > 0 else None


@rule
def said_change(reading: Reading) -> Iterator[Verdict]:
    """A sentence says that a number rose or fell, or by how much, and its own numbers say otherwise."""
    language = reading.document.language
    for sentence in sentences(reading):
        if not (UP.search(sentence.folded) or DOWN.search(sentence.folded) or _THAN.search(sentence.folded)):
            continue
        numbers = [n for n in numbers_in(sentence.text, language, sentence.place.raised) if n.amount.value is not None]
        for step in _steps(sentence, numbers):
            yield from _wrong_way(step)
            yield from _wrong_share(step, numbers)
        yield from _compared(sentence, numbers)


def _steps(sentence: Sentence, numbers: list[Found]) -> Iterator[Step]:
    """Two numbers of one unit with `from` before the first and `to` between them."""
    folded = sentence.folded
    for at, (old, new) in enumerate(itertools.pairwise(numbers)):
        begin = numbers[at - 1].unit_end if at else 0
        ahead = folded[max(begin, old.start - 24) : old.start]
        between = folded[max(old.end, old.unit_end) : new.start]
        same = old.unit == new.unit or not old.unit
        plain = old.amount.bound == "exact" and new.amount.bound == "exact" and not old.range and not new.range
        if same and plain and _FROM_TO.search(ahead) and _TO.search(between) and len(between) < 20:
            yield Step(sentence=sentence, old=old, new=new, words=ahead + between)


def _wrong_way(step: Step) -> Iterator[Verdict]:
    said, old, new = direction(step.words), open_range(step.old.amount), open_range(step.new.amount)
    if (said > 0 and new.high < old.low) or (said < 0 and new.low > old.high):
        up = "The sentence says that it rose, but it goes from {old} to {new}."
        down = "The sentence says that it fell, but it goes from {old} to {new}."
        yield verdict(
            "said-change",
            "likely",
            "medium",
            up if said > 0 else down,
            places=(step.sentence.part(step.old.start, step.new.end),),
            proof=f"{step.old.amount.text} → {step.new.amount.text}",
            settle="Correct the word or the numbers.",
            old=step.old.amount.text,
            new=step.new.amount.text,
        )


def _wrong_share(step: Step, numbers: list[Found]) -> Iterator[Verdict]:
    """A percentage of change right beside `from X to Y`."""
    change = step.change
    folded = step.sentence.folded
    for one in numbers:
        gap = one.start - step.new.end if one.start > step.new.end else step.old.start - one.end
        beside = (
            folded[min(one.start, step.new.end) - 1 : max(one.end, step.new.end) + 1]
            if one.start > step.new.end
            else folded[max(0, one.start - 14) : step.old.start]
        )
        if (
            change is None
            or one.unit != "percent"
            or step.old.unit == "percent"
            or not 0 <= gap < 16
            or not direction(beside)
        ):
            continue
        printed = open_range(one.amount).times(Fraction(1, 100))
        size = Range(min(abs(change.low), abs(change.high)), max(abs(change.low), abs(change.high)))
        if not Range(printed.low, printed.high + printed.half).meets(size):
            yield _say_share(
                step.sentence,
                one,
                change,
                f"({step.new.amount.text} − {step.old.amount.text}) / {step.old.amount.text}",
            )


def _compared(sentence: Sentence, numbers: list[Found]) -> Iterator[Verdict]:
    """`A is p % lower than B`, all three printed."""
    folded = sentence.folded
    for at in range(len(numbers) - 2):
        ours, theirs, share = numbers[at : at + 3]
        first, second = (
            folded[max(ours.end, ours.unit_end) : theirs.start],
            folded[max(theirs.end, theirs.unit_end) : share.start],
        )
        said = (
            -1
            if re.search(r"(?:低|少|小|减少|lower|less)\s*(?:了|约)?$", second.strip())
            else 1
            if re.search(r"(?:高|多|大|higher|more)\s*(?:了|约)?$", second.strip())
            else 0
        )
        alike = ours.unit == theirs.unit and ours.unit != "percent" and share.unit == "percent" and said
        if not alike or not _THAN.search(first) or "。" in first + second or len(first) > 40 or len(second) > 8:
            continue
        base = open_range(theirs.amount)
        if base.low <= 0:
            continue
        change = (open_range(ours.amount) - base) / base
        printed = open_range(share.amount).times(Fraction(said, 100))
        if not printed.meets(change):
            yield _say_share(
                sentence, share, change, f"({ours.amount.text} − {theirs.amount.text}) / {theirs.amount.text}"
            )


def _say_share(sentence: Sentence, one: Found, change: Range, sign: str) -> Verdict:
    made = written(change.middle * 100, 2)
    return verdict(
        "said-change",
        "likely",
        "medium",
        "{share} is said, but the numbers of the sentence make {made} %.",
        places=(sentence.part(one.start, one.end),),
        proof=f"{sign} = {made} % ≠ {one.amount.text}",
        settle="Correct the percentage or the numbers.",
        share=one.amount.text,
        made=made,
    )
