"""An entry is hashed by a spelling of its own, for speed, which is the one that everybody can make: JSON of its fields."""

import hashlib
from dataclasses import asdict, fields
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from leafledger.core.entry import Entry, canonical
from leafledger.core.period import Period

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
DAYS = st.tuples(st.dates(), st.dates()).map(lambda days: Period(min(days), max(days)))
NUMBER = st.decimals(allow_nan=False, allow_infinity=False, places=3)
ENTRIES = st.builds(
    Entry, id=TEXT, activity=TEXT, site=TEXT, period=DAYS, value=NUMBER, unit=TEXT, method=TEXT, source=TEXT, replaces=TEXT,
    labels=st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple), kind=st.sampled_from(["reading", "nil", "register"]),
    bound=st.sampled_from(["exact", "over"]), estimated=st.booleans(), tolerance=st.none() | NUMBER, uncertainty=st.none() | NUMBER,
    quality=st.sampled_from([(), (1, 2, 3, 4, 5)]), evidence=st.lists(TEXT, max_size=2).map(tuple),
    worked_back_from=st.lists(TEXT, max_size=2).map(tuple), recorded_by=TEXT,
)  # fmt: skip


def hash_of(spelled: str) -> str:
    return hashlib.sha256(spelled.encode()).hexdigest()


@given(ENTRIES)
def test_the_hash_is_that_of_the_canonical_spelling(entry):
    assert entry.hash == hash_of(canonical(asdict(entry)))


def test_nothing_that_an_entry_says_is_left_out():
    entry = Entry(id="e", activity="a", site="s", period=Period.parse("2024"), value=Decimal(1), unit="t")
    said = canonical(asdict(entry))
    assert [f.name for f in fields(Entry) if f'"{f.name}":' not in said] == []
    assert entry.hash == hash_of(said)
