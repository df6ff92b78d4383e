"""The page numbers that are printed on the pages, which the reader of a finding will look for."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from leafledger.audit.document import Page

_NUMBER = re.compile(
    r"(?:page|p\.|第)?\s*[-–—|]?\s*(\d{1,4})\s*[-–—|]?(?:\s*[頁页]|\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)


def labelled(pages: list[Page]) -> list[Page]:
    """Each page with the number printed on it. A number counts where most pages number themselves in step with it."""
    seen = {page.number: set(_candidates(page)) for page in pages}
    steps = Counter(number - sheet for sheet, numbers in seen.items() for number in numbers)
    usual = [step for step, count in steps.most_common(3) if count >= max(2, len(pages) // 5)]
    out = []
    for page in pages:
        printed = next((page.number + step for step in usual if _in_step(seen, page.number, step)), None)
        own = page.label if page.label and page.label != str(page.number) else ""
        out.append(replace(page, label=str(printed) if printed is not None else own))
    return out


def _in_step(seen: dict[int, set[int]], sheet: int, step: int) -> bool:
    """Is this number on the page, or on one before and one after it that are near?"""
    there = [at for at in range(sheet - 6, sheet + 7) if at + step in seen.get(at, ())]
    return sheet in there or (any(at < sheet for at in there) and any(at > sheet for at in there))


def _candidates(page: Page) -> Iterator[int]:
    """Lone numbers at the upper and lower edge."""
    for line in page.lines:
        at_edge = [
            span for span in line.spans if span.box and not page.height * 0.11 <= span.box.bottom <= page.height * 0.9
        ]
        found = [match for match in (_NUMBER.fullmatch(span.text) for span in at_edge) if match]
        if len(found) == 1:
            yield int(found[0][1])
