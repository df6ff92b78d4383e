"""A small company folder in words, and the problems that reading it tells."""

from collections.abc import Callable
from pathlib import Path

from leafledger.core.finding import Refused

TITLE = "{zh-Hant: 名, zh-Hans: 名, en: Name}"

COMPANY = f"""\
id: harbour
name: {TITLE}
legal_name: {TITLE}
sites:
  - {{id: works, title: {TITLE}, region: CN}}
people:
  - {{id: ana, name: Ana, roles: [recorder]}}
years:
  - {{year: 2024, factors_as_of: 2025-04-30}}
standards: [gri-2021]
"""
SERIES = """\
activity,site,labels,since,until,owner
energy.electricity,works,,,,ana
energy.fuel,works,fuel=petrol,,,ana
"""
ENTRIES = """\
id,activity,site,labels,period,value,unit,kind
power-2024,energy.electricity,works,,2024,1200.5,MWh,
petrol-2024,energy.fuel,works,fuel=petrol,2024,30,MWh,
"""


def write(folder: Path, **files: str) -> Path:
    """Write files into a folder: `metrics__own_yaml` is metrics/own.yaml."""
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def harbour(folder: Path, **changed: str) -> Path:
    """The folder of a small company that has nothing wrong with it but what is changed."""
    return write(folder, **{"company_yaml": COMPANY, "series_csv": SERIES, "entries__all_csv": ENTRIES} | changed)


def problems(act: Callable[[], object]) -> list[str]:
    """What an act is refused for, as people read it; nothing when it is not refused."""
    try:
        act()
    except Refused as refused:
        return [f"{finding.place}: {finding.message}" for finding in refused.findings]
    return []
