"""What the ledger's tests say again and again: a company of three, entries, and who does what."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from leafledger.core.entry import Entry
from leafledger.core.fact import Fact
from leafledger.core.finding import Refused
from leafledger.core.labels import parse_labels
from leafledger.core.org import Company, Person
from leafledger.core.period import Period
from leafledger.engine.decompose import Comparison
from leafledger.engine.restatement import Before
from leafledger.ledger import checks, read, verbs

NOON = datetime(2025, 3, 1, 12, 0, tzinfo=UTC)
COMPANY = Company(
    id="harbour",
    name={},
    legal_name={},
    sites=(),
    years=(),
    people=(
        Person(id="rui", name="Rui", roles=("recorder",)),
        Person(id="ada", name="Ada", roles=("recorder", "approver")),
        Person(id="pat", name="Pat", roles=("publisher",)),
    ),
)
REASON = {"zh-Hant": "抄錯", "zh-Hans": "抄错", "en": "Misread"}
ALONE = replace(COMPANY, self_reviewed=True)


def entry(id: str = "e1", value: str = "12.50", period: str = "2024-03", **more: object) -> Entry:
    said = {"activity": "energy.electricity", "site": "hq", "unit": "MWh", "labels": ""} | more
    said["labels"] = parse_labels(str(said["labels"]))
    return Entry(id=id, value=Decimal(value), period=Period.parse(period), **said)  # type: ignore[arg-type]


def record(*entries: Entry, by: str = "rui", **more: object) -> verbs.Done:
    return verbs.record(entries, by=by, at=NOON, company=COMPANY, **more)  # type: ignore[arg-type]


def approve(*ids: str, by: str = "ada", company: Company = COMPANY, **more: object) -> verbs.Done:
    return verbs.approve(ids or None, by=by, at=NOON, company=company, **more)  # type: ignore[arg-type]


def close(year: int, *facts: Fact, by: str = "pat") -> object:
    return verbs.close(year, {fact.key: fact for fact in facts}, by=by, at=NOON, company=COMPANY)


def fact(metric: str = "energy.total", period: str = "2024", value: str | None = "12.5", **more: object) -> Fact:
    exact = None if value is None else Decimal(value)
    return Fact(metric=metric, period=Period.parse(period), value=exact, unit="MWh", coverage=Decimal(1), **more)  # type: ignore[arg-type]


def restate(year: int, *facts: Fact, ids: tuple[str, ...] = (), by: str = "ada", was: str | None = None) -> object:
    new = {fact.key: fact for fact in facts}
    what = verbs.Restating(
        year=year,
        was=read.standing_digest(year) if was is None else was,
        facts=new,
        comparison=Comparison(changes=(), appeared=(), gone=(), unchanged=0),
        before=Before(),
    )
    seen = {id: row.hash for id, row in checks.held(ids).items()}
    return verbs.restate([what], reason=REASON, by=by, at=NOON, company=COMPANY, seen=seen)


@contextmanager
def refused(*words: str):
    """The act is refused, and what is said has every one of the words."""
    with pytest.raises(Refused) as caught:
        yield
    said = str(caught.value)
    assert [word for word in words if word not in said] == [], said
