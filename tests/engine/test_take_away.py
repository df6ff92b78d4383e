"""Take anything away from the reference issuer: what used it becomes a named hole or incomplete, nothing becomes 0, nothing else moves."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from issuer import facts, facts_of, issuer
from leafledger.core.entry import Entry
from leafledger.core.fact import FactSet
from leafledger.core.finding import Place, Refused
from leafledger.library.entries import check_entries
from leafledger.library.load import LIBRARY, load
from leafledger.library.sound import unsound
from leafledger.library.units import UNITS_FILE, units_of

YEARS = [2022, 2023, 2024]
SHIPPED = load(LIBRARY)

IDS = {key: fact.id for key, fact in facts().items()}


def moved(now: FactSet, used: set[str], year: int) -> Iterator[str]:
    """What is wrong about the facts of a year after the entries `used` were taken away; nothing, where all is well."""
    for key, before in facts().items():
        if before.period.start.year != year:
            continue
        after = now.get(key)
        if after is None:
            yield f"{key} is gone"
        elif not used.intersection(before.entries):
            if after.id != IDS[key]:
                yield f"{key} moved, and did not use it"
        elif after.status == "figure":
            yield f"{key} is still {after.value}, and used it"
        elif not any(";" in finding.message for finding in after.findings):
            yield f"{key} does not say what to do"


def in_year(year: int) -> list[Entry]:
    return [entry for entry in issuer().entries if entry.period.end.year == year]


@pytest.mark.parametrize("year", YEARS)
def test_taking_away_an_entry(year: int) -> None:
    for gone in in_year(year):
        kept = tuple(entry for entry in issuer().entries if entry is not gone)
        now = facts_of(replace(issuer(), entries=kept), [year])
        assert list(moved(now, {gone.id}, year)) == [], gone.id


@pytest.mark.parametrize("year", YEARS)
def test_taking_away_a_label(year: int) -> None:
    for unlabelled in [entry for entry in in_year(year) if entry.labels]:
        changed = tuple(replace(e, labels=()) if e is unlabelled else e for e in issuer().entries)
        now = facts_of(replace(issuer(), entries=changed), [year])
        beside = {
            e.id for e in in_year(year) if (e.activity, e.site, e.labels) == (unlabelled.activity, unlabelled.site, ())
        }
        assert list(moved(now, {unlabelled.id, *beside}, year)) == [], unlabelled.id


def test_taking_away_a_series() -> None:
    for gone in issuer().series:
        kept = tuple(series for series in issuer().series if series is not gone)
        of_series = {e.id for e in in_year(2024) if (e.activity, e.site, e.labels) == gone.key}
        now = facts_of(replace(issuer(), series=kept), [2024])
        assert list(moved(now, of_series, 2024)) == [], gone.key


def test_taking_away_a_factor() -> None:
    used = {use.id: use.name for fact in facts().values() for use in fact.factors}
    assert len(used) >= 10
    for id, name in used.items():
        kept = {other: factor for other, factor in issuer().library.factors.items() if other != id}
        library = replace(issuer().library, factors=kept)
        if succeeded_by(id):  # nobody can tell any more whether the edition before was the newest that was known
            assert any(f"unknown factor {id!r}" in finding.message for finding in unsound(library)), id
            continue
        now = facts_of(replace(issuer(), library=library))
        used_it, others = uses_factor(id), served_otherwise(now, id)
        for key in facts():
            if key in used_it:
                assert now[key].status == "hole" or key in others, f"{key} without {id}"
                said = any(name in finding.message or id in finding.message for finding in now[key].findings)
                assert said or now[key].status != "hole", key
            else:
                assert now[key].id == IDS[key], f"{key} without {id}"


def test_taking_away_the_unit_of_an_entry() -> None:
    for gone in in_year(2024):
        without = (replace(gone, unit=""), Place(name="entries.csv", line=2))
        (said,) = check_entries([without], issuer().series, issuer().library)
        assert said.severity == "error" and "'' is not a unit" in said.message, gone.id


@pytest.mark.parametrize("unit", ["MWh", "person", "percent", "tCO2e"])
def test_taking_away_a_unit_refuses_each_definition_in_it_by_name(unit: str, tmp_path: Path) -> None:
    text = UNITS_FILE.read_text(encoding="utf-8")
    without = tmp_path / "units.txt"
    without.write_text(re.sub(rf"^{unit} = .*$", "", text, flags=re.M), encoding="utf-8")
    named = [one for one in (*SHIPPED.activities.values(), *SHIPPED.metrics.values()) if one.unit == unit]
    with units_of(without), pytest.raises(Refused) as refused:
        load(LIBRARY)
    told = {finding.place: finding.message for finding in refused.value.findings}
    assert named and all(f"{unit!r} is not a unit" in told[one.place] for one in named)


def succeeded_by(id: str) -> list[str]:
    """Editions that name this one as the next."""
    return [factor.id for factor in issuer().library.factors.values() if factor.successor == id]


def uses_factor(id: str) -> set[str]:
    """Every figure that the factor served, through others too."""
    return above({key for key, fact in facts().items() if id in {use.id for use in fact.factors}})


def served_otherwise(now: FactSet, id: str) -> set[str]:
    """Every figure that another factor serves openly in its place, as its formula lets it, through others too."""
    before = {key: {use.id for use in fact.factors} for key, fact in facts().items()}
    return above({key for key in before if id in before[key] and {use.id for use in now[key].factors} - before[key]})


def above(served: set[str]) -> set[str]:
    while more := {key for key, fact in facts().items() if served.intersection(fact.inputs)} - served:
        served |= more
    return served


def test_taking_away_every_entry_leaves_holes_and_no_zero() -> None:
    nothing = facts_of(replace(issuer(), entries=()), YEARS)
    assert {fact.status for fact in nothing.values()} == {"hole"}
    assert all(fact.findings for fact in nothing.values())


def test_a_fact_is_a_hole_for_each_reason_at_once() -> None:
    gone = {"energy-petrol-2024", "energy-electricity-2024", "revenue-2024"}
    kept = tuple(entry for entry in issuer().entries if entry.id not in gone)
    told = " ".join(
        f.message for f in facts_of(replace(issuer(), entries=kept), [2024])["energy.intensity@2024"].findings
    )
    assert all(
        name in told
        for name in ("energy.fuel cn-mainland fuel=petrol", "energy.electricity cn-mainland", "economy.revenue")
    )
