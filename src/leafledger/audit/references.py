"""The lines of content indices (GRI, HKEX, ESRS, SASB): what a standard asks, and where the report says it answers."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from leafledger.audit.document import Document, Line
from leafledger.audit.furniture import furniture
from leafledger.audit.mention import Heading, Reference, Where
from leafledger.audit.rows import taken_apart

LEAST, FAR = 4, 16
"""An index has so many lines with an id at the least, and no more than so many lines between two of them."""
_IDS = {
    "gri": r"(?:GRI\s*|披露[項项]?\s*|disclosure\s*)?(?P<gri>2-(?:[1-9]|[12]\d|30)|3-[123]|[1-4]\d\d-\d{1,2})(?!\d|-|\s*[歲岁年%])",
    "hkex": r"(?:KPI\s*|關鍵績效指標\s*|关键绩效指标\s*)?"
    r"(?P<hkex>[AB]\s?[1-8]\.\d{1,2}|B\s?\.\s?1[345]|D\s?\.\s?(?:19|[23]\d|4[01])(?:\s?\([a-z]\))?)(?![\d.%])",
    "esrs": r"(?P<esrs>(?:ESRS\s*)?(?:E[1-5]|S[1-4]|G1|GOV|SBM|IRO|BP)-\d{1,2})(?!\d)",
    "sasb": r"(?P<sasb>[A-Z]{2}-[A-Z]{2}-\d{3}[a-z]\.\d{1,2})",
}
_ID = re.compile(rf"(?:{'|'.join(_IDS.values())})[*#]?\s*[.:、]?\s*")
_ASPECT = re.compile(r"(?:層面|层面|aspect)\s*(?P<aspect>[AB]\s?[1-8])(?![.\d])\s*[.:、]?\s*", re.IGNORECASE)
_GENERAL = re.compile(r"(?:一般披露|general\s+disclosures?)\s*[.:]?\s*", re.IGNORECASE)
_PART = re.compile(
    r"GRI\s*(?:\d{1,3}\s*[:\s]|標準|标准|standards?\b)|(?:層面|层面|描述|披露|指標|指标|standard|disclosure|description|indicator|aspect)(?:\s|$)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[。.](?=\s|$)")
_WIDE = re.compile(r"[\u3400-\u9fff]")
_TITLE = re.compile(
    r"\d{1,2}(?:\.\d{1,2})+|附[錄录]|appendix|第\s*\d+\s*[頁页]|pp?\.\s*\d|\d{1,3}(?:[-–,、 ]+\d{1,3})*$", re.IGNORECASE
)


@dataclass(slots=True)
class _Entry:
    """One id with the lines that belong to it. asked, target: where these begin on the page, if cells have places."""

    standard: str
    disclosure: str
    lines: list[Line] = field(default_factory=list)
    asked: float | None = None
    target: float | None = None


def references(document: Document, headings: Sequence[Heading] = ()) -> tuple[Reference, ...]:
    """In order of place. headings: those known, by whose words a target is told from what is asked where nothing else tells."""
    titles = {heading.text for heading in headings} | {
        f"{heading.number} {heading.text}".strip() for heading in headings
    }
    return tuple(_reference(entry, titles) for entry in _entries(document))


def index_lines(document: Document) -> frozenset[int]:
    """The numbers of the lines that belong to content indices."""
    return frozenset(line.number for entry in _entries(document) for line in entry.lines)


def _entries(document: Document) -> Iterator[_Entry]:
    aside = furniture(document)
    lines = [line for line in document.lines if line.number not in aside]
    marked = [at for at, line in enumerate(lines) if _id(line) is not None and not _is_row(document, line)]
    for zone in _zones(marked):
        entries = list(_of_zone(lines, zone))
        _place(entries)
        yield from entries


def _is_row(document: Document, line: Line) -> bool:
    """Numbers at its end that are no page numbers: a row of figures, whose words happen to look like an id."""
    values = taken_apart(line, document.language).values
    return len(values) > 1 or any(value.unit or value.amount.decimals for value in values)


def _zones(marked: Sequence[int]) -> Iterator[list[int]]:
    zone: list[int] = []
    for at in marked:
        if zone and at - zone[-1] > FAR:
            if len(zone) >= LEAST:
                yield zone
            zone = []
        zone.append(at)
    if len(zone) >= LEAST:
        yield zone


def _id(line: Line) -> tuple[str, str] | None:
    """(standard, disclosure) of a line that begins with an id, or has one as its second cell."""
    for span in line.spans[:2]:
        found = _ID.match(span.text)
        if found:
            standard = next(name for name in _IDS if found[name])
            return standard, re.sub(r"\s", "", found[standard])
    return None


def _of_zone(lines: Sequence[Line], zone: Sequence[int]) -> Iterator[_Entry]:
    entry: _Entry | None = None
    aspect = ""
    start = next((at for at in range(zone[0], max(zone[0] - 12, -1), -1) if _ASPECT.match(lines[at].text)), zone[0])
    empty = 0
    for at in range(start, min(zone[-1] + 6, len(lines))):
        line = lines[at]
        empty = empty + 1 if not line.spans else 0
        named, part = _id(line), _ASPECT.match(line.text)
        if part is not None:
            aspect = re.sub(r"\s", "", part["aspect"])
        done = empty and entry is not None and line.spans == () and _is_answered(entry)
        if (
            named is not None
            or part is not None
            or _GENERAL.match(line.text)
            or (line.spans and _PART.match(line.text))
            or empty > 2
            or done
        ):
            if entry is not None:
                yield entry
            entry = None
        if named is not None:
            entry = _Entry(*named, [line])
        elif aspect and _GENERAL.match(line.text):
            entry = _Entry("hkex", aspect, [line])
        elif entry is not None and line.spans:
            entry.lines.append(line)
    if entry is not None:
        yield entry


def _is_answered(entry: _Entry) -> bool:
    """Has running text given both what is asked and where it is answered? Then a blank line ends it."""
    return not entry.lines[0].spans[0].box and bool(_by_words(entry, ())[1])


def _place(entries: Sequence[_Entry]) -> None:
    """Where the columns of what is asked and of the answers begin, by the lines of the ids."""
    boxed = [[s.box.left for s in entry.lines[0].spans if s.box] for entry in entries if entry.lines[0].spans[0].box]
    ids = [
        next((n for n, s in enumerate(e.lines[0].spans[:2]) if _ID.match(s.text)), 0)
        for e in entries
        if e.lines[0].spans[0].box
    ]
    wide = [(lefts[at + 1], lefts[at + 2]) for lefts, at in zip(boxed, ids, strict=True) if len(lefts) > at + 2]
    narrow = [lefts[at + 1] for lefts, at in zip(boxed, ids, strict=True) if len(lefts) == at + 2]
    for entry in entries:
        if len(wide) * 2 >= len(narrow) and wide:
            entry.asked, entry.target = median(a for a, _ in wide), median(t for _, t in wide)
        elif narrow:
            entry.target = median(narrow)


def _reference(entry: _Entry, titles: Collection[str]) -> Reference:
    first = entry.lines[0]
    asked, target = (
        _by_columns(entry, titles) if entry.target is not None and first.spans[0].box else _by_words(entry, titles)
    )
    return Reference(
        standard=entry.standard,
        disclosure=entry.disclosure,
        asked=asked.strip(),
        target=target.strip(),
        where=Where(page=first.page, line=first.number, quote=first.text[:240], box=first.spans[0].box),
    )


def _by_columns(entry: _Entry, titles: Collection[str]) -> tuple[str, str]:
    asked: list[str] = []
    target: list[str] = []
    for line in entry.lines:
        there = []
        for span in line.spans:
            left = span.box.left if span.box else 0.0
            if entry.target is not None and left >= entry.target - 8:
                there.append(span.text)
            elif entry.asked is None or left >= entry.asked - 8:
                asked.append(_ID.sub("", span.text, count=1) if _ID.match(span.text) else span.text)
        if there:
            target.append(" ".join(there))
    return _woven(asked), _titles(target, titles)


def _titles(lines: Sequence[str], titles: Collection[str]) -> str:
    """Wrapped lines of answers: a line that begins as a title does begins another answer."""
    out = ""
    for line in lines:
        named = line in titles or out.rsplit("\n", 1)[-1] in titles
        if out and (named or _TITLE.match(line) or not re.search(r"[A-Za-z,、\u3400-\u9fff]$", out)):
            out += "\n" + line
        else:
            out = _woven([out, line]) if out else line
    return out


def _woven(lines: Sequence[str]) -> str:
    """Wrapped lines as one: Chinese without spaces."""
    out = ""
    for line in lines:
        glue = "" if not out or (_WIDE.match(out[-1]) and _WIDE.match(line[:1])) else " "
        out += glue + line
    return out


def _by_words(entry: _Entry, titles: Collection[str]) -> tuple[str, str]:
    """Where only the order of words is known: what is asked ends as a sentence does, or before a title, or with its first word."""
    texts = [line.text for line in entry.lines]
    texts[0] = _GENERAL.sub("", _ID.sub("", _ASPECT.sub("", texts[0], count=1), count=1), count=1)
    ends = [n for n, text in enumerate(texts) if _SENTENCE_END.search(text)]
    if ends:
        last = texts[ends[-1]]
        cut = list(_SENTENCE_END.finditer(last))[-1].end()
        return _woven([*texts[: ends[-1]], last[:cut]]), _titles(
            [text for text in (last[cut:].strip(), *texts[ends[-1] + 1 :]) if text], titles
        )
    asked, target = _parted(texts[0], titles)
    return asked, _titles([text for text in (target, *texts[1:]) if text], titles)


def _parted(text: str, titles: Collection[str]) -> tuple[str, str]:
    tokens = text.split(" ")
    for at in range(1, len(tokens)):
        tail = " ".join(tokens[at:])
        if tail in titles or _TITLE.match(tail):
            return " ".join(tokens[:at]), tail
    if len(tokens) > 1 and _WIDE.search(tokens[0]):
        return tokens[0], " ".join(tokens[1:])
    return text, ""
