"""Says which entries lie in no year that the company reports on, so that a slip in a year is not a missing bill."""

from collections.abc import Iterable, Iterator, Mapping

from leafledger.core.definition import Library
from leafledger.core.entry import Entry
from leafledger.core.finding import Finding, Place
from leafledger.core.labels import Labels
from leafledger.core.org import Company
from leafledger.core.period import Period, reporting_period

SeriesKey = tuple[str, str, Labels]


def outside_years(entries: Iterable[Entry], company: Company, library: Library) -> Iterator[Finding]:
    """A warning for what is recorded for days of no reporting year. After the last of them a stock or a ratio may be that of a target year.

    What a meter showed counts from one reading to the next, so the days of all its readings together are asked about.
    """
    entries = tuple(entries)
    shown = _shown(entries)
    years = [reporting_period(year.year, company.year_ends) for year in company.years]
    listed = ", ".join(str(year) for year in sorted(years))
    for entry in entries:
        activity = library.activities.get(entry.activity)
        days = _days(entry, shown)
        target = activity and activity.kind != "flow" and all(days.start > year.end for year in years)
        if activity and not target and not any(days.overlap(year) for year in years):
            template = "{period} lies in no reporting year ({years}), so no figure counts it; mend the period, or add the year to company.yaml"
            values = {"period": entry.period, "years": listed}
            yield Finding(
                rule="entries.year",
                template=template,
                values=values,
                place=Place(name=f"entry {entry.id[:60]}"),
                severity="warning",
            )


def _days(entry: Entry, shown: Mapping[SeriesKey, Period]) -> Period:
    return shown[_series(entry)] if entry.kind == "register" else entry.period


def _shown(entries: Iterable[Entry]) -> Mapping[SeriesKey, Period]:
    """From the first reading of each meter to its last."""
    shown: dict[SeriesKey, Period] = {}
    for entry in entries:
        if entry.kind == "register":
            first = shown.get(_series(entry), entry.period)
            shown[_series(entry)] = Period(min(first.start, entry.period.start), max(first.end, entry.period.end))
    return shown


def _series(entry: Entry) -> SeriesKey:
    return (entry.activity, entry.site, entry.labels)
