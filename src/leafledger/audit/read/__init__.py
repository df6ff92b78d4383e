"""Reading a report: a PDF, HTML, XLSX or text file to a Document, or a clear refusal."""

from pathlib import Path

from leafledger.audit.document import Document
from leafledger.audit.read.pdf import read_pdf
from leafledger.audit.read.refusal import refused
from leafledger.audit.read.text import read_text

MOST_BYTES = 400_000_000


def read(path: Path, name: str | None = None) -> Document:
    """The report in a file. Raises core.finding.Refused, with the reason and what to do, where it cannot be read."""
    name = name or path.name
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(2048)
    except OSError as error:
        raise refused(name, "This file cannot be opened: {why}.", why=error.strerror or error) from error
    if size > MOST_BYTES:
        raise refused(name, "This file is larger than {most} MB. Give the report alone.", most=MOST_BYTES // 1_000_000)
    if not head.strip():
        raise refused(name, "This file is empty.")
    if b"%PDF-" in head[:1024]:
        return read_pdf(path, name)
    return read_text(path.read_bytes(), name)
