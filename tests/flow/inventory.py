"""A small company whose electricity is recorded and approved, for the commands about factors and quality."""

import re
from pathlib import Path

from scripts.pages.run import leaf

COMPANY = """\
id: harbour
name: {zh-Hant: 海港, zh-Hans: 海港, en: Harbour}
legal_name: {zh-Hant: 海港, zh-Hans: 海港, en: Harbour}
sites:
  - {id: works, title: {zh-Hant: 工廠, zh-Hans: 工厂, en: Works}, region: CN-SH}
  - {id: office, title: {zh-Hant: 辦公室, zh-Hans: 办公室, en: Office}, region: AE}
people:
  - {id: ana, name: Ana, roles: [recorder, approver, publisher]}
years:
  - {year: 2023, factors_as_of: 2025-12-31}
  - {year: 2024, factors_as_of: 2025-12-31}
self_reviewed: true
"""
ACTIVITIES = """\
- id: power
  title: {zh-Hant: 電, zh-Hans: 电, en: Power}
  unit: MWh
  kind: flow
  decimals: 1
"""
METRICS = """\
- id: smoke
  title: {zh-Hant: 煙, zh-Hans: 烟, en: Smoke}
  unit: tCO2
  kind: flow
  decimals: 1
  formula: each(power * factor.chimney)
"""
NAMES = """\
- id: chimney
  title: {zh-Hant: 煙囱因子, zh-Hans: 烟囱因子, en: Chimney factor}
  unit: tCO2/MWh
"""
FACTORS = """\
id,name,value,unit,region,valid_from,valid_to,published,data_year,publisher,title,gases,licence,source,verified,quality,uncertainty
chimney.east.2023,chimney,0.5,tCO2/MWh,CN-EAST,2023-01-01,,2024-06-30,2023,Sweep,"East, 2023",CO2,free,Sweep 1,seen,1;1;2;1;1,5
chimney.sg.2023,chimney,0.4,tCO2/MWh,SG,2023-01-01,,2024-06-30,2023,Sweep,"Singapore, 2023",CO2,free,Sweep 2,seen,1;1;2;1;1,5
chimney.ae.2022,chimney,0.4,tCO2/MWh,AE,2022-01-01,2022-12-31,2024-06-30,2022,Sweep,"Emirates, 2022",CO2,free,Sweep 3,seen,1;1;2;1;1,5
chimney.world.2015,chimney,0.5,tCO2/MWh,WORLD,2015-01-01,2015-12-31,2024-06-30,2015,Sweep,"World, 2015",CO2,free,Sweep 4,seen,1;1;2;1;1,5
"""
SERIES = "activity,site,labels,since,until,owner\npower,works,,,,ana\npower,office,,,,ana\n"
ENTRIES = """\
id,activity,site,labels,period,value,unit,quality,uncertainty
works-2023,power,works,,2023,1000,MWh,1;1;1;1;1,2
works-2024,power,works,,2024,1200,MWh,1;1;1;1;1,2
office-2023,power,office,,2023,100,MWh,3;2;1;1;1,
office-2024,power,office,,2024,100,MWh,3;2;1;1;1,
"""
FILES = {
    "company.yaml": COMPANY,
    "activities/own.yaml": ACTIVITIES,
    "metrics/own.yaml": METRICS,
    "factors/names.yaml": NAMES,
    "factors/own.csv": FACTORS,
    "series.csv": SERIES,
    "entries/all.csv": ENTRIES,
}


def harbour(folder: Path, **changed: str) -> Path:
    """The company in this folder, everything recorded and approved. The office, in AE, has no factor: a hole."""
    for name, text in FILES.items():
        write(folder, name, text)
    for name, text in changed.items():
        write(folder, name.replace("__", "/").replace("_", "."), text)
    told(folder, "load")
    told(folder, "approve", "--all")
    return folder


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def told(folder: Path, *words: str, status: int = 0) -> str:
    """What a command prints, with spaces as one."""
    done = leaf(*words, at=folder)
    assert done.status == status, done.shown
    return re.sub(r"[ \t]+", " ", done.shown)


def number(said: str, of: str = "no factor chimney") -> str:
    """Under which number `leaf holes` lists something."""
    found = re.search(rf"^ ?(\d+) {re.escape(of)}", said, re.M)
    assert found, said
    return found[1]
