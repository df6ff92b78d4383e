"""Changes that sentences claim, against the series in the tables: by how much, which way, and whether anything got better."""

import re
from collections.abc import Iterator
from fractions import Fraction

from leafledger.audit.mention import Mention, Reading
from leafledger.audit.rules.change import direction
from leafledger.audit.rules.facts import measure, meet, tabled
from leafledger.audit.rules.ranges import written
from leafledger.audit.rules.saying import named, number, short, verdict
from leafledger.audit.rules.sentences import Sentence, sentences
from leafledger.audit.verdict import Certainty, Verdict, rule

_SINCE = re.compile(
    r"(?:较|比|与|自|compared (?:to|with)|from|since|versus|vs\.?|against|relative to)[^,。;]{0,12}?(?P<year>20\d\d)"
    r"|(?P<last>同比|去年|上年|上一年|前一年|year[- ]on[- ]year|last year|previous year|prior year|yoy)",
    re.I,
)


@rule
def change_against_series(reading: Reading) -> Iterator[Verdict]:
    """A sentence says by how much a figure changed, and the table of the report says otherwise."""
    by_place = {(s.page, s.first): s for s in sentences(reading)}
    for mention in reading.mentions:
        change = mention.kind == "prose" and mention.basis == "change" and bool(mention.metric)
        if not change or mention.unit != "percent" or mention.amount.bound != "exact":
            continue
        sentence = by_place.get((mention.where.page, mention.where.line)) or _around(reading, mention)
        pair = _pair(reading, mention, sentence) if sentence else None
        if sentence and pair:
            yield from _judged(mention, sentence, *pair)


def _around(reading: Reading, mention: Mention) -> Sentence | None:
    start = mention.where.quote[:40]
    here = (one for one in sentences(reading) if one.page == mention.where.page)
    return next((one for one in here if start and one.text.startswith(start)), None)


def _pair(reading: Reading, mention: Mention, sentence: Sentence) -> tuple[Mention, Mention] | None:
    """The figure of its year and of the year it is compared with, from tables. None where the sentence names no such year."""
    found = _SINCE.search(sentence.folded)
    year = mention.year or reading.year
    if found is None or year is None:
        return None
    base = int(found["year"]) if found["year"] else year - 1
    ours, theirs = (_figure(reading, mention, of) for of in (year, base))
    return (ours, theirs) if ours and theirs and base < year else None


def _figure(reading: Reading, mention: Mention, year: int) -> Mention | None:
    """The one value that tables print; none where they print several."""
    of_year = tabled(reading).get((mention.metric, year), ())
    found = [other for other in of_year if not other.basis and set(other.labels) == set(mention.labels)]
    return found[0] if found and all(meet(one, found[0]) for one in found) else None


def _judged(mention: Mention, sentence: Sentence, new: Mention, old: Mention) -> Iterator[Verdict]:
    base = measure(old)
    if base.low <= 0:
        return
    change = (measure(new) - base) / base
    at = sentence.text.find(mention.amount.text)
    words = sentence.folded[max(0, at - 16) : at + len(mention.amount.text) + 16]
    said = direction(sentence.folded[max(0, at - 12) : at]) or direction(words)
    printed = measure(mention).times(Fraction(said or 1))
    if not said or printed.meets(change):
        return
    wrong_way = change.high < 0 < said or said < 0 < change.low
    near = abs(abs(change.middle) - abs(printed.middle)) <= Fraction(1, 1000)
    certainty: Certainty = "question" if near and not wrong_way else "likely"
    plain = "{label}: a change of {share} from {base} to {year} is said, but the table has {old} and {new}, which is {made} %."
    turned = "{label}: a change of {share} from {base} to {year} is said in one direction, but the table goes the other way: from {old} to {new}."
    yield verdict(
        "change-against-series",
        certainty,
        "medium",
        turned if wrong_way else plain,
        about=(mention, new, old),
        proof=f"({number(new)} − {number(old)}) / {number(old)} = {written(change.middle * 100, 2)} %",
        settle="Correct the sentence or the table; if the sentence speaks of a part, say of which.",
        label=named(new),
        share=number(mention),
        year=new.year,
        base=old.year,
        old=number(old),
        new=number(new),
        made=written(change.middle * 100, 2),
    )


