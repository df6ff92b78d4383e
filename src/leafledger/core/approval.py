"""An approval: who said of which entry, exactly as it was seen, that it may count."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """`hash` is the entry's hash as it was seen. own: the approver also recorded it, which only a company of one may do."""

    entry: str
    hash: str
    by: str
    at: datetime
    own: bool = False
