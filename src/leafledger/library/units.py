"""Units: each name is proven once to be a scale times known dimensions, exactly."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import cast

import pint

from leafledger.library.unit_hints import hint

UNITS_FILE = Path(__file__).with_name("units.txt")
_FILE = ContextVar("units", default=UNITS_FILE)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*( ?[*/] ?[A-Za-z_][A-Za-z0-9_]*)*")
_DEFINED = re.compile(r"([A-Za-z_]\w*) = ")
Dimensions = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `scale` root units of `dimensions`, such as MWh = 3.6e9 of mass·length²·time⁻²."""

    scale: Fraction
    dimensions: Dimensions

    def __mul__(self, other: "Unit") -> "Unit":
        return Unit(self.scale * other.scale, _add(self.dimensions, other.dimensions, 1))

    def __truediv__(self, other: "Unit") -> "Unit":
        return Unit(self.scale / other.scale, _add(self.dimensions, other.dimensions, -1))


ONE = Unit(Fraction(1), ())


class UnknownUnit(ValueError):
    """The name is not a unit that `units.txt` knows; the message says what may have been meant."""


@contextmanager
def units_of(file: Path) -> Iterator[None]:
    """Within the block units are those of another file: a bundle is computed with the units it was released with."""
    token = _FILE.set(file)
    try:
        yield
    finally:
        _FILE.reset(token)


def unit(name: str) -> Unit:
    """The unit called `name`: one name of `units.txt`, or several with `*` and `/`. UnknownUnit otherwise."""
    return _unit(name, _FILE.get())


@cache
def _unit(name: str, file: Path) -> Unit:
    if not _NAME.fullmatch(name) or len(name) > 60:
        raise _unknown(name, file)
    result = ONE
    for sign, part in re.findall(r"([*/]?)\s*([A-Za-z_]\w*)", name):
        result = result / _single(part, file) if sign == "/" else result * _single(part, file)
    return result


def factor_between(given: str, wanted: str) -> Fraction:
    """How many `wanted` one `given` is. ValueError when they do not measure the same thing."""
    have, want = unit(given), unit(wanted)
    if have.dimensions != want.dimensions:
        raise ValueError(f"{given!r} cannot be turned into {wanted!r}: they do not measure the same thing")
    return have.scale / want.scale


def same_kind(name: str) -> tuple[str, ...]:
    """The single units that measure what `name` measures, in the order of `units.txt`."""
    file = _FILE.get()
    wanted = _unit(name, file).dimensions
    return tuple(one for one in _names(file) if _single(one, file).dimensions == wanted)


@cache
def _registry(file: Path) -> "pint.UnitRegistry[Fraction]":
    return pint.UnitRegistry(str(file), non_int_type=Fraction, cache_folder=None)


@cache
def _single(name: str, file: Path) -> Unit:
    registry = _registry(file)
    if name not in registry._units:
        raise _unknown(name, file)
    try:
        scale, roots = registry.get_root_units(name)
    except pint.UndefinedUnitError:  # it is defined by another that is not there
        raise _unknown(name, file) from None
    dimensions = sorted((str(root), _whole(power)) for root, power in roots._units.items())
    return Unit(Fraction(cast(Fraction, scale)), tuple(dimensions))


def _unknown(name: str, file: Path) -> UnknownUnit:
    return UnknownUnit(f"{name[:60]!r} is not a unit; {hint(name, _names(file))}")


@cache
def _names(file: Path) -> tuple[str, ...]:
    """The names that the file defines, in its order."""
    return tuple(match[1] for line in file.read_text("utf-8").splitlines() if (match := _DEFINED.match(line)))


def _whole(power: object) -> int:
    whole = int(power)  # type: ignore[call-overload]
    if whole != power:
        raise UnknownUnit("a unit may only have whole powers")
    return int(whole)


def _add(left: Dimensions, right: Dimensions, sign: int) -> Dimensions:
    powers = dict(left)
    for name, power in right:
        powers[name] = powers.get(name, 0) + sign * power
    return tuple(sorted((name, power) for name, power in powers.items() if power))
