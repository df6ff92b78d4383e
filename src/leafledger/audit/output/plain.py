"""Verdicts as rows of plain words, which every format writes in its own way."""

from collections.abc import Iterator
from dataclasses import dataclass

from leafledger.audit.mention import Where
from leafledger.audit.report import Audited
from leafledger.audit.verdict import Verdict
from leafledger.audit.words import about, said, settled, word

CERTAINTIES = ("certain", "likely", "question")
QUOTE = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One verdict in the reader's language. number: from 1, in the order of all."""

    number: int
    verdict: Verdict
    message: str
    settle: str
    title: str

    @property
    def place(self) -> Where | None:
        return self.verdict.places[0] if self.verdict.places else None


def rows(audited: Audited, language: str) -> Iterator[Row]:
    for number, verdict in enumerate(audited.verdicts, 1):
        yield Row(
            number=number,
            verdict=verdict,
            message=said(verdict, language),
            settle=settled(verdict, language),
            title=about(verdict.rule, language),
        )


def where(audited: Audited, place: Where, language: str) -> str:
    """`page 12` where there are pages, `line 340` in a text of one page."""
    paged = len(audited.document.pages) > 1 or audited.document.kind == "pdf"
    label = next((page.label for page in audited.document.pages if page.number == place.page), "")
    number = place.page if paged else place.line
    printed = f" ({label})" if paged and label and label != str(place.page) else ""
    if language == "en":
        return f"{word('page' if paged else 'line', language)} {number}{printed}"
    return f"第 {number} {word('page' if paged else 'line', language)}{printed}"


def quote(place: Where, most: int = QUOTE) -> str:
    text = " ".join(place.quote.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def counts(audited: Audited) -> dict[str, int]:
    return {certainty: sum(v.certainty == certainty for v in audited.verdicts) for certainty in CERTAINTIES}
