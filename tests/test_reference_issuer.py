"""The reference issuer: every figure it printed beside ours, how we have each, and why a few differ."""

import time
from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from issuer import FOLDER, ROOT, facts, facts_of, issuer, tied_of
from leafledger.core.fact import FactorUse
from leafledger.core.quantity import rounded
from leafledger.core.text import LANGUAGES
from leafledger.engine.tie_out import problems
from leafledger.engine.tie_table import markdown

AGREES = {"agrees", "agrees within its parts"}
SWAPPED = {"gender=male": "12.8", "gender=female": "10.8", "level=management": "17.9", "level=non_management": "11.8"}
EXPLAINED = {
    *(f"training.hours_per_head@2024[{labels}]" for labels in SWAPPED),
    "training.share@2024",
    "training.people@2024",
}
ENTRIES = {entry.id: entry for entry in issuer().entries}
TIED = {one.published.id: one for one in tied_of(issuer())}


def rows(*metrics: str, kind: str = "table") -> list[str]:
    """The ids of printed figures of these metrics."""
    return [id for id, one in TIED.items() if one.published.metric in metrics and one.published.kind == kind]


def test_every_one_of_the_425_printed_figures_stands_in_published_csv() -> None:
    stems = [id.partition(".")[0] for id in TIED]
    assert sorted(set(stems)) == [f"S{number:03}" for number in range(1, 426)]
    assert {id: count for id, count in Counter(stems).items() if count > 1} == {"S420": 2, "S421": 2, "S422": 2}, (
        "a printed range, such as 3–5 %, is two figures"
    )


def test_all_291_figures_of_tables_are_classified() -> None:
    tables = [one for one in TIED.values() if one.published.kind == "table"]
    assert len(tables) == 291
    assert (
        len({one.published.key for one in tables}) == 213
    )  # full-time employees are our employees: one figure, listed as two
    assert Counter(one.how for one in tables) == {"stated": 114, "derived": 99, "reconstructed": 78}
    assert Counter(one.compares for one in tables) == {
        "agrees": 266,
        "agrees within its parts": 17,
        "differs": 6,
        "absent in print": 2,
    }


def test_no_difference_is_unexplained_and_no_explanation_is_idle() -> None:
    assert problems(TIED.values(), issuer().differences) == ()
    assert {one.published.key for one in TIED.values() if one.compares == "differs"} == EXPLAINED


@pytest.mark.parametrize("labels", SWAPPED)
def test_the_swapped_training_hours_differ_where_they_were_swapped_and_agree_in_the_chapter(labels: str) -> None:
    cells = [TIED[id] for id in rows("training.hours_per_head") if TIED[id].published.key.endswith(f"@2024[{labels}]")]
    appendix = next(one for one in cells if "附錄" in one.published.where)
    chapter = next(one for one in cells if "3.3" in one.published.where)
    assert (appendix.compares, chapter.compares) == ("differs", "agrees")
    assert rounded(appendix.value or Decimal(0), 1) == Decimal(SWAPPED[labels])
    assert set(appendix.reason) == set(LANGUAGES)


def test_the_share_trained_is_what_its_parts_add_up_to_not_the_printed_one_above_both() -> None:
    (printed,) = {TIED[id].published.value for id in rows("training.share") if TIED[id].published.key.endswith("@2024")}
    share = facts()["training.share@2024"]
    parts = [facts()[f"training.share@2024[gender={gender}]"].value or Decimal(0) for gender in ("male", "female")]
    assert printed == 89 and max(parts) < printed
    assert min(parts) < (share.value or 0) < max(parts)
    assert [finding.rule for finding in share.findings] == ["control.differs"]


def test_the_method_of_the_share_trained_changed_and_the_formula_is_dated() -> None:
    formulas = {year: facts()[f"training.share@{year}[gender=male]"].formula for year in (2022, 2023, 2024)}
    assert formulas[2022] == formulas[2024] == "training.people / people.employees"
    assert formulas[2023] == "training.people / total(training.people)"
    changed = next(f for f in issuer().library.metrics["training.share"].formulas if f.since)
    assert set(changed.note) == set(LANGUAGES)


@pytest.mark.parametrize(("year", "printed"), [(2022, "169.6"), (2023, "227.3"), (2024, "222.4")])
def test_scope_1_comes_from_fuel_alone(year: int, printed: str) -> None:
    scope1 = facts()[f"ghg.scope1@{year}"]
    assert rounded(scope1.value or Decimal(0), 1) == Decimal(printed)
    assert {ENTRIES[id].activity for id in scope1.entries} == {"energy.fuel"}
    assert not any(ENTRIES[id].worked_back_from or ENTRIES[id].estimated for id in scope1.entries)
    fuel = facts()[f"ghg.combustion_ndrc@{year}"]
    assert {use.name for use in fuel.factors} == {"carbon_content", "oxidation", "gwp_co2"}


@pytest.mark.parametrize(
    "metric",
    [
        "ghg.scope1", "ghg.scope1_2", "ghg.intensity", "energy.total", "energy.direct", "energy.indirect", "energy.intensity",
        "water.intensity", "wastewater.discharge", "wastewater.intensity", "materials.packaging_intensity",
        "waste.non_hazardous_intensity", "suppliers.pledges_share", "suppliers.certificates_share",
    ],
)  # fmt: skip
def test_what_the_report_derives_is_derived_and_agrees(metric: str) -> None:
    found = [TIED[id] for id in rows(metric)]
    assert found
    assert {one.how for one in found} == {"derived"}
    assert {one.compares for one in found} <= AGREES


