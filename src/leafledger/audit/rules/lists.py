"""Counts in sentences against what follows: numbers "of which", and lists of names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from leafledger.audit.mention import Reading
from leafledger.audit.numbers import Found, numbers_in
from leafledger.audit.rules.facts import unit_of
from leafledger.audit.rules.saying import short, verdict
from leafledger.audit.rules.sentences import Sentence, sentences
from leafledger.audit.verdict import Certainty, Verdict, rule

_OF_WHICH = re.compile(r"其中|\bof which\b|\bof whom\b|\bincluding\b|\bcomprising\b|\bconsisting of\b", re.I)
_OTHER = re.compile(r"其他|其它|其余|\bothers?\b|\bremaining\b", re.I)
_OPEN = re.compile(r"等(?!级|等)|包括但不限|例如|比如|such as|e\.g\.|among others|etc\b", re.I)
MOST = Decimal("0.8")
"""Parts that make less of it were not meant to make it up."""
FAR = 3
"""A count that is further from its list counts something else."""


@rule
def of_which(reading: Reading) -> Iterator[Verdict]:
    """A number in a sentence is not the sum of the numbers that the sentence splits it into."""
    for sentence in sentences(reading):
        found = _OF_WHICH.search(sentence.folded)
        if found is None:
            continue
        numbers = numbers_in(sentence.text, reading.document.language)
        before = [one for one in numbers if one.end <= found.start()]
        after = [one for one in numbers if one.start >= found.end()]
        if before:
            yield from _split(sentence, before[-1], after)


def _split(sentence: Sentence, whole: Found, after: list[Found]) -> Iterator[Verdict]:
    """Parts are counted in the very word that the whole is counted in."""
    word = _word(sentence, whole)
    parts = [one for one in after if _word(sentence, one) == word]
    values = [one.amount.value for one in parts if one.amount.value is not None]
    plain = all(one.amount.bound == "exact" for one in (whole, *parts)) and not _OPEN.search(sentence.folded)
    if len(parts) < 2 or not word or not plain or whole.amount.value is None or len(values) != len(parts):
        return
    made = sum(values, Decimal(0))
    if made == whole.amount.value or any(value >= whole.amount.value for value in values):
        return
    all_of_it = bool(_OTHER.search(sentence.folded[parts[-2].end : parts[-1].start]))
    too_much = made > whole.amount.value and _dimension(whole) != "count"
    certainty: Certainty = "likely" if all_of_it or too_much else "question"
    if not (all_of_it or too_much) and not (MOST * whole.amount.value <= made and len(parts) > 2):
        return
    texts = [one.amount.text for one in parts]
    yield verdict(
        "of-which",
        certainty,
        "medium",
        "{whole} is said and then split into {parts}, which make {sum}.",
        places=(sentence.where,),
        proof=f"{' + '.join(texts)} = {_plain(made)} ≠ {whole.amount.text}",
        settle="Correct one of the numbers, or name what is missing from the split.",
        whole=whole.amount.text + word,
        parts=", ".join(text + word for text in texts),
        sum=f"{_plain(made)} {word}",
    )


def _plain(made: Decimal) -> str:
    return f"{made.normalize():,f}"


def _dimension(one: Found) -> str:
    """What overlaps is people and things: of a sum of money or of tonnes each part is its own."""
    unit = unit_of(one.unit)
    return unit.dimension if unit else ""


def _word(sentence: Sentence, one: Found) -> str:
    """What it counts: 場, 項, 家."""
    return sentence.text[one.end : one.unit_end].strip() if one.unit and one.unit_end > one.end else ""


_DIGITS = {word: n for n, word in enumerate("零一二三四五六七八九十")} | {"两": 2}
_COUNT = r"(?P<count>\d{1,2}|[二两三四五六七八九]|十[一二三四五六]?)"
_KIND = r"(?:大|个|項|项|种|类|方面|步|阶段|维度|部分|层面|级)"
_BEFORE = re.compile(
    rf"(?P<list>[^,。;::!?()《》]{{1,40}}(?:、[^,。;::!?()]{{2,40}})+?)(?<![\d.A-Za-z]){_COUNT}{_KIND}(?!人|月|小时|百)"
)
_AFTER = re.compile(
    rf"{_COUNT}{_KIND}[^,。;::、\d]{{1,14}}(?:[::]|,?(?:即|分别为|分别是|包括))(?P<list>[^。;::]{{4,220}}?)(?=[。;]|$)"
)
_NOT_WORDS = re.compile(r"[\W\d_]|是|为|到")
_JOINED = re.compile(r"以及|及其|和|及|与|或|暨")
_UNSURE = re.compile(
    r"各|每|共|合计|近|超|余|多|第|前|其他|其它|其中|另|等(?!级)|约|逾|全部|累计|一$|[一二三四五六七八九十\d]$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A count and the fewest and most things that its list may hold, however its "and" are read."""

    sentence: Sentence
    count: int
    fewest: int
    most: int
    quote: str


