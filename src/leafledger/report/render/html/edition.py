"""What every part of a language's pages needs to know: the report, its receipts and drawings, and what is printed where."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from leafledger.report.blocks import Heading, Report
from leafledger.report.receipt import Receipt
from leafledger.report.words import word


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where a figure is printed: its anchor in the report's page and the section it stands in."""

    anchor: str
    section: str


@dataclass(slots=True)
class Spots:
    """Where each figure is printed, once for each section, noted down while the pages are written."""

    section: str = ""
    of: dict[str, list[Spot]] = field(default_factory=dict)

    def note(self, fact_id: str, anchor: str = "") -> str:
        """The anchor that this print of the figure is to carry, or "" when its section has one, or `anchor` serves."""
        known = self.of.setdefault(fact_id, [])
        if any(spot.section == self.section for spot in known):
            return ""
        own = f"f-{fact_id}" + (f"-{len(known) + 1}" if known else "")
        known.append(Spot(anchor or own, self.section))
        return "" if anchor else own


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One language's report with all that belongs to it. others: the languages of the site, this one among them.

    pdfs: file names by language, each beside its language's index.html. sections: the text of whatever a PageRef can name.
    evidence: its files lie beside the pages.
    """

    report: Report
    receipts: Mapping[str, Receipt]
    charts: Mapping[str, bytes]
    languages: tuple[str, ...]
    pdfs: Mapping[str, str]
    sections: Mapping[str, str]
    evidence: bool = True
    spots: Spots = field(default_factory=Spots)

    @property
    def language(self) -> str:
        return self.report.language

    def word(self, key: str) -> str:
        """The report's own word, else the house's."""
        return self.report.words.get(key) or word(self.language, key)


def sections_of(report: Report) -> dict[str, str]:
    """Chapters, sections and their parts by id: number and title, as a reader knows them."""
    named: dict[str, str] = {}
    for chapter in report.chapters:
        named[chapter.id] = _numbered(chapter.number, chapter.title)
        named.update({b.id: _numbered(b.number, b.text) for b in chapter.blocks if isinstance(b, Heading)})
    return named


def _numbered(number: str, text: str) -> str:
    return f"{number} {text}".strip()
