"""Receipts: for every figure, how it came about, from what is printed down to the evidence."""

from leafledger.core.definition import Metric
from leafledger.core.fact import Fact
from leafledger.report.figures import full
from leafledger.report.findings import told
from leafledger.report.formula_words import in_words
from leafledger.report.gathered import gathered
from leafledger.report.marks import in_force, restated, restatement
from leafledger.report.numbers import period
from leafledger.report.reader import Reader
from leafledger.report.receipt import Line, Receipt
from leafledger.report.receipt_lines import factors, identity, input_, quality, step
from leafledger.report.records import record
from leafledger.report.restated import noted
from leafledger.report.sources import Sources


def receipts(sources: Sources, language: str) -> dict[str, Receipt]:
    """The receipt of every figure, also of those that are not there, by the id of its fact."""
    return {fact.id: receipt(sources, fact, language) for fact in sources.facts.values()}


def receipt(sources: Sources, fact: Fact, language: str) -> Receipt:
    reader = Reader(sources=sources, language=language)
    metric = sources.library.metrics.get(fact.metric)
    return Receipt(
        fact_id=fact.id,
        key=fact.key,
        title=reader.title(fact.metric, fact.labels),
        subtitle=period(fact.period, language),
        value=full(reader, fact),
        hole=fact.status != "figure",
        formula=in_words(reader, fact.formula) if fact.formula else _as_recorded(reader, fact),
        formula_source=fact.formula,
        method=_method(reader, fact),
        source=metric.source if metric else "",
        steps=tuple(_steps(reader, fact)),
        inputs=tuple(input_(reader, key) for key in fact.inputs),
        factors=factors(reader, fact),
        entries=tuple(record(reader, id) for id in fact.entries),
        quality=tuple(quality(reader, fact)),
        identity=identity(reader, fact),
        findings=tuple(dict.fromkeys(told(reader, finding) for finding in gathered(fact.findings))),
    )


def _steps(reader: Reader, fact: Fact) -> list[Line]:
    """The steps; none where they only repeat the figures that went in, which the formula and the inputs already say."""
    return [step(reader, one) for one in fact.steps] if any(not one.fact_id for one in fact.steps) else []


def _as_recorded(reader: Reader, fact: Fact) -> str:
    """An activity has no formula: it is what was recorded."""
    definition = reader.definition(fact.metric)
    if definition is None or isinstance(definition, Metric):
        return ""
    return reader.word("as_recorded" if definition.kind == "flow" else f"as_recorded_{definition.kind}")


def _method(reader: Reader, fact: Fact) -> str:
    """What the definition says of itself and of the formula in force, why it was restated, and why print says otherwise."""
    definition, formula = reader.definition(fact.metric), in_force(reader, fact)
    notes = [
        reader.say(definition.note) if definition else "",
        reader.say(formula.note) if formula else "",
        restated(reader, fact, one) if (one := restatement(reader, fact)) else "",
        noted(reader, fact),
        reader.say(reader.sources.differences.get(fact.key, {})),
    ]
    return reader.word("semicolon").join(filter(None, notes))
