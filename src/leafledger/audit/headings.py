"""The headings of a report, their numbers and levels, and how far the section of each goes."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from leafledger.audit.document import Box, Document, Line
from leafledger.audit.furniture import furniture
from leafledger.audit.mention import Heading, Where
from leafledger.audit.references import index_lines

OFTEN = 4
"""Words that stand so often where a heading might are a running head."""
LARGER = 1.14
"""So much larger than the text is a heading's size."""
UNNUMBERED = 4
"""The level of a heading in running text that has no number: below any that has one."""
_WIDE = re.compile(r"[\u3400-\u9fff]")
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})(?![\d.]*\d)[.、:]?\s*(?P<text>[^\W\d].*)")
_CHAPTER = re.compile(
    r"(?P<number>第\s*[一二三四五六七八九十百\d]+\s*[章節节部]|(?:chapter|part)\s+(?:\d{1,2}|[ivx]{1,5}\b)|0\d(?=\s))[.、:\s]*(?P<text>\S.*)",
    re.IGNORECASE,
)
_SINGLE = re.compile(r"(?P<number>\d{1,2})[.、:]?\s+(?P<text>[^\W\d].*)")
_ANNEX = re.compile(
    r"(?P<number>附[錄录]\s*[一二三四五六七八九十\dA-Z]*|(?:appendix|annex)\s*(?:[ivx\dA-Z]{1,4}\b)?)[.、:\s-]*(?P<text>.*)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[。,，;；、!！?？]$|[^.]\.$|(?:[:：])$")
