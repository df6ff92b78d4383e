"""A restatement of a closed year as plain values and as JSON: what moved and why, and how to get back to the state before it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from leafledger.core.entry import Entry
from leafledger.core.fact import parse_key
from leafledger.core.period import Period
from leafledger.core.quantity import plain
from leafledger.core.text import LANGUAGES, Text
from leafledger.engine.bundle.records import entry_lines, read_entry_lines
from leafledger.engine.decompose import CAUSES, Cause, Change, Comparison

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """How an older state differs from the one it became, as far as a year can tell.

    files: definitions that were otherwise, as they were; None for one that there was not. entries: those that counted then and do
    not now. without: ids of those that count now and did not then.
    """

    files: Mapping[str, bytes | None] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RestatedYear:
    """One restatement. was, digest: SHA-256 of all figures of the year, before and after it. approved: the entries that it let count."""

    year: int
    number: int
    was: str
    digest: str
    comparison: Comparison
    before: Before
    reason: Text
    approved: tuple[str, ...]
    by: str
    at: datetime

    @property
    def name(self) -> str:
        return f"restatement {self.year}.{self.number}"


def difference(old: tuple[Files, Mapping[str, Entry]], new: tuple[Files, Mapping[str, Entry]], days: Period) -> Before:
    """What has to be undone to get from the new files and entries back to the old ones, in all that can move a figure of these days."""
    (files, entries), (files_now, entries_now) = old, new
    names = {name for name in {*files, *files_now} if files.get(name) != files_now.get(name)}
    return Before(
        files={name: files.get(name) for name in sorted(names)},
        entries={id: one for id, one in sorted(entries.items()) if entries_now.get(id) != one and _matters(one, days)},
        without=tuple(id for id, one in sorted(entries_now.items()) if entries.get(id) != one and _matters(one, days)),
    )


def back(files: Files, entries: Mapping[str, Entry], before: Before) -> tuple[dict[str, bytes], dict[str, Entry]]:
    """The files and entries of the older state. KeyError where an entry is to be undone that is not there."""
    older = {**files, **before.files}
    there = dict(entries)
    for id in before.without:
        del there[id]
    return {name: content for name, content in older.items() if content is not None}, {**there, **before.entries}


def _matters(one: Entry, days: Period) -> bool:
    """What a meter showed matters for the days up to what it shows next, however far away."""
    return one.kind == "register" or one.period.overlap(days) is not None


def comparison_to_json(of: Comparison) -> dict[str, Any]:
    changes = {
        one.key: {
            "unit": one.unit,
            "old": plain(one.old),
            "new": plain(one.new),
            "parts": {cause: plain(amount) for cause, amount in one.parts.items()},
            "joint": list(one.joint),
        }
        for one in of.changes
    }
    return {"changes": changes, "appeared": list(of.appeared), "gone": list(of.gone), "unchanged": of.unchanged}


def comparison_from_json(said: Any) -> Comparison:
    """Again what `comparison_to_json` wrote. ValueError, KeyError or TypeError where it did not."""
    changes = tuple(_change(key, one) for key, one in said["changes"].items())
    made = Comparison(
        changes=changes, appeared=tuple(said["appeared"]), gone=tuple(said["gone"]), unchanged=said["unchanged"]
    )
    if comparison_to_json(made) != said:
        raise ValueError("the figures of a restatement are not spelled as one spells them")
    return made


def _change(key: str, said: Any) -> Change:
    metric, period, labels = parse_key(key)
    parts: dict[Cause, Decimal] = {cause: Decimal(said["parts"][cause]) for cause in CAUSES if said["parts"]}
    return Change(
        metric=metric,
        period=period,
        labels=labels,
        unit=said["unit"],
        old=Decimal(said["old"]),
        new=Decimal(said["new"]),
        parts=parts,
        joint=tuple(said["joint"]),
    )


def before_to_json(of: Before) -> dict[str, Any]:
    return {
        "files": {name: None if text is None else text.decode() for name, text in of.files.items()},
        "entries": entry_lines(of.entries.values()).decode().split("\n")[:-1],
        "without": list(of.without),
    }


def before_from_json(said: Any) -> Before:
    lines = "".join(f"{line}\n" for line in said["entries"]).encode()
    made = Before(
        files={name: None if text is None else text.encode() for name, text in said["files"].items()},
        entries=read_entry_lines(lines, "entries of the state before a restatement"),
        without=tuple(said["without"]),
    )
    if before_to_json(made) != said:
        raise ValueError("the state before a restatement is not spelled as one spells it")
    return made


def to_json(of: RestatedYear) -> dict[str, Any]:
    """All of a restatement, as a bundle has it."""
    return {
        "year": of.year,
        "number": of.number,
        "was": of.was,
        "digest": of.digest,
        "figures": comparison_to_json(of.comparison),
        "before": before_to_json(of.before),
        "reason": dict(of.reason),
        "approved": list(of.approved),
        "by": of.by,
        "at": of.at.astimezone(UTC).isoformat(),
    }


def from_json(said: Any) -> RestatedYear:
    """The restatement again. ValueError (or KeyError, TypeError, AttributeError) where the data are none."""
    made = RestatedYear(
        year=int(said["year"]),
        number=int(said["number"]),
        was=str(said["was"]),
        digest=str(said["digest"]),
        comparison=comparison_from_json(said["figures"]),
        before=before_from_json(said["before"]),
        reason={language: str(said["reason"][language]) for language in LANGUAGES},
        approved=tuple(said["approved"]),
        by=str(said["by"]),
        at=datetime.fromisoformat(said["at"]),
    )
    if to_json(made) != said:
        raise ValueError("the restatement is not spelled as one spells it")
    return made


def unknown_state(of: RestatedYear) -> RestatedYear:
    """The same without the way back, for a bundle that names the release which has it."""
    return replace(of, before=Before())
