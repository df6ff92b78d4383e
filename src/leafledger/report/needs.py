"""What answers one disclosure, need by need: a figure, words, or what no figure says; and of each whether it is there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from leafledger.core.definition import Answering, Metric
from leafledger.core.fact import Fact, parse_figure
from leafledger.core.labels import NONE, Labels
from leafledger.core.org import Screening
from leafledger.core.period import reporting_period
from leafledger.engine.formula import parse, references
from leafledger.library.asked import split_of
from leafledger.report.answers import Answer
from leafledger.report.figures import full
from leafledger.report.findings import told
from leafledger.report.indices import section
from leafledger.report.reader import Reader

FEW = 6
"""Members of a split, or things to collect, that one line names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing that a disclosure needs. shown: what there is of it; lacks: what there is not, and what to do.

    what: `figure`, `words`, `beyond` (what no figure says) or `reserve` (what the company explains beside its answer).
    id: the figure or section. collect: activities that nobody records yet.
    """

    what: str
    id: str = ""
    shown: str = ""
    lacks: str = ""
    collect: tuple[str, ...] = ()


def needs(reader: Reader, asked: Answering, answer: Answer | None) -> Iterator[Need]:
    """Each of them: the figures that are asked for, those that the company names beside, its words, and what is beyond figures."""
    mapped = {split_of(figure)[0] for figure in asked.figures}
    named = [one for one in (answer.metrics if answer else ()) if one.partition("[")[0] not in mapped]
    yield from (figure(reader, *_parts(reader, one)) for one in asked.figures)
    yield from (figure(reader, *_named(reader, one)) for one in named)
    yield from words(reader, asked, answer, needed=bool(asked.sections) or not (asked.figures or named or asked.beyond))
    if asked.beyond and not (answer and answer.sections and not answer.explained):
        yield Need(what="beyond", lacks=reader.word("gaps_beyond", what=reader.say(asked.beyond)))
    if answer and answer.explained and (answer.sections or answer.metrics):
        yield Need(
            what="reserve",
            lacks=reader.word("gaps_is", what=reader.word("gaps_why"), value=reader.say(answer.explained)),
        )


def figure(reader: Reader, id: str, name: str, of: Sequence[Labels]) -> Need:
    """A figure of the year, whole or by every member of a split, or why there is none."""
    year = reader.sources.year
    facts = [fact for one in of if (fact := reader.fact(id, one, year))]
    lacking = [fact for fact in facts if fact.status != "figure"]
    if facts and not lacking:
        return Need(
            what="figure", id=name, shown=reader.word("gaps_is", what=reader.title(id), value=_values(reader, facts))
        )
    if out := screened_out(reader, id):
        why = reader.word("gaps_screened", why=reader.say(out.reason))
        said = reader.word("gaps_is", what=reader.title(id), value=why)
        there_is_one = out.standing == "excluded"
        return Need(what="figure", id=name, shown="" if there_is_one else said, lacks=said if there_is_one else "")
    collect = tuple(uncollected(reader, id))
    why = _why(reader, lacking) or reader.word("gaps_uncollected", what=_listed(reader, collect or (id,)))
    return Need(what="figure", id=name, lacks=reader.word("gaps_is", what=reader.title(id), value=why), collect=collect)


def words(reader: Reader, asked: Answering, answer: Answer | None, *, needed: bool) -> Iterator[Need]:
    """The texts that the company says answer it; where it says nothing, those that might, which somebody has to read first."""
    if answer and (answer.sections or answer.explained):
        for id in answer.sections:
            there = written(reader, id)
            lacks = "" if there else reader.word("gaps_unwritten", section=section(reader, id), id=id)
            yield Need(what="words", id=id, shown=section(reader, id) if there else "", lacks=lacks)
        if not answer.sections:
            yield Need(what="words", shown=reader.word("gaps_explained"))
    elif needed:
        yield Need(what="words", lacks=_no_words(reader, asked.sections))


def screened_out(reader: Reader, id: str) -> Screening | None:
    """The record by which the company left a source out of its inventory for the whole year, with its reason."""
    year = reporting_period(reader.sources.year, reader.sources.company.year_ends)
    for one in reader.sources.company.screening:
        begun = one.since is None or one.since <= year.start
        if one.source == id and begun and (one.until is None or one.until >= year.end):
            return None if one.standing == "relevant" else one
    return None


def uncollected(reader: Reader, id: str) -> Iterator[str]:
    """The activities behind a figure that have no figure in the year, each once, in the order of their ids."""
    yield from sorted(set(_leaves(reader, id, frozenset())) - _recorded(reader))


def written(reader: Reader, id: str) -> bool:
    """Is there a text of that section or chapter, or a section of figures, in the outline?"""
    outline = reader.sources.outline
    for chapter in outline.chapters:
        if chapter.id == id:
            return any(written(reader, one.id) for one in chapter.sections)
    found = outline.sections.get(id)
    if found is None:
        return False
    if not any(item.text for item in found.body):
        return bool(found.body)
    return any(texts[id].parts for texts in reader.sources.narratives.values() if id in texts)


def _parts(reader: Reader, name: str) -> tuple[str, str, Sequence[Labels]]:
    """The figure, how it is called here, and the labels by which it is asked for."""
    id, dimension = split_of(name)
    if not dimension:
        return id, name, (NONE,)
    return id, name, [labels for _, labels in reader.members(id, NONE, dimension, [reader.sources.year])]


def _named(reader: Reader, name: str) -> tuple[str, str, Sequence[Labels]]:
    """The same of a figure that the company names. One that is collected only by a split is asked for by that split."""
    id, labels = parse_figure(name)
    if labels or reader.fact(id, labels, reader.sources.year):
        return id, name, (labels,)
    year = reader.sources.year
    of = [fact.labels for fact in reader.sources.facts.values() if fact.metric == id and fact.period.end.year == year]
    return id, name, sorted(of)


def _values(reader: Reader, facts: Sequence[Fact]) -> str:
    if len(facts) == 1 and not facts[0].labels:
        return _value(reader, facts[0])
    said = [f"{reader.listed([reader.member(*pair) for pair in fact.labels])} {_value(reader, fact)}" for fact in facts]
    return reader.word("semicolon").join(said[:FEW]) + (f" … ({len(said)})" if len(said) > FEW else "")


def _value(reader: Reader, fact: Fact) -> str:
    """With plain spaces, as it is for screens and tables of other programs, not for a page that is typeset."""
    return full(reader, fact).replace("\N{NO-BREAK SPACE}", " ")


def _why(reader: Reader, lacking: Iterable[Fact]) -> str:
    """Why the first of these is no figure, if it is for another reason than that nobody collects it."""
    for fact in lacking:
        for finding in fact.findings:
            if finding.severity == "error" and finding.rule != "series.none":
                return told(reader, finding)
    return ""


def _listed(reader: Reader, ids: Sequence[str]) -> str:
    said = [f"{id} ({reader.title(id)})" for id in ids[:FEW]]
    return reader.listed(said) + (reader.word("gaps_more", number=len(ids) - FEW) if len(ids) > FEW else "")


def _no_words(reader: Reader, sections: Sequence[str]) -> str:
    """Nobody has said that a text answers it: which to read, which to write, or that there is none."""
    if found := [id for id in sections if written(reader, id)]:
        titles = reader.word("semicolon").join(section(reader, id) for id in found)
        return reader.word("gaps_unclaimed", section=titles, id=reader.listed(found))
    if known := [id for id in sections if id in reader.sources.outline.sections]:
        return reader.word("gaps_write", sections=reader.listed(known))
    return reader.word("gaps_nowhere")


def _leaves(reader: Reader, id: str, seen: frozenset[str]) -> Iterator[str]:
    definition = reader.definition(id)
    if not isinstance(definition, Metric):
        yield id
        return
    behind = set(chain.from_iterable(references(parse(formula.formula)) for formula in definition.formulas))
    for one in sorted(behind - seen):
        yield from _leaves(reader, one, seen | {id})


def _recorded(reader: Reader) -> set[str]:
    year = reader.sources.year
    return {f.metric for f in reader.sources.facts.values() if f.status == "figure" and f.period.end.year == year}
