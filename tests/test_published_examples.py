"""Worked examples that others have published come out of our engine at the precision they print, and each is cited."""

import re
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from leafledger.core.finding import Place
from leafledger.core.quantity import rounded
from leafledger.engine.prove import proven
from leafledger.library.entries import check_entries
from leafledger.library.units import factor_between
from published_examples import Example, examples, outcome, shipped_library, small_company, spread, without_each

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.pages import examples as page_of_examples  # noqa: E402

EXAMPLES = tuple(examples())
SHIPPED = proven(shipped_library())


def ours(example: Example, unit: str) -> Decimal:
    fact = outcome(example, SHIPPED)
    assert fact.status == "figure", [finding.message for finding in fact.findings]
    assert fact.value is not None
    scale = factor_between(fact.unit, unit)
    return fact.value * scale.numerator / scale.denominator


def as_printed(value: Decimal, printed: str, round_to: str) -> Decimal:
    """A value at the precision of what is printed: its digits, or what the source rounds to."""
    if round_to:
        return rounded(value / Decimal(round_to), 0) * Decimal(round_to)
    return rounded(value, len(printed.partition(".")[2]))


@pytest.mark.parametrize("example", [e for e in EXAMPLES if not e.propagate], ids=lambda e: e.id)
def test_an_example_comes_out_as_it_is_printed(example: Example) -> None:
    printed, unit = example.agrees_with.split()
    assert as_printed(ours(example, unit), printed, example.round_to) == Decimal(printed), example.where


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e.propagate], ids=lambda e: e.id)
def test_an_uncertainty_comes_out_as_it_is_printed(example: Example) -> None:
    found = spread(example, SHIPPED)
    printed, _ = example.expect.split()
    assert found.propagated is not None and found.known == 1
    assert as_printed(Decimal(str(found.propagated.percent)), printed, example.round_to) == Decimal(printed)


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e.computed], ids=lambda e: e.id)
def test_an_example_that_is_not_what_its_own_figures_give_says_so(example: Example) -> None:
    printed, unit = example.expect.split()
    assert as_printed(ours(example, unit), printed, example.round_to) != Decimal(printed)
    assert len(re.findall(r"\d", example.note)) > 4, "show the arithmetic"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.id)
def test_no_example_gives_a_figure_without_all_that_it_gives(example: Example) -> None:
    """Each entry, its series staying, and each factor is taken away in turn: a hole that says why, and never 0."""
    for fact in without_each(example, SHIPPED):
        assert fact.status == "hole" and fact.value is None, fact.findings
        assert any(finding.severity == "error" for finding in fact.findings)


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e.metric], ids=lambda e: e.id)
def test_what_an_example_gives_could_be_loaded_by_a_company(example: Example) -> None:
    """Its activities, labels and units are those of the library."""
    library, _, series, entries = small_company(example, SHIPPED)
    assert list(check_entries([(one, Place(name=example.place)) for one in entries], series, library)) == []


def test_there_are_many_and_each_is_cited() -> None:
    assert len(EXAMPLES) >= 60
    assert len({example.id for example in EXAMPLES}) == len(EXAMPLES)
    for example in EXAMPLES:
        assert example.read in ("seen", "known"), example.place
        assert example.where and example.topic and example.given, example.place
        assert all((example.source.publisher, example.source.document, example.source.year)), example.place
        assert re.match(r"https?://\S+$", example.source.address), example.place


def test_examples_prove_more_than_one_kind_of_thing() -> None:
    assert len({example.source.document for example in EXAMPLES}) >= 15
    assert len({example.topic for example in EXAMPLES}) >= 15
    assert sum(example.read == "seen" for example in EXAMPLES) >= 40


def test_the_page_lists_them_as_they_are(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "inventory" / "examples.md").read_text(encoding="utf-8")
    assert page == page_of_examples.page(tmp_path), "call make docs"