_BETTER = tuple(
    (re.compile(words, re.I), metric)
    for metric, words in (
        (
            "water.intensity",
            r"(?:(?:切实|显著|有效|大幅|明显)(?:提高|提升|改善)|(?:提高|提升|改善)了)[^,。;]{0,10}(?:水资源|用水)[^,。;]{0,8}(?:效率|效益|利用率)",
        ),
        ("water.intensity", r"(?:大幅|显著|有效|明显)地?(?:减少|降低)了?[^,。;]{0,8}(?:用水|水资源消耗|水耗)"),
        (
            "water.intensity",
            r"improv\w*[^.;]{0,20}water (?:use )?efficien|significant\w* reduc\w*[^.;]{0,20}water (?:use|consumption)",
        ),
        (
            "energy.intensity",
            r"(?:(?:切实|显著|有效|大幅|明显)(?:提高|提升|改善)|(?:提高|提升|改善)了)[^,。;]{0,10}(?:能源|用能)[^,。;]{0,8}(?:效率|效益|利用率)",
        ),
        ("energy.intensity", r"能耗(?:大幅|显著|明显)(?:降低|下降|减少)"),
        (
            "energy.intensity",
            r"improv\w*[^.;]{0,20}energy efficien|significant\w* reduc\w*[^.;]{0,20}energy (?:use|consumption)",
        ),
        ("ghg.intensity", r"(?:大幅|显著|有效|明显)地?(?:减少|降低|下降)了?[^,。;]{0,8}(?:温室气体|碳排放)"),
        ("ghg.intensity", r"significant\w* reduc\w*[^.;]{0,20}(?:emissions|carbon)"),
    )
)
WORSE = Fraction(5, 100)
_FUTURE = re.compile(
    r"旨在|致力|将会?|力求|以期|为了|目标|计划|可|能够|有助|\bwill\b|\baim|\bto (?:improve|reduce)\b|\bcan\b|\bhelp",
    re.I,
)


@rule
def claimed_better(reading: Reading) -> Iterator[Verdict]:
    """A sentence claims that less was used for each of something, and the table shows more."""
    seen: set[str] = set()
    for sentence in sentences(reading):
        for pattern, metric in _BETTER:
            found = pattern.search(sentence.folded)
            if found is None or metric in seen or _FUTURE.search(sentence.folded[: found.start()][-24:]):
                continue
            pair = _last_two(reading, metric)
            if pair is None:
                continue
            new, old = pair
            change = (measure(new) - measure(old)) / measure(old) if measure(old).low > 0 else None
            if change is not None and change.low > WORSE:
                seen.add(metric)
                yield verdict(
                    "claimed-better",
                    "question",
                    "medium",
                    "“{quote}” is said, but {label} rose from {old} to {new}.",
                    about=(new, old),
                    places=(sentence.part(found.start(), found.end()),),
                    proof=f"({number(new)} − {number(old)}) / {number(old)} = {written(change.middle * 100, 1)} %",
                    settle="Say for what place and by which measure it improved, and why the figure of the whole rose.",
                    quote=short(sentence.text[found.start() : found.end()]),
                    label=named(new),
                    old=number(old),
                    new=number(new),
                )


def _last_two(reading: Reading, metric: str) -> tuple[Mention, Mention] | None:
    """The figure for all in the year of the report and the one before."""
    year = reading.year
    found = [
        next((one for one in tabled(reading).get((metric, at), ()) if all(d == "per" for d, _ in one.labels)), None)
        for at in ((year, year - 1) if year else ())
    ]
    return (found[0], found[1]) if len(found) == 2 and found[0] and found[1] else None
