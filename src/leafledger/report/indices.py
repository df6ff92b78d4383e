"""Content indices: what a standard asks for, and where the report answers it, leaves it out with a reason, or owes it."""

from collections.abc import Iterator

from leafledger.core.definition import Disclosure, Standard
from leafledger.core.text import Text
from leafledger.library.effective import in_force, level_of
from leafledger.report.answers import Answer
from leafledger.report.blocks import Block, Inlines, Missing, PageRef, Row, Table, Words
from leafledger.report.narrative import pieces
from leafledger.report.outline import ChapterSpec, ChartSpec, Item, TableSpec, items
from leafledger.report.paragraphs import hole, inlines
from leafledger.report.reader import Reader
from leafledger.report.sources import Sources

OWED = ("mandatory", "comply_or_explain")
GOALS = "sdg"
ID, ASKED, WHERE = 1.9, 4.0, 5.2


def index(reader: Reader, id: str) -> Block:
    """The index of a standard; for the goals, what the company does for each one that a chapter answers to."""
    standard = reader.sources.library.standards.get(id)
    rows = tuple(_goals(reader, standard) if id == GOALS else _rows(reader, standard)) if standard else ()
    if standard is None or not rows:
        return hole(reader, "hole_title", "no_answers", standard=reader.say(standard.title) if standard else id)
    what, where = ("index_goal", "index_response") if id == GOALS else ("index_what", "index_where")
    return Table(
        id=f"index.{id}",
        caption=reader.word("in_unit", title=reader.say(standard.title), unit=standard.edition),
        header=(
            reader.word("index_disclosure" if id != GOALS else "index_number"),
            reader.word(what),
            reader.word(where),
        ),
        rows=rows,
        widths=(ID, ASKED, WHERE),
        align="lll",
        notes=((Words(reader.say(standard.note)),),) if standard.note else (),
    )


def owed(sources: Sources, standard: Standard, disclosure: Disclosure) -> bool:
    """Does it bind an issuer of the company's class, and apply to the year?"""
    issuer = sources.company.issuer_class.get(standard.id, "")
    binding = level_of(standard, disclosure, sources.year, issuer) in OWED
    return binding and in_force(disclosure, sources.year)


def answered(sources: Sources, standard: Standard, disclosure: str) -> Answer | None:
    """What the company says of a disclosure, if need be under the edition before."""
    given = sources.answers.get(standard.id, {}).get(disclosure)
    return given or sources.answers.get(standard.succeeds, {}).get(disclosure)


def showing(reader: Reader, metric: str) -> list[str]:
    """The sections in which a metric stands, in the order of the report."""
    found = [section.id for section, item in items(reader.sources.outline) if metric in metrics_of(item)]
    return list(dict.fromkeys(found))


def metrics_of(item: Item) -> set[str]:
    """The metrics that an item of the outline shows."""
    shown = {name.partition("[")[0] for name in item.figures}
    match item:
        case Item(chart=ChartSpec(metrics=metrics)):
            shown |= set(metrics)
        case Item(table=TableSpec(rows=rows, columns=columns)):
            shown |= {row.metric for row in rows if row.metric} | set(columns)
    return shown


def goals_of(reader: Reader, chapter: ChapterSpec) -> tuple[int, ...]:
    """The goals that a chapter answers to: those the outline names, and those the company answers in one of its sections."""
    here = {chapter.id, *(section.id for section in chapter.sections)}
    given = reader.sources.answers.get(GOALS, {})
    answered_here = {int(id) for id, answer in given.items() if id.isdecimal() and here & set(answer.sections)}
    return tuple(sorted({*chapter.goals, *answered_here}))


def _rows(reader: Reader, standard: Standard) -> Iterator[Row]:
    group = ""
    for disclosure in standard.disclosures:
        answer = answered(reader.sources, standard, disclosure.id)
        if answer is None and not owed(reader.sources, standard, disclosure):
            continue
        if disclosure.group != group and disclosure.group in standard.groups:
            yield Row(cells=((Words(reader.say(standard.groups[disclosure.group])),),), kind="group")
        group = disclosure.group
        yield _row(reader, disclosure, _where(reader, answer, disclosure.id))


def _goals(reader: Reader, standard: Standard) -> Iterator[Row]:
    """A goal stands here when the company says where it answers it, or a chapter names it."""
    for goal in standard.disclosures:
        answer = answered(reader.sources, standard, goal.id)
        named = [chapter for chapter in reader.sources.outline.chapters if goal.id in map(str, chapter.goals)]
        if answer is None and not named:
            continue
        sections = answer.sections if answer else ()
        chapters = [c.id for c in named if not {s.id for s in c.sections} & set(sections)]
        where = _refs(reader, [*sections, *chapters])
        words = _words(reader, answer)
        sentence = "".join(it.text for it in words).endswith((".", "。"))
        gap = (Words(reader.word("gap" if sentence else "colon")),) if words and where else ()
        yield _row(reader, goal, (*words, *gap, *where))


def _row(reader: Reader, disclosure: Disclosure, where: Inlines) -> Row:
    return Row(cells=((Words(disclosure.id),), (Words(reader.say(disclosure.title)),), where))


def _where(reader: Reader, answer: Answer | None, disclosure: str) -> Inlines:
    if answer is None:
        return (Missing(disclosure, "", reader.word("unanswered")),)
    if answer.omitted:
        return (Words(reader.word("omitted")), *_said(reader, answer.omitted))
    sections = answer.sections or tuple(dict.fromkeys(s for metric in answer.metrics for s in showing(reader, metric)))
    refs = _refs(reader, list(sections))
    words = _words(reader, answer)
    return (*refs, *((Words(reader.word("semicolon")),) if refs and words else ()), *words)


def _words(reader: Reader, answer: Answer | None) -> Inlines:
    return _said(reader, answer.explained) if answer and answer.explained else ()


def _said(reader: Reader, text: Text) -> Inlines:
    """What the company says of a disclosure; a reference in it is the figure that it names."""
    return inlines(reader, tuple(pieces(text.get(reader.language, ""))))


def _refs(reader: Reader, ids: list[str]) -> Inlines:
    made: list[Words | PageRef] = []
    for id in ids:
        made += [Words(reader.word("semicolon"))] if made else []  # a section's own title may hold commas
        made.append(PageRef(id, section(reader, id)))
    return tuple(made)


def section(reader: Reader, id: str) -> str:
    """The number and title of a section or chapter."""
    outline = reader.sources.outline
    titles = {chapter.id: chapter.title for chapter in outline.chapters}
    titles |= {section.id: section.title for section in outline.sections.values()}
    return " ".join(filter(None, (outline.numbers().get(id, ""), reader.say(titles[id]) if id in titles else id)))
