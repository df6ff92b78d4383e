"""What people wrote, as blocks: each reference in it becomes the figure it names, or a visible hole."""

from collections.abc import Sequence

from leafledger.report.blocks import (
    Block,
    Bullets,
    Callout,
    Heading,
    Inline,
    Inlines,
    Missing,
    Paragraph,
    Strong,
    Words,
)
from leafledger.report.figures import gap, in_text
from leafledger.report.narrative import Narrative, Part, Piece, Ref, Said
from leafledger.report.outline import Section
from leafledger.report.reader import Reader


def written(reader: Reader, id: str) -> Narrative | None:
    """The text of a section or chapter, if there is one."""
    return reader.sources.narratives.get(reader.language, {}).get(id)


def text_of(reader: Reader, section: Section) -> list[Block]:
    """The text of a section, or a callout that says it is still to be written."""
    text = written(reader, section.id)
    if text is None or not text.parts:
        return [not_written(reader, section.id)]
    return blocks(reader, section.id, text.parts)


def lead(reader: Reader, id: str) -> tuple[str, list[Block]]:
    """How a chapter opens: the words of its first paragraph, and what follows it."""
    text = written(reader, id)
    if text is None or not text.parts or text.parts[0].kind != "paragraph":
        return "", blocks(reader, id, text.parts) if text else []
    first = inlines(reader, text.parts[0].items[0])
    return "".join(one.text for one in first), blocks(reader, id, text.parts[1:])


def blocks(reader: Reader, id: str, parts: Sequence[Part]) -> list[Block]:
    """Headings are called `<id>.1`, `<id>.2` and so on, alike in every language."""
    made: list[Block] = []
    headings = 0
    for part in parts:
        if part.kind == "bullets":
            made.append(Bullets(items=tuple(inlines(reader, item) for item in part.items)))
        elif part.kind == "heading":
            headings += 1
            text = "".join(one.text for one in inlines(reader, part.items[0]))
            made.append(Heading(id=f"{id}.{headings}", level=3, text=text))
        else:
            made.append(Paragraph(inlines=inlines(reader, part.items[0])))
    return made


def inlines(reader: Reader, pieces: Sequence[Piece]) -> Inlines:
    return tuple(_inline(reader, piece) for piece in pieces)


def not_written(reader: Reader, id: str) -> Callout:
    return hole(reader, "hole_title", "no_text", language=reader.language, section=id)


def hole(reader: Reader, title: str, key: str, /, **values: object) -> Callout:
    """A callout for what is missing: the words called `title` and `key`."""
    return Callout(kind="hole", title=reader.word(title), paragraphs=((Words(reader.word(key, **values)),),))


def _inline(reader: Reader, piece: Piece) -> Inline:
    match piece:
        case Said(text, strong):
            return Strong(text) if strong else Words(text)
        case Ref(key, bare):
            try:
                name = reader.named(key)
            except ValueError:
                return Missing(key, "", gap(reader, key, None, key).text)
            return in_text(reader, name, bare=bare)
