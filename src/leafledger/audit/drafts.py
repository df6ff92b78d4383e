"""A table while it is being put together from lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from leafledger.audit.cells import Value
from leafledger.audit.document import Line


@dataclass(slots=True, kw_only=True)
class DraftRow:
    """values: by the number of their column. group: the words above that it belongs to. sure: how sure the columns are, 0..1."""

    line: Line
    label: str
    unit: str
    values: dict[int, Value]
    group: str = ""
    depth: int = 0
    sure: float = 1.0
    left: float = 0.0


@dataclass(slots=True, kw_only=True)
class Draft:
    """columns: their headers, without those of the words and the units."""

    first: Line
    title: str = ""
    columns: list[str] = field(default_factory=list)
    rows: list[DraftRow] = field(default_factory=list)
    years: list[int | None] = field(default_factory=list)


_SPLIT = re.compile(
    r"^按|劃分|划分|分[類类]$|^其中|\bof\s+which\b|\bby\s+(?:gender|sex|age|region|location|geograph|type|categor|level|grade|rank|employ|source|division|segment|business|fuel|countr|site|contract)"
    r"|\bbreak-?\s?down\b|\bsplit\b",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^[·•‧∙▪■◆●○\-–—>»]\s*(?=\S)")


def splits(words: str) -> bool:
    """Do these words say that what follows are the parts of something?"""
    return bool(_SPLIT.search(words.rstrip(": ")))


def unbulleted(label: str) -> tuple[str, bool]:
    """The label without the dot before it, and whether it had one."""
    found = _BULLET.match(label)
    return (label[found.end() :], True) if found and not re.match(r"[<>]\s*\d", label) else (label, False)


def nested(rows: Sequence[DraftRow]) -> None:
    """Say of each row how deep it stands: parts of a split below it, dotted rows below the row before them."""
    group, section, unit, parent = "", "", "", ""
    for row in rows:
        row.label, dotted = unbulleted(row.label)
        if row.group and row.group != group:
            group, unit = row.group, row.unit
            section = section if splits(group) else group
        elif group and splits(group) and row.unit != unit:
            group = section
        row.group, row.depth = group, int(bool(group) and splits(group))
        if dotted:
            row.group, row.depth = parent or group, row.depth + 1
        else:
            parent = row.label