@pytest.mark.parametrize("metric", ["people.employees", "people.turnover_rate", "suppliers.count"])
def test_totals_of_heads_leavers_and_suppliers_are_derived_from_their_parts(metric: str) -> None:
    totals = [TIED[id] for id in rows(metric) if not TIED[id].published.labels]
    assert len(totals) >= 3
    assert {one.how for one in totals} == {"derived"}
    assert {one.compares for one in totals} == {"agrees"}


def of_electricity(year: str) -> tuple[FactorUse, ...]:
    """The factors of the electricity of scope 2, which is all that there is of it."""
    return facts()[f"ghg.scope2.electricity@{year}"].factors


def test_scope_2_agrees_with_the_assumed_electricity_abroad_and_nearly_without() -> None:
    printed = {TIED[id].published.key: TIED[id].published.value for id in rows("ghg.scope2")}
    kept = tuple(entry for entry in issuer().entries if entry.kind != "adjustment")
    without = facts_of(replace(issuer(), entries=kept))
    assert {TIED[id].compares for id in rows("ghg.scope2")} == {"agrees within its parts"}
    for key, value in printed.items():
        assert value is not None
        assert abs((without[key].value or 0) / value - 1) < Decimal("0.002"), key
        assert {use.region for use in of_electricity(key[-4:]) if use.name == "grid_electricity"} == {"CN", "OVERSEAS"}


@pytest.mark.parametrize(("year", "factor"), [(2022, "0.5568"), (2023, "0.5568"), (2024, "0.5366")])
def test_each_year_uses_the_national_grid_factor_that_was_known(year: int, factor: str) -> None:
    uses = {use.region: use for use in of_electricity(str(year)) if use.name == "grid_electricity"}
    assert uses["CN"].value == Decimal(factor)
    assert uses["OVERSEAS"].assumed and facts()[f"ghg.scope2@{year}"].estimated_share > 0


def test_head_counts_hold_against_every_control_total() -> None:
    differing = {key for key, fact in facts().items() for finding in fact.findings if finding.rule == "control.differs"}
    assert {key.partition("[")[0] for key in differing} == {"training.people@2024", "training.share@2024"}


def test_a_wrong_entry_shows_as_a_control_total_and_as_an_unexplained_difference() -> None:
    wrong = tuple(replace(e, value=e.value + 10) if e.id == "employees-male-2024" else e for e in issuer().entries)
    changed = replace(issuer(), entries=wrong)
    found = problems(tied_of(changed), changed.differences)
    assert {f.rule for f in found} == {"tie_out.differs", "tie_out.stale"}, "the recorded reasons are for other values"
    assert {f.severity for f in found} == {"error"}
    assert any(
        "people.employees@2024: 3756 person was printed" in f.message and "ours is 3766" in f.message for f in found
    )
    assert [f.rule for f in facts_of(changed)["people.employees@2024"].findings] == ["control.differs"] * 3


def test_what_was_printed_as_a_stroke_is_absent_also_where_it_could_be_computed() -> None:
    strokes = [one for one in TIED.values() if one.published.value is None]
    assert [(one.published.key, one.compares) for one in strokes] == [
        ("training.share@2022", "absent in print"),
        ("training.hours_per_head@2022", "absent in print"),
    ]


@pytest.mark.parametrize(
    ("id", "bound", "compares"),
    [
        ("S307", "over", "agrees"),  # more than 90 memberships
        ("S308", "within", "agrees"),  # PUE within 1.285, and ours is 1.284
        ("S315", "over", "agrees within its parts"),  # more than 12.3 hours, and ours is 12.27 ± 0.05
        ("S364", "about", "agrees"),  # nearly 60 institutions
        ("S400", "within", "agrees"),  # below 0.01 %
    ],
)
def test_bounded_figures_compare_as_bounds(id: str, bound: str, compares: str) -> None:
    assert (TIED[id].published.bound, TIED[id].compares) == (bound, compares)


def test_what_was_worked_back_names_figures_that_exist_and_is_marked_as_an_estimate() -> None:
    for entry in issuer().entries:
        if entry.worked_back_from:
            assert entry.estimated and entry.method, entry.id
            assert set(entry.worked_back_from) <= set(facts()), entry.id


def test_agreement_with_a_figure_that_an_input_was_worked_back_from_proves_nothing_and_says_so() -> None:
    assert {TIED[id].how for id in rows("ghg.scope2")} == {"reconstructed"}
    total = next(TIED[id] for id in rows("people.turnover_rate") if not TIED[id].published.labels)
    assert total.how == "derived"
    assert total.leans_on == tuple(f"people.turnover_rate@2024[gender={gender}]" for gender in ("female", "male"))


def test_every_entry_names_its_source_and_evidence_that_is_there() -> None:
    for entry in issuer().entries:
        assert entry.source and entry.evidence, entry.id
        assert all((FOLDER / "evidence" / name).is_file() for name in entry.evidence), entry.id


def test_the_page_in_the_docs_is_this_table() -> None:
    page = (ROOT / "docs" / "tie-out.md").read_text(encoding="utf-8")
    assert markdown(tuple(TIED.values())) in page, "call make docs"


def test_computing_the_issuer_takes_well_under_a_second() -> None:
    started = time.perf_counter()
    facts_of(issuer())
    assert time.perf_counter() - started < 1
