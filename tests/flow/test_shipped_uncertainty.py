"""A small company that burns fuel has a range from what is shipped: IPCC prints one, and what is so by definition is certain."""

from pathlib import Path

from inventory import COMPANY, told, write

METHODS = """\
methods:
  ghg.scope1.fuel: ghg.combustion_ipcc
  ghg.scope1.fuel_co2: ghg.combustion_ipcc_co2
"""
SCREENING = """\
- source: ghg.scope1.process
  standing: not_relevant
  reason: {zh-Hant: 沒有, zh-Hans: 没有, en: None}
- source: ghg.scope1.fugitive
  standing: not_relevant
  reason: {zh-Hant: 沒有, zh-Hans: 没有, en: None}
"""
SERIES = "activity,site,labels,since,until,owner\nfuel.mass,office,fuel=diesel;use=road,,,ana\n"
ENTRIES = """\
id,activity,site,labels,period,value,unit,uncertainty
diesel,fuel.mass,office,fuel=diesel;use=road,2024,10,t,2
"""


def test_scope_1_has_a_range_and_says_of_how_much(tmp_path: Path) -> None:
    write(tmp_path, "company.yaml", COMPANY + METHODS)
    write(tmp_path, "screening.yaml", SCREENING)
    write(tmp_path, "series.csv", SERIES)
    write(tmp_path, "entries/all.csv", ENTRIES)
    told(tmp_path, "load")
    told(tmp_path, "approve", "--all")
    said = told(tmp_path, "uncertainty", "ghg.scope1@2024")
    assert "error propagation" in said and "Monte Carlo" in said
    assert "98.4 % of the amount has one (100 % of what was recorded" in said
    assert "ipcc-2006.combustion_co2.diesel (WORLD) ± 2 % as stated" in said
    unknown = said.partition("Of unknown uncertainty")[2]
    assert "gwp.N2O" in unknown and "gwp-co2" not in unknown
