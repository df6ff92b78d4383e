"""The records behind a figure, as its receipt lists them: what each says, how good it is, who stands for it."""

from leafledger.core.entry import Entry
from leafledger.core.quantity import decimals, plain
from leafledger.report.numbers import day, in_prose, number, period
from leafledger.report.reader import Reader
from leafledger.report.receipt import EntryLine, File


def record(reader: Reader, id: str) -> EntryLine:
    """One record. One that is not at hand, as in a bundle without entries, is named by its id alone."""
    entry = reader.sources.entries.get(id)
    if entry is None:
        return EntryLine(id=id, what=id, value="")
    names = list(dict.fromkeys((*entry.evidence, *reader.sources.attached.get(id, ()))))
    known = reader.sources.evidence
    return EntryLine(
        id=id,
        what=" · ".join((series(reader, entry), period(entry.period, reader.language))),
        value=value(reader, entry),
        note=_note(reader, entry, [name for name in names if name not in known]),
        source=entry.source,
        recorded_by=person(reader, entry.recorded_by),
        approved_by=_approved(reader, id),
        evidence=tuple(File(name=name, sha256=known[name]) for name in names if name in known),
    )


def series(reader: Reader, entry: Entry) -> str:
    """What was recorded and where: `Employees: Female · The works`."""
    sites = {site.id: reader.say(site.title) for site in reader.sources.company.sites}
    return " · ".join(filter(None, (reader.title(entry.activity, entry.labels), sites.get(entry.site, entry.site))))


def value(reader: Reader, entry: Entry) -> str:
    """The value with the digits that were written, in the unit that was written."""
    text = number(entry.value, decimals(entry.value), reader.language)
    return in_prose(text, entry.bound, entry.unit, reader.language, value=entry.value)


def person(reader: Reader, id: str) -> str:
    names = {person.id: person.name for person in reader.sources.company.people}
    return names.get(id, id)


def _note(reader: Reader, entry: Entry, lacking: list[str]) -> str:
    """Its kind, if it is not a plain reading, how it was estimated, what it leaves open, from what it was worked back, and files it lacks."""
    said = [reader.word(f"kind_{entry.kind}")] if entry.kind != "reading" else []
    if entry.estimated:
        said.append(reader.word("estimated_entry", method=entry.method))
    if entry.tolerance is not None:
        said.append(f"± {plain(entry.tolerance)}")
    if entry.worked_back_from:
        said.append(
            reader.word("worked_back", keys=reader.listed([_printed(reader, key) for key in entry.worked_back_from]))
        )
    if entry.replaces:
        said.append(reader.word("replaces_entry", id=entry.replaces))
    if lacking:
        said.append(reader.word("evidence_lacking", names=reader.listed(lacking)))
    return reader.word("semicolon").join(said)


def _printed(reader: Reader, key: str) -> str:
    """`Total energy 2023`."""
    try:
        name = reader.named(key)
    except ValueError:
        return key
    return f"{reader.title(name.metric, name.labels)} {period(name.period, reader.language)}"


def _approved(reader: Reader, id: str) -> str:
    approval = reader.sources.approvals.get(id)
    if approval is None:
        return reader.word("not_approved")
    said = reader.listed([person(reader, approval.by), day(approval.at.date(), reader.language)])
    return reader.word("in_unit", title=said, unit=reader.word("mark_unreviewed")) if approval.own else said
