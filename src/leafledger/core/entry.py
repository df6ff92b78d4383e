"""An entry: one reading, statement or assertion that someone records, with who says so and how good it is."""

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from leafledger.core.labels import NONE, Labels
from leafledger.core.period import Period
from leafledger.core.quality import Scores

EntryKind = Literal["reading", "adjustment", "assertion", "nil", "register"]
Bound = Literal["exact", "over", "within", "about"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing said about one series and one stretch of days.

    kind: a `reading` counts; an `adjustment` moves an amount between series and covers no days; an `assertion` is a
    control total that is compared and never counted; a `nil` says "none" (value 0); a `register` is what a cumulative
    meter showed at the end of a day, and what flowed is the difference from one to the next.
    bound: `over` (more than), `within` (at most), `about`, for figures that were only stated so.
    tolerance: half-width of the value in its unit, where it is not half of the last digit given.
    estimated with `method`: the value was worked out, not measured. `worked_back_from`: the printed figures
    (`metric@period[labels]`) it was worked out of; agreement with those proves nothing. quality: five scores (see
    core.quality), or none. uncertainty: half the width of the 95 % interval, in percent of the value.
    """

    id: str
    activity: str
    site: str
    labels: Labels = NONE
    period: Period
    value: Decimal
    unit: str
    kind: EntryKind = "reading"
    bound: Bound = "exact"
    estimated: bool = False
    method: str = ""
    tolerance: Decimal | None = None
    source: str = ""
    worked_back_from: tuple[str, ...] = ()
    quality: Scores = ()
    uncertainty: Decimal | None = None
    evidence: tuple[str, ...] = ()
    replaces: str = ""
    recorded_by: str = ""

    @property
    def hash(self) -> str:
        """SHA-256 over everything that the entry says; an approval stores this."""
        said = {name: getattr(self, name) for name in self.__slots__}  # as asdict would, a good deal faster
        said["period"] = {"start": self.period.start, "end": self.period.end}
        return hashlib.sha256(canonical(said).encode()).hexdigest()


def canonical(value: object) -> str:
    """One spelling of plain data (sorted keys, no spaces, everything else as text), to hash and to sign."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
