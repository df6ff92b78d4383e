"""A small invented company, Harbour Kilns, read from its folder beside this file as a real one would be."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from leafledger.core.approval import Approval
from leafledger.core.fact import FactSet
from leafledger.engine.books import books
from leafledger.engine.cells import cells_from_entries, in_force
from leafledger.engine.compute import compute
from leafledger.engine.prove import proven
from leafledger.library.company import read_company, read_entries, read_series
from leafledger.library.load import load
from leafledger.report.answers import read_answers
from leafledger.report.blocks import Block, Inline, Report, Table
from leafledger.report.narrative import read, read_narratives, stamp
from leafledger.report.outline import outline_from
from leafledger.report.sources import Sources

HARBOUR = Path(__file__).parent / "harbour"
SEEN = datetime(2025, 2, 3, 9, 30, tzinfo=UTC)


@cache
def harbour() -> Sources:
    """Its report of 2024: recorded by Ada, approved by Ben."""
    library = proven(load(HARBOUR))
    company = read_company(HARBOUR)
    series = read_series(HARBOUR, company, library)
    entries = {e.id: replace(e, recorded_by="ada") for e in in_force(read_entries(HARBOUR, series, library))}
    facts: FactSet = compute(books(library, company, series, cells_from_entries(entries.values(), library.counted)))
    return Sources(
        company=company,
        library=library,
        outline=outline_from(HARBOUR / "report.yaml", "report.yaml"),
        answers=read_answers(HARBOUR),
        narratives=read_narratives(HARBOUR),
        facts=facts,
        year=2024,
        entries=entries,
        approvals={id: Approval(entry=id, hash=e.hash, by="ben", at=SEEN) for id, e in entries.items()},
        evidence={"bill-7.pdf": hashlib.sha256(b"gas").hexdigest()},
    )


def rewritten(sources: Sources, language: str, id: str, text: str) -> Sources:
    """The same company with one text written anew."""
    made = read(text, id=id, language=language, name=f"narrative/{language}/{id}.md")
    texts = {**sources.narratives[language], id: made}
    return replace(sources, narratives={**sources.narratives, language: texts})


def blocks(report: Report) -> list[Block]:
    return [block for chapter in report.chapters for block in chapter.blocks]


def table(report: Report, id: str) -> list[list[str]]:
    """The words of a table's rows, cell by cell, each number with its marks behind it: `1,582.5 e1`."""
    (found,) = [block for block in blocks(report) if isinstance(block, Table) and block.id == id]
    return [["".join(map(shown, cell)) for cell in row.cells] for row in found.rows]


def notes(report: Report, id: str) -> list[str]:
    (found,) = [block for block in blocks(report) if isinstance(block, Table) and block.id == id]
    return ["".join(map(shown, note)) for note in found.notes]


def shown(inline: Inline) -> str:
    mark = getattr(inline, "mark", "")
    return f"{inline.text} {mark}" if mark else inline.text


if __name__ == "__main__":
    print(stamp(HARBOUR, "zh-Hant"))
