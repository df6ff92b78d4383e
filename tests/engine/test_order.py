"""The order of entries and series, and the number of threads, change nothing: not a value, not an id, not a provenance."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from issuer import facts, facts_of, issuer
from leafledger.core.fact import FactSet


def said(facts: FactSet) -> dict[str, tuple[str, str]]:
    return {key: (fact.id, fact.provenance) for key, fact in facts.items()}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some.randoms(use_true_random=False))
def test_shuffled_entries_and_series_give_the_same_facts(by: random.Random) -> None:
    entries, series = list(issuer().entries), list(issuer().series)
    by.shuffle(entries)
    by.shuffle(series)
    assert said(facts_of(replace(issuer(), entries=tuple(entries), series=tuple(series)))) == said(facts())


def test_two_threads_give_the_same_facts_as_one() -> None:
    with ThreadPoolExecutor(2) as threads:
        both = list(threads.map(lambda _: facts_of(issuer()), range(4)))
        by_year = list(threads.map(lambda year: facts_of(issuer(), [year]), [2024, 2022, 2023]))
    assert all(said(one) == said(facts()) for one in both)
    reporting = {key: told for key, told in said(facts()).items() if facts()[key].period.start.year <= 2024}
    assert {key: told for one in by_year for key, told in said(one).items()} == reporting


def test_a_correction_moves_the_provenance_and_an_unchanged_value_keeps_the_id() -> None:
    first = next(entry for entry in issuer().entries if entry.id == "revenue-2024")
    again = replace(first, id="revenue-2024-again", replaces=first.id, source="Annual report 2024")
    now = facts_of(replace(issuer(), entries=(*issuer().entries, again)))
    key = "economy.revenue@2024"
    assert now[key].id == facts()[key].id
    assert now[key].provenance != facts()[key].provenance
    assert now[key].entries == ("revenue-2024-again",)
