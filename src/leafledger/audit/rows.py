"""One line of a table to its parts: words, unit, values. The same for text, HTML, XLSX and PDF."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from leafledger.audit.cells import Value, unraised, value_of
from leafledger.audit.document import Box, Line, Span
from leafledger.audit.units import unit_in
from leafledger.audit.years import year_alone
from leafledger.core.text import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A cell of words."""

    text: str
    box: Box | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A line taken apart: the words before its values, its values, and words after them. placed: its cells have places."""

    line: Line
    head: tuple[Part, ...] = ()
    values: tuple[Value, ...] = ()
    tail: tuple[Part, ...] = ()
    placed: bool = False

    @property
    def words(self) -> str:
        return " ".join(part.text for part in self.head)

    @property
    def years(self) -> tuple[int | None, ...]:
        """The years that its values are, where it is a row of years."""
        return tuple(year_alone(value.text) for value in self.values)


_WIDE = re.compile(r"[\u3400-\u9fff]")
_BRACKET = re.compile(r"\s*[(（\[](?:in\s)?([^()（）\[\]]{1,30})[)）\]]")
_CLASS = re.compile(r"[<>≤≥]\s*\d{2}(?!\d)|\d{2}\s*(?:-|–|~|to|至)\s*\d{2}(?![\d.%])|\d{2}\s*\+", re.IGNORECASE)
_PARTED_OFF = frozenset({"%", "‰", "年", "年度", "年末", "財年", "财年"})
_SERIAL = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]?")
_SENTENCE = re.compile(r"[。；;！？!?]|[a-z]{4,}[.](?:\s|$)")


def taken_apart(line: Line, language: Language) -> Raw:
    if line.spans and line.spans[0].box is not None:
        return _placed(line, language)
    return _flowing(line, language)


def _placed(line: Line, language: Language) -> Raw:
    """Cells as the file has them. Values begin after the first words; a line of years and values alone has no words."""
    parts: list[Part | Value] = []
    for span in line.spans:
        text = unraised(span)
        value = value_of(text, language, span.box)
        if value is None and (several := _several(span, text, language)):
            parts.extend(several)
        else:
            parts.append(value or Part(text=text, box=span.box))
    if len(parts) > 1 and isinstance(parts[0], Value) and (isinstance(parts[1], Part) or _CLASS.match(parts[0].text)):
        parts[0] = Part(
            text=parts[0].text, box=parts[0].box
        )  # a serial number, or an age class, that the row is named by
    first = next((at for at, part in enumerate(parts) if isinstance(part, Value)), len(parts))
    head = tuple(part for part in parts[:first] if isinstance(part, Part))
    values = tuple(part for part in parts[first:] if isinstance(part, Value))
    tail = tuple(part for part in parts[first:] if isinstance(part, Part))
    return Raw(line=line, head=head, values=values, tail=tail, placed=True)


def _several(span: Span, text: str, language: Language) -> list[Part | Value]:
    """Numbers that stand too close to be parted by their gaps, each with its share of the place."""
    tokens = text.split(" ")
    if len(tokens) < 2 or not all(re.search(r"\d", token) for token in tokens) or span.box is None:
        return []
    values: list[Part | Value] = []
    at, width = 0, (span.box.right - span.box.left) / max(len(text), 1)
    for token in tokens:
        box = Box(span.box.left + at * width, span.box.top, span.box.left + (at + len(token)) * width, span.box.bottom)
        value = value_of(token, language, box)
        if value is None or value.amount.absent:
            return []
        values.append(value)
        at += len(token) + 1
    return values


def _flowing(line: Line, language: Language) -> Raw:
    """Values are peeled off the end of the line, token by token."""
    tokens = [token for span in line.spans for token in unraised(span).split(" ") if token]
    values: list[Value] = []
    while tokens:
        taken = _last(tokens, language)
        if taken is None:
            break
        value, count = taken
        values.insert(0, value)
        del tokens[len(tokens) - count :]
    head = (Part(text=" ".join(tokens)),) if tokens else ()
    return Raw(line=line, head=head, values=tuple(values))


def _last(tokens: list[str], language: Language) -> tuple[Value, int] | None:
    """The value that the last tokens are (15 %, 21. 15, 3,756 人) and how many of them."""
    last = tokens[-1]
    for count in (3, 2):
        group = tokens[-count:]
        torn = len(group) == count and (last in _PARTED_OFF or (group[-2].endswith((".", ",")) and last[0].isdigit()))
        if torn and re.match(r"[\d<>~(]", group[0]) and (count == 2 or not re.fullmatch(r"[\d.,]*\d", group[0])):
            value = value_of(" ".join(group), language)
            if value is not None:
                return value, count
    value = value_of(last, language)
    if value is not None:
        return value, 1
    if len(tokens) > 1 and tokens[-2][0].isdigit() and is_unit(last, counts=True):
        value = value_of(f"{tokens[-2]} {last}", language)
    return (value, 2) if value is not None else None


def split_unit(words: str, *, known: bool = False, counts: bool = True) -> tuple[str, str]:
    """(label, unit) of the words before the values: the unit is what stands at their end, or in brackets there.

    known: a column of units is announced. counts: a word for what is counted (人, employees) is a unit too.
    """
    tokens = words.split(" ")
    for start in range(max(1, len(tokens) - 5), len(tokens)):
        tail = " ".join(tokens[start:])
        if tail.count("(") == tail.count(")") and is_unit(tail, counts, times=counts):
            return " ".join(tokens[:start]), bare(tail)
    if known and len(tokens) > 1 and len(tokens[-1]) <= 24:
        return " ".join(tokens[:-1]), tokens[-1]
    for bracket in reversed(list(_BRACKET.finditer(words))):
        if bracket.start() > 0 and is_unit(bracket[1], counts):
            return words[: bracket.start()] + words[bracket.end() :], bracket[1]
    if len(tokens) == 1 and is_unit(words, counts):
        return "", words
    return words, ""


def is_unit(text: str, counts: bool, times: bool = True) -> bool:
    if re.fullmatch(r"\(?[A-Z]\)?|\W+", text) and text not in {"%", "‰"}:
        return False
    unit = unit_in(text)
    return (
        unit is not None
        and (counts or set(unit.dimension.split("/")) != {"count"})
        and (times or unit.dimension != "time")
    )


def bare(unit: str) -> str:
    """A unit without the brackets around it."""
    return unit[1:-1].strip() if unit[:1] in "(（[" and unit[-1:] in ")）]" else unit


def is_serial(text: str) -> bool:
    return bool(_SERIAL.fullmatch(text))


def serial_free(parts: Sequence[Part]) -> Sequence[Part]:
    """Without the number that a row begins with."""
    return parts[1:] if len(parts) > 1 and _SERIAL.fullmatch(parts[0].text) else parts


def is_sentence(text: str) -> bool:
    """Prose rather than a label: long, or with the end of a sentence in it."""
    weight = len(text) + len(_WIDE.findall(text))
    return weight > 110 or (weight > 30 and bool(_SENTENCE.search(text)))


def unit_named_in(heading: str) -> str:
    """The unit that a heading names in brackets, or at its end as %."""
    for inner in re.findall(r"[(（\[]([^()（）\[\]]{1,40})[)）\]]", heading):
        known = unit_in(re.sub(r"^\s*(?:單位|单位|unit)s?\s*[::]?\s*", "", inner, flags=re.IGNORECASE))
        if known is not None:
            return known.id
    return "%" if heading.rstrip().endswith("%") or heading.lstrip().startswith("%") else ""
