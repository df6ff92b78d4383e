"""Rules about disclosures: every answer leads somewhere, the standards are in force, and what is owed is not forgotten."""

from collections.abc import Iterator

from leafledger.core.definition import Standard
from leafledger.core.finding import Finding, Place, Severity
from leafledger.core.period import reporting_period
from leafledger.library.effective import days_of, in_force
from leafledger.report.answers import Answer
from leafledger.report.indices import answered, metrics_of, owed
from leafledger.report.outline import items
from leafledger.report.rules.names import unknown
from leafledger.report.sources import Sources


def dead_reference(sources: Sources) -> Iterator[Finding]:
    """An answer that names a standard, disclosure, section or metric that does not exist."""
    sections = {chapter.id for chapter in sources.outline.chapters} | set(sources.outline.sections)
    for id in sources.answers:
        if id not in sources.library.standards:
            place = (
                next(iter(sources.answers[id].values())).place
                if sources.answers[id]
                else Place(name="disclosures.yaml")
            )
            known = ", ".join(sorted(sources.library.standards)) or "none"
            yield _found("disclosure.dead", "there is no standard {id}; there are {known}", place, id=id, known=known)
    for standard, disclosure, answer in _answers(sources):
        if disclosure not in {one.id for one in standard.disclosures}:
            yield _found(
                "disclosure.dead",
                "{standard} has no disclosure {id}; mend the id",
                answer.place,
                standard=standard.id,
                id=disclosure,
            )
        for section in answer.sections:
            if section not in sections:
                template = "{id} is answered in {section}, which is no section of the outline; name one that is"
                yield _found("disclosure.dead", template, answer.place, id=disclosure, section=section)
        for metric in answer.metrics:
            for problem in unknown(sources.library, metric.partition("[")[0]):
                template = "{id} is answered by a figure that is not defined: {problem}"
                yield _found("disclosure.dead", template, answer.place, id=disclosure, problem=problem)


def leads_nowhere(sources: Sources) -> Iterator[Finding]:
    """An answer by figures alone, none of which the outline shows."""
    shown = {metric for _, item in items(sources.outline) for metric in metrics_of(item)}
    for _, disclosure, answer in _answers(sources):
        if answer.metrics and not answer.sections and not answer.explained and not shown & set(answer.metrics):
            template = (
                "{id} is answered by {metrics}, which no table, chart or key figure shows; show it, or name a section"
            )
            yield _found(
                "disclosure.leads_nowhere", template, answer.place, id=disclosure, metrics=", ".join(answer.metrics)
            )


def not_in_force(sources: Sources) -> Iterator[Finding]:
    """An index of a standard that does not apply to the year, or an answer to a disclosure that does not."""
    for standard in _indexed(sources):
        if not in_force(standard, sources.year):
            template = (
                "{id} applies {days}, and the report is for {year}; name the edition that applies in company.yaml"
            )
            values = {"id": standard.id, "days": days_of(standard), "year": sources.year}
            yield _found("disclosure.not_in_force", template, sources.company.place, "warning", **values)
    for standard, id, answer in _answers(sources):
        for one in standard.disclosures:
            if one.id == id and not in_force(one, sources.year):
                template = "{id} of {standard} applies {days}, and the report is for {year}; answer what took its place"
                values = {"id": id, "standard": standard.id, "days": days_of(one), "year": sources.year}
                yield _found("disclosure.not_in_force", template, answer.place, "warning", **values)


def unanswered(sources: Sources) -> Iterator[Finding]:
    """A disclosure that binds and is neither answered, explained nor omitted: it is printed as not answered."""
    for standard in _indexed(sources):
        for one in standard.disclosures:
            if owed(sources, standard, one) and answered(sources, standard, one.id) is None:
                template = "{standard} asks for {id} ({title}), and disclosures.yaml does not say where it is answered"
                place = Place(name="disclosures.yaml")
                yield _found(
                    "disclosure.unanswered",
                    template,
                    place,
                    "warning",
                    standard=standard.id,
                    id=one.id,
                    title=one.title["en"],
                )


def answered_by_nothing(sources: Sources) -> Iterator[Finding]:
    """A disclosure that rests on figures which are not there in the year of the report, or on sections without a text."""
    year = reporting_period(sources.year, sources.company.year_ends)
    for _, disclosure, answer in _answers(sources):
        for metric in answer.metrics:
            facts = [fact for fact in sources.facts.values() if fact.metric == metric and fact.period == year]
            if facts and not any(fact.status == "figure" for fact in facts):
                template = (
                    "{id} is answered by {metric}, which has no figure for {year}; record it, or say why it is omitted"
                )
                yield _found(
                    "disclosure.hole", template, answer.place, "warning", id=disclosure, metric=metric, year=year
                )
        for section in answer.sections:
            if _unwritten(sources, section):
                template = "{id} is answered in {section}, which has no text yet; write it, or say why it is omitted"
                yield _found("disclosure.hole", template, answer.place, "warning", id=disclosure, section=section)


def no_such_issuer(sources: Sources) -> Iterator[Finding]:
    """A class of issuer that its standard does not tell apart, so that its levels would be those of everybody."""
    for id, issuer in sources.company.issuer_class.items():
        standard = sources.library.standards.get(id)
        if standard is None or issuer not in standard.issuers:
            known = ", ".join(standard.issuers if standard else ()) or "no issuers"
            template = "issuer_class: {id} does not know {issuer!r}; it tells apart {known}"
            yield _found("disclosure.issuer", template, sources.company.place, id=id, issuer=issuer, known=known)


RULES = (dead_reference, no_such_issuer, leads_nowhere, not_in_force, unanswered, answered_by_nothing)


def _answers(sources: Sources) -> Iterator[tuple[Standard, str, Answer]]:
    for id, given in sources.answers.items():
        if standard := sources.library.standards.get(id):
            yield from ((standard, disclosure, answer) for disclosure, answer in given.items())


def _indexed(sources: Sources) -> list[Standard]:
    """The standards whose index the report prints."""
    ids = dict.fromkeys(item.index for _, item in items(sources.outline) if item.index)
    return [sources.library.standards[id] for id in ids if id in sources.library.standards]


def _unwritten(sources: Sources, id: str) -> bool:
    """Is it a section that is to have a text, and has none in any language?"""
    section = sources.outline.sections.get(id)
    if section is None or not any(item.text for item in section.body):
        return False
    return not any(id in texts for texts in sources.narratives.values())


def _found(rule: str, template: str, place: Place, severity: Severity = "error", **values: object) -> Finding:
    return Finding(rule=rule, template=template, values=values, place=place, severity=severity)
