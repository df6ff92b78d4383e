"""What a reader should know about a figure beside its value: marks on the number, and the notes that explain them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from leafledger.core.definition import Formula
from leafledger.core.fact import Fact
from leafledger.core.org import Restatement
from leafledger.core.period import Period
from leafledger.core.quantity import decimals, parse_decimal
from leafledger.report.blocks import Callout, Inlines, Strong, Words
from leafledger.report.numbers import day, number, period
from leafledger.report.reader import Reader
from leafledger.report.restated import noted as noted_here
from leafledger.report.words import with_unit


@dataclass(slots=True, kw_only=True)
class Notes:
    """The notes of one table, numbered in the order in which they are first needed. `hole`: some cell has no figure."""

    texts: list[str] = field(default_factory=list)
    hole: bool = False

    def number(self, text: str) -> int:
        """The number of a note; the same words are the same note."""
        if text not in self.texts:
            self.texts.append(text)
        return self.texts.index(text) + 1

    def printed(self, reader: Reader) -> tuple[Inlines, ...]:
        texts = [*self.texts, reader.word("note_hole")] if self.hole else self.texts
        return tuple((Words(text),) for text in texts)


def letters(reader: Reader, fact: Fact) -> str:
    """The marks of a figure that stands in prose or alone: letters, and in words that nobody reviewed it (law 7)."""
    marks = [mark for mark, _ in _said(reader, fact) if mark]
    return " ".join(marks if reviewed(reader, fact) else [*marks, reader.word("mark_unreviewed")])


def noted(reader: Reader, fact: Fact, notes: Notes) -> str:
    """The marks of a figure in a table, each with the number of its note: `e1 r2`."""
    said = list(_said(reader, fact))
    if not reviewed(reader, fact):
        said.append((reader.word("mark_unreviewed_short"), reader.word("note_unreviewed")))
    return " ".join(f"{mark}{notes.number(note)}" for mark, note in said)


def explained(reader: Reader) -> Callout:
    """What each mark means, for readers who meet it in a sentence."""
    said = [(reader.word("mark_estimated"), "note_estimated"), (reader.word("mark_restated"), "explain_restated")]
    if reader.sources.company.self_reviewed:
        said.append((reader.word("mark_unreviewed"), "note_unreviewed"))
    lines: list[Inlines] = [(Strong(mark), Words(reader.word("colon") + reader.word(note))) for mark, note in said]
    lines.append((Words(reader.word("note_hole")),))
    return Callout(kind="note", title=reader.word("marks"), paragraphs=tuple(lines))


def reviewed(reader: Reader, fact: Fact) -> bool:
    """Has a second person approved every entry behind it?"""
    approvals = reader.sources.approvals
    return fact.reviewed and not any(approvals[id].own for id in fact.entries if id in approvals)


def restatement(reader: Reader, fact: Fact) -> Restatement | None:
    """The restatement of this figure; of a split figure, its total is what was restated."""
    for one in reader.sources.company.restatements:
        if one.metric == fact.metric and not fact.labels and reader.days(one.year) == fact.period:
            return one
    return None


def restated(reader: Reader, fact: Fact, one: Restatement) -> str:
    """Why it was restated, and what was published before, or that nobody recorded it."""
    words = reader.word("note_restated", reason=reader.say(one.reason).rstrip(".。"))
    return words + reader.word("gap") + old_value(reader, fact, one)


def old_value(reader: Reader, fact: Fact, one: Restatement) -> str:
    if not one.old_value:
        return reader.word("note_old_unknown")
    value = parse_decimal(one.old_value)
    text = with_unit(number(value, decimals(value), reader.language), fact.unit, reader.language, one=value == 1)
    return reader.word("note_old_value", value=text)


def dated(reader: Reader, fact: Fact) -> str:
    """What is to be known about the formula of this year, where another year has another one."""
    formula = in_force(reader, fact)
    if formula is None or not formula.note or not (formula.since or formula.until):
        return ""
    title, note = reader.title(fact.metric), reader.say(formula.note)
    if formula.since and formula.until:
        days = period(Period(formula.since, formula.until), reader.language)
        return reader.word("formula_during", period=days, title=title, note=note)
    if formula.since:
        return reader.word("formula_since", since=day(formula.since, reader.language), title=title, note=note)
    assert formula.until
    return reader.word("formula_until", until=day(formula.until, reader.language), title=title, note=note)


def in_force(reader: Reader, fact: Fact) -> Formula | None:
    """The formula that the figure was computed by."""
    metric = reader.sources.library.metrics.get(fact.metric)
    grain = "parts" if fact.labels else "total"
    for one in metric.formulas if metric else ():
        begun = one.since is None or one.since <= fact.period.start
        open_ = one.until is None or fact.period.end <= one.until
        if one.formula == fact.formula and begun and open_ and one.at in ("any", grain):
            return one
    return None


def _said(reader: Reader, fact: Fact) -> Iterator[tuple[str, str]]:
    """Each mark with its note; a change of formula has no letter."""
    if fact.estimated_share > 0:
        yield reader.word("mark_estimated"), reader.word("note_estimated")
    if one := restatement(reader, fact):
        yield reader.word("mark_restated"), restated(reader, fact, one)
    if note := noted_here(reader, fact):
        yield reader.word("mark_restated"), note
    if note := dated(reader, fact):
        yield "", note
    if note := reader.say(reader.sources.differences.get(fact.key, {})):
        yield "", f"{reader.title(fact.metric, fact.labels)}{reader.word('colon')}{note}"
