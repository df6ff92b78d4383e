"""Restatements in a bundle: written, read again, and proven by going back to the state before each and taking the difference apart anew."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from leafledger.core.entry import Entry, canonical
from leafledger.core.fact import FactSet
from leafledger.core.finding import Refused
from leafledger.engine.bundle.definitions import UNITS, Definitions, definitions_of
from leafledger.engine.bundle.mismatch import damaged, mismatch, shown
from leafledger.engine.bundle.seal import CONTENT
from leafledger.engine.decompose import Change, Comparison, State, decompose
from leafledger.engine.frozen import facts_to_json
from leafledger.engine.restatement import RestatedYear, back, from_json, to_json, unknown_state

RESTATED = f"{CONTENT}restatements.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """A restatement as a bundle has it. release: the digest of the earlier release that proves it; empty where this one does."""

    of: RestatedYear
    release: str = ""


def restatement_files(listed: Iterable[Proven]) -> dict[str, bytes]:
    """The file that says them; none where nothing was restated. The way back to the old state is only in the release that proves it."""
    said = [{**to_json(unknown_state(one.of) if one.release else one.of), "release": one.release} for one in listed]
    return {RESTATED: (canonical(said) + "\n").encode()} if said else {}


def read_restated(files: Mapping[str, bytes]) -> tuple[Proven, ...]:
    """What a bundle says of restatements; nothing where it has none. Refused where it cannot be read."""
    if RESTATED not in files:
        return ()
    try:
        made = tuple(_proven(one) for one in json.loads(files[RESTATED]))
        same = restatement_files(made) == {RESTATED: files[RESTATED]}
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, RecursionError, Refused) as error:
        raise damaged(
            "restated", RESTATED, "the restatements cannot be read: {problem}", problem=shown(str(error), 200)
        ) from None
    if not same:
        raise damaged("restated", RESTATED, "the file is not in the one spelling that the digest stands on")
    return made


def check_restated(
    files: Mapping[str, bytes], listed: Iterable[Proven], entries: Mapping[str, Entry], stored: FactSet
) -> int:
    """How many differences were taken apart again into the parts that are stated. Refused at the first that was not.

    Going back from what the bundle holds, the restatements of each year that it proves are undone in turn, the last one first.
    """
    listed = tuple(listed)
    _check_chain(listed, stored)
    reached: dict[int, tuple[dict[str, bytes], dict[str, Entry]]] = {}
    count = 0
    for one in reversed([proven.of for proven in listed if not proven.release]):
        now_files, now_entries = reached.get(one.year, (dict(files), dict(entries)))
        try:
            older, then = back(now_files, now_entries, one.before)
        except KeyError as error:
            template = "it undoes the entry {id}, which is not there, so nobody can go back to the figures before it"
            raise mismatch("restated", f"{RESTATED} {one.name}", template, id=error.args[0]) from None
        # The units are those of the bundle on either side, as they were when the year was restated.
        with definitions_of({**older, UNITS: files[UNITS]}) as before, definitions_of(now_files) as after:
            found = decompose(_state(before, then), _state(after, now_entries), [one.year])
        _check_same(one, found, stored)
        reached[one.year] = older, then
        count += len(one.comparison.changes)
    return count


def _proven(said: Any) -> Proven:
    return Proven(
        of=from_json({key: value for key, value in said.items() if key != "release"}), release=said["release"]
    )


def _state(of: Definitions, entries: Mapping[str, Entry]) -> State:
    return State(library=of.library, company=of.company, series=of.series, entries=entries)


def _check_chain(listed: tuple[Proven, ...], stored: FactSet) -> None:
    """Each follows the one before it, and the figures of its year are those that the last one set."""
    last: dict[int, RestatedYear] = {}
    for proven in listed:
        one, before = proven.of, last.get(proven.of.year)
        if one.number != (before.number if before else 0) + 1 or (before and one.was != before.digest):
            template = "it does not follow the restatement before it, so that one is missing, or changed"
            raise mismatch("restated", f"{RESTATED} {one.name}", template)
        last[one.year] = one
    for year, one in last.items():
        facts = {key: fact for key, fact in stored.items() if fact.period.end.year == year}
        digest = hashlib.sha256(canonical(facts_to_json(facts)).encode()).hexdigest()
        if digest != one.digest:
            template = "the figures of {year} in the bundle have the digest {found}, and it says {stated}: they are not those that it set"
            raise mismatch("restated", f"{RESTATED} {one.name}", template, year=year, found=digest, stated=one.digest)


def _check_same(one: RestatedYear, found: Comparison, stored: FactSet) -> None:
    said = {change.key: change for change in one.comparison.changes}
    again = {change.key: change for change in found.changes if change.key in said or change.key in stored}
    for key in sorted({*said, *again}):
        if said.get(key) != again.get(key):
            template = "it says {stated}, and what the bundle holds gives {computed}"
            values = {"stated": _spoken(said.get(key)), "computed": _spoken(again.get(key))}
            raise mismatch("restated", f"{RESTATED} {one.name}: {key}", template, **values)
    for what, stated, computed in (
        ("appeared", one.comparison.appeared, found.appeared),
        ("gone", one.comparison.gone, found.gone),
    ):
        if lost := sorted(set(stated) - set(computed)):
            template = "it says of this figure that it {what}, and what the bundle holds does not"
            raise mismatch("restated", f"{RESTATED} {one.name}: {lost[0]}", template, what=what)


def _spoken(change: Change | None) -> str:
    if change is None:
        return "no change"
    parts = ", ".join(f"{cause} {amount:f}" for cause, amount in change.parts.items() if amount)
    return f"{change.old:f} → {change.new:f} ({parts})"
