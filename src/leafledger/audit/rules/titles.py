"""Titles that were copied from another place: a half that belongs to another story, a row that names another figure."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from leafledger.audit.fold import fold
from leafledger.audit.mention import Reading, Where
from leafledger.audit.rules.saying import short, verdict
from leafledger.audit.verdict import Verdict, rule

_CASE = re.compile(r"^\s*案\s*例\s*(?P<title>\S.{6,80})$|^\s*case(?: study)?\s*[::]?\s+(?P<en>\S.{10,100})$", re.I)
_CLAUSE = re.compile(r"[,,;;]\s*|\s[-–—]\s")
_PAGE_LINES = 14
"""Lines below a title in which its story is told, where no heading says how far it goes."""
FEW = 0.25
"""Fewer of a clause's pairs of letters than this in a story: it is not about that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    clauses: tuple[str, ...]
    text: str
    where: Where
    story: str


@rule
def copied_title(reading: Reading) -> Iterator[Verdict]:
    """A title ends in the very words of another title, and its text is not about them."""
    found: dict[str, list[Title]] = defaultdict(list)
    for title in _titles(reading):
        if len(title.clauses) > 1 and len(title.clauses[-1]) > 5:
            found[title.clauses[-1]].append(title)
    for clause, titles in found.items():
        if len({title.clauses[0] for title in titles}) < 2:
            continue
        told = {id(title): _told(clause, title.story) for title in titles}
        right = max(titles, key=lambda title: told[id(title)])
        for title in titles:
            if title.clauses[0] != right.clauses[0] and told[id(title)] < FEW < told[id(right)]:
                yield _say(title, right, clause)


def _titles(reading: Reading) -> Iterator[Title]:
    lines = reading.document.lines
    texts = {line.number: line.text for line in lines}
    headings = {heading.where.line: heading.text for heading in reading.headings}
    for line in lines:
        case = _CASE.match(line.text)
        text = (case["title"] or case["en"]) if case else headings.get(line.number)
        if not text:
            continue
        story = " ".join(texts.get(line.number + step, "") for step in range(1, _PAGE_LINES))
        clauses = tuple(fold(part).strip() for part in _CLAUSE.split(text) if part.strip())
        yield Title(clauses=clauses, text=text, where=Where(page=line.page, line=line.number, quote=text), story=story)


def _told(clause: str, story: str) -> float:
    """How many of a clause's pairs of letters (words, in English) stand in the story."""
    text = fold(story).lower()
    if clause.isascii():
        pieces = list(re.findall(r"[a-z]{4,}", clause.lower()))
    else:
        pieces = [clause[at : at + 2].lower() for at in range(len(clause) - 1)]
    return sum(piece in text for piece in pieces) / len(pieces) if pieces else 1.0


def _say(title: Title, right: Title, clause: str) -> Verdict:
    return verdict(
        "copied-title",
        "likely",
        "low",
        "“{title}” ends like “{other}”, but its text is about something else: half of the title seems to be copied.",
        places=(title.where, right.where),
        settle="Give the story a title of its own.",
        title=short(title.text),
        other=short(right.text),
    )
