"""What pages repeat at their edges (running heads, page numbers), so that it is taken neither for text nor for a table."""

import re
from collections import Counter

from leafledger.audit.document import Document, Line, Page
from leafledger.audit.years import year_alone

EDGE = 4
"""Lines from the top and the bottom of a page among which furniture is looked for."""
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"(?:page\s*|p\.\s*|第\s*)?[-–—|]?\s*\d{1,4}\s*[-–—|]?(?:\s*頁|\s*页|\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)


def furniture(document: Document) -> frozenset[int]:
    """The numbers of the lines that are running heads or page numbers."""
    if len(document.pages) < 2:
        return frozenset()
    edges = [(page, _edges(page)) for page in document.pages]
    seen = Counter(text for _, lines in edges for text in {_shape(span.text) for line in lines for span in line.spans})
    often = min(max(3, len(document.pages) // 20), len(document.pages))
    return frozenset(number for page, lines in edges for number in _of_page(page, lines, seen, often))


def _of_page(page: Page, lines: list[Line], seen: Counter[str], often: int) -> set[int]:
    """Those that repeat, and what stands beside them at the same height."""
    found = [line for line in lines if line.spans and _is_furniture(page, line, seen, often)]
    heights = [line.spans[0].box.bottom for line in found if line.spans[0].box]
    beside = [line for line in lines if line.spans and _at_margin(page, line) and _near(line, heights)]
    return {line.number for line in (*found, *beside)}


def _near(line: Line, heights: list[float]) -> bool:
    box = line.spans[0].box
    return box is not None and any(abs(box.bottom - height) < 1.5 for height in heights)


def _edges(page: Page) -> list[Line]:
    """The lines at the top and bottom of the page, by place where that is known, else by order."""
    lines = [line for line in page.lines if line.spans]
    if page.height and all(line.spans[0].box for line in lines):
        lines.sort(key=lambda line: line.spans[0].box.top if line.spans[0].box else 0)
    return lines if len(lines) <= 2 * EDGE else lines[:EDGE] + lines[-EDGE:]


def _shape(text: str) -> str:
    return _DIGITS.sub("#", text).strip()


def _is_furniture(page: Page, line: Line, seen: Counter[str], often: int) -> bool:
    if not _at_margin(page, line) or sum(1 for span in line.spans if year_alone(span.text)) > 1:
        return False
    shapes = [_shape(span.text) for span in line.spans]
    numbers = sum(1 for span in line.spans if _NUMBER.fullmatch(span.text))
    repeated = sum(1 for shape in shapes if sum(map(str.isalpha, shape)) > 2 and seen[shape] >= often)
    return (
        numbers == 1 and (len(shapes) == 1 or (repeated + 1) * 2 > len(shapes) > 1 <= repeated)
    ) or repeated * 2 > len(shapes)


def _at_margin(page: Page, line: Line) -> bool:
    box = line.spans[0].box
    if box is None or not page.height:
        return False
    return box.bottom < page.height * 0.11 or box.top > page.height * 0.89
