"""Stretches of days: how they are written, compared and intersected."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

FORMS = "2025, 2025-Q1, 2025-03, 2025-03-15, 2025-01/2025-03 or 2025-01-05/2025-02-04"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `start` to `end`, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read `2024`, `2024-Q1`, `2024-03`, `2024-03-15`, or two of these with `/` between. ValueError otherwise."""
        first, slash, last = text.strip().partition("/")
        try:
            start, end = _days(first.strip()), _days(last.strip() if slash else first.strip())
        except _NotDays:
            raise ValueError(f"{text.strip()[:40]!r} is not a period; write it as {FORMS}") from None
        return cls(start[0], end[1])

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def within(self, other: "Period") -> bool:
        return other.start <= self.start and self.end <= other.end

    def overlap(self, other: "Period") -> "Period | None":
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Period(start, end) if start <= end else None

    def __str__(self) -> str:
        """The shortest spelling that `parse` reads back."""
        return _spelled(self)


@lru_cache(maxsize=4096)
def _spelled(period: Period) -> str:
    year, month = period.start.year, period.start.month
    months = f"{year}-{month:02d}/{period.end.year}-{period.end.month:02d}"
    for text in (f"{year}", f"{year}-Q{(month + 2) // 3}", f"{year}-{month:02d}", f"{period.start}", months):
        if Period.parse(text) == period:
            return text
    return f"{period.start}/{period.end}"


@lru_cache(maxsize=4096)
def reporting_period(year: int, ends: str = "12-31") -> Period:
    """The days of a reporting year: those until the month and day `ends` of that year. A day that a month lacks is its last one."""
    if ends == "12-31":
        return Period(date(year, 1, 1), date(year, 12, 31))
    return Period(_last_day(year - 1, ends) + timedelta(days=1), _last_day(year, ends))


def reporting_year(day: date, ends: str = "12-31") -> int:
    """In which reporting year a day lies."""
    return day.year + (day > _last_day(day.year, ends))


def meant(period: Period, ends: str = "12-31") -> Period:
    """The days that a year by itself stands for where people name a figure: those of the reporting year."""
    whole = period == Period(date(period.end.year, 1, 1), date(period.end.year, 12, 31))
    return reporting_period(period.end.year, ends) if whole else period


def year_name(year: int, ends: str = "12-31") -> str:
    """`2024`; `2023/24` for a reporting year that begins in the year before."""
    return str(year) if ends == "12-31" else f"{year - 1}/{year % 100:02d}"


def _last_day(year: int, ends: str) -> date:
    month, day = (int(part) for part in ends.split("-"))
    return min(_month_end(year, month), date(year, month, 1) + timedelta(days=day - 1))


def covered_days(parts: list[Period]) -> int:
    """How many different days the parts cover together."""
    days, reached = 0, date.min
    for part in sorted(parts):
        start = max(part.start, reached)
        if part.end >= start:
            days += (part.end - start).days + 1
            reached = part.end + timedelta(days=1)
    return days


def uncovered(parts: list[Period], days: Period) -> list[Period]:
    """The days that no part covers, as stretches."""
    found, reached = [], days.start
    for part in sorted(part for part in parts if part.overlap(days)):
        if part.start > reached:
            found.append(Period(reached, part.start - timedelta(days=1)))
        if part.end >= days.end:
            return found
        reached = max(reached, part.end + timedelta(days=1))
    return [*found, Period(reached, days.end)]


class _NotDays(Exception):
    """Not written like a year, a quarter, a month or a day."""


def _days(text: str) -> tuple[date, date]:
    """The first and the last day of a year, a quarter, a month or a day. ValueError for a day that no calendar has."""
    if re.fullmatch(r"[0-9]{4}", text) and text != "0000":
        return date(int(text), 1, 1), date(int(text), 12, 31)
    if match := re.fullmatch(r"([0-9]{4})-Q([1-4])", text):
        year, last_month = int(match[1]), int(match[2]) * 3
        return date(year, last_month - 2, 1), _month_end(year, last_month)
    if re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text):
        year, month = int(text[:4]), int(text[5:])
        return date(year, month, 1), _month_end(year, month)
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise _NotDays
    day = parse_date(text)
    return day, day


def parse_date(text: str) -> date:
    """Read `2024-03-15`. ValueError says what was found instead."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip()):
        raise ValueError(f"{text[:40]!r} is not a date such as 2024-03-15")
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{text.strip()!r} is not a day of the calendar") from None


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
