"""A table while it is being put together from lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from leafledger.audit.cells import Value
from leafledger.audit.document import Line


@dataclass(slots=True, kw_only=True)
class DraftRow:
    """values: by the number of their column. group: words that stand right above it as a heading of rows. sure: of the columns, 0..1.

    spanned: its group is a cell beside it that reaches over several rows.
    left, group_left: where its words and the group's begin; 0 and None where places are unknown.
    """

    line: Line
    label: str
    unit: str
    values: dict[int, Value]
    group: str = ""
    depth: int = 0
    sure: float = 1.0
    left: float = 0.0
    group_left: float | None = None
    spanned: bool = False


@dataclass(slots=True, kw_only=True)
class Draft:
    """columns: their headers, without those of the words and the units. corner: what stands over the words of the rows.

    rest: words after the last row, which may be the group of rows on the next page, and how far left they stand.
    places: how far the numbers of each column reach, left and right, where cells have places.
    """

    first: Line
    corner: str = ""
    places: list[tuple[float, float]] = field(default_factory=list)
    rest: tuple[str, float] | None = None
    title: str = ""
    columns: list[str] = field(default_factory=list)
    rows: list[DraftRow] = field(default_factory=list)
    years: list[int | None] = field(default_factory=list)


_GENERAL = frozenset(
    """
    |metric|metrics|indicator|indicators|particulars|category|item|items|description|parameter|topic|kpi|kpis|no.|sr. no.
    |performance indicator|performance indicators|key performance indicators|指標|指标|項目|项目|類別|类别|類型|类型|年份|年度
    |關鍵績效指標|关键绩效指标|名稱|名称|序號|序号
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
"""What stands over the words of rows without saying what the table is of."""
_SPLIT = re.compile(
    r"^按|劃分|划分|分[類类]$|^其中|\bof\s+which\b|\bby\s+(?:gender|sex|age|region|location|geograph|type|categor|level|grade|rank|employ|source|division|segment|business|fuel|countr|site|contract)"
    r"|\bbreak-?\s?down\b|\bsplit\b",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^[·•‧∙▪■◆●○\-–—>»]\s*(?=\S)")


def title_of(draft: Draft) -> str:
    """The words above the table, or those in its corner where they say what it is of."""
    return draft.title or ("" if draft.corner.strip(" :").lower() in _GENERAL else draft.corner)


def splits(words: str) -> bool:
    """Do these words say that what follows are the parts of something?"""
    return bool(_SPLIT.search(words.rstrip(": ")))


def unbulleted(label: str) -> tuple[str, bool]:
    """The label without the dot before it, and whether it had one."""
    found = _BULLET.match(label)
    return (label[found.end() :], True) if found and not re.match(r"[<>]\s*\d", label) else (label, False)


INDENT = 5.0


def nested(rows: Sequence[DraftRow]) -> None:
    """Say of each row which group it belongs to and how deep: parts of a split, indented rows, dotted rows below the row before them."""
    base = _base(rows)
    section, split, unit, parent, over, indented = "", "", "", "", "", False
    for row in rows:
        row.label, dotted = unbulleted(row.label)
        if row.spanned:
            row.depth = 1
            continue
        inner = base is not None and row.left > base + INDENT
        if row.group:
            split = row.group if inner or splits(row.group) else ""
            section, unit, indented = (section if split else row.group), row.unit, inner
            parent, over = "", ""
        elif split and ((indented and not inner) or (not indented and row.unit != unit)):
            split = ""
        if split:
            row.group, row.depth = split, 1
        elif inner and parent:
            row.group, row.depth = parent, 1
        else:
            row.group, row.depth = section, 0
        if not row.unit and (row.depth or dotted):
            row.unit = over if inner or dotted else ""
        if dotted:
            row.group, row.depth = parent or row.group, row.depth + 1
        elif not inner:
            parent, over = row.label, row.unit


def _base(rows: Sequence[DraftRow]) -> float | None:
    """How far left the words of most rows begin that begin furthest left; None if places are unknown or words are centred."""
    lefts = sorted(left for row in rows for left in (row.left, row.group_left) if left)
    return lefts[0] if len(lefts) > 2 and lefts[1] - lefts[0] < 1.5 else None
