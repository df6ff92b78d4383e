"""What figures are called: one reader of names, with and without days and labels, that refuses what names nothing."""

import pytest

from leafledger.core.fact import fact_key, parse_figure, parse_key
from leafledger.core.labels import labels
from leafledger.core.period import Period


@pytest.mark.parametrize("key", ["energy.total@2024", "people.heads@2024-Q1[age=old;gender=female]"])
def test_a_name_that_is_read_is_written_the_same(key: str) -> None:
    assert fact_key(*parse_key(key)) == key


def test_a_figure_is_named_with_or_without_labels() -> None:
    assert parse_figure("people.heads[gender=female]") == ("people.heads", labels(gender="female"))
    assert parse_figure("people.heads") == ("people.heads", ())
    assert parse_key("people.heads@2024")[1] == Period.parse("2024")


@pytest.mark.parametrize(
    "text", ["people.heads", "@2024", "people.heads@", "people.heads@2024[gender=female", "people.heads@2024]", "[a=b]"]
)
def test_what_names_no_figure_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_key(text)
