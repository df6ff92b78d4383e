"""All tables of a document, whatever draws them: what is none left out, what a page cut put together."""

from collections.abc import Sequence
from itertools import pairwise

from leafledger.audit.drafts import Draft, DraftRow
from leafledger.audit.flowing import flowing_tables
from leafledger.audit.placed import placed_tables
from leafledger.audit.rows import Raw, is_sentence, unit_named_in
from leafledger.audit.wrapped import baseline
from leafledger.audit.years import year_in

SHIFT = 40.0
"""Left and right pages of a book may be shifted against each other by so much."""


def drafts_of(raws: Sequence[Raw]) -> list[Draft]:
    """raws: the lines of the document in order, without running heads."""
    drafts = continued(_placed(raws)) + flowing_tables([raw for raw in raws if not raw.placed])
    for draft in drafts:
        draft.rows = [row for row in draft.rows if _is_named(row, len(draft.columns))]
    return [draft for draft in sorted(drafts, key=lambda draft: draft.first.number) if is_table(draft)]


def continued(drafts: Sequence[Draft]) -> list[Draft]:
    """Rows without a heading that stand under the columns of the table before them belong to it, or have its headings."""
    out: list[Draft] = []
    for draft in drafts:
        before = out[-1] if out else None
        if before is None or not _same_columns(before, draft):
            out.append(draft)
            continue
        bare = not any(draft.columns)
        next_page = draft.first.page == before.rows[-1].line.page + 1 if before.rows else False
        if next_page and not draft.title and (bare or (draft.columns, draft.corner) == (before.columns, before.corner)):
            if before.rest is not None and not draft.rows[0].group:
                draft.rows[0].group, draft.rows[0].group_left = before.rest
            before.rows += draft.rows
            before.rest = draft.rest
            continue
        if bare and draft.first.page - before.first.page <= 1:
            draft.columns = list(before.columns)
        out.append(draft)
    return out


def _same_columns(before: Draft, draft: Draft) -> bool:
    """As many columns, each under its own, but for a shift of the whole page."""
    if not draft.rows or not before.rows or len(before.places) != len(draft.places) or not any(before.columns):
        return False
    shift = draft.places[-1][1] - before.places[-1][1]
    if abs(shift) > SHIFT or (draft.first.page == before.first.page and abs(shift) > 4):
        return False
    return all(a[0] < b[1] - shift and b[0] - shift < a[1] for a, b in zip(before.places, draft.places, strict=True))


def _placed(raws: Sequence[Raw]) -> list[Draft]:
    """The tables of every page. Where the place jumps up again, another column of text begins."""
    drafts: list[Draft] = []
    part: list[Raw] = []
    for raw in [raw for raw in raws if raw.placed]:
        if part and (raw.line.page != part[-1].line.page or baseline(raw) < baseline(part[-1]) - 3):
            drafts.extend(placed_tables(part))
            part = []
        part.append(raw)
    return [*drafts, *placed_tables(part)] if part else drafts


def _is_named(row: DraftRow, width: int) -> bool:
    """A row without words must fill its columns to be one."""
    return bool(row.label or row.group) or (len(row.values) > 1 and len(row.values) * 2 > width)


def is_table(draft: Draft) -> bool:
    """Rows without any header are a table where they have units or several values; a lone number beside words may be anything."""
    width = max((len(row.values) for row in draft.rows), default=0)
    if not draft.rows or _is_contents(draft):
        return False
    named = sum(1 for row in draft.rows if row.label or row.group)
    if named * 2 < len(draft.rows):
        return False
    if any(draft.columns) and not any(map(is_sentence, draft.columns)):
        return (
            len(draft.rows) > 1 or width > 1 or any(map(year_in, draft.columns)) or any(row.unit for row in draft.rows)
        )
    return len(draft.rows) >= 2 and (width >= 2 or all(row.unit for row in draft.rows))


def _is_contents(draft: Draft) -> bool:
    """Names and ever greater whole numbers: a list of pages."""
    numbers = [value.amount.value for row in draft.rows for value in row.values.values() if not value.amount.decimals]
    plain = not any(row.unit for row in draft.rows) and not any(
        value.unit for row in draft.rows for value in row.values.values()
    )
    if (
        not plain
        or len(numbers) < 4
        or len(numbers) != len(draft.rows)
        or any(unit_named_in(column) for column in draft.columns)
    ):
        return False
    rising = sum(1 for a, b in pairwise(numbers) if a is not None and b is not None and a <= b <= a + 60)
    return rising >= 0.8 * (len(numbers) - 1)
