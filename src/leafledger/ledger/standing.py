"""Which entries stand: approved as they are, and not replaced by an approved one. One place says it, for reading and for adding up."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q

from leafledger.base.append_only import OnlyGrows
from leafledger.base.models import Approval
from leafledger.core.org import Company
from leafledger.core.period import Period, reporting_period
from leafledger.ledger.models import EntryRow

KIND = "entry"
"""How approvals of entries are told from those of other things."""

T = TypeVar("T")


def in_force() -> OnlyGrows:
    """Approved entries that no approved entry replaces: these count."""
    return EntryRow.objects.filter(_approved(), ~_superseded())


def still_open() -> OnlyGrows:
    """Entries that wait for approval, unless an approved one has already taken their place."""
    return EntryRow.objects.filter(~_approved(), ~_superseded())


def touching(days: Period) -> Q:
    """Entries with days among these, and corrections of such."""
    own = Q(first_day__lte=days.end, last_day__gte=days.start)
    return own | Q(replaces__first_day__lte=days.end, replaces__last_day__gte=days.start)


def days_of(year: int, company: Company) -> Period:
    """The days of a reporting year of the company."""
    return reporting_period(year, company.year_ends)


def _approved() -> Exists:
    """An approval counts only for what was seen: the hash of the entry as it stands."""
    return Exists(Approval.objects.filter(kind=KIND, subject=OuterRef("pk"), hash=OuterRef("hash")))


def _superseded() -> Exists:
    return Exists(EntryRow.objects.filter(Q(replaces=OuterRef("pk")), _approved()))


def chunks(things: Iterable[T], size: int = 500) -> Iterator[list[T]]:
    """A long list in pieces that a database takes as parameters of one query."""
    rest = iter(things)
    while piece := list(islice(rest, size)):
        yield piece
