"""Looks whether the ledger still says what was written into it: someone with the file, or the server, in hand can get past every guard."""

import hashlib
from collections.abc import Iterator

from leafledger.base.evidence import kept
from leafledger.base.models import Approval, Evidence
from leafledger.core.finding import Finding, Place
from leafledger.ledger.models import Close, EntryRow
from leafledger.ledger.rows import COLUMNS, OPEN_DECIMALS, entry_of, open_of, scaled
from leafledger.ledger.standing import KIND
from leafledger.library.entries import MOST_DECIMALS


def altered() -> Iterator[Finding]:
    """Every entry, approval, closed year and file that is not what it was when it was written."""
    yield from _entries()
    yield from _approvals()
    yield from _closes()
    yield from _files()


def _entries() -> Iterator[Finding]:
    rows = EntryRow.objects.order_by("id").values_list(*COLUMNS, "hash", "value_scaled", "open_scaled")
    for *values, hash, value_scaled, open_scaled in rows.iterator(2000):
        try:
            entry = entry_of(tuple(values))
            same = (entry.hash, scaled(entry.value, MOST_DECIMALS), scaled(open_of(entry), OPEN_DECIMALS))
        except (ValueError, ArithmeticError, AssertionError):
            same = ("", 0, 0)
        if same != (hash, value_scaled, open_scaled):
            yield _finding(
                f"entry {values[0]}", "this entry was changed in the database; bring back your copy of the ledger"
            )


def _approvals() -> Iterator[Finding]:
    hashes = dict(EntryRow.objects.values_list("id", "hash"))
    for subject, hash in Approval.objects.filter(kind=KIND).order_by("subject").values_list("subject", "hash"):
        if hashes.get(subject) != hash:
            template = (
                "this entry is not the one that was approved, and does not count; bring back your copy of the ledger"
            )
            yield _finding(f"entry {subject}", template)


def _closes() -> Iterator[Finding]:
    for year, facts, digest in Close.objects.order_by("year").values_list("year", "facts", "digest"):
        if hashlib.sha256(facts.encode()).hexdigest() != digest:
            yield _finding(
                f"{year}", "the figures of this closed year were changed; bring back your copy of the ledger"
            )


def _files() -> Iterator[Finding]:
    for name, sha256 in Evidence.objects.order_by("name").values_list("name", "sha256"):
        try:
            with kept(sha256).open("rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except OSError:
            same = False
        if not same:
            template = "this file of evidence is missing or changed; put the file that was given back to {place}"
            yield _finding(f"evidence {name}", template, place=f"evidence/{sha256[:2]}/{sha256}")


def _finding(where: str, template: str, /, **values: object) -> Finding:
    return Finding(rule="ledger.altered", template=template, values=values, place=Place(name=where))
