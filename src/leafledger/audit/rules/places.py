"""Finds the place in a report that a reference names: a section by its title or number, or a page."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from leafledger.audit.fold import fold
from leafledger.audit.mention import Heading, Reading, Where
from leafledger.audit.rules.alike import likeness

_NUMBER = re.compile(r"^\s*(?:第\s?)?(?P<number>\d+(?:\.\d+)+|\d+(?=\s))\s*[.、章节]?\s*(?P<title>.*)$")
_SIGNS = re.compile(r"[\s\W_]+")
_PARTED = re.compile(r"[\n;;]|、(?=\d|附|「|《)|(?<=[\u3400-\u9fff])、|,\s(?=[A-Z\d])|\s\|\s")
_ELSEWHERE = re.compile(
    r"年报|年度报告|官网|网站|不适用|省略|未披露|无|保密|annual report|10-k|20-f|proxy|https?:|www\.|website|"
    r"not applicable|\bn/?a\b|omi(?:t|ssion)|cdp|policy|code of conduct|financial statements",
    re.I,
)
_PAGES = re.compile(
    r"^(?:第|pp?\.?|pg\.?|pages?)?\s*\d{1,3}(?:\s*[-–~至,、&]\s*(?:pp?\.?)?\s*\d{1,3})*\s*(?:页)?$", re.I
)
NEAR = 0.45


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A run of lines with a title."""

    number: str
    title: str
    where: Where
    last_line: int


def titles_in(target: str) -> list[str]:
    """The titles that a target names; nothing of what stands outside the report, or of pages."""
    parts = [part.strip(' 。.「」“”"') for part in _PARTED.split(target)]
    return [part for part in parts if part and not _ELSEWHERE.search(fold(part)) and not _PAGES.match(fold(part))]


def bare(title: str) -> str:
    """A title without its number, spaces and signs, in one script."""
    folded = fold(title)
    found = _NUMBER.match(folded)
    return _SIGNS.sub("", found["title"] if found and found["title"] else folded).lower()


def number_of(title: str) -> str:
    found = _NUMBER.match(fold(title))
    return found["number"] if found else ""


class Places:
    """Every title of a report: its headings, and every short line, since not every heading is seen as one."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.headings = reading.headings
        self._lines = _short_lines(reading)

    def named(self, title: str) -> list[Heading]:
        """The headings of that title, or whose words it begins or ends."""
        words = bare(title)
        same = [heading for heading in self.headings if bare(heading.text) == words]
        if same or len(words) < 4:
            return same
        joined = [
            h
            for h in self.headings
            if len(bare(h.text)) > 3 and (words.startswith(bare(h.text)) or words.endswith(bare(h.text)))
        ]
        longer = [h for h in self.headings if bare(h.text).startswith(words)]
        return joined or longer

    def exists(self, title: str) -> bool:
        """Does it stand anywhere as a line of its own, or as two lines that follow each other?"""
        return bool(self.named(title)) or bare(title) in self._lines

    def numbered(self, title: str) -> Heading | None:
        """The heading of that number, whatever its words."""
        number = number_of(title)
        return next((h for h in self.headings if number and h.number.rstrip(".") == number), None)

    def nearest(self, title: str) -> Heading | None:
        """The heading whose words come nearest."""
        words = bare(title)
        scored = [(likeness(words, bare(h.text)), h) for h in self.headings if len(bare(h.text)) > 2]
        best = max(scored, key=lambda pair: pair[0], default=None)
        return best[1] if best and best[0] >= NEAR else None


def _short_lines(reading: Reading) -> set[str]:
    """Lines that may be titles, alone and with the line after them; not those of the indices themselves."""
    indices = {reference.where.line for reference in reading.references}
    lines = [line for line in reading.document.lines if line.number not in indices and line.text.strip()]
    texts = [line.text.strip() for line in lines]
    found = {bare(text) for text in texts if len(text) < 80}
    found |= {bare(span.text) for line in lines for span in line.spans if len(span.text) < 80}
    return found | {bare(a) + bare(b) for a, b in itertools.pairwise(texts) if len(a) + len(b) < 100}


def text_of(reading: Reading, headings: list[Heading]) -> str:
    """All that stands in some sections, in one script, without the lines of indices."""
    indices = {reference.where.line for reference in reading.references}
    spans = [(heading.where.line, heading.last_line) for heading in headings]
    return "\n".join(
        line.text
        for line in reading.document.lines
        if line.number not in indices and any(first <= line.number <= last for first, last in spans)
    )


def lines_of(reading: Reading) -> Iterator[str]:
    indices = {reference.where.line for reference in reading.references}
    return (line.text for line in reading.document.lines if line.number not in indices)
