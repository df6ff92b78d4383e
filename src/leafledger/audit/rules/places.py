"""Finds the place in a report that a reference names: a section by its title or number."""

import re
from collections.abc import Iterable
from functools import lru_cache

from leafledger.audit.document import Line
from leafledger.audit.fold import fold
from leafledger.audit.mention import Heading, Reading
from leafledger.audit.rules.alike import likeness
from leafledger.audit.rules.sentences import indexed

_NUMBER = re.compile(r"^\s*(?:第\s?)?(?P<number>\d+(?:\.\d+)+|\d+(?=\s))\s*[.、章节]?\s*(?P<title>.*)$")
_ANNEX = re.compile(
    r"^\s*(?P<number>(?:附录|附件|appendix|annex)\s*[\dA-Z一二三四五六]{0,2})\s*[::.、]?\s*(?P<title>.+)$", re.I
)
_BEFORE = re.compile(r"^(?:专题|章节|第\s?[一二三四五六七八九十\d]+\s?[章节]|chapter \d+|section)\s*[::]?\s*", re.I)
_SIGNS = re.compile(r"[\s\W_]+")
_PARTED = re.compile(r"[\n;;]|、(?=\d|附|「|《)|(?<=[\u3400-\u9fff])、|,\s(?=[A-Z\d])|\s\|\s")
_ELSEWHERE = re.compile(
    r"年报|年度报告|官网|网站|不适用|省略|未披露|无|保密|annual report|10-k|20-f|proxy|https?:|www\.|website|"
    r"not applicable|\bn/?a\b|omi(?:t|ssion)|cdp|policy|code of conduct|financial statements",
    re.I,
)
_PAGES = re.compile(r"^(?:(?:第|pp?\.?|pg\.?|pages?)?\s*\d{1,3}\s*(?:页)?\s*[-–~至,、&]?\s*)+$", re.I)
NEAR = 0.6
"""Titles less like one another than this are of different sections."""


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
        self.headings = reading.headings
        index = indexed(reading)
        told = [line for line in reading.document.lines if line.number not in index and line.text.strip()]
        self._told = [(line.number, fold(line.text)) for line in told]
        self._lines = _titles(told)

    def titles_in(self, target: str) -> list[str]:
        """The titles that a target names; nothing of what stands outside the report, or of pages."""
        whole = target.strip(' 。.「」“”"')
        if whole and "\n" not in whole and (self.exists(whole) or self.numbered(whole)):
            return [whole]
        parts = [part.strip(' 。.「」“”"') for part in _PARTED.split(target)]
        return [part for part in parts if part and not _ELSEWHERE.search(fold(part)) and not _PAGES.match(fold(part))]

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
        number = number_of(title)
        return next((h for h in self.headings if number and _SIGNS.sub("", h.number) == _SIGNS.sub("", number)), None)

    def nearest(self, title: str) -> Heading | None:
        """The heading whose words come nearest."""
        words = bare(title)
        scored = [(likeness(words, bare(h.text)), h) for h in self.headings if len(bare(h.text)) > 2]
        best = max(scored, key=lambda pair: pair[0], default=None)
        return best[1] if best and best[0] >= NEAR else None

    def text_of(self, headings: Iterable[Heading]) -> str:
        """All that stands in some sections, in one script, without the lines of indices."""
        spans = [(heading.where.line, heading.last_line) for heading in headings]
        return "\n".join(text for at, text in self._told if any(first <= at <= last for first, last in spans))

    def text(self) -> str:
        """All that stands in the report, in one script, without the lines of indices."""
        return "\n".join(text for _, text in self._told)


def _titles(lines: list[Line]) -> set[str]:
    """What lines may be titles, alone and with the line after them."""
    texts = [line.text.strip() for line in lines]
    found = {bare(text) for text in texts if len(text) < 80}
    found |= {bare(span.text) for line in lines for span in line.spans if len(span.text) < 80}
    return found | {bare(a) + bare(b) for a, b in zip(texts, texts[1:], strict=False) if len(a) + len(b) < 100}
