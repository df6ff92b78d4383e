"""Finds the place in a report that a reference names: a section by its title or number, and the page it is said to be on."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from leafledger.audit.document import Line
from leafledger.audit.fold import fold
from leafledger.audit.mention import Heading, Reading
from leafledger.audit.rules.alike import likeness
from leafledger.audit.rules.once import once
from leafledger.audit.rules.sentences import indexed

_NUMBER = re.compile(r"^\s*(?:第\s?)?(?P<number>\d+(?:\.\d+)+|\d+(?=\s))\s*[.、章节]?\s*(?P<title>.*)$")
_ANNEX = re.compile(
    r"^\s*(?P<number>(?:附录|附件|appendix|annex)\s*[\dA-Z一二三四五六]{0,2})\s*[::.、]?\s*(?P<title>.+)$", re.I
)
_BEFORE = re.compile(r"^(?:专题|章节|第\s?[一二三四五六七八九十\d]+\s?[章节]|chapter \d+|section)\s*[::]?\s*", re.I)
_SIGNS = re.compile(r"[\s\W_]+")
_PARTS = re.compile(r"[\n;;]|\s\|\s")
_LISTED = re.compile(r"、(?=\d|附|「|《)|(?<=[\u3400-\u9fff])、|,\s(?=[A-Z\d])")
_ELSEWHERE = re.compile(
    r"年报|年度报告|官网|网站|不适用|省略|没有|未|无|保密|已|annual report|10-k|20-f|proxy|https?:|www\.|website|"
    r"not applicable|\bn/?a\b|omi(?:t|ssion)|cdp|policy|code of conduct|financial statements|\bis\b|\bare\b|\bnot\b|\bwas\b|\bwe\b|\bour\b",
    re.I,
)
_PAGE = re.compile(
    r"\(?\s*(?:第\s*(?P<zh>\d{1,3}(?:\s*[-–~至,、]\s*\d{1,3})*)\s*页|(?:\bpages?|\bpp?\.|\bpg\.?|\bP)\s*(?P<en>\d{1,3}(?:\s*[-–~,&]\s*\d{1,3})*))\s*\)?",
    re.I,
)
_PLAIN_PAGES = re.compile(r"^\s*\d{1,3}(?:\s*[-–~至,、&]\s*\d{1,3})*\s*$")
_FIGURE = re.compile(r"^\d[\d,.]*\s*\S{0,4}(?:\s|$)|\d+\s?%|^\S{1,2}\s+\d")
_EDGES = re.compile(r"^[\s\W]+|[\s\W]+$")
NEAR = 0.6
"""Titles less like one another than this are of different sections."""


@dataclass(frozen=True, slots=True)
class Target:
    """One title that a reference names, and the pages beside it."""

    title: str
    pages: tuple[int, ...] = ()


@lru_cache(maxsize=32768)
def bare(title: str) -> str:
    """A title without its number, spaces and signs, in one script."""
    folded = _BEFORE.sub("", fold(title))
    found = _NUMBER.match(folded) or _ANNEX.match(folded)
    return _SIGNS.sub("", found["title"] if found and found["title"] else folded).lower()


def number_of(title: str) -> str:
    """Its number: `1.2`, `附录1`."""
    found = _NUMBER.match(fold(title)) or _ANNEX.match(fold(title))
    return re.sub(r"\s", "", found["number"]) if found else ""


class Places:
    """Every title of a report: its headings, and every short line, since not every heading is seen as one."""

    def __init__(self, reading: Reading) -> None:
        self.headings = tuple(heading for heading in reading.headings if not _FIGURE.search(fold(heading.text)))
        index = indexed(reading)
        told = [line for line in reading.document.lines if line.number not in index and line.text.strip()]
        self._told = [(line.number, fold(line.text)) for line in told]
        self._numbers = [number for number, _ in self._told]
        self._texts: dict[tuple[int, int], str] = {}
        self._lines = _titles(told)
        self._last = reading.document.lines[-1].number if reading.document.lines else 0
        self._pages = {line.number: line.page for line in reading.document.lines}
        self._labels = {page.number: page.label for page in reading.document.pages}

    def targets_in(self, target: str) -> list[Target]:
        """The titles that a target names, with their pages; nothing of what stands outside the report or is said on the spot."""
        return [found for part in _PARTS.split(target) for found in self._targets(part)]

    def _targets(self, part: str) -> Iterator[Target]:
        folded = fold(part)
        pages = tuple(page for found in _PAGE.finditer(folded) for page in _numbers(found["zh"] or found["en"]))
        first = _PAGE.search(folded)
        title = part[: first.start()] if first and first.start() > 1 else _PAGE.sub("", part) if first else part
        title = _EDGES.sub("", title)
        if not title or _PLAIN_PAGES.match(title):
            return
        if self.exists(title) or self.numbered(title):
            yield Target(title, pages)
            return
        pieces = [piece.strip(' 。.「」“”"') for piece in _LISTED.split(title)]
        if len(pieces) > 1 and any(self.exists(piece) for piece in pieces):
            yield from (Target(piece) for piece in pieces if piece)
        elif not _ELSEWHERE.search(fold(title)):
            yield Target(title, pages)

    def named(self, title: str) -> list[Heading]:
        """The headings of that title; a title of several lines is the headings that make it together."""
        words = bare(title)
        same = [heading for heading in self.headings if bare(heading.text) == words]
        if same or len(words) < 4:
            return same
        within = [h for h in self.headings if len(bare(h.text)) > 2 and bare(h.text) in words]
        if within and sum(len(part) for part in {bare(h.text) for h in within}) >= len(words):
            return within
        return [h for h in self.headings if bare(h.text).startswith(words)]

    def exists(self, title: str) -> bool:
        """Does it stand anywhere as a line of its own, or as two lines that follow each other?"""
        return bool(self.named(title)) or bare(title) in self._lines

    def numbered(self, title: str) -> Heading | None:
        """The heading of that number, whatever its words."""
        number = _SIGNS.sub("", number_of(title))
        return next(
            (h for h in self.headings if number and "." in h.number and _SIGNS.sub("", h.number) == number), None
        )

    def nearest(self, title: str) -> Heading | None:
        """The heading whose words come nearest."""
        words = bare(title)
        scored = [(likeness(words, bare(h.text)), h) for h in self.headings if len(bare(h.text)) > 2]
        best = max(scored, key=lambda pair: pair[0], default=None)
        return best[1] if best and best[0] >= NEAR else None

    def stands_on(self, title: str, pages: Iterable[int]) -> bool:
        """Is it a line of one of these printed pages? A title may stand in several places."""
        numbers = {number for number, label in self._labels.items() if label in set(map(str, pages))}
        return any(bare(text) == bare(title) for at, text in self._told if self._pages[at] in numbers)

    def lines_of(self, heading: Heading) -> tuple[int, int]:
        """From the heading to the next one that is as high, of those that are headings indeed."""
        later = (h.where.line for h in self.headings if h.where.line > heading.where.line and h.level <= heading.level)
        return heading.where.line, next(later, self._last + 1) - 1

    def text_of(self, headings: Iterable[Heading]) -> str:
        """All that stands in some sections, in one script, without the lines of indices."""
        spans = sorted({self.lines_of(heading) for heading in headings})
        return "\n".join(self._between(first, last) for first, last in spans)

    def _between(self, first: int, last: int) -> str:
        known = self._texts.get((first, last))
        if known is None:
            start, end = bisect_left(self._numbers, first), bisect_right(self._numbers, last)
            known = self._texts[first, last] = "\n".join(text for _, text in self._told[start:end])
        return known

    def text(self) -> str:
        """All that stands in the report, in one script, without the lines of indices."""
        return "\n".join(text for _, text in self._told)

    def pages_of(self, heading: Heading) -> tuple[int, int] | None:
        """The first and last page of a section as they are printed; None where pages have no plain numbers."""
        first, last = self.lines_of(heading)
        ends = [self._labels.get(self._pages.get(line, 0), "") for line in (first, last)]
        return (int(ends[0]), int(ends[1])) if all(end.isdecimal() for end in ends) else None


@once
def places_of(reading: Reading) -> Places:
    return Places(reading)


def _numbers(text: str) -> Iterator[int]:
    yield from map(int, re.findall(r"\d+", text))


def _titles(lines: list[Line]) -> set[str]:
    """What lines may be titles, alone and with the line after them."""
    texts = [line.text.strip() for line in lines]
    found = {bare(text) for text in texts if len(text) < 80}
    found |= {bare(span.text) for line in lines for span in line.spans if len(span.text) < 80}
    return found | {bare(a) + bare(b) for a, b in pairwise(texts) if len(a) + len(b) < 100}
