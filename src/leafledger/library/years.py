"""Says which entries lie in no year that the company reports on, so that a slip in a year is not a missing bill."""

from collections.abc import Iterable, Iterator

from leafledger.core.definition import Library
from leafledger.core.entry import Entry
from leafledger.core.finding import Finding, Place
from leafledger.core.org import Company
from leafledger.core.period import reporting_period


def outside_years(entries: Iterable[Entry], company: Company, library: Library) -> Iterator[Finding]:
    """A warning for each flow recorded for days of no reporting year. A stock or a ratio may be that of a target year."""
    years = [reporting_period(year.year, company.year_ends) for year in company.years]
    listed = ", ".join(str(year) for year in sorted(years))
    for entry in entries:
        activity = library.activities.get(entry.activity)
        if activity and activity.kind == "flow" and not any(entry.period.overlap(year) for year in years):
            template = "{period} lies in no reporting year ({years}), so no figure counts it; mend the period, or add the year to company.yaml"
            values = {"period": entry.period, "years": listed}
            yield Finding(
                rule="entries.year",
                template=template,
                values=values,
                place=Place(name=f"entry {entry.id[:60]}"),
                severity="warning",
            )
