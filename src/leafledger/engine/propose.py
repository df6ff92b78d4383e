"""What could stand where a factor is missing: the nearest of those there are, how each differs, and the row that would say so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from leafledger.core.definition import Factor, Library, Region
from leafledger.core.finding import Finding
from leafledger.core.labels import NONE, Labels, format_labels, parse_labels
from leafledger.core.period import Period
from leafledger.engine.choose import PROPOSED

Way = Literal["labels", "gwp", "year", "known"]
COST: dict[Way, int] = {"labels": 1000, "gwp": 30, "year": 3, "known": 1}
"""What it costs to differ: once for the GWP set and the day of publication, for each label and year else."""
ANY_LABEL, ANY_DAY = "any label", "any day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """A factor that is missing for cells of these labels, in this region, on these days. as_of: what may be known; gwp: of which set only."""

    name: str
    labels: Labels
    region: str
    period: Period
    as_of: date | None
    gwp: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """A factor of that name, in which ways it is not the one that is lacking, and how far off it is."""

    factor: Factor
    differs: tuple[Way, ...]
    cost: int


def lacking(finding: Finding) -> Lacking:
    """What a finding of the rule `factor.missing` says is not there."""
    values = {name: str(value) for name, value in finding.values.items()}
    return Lacking(
        name=values["name"],
        labels=NONE if values["labels"] == ANY_LABEL else parse_labels(values["labels"]),
        region=values["region"],
        period=Period.parse(values["period"]),
        as_of=None if values["as_of"] == ANY_DAY else date.fromisoformat(values["as_of"]),
        gwp=values.get("of_set", ""),
    )


def nearest(of: Lacking, library: Library, most: int = 3) -> tuple[Nearest, ...]:
    """Factors of that name that could stand in, nearest first, one of each region and labels; never one that is itself assumed.

    They are of the region or of a wider one: what holds in another country says nothing of this place.
    """
    here = {*_wider(of.region, library.regions)}
    found = [
        _compared(of, factor)
        for factor in library.factors.values()
        if factor.name == of.name and factor.region in here and not factor.assumed
    ]
    newest = sorted(found, key=lambda one: (one.factor.data_year or 0, one.factor.id), reverse=True)
    best: dict[object, Nearest] = {}
    for one in sorted(newest, key=lambda one: one.cost):
        best.setdefault((one.factor.region, one.factor.labels), one)
    return tuple(best.values())[:most]


def proposed(of: Lacking, near: Nearest, library: Library, days: Period, says: str) -> Factor:
    """The row that puts a near factor in the place of the one that is lacking, for these days, and says so. says: who took it, and when."""
    factor = near.factor
    asked = dict(of.labels)
    labels = tuple((split, asked[split]) for split, _ in factor.labels if split in asked)
    where = ".".join((of.name, of.region, *(member for _, member in labels), str(days)))
    id = _free(f"{PROPOSED}{where}".replace("/", "-"), library.factors)
    return replace(
        factor,
        id=id,
        region=of.region,
        labels=labels,
        valid_from=days.start,
        valid_to=days.end,
        published=None,
        data_year=None,
        publisher="",
        gwp_basis=of.gwp or factor.gwp_basis,
        verified="assumed",
        quality=(),
        uncertainty=None,
        reasoning=_reasoning(of, near, says),
        successor="",
        note="",
    )


def in_words(of: Lacking, near: Nearest) -> str:
    """How a near factor differs: `for other days (2022-01-01 to 2022-12-31)`."""
    factor = near.factor
    said: dict[Way, str] = {
        "labels": f"for {format_labels(factor.labels)}",
        "gwp": f"of another GWP set ({factor.gwp_basis or 'none'})",
        "year": f"for other days ({factor.valid_from or '…'} to {factor.valid_to or '…'})",
        "known": f"published after {of.as_of}, on {factor.published}",
    }
    return ", ".join(said[way] for way in near.differs) or "serves as well as another one"


def _reasoning(of: Lacking, near: Nearest, says: str) -> str:
    for_what = f"{of.name} for {format_labels(of.labels) or ANY_LABEL} in {of.region}"
    factor = near.factor
    called = f"{factor.id} ({factor.publisher}: {factor.title})" if factor.title else factor.id
    return (
        f"There is no factor {for_what} in {of.period}; the nearest stands in: {called}, {in_words(of, near)}. {says}"
    )


def _compared(of: Lacking, factor: Factor) -> Nearest:
    off: dict[Way, int] = {
        "labels": len(set(factor.labels) - set(of.labels)),
        "gwp": int(bool(of.gwp) and factor.gwp_basis != of.gwp),
        "year": _years_off(of.period, factor),
        "known": int(bool(of.as_of and factor.published and factor.published > of.as_of)),
    }
    differs = tuple(way for way, by in off.items() if by)
    return Nearest(factor=factor, differs=differs, cost=sum(COST[way] * by for way, by in off.items()))


def _wider(region: str, regions: Mapping[str, Region]) -> Iterator[str]:
    seen: set[str] = set()
    while region and region not in seen:
        seen.add(region)
        yield region
        region = regions[region].parent if region in regions else ""


def _years_off(period: Period, factor: Factor) -> int:
    """How many years lie between the days asked for and those it may serve, at least 1 where it does not serve all of them."""
    start, end = factor.valid_from or date.min, factor.valid_to or date.max
    if start <= period.start and period.end <= end:
        return 0
    return max(1, start.year - period.start.year, period.end.year - end.year)


def _free(id: str, taken: Mapping[str, Factor]) -> str:
    """The id, numbered where it is in use."""
    if id not in taken:
        return id
    return next(named for number in range(2, len(taken) + 3) if (named := f"{id}.{number}") not in taken)
