"""Reading a report: a PDF, HTML, XLSX or text file to a Document, or a clear refusal."""

from pathlib import Path

from leafledger.audit.document import Document
from leafledger.audit.read.html import read_html
from leafledger.audit.read.pdf import read_pdf
from leafledger.audit.read.refusal import refused
from leafledger.audit.read.text import read_text
from leafledger.audit.read.xlsx import read_xlsx

MOST_BYTES = 400_000_000


def read(path: Path, name: str | None = None) -> Document:
    """The report in a file. Raises core.finding.Refused, with the reason and what to do, where it cannot be read."""
    name = name or path.name
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise refused(name, "This file cannot be opened: {why}.", why=error.strerror or error) from error
    if size > MOST_BYTES:
        raise refused(name, "This file is larger than {most} MB. Give the report alone.", most=MOST_BYTES // 1_000_000)
    if not head.strip():
        raise refused(name, "This file is empty.")
    if b"%PDF-" in head[:1024]:
        return read_pdf(path, name)
    if head.startswith(b"PK"):
        return read_xlsx(path, name)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise refused(name, "This is an old Office file (.xls, .doc). Save it as XLSX or PDF, and give that.")
    if _is_html(head, path):
        return read_html(path.read_bytes(), name)
    return read_text(path.read_bytes(), name)


def _is_html(head: bytes, path: Path) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<?xml", b"<body", b"<head", b"<table")) or (
        path.suffix.lower() in (".html", ".htm", ".xhtml") and b"<" in start
    )
