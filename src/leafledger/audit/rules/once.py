"""What several checks need of a reading is worked out once."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from leafledger.audit.mention import Reading

T = TypeVar("T")


class _Held:
    """Lets a reading be a key by which it is, not by all that it holds: to hash that would take longer than the work."""

    __slots__ = ("reading",)

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def __hash__(self) -> int:
        return id(self.reading)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.reading is self.reading


def once(of: Callable[[Reading], T]) -> Callable[[Reading], T]:
    """Keep what was worked out of the last two readings: a report and the one before it."""

    @lru_cache(maxsize=2)
    def kept(held: _Held) -> T:
        return of(held.reading)

    @wraps(of)
    def known(reading: Reading) -> T:
        return kept(_Held(reading))

    return known
