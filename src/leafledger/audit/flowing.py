"""Tables in running text, where only the order of words is known: rows end in values, columns are counted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from leafledger.audit.document import Line
from leafledger.audit.drafts import Draft, DraftRow
from leafledger.audit.rows import Raw, is_sentence, split_unit
from leafledger.audit.units import unit_in

UNIT_WORDS = frozenset(
    {"單位", "单位", "計量單位", "计量单位", "unit", "units", "uom", "unit of measure", "units of measure"}
)
_NOTE = re.compile(r"^(?:附?[註注]|備註|备注|說明|说明|notes?)\s*\d*\s*[::]?", re.IGNORECASE)
_OPEN = re.compile(r"[(（\[╱/、,，\-]$|\b(?:and|or|of|the|by|from|for|in|to|per|及|和|與|或|的)$")
_MARK = re.compile(r"(?<=[\u3400-\u9fff)）])[1-9]$")


@dataclass(slots=True)
class _Reader:
    """What is known at a line: the table being read, the words since its last row, how many lines ago that was."""

    done: list[Draft] = field(default_factory=list)
    open: Draft | None = None
    words: list[Line] = field(default_factory=list)


def flowing_tables(raws: Sequence[Raw]) -> list[Draft]:
    reader = _Reader()
    for raw in raws:
        if not raw.line.spans:
            continue
        if not raw.values:
            _take_words(reader, raw)
        elif _is_years(raw):
            _take_header(reader, raw)
        elif is_sentence(raw.words) or raw.line.text.endswith(("。", ".")) or _is_lone(reader, raw):
            _take_words(reader, raw)
        else:
            _take_row(reader, raw)
    _close(reader)
    return reader.done


def _is_lone(reader: _Reader, raw: Raw) -> bool:
    """A number without words on its line or above it (of a page, of a drawing), or in words that go on: `(Scope 1`."""
    width = len(reader.open.columns) if reader.open is not None else 0
    if raw.words.count("(") > raw.words.count(")") and not any(")" in value.text for value in raw.values):
        return True
    goes_on = bool(reader.words) and bool(_OPEN.search(reader.words[-1].text))
    return not raw.words and len(raw.values) != (width or 2) and not goes_on


def _is_years(raw: Raw) -> bool:
    years = [year for year in raw.years if year]
    return len(years) >= 2 and len(years) * 2 >= len(raw.values) and not is_sentence(raw.words)


def _close(reader: _Reader) -> None:
    if reader.open is not None:
        reader.done.append(reader.open)
    reader.open = None


def _take_words(reader: _Reader, raw: Raw) -> None:
    reader.words.append(raw.line)
    text = raw.line.text
    if reader.open is None:
        return
    long = sum(1 for line in reader.words if is_sentence(line.text) or len(line.text) > 42)
    if long >= 2 or len(reader.words) > 6 or _NOTE.match(text):
        _close(reader)


def _take_header(reader: _Reader, raw: Raw) -> None:
    columns = [value.text for value in raw.values] + [part.text for part in raw.tail]
    if reader.open is not None and reader.open.columns == columns:
        return  # the same header again, on a new page
    title = _title(reader.words)
    _close(reader)
    reader.open = Draft(first=raw.line, title=title, columns=columns, years=list(raw.years))
    reader.words.clear()


def _title(words: Sequence[Line]) -> str:
    """The last words before a table, where they can be its title."""
    return words[-1].text if words and not is_sentence(words[-1].text) else ""


def _take_row(reader: _Reader, raw: Raw) -> None:
    count = len(raw.values)
    draft = reader.open
    if draft is not None and not draft.columns and draft.rows and count != len(draft.rows[0].values):
        _close(reader)
        draft = None
    if draft is not None and draft.columns and len(draft.columns) == 1 and count > 1:
        _close(reader)
        draft = None
    if draft is None:
        draft = reader.open = _started(reader, raw)
    row = _row(draft, raw, reader.words)
    reader.words.clear()
    draft.rows.append(row)


def _started(reader: _Reader, raw: Raw) -> Draft:
    """A table without years: its header is the words right before, where there are as many of them as columns."""
    count = len(raw.values)
    for back in (1, 2):
        if len(reader.words) < back:
            break
        line = reader.words[-back]
        cells = _header_cells(line)
        if (
            not is_sentence(line.text)
            and len(cells) in (count + 1, count + 2)
            and raw.line.number - line.number <= 2 * back + 1
        ):
            title, reader.words = _title(reader.words[:-back]), reader.words[len(reader.words) - back + 1 :]
            columns = [_MARK.sub("", cell) for cell in cells[-count:]]
            return Draft(first=line, title=title, columns=columns, years=[None] * count)
    return Draft(first=raw.line, title="")


def _header_cells(line: Line) -> list[str]:
    return [span.text for span in line.spans] if len(line.spans) > 1 else line.text.split(" ")


def _row(draft: Draft, raw: Raw, words: Sequence[Line]) -> DraftRow:
    width = len(draft.columns) or len(raw.values)
    values, extra = raw.values[-width:], raw.values[:-width]
    head = " ".join(filter(None, [raw.words, *(value.text for value in extra)]))
    label, unit = split_unit(head)
    group = ""
    above = list(words)
    if above and _goes_on(above[-1].text, label, unit):
        label, unit = split_unit(f"{above.pop().text} {head}".replace("╱ ", "╱").replace("/ ", "/"))
    if above and not is_sentence(above[-1].text):
        group = above[-1].text
    sure = 1.0 if len(values) == width else 0.5
    return DraftRow(line=raw.line, label=label, unit=unit, values=dict(enumerate(values)), group=group, sure=sure)


def _goes_on(above: str, label: str, unit: str) -> bool:
    """Is the line above the beginning of this row's words?"""
    if is_sentence(above):
        return False
    opened = above.count("(") + above.count("(") > above.count(")") + above.count(")")
    return (
        not label
        or opened
        or bool(_OPEN.search(above.lower()))
        or (bool(re.match(r"[a-z)]", label)) and unit_in(label) is None)
    )
