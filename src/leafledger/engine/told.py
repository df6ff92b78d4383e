"""What was found about some days of a series."""

from dataclasses import dataclass

from leafledger.core.finding import Finding
from leafledger.core.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A finding stands with every figure that takes some of these days; an error makes it a hole."""

    days: Period
    finding: Finding
