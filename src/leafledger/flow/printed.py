"""Reads rendered pages again: do the digest and the key's fingerprint stand in them, and do their numbers agree with the facts?"""

import re
from collections.abc import Iterator, Mapping
from html import unescape

import pypdfium2

from leafledger.core.fact import Fact, FactSet
from leafledger.engine.bundle.mismatch import mismatch, shown
from leafledger.engine.bundle.seal import grouped
from leafledger.library.load import Library
from leafledger.report.numbers import number, precise
from leafledger.report.words import unit_name

_LINK = re.compile(r'<a\b(?=[^>]*\bclass="n")[^>]*\bhref="receipts/([\w-]+)\.html"[^>]*>(.*?)</a>', re.S)
_RECEIPT = re.compile(r"^([\w-]+)/receipts/([\w-]+)\.html$")
_VALUE = re.compile(r'<p class="value">(.*?)</p>', re.S)
_NUMBER = re.compile(r"−?\d[\d,]*(?:\.\d+)?")


def check_printed_seals(
    pages: Mapping[str, bytes], languages: tuple[str, ...], *, digest: str, fingerprint: str
) -> int:
    """How many pages carry both; every language has a page and a PDF that do. Refused at the first that does not. Names are below report/."""
    for language in languages:
        page, pdfs = f"{language}/index.html", [n for n in pages if n.endswith(f"-{language}.pdf")]
        if page not in pages or not pdfs:
            missing = page if page not in pages else f"{language}/*-{language}.pdf"
            raise mismatch(
                "printed",
                f"report/{missing}",
                "the report in {language} is not in the bundle, and company.yaml promises it",
                language=language,
            )
    sealed = [name for name in sorted(pages) if name.endswith(".pdf") or re.fullmatch(r"[\w-]+/index\.html", name)]
    for name in sealed:
        for what, wanted in (("digest", digest), ("fingerprint of the key", fingerprint)):
            if not _stands(wanted, pages[name], name):
                template = "the {what} of this bundle, {wanted}, does not stand in it, so it is not the report that was released with it"
                raise mismatch("printed", f"report/{name}", template, what=what, wanted=grouped(wanted))
    return len(sealed)


def check_numbers(pages: Mapping[str, bytes], facts: FactSet, library: Library) -> int:
    """How many numbers in the HTML were held against their facts. Refused at the first that says something else."""
    known = {fact.id: fact for fact in facts.values()}
    count = 0
    for name in sorted(pages):
        if not name.endswith(".html"):
            continue
        language = name.split("/")[0]
        for fact_id, text in _numbers(name, pages[name].decode(errors="replace")):
            fact = known.get(fact_id)
            if fact is None or fact.value is None:
                template = "it prints {text} for the fact {id}, and the bundle has no such figure"
                raise mismatch("printed", f"report/{name}", template, text=shown(text), id=fact_id)
            wanted = _expected(fact, text, library, language, receipt="/receipts/" in name)
            if wanted:
                template = "it prints {text} for {key}, and the figure is {wanted}"
                raise mismatch("printed", f"report/{name}", template, text=shown(text), key=fact.key, wanted=wanted)
            count += 1
    return count


def _stands(digits: str, content: bytes, name: str) -> bool:
    if not name.endswith(".pdf"):
        return digits in re.sub(r"\s", "", re.sub(r"<[^>]*>", "\n", content.decode(errors="replace"))).lower()
    try:
        with pypdfium2.PdfDocument(content) as pdf:
            # It stands in the imprint, on the last page; so from the end.
            return any(
                digits in re.sub(r"\s", "", pdf[at].get_textpage().get_text_range()).lower()
                for at in reversed(range(len(pdf)))
            )
    except pypdfium2.PdfiumError:
        raise mismatch("printed", f"report/{name}", "it cannot be read as a PDF") from None


def _numbers(name: str, page: str) -> Iterator[tuple[str, str]]:
    """Each number of a page with the fact that it is said to print: every link of a report, the one value of a receipt."""
    if receipt := _RECEIPT.match(name):
        yield from ((receipt[2], _plain(value)) for value in _VALUE.findall(page) if 'class="hole"' not in value)
    else:
        yield from ((fact_id, _plain(text)) for fact_id, text in _LINK.findall(page))


def _plain(markup: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", markup))


def _expected(fact: Fact, text: str, library: Library, language: str, *, receipt: bool) -> str:
    """What should stand there in place of `text`; empty when it agrees."""
    assert fact.value is not None
    for unit in (unit_name(fact.unit, language), unit_name(fact.unit, language, one=True), fact.unit):
        text = text.replace(unit, "") if unit else text
    found = _NUMBER.findall(text)
    figure = library.activities.get(fact.metric) or library.metrics.get(fact.metric)
    wanted = [number(fact.value, figure.decimals if figure else 0, language)]
    if receipt:
        wanted.append(precise(fact.value, language))
    return "" if found in [_NUMBER.findall(one) for one in wanted] else wanted[-1]
