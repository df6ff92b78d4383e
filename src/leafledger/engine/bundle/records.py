"""Entries and approvals as lines of JSON, one spelling each, and back to exactly what they were."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, TypeVar, get_args

from leafledger.core.approval import Approval
from leafledger.core.entry import Bound, Entry, EntryKind, canonical
from leafledger.core.period import Period
from leafledger.core.quality import format_scores, parse_scores
from leafledger.core.quantity import parse_decimal
from leafledger.engine.bundle.mismatch import damaged, shown

T = TypeVar("T")


def entry_lines(entries: Iterable[Entry]) -> bytes:
    """One line an entry, in the order of ids; the SHA-256 of a line is the entry's hash."""
    return _lines(canonical(asdict(entry)) for entry in sorted(entries, key=lambda entry: entry.id))


def approval_lines(approvals: Mapping[str, Approval]) -> bytes:
    """One line an approval, in the order of the entries' ids."""
    return _lines(_approval_line(approvals[id]) for id in sorted(approvals))


def read_entry_lines(text: bytes, name: str) -> dict[str, Entry]:
    """Entries by id. Refused at the first line that is not as `entry_lines` writes it."""
    return _read(text, name, _entry, lambda entry: canonical(asdict(entry)), lambda entry: entry.id)


def read_approval_lines(text: bytes, name: str) -> dict[str, Approval]:
    """Approvals by the id of their entry. Refused at the first line that is not as `approval_lines` writes it."""
    return _read(text, name, _approval, _approval_line, lambda approval: approval.entry)


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _approval_line(approval: Approval) -> str:
    return canonical({**asdict(approval), "at": approval.at.astimezone(UTC).isoformat()})


def _read(
    text: bytes, name: str, make: Callable[[Any], T], line_of: Callable[[T], str], id_of: Callable[[T], str]
) -> dict[str, T]:
    made: dict[str, T] = {}
    last = ""
    lines = text.split(b"\n")
    if lines.pop():
        raise damaged("records", name, "the last line does not end, so the file was cut")
    for number, line in enumerate(lines, 1):
        try:
            one = make(json.loads(line))
            fits = line_of(one).encode() == line
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise damaged(
                "records", f"{name}:{number}", "the line cannot be read: {problem}", problem=shown(str(error), 200)
            ) from None
        if not fits:
            template = "the line is not in the one spelling that hashes stand on: {line}"
            raise damaged("records", f"{name}:{number}", template, line=shown(line.decode(errors="replace")))
        if id_of(one) <= last:
            template = "{id!r} stands after {last!r}; each id stands once, in order"
            raise damaged("records", f"{name}:{number}", template, id=id_of(one), last=last)
        made[last := id_of(one)] = one
    return made


def _entry(said: Any) -> Entry:
    period = Period(*(date.fromisoformat(said["period"][end]) for end in ("start", "end")))
    if (
        said["kind"] not in get_args(EntryKind)
        or said["bound"] not in get_args(Bound)
        or type(said["estimated"]) is not bool
    ):
        raise ValueError("its kind, bound or estimated is none that an entry has")
    plain = {
        **said,
        "period": period,
        "value": _decimal(said["value"]),
        "tolerance": None if said["tolerance"] is None else _decimal(said["tolerance"]),
        "quality": parse_scores(format_scores(said["quality"])),
        "uncertainty": None if said["uncertainty"] is None else _decimal(said["uncertainty"]),
        "labels": tuple((str(key), str(member)) for key, member in said["labels"]),
        "worked_back_from": tuple(map(str, said["worked_back_from"])),
        "evidence": tuple(map(str, said["evidence"])),
    }
    return Entry(**plain)


def _approval(said: Any) -> Approval:
    if type(said["own"]) is not bool:
        raise ValueError("`own` is neither true nor false")
    return Approval(**{**said, "at": datetime.fromisoformat(said["at"])})


def _decimal(text: str) -> Decimal:
    value = parse_decimal(text)
    if str(value) != text:
        raise ValueError(f"{shown(text)} is not how the number is written")
    return value
