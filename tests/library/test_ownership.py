"""What company.yaml, series.csv and degree_days.csv say of boundaries and periods, and what is refused when they are read."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from leafledger.core.entry import Entry
from leafledger.core.finding import Refused
from leafledger.core.period import Period
from leafledger.library.company import read_company, read_series
from leafledger.library.doubles import same_day
from leafledger.library.load import LIBRARY, load

COMPANY = """
id: harbour
name: {zh-Hant: 港, zh-Hans: 港, en: Harbour}
legal_name: {zh-Hant: 港, zh-Hans: 港, en: Harbour}
sites:
  - id: yard
    title: {zh-Hant: 場, zh-Hans: 场, en: Yard}
    region: CN
    ownership:
OWNERSHIP
people: [{id: ana, name: Ana, roles: [recorder]}]
years: [{year: 2024, factors_as_of: 2025-03-31}]
"""


def block(equity: str = "60", since: str = "", until: str = "") -> str:
    days = "".join(f", {name}: {day}" for name, day in (("since", since), ("until", until)) if day)
    return f"      - {{equity: {equity}, operational_control: true, financial_control: true{days}}}"


def folder(at: Path, *blocks: str, more: str = "", **files: str) -> Path:
    (at / "company.yaml").write_text(COMPANY.replace("OWNERSHIP", "\n".join(blocks)) + more, encoding="utf-8")
    for name, text in files.items():
        (at / f"{name}.csv").write_text(text, encoding="utf-8")
    return at


def told(refused: pytest.ExceptionInfo[Refused]) -> str:
    return " ".join(str(finding) for finding in refused.value.findings)


def test_ownership_with_dates_is_read(tmp_path: Path) -> None:
    made = read_company(folder(tmp_path, block("40", until="2024-06-30"), block("60.5", since="2024-07-01")))
    assert [own.equity for own in made.sites[0].ownership] == [Decimal(40), Decimal("60.5")]


@pytest.mark.parametrize(
    ("blocks", "says"),
    [
        ([block(since="2024-01-01"), block(since="2024-06-30")], "before that from 2024-01-01 has ended"),
        ([block(), block(since="2024-06-30")], "before that from the beginning has ended"),
        ([block(since="2024-06-30", until="2024-06-29")], "before it begins on 2024-06-30"),
        ([block("100.1")], "equity is 100.1"),
        ([block("-1")], "equity is -1"),
    ],
)
def test_ownership_that_contradicts_itself_is_refused_with_its_line(
    tmp_path: Path, blocks: list[str], says: str
) -> None:
    with pytest.raises(Refused) as refused:
        read_company(folder(tmp_path, *blocks))
    assert says in told(refused)
    assert "company.yaml:" in told(refused)


@pytest.mark.parametrize("ends", ["03/31", "13-01", "2024-03-31"])
def test_a_year_ends_on_a_month_and_a_day(tmp_path: Path, ends: str) -> None:
    with pytest.raises(Refused) as refused:
        read_company(folder(tmp_path, block(), more=f'year_ends: "{ends}"\n'))
    assert "last month and day of a reporting year" in told(refused)


def test_degree_days_are_read_by_station_and_day_and_twice_is_refused(tmp_path: Path) -> None:
    rows = "station,day,degree_days\nsh,2024-01-01,14.2\nsh,2024-01-02,0\n"
    made = read_company(folder(tmp_path, block(), degree_days=rows))
    assert made.degree_days == {"sh": {date(2024, 1, 1): Decimal("14.2"), date(2024, 1, 2): Decimal(0)}}
    with pytest.raises(Refused) as refused:
        read_company(folder(tmp_path, block(), degree_days=rows + "sh,2024-01-02,3\nsh,2024-01-03,-1\n"))
    assert "already" in told(refused) and "at least 0" in told(refused)


def test_a_series_names_a_station_that_there_is_and_a_limit_above_0(tmp_path: Path) -> None:
    library = load(LIBRARY)
    head = "activity,site,labels,apportion,register_limit\n"
    rows = {"degree_days": "station,day,degree_days\nsh,2024-01-01,14.2\n"}
    at = folder(tmp_path, block(), **rows, series=head + "energy.electricity,yard,,sh,100000\n")
    (series,) = read_series(at, read_company(at), library)
    assert (series.apportion, series.register_limit) == ("sh", Decimal(100000))
    folder(at, block(), **rows, series=head + "energy.electricity,yard,,bj,0\n")
    with pytest.raises(Refused) as refused:
        read_series(at, read_company(at), library)
    assert "which has sh, not 'bj'" in told(refused) and "register_limit is 0" in told(refused)


def test_one_event_that_was_recorded_twice_is_a_warning() -> None:
    def spill(id: str, amount: str) -> Entry:
        of = {"activity": "energy.electricity", "site": "yard", "period": Period.parse("2024-03-15"), "unit": "kWh"}
        return Entry(id=id, value=Decimal(amount), **of)  # type: ignore[arg-type]

    found = list(same_day([spill("a", "12.34"), spill("b", "12.34"), spill("c", "5"), spill("d", "5")], load(LIBRARY)))
    assert [(str(one.place), one.severity) for one in found] == [("entry b", "warning")]
