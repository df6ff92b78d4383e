"""Where a company's ledger, reports and releases lie: all in one folder inside its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from leafledger.core.finding import Finding, Place, Refused
from leafledger.core.org import Company
from leafledger.library.company import read_company

PLACE = ".leaf"


def ledger_place(company_folder: Path) -> Path:
    return company_folder / PLACE


def site_place(company_folder: Path, year: int) -> Path:
    return ledger_place(company_folder) / "report" / str(year)


def draft_place(company_folder: Path, year: int) -> Path:
    """Where a draft goes when the year is released: what was released is not replaced by it."""
    return ledger_place(company_folder) / "report" / f"draft-{year}"


def release_place(company_folder: Path) -> Path:
    return ledger_place(company_folder) / "releases"


def reporting_year(company: Company, year: int = 0) -> int:
    """The year asked for, or the latest. Refused for a year that company.yaml does not list."""
    years = sorted(one.year for one in company.years)
    if not years or (year and year not in years):
        template = (
            "{year} is not a reporting year; company.yaml lists {years}: add it under years, with its factors_as_of"
        )
        listed = ", ".join(map(str, years)) or "none"
        values = {"year": year or "the latest year", "years": listed}
        raise Refused(Finding(rule="company.year", template=template, values=values, place=Place(name="company.yaml")))
    return year or years[-1]


def reporting_years(company_folder: Path, years: Iterable[int] | None) -> list[int] | None:
    """The years asked for, or None for all. Refused at the first that company.yaml does not list."""
    if years is None:
        return None
    company = read_company(company_folder)
    return [reporting_year(company, year) for year in years]


def report_site(company_folder: Path, year: int = 0, *, draft: bool = False) -> Path:
    """The site of a year: as it was released, or as `leaf report` wrote it last. Refused when it has not been written yet.

    draft: what was written after the release, if anything was.
    """
    year = reporting_year(read_company(company_folder), year)
    site = site_place(company_folder, year)
    if draft and (draft_place(company_folder, year) / "index.html").is_file():
        return draft_place(company_folder, year)
    if not (site / "index.html").is_file():
        template = "there is no report for {year} yet; write it with `leaf report --company {folder}`"
        values = {"year": year, "folder": company_folder}
        raise Refused(
            Finding(
                rule="report.missing", template=template, values=values, place=Place(name=company_folder.resolve().name)
            )
        )
    return site


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What a browser is shown: a report, or without one a data center's page. planned: the data centers that have a page, below `plans`."""

    site: Path
    report: bool
    plans: Path
    planned: tuple[str, ...]


def served(company_folder: Path, year: int = 0, *, draft: bool = False) -> Served:
    """The report of a year and the pages of data centers. Refused where there is neither."""
    plans = ledger_place(company_folder) / "plan"
    planned = tuple(sorted(page.parents[1].name for page in plans.glob("*/page/index.html")))
    try:
        return Served(site=report_site(company_folder, year, draft=draft), report=True, plans=plans, planned=planned)
    except Refused:
        if not planned or year:
            raise
        return Served(site=plans / planned[0] / "page", report=False, plans=plans, planned=planned)
