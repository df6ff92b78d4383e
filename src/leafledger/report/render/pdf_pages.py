"""Proves the page numbers that a report prints: each is compared with the sheet on which the finished PDF shows the section."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

import pikepdf
import pypdfium2

from leafledger.core.finding import Finding, Place
from leafledger.report.blocks import Heading, PageRef, Report
from leafledger.report.render.pdf_content import section_ids
from leafledger.report.render.pdf_reading import Sheets, Shown, read
from leafledger.report.walk import inlines_of

_LAST_NUMBER = re.compile(r"(\d+)\D*$")


def verify_page_refs(pdf: bytes, report: Report) -> tuple[Finding, ...]:
    """Everything that is wrong with page numbers, or cannot be proven right. Empty means: each one was seen and is true.

    Where a section stands is taken from the text drawn for its heading; what is printed for it, from the text drawn for
    each link in the contents, on a chapter's first page, in prose and in the indices. The number of a page is the sheet's own.
    """
    try:
        sheets = read(pdf)
    except (pikepdf.PdfError, pypdfium2.PdfiumError, ValueError) as error:
        return (_unreadable(report, error),)
    stands = dict(_stands(sheets, report))
    return (
        *_numbered(sheets, report),
        *_lost(report, stands),
        *(finding for link in sheets.links for finding in _link(link, stands, sheets, report)),
        *_uncounted(sheets, report, stands),
    )


def printed_refs(report: Report) -> Counter[str]:
    """How often the page of each section is printed: in the contents, on its chapter's first page, and wherever a text names it."""
    refs: Counter[str] = Counter()
    for chapter in report.chapters:
        sections = [block.id for block in chapter.blocks if isinstance(block, Heading) and block.level == 2]
        refs.update([chapter.id, *sections, *(sections if chapter.opener else [])])
        refs.update(it.section for block in chapter.blocks for it in inlines_of(block) if isinstance(it, PageRef))
    return refs


def _stands(sheets: Sheets, report: Report) -> Iterator[tuple[str, int]]:
    """The sheet of each section, found by walking the drawn headings and the report's side by side."""
    drawn = iter(sheets.headings)
    for id, level, text in _headings(report):
        rest = list(drawn)
        place = next((i for i, one in enumerate(rest) if one.level == level and _squeezed(one.text) == text), None)
        if place is not None:
            yield id, rest[place].sheet
            rest = rest[place + 1 :]
        drawn = iter(rest)


def _headings(report: Report) -> Iterator[tuple[str, int, str]]:
    """Each section's id, level and text as it should be drawn. A chapter's number stands apart from its title."""
    for chapter in report.chapters:
        yield chapter.id, 1, _squeezed(chapter.title)
        for block in chapter.blocks:
            if isinstance(block, Heading):
                yield block.id, block.level, _squeezed(block.number + block.text)


def _squeezed(text: str) -> str:
    """Without spaces, and with compatible characters alike: the text layer of a PDF keeps neither."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _numbered(sheets: Sheets, report: Report) -> Iterator[Finding]:
    """The cover is sheet 1 and prints no number; every other sheet prints its own, and viewers show the same."""
    for sheet, (printed, label) in enumerate(zip(sheets.numbers, sheets.labels, strict=True), 1):
        if (sheet > 1 or printed) and printed != str(sheet):
            template = (
                "sheet {sheet} prints {printed} as its page number, so readers who follow an index land elsewhere"
            )
            yield _finding(report, "folio", template, "", sheet=sheet, printed=printed or "nothing")
        if label not in ("", str(sheet)):
            template = "a viewer shows sheet {sheet} as page {label}, which is not what is printed on it"
            yield _finding(report, "label", template, "", sheet=sheet, label=label)


def _lost(report: Report, stands: dict[str, int]) -> Iterator[Finding]:
    for id, text in section_ids(report).items():
        if not stands.get(id):
            template = "the heading “{text}” was not found in the PDF, so no page number printed for it can be proven"
            yield _finding(report, "heading_not_found", template, id, text=text)


def _link(link: Shown, stands: dict[str, int], sheets: Sheets, report: Report) -> Iterator[Finding]:
    """A printed number and the place where its link leads must both be the sheet of the section."""
    number = _LAST_NUMBER.search(link.text)
    sheet, target = stands.get(link.section, 0), sheets.targets.get(link.section, 0)
    if number is None or not sheet:
        template = "page {at} points to section {section} with “{text}”, where no page number can be proven"
        yield _finding(
            report, "ref_unproven", template, link.section, at=link.sheet, section=link.section, text=link.text
        )
    elif int(number[1]) != sheet:
        template = "page {at} says that section {section} is on page {printed}; it is on page {sheet}: render again, or mend the template"
        values = {"at": link.sheet, "section": link.section, "printed": number[1], "sheet": sheet}
        yield _finding(report, "ref_wrong", template, link.section, **values)
    if sheet and target != sheet:
        template = "a link on page {at} leads to page {target}; section {section} is on page {sheet}"
        values = {"at": link.sheet, "section": link.section, "target": target, "sheet": sheet}
        yield _finding(report, "link_astray", template, link.section, **values)


def _uncounted(sheets: Sheets, report: Report, stands: dict[str, int]) -> Iterator[Finding]:
    """No reference may be missing from the pages, none may stand there that the report does not make, and none may be dead."""
    due, found = printed_refs(report), Counter(link.section for link in sheets.links)
    known = section_ids(report)
    for section in sorted(due.keys() | found.keys()):
        if section not in known:
            template = "section {section} is referred to, and no heading is called so: correct the reference or add the section"
            yield _finding(report, "ref_dead", template, section, section=section)
        elif due[section] != found[section]:
            template = "the page of section {section} should be printed {due} times and was found {found} times, so not all are proven"
            yield _finding(
                report, "refs_missing", template, section, section=section, due=due[section], found=found[section]
            )


def _unreadable(report: Report, error: Exception) -> Finding:
    template = "the PDF cannot be read ({why}), so none of its page numbers can be proven"
    return _finding(report, "pages_unreadable", template, "", why=str(error) or type(error).__name__)


def _finding(report: Report, rule: str, template: str, at_section: str, **values: object) -> Finding:
    place = Place(name="/".join(filter(None, (report.language, at_section))))
    return Finding(rule=f"pdf.{rule}", template=template, values=values, place=place)
