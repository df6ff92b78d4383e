"""Rules about the numbers in every text that a page prints, beside the narratives: each has a figure, and all languages have the same."""

from collections.abc import Iterator

from leafledger.core.definition import Activity, Metric
from leafledger.core.finding import Finding, Place
from leafledger.core.prose import numbers_wrong, unlike
from leafledger.core.text import Text
from leafledger.report.sources import Sources

Printed = tuple[str, Text, Place]
"""What a text is, the text, and where it is written."""


def number_in_answer(sources: Sources) -> Iterator[Finding]:
    """A number in an explanation or an omission that is neither a reference, a year nor in a marked name (law 11)."""
    for given in sources.answers.values():
        for id, answer in given.items():
            for text in filter(None, (answer.explained, answer.omitted)):
                yield from _told(f"what is said of {id}", text, answer.place, figures=True)


def number_in_note(sources: Sources) -> Iterator[Finding]:
    """The same of texts whose figures could lead to no receipt: the cover, reasons of restatements, and notes of definitions."""
    for what, text, place in _notes(sources):
        yield from _told(what, text, place, figures=False)


def other_years(sources: Sources) -> Iterator[Finding]:
    """A year, or a marked name's digits, that a narrative has in some languages and not in others (law 12)."""
    languages = sources.company.languages
    for id in sorted({id for language in languages for id in sources.narratives.get(language, {})}):
        texts = {one: sources.narratives[one][id] for one in languages if id in sources.narratives.get(one, {})}
        for problem in unlike({language: text.said for language, text in texts.items()}):
            prevailing = texts.get(sources.company.prevailing) or next(iter(texts.values()))
            yield _found("text.other_years", problem, Place(name=prevailing.name))


RULES = (number_in_answer, number_in_note, other_years)


def _notes(sources: Sources) -> Iterator[Printed]:
    company, library = sources.company, sources.library
    yield "the cover's text", company.cover, company.place
    for restated in company.restatements:
        yield f"the reason why {restated.metric} is restated", restated.reason, restated.place
    if company.base_year:
        yield "the policy of the base year", company.base_year.policy, company.base_year.place
    definitions: list[Activity | Metric] = [*library.activities.values(), *library.metrics.values()]
    for one in definitions:
        yield f"the note of {one.id}", one.note, one.place
    for metric in library.metrics.values():
        yield from ((f"the note of a formula of {metric.id}", one.note, one.place) for one in metric.formulas)
    for id in company.standards:
        if id in library.standards:
            yield f"the note of {id}", library.standards[id].note, library.standards[id].place


def _told(what: str, text: Text, place: Place, *, figures: bool) -> Iterator[Finding]:
    for problem in numbers_wrong(text, figures=figures):
        yield _found("text.number", f"{what}: {problem}", place)


def _found(rule: str, problem: str, place: Place) -> Finding:
    return Finding(rule=rule, template="{problem}", values={"problem": problem}, place=place)
