"""An entry: one reading, statement or assertion that someone records, with who says so and how good it is."""

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring as _text
from typing import Literal

from leafledger.core.labels import NONE, Labels
from leafledger.core.period import Period
from leafledger.core.quality import Scores

EntryKind = Literal["reading", "adjustment", "assertion", "nil", "register"]
Bound = Literal["exact", "over", "within", "about"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing said about one series and one stretch of days.

    kind: a `reading` counts; an `adjustment` moves an amount between series and covers no days; an `assertion` is a
    control total that is compared and never counted; a `nil` says "none" (value 0); a `register` is what a cumulative
    meter showed at the end of a day, and what flowed is the difference from one to the next.
    bound: `over` (more than), `within` (at most), `about`, for figures that were only stated so.
    tolerance: half-width of the value in its unit, where it is not half of the last digit given.
    estimated with `method`: the value was worked out, not measured. `worked_back_from`: the printed figures
    (`metric@period[labels]`) it was worked out of; agreement with those proves nothing. quality: five scores (see
    core.quality), or none. uncertainty: half the width of the 95 % interval, in percent of the value.
    """

    id: str
    activity: str
    site: str
    labels: Labels = NONE
    period: Period
    value: Decimal
    unit: str
    kind: EntryKind = "reading"
    bound: Bound = "exact"
    estimated: bool = False
    method: str = ""
    tolerance: Decimal | None = None
    source: str = ""
    worked_back_from: tuple[str, ...] = ()
    quality: Scores = ()
    uncertainty: Decimal | None = None
    evidence: tuple[str, ...] = ()
    replaces: str = ""
    recorded_by: str = ""

    @property
    def hash(self) -> str:
        """SHA-256 over everything that the entry says, as `canonical` spells its fields; an approval stores this."""
        return hashlib.sha256(_spelled(self).encode()).hexdigest()


def canonical(value: object) -> str:
    """One spelling of plain data (sorted keys, no spaces, everything else as text), to hash and to sign."""
    return _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)


def _spelled(of: Entry) -> str:
    """`canonical` of all that an entry says, piece by piece: a million entries are hashed when they are loaded, and again when read."""
    tolerance, uncertainty = ("null" if number is None else f'"{number}"' for number in (of.tolerance, of.uncertainty))
    return (
        f'{{"activity":{_text(of.activity)},"bound":"{of.bound}","estimated":{"true" if of.estimated else "false"},'
        f'"evidence":{_list(of.evidence)},"id":{_text(of.id)},"kind":"{of.kind}","labels":{_labels(of.labels)},'
        f'"method":{_text(of.method)},"period":{_days(of.period)},"quality":[{",".join(map(str, of.quality))}],'
        f'"recorded_by":{_text(of.recorded_by)},"replaces":{_text(of.replaces)},"site":{_text(of.site)},'
        f'"source":{_text(of.source)},"tolerance":{tolerance},"uncertainty":{uncertainty},"unit":{_text(of.unit)},'
        f'"value":"{of.value}","worked_back_from":{_list(of.worked_back_from)}}}'
    )


def _list(texts: tuple[str, ...]) -> str:
    return f"[{','.join(map(_text, texts))}]" if texts else "[]"


@lru_cache(maxsize=10_000)
def _labels(of: Labels) -> str:
    return canonical(of)


@lru_cache(maxsize=10_000)
def _days(of: Period) -> str:
    return f'{{"end":"{of.end}","start":"{of.start}"}}'
