"""Plain text: lines as they are, cells parted by tabs or wide spaces, pages by form feeds."""

import re
from collections.abc import Iterator

from leafledger.audit.document import Document, Line, Page, Span
from leafledger.audit.read.clean import clean
from leafledger.audit.read.language import language
from leafledger.audit.read.refusal import refused

MOST_LINES = 400_000
_CELLS = re.compile(r"\t+|[ \u3000]{2,}")


def read_text(data: bytes, name: str) -> Document:
    text = _decoded(data, name)
    pages, number, warnings = [], 0, []
    for sheet, content in enumerate(text.split("\f"), 1):
        lines = []
        for spans in _lines(content):
            number += 1
            lines.append(Line(page=sheet, number=number, spans=spans))
            if number >= MOST_LINES:
                warnings.append(f"Only the first {MOST_LINES:,} lines were read.")
                break
        pages.append(Page(number=sheet, lines=tuple(lines)))
        if warnings:
            break
    said = language(line.text for page in pages for line in page.lines[:5000])
    return Document(name=name, kind="text", language=said, pages=tuple(pages), warnings=tuple(warnings))


def _lines(content: str) -> Iterator[tuple[Span, ...]]:
    for raw in re.split(r"\r\n|\r|\n", content):
        spans = [Span(text=text, raised=raised) for text, raised in map(clean, _CELLS.split(raw.strip())) if text]
        yield tuple(spans)


def _decoded(data: bytes, name: str) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if b"\0" in data[:4096]:
        raise refused(name, "This is not text: it has bytes that no text has. Give a PDF, HTML, XLSX or text file.")
    for encoding in ("utf-8", "gb18030", "big5"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", errors="replace")
