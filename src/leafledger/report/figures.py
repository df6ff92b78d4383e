"""One figure as a reader meets it: its number as written in prose or in a table, its marks, or why there is none."""

from decimal import Decimal

from leafledger.core.fact import Fact
from leafledger.core.labels import Labels
from leafledger.report.blocks import Missing, Number
from leafledger.report.marks import Notes, letters, noted
from leafledger.report.numbers import SIGNS, in_prose, number, percent
from leafledger.report.reader import Name, Reader
from leafledger.report.words import unit_name

MONTHS = 12


def decimals(reader: Reader, metric: str) -> int:
    definition = reader.definition(metric)
    return definition.decimals if definition else 0


def unit_of(reader: Reader, metric: str, *, one: bool = False) -> str:
    """The unit of a column or an axis, in words; of a single thing where there is `one`."""
    definition = reader.definition(metric)
    return unit_name(definition.unit, reader.language, one=one) if definition else ""


def written(reader: Reader, fact: Fact) -> str:
    """The value without its unit, rounded as its definition says. For figures that are whole."""
    assert fact.value is not None and fact.status == "figure"
    return number(fact.value, decimals(reader, fact.metric), reader.language)


def short(reader: Reader, fact: Fact | None) -> str:
    """The value with its bound as a sign, or the words for what it is instead: for cells and charts."""
    if fact is None or fact.status != "figure":
        return instead(reader, fact)
    return SIGNS[fact.bound] + written(reader, fact)


def full(reader: Reader, fact: Fact) -> str:
    """The value with its unit and its bound in words, or what it is instead."""
    if fact.status != "figure":
        return instead(reader, fact)
    return in_prose(written(reader, fact), fact.bound, fact.unit, reader.language, value=fact.value)


def instead(reader: Reader, fact: Fact | None) -> str:
    """What stands where a figure would: there is none, or how much of its period is covered (law 2)."""
    if fact is None or fact.value is None:
        return reader.word("no_figure")
    months = fact.coverage * MONTHS
    whole = int(months.to_integral_value())
    if _of_all_days(fact) and 0 < whole < MONTHS and abs(months - whole) < Decimal("0.15"):
        return reader.word("incomplete_months", have=whole, total=MONTHS)
    return reader.word("incomplete_share", share=percent(fact.coverage, reader.language))


def _of_all_days(fact: Fact) -> bool:
    """Was all that is not covered to be collected all year? A series that began or ended in it has no twelve months."""
    said = [str(one.values["days"]) for one in fact.findings if one.rule == "entry.coverage"]
    return set(said) == {str(fact.period.days)}


def cell(reader: Reader, name: Name, notes: Notes) -> Number | Missing:
    """A figure in a table, whose column or row names its unit. What its marks mean goes to the notes of the table."""
    fact = reader.sources.facts.get(name.key)
    if fact is None or fact.status != "figure":
        notes.hole = notes.hole or fact is None or fact.value is None
        return Missing(name.key, fact.id if fact else "", instead(reader, fact))
    return Number(name.key, fact.id, short(reader, fact), noted(reader, fact, notes))


def in_text(reader: Reader, name: Name, *, bare: bool = False) -> Number | Missing:
    """A figure in a sentence: with its unit and its bound in words; `bare` without the unit."""
    fact = reader.sources.facts.get(name.key)
    if fact is None or fact.status != "figure":
        return gap(reader, name.key, fact, reader.title(name.metric, name.labels))
    unit = "" if bare else fact.unit
    text = in_prose(written(reader, fact), fact.bound, unit, reader.language, value=fact.value)
    return Number(name.key, fact.id, text, letters(reader, fact))


def large(reader: Reader, name: Name) -> Number | Missing:
    """A figure that stands alone, its unit beside it."""
    fact = reader.sources.facts.get(name.key)
    if fact is None or fact.status != "figure":
        return Missing(name.key, fact.id if fact else "", instead(reader, fact))
    return Number(name.key, fact.id, short(reader, fact), letters(reader, fact))


def gap(reader: Reader, key: str, fact: Fact | None, title: str) -> Missing:
    """The words, in a sentence, for a figure that cannot be given."""
    text = reader.word("in_prose", title=title, what=instead(reader, fact))
    return Missing(key, fact.id if fact else "", text)


def name_of(reader: Reader, metric: str, labels: Labels, year: int) -> Name:
    return Name(metric=metric, period=reader.days(year), labels=labels)
