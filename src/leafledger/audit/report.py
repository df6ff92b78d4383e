"""Audits one report: reads it, runs every check, and keeps one verdict for each thing that is wrong."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from leafledger.audit import rules  # noqa: F401  registers the checks
from leafledger.audit.document import Document
from leafledger.audit.mention import Mention, Reading
from leafledger.audit.read import read
from leafledger.audit.reading import reading as reading_of
from leafledger.audit.rules.prior import changed_since
from leafledger.audit.rules.saying import MANY, distinct
from leafledger.audit.verdict import RULES, Certainty, Rule, Verdict

ORDER: dict[Certainty, int] = {"certain": 0, "likely": 1, "question": 2}
_GRAVITY = {"high": 0, "medium": 1, "low": 2}
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """A report, what was read of it, and what does not add up. warnings: what could not be read or checked."""

    document: Document
    reading: Reading
    verdicts: tuple[Verdict, ...]
    warnings: tuple[str, ...] = ()

    def of(self, certainty: Certainty) -> tuple[Verdict, ...]:
        return tuple(verdict for verdict in self.verdicts if verdict.certainty == certainty)


def audit(path: Path, prior: Path | None = None, *, told: Told = lambda what: None) -> Audited:
    """Read a report, and the one of the year before if it is given, and run every check. Refused if it cannot be read."""
    told(f"Reading {path.name}")
    document = read(path)
    reading = reading_of(document)
    earlier = None
    if prior is not None:
        told(f"Reading {prior.name}")
        earlier = reading_of(read(prior))
    told("Checking")
    found, failed = judged(reading, earlier)
    return Audited(
        document=document,
        reading=reading,
        verdicts=grouped(found, reading),
        warnings=(*document.warnings, *failed),
    )


def judged(reading: Reading, prior: Reading | None = None) -> tuple[list[Verdict], tuple[str, ...]]:
    """Every verdict of every check. A check that breaks on what it reads is said to have broken, and the others go on."""
    found: list[Verdict] = []
    failed: list[str] = []
    checks: dict[str, Rule] = dict(RULES)
    if prior is not None:
        checks["changed-since"] = partial(changed_since, prior)
    for name, check in checks.items():
        try:
            found.extend(check(reading))
        except (ArithmeticError, LookupError, ValueError, RecursionError, AssertionError) as error:
            failed.append(f"The check {name} broke off and found nothing: {type(error).__name__}: {error}")
    return found, tuple(failed)


def grouped(verdicts: Iterable[Verdict], reading: Reading) -> tuple[Verdict, ...]:
    """One verdict for each error: the same numbers printed again add places, and what a surer verdict explains is left out."""
    mentions = {mention.id: mention for mention in reading.mentions}
    merged: dict[object, Verdict] = {}
    for one in verdicts:
        key = _same(one, mentions)
        merged[key] = _with_places(merged[key], one) if key in merged else one
    kept: list[Verdict] = []
    for one in sorted(merged.values(), key=lambda one: (ORDER[one.certainty], _rank(one))):
        if not any(_explains(other, one, mentions) for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda one: (ORDER[one.certainty], _GRAVITY[one.severity], _place(one))))


def _same(one: Verdict, mentions: dict[int, Mention]) -> object:
    """What makes two verdicts the same: the check and the values it is about, or else its words."""
    if len(one.about) > 1:
        values = sorted((str(m.amount.value), m.year or 0) for id in one.about if (m := mentions.get(id)))
        return one.rule, one.certainty, one.template, tuple(values)
    return one.rule, one.certainty, one.template, tuple(sorted((k, str(v)) for k, v in one.values.items()))


def _with_places(one: Verdict, other: Verdict) -> Verdict:
    return replace(one, places=distinct((*one.places, *other.places))[:MANY])


def _rank(one: Verdict) -> int:
    """A swap explains what a contradiction between two numbers only shows."""
    return 0 if one.rule == "swapped" else 1


def _explains(known: Verdict, one: Verdict, mentions: dict[int, Mention]) -> bool:
    """Every number that it is about stands in a surer verdict already, or is printed there with the same value."""
    if not one.about or known is one or len(known.about) < len(one.about):
        return False
    if set(one.about) <= set(known.about):
        return True
    there = {_said(mentions[id]) for id in known.about if id in mentions}
    return all(_said(mentions[id]) in there for id in one.about if id in mentions) and one.rule != "printed-twice"


def _said(mention: Mention) -> object:
    return mention.metric or mention.label, mention.labels, mention.year, mention.amount.value


def _place(one: Verdict) -> tuple[int, int]:
    return (one.places[0].page, one.places[0].line) if one.places else (10**9, 0)
