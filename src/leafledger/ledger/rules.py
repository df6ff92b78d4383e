"""What keeps entries from being recorded, by themselves and beside each other: plain functions of what is known."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from leafledger.base.evidence import fit_name
from leafledger.core.entry import Entry
from leafledger.core.finding import Finding, Place
from leafledger.core.labels import Labels, format_labels, parse_labels
from leafledger.core.period import Period
from leafledger.ledger.rows import OPEN_DECIMALS, open_of
from leafledger.library.entries import LARGEST, MOST_DECIMALS

LONGEST = 200
MOST_OPEN = LARGEST / 10
AHEAD = "A released figure of a year to come stands until that year is closed; from then on `leaf restate` can set another beside it"
"""What can be done about a figure that was released before its year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the ledger says of an entry that is to be corrected. released: a figure of a year to come rests on it, and stands."""

    series: tuple[str, str, str]
    period: Period
    replaced_by: str | None
    released: bool = False


def unfit(entry: Entry) -> Iterator[Finding]:
    """Why one entry cannot be held, by itself."""
    if not entry.id or not entry.id.isprintable() or " " in entry.id:
        yield _at(entry, "an id is one word of printable characters, so that people can name it; give the entry one")
    if max(len(entry.id), len(entry.activity), len(entry.site), len(entry.unit)) > LONGEST:
        yield _at(
            entry, "an id, activity, site or unit is longer than {longest} characters; shorten it", longest=LONGEST
        )
    texts = "".join((entry.activity, entry.site, entry.unit, entry.method, entry.source, *entry.worked_back_from))
    if "\x00" in texts or not _utf8(texts):
        yield _at(entry, "a text has a character that cannot be stored (a NUL, or half of a pair); retype it")
    if entry.labels and not _same_labels(entry.labels):
        template = "the labels {labels} cannot be written as key=member;key=member in order of the keys; mend them"
        yield _at(entry, template, labels=entry.labels)
    if not _exact(entry.value, LARGEST, MOST_DECIMALS):
        template = (
            "the value {value} cannot be held exactly (at most {decimals} decimals, below 10^12); use a larger unit"
        )
        yield _at(entry, template, value=entry.value, decimals=MOST_DECIMALS)
    elif not _exact(left_open := open_of(entry), MOST_OPEN, OPEN_DECIMALS) or left_open < 0:
        template = "the tolerance is a half-width: not negative, with at most {decimals} decimals, below 10^11; mend it"
        yield _at(entry, template, decimals=OPEN_DECIMALS)
    for name in entry.evidence:
        if not _utf8(name) or not fit_name(name):
            yield _at(
                entry,
                "the evidence {name!r} is not the plain name of a file; put the file into evidence/",
                name=name[:100],
            )


def changed(entry: Entry) -> Finding:
    template = "an entry of this id says something else, and an entry cannot be changed; record a correction, under a new id, that replaces {id}"
    return _at(entry, template, id=entry.id)


def not_theirs(entry: Entry, by: str) -> Finding:
    template = "it says that {other} recorded it, and {by} is recording it; leave out who recorded it"
    return _at(entry, template, other=entry.recorded_by, by=by)


def twice(entries: Iterable[Entry]) -> Iterator[Finding]:
    """Ids that are given to several entries at once."""
    for id, times in Counter(entry.id for entry in entries).items():
        if times > 1:
            yield _finding(id, "{times} entries have this id; each entry has its own", times=times)


def corrections(new: Collection[Entry], held: Mapping[str, Held]) -> Iterator[Finding]:
    """Corrections that do not fit: nothing to replace, another series, replaced already, or going round in a circle."""
    fresh = {entry.id: entry for entry in new}
    first: dict[str, str] = {}
    for entry in new:
        if not entry.replaces:
            continue
        target = fresh.get(entry.replaces)
        there = _held(target) if target else held.get(entry.replaces)
        if there is None:
            yield _at(
                entry,
                "it replaces {replaces}, which is not recorded; name the entry that was wrong",
                replaces=entry.replaces,
            )
            continue
        if there.series != _series(entry):
            template = "it replaces {replaces} of another series ({series}); withdraw that one by an adjustment of 0, and record this one by itself"
            yield _at(entry, template, replaces=entry.replaces, series=" ".join(filter(None, there.series)))
        elif not there.period.overlap(entry.period):
            template = "it replaces {replaces} of other days ({days}); withdraw that one by an adjustment of 0, and record this one by itself"
            yield _at(entry, template, replaces=entry.replaces, days=there.period)
        if there.released:
            yield _at(
                entry,
                "it replaces {replaces}, and a released figure rests on that. {stands}",
                replaces=entry.replaces,
                stands=AHEAD,
            )
        other = there.replaced_by or first.setdefault(entry.replaces, entry.id)
        if other != entry.id:
            yield _at(
                entry,
                "{replaces} is replaced by {other} already; let this one replace {other}",
                replaces=entry.replaces,
                other=other,
            )
        if _circle(entry, fresh):
            yield _at(
                entry, "it replaces, in the end, itself, so that nothing would count; name the entry that was wrong"
            )


def _circle(entry: Entry, fresh: Mapping[str, Entry]) -> bool:
    seen = {entry.id}
    while entry.replaces in fresh:
        if entry.replaces in seen:
            return True
        seen.add(entry.replaces)
        entry = fresh[entry.replaces]
    return False


def _held(entry: Entry) -> Held:
    return Held(series=_series(entry), period=entry.period, replaced_by=None)


def _series(entry: Entry) -> tuple[str, str, str]:
    return (entry.activity, entry.site, format_labels(entry.labels))


def _exact(value: Decimal, below: Decimal, decimals: int) -> bool:
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -decimals and abs(value) < below


@lru_cache(maxsize=10_000)
def _same_labels(labels: Labels) -> bool:
    text = format_labels(labels)
    try:
        return "\x00" not in text and _utf8(text) and parse_labels(text) == labels
    except ValueError:
        return False


def _utf8(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _at(entry: Entry, template: str, /, **values: object) -> Finding:
    return _finding(entry.id, template, **values)


def _finding(entry: str, template: str, /, **values: object) -> Finding:
    return Finding(rule="ledger.entry", template=template, values=values, place=Place(name=f"entry {entry[:60]}"))