_CONTENTS = re.compile(r".+?(?:\.{3,}|…+|\s)\s*\d{1,3}$")
_NONE = re.compile(r"https?:|www\.|@|^[·•‧▪■◆●○>\-–—*]|^\(?\d+\)|^[^\w\s]*$|^(?:註|注|附註|附注|note)\b", re.IGNORECASE)
_VALUE = re.compile(
    r"^(?:%|個|个|萬|万|億|亿|million|billion|thousand|tonnes?|tons?|kwh|mwh|times|倍|人|噸|吨|家|米|天|小時|小时)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A heading without its section."""

    number: str
    text: str
    level: int
    line: Line
    lines: int = 1


def headings(document: Document, rows: Collection[int] = ()) -> tuple[Heading, ...]:
    """In order of place. rows: the numbers of lines that belong to tables, which are no headings."""
    aside = furniture(document) | index_lines(document)
    lines = [line for line in document.lines if line.number not in aside]
    found = list(
        _sized(lines, set(rows), drawn=document.kind == "pdf") if _has_sizes(lines) else _flowing(lines, set(rows))
    )
    often = Counter((one.text, bool(one.number)) for one in found)
    found = [one for one in found if often[one.text, bool(one.number)] < OFTEN or "." in one.number]
    return _sections(found, document.lines[-1].number if document.lines else 0)


def _has_sizes(lines: Sequence[Line]) -> bool:
    return any(span.size for line in lines for span in line.spans)


def _sections(found: Sequence[_Found], end: int) -> tuple[Heading, ...]:
    out = []
    for at, one in enumerate(found):
        after = next((other.line.number for other in found[at + 1 :] if other.level <= one.level), end + 1)
        out.append(
            Heading(
                number=one.number,
                text=one.text,
                level=one.level,
                where=Where(page=one.line.page, line=one.line.number, quote=one.line.text, box=_box(one.line)),
                last_line=max(after - 1, one.line.number),
            )
        )
    return tuple(out)


def _box(line: Line) -> Box | None:
    return line.spans[0].box if line.spans else None


def _weight(text: str) -> int:
    return len(text) + len(_WIDE.findall(text))


def _may_be(text: str) -> bool:
    """Short words that do not end as sentences do."""
    return (
        len(text) >= 2
        and _weight(text) <= 90
        and not _ENDS.search(text)
        and not _NONE.search(text)
        and any(map(str.isalpha, text))
    )


def _numbered(text: str, *, single: bool) -> tuple[str, str, int] | None:
    """(number, words, level) of a heading that has a number, by the form of its number alone."""
    if not _may_be(text) or _CONTENTS.fullmatch(text):
        return None
    found = _NUMBERED.fullmatch(text)
    if found and not _VALUE.match(found["text"]) and not found["number"].startswith("0"):
        return found["number"], found["text"].strip(), found["number"].count(".") + 1
    if (found := _CHAPTER.fullmatch(text)) is not None:
        return found["number"], found["text"].strip(), 1
    if (found := _ANNEX.fullmatch(text)) is not None and _weight(text) <= 60:
        return found["number"].strip(), found["text"].strip() or found["number"].strip(), 1
    if single and (found := _SINGLE.fullmatch(text)) is not None and not _VALUE.match(found["text"]):
        return found["number"], found["text"].strip(), 1
    return None


def _flowing(lines: Sequence[Line], rows: set[int]) -> Iterator[_Found]:
    """Where letters have no size: by numbers, and by short lines that stand alone above prose."""
    skip = 0
    for at, line in enumerate(lines):
        text = line.text
        if line.number <= skip or not text or line.number in rows:
            continue
        if (found := _numbered(text, single=False)) is not None:
            number, words, level = found
            below = lines[at + 1].text if at + 1 < len(lines) else ""
            if words == number and _may_be(below) and _weight(below) <= 40 and lines[at + 1].number not in rows:
                words, skip = below, lines[at + 1].number
            yield _Found(number, words, level, line)
            continue
        if not _may_be(text) or _weight(text) > 60 or _CONTENTS.fullmatch(text):
            continue
        chapter = _numbered_apart(lines, at)
        if chapter is not None:
            yield chapter
            skip = lines[at + chapter.lines - 1].number
        elif _alone(lines, at):
            yield _Found("", text, UNNUMBERED, line)


def _numbered_apart(lines: Sequence[Line], at: int) -> _Found | None:
    """One or two short lines, then a number alone: the title of a chapter on its first page."""
    ahead = [n for n in range(at, min(at + 6, len(lines))) if lines[n].text]
    for count in (2, 3):
        if len(ahead) < count or not re.fullmatch(r"0\d", lines[ahead[count - 1]].text):
            continue
        words = [lines[n].text for n in ahead[: count - 1]]
        if all(_may_be(text) and _weight(text) <= 60 for text in words) and not (at and lines[at - 1].text):
            return _Found(lines[ahead[count - 1]].text, " ".join(words), 1, lines[at], ahead[count - 1] - at + 1)
    return None


def _alone(lines: Sequence[Line], at: int) -> bool:
    before = lines[at - 1].text if at else ""
    rest = [line.text for line in lines[at + 1 : at + 4]]
    after = next((text for text in rest if text), "")
    starts_page = at == 0 or lines[at].page != lines[at - 1].page
    text = lines[at].text
    broken = (
        (_weight(text) > 30 and re.search("[。,，]", text))
        or text.count("「") != text.count("」")
        or text.count("(") != text.count(")")
    )
    return (not before or starts_page) and 44 <= _weight(after) >= 1.4 * _weight(text) and not broken


def _sized(lines: Sequence[Line], rows: set[int], *, drawn: bool) -> Iterator[_Found]:
    """Where letters have sizes: larger than the text, or numbered.

    drawn: on pages, where a heading may be wrapped into several lines, and may be no larger than the text.
    """
    body = _body(lines)
    pending: _Found | None = None
    sizes: dict[int, float] = {}
    found: list[_Found] = []
    for line in lines:
        size = _size(line)
        if drawn and pending is not None and _goes_on(pending, line, sizes[pending.line.number], size):
            pending = replace(pending, text=f"{pending.text} {line.text}", lines=pending.lines + 1)
            found[-1] = pending
            continue
        pending = None
        if line.number in rows or not line.spans:
            continue
        large = size > LARGER * body
        numbered = _numbered(line.text, single=large)
        if numbered is not None and (large or (drawn and size >= body * 0.99)):
            pending = _Found(numbered[0], numbered[1], numbered[2], line)
        elif large and _may_be(line.text) and len(line.spans) <= 2 and not _CONTENTS.fullmatch(line.text):
            pending = _Found("", line.text, 0, line)
        if pending is not None:
            sizes[line.number] = size
            found.append(pending)
    ranks = sorted({round(sizes[one.line.number]) for one in found if not one.number}, reverse=True)
    for one in found:
        level = one.level or min(ranks.index(round(sizes[one.line.number])) + 1, 6)
        yield replace(one, level=level)


def _goes_on(pending: _Found, line: Line, size: float, here: float) -> bool:
    """Is this line more of the heading above it?"""
    top, box = _box(pending.line), _box(line)
    if top is None or box is None or line.page != pending.line.page or abs(here - size) > 0.6 or pending.lines > 3:
        return False
    near = 0 < box.bottom - top.bottom < 1.6 * size * pending.lines + 2
    return (
        near
        and len(line.spans) == 1
        and not _NUMBERED.fullmatch(line.text)
        and _weight(pending.text + line.text) <= 160
    )


def _size(line: Line) -> float:
    return min((span.size for span in line.spans if len(span.text) > 1), default=0.0)


def _body(lines: Sequence[Line]) -> float:
    """The size in which most letters are set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        for span in line.spans:
            sizes[round(span.size * 2) / 2] += len(span.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0
