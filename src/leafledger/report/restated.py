"""What was restated, as a reader of the report meets it: a note at each figure, and a table of every one with what made the difference."""

from collections.abc import Iterator
from decimal import Decimal

from leafledger.core.fact import Fact
from leafledger.core.quantity import plain, rounded
from leafledger.engine.decompose import Change
from leafledger.engine.restatement import RestatedYear
from leafledger.report.blocks import Block, Callout, Inline, Number, Row, Table, Words
from leafledger.report.numbers import day, number
from leafledger.report.reader import Reader
from leafledger.report.words import unit_name, with_unit

WIDTHS = (3.6, 1.6, 1.5, 1.5, 1.5, 3.2)
MOST_DECIMALS = 12


def noted(reader: Reader, fact: Fact) -> str:
    """Why the figure is not what was published before, that value, and the parts of the difference; empty where it never moved."""
    said = []
    for one in reader.sources.restated:
        for change in one.comparison.changes:
            if change.key == fact.key:
                old = with_unit(_written(reader, change, change.old), change.unit, reader.language, one=change.old == 1)
                reason = reader.word("note_restated", reason=reader.say(one.reason).rstrip(".。"))
                value, parts = (
                    reader.word("note_old_value", value=old),
                    reader.word("note_parts", parts=_parts(reader, change)),
                )
                said.append(reader.word("gap").join((reason, value, parts)))
    return reader.word("gap").join(said)


def restatements(reader: Reader) -> Iterator[Block]:
    """A table of every figure that was restated, and the policy of the base year; nothing where there is neither."""
    restated = [one for one in reader.sources.restated if one.year in reader.years]
    if any(one.comparison.changes for one in restated):
        rows = [row for one in restated for row in _rows(reader, one)]
        header = tuple(
            reader.word(name)
            for name in ("indicator", "unit", "restated_old", "restated_new", "restated_by", "restated_parts")
        )
        yield Table(
            id="restatements",
            caption=reader.word("restatements"),
            header=header,
            rows=tuple(rows),
            widths=WIDTHS,
            align="llrrrl",
        )
    if reader.sources.company.base_year is not None:
        yield _policy(reader)


def _rows(reader: Reader, one: RestatedYear) -> Iterator[Row]:
    people = {person.id: person.name for person in reader.sources.company.people}
    said = reader.word(
        "restated_year",
        year=reader.year(one.year),
        reason=reader.say(one.reason).rstrip(".。"),
        by=people.get(one.by, one.by),
        day=day(one.at.date(), reader.language),
    )
    yield Row(cells=((Words(said),),), kind="group")
    for change in one.comparison.changes:
        cells: tuple[Inline, ...] = (
            Words(reader.title(change.metric, change.labels)),
            Words(unit_name(change.unit, reader.language)),
            Words(_written(reader, change, change.old)),
            _new(reader, change),
            Words(_signed(reader, change, change.difference)),
            Words(_parts(reader, change)),
        )
        yield Row(cells=tuple((cell,) for cell in cells))


def _new(reader: Reader, change: Change) -> Number | Words:
    """The new value, which leads to its receipt unless it was restated again."""
    fact, text = reader.sources.facts.get(change.key), _written(reader, change, change.new)
    if fact is not None and fact.status == "figure" and fact.value == change.new:
        return Number(change.key, fact.id, text)
    return Words(text)


def _parts(reader: Reader, change: Change) -> str:
    """`correction of records +66.0; emission factors −1.2`: each cause that made a difference. They sum exactly; here they are rounded."""
    said = [
        reader.word("restated_part", cause=reader.word(f"cause_{cause}"), amount=_signed(reader, change, amount))
        for cause, amount in change.parts.items()
        if amount
    ]
    joint = [reader.word(f"cause_{cause}") for cause in change.joint]
    return reader.word("semicolon").join(said) + (
        reader.word("restated_joint", causes=reader.listed(joint)) if joint else ""
    )


def _policy(reader: Reader) -> Callout:
    base = reader.sources.company.base_year
    assert base is not None
    said = reader.word("base_year_said", year=reader.year(base.year), threshold=plain(base.threshold))
    policy = reader.say(base.policy)
    words = said + reader.word("gap") + policy if policy else said
    return Callout(kind="note", title=reader.word("base_year"), paragraphs=((Words(words),),))


def _decimals(reader: Reader, change: Change) -> int:
    definition = reader.definition(change.metric)
    return definition.decimals if definition else 0


def _written(reader: Reader, change: Change, value: Decimal) -> str:
    return number(value, _decimals(reader, change), reader.language)


def _signed(reader: Reader, change: Change, amount: Decimal) -> str:
    """With as many decimals as the figure, or as many more as it takes to be seen."""
    places = _decimals(reader, change)
    while places < MOST_DECIMALS and amount and rounded(amount, places) == 0:
        places += 1
    text = number(amount, places, reader.language)
    return text if amount <= 0 else f"+{text}"
