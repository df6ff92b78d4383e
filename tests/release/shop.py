"""The bakery as a company folder with a ledger: recorded by Ada, approved by Ben, ready to be released."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import lighthouse

from leafledger.base.setup import open_ledger
from leafledger.core.entry import Entry
from leafledger.flow.calculate import Calculated
from leafledger.flow.places import ledger_place
from leafledger.flow.release import Released, Seals, Told, release
from leafledger.ledger import verbs
from leafledger.library.company import read_company

NOON = datetime(2025, 3, 31, 12, 0, tzinfo=UTC)


def shop(folder: Path, entries: Iterable[Entry] | None = None) -> Path:
    """A new company folder in which everything is approved."""
    lighthouse.written_to(folder, {**lighthouse.FOLDER, "evidence/bill.pdf": "the bill"})
    record(folder, lighthouse.entries().values() if entries is None else entries)
    return folder


def record(folder: Path, entries: Iterable[Entry], *, approve: bool = True) -> None:
    company = read_company(folder)
    open_ledger(ledger_place(folder))
    done = verbs.record(entries, by="ada", at=NOON, company=company, evidence=folder / "evidence")
    if approve:
        verbs.approve(done.new, by="ben", at=NOON, company=company)


def plain_pages(calculated: Calculated, year: int, seals: Seals, told: Told) -> Mapping[str, bytes]:
    """Stands in for rendering, which has its own tests and takes seconds."""
    return lighthouse.pages(calculated.facts, seals.digest, seals.key_fingerprint)


def released(folder: Path, year: int = 2024, *, by: str = "ben", **more: object) -> Released:
    return release(folder, year, **{"by": by, "at": NOON, "pages": plain_pages, "with_holes": True, **more})
