"""HTML to lines: headings by their rank, tables by their cells, everything that is not shown left out."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from leafledger.audit.document import Document, Page
from leafledger.audit.read.clean import clean
from leafledger.audit.read.grid import MOST_COLUMNS, SIZE, Cell, Sheet
from leafledger.audit.read.language import language

MOST_LINES, MOST_DEPTH, MOST_ROWS_SPANNED = 200_000, 400, 500
SIZES = {"h1": 24.0, "h2": 20.0, "h3": 17.0, "h4": 15.0, "h5": 13.0, "h6": 12.0}
_UNSEEN = frozenset({"script", "style", "template", "noscript", "head", "svg", "math", "select", "object", "iframe"})
_VOID = frozenset(
    {"br", "hr", "img", "input", "meta", "link", "col", "wbr", "area", "base", "embed", "source", "track", "param"}
)
_BLOCKS = frozenset(
    {"p", "div", "li", "ul", "ol", "section", "article", "header", "footer", "nav", "main", "aside", "blockquote", "dt", "dd", "dl",
     "pre", "figure", "figcaption", "caption", "form", "address", "body", "hr", "br", "details", "summary", *SIZES}
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_\-]+)""")


@dataclass(slots=True)
class _Table:
    """A table while it is read: cells of the row at hand, and cells of earlier rows that reach down into this one."""

    row: list[Cell] = field(default_factory=list)
    column: int = 0
    text: list[str] = field(default_factory=list)
    span: int = 1
    down: int = 1
    inside: bool = False
    reaching: dict[int, tuple[int, Cell]] = field(default_factory=dict)
    lines: list[list[Cell]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sheet = Sheet(page=1)
        self.text: list[str] = []
        self.size = SIZE
        self.tables: list[_Table] = []
        self.unseen: list[str] = []
        self.full = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.unseen:
            if tag not in _VOID and len(self.unseen) < MOST_DEPTH:
                self.unseen.append(tag)
            return
        given = {name: value or "" for name, value in attrs}
        if tag not in _VOID and (tag in _UNSEEN or "hidden" in given or _HIDDEN.search(given.get("style", ""))):
            self.unseen.append(tag)
            return
        table = self.tables[-1] if self.tables else None
        if tag == "table":
            self._flush()
            if len(self.tables) < 20:
                self.tables.append(_Table())
        elif table is not None and tag == "tr":
            _end_row(table)
        elif table is not None and tag in ("td", "th"):
            _end_cell(table)
            table.inside = True
            table.span, table.down = (
                _count(given.get("colspan"), MOST_COLUMNS),
                _count(given.get("rowspan"), MOST_ROWS_SPANNED),
            )
        elif table is not None and table.inside:
            if tag in _BLOCKS:
                table.text.append(" ")
            elif tag in ("sup", "sub"):
                table.text.append("\ue000" if tag == "sup" else "")
        else:
            if tag in _BLOCKS:
                self._flush()
                self.size = SIZES.get(tag, self.size)
            elif tag == "sup":
                self.text.append("\ue000")

    def handle_endtag(self, tag: str) -> None:
        if self.unseen:
            if tag in self.unseen:
                while self.unseen.pop() != tag:
                    pass
            return
        table = self.tables[-1] if self.tables else None
        if table is not None and tag == "table":
            self._end_table(table)
        elif table is not None and tag == "tr":
            _end_row(table)
        elif table is not None and tag in ("td", "th"):
            _end_cell(table)
        elif tag == "sup":
            (table.text if table is not None and table.inside else self.text).append("\ue001")
        elif table is None or not table.inside:
            if tag in _BLOCKS:
                self._flush()
            if tag in SIZES:
                self.size = SIZE

    def handle_data(self, data: str) -> None:
        if self.unseen:
            return
        table = self.tables[-1] if self.tables else None
        if table is not None and table.inside:
            table.text.append(data)
        elif table is None or data.strip():
            self.text.append(data)

    def close(self) -> None:
        super().close()
        while self.tables:
            self._end_table(self.tables[-1])
        self._flush()

    def _flush(self) -> None:
        text, raised = marked("".join(self.text))
        self.text.clear()
        if text and not self._is_full():
            self.sheet.prose(text, self.size, raised)

    def _end_table(self, table: _Table) -> None:
        _end_row(table)
        self.tables.pop()
        self._flush()
        self.sheet.gap()
        for row in table.lines:
            if not self._is_full():
                self.sheet.row(row)
        self.sheet.gap()

    def _is_full(self) -> bool:
        self.full = self.full or self.sheet.number >= MOST_LINES
        return self.full


def marked(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text without the marks around raised letters, and where these stand."""
    out, raised = "", []
    for part in re.split("(\ue000[^\ue000\ue001]*\ue001?)", re.sub(r"\s+", " ", text)):
        if part.startswith("\ue000"):
            plain = clean(part.strip("\ue000\ue001"))[0]
            raised.append((len(out), len(out) + len(plain)))
            out += plain
        else:
            plain, own = clean("x" + part.replace("\ue001", "") + "x")
            plain = plain[1:-1] if out else plain[1:-1].lstrip()
            raised.extend((a - 1 + len(out), b - 1 + len(out)) for a, b in own)
            out += plain
    return out.rstrip(), tuple((a, b) for a, b in raised if b > a)


def _count(given: str | None, most: int) -> int:
    return (
        max(1, min(int(given), most))
        if given and given.strip().isascii() and given.strip().isdigit() and len(given) < 6
        else 1
    )


def _end_cell(table: _Table) -> None:
    if not table.inside:
        return
    _reached(table)
    text, raised = marked("".join(table.text))
    cell = Cell(column=table.column, text=text, span=table.span, raised=raised)
    table.row.append(cell)
    if table.down > 1 and table.column < MOST_COLUMNS:
        table.reaching[table.column] = (table.down - 1, cell)
    table.column += table.span
    table.text, table.inside, table.span, table.down = [], False, 1, 1


def _reached(table: _Table) -> None:
    """Take over cells of earlier rows that reach down to this place."""
    while table.column in table.reaching:
        left, cell = table.reaching.pop(table.column)
        table.row.append(cell)
        if left > 1:
            table.reaching[cell.column] = (left - 1, cell)
        table.column += cell.span


def _end_row(table: _Table) -> None:
    _end_cell(table)
    for column in sorted(column for column in table.reaching if column >= table.column):
        if column >= table.column and table.row:
            table.column = column
            _reached(table)
    if table.row:
        table.lines.append(sorted(table.row, key=lambda cell: cell.column))
    table.row, table.column = [], 0


def read_html(data: bytes, name: str) -> Document:
    reader = _Reader()
    reader.feed(_decoded(data))
    reader.close()
    lines = tuple(reader.sheet.lines)
    warnings = (f"Only the first {MOST_LINES:,} lines were read.",) if reader.full else ()
    said = language(line.text for line in lines[:5000])
    return Document(name=name, kind="html", language=said, pages=(Page(number=1, lines=lines),), warnings=warnings)


def _decoded(data: bytes) -> str:
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    said = _CHARSET.search(data[:4096])
    for encoding in (said[1].decode() if said else "utf-8", "utf-8", "gb18030", "big5"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", errors="replace")
