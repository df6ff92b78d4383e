"""Rules about what people wrote: every number a figure that is there, every language alike, every text printed."""

from collections.abc import Iterator

from leafledger.core.fact import Fact
from leafledger.core.finding import Finding, Place, Severity
from leafledger.report.narrative import Narrative, Ref, pieces
from leafledger.report.outline import items
from leafledger.report.reader import parse_name
from leafledger.report.rules.names import unknown
from leafledger.report.sources import Sources


def as_written(sources: Sources) -> Iterator[Finding]:
    """What was wrong already when a text was read: a number without a figure, a form that is not printed."""
    for text in _texts(sources):
        yield from text.findings


def unknown_figure(sources: Sources) -> Iterator[Finding]:
    """A reference in a text to a figure that nothing defines."""
    for place, ref in _refs(sources):
        try:
            name = parse_name(ref.key, sources.company.year_ends)
            problems = list(unknown(sources.library, name.metric, name.labels))
        except ValueError as error:
            problems = [str(error)]
        for problem in problems:
            template = "{{{key}}} is no figure: {problem}; see `leaf facts --list` for what there is"
            yield _found("text.unknown_figure", template, place, key=ref.key, problem=problem)


def no_figure(sources: Sources) -> Iterator[Finding]:
    """A reference in a text to a figure that is not there, or not whole: a sentence cannot print it (laws 1 and 2)."""
    missing: dict[str, list[Place]] = {}
    for place, ref in _refs(sources):
        try:
            name = parse_name(ref.key, sources.company.year_ends)
        except ValueError:
            continue
        if any(unknown(sources.library, name.metric, name.labels)):
            continue
        fact = sources.facts.get(name.key)
        if fact is None or fact.status != "figure":
            missing.setdefault(name.key, []).append(place)
    for key, places in missing.items():
        template = (
            "{{{key}}} cannot be printed as a figure: {why}. Give it its entries, or take the sentence out{others}"
        )
        first, *more = dict.fromkeys(places)
        others = f"; it stands in {', '.join(map(str, more))} too" if more else ""
        yield _found("text.no_figure", template, first, key=key, why=_why(sources.facts.get(key)), others=others)


def one_language_only(sources: Sources) -> Iterator[Finding]:
    """A section that has its text in some languages and not in others (law 12)."""
    languages = sources.company.languages
    for id in sorted({id for language in languages for id in sources.narratives.get(language, {})}):
        there = [language for language in languages if id in sources.narratives.get(language, {})]
        for language in languages:
            if language not in there:
                template = (
                    "{id} is written in {there} and not in {language}; write it there too, or take it out everywhere"
                )
                name = f"narrative/{language}/{id}.md"
                yield _found(
                    "text.one_language", template, Place(name=name), id=id, there=", ".join(there), language=language
                )


def stale_translation(sources: Sources) -> Iterator[Finding]:
    """A translation that does not say it was made from the source as it stands now (law 12)."""
    prevailing = sources.company.prevailing
    originals = sources.narratives.get(prevailing, {})
    for text in _texts(sources):
        source = originals.get(text.id)
        if text.language == prevailing or source is None or text.translated_from == source.hash:
            continue
        template = (
            "it was translated from another text than {source} is now; read it against the source, then call `leaf translated {section}`"
            if text.translated_from
            else "it does not say which text it translates; read it against {source}, then call `leaf translated {section}`"
        )
        yield _found(
            "text.stale", template, Place(name=text.name, line=1), "warning", source=source.name, section=text.id
        )


def never_printed(sources: Sources) -> Iterator[Finding]:
    """A text that belongs to no section, or to one whose outline does not print it."""
    printed = {section.id for section, item in items(sources.outline) if item.text}
    printed |= {chapter.id for chapter in sources.outline.chapters}
    for text in _texts(sources):
        if text.id not in printed:
            template = "nothing in the outline prints {id}; give the text the id of a section, or the section a `text`"
            yield _found("text.never_printed", template, Place(name=text.name), "warning", id=text.id)


def figure_in_title(sources: Sources) -> Iterator[Finding]:
    """A figure in the paragraph that opens a chapter, or in a heading, where it could not lead to its receipt."""
    chapters = {chapter.id for chapter in sources.outline.chapters}
    for text in _texts(sources):
        for at, part in enumerate(text.parts):
            if part.kind == "heading" or (at == 0 and text.id in chapters):
                for ref in (piece for item in part.items for piece in item if isinstance(piece, Ref)):
                    template = (
                        "{{{key}}} stands where no receipt can be opened; a figure belongs in a paragraph of a section"
                    )
                    place = Place(name=text.name, line=ref.line)
                    yield _found("text.figure_in_title", template, place, key=ref.key)


RULES = (as_written, unknown_figure, no_figure, one_language_only, stale_translation, never_printed, figure_in_title)


def _texts(sources: Sources) -> Iterator[Narrative]:
    for language in sources.company.languages:
        yield from sources.narratives.get(language, {}).values()


def _refs(sources: Sources) -> Iterator[tuple[Place, Ref]]:
    """Every reference in a narrative, and in what is said of a disclosure, with where it stands."""
    for text in _texts(sources):
        yield from ((Place(name=text.name, line=ref.line), ref) for ref in text.refs)
    for answer in (one for given in sources.answers.values() for one in given.values()):
        texts = [
            text.get(one, "")
            for text in (answer.explained, answer.omitted)
            if text
            for one in sources.company.languages
        ]
        refs = {piece.key: piece for text in texts for piece in pieces(text) if isinstance(piece, Ref)}
        yield from ((answer.place, ref) for ref in refs.values())


def _why(fact: Fact | None) -> str:
    if fact is None:
        return "nothing is recorded for that period"
    return "; ".join(finding.message for finding in fact.findings) or f"it is {fact.status}"


def _found(rule: str, template: str, place: Place, severity: Severity = "error", **values: object) -> Finding:
    return Finding(rule=rule, template=template, values=values, place=place, severity=severity)
