"""Holds what was used against what was generated, hour by hour, and beside it by day, month and year."""

from dataclasses import dataclass
from pathlib import Path

from leafledger.core.finding import Refused
from leafledger.engine.hours import Grain, Matched, by_month, match, unlike
from leafledger.library.hours import read_hours

GRAINS: tuple[Grain, ...] = ("hour", "day", "month", "year")


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchedHours:
    """By each grain over all of the time, and by the hour in each month."""

    grains: dict[Grain, Matched]
    months: dict[str, Matched]


def match_hours(used: Path, generated: Path) -> MatchedHours:
    """Refused where a file cannot be read, or where the two have not the same hours."""
    taken, made = read_hours(used), read_hours(generated)
    if wrong := unlike(taken, made):
        raise Refused(wrong)
    return MatchedHours(grains={grain: match(taken, made, grain) for grain in GRAINS}, months=by_month(taken, made))