@rule
def counted_list(reading: Reading) -> Iterator[Verdict]:
    """A list holds more or fewer things than the count beside it says."""
    for sentence in sentences(reading):
        for one in (*_zh(sentence), *_en(sentence)):
            apart = max(one.fewest - one.count, one.count - one.most)
            if 0 < apart <= FAR and one.count < 13:
                yield _say(one)


def _zh(sentence: Sentence) -> Iterator[Listed]:
    for pattern in (_BEFORE, _AFTER):
        for found in pattern.finditer(sentence.folded):
            listed = found["list"]
            if _UNSURE.search(listed) or _OPEN.search(sentence.folded[found.start() : found.end() + 1]):
                continue
            items = re.split("、|'|·|•", listed)
            if "," in listed:
                continue  # commas part sentences, so what stands between is no list of names
            if all(len(_NOT_WORDS.sub("", item)) > 1 for item in items):
                yield _listed(sentence, found, _number(found["count"]), items)


def _listed(sentence: Sentence, found: re.Match[str], count: int, items: list[str]) -> Listed:
    joins = sum(len(_JOINED.findall(item)) for item in items)
    quote = sentence.text[found.start() : found.end()]
    return Listed(sentence=sentence, count=count, fewest=len(items), most=len(items) + joins, quote=quote)


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    return 10 + _DIGITS[text[1:]] if len(text) > 1 else _DIGITS[text]


_WORDS = {
    word: n
    for n, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
_EN = re.compile(
    r"\b(?P<count>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s+(?:[a-z-]+\s){0,3}[a-z-]+s\s?"
    r"(?::|–|—|,\s?namely|, which are)\s(?P<list>[^.;:()]{8,260})\.(?:\s|$)",
    re.I,
)


def _en(sentence: Sentence) -> Iterator[Listed]:
    for found in _EN.finditer(sentence.folded):
        listed = found["list"]
        if _OPEN.search(listed) or re.search(r"\b(?:which|who|that|while|because|we|our)\b", listed):
            continue
        items = [item for item in re.split(r",\s(?:and\s|or\s)?|\sand\s(?=[^,]*$)", listed) if item.strip()]
        joins = len(re.findall(r"\band\b|&|/", ",".join(items)))
        if "," not in listed:
            continue
        quote = sentence.text[found.start() : found.end()]
        yield Listed(
            sentence=sentence, count=_WORDS[found["count"].lower()], fewest=len(items) - 1, most=len(items) + joins, quote=quote
        )  # fmt: skip


def _say(one: Listed) -> Verdict:
    held = str(one.fewest) if one.fewest == one.most else f"{one.fewest}–{one.most}"
    return verdict(
        "counted-list",
        "likely" if one.most - one.fewest < 2 and one.sentence.text.isascii() is False else "question",
        "low",
        "“{quote}” says {count} and lists {held}.",
        places=(one.sentence.where,),
        proof=f"{one.count} ≠ {held}",
        settle="Correct the count or the list.",
        quote=short(one.quote, 80),
        count=one.count,
        held=held,
    )


_NOUN = re.compile(r"(?:主要|重要)?(?P<noun>[^,。、;::的()\d]{3,8}?)(?:主要)?包括(?P<list>[^。;::()]{8,160})。")


@rule
def counted_elsewhere(reading: Reading) -> Iterator[Verdict]:
    """A count of things differs from the list of these things that stands elsewhere."""
    every = sentences(reading)
    for sentence in every:
        for found in _NOUN.finditer(sentence.folded):
            items = found["list"].split("、")
            noun = re.sub(r"^.*?(?:我们的|我们|本集团|本公司|公司)", "", found["noun"]).removeprefix("主要")
            if len(items) < 4 or len(noun) < 4 or _OPEN.search(found["list"]):
                continue
            joins = 1 if re.search(r"以及|及|和", items[-1]) else 0
            yield from _elsewhere(every, sentence, noun, len(items) + joins, len(items))


def _elsewhere(every: tuple[Sentence, ...], listing: Sentence, noun: str, most: int, fewest: int) -> Iterator[Verdict]:
    pattern = re.compile(rf"{_COUNT}(?:类|大|种|个)(?:[^,。、;::\d]{{0,6}}){re.escape(noun)}")
    for other in every:
        found = pattern.search(other.folded)
        if found is None or other is listing:
            continue
        count = _number(found["count"])
        if not fewest <= count <= most and abs(count - most) < 6:
            yield verdict(
                "counted-elsewhere",
                "question",
                "low",
                "“{quote}” counts {count}; the list of them elsewhere holds {held}.",
                places=(other.where, listing.where),
                proof=f"{count} ≠ {most}",
                settle="Correct the count or the list, or say that these are not the same.",
                quote=short(other.text[found.start() : found.end()], 60),
                count=count,
                held=most if most == fewest else f"{fewest}–{most}",
            )
