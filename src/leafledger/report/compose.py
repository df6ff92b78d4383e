"""Composes a report in one language: the outline filled with figures and texts, as blocks that any format can render."""

from collections.abc import Iterator

from leafledger.core.fact import Fact, parse_figure
from leafledger.report.basis import basis
from leafledger.report.blocks import Block, Chapter, Heading, KeyFigure, KeyFigures, Report
from leafledger.report.drawings import chart
from leafledger.report.figures import large, name_of, short, unit_of
from leafledger.report.indices import GOALS, goals_of, index
from leafledger.report.marks import explained
from leafledger.report.outline import ChapterSpec, Section
from leafledger.report.paragraphs import lead, text_of
from leafledger.report.reader import Reader
from leafledger.report.restated import restatements
from leafledger.report.sources import Sources
from leafledger.report.tables import table
from leafledger.report.words import renderer_words


def compose(
    sources: Sources, language: str, *, digest: str = "", key_fingerprint: str = "", draft: bool = True
) -> Report:
    """The whole report. What cannot be given is in it as a visible hole, never left out and never a zero."""
    reader = Reader(sources=sources, language=language)
    numbers = sources.outline.numbers()
    return Report(
        language=language,
        company=reader.say(sources.company.name),
        title=reader.say(sources.outline.title),
        period=reader.year(sources.year),
        prevailing=sources.company.prevailing,
        chapters=tuple(_chapter(reader, spec, numbers) for spec in sources.outline.chapters),
        words={**renderer_words(language), **_goals(reader)},
        digest=digest,
        key_fingerprint=key_fingerprint,
        draft=draft,
        cover_note=_cover_note(reader),
        legal_name=reader.say(sources.company.legal_name),
        contact=reader.say(sources.company.contact),
    )


def key_figure(reader: Reader, text: str) -> KeyFigure:
    """A large number for the year of the report, with last year's beside it."""
    metric, labels = parse_figure(text)
    year = reader.sources.year
    fact = reader.fact(metric, labels, year)
    return KeyFigure(
        value=large(reader, name_of(reader, metric, labels, year)),
        unit=unit_of(reader, metric, one=fact is not None and fact.value == 1),
        label=reader.title(metric, labels),
        note=_last_year(reader, reader.fact(metric, labels, year - 1), year - 1),
    )


def _chapter(reader: Reader, spec: ChapterSpec, numbers: dict[str, str]) -> Chapter:
    words, rest = lead(reader, spec.id)
    sections = [block for section in spec.sections for block in _section(reader, section, numbers)]
    return Chapter(
        id=spec.id,
        number=numbers[spec.id],
        title=reader.say(spec.title),
        lead=words,
        goals=goals_of(reader, spec),
        blocks=(*rest, *sections),
        opener=spec.opener,
    )


def _section(reader: Reader, section: Section, numbers: dict[str, str]) -> Iterator[Block]:
    yield Heading(id=section.id, level=2, text=reader.say(section.title), number=numbers[section.id])
    for place, item in enumerate(section.body, 1):
        if item.text:
            yield from text_of(reader, section)
        if item.figures:
            yield KeyFigures(items=tuple(key_figure(reader, text) for text in item.figures))
        if item.chart:
            yield chart(reader, item.chart)
        if item.table:
            yield from table(reader, item.table)
        if item.index:
            yield index(reader, item.index)
        if item.marks:
            yield explained(reader)
        if item.restatements:
            yield from restatements(reader)
        if item.basis:
            yield from basis(reader)
        if item.heading:
            yield Heading(id=f"{section.id}.part{place}", level=3, text=reader.say(item.heading))


def _last_year(reader: Reader, fact: Fact | None, year: int) -> str:
    """The year before, where there is a figure to compare with."""
    if year not in reader.years or fact is None or fact.status != "figure":
        return ""
    return f"{reader.year(year)}{reader.word('colon')}{short(reader, fact)}"


def _cover_note(reader: Reader) -> str:
    company = reader.sources.company
    said = [reader.say(company.cover)] if company.cover else []
    said += [reader.word("invented")] if company.invented else []
    if len(company.languages) > 1:
        said.append(reader.word("prevails", language=reader.word(f"name_of_{company.prevailing}")))
    said += [reader.word("self_reviewed_note")] if company.self_reviewed else []
    return reader.word("gap").join(said)


def _goals(reader: Reader) -> dict[str, str]:
    """The name of each Sustainable Development Goal, for its square."""
    standard = reader.sources.library.standards.get(GOALS)
    return {f"goal.{goal.id}": reader.say(goal.title) for goal in standard.disclosures} if standard else {}
