"""Freezing: facts become data and facts again, with nothing lost and always the same bytes; what is no fact is refused."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from leafledger.core.entry import canonical
from leafledger.core.fact import Fact, FactorUse, Step
from leafledger.core.finding import Finding, Place
from leafledger.core.period import Period
from leafledger.engine.frozen import facts_from_json, facts_to_json

TEXT = some.text(max_size=12)
NUMBER = some.decimals(-(10**15), 10**15, places=12) | some.sampled_from(
    [Decimal("0E-12"), Decimal("1E+3"), Decimal("-0")]
)
DAYS = some.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1))
PLACES = some.none() | some.builds(Place, name=TEXT, line=some.none() | some.integers(1, 10**6))
LABELS = some.lists(some.tuples(TEXT, TEXT), max_size=2, unique_by=lambda pair: pair[0]).map(
    lambda all: tuple(sorted(all))
)


def lists(of):
    return some.lists(of, max_size=3).map(tuple)


FACTS = some.builds(
    Fact,
    metric=TEXT,
    labels=LABELS,
    period=some.tuples(DAYS, DAYS).map(lambda days: Period(min(days), max(days))),
    value=some.none() | NUMBER,
    unit=TEXT,
    low=some.none() | NUMBER,
    high=some.none() | NUMBER,
    bound=some.sampled_from(["exact", "over", "within", "about"]),
    coverage=NUMBER,
    estimated_share=NUMBER,
    formula=TEXT,
    factors=lists(
        some.builds(
            FactorUse,
            id=TEXT,
            name=TEXT,
            value=NUMBER,
            unit=TEXT,
            region=TEXT,
            asked_region=TEXT,
            assumed=some.booleans(),
        )
    ),
    inputs=lists(TEXT),
    entries=lists(TEXT),
    entry_hashes=TEXT,
    steps=lists(some.builds(Step, depth=some.integers(0, 9), what=TEXT, value=TEXT, entries=lists(TEXT), factor=TEXT)),
    findings=lists(
        some.builds(
            Finding,
            rule=TEXT,
            template=TEXT,
            values=some.dictionaries(TEXT, TEXT, max_size=2),
            place=PLACES,
            severity=some.sampled_from(["error", "warning", "note"]),
        )
    ),
    reviewed=some.booleans(),
)


@settings(max_examples=80, deadline=None)
@given(some.lists(FACTS, max_size=3))
def test_facts_come_back_as_they_were(facts):
    facts = {fact.key: fact for fact in facts}
    back = facts_from_json(json.loads(canonical(facts_to_json(facts))))
    assert back == facts
    for key, fact in facts.items():
        assert (back[key].id, back[key].provenance) == (fact.id, fact.provenance)
        assert (back[key].steps, back[key].findings) == (fact.steps, fact.findings)
        assert str(back[key].value) == str(fact.value)


def test_the_order_of_facts_changes_no_byte():
    facts = [Fact(metric=name, period=Period.parse("2024"), value=None, unit="t") for name in "cab"]
    spelled = {canonical(facts_to_json({f.key: f for f in order})) for order in (facts, facts[::-1])}
    assert len(spelled) == 1


def test_values_of_findings_become_text_and_read_the_same():
    finding = Finding(rule="r", template="{n} of {period}", values={"n": 3, "period": Period.parse("2024-Q1")})
    fact = Fact(metric="m", period=Period.parse("2024"), value=None, unit="t", findings=(finding,))
    (back,) = facts_from_json(facts_to_json({fact.key: fact})).values()
    assert back.findings[0].values == {"n": "3", "period": "2024-Q1"}
    assert back.findings[0].message == "3 of 2024-Q1"


GOOD = {"metric": "m", "period": "2024", "value": "1.5", "unit": "t", "coverage": "1"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"value": 1.5}, "a text is expected"),
        ({"value": "NaN"}, "not a number"),
        ({"value": "1,5"}, "'1,5' is not a number"),
        ({"value": "1E+999999999"}, "not a number that a figure can have"),
        ({"period": "soon"}, "not a period"),
        ({"metric": "other"}, "the data are those of other@2024"),
        ({"labels": [["a"]]}, "not enough values"),
        ({"factors": {}}, "a list is expected"),
        ({"steps": [{"deep": 1}]}, "a step has no 'deep'"),
        ({"reviewed": "yes"}, "true or false"),
        ({"invented": 1}, "a fact has no 'invented'"),
        ({"bound": "roughly"}, "'roughly'"),
    ],
)
def test_data_that_are_no_fact_are_refused(wrong, said):
    assert facts_from_json({"m@2024": GOOD})["m@2024"].value == Decimal("1.5")
    with pytest.raises(ValueError, match=f"m@2024: .*({said})"):
        facts_from_json({"m@2024": GOOD | wrong})


def test_a_fact_without_its_unit_is_refused():
    with pytest.raises(ValueError, match="unit"):
        facts_from_json({"m@2024": {k: v for k, v in GOOD.items() if k != "unit"}})
