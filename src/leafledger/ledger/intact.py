"""Looks whether the ledger still says what was written into it: someone with the file, or the server, in hand can get past every guard."""

import hashlib
from collections.abc import Iterator

from leafledger.base import evidence
from leafledger.base.append_only import seal_of
from leafledger.base.models import Approval
from leafledger.core.finding import Finding, Place
from leafledger.ledger import read
from leafledger.ledger.models import Close, EntryRow, Release, Restatement
from leafledger.ledger.rows import COLUMNS, OPEN_DECIMALS, entry_of, open_of, scaled
from leafledger.ledger.standing import KIND
from leafledger.library.entries import MOST_DECIMALS


def altered() -> Iterator[Finding]:
    """Every entry, approval, closed year, restatement, release and file that is not what it was when it was written."""
    yield from _entries()
    yield from _approvals()
    yield from _closes()
    yield from _restatements()
    yield from _releases()
    yield from evidence.altered(read.evidence_hashes())


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
    recorded = {id: (hash, who) for id, hash, who in EntryRow.objects.values_list("id", "hash", "recorded_by")}
    for row in Approval.objects.filter(kind=KIND).order_by("subject").iterator(2000):
        hash, recorder = recorded.get(row.subject, ("", ""))
        if hash != row.hash:
            template = (
                "this entry is not the one that was approved, and does not count; bring back your copy of the ledger"
            )
            yield _finding(f"entry {row.subject}", template)
        elif seal_of(row) != row.seal or row.own != (row.by == recorder):
            template = "its approval was changed in the database, so that nobody knows who approved it; bring back your copy of the ledger"
            yield _finding(f"entry {row.subject}", template)


def _closes() -> Iterator[Finding]:
    for year, facts, digest in Close.objects.order_by("year").values_list("year", "facts", "digest"):
        if hashlib.sha256(facts.encode()).hexdigest() != digest:
            yield _finding(
                f"{year}", "the figures of this closed year were changed; bring back your copy of the ledger"
            )


def _restatements() -> Iterator[Finding]:
    """Each has its seal, follows the one before it, and stands on the figures that stood before it."""
    stands = {year: (0, digest) for year, digest in Close.objects.values_list("year", "digest")}
    for row in Restatement.objects.order_by("year", "number"):
        number, digest = stands.get(row.year, (0, ""))
        whole = hashlib.sha256(row.facts.encode()).hexdigest() == row.digest and seal_of(row) == row.seal
        if not whole or (row.number, row.was) != (number + 1, digest):
            template = "what the ledger says of this restatement was changed, or the one before it was; bring back your copy of the ledger"
            yield _finding(f"the restatement of {row.year}", template)
        stands[row.year] = (row.number, row.digest)


def _releases() -> Iterator[Finding]:
    for row in Release.objects.order_by("id"):
        if seal_of(row) != row.seal:
            template = "what the ledger says of this release was changed; bring back your copy of the ledger"
            yield _finding(f"release {row.file}", template)


def _finding(where: str, template: str, /, **values: object) -> Finding:
    return Finding(rule="ledger.altered", template=template, values=values, place=Place(name=where))
