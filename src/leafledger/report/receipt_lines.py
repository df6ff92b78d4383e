"""The lines of a receipt: steps, inputs, factors, how good the figure is and by which hashes it is known."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from leafledger.core.definition import Factor
from leafledger.core.fact import Fact, FactorUse, Step
from leafledger.core.period import Period
from leafledger.report.figures import full, instead
from leafledger.report.formula_words import factor_title
from leafledger.report.inventory_notes import inventory_note
from leafledger.report.marks import reviewed
from leafledger.report.numbers import day, percent, period, precise
from leafledger.report.reader import Name, Reader, parse_name
from leafledger.report.receipt import FactorLine, Line
from leafledger.report.receipt_quality import fell_back, region_title, scores
from leafledger.report.records import series
from leafledger.report.words import with_unit

NONE_HERE = "–"
"""In place of an amount, where something adds none."""
_SHARE = re.compile(r"(?P<share>[0-9.]+%) of (?P<days>[0-9/Q-]+)")


def step(reader: Reader, of: Step) -> Line:
    """One step in words: a figure, a factor, or what was recorded at one place."""
    note = reader.word("semicolon").join(_noted(reader, of, one) for one in of.note.split("; ") if one)
    return Line(
        what=_what(reader, of), value=amount(reader, of.value, of.unit), note=note, depth=of.depth, fact_id=of.fact_id
    )


def input_(reader: Reader, key: str) -> Line:
    """A figure that this one was computed from, and the way to its own receipt."""
    fact = reader.sources.facts.get(key)
    name = _name(key)
    title = reader.title(name.metric, name.labels) if name else key
    if fact is None:
        return Line(what=title, value=instead(reader, fact))
    return Line(what=title, value=full(reader, fact), fact_id=fact.id)


def factors(reader: Reader, fact: Fact) -> tuple[FactorLine, ...]:
    """Every factor that served, each once; one that served several regions names them all."""
    lines: dict[str, list[FactorLine]] = {}
    for use in fact.factors:
        lines.setdefault(use.id, []).append(factor(reader, use))
    regions = {id: dict.fromkeys(line.region for line in of) for id, of in lines.items()}
    return tuple(replace(of[0], region=reader.word("semicolon").join(regions[id])) for id, of in lines.items())


def factor(reader: Reader, use: FactorUse) -> FactorLine:
    """A factor with its edition. One that the library no longer has keeps what the figure says of it."""
    known = reader.sources.library.factors.get(use.id)
    fallen = fell_back(reader, use.name, use.asked_region, use.region)
    notes = [known.note, _reasoning(reader, known)] if known else []
    return FactorLine(
        id=use.id,
        name=factor_title(reader, use.name),
        value=amount(reader, str(use.value), use.unit),
        region=reader.word("in_unit", title=region_title(reader, use.region), unit=fallen)
        if fallen
        else region_title(reader, use.region),
        source=_edition(reader, known) if known else "",
        note=reader.word("semicolon").join(filter(None, notes)),
        assumed=use.assumed,
    )


def quality(reader: Reader, fact: Fact) -> Iterator[tuple[str, str]]:
    """How much of the period is covered, how much is estimated, what the digits leave open, and who reviewed it."""
    if fact.value is None:
        return
    yield reader.word("coverage"), percent(fact.coverage, reader.language)
    yield reader.word("estimated_share"), percent(fact.estimated_share, reader.language)
    if fact.status == "figure":
        if fact.low is not None and fact.high is not None and fact.low != fact.high:
            low, high = precise(fact.low, reader.language), precise(fact.high, reader.language)
            yield (
                reader.word("interval"),
                with_unit(reader.word("interval_value", low=low, high=high), fact.unit, reader.language),
            )
        yield reader.word("exact_value"), amount(reader, str(fact.value), fact.unit)
    yield from scores(reader, fact)
    yield reader.word("review"), reader.word("reviewed" if reviewed(reader, fact) else "mark_unreviewed")


def identity(reader: Reader, fact: Fact) -> tuple[tuple[str, str], ...]:
    drawn_up = ((reader.word("approach"), reader.word(fact.approach)),) if fact.approach else ()
    return (
        *drawn_up,
        (reader.word("figure_name"), fact.key),
        (reader.word("fact_id"), fact.id),
        (reader.word("provenance"), fact.provenance),
    )


def amount(reader: Reader, value: str, unit: str) -> str:
    if not value:
        return NONE_HERE
    number = Decimal(value)
    return with_unit(precise(number, reader.language), unit, reader.language, one=number == 1)


def _noted(reader: Reader, of: Step, note: str) -> str:
    """One note of a step: that it is estimated, how far its factor was looked for, or which share of a site counts on which days."""
    asked, arrow, found = note.partition(" → ")
    if arrow:
        return fell_back(reader, of.what.removeprefix("factor."), asked, found)
    if share := _SHARE.fullmatch(note):
        days = Period.parse(share["days"])
        return reader.word("site_share", share=share["share"], days=period(days, reader.language), number=days.days)
    if note == "outside the boundary":
        return reader.word("outside_boundary")
    if note == "estimated":
        return reader.word("estimated")
    return inventory_note(reader, of, note) or note


def _what(reader: Reader, of: Step) -> str:
    if of.factor:
        return factor_title(reader, of.what.removeprefix("factor."))
    entry = reader.sources.entries.get(of.entries[0]) if of.entries else None
    if entry:
        return series(reader, entry)
    name = _name(of.what)
    if name is None and reader.definition(of.what):
        return reader.title(of.what)
    return reader.title(name.metric, name.labels) if name else inventory_note(reader, of, of.what) or of.what


def _name(key: str) -> Name | None:
    try:
        return parse_name(key)
    except ValueError:
        return None


def _reasoning(reader: Reader, of: Factor) -> str:
    return f"{reader.word('reasoning')}{reader.word('colon')}{of.reasoning}" if of.reasoning else ""


def _edition(reader: Reader, of: Factor) -> str:
    """Who published it, under which title, when, for which data, and what it counts; and under which terms."""
    said = [
        of.publisher,
        reader.word("titled", title=of.title) if of.title else "",
        reader.word("published_on", date=day(of.published, reader.language)) if of.published else "",
        reader.word("data_year", year=of.data_year) if of.data_year else "",
        reader.word("gases", gases=of.gases) if of.gases else "",
        of.gwp_basis,
        of.source,
        reader.word("licence", licence=of.licence) if of.licence else "",
    ]
    return reader.listed(list(filter(None, said)))
