"""The half of a bundle that its digest covers: what was released, what it stands on, and the definitions."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path

from leafledger.core.approval import Approval
from leafledger.core.entry import Entry, canonical
from leafledger.core.fact import FactSet
from leafledger.engine.bundle.definitions import definition_files
from leafledger.engine.bundle.licensed import needed_by
from leafledger.engine.bundle.mismatch import damaged, shown
from leafledger.engine.bundle.records import approval_lines, entry_lines
from leafledger.engine.bundle.restated import Proven, restatement_files
from leafledger.engine.bundle.seal import CONTENT
from leafledger.engine.frozen import facts_from_json, facts_to_json

ABOUT, ENTRIES, APPROVALS = f"{CONTENT}release.json", f"{CONTENT}entries.jsonl", f"{CONTENT}approvals.jsonl"
FACTS, EVIDENCE = f"{CONTENT}facts.json", f"{CONTENT}evidence.json"

_MOST_DIGITS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Why a figure is not what the entries give now. now: the id of the fact that they give (empty for none).

    release: the digest of the first release that has the figure, and proves it; empty where the figure is not in this one.
    """

    now: str
    release: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything that a release says, apart from its definitions.

    entries: all that count. evidence: the SHA-256 of each file by the name that entries use. attached: names of files
    that entries were given after they had been recorded. kept: by key, figures that stand as an earlier release has them, or
    that are not there because their year was closed before they were defined. restated: closed years that were restated.
    """

    company: str
    year: int
    release: int
    entries: Mapping[str, Entry]
    approvals: Mapping[str, Approval]
    facts: FactSet
    evidence: Mapping[str, str] = field(default_factory=dict)
    attached: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kept: Mapping[str, Kept] = field(default_factory=dict)
    restated: tuple[Proven, ...] = ()


def content_files(content: Content, library: Path, company: Path) -> dict[str, bytes]:
    """The content as files, the definitions of both folders verbatim."""
    kept = {key: asdict(of) for key, of in content.kept.items()}
    about = {"company": content.company, "year": content.year, "release": content.release, "kept": kept}
    return {
        **definition_files(library, company, needed_by(content.facts)),
        ABOUT: _json(about),
        ENTRIES: entry_lines(content.entries.values()),
        APPROVALS: approval_lines({id: content.approvals[id] for id in content.entries if id in content.approvals}),
        FACTS: _json(facts_to_json(content.facts)),
        **restatement_files(content.restated),
        EVIDENCE: _json({"files": dict(content.evidence), "attached": dict(content.attached)}),
    }


def read_about(files: Mapping[str, bytes]) -> tuple[str, int, int, dict[str, Kept]]:
    """Company, year, number of the release, and the kept figures."""
    said = _read(files, ABOUT)
    if not isinstance(said, dict) or set(said) != {"company", "year", "release", "kept"} or not _kept(said["kept"]):
        raise damaged(
            "content",
            ABOUT,
            "it does not say company, year, release and kept figures, so nobody knows what was released",
        )
    return said["company"], said["year"], said["release"], {key: Kept(**of) for key, of in said["kept"].items()}


def read_facts(files: Mapping[str, bytes]) -> FactSet:
    said = _read(files, FACTS)
    try:
        facts = facts_from_json(said)
        if any(_absurd(number) for fact in facts.values() for number in (fact.value, fact.low, fact.high)):
            raise ValueError(f"a number has more than {_MOST_DIGITS} digits")
        same = _json(facts_to_json(facts)) == files[FACTS]
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, RecursionError) as error:
        raise damaged("facts", FACTS, "the facts cannot be read: {problem}", problem=shown(str(error), 200)) from None
    if not same:
        raise damaged(
            "facts",
            FACTS,
            "the facts are not in the one spelling that the digest stands on; a number was respelled or something added",
        )
    return facts


def read_evidence(files: Mapping[str, bytes]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The SHA-256 of each file by its name, and which names were attached to which entry."""
    said = _read(files, EVIDENCE)
    if (
        not isinstance(said, dict)
        or set(said) != {"files", "attached"}
        or not _texts(said["files"])
        or not _lists(said["attached"])
    ):
        raise damaged(
            "content",
            EVIDENCE,
            "it does not say which files of evidence there are, with their SHA-256, and which were attached to what",
        )
    return said["files"], said["attached"]


def _absurd(number: Decimal | None) -> bool:
    return number is not None and (
        len(number.as_tuple().digits) > _MOST_DIGITS or abs(number.adjusted()) > _MOST_DIGITS
    )


def _json(data: object) -> bytes:
    return (canonical(data) + "\n").encode()


def _read(files: Mapping[str, bytes], name: str) -> object:
    if name not in files:
        raise damaged("content", name, "the file is missing, and a release cannot be computed without it")
    try:
        data = json.loads(files[name])
        same = name == FACTS or _json(data) == files[name]
    except (ValueError, RecursionError) as error:
        raise damaged(
            "content", name, "the file cannot be read as JSON: {problem}", problem=shown(str(error), 200)
        ) from None
    if not same:
        raise damaged(
            "content", name, "the file is not in the one spelling that the digest stands on (sorted keys, no spaces)"
        )
    return data


def _kept(said: object) -> bool:
    return isinstance(said, dict) and all(
        _texts(of) and set(of) == {"now", "release"} and re.fullmatch(r"|[0-9a-f]{64}", of["release"])
        for of in said.values()
    )


def _texts(said: object) -> bool:
    return isinstance(said, dict) and all(isinstance(value, str) for value in said.values())


def _lists(said: object) -> bool:
    return isinstance(said, dict) and all(
        isinstance(names, list) and all(isinstance(n, str) for n in names) for names in said.values()
    )
