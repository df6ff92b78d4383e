"""A run of equal time steps, and what the calendar of a place says of each."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Clock:
    """`steps` steps of `minutes` minutes from `start` (an instant with its zone); `zone` is where the calendar is read."""

    start: datetime
    minutes: int
    steps: int
    zone: str

    def __post_init__(self) -> None:
        if self.start.tzinfo is None:
            raise ValueError(f"the start {self.start} names no time zone, so the hours of a tariff cannot be told")
        if self.minutes <= 0 or 60 % self.minutes or self.steps < 0:
            raise ValueError(f"steps of {self.minutes} minutes do not divide an hour; use 60, 30, 15, 10, 5 or 1")

    @property
    def hours(self) -> float:
        """The length of a step."""
        return self.minutes / 60

    def at(self, step: int) -> datetime:
        """The local time at which a step begins."""
        return (self.start.astimezone(UTC) + step * timedelta(minutes=self.minutes)).astimezone(ZoneInfo(self.zone))

    @cached_property
    def local(self) -> tuple[datetime, ...]:
        """The local time at which each step begins, across any change to or from daylight saving."""
        first, step, zone = self.start.astimezone(UTC), timedelta(minutes=self.minutes), ZoneInfo(self.zone)
        return tuple((first + n * step).astimezone(zone) for n in range(self.steps))

    @cached_property
    def months(self) -> Ints:
        """For each step its month, as year × 12 + month - 1."""
        return np.array([at.year * 12 + at.month - 1 for at in self.local], dtype=np.int64)

    @cached_property
    def hour_of_day(self) -> Ints:
        return np.array([at.hour for at in self.local], dtype=np.int64)

    @cached_property
    def days(self) -> tuple[date, ...]:
        return tuple(at.date() for at in self.local)

    def part(self, first: int, steps: int) -> "Clock":
        """The clock of a stretch of these steps."""
        start = self.start.astimezone(UTC) + first * timedelta(minutes=self.minutes)
        return Clock(start=start, minutes=self.minutes, steps=steps, zone=self.zone)


def month_name(month: int) -> str:
    """`2025-07` for the number that Clock.months gives."""
    return f"{month // 12}-{month % 12 + 1:02d}"
