"""Computes a bundle's figures again, from its own definitions and entries, and holds each against what was released."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from decimal import Decimal

from leafledger.core.approval import Approval
from leafledger.core.entry import Entry, canonical
from leafledger.core.fact import Fact, FactSet
from leafledger.core.quantity import plain
from leafledger.engine.books import books
from leafledger.engine.bundle.content import APPROVALS, ENTRIES, FACTS, Kept
from leafledger.engine.bundle.definitions import Definitions
from leafledger.engine.bundle.mismatch import mismatch, shown
from leafledger.engine.bundle.scope import facts_until
from leafledger.engine.cells import cells_from_entries, in_force
from leafledger.engine.compute import compute
from leafledger.engine.frozen import facts_from_json, facts_to_json

_DIFFERS = "its {field} is {stored} in the bundle, and its own entries, factors and formulas give {computed}"


def recomputed(of: Definitions, year: int, entries: Mapping[str, Entry], approvals: Mapping[str, Approval]) -> FactSet:
    """Every figure of a release of that year that approved entries in force give. Refused at the first entry that may not count."""
    check_counting(entries, approvals, own_allowed=of.company.self_reviewed)
    cells = cells_from_entries(entries.values(), of.library.counted)
    facts = compute(books(of.library, of.company, of.series, cells))
    return facts_from_json(facts_to_json(facts_until(facts, of.company, year)))


def check_counting(entries: Mapping[str, Entry], approvals: Mapping[str, Approval], *, own_allowed: bool) -> None:
    """Refused unless each entry is in force and approved, as it stands, by somebody else (law 7)."""
    for id in sorted(set(entries) - {entry.id for entry in in_force(entries.values())}):
        raise mismatch(
            "entries",
            f"{ENTRIES} {id}",
            "another entry replaces it, so it must not count; the bundle was not made by a release",
        )
    for id in sorted(set(approvals) - set(entries)):
        raise mismatch("approval", f"{APPROVALS} {id}", "the approval is of an entry that is not in the bundle")
    for id, entry in sorted(entries.items()):
        if id not in approvals:
            raise mismatch(
                "approval",
                f"{ENTRIES} {id}",
                "nobody approved this entry, so it must not count; the bundle was not made by a release",
            )
        approval = approvals[id]
        if approval.hash != entry.hash:
            template = "{by} approved an entry with the hash {approved}, and the entry here has {found}: it was changed after it was approved"
            raise mismatch(
                "approval", f"{ENTRIES} {id}", template, by=approval.by, approved=approval.hash, found=entry.hash
            )
        own = approval.by == entry.recorded_by
        if own != approval.own or (own and not own_allowed):
            template = "recorded by {recorder!r} and approved by {by!r}; nobody approves their own, unless company.yaml and the approval both say so"
            raise mismatch("approval", f"{ENTRIES} {id}", template, recorder=entry.recorded_by, by=approval.by)


def compare(stored: FactSet, again: FactSet, kept: Mapping[str, Kept]) -> None:
    """Each figure was recomputed to the same, each field of it. Refused at the first that was not.

    kept: figures that stand as an earlier release has them; what the entries give now must be the fact whose id is given.
    """
    for key in sorted({*stored, *again, *kept}):
        found = again.get(key)
        if key in kept:
            _stands(key, kept[key], found, here=key in stored)
        elif key not in stored or found is None:
            where, other = ("the bundle", "the recomputation") if key in stored else ("the recomputation", "the bundle")
            raise mismatch(
                "fact", f"{FACTS} {key}", "{where} has this figure and {other} does not", where=where, other=other
            )
        else:
            _same(key, stored[key], found)


def differs(kept: Fact, now: Fact | None) -> bool:
    """Would the entries now give another figure, or the same one otherwise?"""
    return now is None or _said(kept) != _said(now)


def _stands(key: str, of: Kept, found: Fact | None, *, here: bool) -> None:
    if here and not of.release:
        template = "the figure does not follow from the entries, and no earlier release is named that has it, so nothing proves it"
        raise mismatch("fact", f"{FACTS} {key}", template)
    if of.now != (found.id if found else ""):
        template = "the figure was kept as it was closed; the entries now give {found} and the release says {stated}"
        values = {"found": found.id if found else "nothing", "stated": of.now or "nothing"}
        raise mismatch("fact", f"{FACTS} {key}", template, **values)


def _same(key: str, stored: Fact, found: Fact) -> None:
    said, computed = _said(stored), _said(found)
    for name in said:
        if said[name] != computed[name]:
            values = {"field": name, "stored": _spoken(stored, name), "computed": _spoken(found, name)}
            raise mismatch("fact", f"{FACTS} {key}", _DIFFERS, **values)


def _spoken(fact: Fact, field: str) -> str:
    value = getattr(fact, field)
    return plain(value) if isinstance(value, Decimal) else shown(_said(fact)[field])


def _said(fact: Fact) -> dict[str, str]:
    """Each field as one text. Of a finding what it says counts, not in which folder the definition stood."""
    said = {field.name: getattr(fact, field.name) for field in fields(fact)}
    said["findings"] = [(finding.rule, finding.severity, finding.message) for finding in fact.findings]
    said["factors"] = [asdict(factor) for factor in fact.factors]
    said["steps"] = [asdict(step) for step in fact.steps]
    said["period"] = str(fact.period)
    return {name: value if isinstance(value, str) else canonical(value) for name, value in said.items()}
