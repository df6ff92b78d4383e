"""Do the editions say the same: the composed reports of all languages compared, figure by figure (law 12)."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import zip_longest

from leafledger.core.finding import Finding, Place
from leafledger.core.text import LANGUAGES
from leafledger.report.blocks import (
    Block,
    Bullets,
    Callout,
    Figure,
    Heading,
    Inline,
    Inlines,
    KeyFigures,
    Missing,
    Number,
    PageRef,
    Paragraph,
    Report,
    Table,
)
from leafledger.report.walk import inlines_of
from leafledger.report.words import units_called, word

Said = tuple[str, ...]
"""What a piece of a report says apart from its language."""


def parity(reports: Mapping[str, Report]) -> tuple[Finding, ...]:
    """Every difference of another edition from the prevailing one, by section."""
    if not reports:
        return ()
    prevailing = next(iter(reports.values())).prevailing
    source = reports.get(prevailing) or next(iter(reports.values()))
    others = [report for report in reports.values() if report.language != source.language]
    return tuple(finding for other in others for finding in _compared(source, other))


def _compared(source: Report, other: Report) -> Iterator[Finding]:
    wanted, found = _sections(source), _sections(other)
    for id in dict.fromkeys([*wanted, *found]):
        if id not in found or id not in wanted:
            there = source.language if id in wanted else other.language
            yield _differs("parity.section", other, id, "the section {section} is only in {there}", there=there)
            continue
        yield from _prose(source, other, id, wanted[id], found[id])
        yield from _shown(source, other, id, wanted[id], found[id])


def _prose(source: Report, other: Report, id: str, wanted: list[Block], found: list[Block]) -> Iterator[Finding]:
    """The figures in the sentences of a section: the same ones, as often, and the holes alike."""
    ours, theirs = Counter(_figures(wanted)), Counter(_figures(found))
    for said, count in ((ours - theirs) + (theirs - ours)).items():
        more, less = (source, other) if ours[said] > theirs[said] else (other, source)
        template = (
            "the text of {section} says {figure} {count} more in {more} than in {less}; make the texts say the same"
        )
        times = "once" if count == 1 else f"{count} times"
        values = {"figure": " ".join(said[1:]), "count": times, "more": more.language, "less": less.language}
        yield _differs("parity.numbers", other, id, template, **values)


def _shown(source: Report, other: Report, id: str, wanted: list[Block], found: list[Block]) -> Iterator[Finding]:
    """Headings, tables, charts, key figures and holes: one by one, in their order."""
    kinds = (Heading, Table, Figure, KeyFigures, Callout)
    ours, theirs = ([block for block in blocks if isinstance(block, kinds)] for blocks in (wanted, found))
    for first, second in zip_longest(ours, theirs):
        if first is None or second is None or _name(first) != _name(second):
            template = "{section} shows {ours} in {source} where {language} has {theirs}"
            values = {
                "ours": _name(first),
                "theirs": _name(second),
                "source": source.language,
                "language": other.language,
            }
            yield _differs("parity.blocks", other, id, template, **values)
            return
        yield from _lines(source, other, id, first, second)


def _lines(source: Report, other: Report, id: str, first: Block, second: Block) -> Iterator[Finding]:
    """The contents of two blocks of one name, line by line; the first difference of each line."""
    ours, theirs = list(_contents(first)), list(_contents(second))
    for line, (a, b) in enumerate(zip_longest(ours, theirs), 1):
        if a != b:
            template = "{block} in {section} differs at line {line}: {ours} in {source}, {theirs} in {language}"
            values = {"block": _name(first), "line": line, "ours": _spell(a, b), "theirs": _spell(b, a)}
            yield _differs(
                "parity.contents", other, id, template, source=source.language, language=other.language, **values
            )
    yield from _units(source, other, id, first, second)


def _units(source: Report, other: Report, id: str, first: Block, second: Block) -> Iterator[Finding]:
    """Two names of units that no unit has in both languages."""
    for a, b in zip(_unit_names(first, source.language), _unit_names(second, other.language), strict=False):
        if a != b and not units_called(a, source.language) & units_called(b, other.language):
            template = "{block} in {section} is in {ours} in {source} and in {theirs} in {language}, which is not the same unit"
            values = {"block": _name(first), "ours": a or "no unit", "theirs": b or "no unit"}
            yield _differs(
                "parity.units", other, id, template, source=source.language, language=other.language, **values
            )


def _sections(report: Report) -> dict[str, list[Block]]:
    """The blocks of each section; those before the first belong to their chapter."""
    made: dict[str, list[Block]] = {}
    for chapter in report.chapters:
        here = made.setdefault(chapter.id, [])
        for block in chapter.blocks:
            if isinstance(block, Heading) and block.level == 2:
                here = made.setdefault(block.id, [])
            else:
                here.append(block)
    return made


def _figures(blocks: list[Block]) -> Iterator[Said]:
    for block in blocks:
        if isinstance(block, Paragraph | Bullets):
            yield from filter(_is_figure, map(_said, inlines_of(block)))


def _is_figure(said: Said) -> bool:
    return said[0] in ("figure", "hole")


def _said(inline: Inline) -> Said:
    """What an inline says, in every language the same: a figure with its digits, a hole, a section, or just words."""
    match inline:
        case Number(key, fact_id, text, _):
            return ("figure", key, "".join(re.findall(r"[\d.,]+|[−<>≤≈]", text)), f"({fact_id})")
        case Missing(key):
            return ("hole", key)
        case PageRef(section):
            return ("section", section)
        case _:
            return ("omitted",) if inline.text.startswith(_omitted()) else ("words",)


@cache
def _omitted() -> tuple[str, ...]:
    """How an omission begins in each language."""
    return tuple(word(language, "omitted") for language in LANGUAGES)


def _contents(block: Block) -> Iterator[tuple[Said, ...]]:
    """The lines of a block."""
    match block:
        case KeyFigures(items=items):
            yield from ((_said(item.value), ("note", *re.findall(r"\d[\d.,]*", item.note))) for item in items)
        case Table(rows=rows, notes=notes):
            yield from (((row.kind,), *(said for cell in row.cells for said in _cell(cell))) for row in rows)
            yield (("notes", str(len(notes))),)
        case Figure(table=Table() as table):
            yield from _contents(table)


def _cell(inlines: Inlines) -> tuple[Said, ...]:
    """Words count only as being there: a sentence may be cut into pieces in another way."""
    said = [_said(one) for one in inlines if _said(one) != ("words",) or one.text.strip()]
    kept = tuple(one for one in said if one != ("words",))
    return (*kept, ("words",)) if ("words",) in said and not kept else kept


def _unit_names(block: Block, language: str) -> list[str]:
    """The names of units that a block prints beside its figures."""
    match block:
        case KeyFigures(items=items):
            return [item.unit for item in items]
        case Table(rows=rows, header=header) if len(header) > 1 and header[1] == word(language, "unit"):
            return ["".join(one.text for one in row.cells[1]) for row in rows if row.kind != "group"]
        case _:
            return []


def _name(block: Block | None) -> str:
    match block:
        case Heading(id=id) | Table(id=id) | Figure(id=id):
            return id
        case KeyFigures():
            return "the key figures"
        case Callout(kind=kind):
            return f"a {kind}"
        case _:
            return "nothing"


def _spell(line: tuple[Said, ...] | None, against: tuple[Said, ...] | None) -> str:
    """What a line says that the other does not."""
    if line is None:
        return "nothing"
    mine = [" ".join(said) for said in line if said not in (against or ())]
    return ", ".join(mine) or "nothing more"


def _differs(rule: str, other: Report, section: str, template: str, **values: object) -> Finding:
    return Finding(
        rule=rule,
        template=template,
        values={"section": section, **values},
        place=Place(name=f"{other.language}/{section}"),
    )
