"""Reads in a finished PDF what PDF/UA-1 and PDF/A-2a demand of the file, so that no build publishes one that is not so."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from leafledger.core.finding import Finding
from leafledger.report.render.pdf_finding import found
from leafledger.report.render.pdf_marks import fonts, marks
from leafledger.report.render.pdf_tags import tags

PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"
TITLE = "{http://purl.org/dc/elements/1.1/}title"
ACTIONS = {"/URI", "/GoTo"}
"""What a link may do: PDF/A forbids scripts and whatever reaches outside the file by itself."""


def conformance(pdf: bytes) -> tuple[Finding, ...]:
    """Everything found wanting. Empty means: nothing that is checked here (docs/pdf.md lists it) speaks against the file."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as file:
            return (*_catalog(file), *_metadata(file), *_closed(file), *fonts(file), *tags(file), *marks(file))
    except pikepdf.PasswordError:
        return (found("encrypted", "the file is encrypted, which archives and assistive technology cannot rely on"),)
    except pikepdf.PdfError as error:
        return (found("unreadable", "the file cannot be read as a PDF: {why}", why=str(error)),)


def _catalog(file: pikepdf.Pdf) -> Iterator[Finding]:
    """ISO 14289-1 7.1, 7.2, 7.18.1; ISO 19005-2 6.1.3, 6.2.3, 6.7.2, 6.7.3."""
    root: Any = file.Root
    marked: Any = root.get("/MarkInfo", pikepdf.Dictionary())
    if marked.get("/Marked") is not True or marked.get("/Suspects", False) is not False:
        yield found("not_marked", "the file does not say that all its content is tagged (MarkInfo)")
    if not str(root.get("/Lang", "")).strip():
        yield found(
            "no_language",
            "the file does not say in what language it is (Lang), so it may be read aloud in the wrong one",
        )
    if root.get("/ViewerPreferences", pikepdf.Dictionary()).get("/DisplayDocTitle") is not True:
        yield found(
            "title_not_shown", "viewers are not told to show the title in place of the file's name (DisplayDocTitle)"
        )
    intents = [one for one in root.get("/OutputIntents", pikepdf.Array()) if one.get("/S") == "/GTS_PDFA1"]
    if not any("/DestOutputProfile" in one for one in intents):
        yield found(
            "no_output_intent", "the file does not say what its colours mean (an output intent with its profile)"
        )
    if "/ID" not in file.trailer:
        yield found("no_id", "the file has no identifier of its own (trailer ID)")
    if file.pdf_version not in ("1.4", "1.5", "1.6", "1.7"):
        yield found("version", "PDF {version} is not what PDF/A-2 and PDF/UA-1 are made of", version=file.pdf_version)


def _metadata(file: pikepdf.Pdf) -> Iterator[Finding]:
    """ISO 14289-1 5 and 7.1; ISO 19005-2 6.6.4."""
    said = file.open_metadata()
    if not str(said.get(TITLE, "")).strip():
        yield found("no_title", "the metadata give the document no title, so a reader hears the file's name instead")
    if str(said.get(f"{PDFUA}part", "")) != "1":
        yield found("no_pdfua_claim", "the metadata do not claim PDF/UA-1, so assistive technology cannot rely on it")
    claimed = f"{said.get(f'{PDFA}part', '')}{said.get(f'{PDFA}conformance', '')}".upper()
    if claimed != "2A":
        template = (
            "the metadata claim PDF/A “{claimed}” where 2A is promised, so an archive would not take the file as such"
        )
        yield found("no_pdfa_claim", template, claimed=claimed)


def _closed(file: pikepdf.Pdf) -> Iterator[Finding]:
    """ISO 19005-2 6.1.3, 6.1.7, 6.4.2, 6.5, 6.8: nothing runs, nothing is fetched, nothing is hidden inside."""
    if file.is_encrypted:
        yield found("encrypted", "the file is encrypted, which archives and assistive technology cannot rely on")
    names = file.Root.get("/Names", pikepdf.Dictionary())
    acts = [key for key in ("/AA", "/OpenAction") if isinstance(file.Root.get(key), pikepdf.Dictionary)]
    if "/JavaScript" in names or acts or any("/AA" in page for page in file.pages):
        yield found("acts", "the file acts by itself when it is opened or a page is turned")
    if "/EmbeddedFiles" in names or "/AF" in file.Root:
        yield found("holds_files", "the file carries other files, which may be of any kind")
    if "/AcroForm" in file.Root and "/XFA" in file.Root.AcroForm:
        yield found("holds_form", "the file carries a dynamic form (XFA)")
    for sheet, page in enumerate(file.pages, 1):
        kinds = {str(note.A.get("/S")) for note in page.get("/Annots", []) if "/A" in note}
        if kinds - ACTIONS:
            template = "something on page {sheet} does {kinds} when it is clicked, which an archive cannot keep"
            yield found("acts_on_click", template, sheet=sheet, kinds=", ".join(sorted(kinds - ACTIONS)))
    yield from _streams(file)


def _streams(file: pikepdf.Pdf) -> Iterator[Finding]:
    for one in file.objects:
        if isinstance(one, pikepdf.Stream) and ("/F" in one or "LZWDecode" in str(one.get("/Filter", ""))):
            yield found(
                "stream", "a stream lies outside the file or is packed in a way that archives do not take (LZW)"
            )
            return
