"""A bundle holds of a licensed set what its figures were computed with, comes out the same without the rest, and no other row."""

from pathlib import Path

from shop import released, shop

from leafledger.core.fact import Fact, FactorUse
from leafledger.core.finding import Finding
from leafledger.core.period import Period
from leafledger.engine.bundle.licensed import needed_by, only_needed
from leafledger.engine.bundle.unpack import unpacked
from leafledger.flow.verify import verify

BELOW = "content/company/factors/licensed/"
ROWS = """\
id,name,value,unit,region,successor
used,grid,0.5,kgCO2/kWh,CN,newer
newer,grid,0.4,kgCO2/kWh,SG,
world,heat,0.1,tCO2/GJ,WORLD,
here,heat,0.2,tCO2/GJ,US,
there,heat,0.3,tCO2/GJ,GB,
"""


def use(id: str, name: str, level: int = 0) -> FactorUse:
    return FactorUse(id=id, name=name, value=1, unit="t", region="CN", asked_region="CN", assumed=False, level=level)  # type: ignore[arg-type]


def fact(*uses: FactorUse, findings: tuple[Finding, ...] = ()) -> dict[str, Fact]:
    made = Fact(metric="ghg", period=Period.parse("2024"), value=None, unit="t", factors=uses, findings=findings)
    return {made.key: made}


def kept(facts: dict[str, Fact]) -> list[str]:
    files = only_needed(
        {f"{BELOW}set.csv": ROWS.encode(), "content/company/factors/own.csv": b"own"}, BELOW, needed_by(facts)
    )
    assert files["content/company/factors/own.csv"] == b"own"
    return [line.partition(",")[0] for line in files.get(f"{BELOW}set.csv", b"").decode().splitlines()[1:]]


def test_only_what_served_is_kept() -> None:
    assert kept(fact(use("used", "grid"))) == ["used"]
    assert kept(fact(use("own", "grid"))) == [], "a file of which nothing served is not there at all"


def test_a_successor_that_is_not_there_is_not_named() -> None:
    files = only_needed({f"{BELOW}set.csv": ROWS.encode()}, BELOW, needed_by(fact(use("used", "grid"))))
    assert b"newer" not in files[f"{BELOW}set.csv"]


def test_one_row_more_shows_that_a_factor_which_fell_back_is_local() -> None:
    assert kept(fact(use("world", "heat", level=2))) == ["world", "here"]
    assert kept(fact(use("world", "heat"))) == ["world"]


def test_what_holes_name_is_kept_so_that_they_say_the_same_again() -> None:
    unclear = Finding(rule="factor.unclear", template="", values={"first": "here", "second": "there"})
    assert kept(fact(findings=(unclear,))) == ["here", "there"]
    narrower = Finding(rule="factor.missing", template="", values={"name": "heat", "narrower": "GB, US"})
    assert kept(fact(findings=(narrower,))) == ["here", "there"]


def test_a_release_that_stands_on_a_licensed_set_verifies_without_the_rest_of_it(
    tmp_path: Path, sqlite_ledger: Path
) -> None:
    folder = shop(tmp_path)
    flour = folder / "factors" / "flour.csv"
    header, rye, wheat = flour.read_text("utf-8").splitlines()
    flour.write_text(f"{header}\n{rye}\n", encoding="utf-8")
    (folder / "factors" / "licensed").mkdir()
    unused = wheat.replace("flour-wheat", "flour-secret").replace("2021,Miller", "2020,Miller")
    (folder / "factors" / "licensed" / "set.csv").write_text(f"{header}\n{wheat}\n{unused}\n", encoding="utf-8")
    done = released(folder)
    inside = unpacked(done.path.read_bytes())
    assert b"flour-wheat" in inside[f"{BELOW}set.csv"] and b"flour-secret" not in inside[f"{BELOW}set.csv"]
    assert verify(done.path).findings == ()
