"""Facts as plain data and back, with nothing lost: for closed years and bundles, whose figures must never move."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar, get_args

from leafledger.core.entry import Bound, canonical
from leafledger.core.fact import Fact, FactorUse, FactSet, Step
from leafledger.core.finding import Finding, Place, Severity
from leafledger.core.labels import Labels
from leafledger.core.period import Period

MOST_DIGITS = 200
T = TypeVar("T")
Read = Callable[[Any], Any]


def facts_to_json(facts: FactSet) -> dict[str, Any]:
    """Data that `canonical` always writes as the same bytes. What a field has by default is left out; values of findings become text."""
    return {key: _plain(facts[key]) for key in sorted(facts)}


def hash_of_fact(fact: Fact) -> str:
    """SHA-256 over all that is kept of a fact, each step and finding too: two facts with one hash are the same in every field."""
    return hashlib.sha256(canonical(_plain(fact)).encode()).hexdigest()


def facts_from_json(data: object) -> FactSet:
    """The facts again. ValueError, naming the fact, where the data say something that no fact could."""
    facts: FactSet = {}
    for key, said in _pairs(data).items():
        try:
            fact = _made(Fact, said, FACT)
        except (ValueError, TypeError) as error:
            raise ValueError(f"{key}: {error}") from None
        if fact.key != key:
            raise ValueError(f"{key}: the data are those of {fact.key}")
        facts[key] = fact
    return facts


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, Period):
        return {
            field.name: _plain(held)
            for field in fields(value)
            if not _default(field, held := getattr(value, field.name))
        }
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): str(one) for key, one in value.items()}
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)


def _default(field: Any, held: object) -> bool:
    """Is it what the field has by default, spelled the same? (-0 and 0.00 equal 0, and are spelled otherwise.)"""
    default = field.default_factory() if field.default_factory is not MISSING else field.default
    return held == default and str(held) == str(default)


def _made(noun: type[T], said: object, read: Mapping[str, Read]) -> T:
    pairs = _pairs(said)
    if unknown := sorted(set(pairs) - set(read)):
        raise ValueError(f"a {noun.__name__.lower()} has no {unknown[0]!r}")
    return noun(**{name: read[name](value) for name, value in pairs.items()})


def _pairs(data: object) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise ValueError(f"pairs of a name and a value are expected, not {str(data)[:40]!r}")
    return data


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"a text is expected, not {str(value)[:40]!r}")
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"a whole number is expected, not {str(value)[:40]!r}")
    return value


def _yes(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"true or false is expected, not {str(value)[:40]!r}")
    return value


def _number(value: object) -> Decimal:
    text = _text(value)
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text[:40]!r} is not a number") from None
    if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS or len(text) > MOST_DIGITS:
        raise ValueError(f"{text[:40]!r} is not a number that a figure can have")
    return number


def _one_of(*words: str) -> Read:
    def read(value: object) -> str:
        if value not in words:
            raise ValueError(f"{str(value)[:40]!r} is not one of {', '.join(words)}")
        return str(value)

    return read


def _maybe(read: Read) -> Read:
    return lambda value: None if value is None else read(value)


def _tuple(read: Read) -> Read:
    def each(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise ValueError(f"a list is expected, not {str(value)[:40]!r}")
        return tuple(read(one) for one in value)

    return each


def _labels(value: object) -> Labels:
    return tuple((key, member) for key, member in _tuple(_tuple(_text))(value))


def _noun(noun: type[T], read: Mapping[str, Read]) -> Callable[[object], T]:
    return lambda said: _made(noun, said, read)


def _same(value: Any) -> Any:
    return {str(key): _text(one) for key, one in _pairs(value).items()}


PLACE: dict[str, Read] = {"name": _text, "line": _maybe(_whole)}
FINDING: dict[str, Read] = {
    "rule": _text,
    "template": _text,
    "values": _same,
    "place": _maybe(_noun(Place, PLACE)),
    "severity": _one_of(*get_args(Severity)),
}
STEP: dict[str, Read] = {
    "depth": _whole,
    "what": _text,
    "value": _text,
    "unit": _text,
    "note": _text,
    "fact_id": _text,
    "entries": _tuple(_text),
    "factor": _text,
}
FACTOR: dict[str, Read] = {
    "id": _text,
    "name": _text,
    "value": _number,
    "unit": _text,
    "region": _text,
    "asked_region": _text,
    "assumed": _yes,
    "level": _whole,
    "gwp_basis": _text,
    "quality": _tuple(_whole),
    "uncertainty": _maybe(_number),
}
FACT: dict[str, Read] = {
    "metric": _text,
    "labels": _labels,
    "period": lambda value: Period.parse(_text(value)),
    "value": _maybe(_number),
    "unit": _text,
    "low": _maybe(_number),
    "high": _maybe(_number),
    "bound": _one_of(*get_args(Bound)),
    "coverage": _number,
    "estimated_share": _number,
    "approach": _text,
    "gwp": _text,
    "activity_quality": _tuple(_number),
    "factor_quality": _tuple(_number),
    "activity_scored": _maybe(_number),
    "factor_scored": _maybe(_number),
    "primary_share": _maybe(_number),
    "formula": _text,
    "factors": _tuple(_noun(FactorUse, FACTOR)),
    "inputs": _tuple(_text),
    "entries": _tuple(_text),
    "entry_hashes": _text,
    "steps": _tuple(_noun(Step, STEP)),
    "findings": _tuple(_noun(Finding, FINDING)),
    "reviewed": _yes,
}
